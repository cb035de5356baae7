"""The product as a browser meets it: a server that runs, and what people do on its pages."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import uvicorn
from playwright.sync_api import Page

from coolhead.config import Settings
from coolhead.services.demo.playing import PASSWORD, email_of
from coolhead.web.app import create_app
from coolhead.wiring import build
from tests.fakes import FakeEngine

if TYPE_CHECKING:
    from coolhead.engine import Engine

START_S = 30.0


@dataclass(frozen=True, slots=True)
class Site:
    """A server that runs."""

    address: str


@contextmanager
def serving(data: Path, engine: Engine | FakeEngine | None, *, demo: bool) -> Iterator[Site]:
    """The product on a free port, in a thread; `engine` None takes the shipped model."""
    app = create_app(build(Settings(data=data, time_zone="UTC", demo=demo), engine))
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", timeout_graceful_shutdown=1))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        _await_start(server, thread)
        try:
            yield Site(f"http://127.0.0.1:{listener.getsockname()[1]}")
        finally:
            server.should_exit = True
            thread.join(START_S)


def _await_start(server: uvicorn.Server, thread: threading.Thread) -> None:
    end = time.monotonic() + START_S
    while not server.started:
        if time.monotonic() > end or not thread.is_alive():
            pytest.fail("the server did not start")
        time.sleep(0.02)


def sign_in(page: Page, person: str) -> None:
    """Signs a person of the demo in."""
    page.goto("/sign-in")
    page.get_by_label("E-mail").fill(email_of(person))
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda address: "sign-in" not in address)


def opened_chat(customer: Page, client: str, name: str, words: str) -> None:
    """Begins a chat on the customer's page."""
    customer.goto(f"/chat/{client}")
    customer.get_by_label("Your name").fill(name)
    customer.get_by_label("What is it about?").fill(words)
    customer.get_by_role("button", name="Start the chat").click()
    customer.get_by_label("Your message").wait_for()


def says(page: Page, words: str) -> None:
    """Writes into the page's box and sends with Enter."""
    page.locator("form[data-htmx-powered] #words").fill(words)
    page.locator("#words").press("Enter")


def ends(agent: Page) -> None:
    """Ends the conversation that is open on the desk."""
    agent.once("dialog", lambda dialog: dialog.accept())
    agent.locator("#say").get_by_role("button", name="End", exact=True).click()
