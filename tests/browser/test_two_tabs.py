"""A customer in one tab, an agent in the other: a whole conversation, typed."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.site import Site, ends, opened_chat, says


def test_a_typed_conversation_in_two_tabs(site: Site, new_page: Callable[..., Page]) -> None:
    customer = new_page(site, at="/chat/northline")
    opened_chat(customer, "northline", "Lena Brandt", "My line is down, heat 1. Card 4111 1111 1111 1111.")
    expect(customer.get_by_text("[CARD]")).to_be_visible()

    agent = new_page(site, "mara", at="/desk")
    agent.get_by_role("button", name="Take the conversation with Lena Brandt").click()
    expect(agent.get_by_role("heading", name="Lena Brandt", level=1)).to_be_visible()
    expect(agent.locator("#turns li")).to_have_count(1)
    expect(agent.locator("#now")).to_contain_text("Nothing to change.")

    agent.keyboard.press("r")
    agent.keyboard.type("Good morning Lena, I am")
    says(customer, "Nobody has called me back, heat 3")
    expect(agent.locator("#turns li")).to_have_count(2)
    expect(agent.locator("#now .do")).to_have_text("Name the feeling")
    expect(agent.locator("#words")).to_have_value("Good morning Lena, I am")
    expect(agent.locator("#words")).to_be_focused()
    expect(agent.get_by_role("link", name="Lena Brandt").first).to_contain_text("angry")

    agent.keyboard.type(" so sorry.")
    agent.keyboard.press("Enter")
    expect(customer.locator(".theirs")).to_contain_text("Good morning Lena, I am so sorry.")
    expect(agent.locator("#words")).to_have_value("")
    expect(customer.get_by_text("A person answers you here")).to_be_visible()

    for words in ("one", "two", "three"):
        says(customer, words)
    expect(agent.locator("#turns li.customer p")).to_have_text(
        ["My line is down, heat 1. Card [CARD].", "Nobody has called me back, heat 3", "one", "two", "three"]
    )

    ends(agent)
    expect(agent.get_by_role("link", name="Replay it")).to_be_visible()
    expect(customer.get_by_text("This chat has ended.")).to_be_visible()


def test_the_card_is_answered_by_keyboard(site: Site, new_page: Callable[..., Page]) -> None:
    customer = new_page(site, at="/chat/northline")
    opened_chat(customer, "northline", "Tom Varga", "heat 3 and rising")
    agent = new_page(site, "mara", at="/desk")
    agent.get_by_role("button", name="Take the conversation with Tom Varga").click()
    expect(agent.locator("#now .do")).to_be_visible()
    agent.wait_for_load_state()
    agent.keyboard.press("w")
    expect(agent.locator("#card-why")).to_contain_text("heat is angry")
    agent.keyboard.press("Escape")
    agent.keyboard.press("d")
    expect(agent.locator("#now")).to_contain_text("Nothing to change.")


def test_a_better_wording_is_offered_and_never_forced(site: Site, new_page: Callable[..., Page]) -> None:
    customer = new_page(site, at="/chat/tessell")
    opened_chat(customer, "tessell", "Ada Lin", "When does it come?")
    agent = new_page(site, "mara", at="/desk")
    agent.get_by_role("button", name="Take the conversation with Ada Lin").click()
    agent.locator("#words").fill("I can't send it before Friday.")
    offer = agent.locator("#better .offer")
    expect(offer).to_contain_text("say what can")
    agent.locator("#words").press("Alt+u")
    expect(agent.locator("#words")).not_to_have_value("I can't send it before Friday.")
    expect(agent.locator("#words")).to_have_value(offer.get_by_role("button").get_attribute("data-use") or "")

    agent.locator("#words").fill("I can't send it before Friday.")
    agent.locator("#words").press("Enter")
    expect(customer.locator(".theirs")).to_contain_text("I can't send it before Friday.")


def test_the_customer_comes_back_to_the_same_chat(site: Site, new_page: Callable[..., Page]) -> None:
    customer = new_page(site, at="/chat/northline")
    opened_chat(customer, "northline", "Ola Berg", "first words")
    customer.goto("/chat/northline")
    expect(customer.get_by_text("first words")).to_be_visible()
    customer.get_by_role("button", name="End the chat").click()
    expect(customer.get_by_text("This chat has ended.")).to_be_visible()
    customer.get_by_role("button", name="Begin a new chat").click()
    expect(customer.get_by_label("Your name")).to_be_visible()


def test_what_a_customer_types_is_never_read_as_html(site: Site, new_page: Callable[..., Page]) -> None:
    customer = new_page(site, at="/chat/northline")
    words = "<img src=x onerror=alert(1)> <b>bold</b> heat 3 <hx-partial hx-target='body'>x</hx-partial>"
    opened_chat(customer, "northline", "<i>Eve</i>", words)
    agent = new_page(site, "mara", at="/desk")
    agent.get_by_role("button", name="Take the conversation with <i>Eve</i>").click()
    expect(agent.locator("#turns li p")).to_have_text(words)
    says(customer, words)
    expect(agent.locator("#turns li p")).to_have_text([words, words])
    expect(agent.locator("#turns img, #turns b b, #turns i")).to_have_count(0)
