"""A drill from the trainer's wish to the result, by keyboard alone."""

from __future__ import annotations

from collections.abc import Callable

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.site import Site


def fits(page: Page, address: str) -> None:
    """Nothing for axe, nothing over the side: narrow and dark."""
    page.goto(address)
    assert Axe().run(page).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def take_back_all(trainer: Page) -> None:
    """What the demo has assigned."""
    while assigned := trainer.locator(".board > li").count():
        trainer.locator(".board summary").first.click()
        trainer.get_by_role("button", name="Take it back").first.click()
        expect(trainer.locator(".board > li")).to_have_count(assigned - 1)


def test_a_drill_is_assigned_done_by_keyboard_and_seen_as_done(
    site: Site, new_page: Callable[..., Page]
) -> None:
    trainer = new_page(site, "lena", at="/training?client=northline")
    take_back_all(trainer)
    expect(trainer.get_by_role("heading", name="Nothing is assigned yet")).to_be_visible()
    trainer.locator("#what").select_option(label="Name the feeling")
    trainer.get_by_label("A word with it").fill("Before Friday's rush.")
    trainer.get_by_role("button", name="Assign").click()
    expect(trainer.get_by_text("0 of 2 done")).to_be_visible()

    agent = new_page(site, "mara", at="/practice?client=northline")
    step = agent.get_by_role("region", name="Name the feeling")
    expect(step).to_contain_text("Lena asks for it, due in 7 days.")
    step.get_by_role("link", name="Begin").press("Enter")
    expect(agent.get_by_role("button", name="Begin")).to_be_focused()
    agent.keyboard.press("Enter")
    words = agent.get_by_role("textbox", name="Say in one or two sentences what they feel.")
    expect(words).to_be_focused()
    agent.keyboard.type("Calm down, please.")
    agent.keyboard.press("Enter")
    expect(agent.get_by_role("heading", name="Not yet")).to_be_visible()
    expect(agent.get_by_text("Leave out “Calm down”.")).to_be_visible()
    expect(agent.get_by_text("You must be worried sick about the rent")).to_be_visible()
    expect(agent.get_by_role("button", name="Next")).to_be_focused()
    assert Axe().run(agent).response["violations"] == []
    agent.keyboard.press("Enter")
    expect(words).to_be_focused()
    expect(words).to_have_value("")
    agent.keyboard.type("No wonder that you are angry.")
    agent.keyboard.press("Enter")
    expect(agent.get_by_role("heading", name="Right", exact=True)).to_be_visible()
    agent.get_by_role("button", name="turn the clock off").click()
    expect(agent.locator("#clock")).to_have_count(0)
    agent.get_by_role("button", name="Stop").click()
    expect(agent.get_by_role("heading", name="1 of 2 right")).to_be_visible()
    expect(agent.get_by_role("link", name="Done")).to_be_focused()

    small = new_page(
        site, "mara", at="/practice", viewport={"width": 390, "height": 844}, color_scheme="dark"
    )
    for address in ("/practice", "/practice/progress", "/practice/lessons/apologise", agent.url):
        fits(small, address)
    trainer.reload()
    trainer.get_by_text("1 of 2 done").click()
    expect(trainer.locator(".who li", has_text="Ravi")).to_contain_text("not yet")
    assert Axe().run(trainer).response["violations"] == []
