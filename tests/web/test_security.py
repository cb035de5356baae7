"""Cross-site requests, headers and cookies."""

from __future__ import annotations

import pytest
from starlette.datastructures import Headers

from coolhead.channels.throttle import Throttle
from coolhead.web.security import is_cross_site

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
