"""Every screen, wide in light and narrow in dark: nothing serious for axe, nothing over the side."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize

from tests.browser.site import Site, opened_chat

WIDE: ViewportSize = {"width": 1360, "height": 860}
NARROW: ViewportSize = {"width": 390, "height": 844}
SERIOUS = ("serious", "critical")


def open_desk(page: Page) -> None:
    page.goto("/desk")
    page.locator("#turns li").first.wait_for()


def open_watched(page: Page) -> None:
    page.goto("/floor")
    page.locator("a.live-row").first.click()
    page.locator("#turns li").first.wait_for()


def open_replay(page: Page) -> None:
    page.goto("/conversations?show=live")
    page.locator("a.live-row", has_text="Priya Raman").click()
    page.locator("#at").wait_for()
    page.wait_for_load_state()
    page.keyboard.press("j")


def open_mark(page: Page) -> None:
    open_replay(page)
    page.locator(".turns .mark[data-why]").first.click()
    page.locator("#why:popover-open").wait_for()
    page.locator("#why summary").first.click()


def open_keys(page: Page) -> None:
    page.goto("/conversations")
    page.keyboard.press("?")
    page.locator("#keys[open]").wait_for()


def open_chat(page: Page) -> None:
    opened_chat(page, "tessell", "Uma", "hello")


def open_drafts(page: Page) -> None:
    page.goto("/training/material/tessell")
    page.get_by_role("button", name="Import…").click()
    lesson = b"# Our page\n\nSay it back, see [this](nowhere-at-all.md).\n"
    page.locator("#files").set_input_files({"name": "ours.md", "mimeType": "text/markdown", "buffer": lesson})
    page.get_by_role("button", name="Import", exact=True).click()
    page.get_by_role("link", name="look at all and publish").click()
    page.locator("input[name=chosen]").wait_for()


SCREENS: dict[str, tuple[str, Callable[[Page], None]]] = {
    "sign-in": ("", lambda page: page.goto("/sign-in") and None),
    "desk": ("mara", open_desk),
    "floor": ("sam", lambda page: page.goto("/floor") and None),
    "watch": ("sam", open_watched),
    "replay": ("sam", open_replay),
    "mark": ("sam", open_mark),
    "conversations": ("sam", lambda page: page.goto("/conversations?show=all") and None),
    "demo": ("mara", lambda page: page.goto("/demo") and None),
    "forgotten": ("", lambda page: page.goto("/forgotten") and None),
    "account": ("mara", lambda page: page.goto("/account") and None),
    "audit": ("admin", lambda page: page.goto("/audit") and None),
    "people": ("admin", lambda page: page.goto("/people") and None),
    "clients": ("admin", lambda page: page.goto("/clients") and None),
    "keys": ("mara", open_keys),
    "practice": ("mara", lambda page: page.goto("/practice?client=northline") and None),
    "lesson": ("mara", lambda page: page.goto("/learn/turn-cannot-into-can") and None),
    "drafts": ("lena", open_drafts),
    "chat-begin": ("", lambda page: page.goto("/chat/northline") and None),
    "chat": ("", open_chat),
}


@pytest.mark.parametrize("screen", SCREENS)
def test_screen_is_accessible_and_fits(site: Site, new_page: Callable[..., Page], screen: str) -> None:
    person, opens = SCREENS[screen]
    page = new_page(site, person, at="/sign-in", viewport=WIDE, color_scheme="light")
    opens(page)
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size(NARROW)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]


def violations(page: Page) -> list[str]:
    """What axe finds that is serious or worse, with where."""
    found = Axe().run(page).response["violations"]
    return [
        f"{each['id']}: {node['target']} {node['failureSummary']}"
        for each in found
        if each["impact"] in SERIOUS
        for node in each["nodes"]
    ]
