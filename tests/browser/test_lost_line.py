"""When the connection fails: it is said, and what was typed is kept."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

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
