"""Policies from the editor to the customer: published, read by all, found at the desk, held to by drafts."""

from __future__ import annotations

from collections.abc import Callable

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.site import Site, opened_chat
from tests.guidance.policies import written


def publish(page: Page, text: str) -> None:
    """Writes the policies of Tessell in the editor, looks at the preview, publishes."""
    page.goto("/documents/tessell/policies/text")
    page.get_by_label("Policies as text").fill(text)
    page.get_by_role("button", name="Save draft").click()
    page.get_by_role("link", name="Preview").click()
    expect(page.get_by_text("Draft: this is how it will look.")).to_be_visible()
    page.get_by_role("link", name="Back to the editor").click()
    page.get_by_role("button", name="Publish…").click()
    page.locator("#publish").get_by_role("button", name="Publish").click()
    expect(page.get_by_text("Version 2 is in force")).to_be_visible()


def test_policies_from_the_editor_to_the_draft_of_an_answer(
    site: Site, new_page: Callable[..., Page]
) -> None:
    supervisor = new_page(site, "sam")
    publish(supervisor, written())

    reader = new_page(site, at="/p/tessell", viewport={"width": 390, "height": 844})
    expect(reader.get_by_role("heading", name="How we do it")).to_be_visible()
    reader.get_by_role("link", name="Complaint channels").click()
    expect(reader.get_by_role("heading", name="Complaint channels")).to_be_in_viewport()
    assert Axe().run(reader).violations_count == 0
    assert reader.evaluate("document.scripts.length") == 0
    assert reader.evaluate("document.documentElement.scrollWidth") <= 390

    customer = new_page(site, at="/chat/tessell")
    opened_chat(customer, "tessell", "Nora Blum", "Where is my money?")
    agent = new_page(site, "mara", at="/desk")
    agent.get_by_role("button", name="Take the conversation with Nora Blum").click()
    expect(agent.get_by_role("heading", name="Nora Blum", level=1)).to_be_visible()
    agent.wait_for_load_state()
    agent.keyboard.press("/")
    expect(agent.get_by_role("combobox", name="Search the policies")).to_be_focused()
    agent.keyboard.type("opened")
    expect(agent.locator("#policy-hits").get_by_role("option")).to_have_count(1)
    agent.keyboard.press("Control+a")
    agent.keyboard.type("mon")
    expect(agent.locator("#policy-hits").get_by_role("option").first).to_have_text(
        "The money takes 5 working days.Returns and refunds"
    )
    assert Axe().run(agent).violations_count == 0
    agent.keyboard.press("Enter")
    expect(agent.locator("#words")).to_have_value("The money takes 5 working days.")
    expect(agent.locator("#words")).to_be_focused()

    agent.locator("#words").fill("I promise to refund you by tomorrow.")
    offer = agent.locator("#better .offer")
    expect(offer).to_contain_text("A refund takes up to 5 working days.")
    expect(offer.get_by_role("link")).to_have_attribute("href", "/p/tessell#returns-and-refunds")
    agent.locator("#words").press("Alt+u")
    expect(agent.locator("#words")).to_have_value("The money is with you within 5 working days.")

    agent.locator("#words").fill("I promise to refund you by tomorrow.")
    agent.locator("#words").press("Enter")
    expect(agent.locator("#now .do")).to_have_text("Put right what was promised")
    expect(agent.locator("#now .cites")).to_contain_text("How we do it: Returns and refunds")
