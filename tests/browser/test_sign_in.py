"""Signing in: the first admin, wrong passwords, roles, signing out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.site import Site, serving, sign_in
from tests.fakes import FakeEngine


@pytest.fixture
def new_site(tmp_path: Path) -> Iterator[Site]:
    with serving(tmp_path, FakeEngine(), demo=False) as site:
        yield site


def test_first_visitor_becomes_admin_and_adds_an_agent(new_site: Site, new_page: Callable[..., Page]) -> None:
    page = new_page(new_site)
    expect(page.get_by_role("heading", name="Create the first account")).to_be_visible()
    page.get_by_label("Your name").fill("Ines Moreau")
    page.get_by_label("E-mail").fill("ines@team.example")
    page.get_by_label("Password").fill("three quiet words")
    page.get_by_role("button", name="Create the account").click()
    expect(page).to_have_url(f"{new_site.address}/people")

    page.get_by_label("Name", exact=True).fill("Jo Park")
    page.get_by_label("E-mail", exact=True).fill("jo@team.example")
    page.get_by_label("First password").fill("another quiet word")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("listitem").filter(has_text="Jo Park")).to_be_visible()

    agent = new_page(new_site)
    agent.get_by_label("E-mail").fill("jo@team.example")
    agent.get_by_label("Password").fill("another quiet word")
    agent.get_by_role("button", name="Sign in").click()
    expect(agent.get_by_text("You answer for no client yet.")).to_be_visible()


def test_a_wrong_password_says_so_and_keeps_the_address(browser_page: Page) -> None:
    page = browser_page
    page.goto("/sign-in")
    page.get_by_label("E-mail").fill("mara@demo.example")
    page.get_by_label("Password").fill("not the password")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("The e-mail address or the password is wrong.")
    expect(page.get_by_label("E-mail")).to_have_value("mara@demo.example")


def test_too_many_attempts_say_when_to_try_again(browser_page: Page) -> None:
    page = browser_page
    page.goto("/sign-in")
    for _ in range(9):
        page.get_by_label("E-mail").fill("nobody@demo.example")
        page.get_by_label("Password").fill("not the password")
        page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Try again in 15 minutes.")


def test_an_agent_sees_no_floor_and_signing_out_shuts_the_door(browser_page: Page) -> None:
    page = browser_page
    sign_in(page, "ravi")
    expect(page.get_by_role("link", name="Desk", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="Floor")).to_have_count(0)
    page.goto("/floor")
    expect(page.get_by_role("heading", name="This is not yours to open")).to_be_visible()
    page.goto("/conversations")
    page.get_by_role("button", name="Account of Ravi").click()
    page.get_by_role("button", name="Sign out").click()
    page.goto("/desk")
    expect(page.get_by_role("heading", name="Sign in", exact=True)).to_be_visible()


def test_the_theme_is_kept(site: Site, new_page: Callable[..., Page]) -> None:
    page = new_page(site, "mara", at="/conversations")
    page.get_by_role("button", name="Account of Mara").click()
    page.get_by_role("button", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.goto("/demo")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


@pytest.fixture
def browser_page(site: Site, browser: object) -> Iterator[Page]:
    """A page whose failed requests are part of the test, so its console is not looked at."""
    context = browser.new_context(base_url=site.address, locale="en-GB")  # type: ignore[attr-defined]  # playwright's browser
    yield context.new_page()
    context.close()
