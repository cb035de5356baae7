"""A trainer writes a scenario: sees what is wrong by line, tries the draft, publishes it for everybody."""

from __future__ import annotations

from collections.abc import Callable

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.site import Site

BASE = "/training/material/tessell"


def test_a_scenario_is_begun_put_right_tried_and_published(site: Site, new_page: Callable[..., Page]) -> None:
    page = new_page(site, "lena", at=BASE)
    page.get_by_label("Find a piece").fill("sofa")
    expect(page.locator("#scenario li:visible")).to_have_count(1)
    page.get_by_role("button", name="New…").click()
    page.get_by_label("Short name").fill("left-and-charged")
    page.get_by_role("button", name="Begin").click()

    text = page.get_by_label("Scenario left-and-charged as text")
    whole = text.input_value()
    text.fill(whole.replace("channel: chat", "channel: pigeon"))
    place = page.get_by_role("button", name="Line 9, column 10")
    expect(place).to_be_visible()
    place.click()
    selected = text.evaluate("box => box.value.slice(box.selectionStart, box.selectionEnd)")
    assert selected == "pigeon"
    assert Axe().run(page).violations_count == 0
    text.fill(whole.replace("title: Charged after leaving", "title: The gym that would not let go"))
    expect(page.get_by_text("No problems.")).to_be_visible()
    page.keyboard.press("Control+s")

    page.get_by_role("link", name="Try", exact=True).click()
    assert Axe().run(page).violations_count == 0
    page.get_by_label("Who tells it").select_option("icy-polite")
    page.get_by_role("button", name="Begin").click()
    page.wait_for_url("**/practice/runs/*")
    expect(page.get_by_text("The gym that would not let go").first).to_be_visible()

    page.goto(f"{site.address}{BASE}/scenario.left-and-charged/text")
    page.get_by_role("button", name="Publish…").click()
    page.locator("#publish").get_by_role("button", name="Publish").click()
    page.wait_for_url("**/versions")
    agent = new_page(site, "mara", at="/practice/start/left-and-charged?client=tessell")
    expect(agent.get_by_text("The gym that would not let go").first).to_be_visible()
