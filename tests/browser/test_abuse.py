"""An abusive chat: the steps, the hand-over, a supervisor who accepts with the briefing, a paused channel."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize, expect

from coolhead.guidance.limits import BoundaryStep, load
from tests.browser.site import Site, opened_chat, says

NARROW: ViewportSize = {"width": 390, "height": 844}
SERIOUS = ("serious", "critical")


def sound(page: Page) -> None:
    """Nothing serious for axe, nothing over the side."""
    found = Axe().run(page).response["violations"]
    assert [each["id"] for each in found if each["impact"] in SERIOUS] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(
    "switches", [{}, {"viewport": NARROW, "color_scheme": "dark"}], ids=["wide", "narrow"]
)
def test_an_abusive_chat_is_handed_over_warmly(
    site: Site, new_page: Callable[..., Page], switches: dict[str, object]
) -> None:
    limits_of_northline = load((files("coolhead") / "content/demo/northline/limits.yaml").read_text("utf-8"))
    name = f"Rex Hollow {len(switches)}"
    customer = new_page(site, at="/chat/northline")
    opened_chat(customer, "northline", name, "heat 3, my oven is broken since Friday")
    agent = new_page(site, "mara", at="/desk?closed=1", **switches)
    agent.get_by_role("button", name=f"Take the conversation with {name}").click()
    agent.locator("#help [data-key=h]").wait_for()
    expect(agent.locator("#limits")).to_be_empty()

    says(customer, "insult! heat 4")
    limits = agent.locator("#limits")
    expect(limits.locator("[aria-current=step]")).to_have_text("Warn")
    limits.get_by_role("button", name="Use these words").click()
    expect(agent.locator("#words")).to_have_value(limits_of_northline.words(BoundaryStep.WARN)[0])
    says(agent, "I want to help. Please speak with respect.")
    expect(limits).to_contain_text("nothing is due")

    says(customer, "insult! heat 4 again")
    expect(limits.locator("[aria-current=step]")).to_have_text("Last warning")
    sound(agent)
    agent.keyboard.press("Escape")
    agent.keyboard.press("o")
    expect(agent.locator("#help")).to_contain_text("Waiting for someone to look.")

    floor = new_page(site, "sam", at="/floor", **switches)
    call = floor.locator("article.call", has_text=name)
    expect(call).to_contain_text("The agent hands over after abuse")
    expect(call).to_contain_text("my oven is broken since Friday")
    sound(floor)
    call.get_by_role("button", name="Accept").click()
    floor.wait_for_url("**/floor/*")
    expect(floor.locator("#help .briefing")).to_contain_text("Insulted the agent or staff twice")
    expect(agent.locator("#help")).to_contain_text("Sam has accepted and is coming.")
    sound(floor)
    floor.get_by_role("button", name="Take over").click()
    floor.wait_for_url("**/desk/*")
    expect(agent.locator("#help")).to_contain_text("Sam has taken it over.")

    says(customer, "threat! heat 4")
    expect(floor.locator("#limits [aria-current=step]")).to_have_text("End it")
    floor.once("dialog", lambda dialog: dialog.accept())
    floor.locator("#limits").get_by_role("button", name="pause 24 h").click()
    expect(customer.get_by_role("heading", name="This chat is paused")).to_be_visible()
    sound(customer)
