"""When the connection fails: it is said, and what was typed is kept."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.site import Site, opened_chat, says


@pytest.fixture
def customer(site: Site, browser: Browser) -> Iterator[Page]:
    """A page whose failed requests are part of the test, so its console is not looked at."""
    with browser.new_context(base_url=site.address) as context:
        page = context.new_page()
        opened_chat(page, "tessell", "Ida Falk", "hello")
        yield page


def test_a_message_that_cannot_be_sent_stays_in_the_box(customer: Page) -> None:
    customer.context.set_offline(True)
    says(customer, "is anyone there?")
    expect(customer.locator("#words")).to_have_value("is anyone there?")
    customer.context.set_offline(False)
    customer.locator("#words").press("Enter")
    expect(customer.locator(".mine")).to_have_text(["You:hello", "You:is anyone there?"])


def test_an_error_of_the_server_is_said_on_the_page(customer: Page) -> None:
    customer.route("**/messages", lambda route: route.fulfill(status=500, body=""))
    says(customer, "once more")
    expect(customer.locator("#words")).to_have_value("once more")


def test_a_page_whose_scripts_come_slowly_lives_all_the_same(
    site: Site, new_page: Callable[..., Page]
) -> None:
    floor = new_page(site, "sam", at="/account")
    floor.route("**/hx-sse.js*", held_back)
    floor.goto("/floor")
    opened_chat(new_page(site), "northline", "Tamsin Vole", "hello")
    expect(floor.locator("a.live-row", has_text="Tamsin Vole")).to_have_count(1)


def held_back(route: Route) -> None:
    """Lets a script through when the page has long read the one before it."""
    time.sleep(1)
    route.continue_()
