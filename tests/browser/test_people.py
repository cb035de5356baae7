"""Somebody is invited, makes their own account, is signed out by the admin, and it all stands in the log."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.site import Site, serving
from tests.fakes import FakeEngine

PASSWORD = "three quiet words"


@pytest.fixture(scope="module")
def new_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with serving(tmp_path_factory.mktemp("people"), FakeEngine(), demo=False) as site:
        yield site


def test_from_an_invitation_to_the_log(new_site: Site, new_page: Callable[..., Page]) -> None:
    admin = new_page(new_site)
    admin.get_by_label("Your name").fill("Ines Moreau")
    admin.get_by_label("E-mail").fill("ines@team.example")
    admin.get_by_label("Password").fill(PASSWORD)
    admin.get_by_role("button", name="Create the account").click()
    expect(admin.get_by_role("heading", name="People")).to_be_visible()

    invite = admin.locator("form[action='/people/invitations']")
    invite.get_by_label("Their e-mail").fill("jo@team.example")
    invite.get_by_label("Main").select_option("supervisor")
    invite.get_by_role("button", name="Invite").click()
    link = admin.locator("code.link").inner_text()
    expect(admin.get_by_text("Invited, not here yet")).to_be_visible()
    assert Axe().run(admin).violations_count == 0

    jo = new_page(new_site)
    jo.goto(link)
    expect(jo.get_by_text("You were invited as jo@team.example.")).to_be_visible()
    assert Axe().run(jo).violations_count == 0
    jo.get_by_label("Your name").fill("Jo Park")
    jo.get_by_label("Password").fill(PASSWORD)
    jo.get_by_role("button", name="Make the account").click()
    expect(jo.get_by_role("heading", name="Floor")).to_be_visible()
    jo.get_by_role("button", name="Account of Jo Park").click()
    jo.get_by_role("link", name="Your account").click()
    expect(jo.get_by_text("this one")).to_be_visible()

    admin.goto("/people")
    row = admin.get_by_role("listitem").filter(has_text="jo@team.example")
    row.get_by_text("Change").click()
    row.get_by_role("link", name="Sessions").click()
    admin.get_by_role("button", name="End all of them").click()
    expect(admin.get_by_text("Signed in nowhere")).to_be_visible()
    jo.reload()
    expect(jo.get_by_role("heading", name="Sign in")).to_be_visible()

    admin.goto("/audit")
    log = admin.get_by_role("region", name="Entries")
    for done in ("account: sessions ended", "invitation: made", "account: created", "account: signed in"):
        expect(log.get_by_text(done).first).to_be_visible()
    with admin.expect_download() as download:
        admin.get_by_role("link", name="Export as CSV").click()
    assert "account.sessions_ended" in download.value.path().read_text("utf-8")
