"""A replay by keyboard; marks that explain themselves and can be contested."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.site import Site, ends, opened_chat, says


def over_and_done(site: Site, new_page: Callable[..., Page], name: str) -> Page:
    """The replay of a chat of four turns that has ended."""
    customer = new_page(site, at="/chat/northline")
    opened_chat(customer, "northline", name, "it is heat 1")
    agent = new_page(site, "mara", at="/desk")
    agent.get_by_role("button", name=f"Take the conversation with {name}").click()
    says(customer, "now it is heat 3")
    expect(agent.locator("#turns li")).to_have_count(2)
    says(agent, "I see.")
    expect(customer.locator(".theirs")).to_have_count(1)
    says(customer, "heat 2 and thanks")
    expect(agent.locator("#turns li")).to_have_count(4)
    ends(agent)
    agent.get_by_role("link", name="Replay it").click()
    expect(agent.get_by_role("heading", name=name, level=1)).to_be_visible()
    agent.wait_for_load_state()
    return agent


def test_a_replay_is_stepped_scrubbed_and_played_by_keyboard(
    site: Site, new_page: Callable[..., Page]
) -> None:
    page = over_and_done(site, new_page, "Kim Sato")
    at, current = page.locator("#at"), page.locator(".turn.current")
    expect(at).to_have_text("1 of 4")
    page.keyboard.press("j")
    expect(at).to_have_text("2 of 4")
    expect(current).to_contain_text("now it is heat 3")
    expect(page.locator(".moment:visible")).to_contain_text("Name the feeling")
    page.keyboard.press("k")
    expect(current).to_contain_text("it is heat 1")

    page.get_by_role("slider", name="Turn").focus()
    page.keyboard.press("End")
    expect(at).to_have_text("4 of 4")
    page.keyboard.press("Home")
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    expect(at).to_have_text("4 of 4")
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()

    page.locator("[data-go='1']").click()
    expect(at).to_have_text("2 of 4")


def test_a_mark_explains_itself_and_is_contested(site: Site, new_page: Callable[..., Page]) -> None:
    page = over_and_done(site, new_page, "Ana Ruiz")
    mark = page.locator("#turns .mark, .turns .mark", has_text="heat 3")
    mark.focus()
    page.keyboard.press("Enter")
    why = page.get_by_role("dialog", name="What this shows")
    expect(why).to_contain_text("Heat: angry")
    expect(why).to_contain_text("Open anger: accusations")
    expect(why).to_contain_text("99 %")
    page.keyboard.press("Enter")
    why.get_by_label("It should be").select_option(label="frustrated")
    why.get_by_label("Why").fill("he was only tired")
    why.get_by_role("button", name="Contest it").click()
    expect(why).to_contain_text("it should be frustrated")
    page.keyboard.press("Escape")
    expect(why).to_be_hidden()
    page.reload()
    expect(page.locator(".mark.contested")).to_have_text("heat 3")


def test_the_conversation_can_be_taken_away(site: Site, new_page: Callable[..., Page]) -> None:
    page = over_and_done(site, new_page, "Per Olsen")
    page.get_by_role("button", name="Export, or open live").click()
    with page.expect_download() as taken:
        page.get_by_role("link", name="Export as vCon").click()
    vcon = taken.value.path().read_text("utf-8")
    assert '"0.4.0"' in vcon
    assert "now it is heat 3" in vcon
