"""An admin connects a client with other systems; the card lives in the frame of a Chatwoot."""

from __future__ import annotations

import json
import os
import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.site import Site, serving
from tests.fakes import FakeEngine

PASSWORD = "three quiet words"
WOOT = """<!doctype html><html lang="en"><title>Chat</title>
<iframe title="Coolhead" src="%s" width="400" height="500"></iframe><script>
const told = JSON.stringify({event: "appContext", data: {conversation: {id: 55, account_id: 1}}});
addEventListener("message", (event) => {
  if (event.data === "chatwoot-dashboard-app:fetch-info") event.source.postMessage(told, "*");
});</script>"""  # fmt: skip

LOOKS: list[dict[str, object]] = [
    {"color_scheme": "light"},
    {"color_scheme": "dark", "viewport": {"width": 390, "height": 844}},
]


@pytest.fixture(scope="module")
def new_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with serving(tmp_path_factory.mktemp("connected"), FakeEngine(), demo=False) as site:
        yield site


@pytest.fixture
def admin(new_site: Site, new_page: Callable[..., Page]) -> Callable[..., Page]:
    """Pages of the first admin, who signs in on each."""

    def page_of(**switches: object) -> Page:
        page = new_page(new_site, **switches)
        if page.get_by_role("button", name="Create the account").count():
            page.get_by_label("Your name").fill("Ines Moreau")
        page.get_by_label("E-mail").fill("ines@team.example")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name=re.compile("Create the account|Sign in$")).click()
        page.wait_for_url(lambda address: "sign-in" not in address)
        return page

    return page_of


@contextmanager
def woot(frame: list[str]) -> Iterator[str]:
    """A website of another origin that shows `frame[0]` in a frame, as Chatwoot does."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if self.path == "/" else 204)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            if self.path == "/":
                self.wfile.write((WOOT % frame[0]).encode())

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def pictured(page: Page, name: str) -> None:
    """Keeps a picture of the page where COOLHEAD_PICTURES names a folder."""
    if folder := os.environ.get("COOLHEAD_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


@pytest.mark.parametrize("switches", LOOKS)
def test_a_webhook_is_added_tested_and_read(admin: Callable[..., Page], switches: dict[str, object]) -> None:
    page = admin(**switches)
    look = str(switches["color_scheme"])
    page.goto("/clients")
    page.get_by_role("link", name="Webhooks and other connections").click()
    page.get_by_text("Add a webhook").click()
    page.get_by_label("Name", exact=True).first.fill(f"Customer database, {look}")
    page.get_by_label("Address", exact=True).fill("https://127.0.0.1:9/coolhead")
    page.get_by_label("ended", exact=True).check()
    page.get_by_role("button", name="Add the webhook").click()
    expect(page.locator(".secret code")).to_contain_text("whsec_")
    page.get_by_role("button", name="Send a test").click()
    page.get_by_text("test", exact=True).click()
    expect(page.get_by_text("private network")).to_be_visible()
    assert Axe().run(page).violations_count == 0
    pictured(page, f"webhook-{look}")
    page.get_by_role("link", name=re.compile("Connections of")).click()
    expect(page.get_by_text(re.compile("failing since")).first).to_be_visible()
    assert Axe().run(page).violations_count == 0
    pictured(page, f"integrations-{look}")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("switches", LOOKS)
def test_data_is_kept_held_and_taken_away(admin: Callable[..., Page], switches: dict[str, object]) -> None:
    page = admin(**switches)
    look = str(switches["color_scheme"])
    page.goto("/clients/main/data")
    page.get_by_label("Transcripts, days").fill("90")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_label("Transcripts, days")).to_have_value("90")
    page.get_by_text("Place a hold").click()
    page.get_by_label("What", exact=True).select_option("client")
    page.get_by_label("Reason").fill("Case 12 at the court")
    page.get_by_role("button", name="Place the hold").click()
    expect(page.get_by_text("Case 12 at the court").first).to_be_visible()
    assert Axe().run(page).violations_count == 0
    pictured(page, f"client-data-{look}")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download everything").click()
    assert zipfile.is_zipfile(download.value.path())
    page.get_by_role("link", name="Take a client in").click()
    expect(page.get_by_role("button", name="Take it in")).to_be_visible()
    assert Axe().run(page).violations_count == 0


def test_the_card_lives_in_the_frame_of_chatwoot(new_site: Site, admin: Callable[..., Page]) -> None:
    page, frame = admin(), [""]
    with woot(frame) as origin:
        page.goto("/clients/main/integrations")
        page.get_by_text("Connect a system").click()
        page.get_by_label("Name", exact=True).last.fill("Chatwoot")
        page.get_by_label("Website that may show the card").fill(origin)
        page.get_by_role("button", name="Connect").click()
        secret = page.locator(".secret code").inner_text()
        (inlet_id,) = set(re.findall(r"/framed/(\w+)", page.content()))
        frame[0] = f"{new_site.address}/framed/{inlet_id}"
        page.goto(origin)
        card = page.frame_locator("iframe")
        expect(card.get_by_text("Nothing of this conversation has come yet.")).to_be_visible()
        say(new_site, inlet_id, secret, 1, "Hello")
        card.get_by_role("link", name="Look again").click()
        expect(card.get_by_text("Nothing to change.")).to_be_visible()
        say(new_site, inlet_id, secret, 2, "heat 3, where is it")
        expect(card.locator(".now blockquote")).to_be_visible()
        pictured(page, "chatwoot")


def say(site: Site, inlet_id: str, secret: str, number: int, text: str) -> None:
    """Chatwoot tells of a message."""
    payload = {
        "event": "message_created",
        "id": number,
        "content": text,
        "message_type": "incoming",
        "account": {"id": 1},
        "conversation": {"id": 55},
    }
    path = f"{site.address}/in/chatwoot/{inlet_id}"
    httpx.post(path, params={"token": secret}, content=json.dumps(payload)).raise_for_status()
