"""Cross-site requests, headers and cookies."""

from __future__ import annotations

import pytest
import structlog
from starlette.datastructures import Headers

from coolhead.channels.throttle import Throttle
from coolhead.web.security import is_cross_site
from coolhead.web.signin import local
from coolhead.wiring import Services
from tests.web.conftest import browser_of

HOST = {"host": "desk.example"}


@pytest.mark.parametrize(
    ("method", "headers", "refused"),
    [
        ("GET", {"sec-fetch-site": "cross-site"}, False),
        ("POST", {"sec-fetch-site": "same-origin"}, False),
        ("POST", {"sec-fetch-site": "none"}, False),
        ("POST", {"sec-fetch-site": "cross-site"}, True),
        ("POST", {"sec-fetch-site": "same-site"}, True),
        ("POST", {"sec-fetch-site": "same-site", "origin": "https://desk.example"}, True),
        ("POST", {}, False),
        ("POST", {"origin": "https://desk.example"}, False),
        ("POST", {"origin": "https://evil.example"}, True),
        ("POST", {"origin": "null"}, True),
        ("POST", {"origin": "http://desk.example:8001"}, True),
        ("POST", {"origin": "http://["}, True),
        ("POST", {"origin": "https://www.shop.example", "sec-fetch-site": "cross-site"}, False),
        ("DELETE", {"origin": "https://desk.example.evil.example"}, True),
    ],
)
def test_only_other_sites_are_refused(method: str, headers: dict[str, str], refused: bool) -> None:
    allowed = ("https://www.shop.example",)
    assert is_cross_site(method, Headers(HOST | headers), allowed) is refused


def test_throttle_lets_pass_again_when_the_window_has_moved_on() -> None:
    now = [0.0]
    throttle = Throttle(most=2, window_s=10, clock=lambda: now[0])
    assert [throttle.passes("a"), throttle.passes("a"), throttle.passes("a")] == [True, True, False]
    assert throttle.passes("b")
    now[0] = 10.5
    assert throttle.passes("a")


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "/\t/evil.example",
        "/\n//evil.example",
        "/a\\b",
        "",
    ],
)
def test_nobody_is_sent_to_another_site_after_signing_in(address: str) -> None:
    assert local(address) == "/"


def test_who_wanted_to_be_somewhere_here_is_sent_there() -> None:
    assert local("/conversations?client=main&q=what//ever") == "/conversations?client=main&q=what//ever"


async def test_a_link_that_lets_somebody_in_is_not_logged_when_its_page_fails(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = "said by a customer"

    async def fail(_token: str) -> None:
        raise RuntimeError(words)

    monkeypatch.setattr(services.resets, "check", fail)
    async with browser_of(services) as browser:
        with structlog.testing.capture_logs() as logs:
            answer = await browser.get("/new-password/the-token-of-a-link")
    assert answer.status_code == 500
    (logged,) = [each for each in logs if each["event"] == "page_failed"]
    assert logged["route"] == "/new-password/{token}"
    assert "the-token-of-a-link" not in str(logs)
    assert words not in str(logs)
