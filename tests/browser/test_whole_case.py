"""A whole case: limits on abuse, a warm hand-over, a promise, the note, the follow-up, the policies."""

from __future__ import annotations

import re
from collections.abc import Callable

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.site import Site, ends, opened_chat, says

NAME, KEY = "Otto Harms", "otto.harms@mail.example"
SERIOUS = ("serious", "critical")


def sound(page: Page) -> None:
    """Nothing serious for axe, nothing over the side."""
    found = Axe().run(page).response["violations"]
    assert [each["id"] for each in found if each["impact"] in SERIOUS] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def take(agent: Page) -> None:
    """The agent takes the customer's chat and finds out who it is."""
    agent.goto("/desk")
    agent.get_by_role("button", name=f"Take the conversation with {NAME}").click()
    agent.get_by_text("Who is this?").click()
    agent.get_by_label("Their number or e-mail").fill(KEY)
    agent.get_by_role("button", name="Look up").click()
    expect(agent.get_by_text("Who is this?")).to_have_count(0)


def test_a_hard_case_from_start_to_end(site: Site, new_page: Callable[..., Page]) -> None:
    customer, agent = new_page(site), new_page(site, "ravi")
    opened_chat(customer, "northline", NAME, "heat 3, nobody came, for the second time")
    take(agent)
    _limits_are_set(customer, agent)
    agent.keyboard.press("Escape")
    agent.keyboard.press("o")
    expect(agent.locator("#help")).to_contain_text("Waiting for someone to look.")

    supervisor = new_page(site, "sam", at="/floor")
    _is_briefed_and_takes_over(supervisor)
    says(supervisor, "I promise to send a technician within 2 business days.")
    expect(supervisor.locator("#promises")).to_contain_text("1 to accept")
    supervisor.locator("#words").press("Escape")
    supervisor.keyboard.press("a")
    expect(supervisor.locator("#promises")).to_contain_text("open")
    says(customer, "heat 0, thank you")
    _wraps_up(supervisor)

    _takes_the_follow_up_on(supervisor)
    customer = new_page(site)
    opened_chat(customer, "northline", NAME, "heat 1, it is me again")
    take(agent)
    last = agent.locator(".last-time")
    expect(last).to_contain_text("Partly solved")
    expect(last).to_contain_text("Promised: send a technician")
    sound(agent)
    _reads_what_was_published(agent)


def _limits_are_set(customer: Page, agent: Page) -> None:
    limits = agent.locator("#limits")
    expect(limits).to_be_empty()
    says(customer, "insult! heat 4")
    expect(limits.locator("[aria-current=step]")).to_have_text("Warn")
    says(agent, "I want to get this working. Please speak with respect.")
    expect(limits).to_contain_text("nothing is due")
    says(customer, "insult! heat 4, you again")
    expect(limits.locator("[aria-current=step]")).to_have_text("Last warning")


def _is_briefed_and_takes_over(supervisor: Page) -> None:
    call = supervisor.locator("article.call", has_text=NAME)
    expect(call).to_contain_text("nobody came, for the second time")
    call.get_by_role("button", name="Accept").click()
    supervisor.wait_for_url("**/floor/*")
    expect(supervisor.locator("#help .briefing")).to_contain_text("Insulted the agent or staff twice")
    supervisor.get_by_role("button", name="Take over").click()
    supervisor.wait_for_url("**/desk/*")


def _wraps_up(supervisor: Page) -> None:
    supervisor.get_by_role("button", name="Change the note").click()
    supervisor.get_by_label("Your note", exact=True).fill("Two visits were missed. A technician comes.")
    supervisor.locator("#note-edit").get_by_role("button", name="Save").click()
    supervisor.get_by_role("button", name="Set the outcome").click()
    supervisor.get_by_label("How did it end?").select_option("partly")
    supervisor.get_by_label("What was it about?").select_option("outage")
    supervisor.get_by_role("button", name="Confirm").click()
    expect(supervisor.locator("#note")).to_contain_text("Partly solved")
    ends(supervisor)
    expect(supervisor.locator("#say")).to_contain_text("This conversation has ended")
    sound(supervisor)


def _takes_the_follow_up_on(supervisor: Page) -> None:
    supervisor.goto("/follow-ups?show=proposed")
    supervisor.get_by_role("link", name=NAME).click()
    supervisor.get_by_role("button", name="Take it on").click()
    expect(supervisor.get_by_label("Text", exact=True)).to_have_value(re.compile("send a technician"))
    sound(supervisor)


def _reads_what_was_published(agent: Page) -> None:
    agent.keyboard.press("Escape")
    agent.keyboard.press("/")
    expect(agent.get_by_role("combobox", name="Search the policies")).to_be_focused()
    agent.keyboard.type("technician")
    hit = agent.locator("#policy-hits").get_by_role("option").first
    expect(hit).to_contain_text("5 working days")
    agent.goto("/p/northline")
    expect(agent.get_by_role("heading", name="What you can expect from Northline")).to_be_visible()
    expect(agent.locator("main")).to_contain_text("£25")
    sound(agent)
