"""A supervisor changes advice in forms, sees what is wrong, tries it, publishes it, rolls back."""

from __future__ import annotations

from collections.abc import Callable

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.site import Site, opened_chat, says

BASE = "/documents/tessell/playbook"


def add_advice(page: Page, title: str) -> None:
    """Fills in a new entry for whoever is at least tense, with a slip that is told and put right."""
    page.get_by_role("link", name="New entry").click()
    page.get_by_label("Title").fill(title)
    page.get_by_label("Name").fill("breathe-first")
    page.get_by_label("Wording 1").fill("I'm listening, {nam}.")
    expect(page.locator("#wrong-say")).to_contain_text('unknown slot "{nam}"')
    page.get_by_label("Wording 1").fill("I'm listening.")
    expect(page.locator("#wrong-say")).to_be_empty()
    page.get_by_label("Why").fill("They are {heat}.")
    page.get_by_label("Technique 1").select_option("empathy")
    page.get_by_label("A condition to add to when").select_option("heat")
    page.get_by_role("button", name="Add condition to when").click()
    expect(page.get_by_label("at least")).to_be_focused()
    page.get_by_label("at least").select_option("tense")
    page.get_by_label("Priority").fill("100")
    assert Axe().run(page).violations_count == 0
    page.keyboard.press("Control+s")
    page.wait_for_url("**/entries/breathe-first")


def publish(page: Page) -> None:
    page.get_by_role("button", name="Publish…").click()
    page.get_by_label("What changed").fill("Listen first")
    page.locator("#publish").get_by_role("button", name="Publish").click()
    page.wait_for_url("**/versions")


def test_advice_is_changed_tried_published_and_taken_back(site: Site, new_page: Callable[..., Page]) -> None:
    customer = new_page(site)
    opened_chat(customer, "tessell", "Noor Haddad", "heat 1, where is my sofa")
    page = new_page(site, "sam", at=BASE)
    page.on("dialog", lambda dialog: dialog.accept())
    add_advice(page, "Breathe, then listen")
    expect(page.locator(".item[aria-current]")).to_contain_text("new")

    page.get_by_role("link", name="Try", exact=True).click()
    page.get_by_role("button", name="Try it").click()
    tried = page.locator("#tried-breathe-first")
    expect(tried).to_contain_text("Would have fired")
    tried.locator("summary").click()
    expect(tried).to_contain_text("Noor Haddad")

    publish(page)
    expect(page.locator(".in-force")).to_contain_text("Listen first")
    says(customer, "heat 1, hello again")
    agent = new_page(site, "mara", at="/desk")
    agent.locator(".list .item", has_text="Noor Haddad").click()
    expect(agent.locator("#now")).to_contain_text("Breathe, then listen")

    page.get_by_role("button", name="Roll back to the shipped text").click()
    expect(page.locator(".in-force")).to_contain_text("Brings back the shipped text")
    opened_chat(new_page(site), "tessell", "Ana Duarte", "heat 1, where is my lamp")
    agent.locator(".list .item", has_text="Ana Duarte").click()
    expect(agent.locator("#turns")).to_contain_text("where is my lamp")
    expect(agent.locator("#now")).not_to_contain_text("Breathe, then listen")


def test_a_mistake_in_the_text_is_told_with_its_line_and_leads_there(
    site: Site, new_page: Callable[..., Page]
) -> None:
    page = new_page(site, "sam", at=f"{BASE}/text")
    text = page.get_by_label("Playbook as text")
    whole = text.input_value()
    text.fill(whole.replace("cues: [safety_risk]", "cues: [safety_rick]", 1))
    place = page.get_by_role("button", name="Line 15, column 14")
    expect(place).to_be_visible()
    assert Axe().run(page).violations_count == 0
    place.click()
    selected = text.evaluate("box => box.value.slice(box.selectionStart, box.selectionEnd)")
    assert selected == "safety_rick]"
    text.fill(whole)
    expect(page.get_by_text("No problems.")).to_be_visible()
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("link", name="Versions").click()
