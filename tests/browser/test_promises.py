"""A promise goes from the talk into the ledger by one key, back, again, and is kept; axe finds nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.site import Site, opened_chat, says, serving
from tests.fakes import FakeEngine

SERIOUS = ("serious", "critical")


@pytest.fixture(scope="module")
def own_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with serving(tmp_path_factory.mktemp("promises"), FakeEngine(), demo=True) as site:
        yield site


def test_a_promise_is_accepted_with_one_key_undone_and_kept(
    own_site: Site, new_page: Callable[..., Page]
) -> None:
    customer = new_page(own_site)
    opened_chat(customer, "tessell", "Uma Stone", "My shelf is broken.")
    mara = new_page(own_site, "mara", at="/desk")
    mara.locator(".take", has_text="Uma Stone").get_by_role("button").click()
    says(mara, "I promise to send a new shelf within 2 business days.")
    section = mara.locator("#promises")
    expect(section).to_contain_text("1 to accept")
    mara.locator("#words").press("Escape")
    mara.keyboard.press("a")
    expect(section).to_contain_text("· open")
    expect(mara.locator("#toast")).to_contain_text("Accepted")
    mara.keyboard.press("u")
    expect(section).to_contain_text("1 to accept")
    mara.keyboard.press("a")
    expect(section.get_by_role("button", name="Kept")).to_be_visible()

    section.get_by_text("Edit").first.click()
    section.get_by_label("What").first.fill("send two new shelves")
    section.get_by_role("button", name="Save").click()
    expect(section.get_by_role("link", name="Send two new shelves")).to_be_visible()
    assert violations(mara) == []

    mara.goto("/promises?show=open&who=me")
    row = mara.locator(".ledger li", has_text="Send two new shelves")
    expect(row.locator("time").first).to_have_attribute("title", re.compile(r"18:00:00.*Toronto"))
    assert violations(mara) == []
    mara.set_viewport_size({"width": 390, "height": 844})
    assert mara.evaluate("document.documentElement.scrollWidth") <= 390
    row.get_by_role("button", name="Kept").click()
    expect(row).to_have_count(0)
    mara.goto("/promises?show=settled&who=me")
    row.get_by_text("History").click()
    expect(row.locator(".moves")).to_contain_text("Keep by Mara")


def violations(page: Page) -> list[str]:
    """What axe finds that is serious or worse."""
    found = Axe().run(page).response["violations"]
    return [f"{each['id']}: {each['nodes'][0]['target']}" for each in found if each["impact"] in SERIOUS]
