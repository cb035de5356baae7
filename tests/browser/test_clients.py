"""An admin sets up: names a client, makes a key that works once shown, revokes it; changes a person."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.site import Site, serving
from tests.fakes import FakeEngine

PASSWORD = "three quiet words"


@pytest.fixture(scope="module")
def new_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with serving(tmp_path_factory.mktemp("new"), FakeEngine(), demo=False) as site:
        yield site


@pytest.fixture
def admin(new_site: Site, new_page: Callable[..., Page]) -> Page:
    """The first admin's browser."""
    page = new_page(new_site)
    if page.get_by_role("button", name="Create the account").count():
        page.get_by_label("Your name").fill("Ines Moreau")
        page.get_by_label("E-mail").fill("ines@team.example")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Create the account").click()
    else:
        page.get_by_label("E-mail").fill("ines@team.example")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda address: "sign-in" not in address)
    return page


def test_an_empty_desk_leads_the_admin_to_clients_and_a_key_is_shown_once(
    new_site: Site, admin: Page
) -> None:
    admin.goto("/desk")
    admin.get_by_role("link", name="name your clients").click()
    admin.get_by_label("Name", exact=True).fill("Northline Broadband")
    admin.get_by_label("Short name").fill("northline")
    admin.get_by_role("button", name="Add client").click()
    client = admin.locator("#client-northline")
    expect(client.get_by_role("heading", name="Northline Broadband")).to_be_visible()

    client.get_by_text("Make a key").click()
    client.get_by_label("What uses it").fill("Telephone system")
    client.get_by_label("open conversations and add turns").uncheck()
    client.get_by_role("button", name="Make the key").click()
    secret = client.locator(".secret code").inner_text()
    assert Axe().run(admin).violations_count == 0

    conversations = f"{new_site.address}/api/v1/conversations"
    key = {"Authorization": f"Bearer {secret}"}
    assert httpx.get(conversations, headers=key).status_code == 200
    assert httpx.post(conversations, headers=key, json={}).status_code == 403

    admin.reload()
    expect(client.get_by_text("Telephone system", exact=True)).to_be_visible()
    assert secret not in admin.content()
    admin.once("dialog", lambda dialog: dialog.accept())
    client.get_by_role("button", name="Revoke").click()
    expect(client.get_by_text("revoked")).to_be_visible()
    assert httpx.get(conversations, headers=key).status_code == 401


def test_a_client_is_renamed_where_its_customers_read_it(admin: Page) -> None:
    admin.goto("/clients")
    client = admin.locator("#client-main")
    client.get_by_text("Rename").click()
    client.get_by_label("Name of Main").fill("Tessell Home")
    client.get_by_role("button", name="Save").click()
    expect(client.get_by_role("heading", name="Tessell Home")).to_be_visible()
    admin.goto("/chat/main")
    expect(admin.get_by_role("heading", name="Tessell Home")).to_be_visible()


def test_a_person_is_given_a_password_and_a_role_at_a_client(
    new_site: Site, admin: Page, new_page: Callable[..., Page]
) -> None:
    admin.goto("/people")
    admin.get_by_label("Name", exact=True).fill("Jo Park")
    admin.get_by_label("E-mail", exact=True).fill("jo@team.example")
    admin.get_by_label("First password").fill("another quiet word")
    admin.get_by_role("button", name="Add", exact=True).click()

    jo = admin.get_by_role("listitem").filter(has_text="jo@team.example")
    jo.get_by_text("Change").click()
    jo.locator("[name=role-main]").select_option("supervisor")
    jo.get_by_label("New password").fill("a wholly other word")
    jo.get_by_role("button", name="Save").click()
    expect(jo).to_contain_text("supervisor")

    page = new_page(new_site)
    page.get_by_label("E-mail").fill("jo@team.example")
    page.get_by_label("Password").fill("a wholly other word")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Floor")).to_be_visible()
