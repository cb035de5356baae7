"""The floor: it lives by itself, and a supervisor can look on and write to the agent."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.site import Site, opened_chat, says


def test_the_floor_lives_at_first_sight_and_shows_the_hottest_first(
    site: Site, new_page: Callable[..., Page]
) -> None:
    floor = new_page(site, "sam", at="/floor")
    rows = floor.locator("a.live-row")
    for customer_of_the_demo in ("Priya Raman", "Teresa Caldeira", "Craig Dunmore", "Joanna Petrakis"):
        expect(rows.filter(has_text=customer_of_the_demo)).to_have_count(1)

    customer = new_page(site, at="/chat/northline")
    opened_chat(customer, "northline", "Mo Adeyemi", "hello")
    row = floor.locator("a.live-row", has_text="Mo Adeyemi")
    expect(row).to_contain_text("calm")
    expect(row).to_contain_text("Nobody yet")
    says(customer, "this is heat 4 now")
    expect(row).to_contain_text("furious")
    expect(row).to_contain_text("They are furious.")
    expect(rows.first).to_contain_text("furious")
    expect(rows.last).not_to_contain_text("furious")


def test_a_supervisor_watches_and_whispers(site: Site, new_page: Callable[..., Page]) -> None:
    customer = new_page(site, at="/chat/northline")
    opened_chat(customer, "northline", "Nia Costa", "heat 3, where is it?")
    agent = new_page(site, "mara", at="/desk")
    agent.get_by_role("button", name="Take the conversation with Nia Costa").click()

    watching = new_page(site, "sam", at="/floor")
    watching.locator("a.live-row", has_text="Nia Costa").click()
    expect(watching.get_by_role("heading", name="Nia Costa", level=1)).to_be_visible()
    expect(watching.get_by_role("button", name=re.compile("^Done"))).to_have_count(0)
    says(watching, "Offer her the courier, I approve it.")
    expect(watching.get_by_text("Sent. Only the agent sees it.")).to_be_visible()
    expect(agent.locator(".whisper")).to_contain_text("Offer her the courier, I approve it.")

    says(customer, "still waiting")
    expect(watching.locator("#turns li")).to_have_count(2)
    expect(customer.get_by_text("courier")).to_have_count(0)


def test_the_demo_is_stepped_from_its_page(site: Site, new_page: Callable[..., Page]) -> None:
    page = new_page(site, "mara", at="/demo")
    player = page.locator("#player-summer-house")
    expect(player).to_contain_text("9 of 17")
    player.get_by_role("button", name="Say the next turn").click()
    expect(player).to_contain_text("10 of 17")
    player.get_by_role("button", name="Begin again").click()
    expect(player).to_contain_text("1 of 17")
