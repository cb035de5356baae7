"""The end of a conversation: the note that two write at once, the outcome, and how it is found again."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, ViewportSize, expect

from tests.browser.site import Site, opened_chat, says

NARROW: ViewportSize = {"width": 390, "height": 844}
SERIOUS = ("serious", "critical")


def taken(site: Site, new_page: Callable[..., Page], name: str, words: str) -> tuple[Page, Page]:
    """A customer's page, and the desk of the agent who has taken their chat."""
    customer = new_page(site, at="/chat/northline")
    opened_chat(customer, "northline", name, words)
    agent = new_page(site, "mara", at="/desk")
    agent.get_by_role("button", name=f"Take the conversation with {name}").click()
    expect(agent.locator("#turns li")).to_have_count(1)
    return customer, agent


def test_a_note_that_two_write_at_once_and_that_is_found_again(
    site: Site, new_page: Callable[..., Page]
) -> None:
    customer, agent = taken(site, new_page, "Nora Quint", "My lamp is broken, heat 2")
    supervisor = new_page(site, "sam", at=agent.url.replace("/desk/", "/conversations/"))
    for page in (agent, supervisor):
        page.get_by_role("button", name="Change the note").click()
    agent.get_by_label("Your note", exact=True).fill("Lamp broken, a new one goes out.")
    says(customer, "heat 1 and one more thing")
    expect(agent.locator("#turns li")).to_have_count(2)
    expect(agent.get_by_label("Your note", exact=True)).to_have_value("Lamp broken, a new one goes out.")
    agent.locator("#note-edit").get_by_role("button", name="Save").click()
    expect(agent.locator("#note")).to_contain_text("Lamp broken, a new one goes out.")
    expect(agent.locator("#note-edit")).to_be_empty()

    supervisor.get_by_label("Your note", exact=True).fill("Lamp broken, a cracked shade.")
    supervisor.locator("#note-edit").get_by_role("button", name="Save").click()
    expect(supervisor.get_by_role("alert").filter(has_text="Mara has changed this note")).to_be_visible()
    expect(supervisor.get_by_label("Your note", exact=True)).to_have_value("Lamp broken, a cracked shade.")
    supervisor.get_by_label("Your note", exact=True).fill("Lamp broken, cracked shade; a new one goes out.")
    supervisor.locator("#note-edit").get_by_role("button", name="Save").click()
    expect(supervisor.get_by_role("link", name="2 versions")).to_be_visible()
    expect(agent.locator("#note")).to_contain_text("cracked shade; a new one")

    agent.get_by_role("button", name="Set the outcome").click()
    agent.get_by_label("How did it end?").select_option("partly")
    agent.get_by_label("What was it about?").select_option("product_defect")
    agent.get_by_role("button", name="Confirm").click()
    expect(agent.locator("#note")).to_contain_text("Partly solved")

    agent.keyboard.press("g")
    agent.keyboard.press("s")
    agent.get_by_label("Words to look for").fill('quint "cracked shade"')
    agent.keyboard.press("Enter")
    expect(agent.locator(".hit mark")).to_have_text(["cracked shade"])
    agent.get_by_role("link", name="Nora Quint").click()
    expect(agent.get_by_role("heading", name="Nora Quint")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/search", "/search?q=heat&heat=1", "/gestures", "note", "print"])
def test_the_screens_are_for_everyone(
    site: Site, new_page: Callable[..., Page], scheme: str, path: str
) -> None:
    narrow = {"viewport": NARROW} if scheme == "dark" else {}
    page = new_page(site, "sam", at="/conversations?show=all", color_scheme=scheme, **narrow)
    if not path.startswith("/"):
        path = f"{page.locator('a.live-row').first.get_attribute('href')}/{path}"
    page.goto(path)
    found = [each for each in Axe().run(page).response["violations"] if each["impact"] in SERIOUS]
    assert found == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_form_that_is_opened_while_the_note_is_being_kept_stays(
    site: Site, new_page: Callable[..., Page]
) -> None:
    _, agent = taken(site, new_page, "Ida Brock", "My lamp is broken, heat 2")
    held: list[Route] = []
    agent.route("**/note", lambda route: held.append(route) if route.request.post_data else route.continue_())
    agent.get_by_role("button", name="Change the note").click()
    agent.get_by_label("Your note", exact=True).fill("A new lamp goes out.")
    agent.locator("#note-edit").get_by_role("button", name="Save").click()
    agent.get_by_role("button", name="Set the outcome").click()
    with agent.expect_response("**/note"):
        held.pop().continue_()
    expect(agent.locator("#note")).to_contain_text("A new lamp goes out.")
    expect(agent.get_by_label("How did it end?")).to_be_visible()
