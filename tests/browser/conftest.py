"""A real browser in front of a real server: the whole product but for the model, which is scripted."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, StorageState, expect, sync_playwright

from coolhead.codebook import Misstep
from coolhead.conversation.turn import Turn
from coolhead.perception.reading import Evidence, Sign
from coolhead.picture.state import Picture
from tests.browser.site import Site, serving, sign_in
from tests.fakes import FakeEngine, FakeMoment

PATIENCE_MS = 30_000
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SWITCHES: dict[str, object] = {"locale": "en-GB", "timezone_id": "Europe/London", "reduced_motion": "reduce"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


class DraftEngine(FakeEngine):
    """The scripted engine, which also sees a misstep in an agent's "can't"."""

    def hear(self, picture: Picture, turn: Turn) -> FakeMoment:
        moment = super().hear(picture, turn)
        at = turn.text.find("can't")
        if turn.by_customer or at < 0:
            return moment
        slip = Sign(Misstep.NEGATIVE_LANGUAGE, 0.9, Evidence(at, at + 5))
        return replace(moment, reading=replace(moment.reading, missteps=(slip,)))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, the system's or playwright's own; for a module only, since its loop bars other loops."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    with sync_playwright() as playwright:
        try:
            chromium = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        except Error as error:
            reason = f"no Chromium can be started: {error.message.splitlines()[0]}"
            if os.environ.get("COOLHEAD_BROWSER") == "required":
                pytest.fail(reason)
            pytest.skip(reason)
        expect.set_options(timeout=PATIENCE_MS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demo workspace over the scripted engine."""
    with serving(tmp_path_factory.mktemp("demo"), DraftEngine(), demo=True) as site:
        yield site


@pytest.fixture(scope="session")
def signed_in() -> Callable[[Browser, Site, str], StorageState]:
    """Signs people of the demo in, each once a site, and gives what their browser then keeps."""
    kept: dict[tuple[Site, str], StorageState] = {}

    def state_of(browser: Browser, site: Site, person: str) -> StorageState:
        if (site, person) not in kept:
            with browser.new_context(base_url=site.address) as context:
                sign_in(context.new_page(), person)
                kept[site, person] = context.storage_state()
        return kept[site, person]

    return state_of


@pytest.fixture
def new_page(
    browser: Browser, signed_in: Callable[[Browser, Site, str], StorageState]
) -> Iterator[Callable[..., Page]]:
    """Makes a page in a browser of its own; at the end no page may have complained of anything."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def make(site: Site, person: str = "", *, at: str = "/", **switches: object) -> Page:
        state = signed_in(browser, site, person) if person else None
        context = browser.new_context(base_url=site.address, storage_state=state, **SWITCHES | switches)  # type: ignore[arg-type]  # playwright's own keywords
        contexts.append(context)
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console",
            lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None,
        )
        page.goto(at)
        return page

    yield make
    for context in contexts:
        context.close()
    assert complaints == []
