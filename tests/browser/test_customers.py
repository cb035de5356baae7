"""A rough conversation ends, its follow-up is taken on and moved, and the next contact begins with both."""

from __future__ import annotations

import re
from collections.abc import Callable

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.site import Site, ends, opened_chat, says

KEY = "farah.aziz@example.com"


def known(customer: Page, agent: Page, words: str) -> None:
    """A chat that the agent takes, and in which the customer says who they are."""
    opened_chat(customer, "tessell", "Farah Aziz", words)
    agent.goto("/desk")
    agent.get_by_role("button", name="Take the conversation with Farah Aziz").click()
    agent.locator("summary", has_text="Who is this?").click()
    agent.get_by_label("Their number or e-mail").fill(KEY)
    agent.get_by_role("button", name="Look up").click()


def test_what_was_said_last_time_is_there_next_time(site: Site, new_page: Callable[..., Page]) -> None:
    agent = new_page(site, "mara", at="/desk")
    known(new_page(site), agent, "heat 3, the third time now")
    expect(agent.locator("#last-title")).to_have_count(0)
    says(agent, "I promise to send a fitter.")
    agent.locator("#promises").get_by_role("button", name="Accept").click()
    expect(agent.locator("#promises")).to_contain_text("open")
    ends(agent)
    expect(agent.locator("#say")).not_to_contain_text("Send")

    agent.goto("/follow-ups?show=proposed")
    agent.get_by_role("link", name="Write an e-mail: Farah Aziz").click()
    agent.get_by_role("button", name="Take it on").click()
    expect(agent.get_by_label("Text", exact=True)).to_have_value(re.compile("to send a fitter"))
    expect(agent.get_by_label("To", exact=True)).to_have_value(KEY)
    assert Axe().run(agent).violations_count == 0
    agent.locator("summary", has_text="Move it").click()
    agent.locator("#exactly").fill("2037-03-23T10:00")
    agent.locator("#why-move").fill("They asked for later.")
    agent.get_by_role("button", name="Move it").click()
    expect(agent.locator(".lead")).to_contain_text("Mon 23 Mar 2037 10:00")

    known(new_page(site), agent, "heat 1, hello again")
    last = agent.locator(".last-time")
    expect(last).to_contain_text("send a fitter")
    expect(last).to_contain_text("A follow-up is moved")
    assert Axe().run(agent).violations_count == 0
    last.get_by_role("link", name="earlier contact").click()
    expect(agent.locator(".contacts > li")).to_have_count(2)
    assert Axe().run(agent).violations_count == 0
