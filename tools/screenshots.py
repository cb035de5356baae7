"""Takes the README's pictures from the running product: `python tools/screenshots.py`.

Starts the demo workspace with the real model on a folder of its own, brings conversations to telling moments,
and writes docs/images/<screen>-<theme>.png (wide) and docs/images/<screen>-390.png (a phone).
"""

from __future__ import annotations

import shutil
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright

from coolhead.config import Settings
from coolhead.services.demo.playing import PASSWORD, email_of
from coolhead.web.app import create_app
from coolhead.wiring import build

IMAGES = Path(__file__).parents[1] / "docs" / "images"
WIDE, TALL, PHONE = (1280, 800), (1280, 880), (390, 844)
LARGEST = 200_000
DRAFT = "I'm afraid we can't refund the 116.97 before Friday."


@contextmanager
def demo() -> Iterator[str]:
    """The address of a demo workspace that runs while the block does."""
    with tempfile.TemporaryDirectory() as folder, socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        app = create_app(build(Settings(data=Path(folder), demo=True)))
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", timeout_graceful_shutdown=1))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        while not server.started:
            if not thread.is_alive():
                sys.exit("The demo did not start; `coolhead demo` tells why.")
            time.sleep(0.1)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        thread.join()


def open_desk(page: Page) -> None:
    """A billing conversation that has gone wrong, with a draft in the box."""
    page.goto("/desk")
    page.goto(page.locator(".list .item", has_text="Priya Raman").get_attribute("href") or "/desk")
    page.locator("#turns li").first.wait_for()
    page.locator("#words").fill(DRAFT)
    page.wait_for_timeout(1500)


def open_floor(page: Page) -> None:
    """Everyone's conversations."""
    page.goto("/floor")
    page.locator("a.live-row").nth(5).wait_for()
    page.wait_for_timeout(800)


def open_replay(page: Page) -> None:
    """A conversation that was played to its end, looked at in its middle."""
    page.goto("/conversations?show=all")
    page.locator("a.live-row", has_text="Priya Raman").first.click()
    page.locator("#scrub").wait_for()
    for _ in range(8):
        page.keyboard.press("j")
    page.wait_for_timeout(800)


def open_limits(page: Page) -> None:
    """An abusive chat: the limits beside it."""
    page.goto("/desk")
    page.goto(page.locator(".list .item", has_text="Craig Dunmore").get_attribute("href") or "/desk")
    page.locator("#limits [aria-current=step]").wait_for()
    page.wait_for_timeout(800)


def open_customer(page: Page) -> None:
    """A customer who has come back about the same thing."""
    page.goto("/customers")
    page.get_by_role("link", name="Daniel Okafor").first.click()
    page.locator(".contacts").wait_for()


def open_briefing(page: Page) -> None:
    """A call for a supervisor, with all that is known beside the conversation."""
    page.goto("/floor")
    page.locator("article.call h3 a").first.click()
    page.locator("#help .briefing").wait_for()
    page.wait_for_timeout(800)


SAID = (
    "Hello Ingrid, I'm so sorry about the wrong fabric after nine weeks. That must be very disappointing."
    " What happened?",
    "I can only offer you a voucher, that is our policy.",
    "You're right, that was no answer. The wrong colour came and three departments passed you on: have I got"
    " that right?",
    "This is ours to put right, and I'm taking it on. What's your order number?",
    "I can have the covers changed or refund it in full. Which would you like?",
    "The right covers are fitted by Thursday, and I call you on Wednesday at 4 pm. Does that suit you?",
    "Is there anything else I can do?",
)
"""A practice run with one slip in it."""


def open_run(page: Page, turns: int = 4) -> None:
    """A practice run in its middle."""
    page.goto("/practice/start/grey-sofa")
    page.get_by_label("Openly angry").check()
    page.get_by_role("button", name="Begin").click()
    for number, words in enumerate(SAID[:turns], start=1):
        page.locator("form[data-htmx-powered] #words").fill(words)
        page.locator("#words").press("Enter")
        page.locator(f"#c-{number}").wait_for()
    page.wait_for_timeout(800)


def open_debrief(page: Page) -> None:
    """What a practice run taught."""
    open_run(page, len(SAID))
    page.get_by_role("link", name="Read the debrief").click()
    page.wait_for_timeout(800)


def at(path: str) -> Callable[[Page], None]:
    """Opens the page at that path."""

    def opens(page: Page) -> None:
        page.goto(path)
        page.wait_for_timeout(500)

    return opens


SCREENS: dict[str, tuple[str, Callable[[Page], None]]] = {
    "desk": ("ravi", open_desk),
    "floor": ("sam", open_floor),
    "conversation": ("sam", open_replay),
}
CASEWORK: dict[str, tuple[str, Callable[[Page], None]]] = {
    "case-desk": ("mara", open_limits),
    "briefing": ("sam", open_briefing),
    "promises": ("mara", at("/promises")),
    "policies": ("mara", at("/p/northline")),
    "search": ("sam", at("/search?q=refund")),
    "customer": ("sam", open_customer),
    "guidance": ("sam", at("/documents/northline/playbook/entries/safety-first")),
}
PRACTICE: dict[str, tuple[str, Callable[[Page], None]]] = {
    "practice-run": ("ravi", open_run),
    "debrief": ("ravi", open_debrief),
    "practice": ("ravi", at("/practice")),
    "progress": ("ravi", at("/practice/progress")),
}


def play_to_the_end(browser: Browser, address: str, script: str) -> None:
    """Steps a conversation of the demo until it has ended."""
    with browser.new_context(base_url=address) as context:
        page = context.new_page()
        sign_in(page, "mara")
        page.goto("/demo")
        player = page.locator(f"#player-{script}")
        step = player.get_by_role("button", name="Say the next turn")
        while step.count():
            before = player.inner_text()
            step.click()
            page.wait_for_function(
                "([id, was]) => document.getElementById(id).innerText !== was",
                arg=[f"player-{script}", before],
            )


def sign_in(page: Page, person: str) -> None:
    """Signs a person of the demo in."""
    page.goto("/sign-in")
    page.get_by_label("E-mail").fill(email_of(person))
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda url: "sign-in" not in url)


def take(browser: Browser, address: str, screen: str, scheme: str, size: tuple[int, int], name: str) -> None:
    """One picture."""
    person, opens = (SCREENS | CASEWORK | PRACTICE)[screen]
    with browser.new_context(
        base_url=address,
        color_scheme=scheme,  # type: ignore[arg-type]  # "light" or "dark"
        viewport={"width": size[0], "height": size[1]},
        locale="en-GB",
        reduced_motion="reduce",
        has_touch=size == PHONE,
        is_mobile=size == PHONE,
    ) as context:
        page = context.new_page()
        sign_in(page, person)
        opens(page)
        path = IMAGES / f"{name}.png"
        page.screenshot(path=path)
        print(f"{path.relative_to(IMAGES.parents[1])}  {path.stat().st_size // 1000} kB")
        if path.stat().st_size > LARGEST:
            sys.exit(f"{path.name} is larger than {LARGEST // 1000} kB.")


def main() -> None:
    """All pictures."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    with demo() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=found, args=["--no-sandbox", "--disable-gpu", "--no-first-run"]
        )
        for scheme in ("light", "dark"):
            for screen in ("desk", "floor"):
                take(browser, address, screen, scheme, WIDE, f"{screen}-{scheme}")
        for screen in ("desk", "floor"):
            take(browser, address, screen, "light", PHONE, f"{screen}-390")
        for screen in CASEWORK | PRACTICE:
            for scheme in ("light", "dark"):
                take(browser, address, screen, scheme, WIDE, f"{screen}-{scheme}")
            take(browser, address, screen, "light", PHONE, f"{screen}-390")
        play_to_the_end(browser, address, "third-bill")
        for scheme in ("light", "dark"):
            take(browser, address, "conversation", scheme, TALL, f"conversation-{scheme}")
        take(browser, address, "conversation", "dark", PHONE, "conversation-390")
        browser.close()


if __name__ == "__main__":
    main()
