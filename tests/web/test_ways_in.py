"""Invitations, links for a new password, one's own sessions; as a browser goes through them."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from coolhead.services.access import Viewer
from coolhead.storage.accounts import Role
from coolhead.wiring import Services
from tests.conftest import running_services
from tests.web.conftest import PASSWORD, SignIn, browser_of

LINK = re.compile(r"http://desk\.example(/[a-z-]+/[\w-]{43})")
NEW = "other quiet words"


async def link_in(answer: httpx.Response) -> str:
    found = LINK.search(answer.text)
    assert found, answer.text
    return found[1]


async def invited(admin: httpx.AsyncClient, **given: str) -> str:
    data = {"email": "jo@team.example", "name": "Jo", "role-main": "trainer", **given}
    return await link_in(await admin.post("/people/invitations", data=data))


async def test_who_is_invited_makes_an_account_once(services: Services, sign_in: SignIn) -> None:
    admin = await sign_in(Role.ADMIN)
    path = await invited(admin)
    assert "jo@team.example" in (await admin.get("/people")).text
    async with browser_of(services) as jo:
        assert "jo@team.example" in (await jo.get(path)).text
        short = await jo.post(path, data={"name": "Jo", "password": "short"})
        assert (short.status_code, "10 to 200 characters" in short.text) == (422, True)
        entered = await jo.post(path, data={"name": "Jo Park", "password": PASSWORD})
        assert entered.status_code == 303
        assert "Jo Park, trainer" in (await jo.get("/account")).text
        again = await jo.post(path, data={"name": "Eve", "password": PASSWORD})
        assert (again.status_code, (await jo.get(path)).status_code) == (404, 404)
    viewer = await services.accounts.find_user("jo@team.example")
    assert viewer is not None
    assert not viewer.is_admin


@pytest.mark.parametrize("loss", [{"is_admin": False}, {"active": False}])
async def test_who_is_no_admin_any_more_has_invited_nobody(
    services: Services, sign_in: SignIn, loss: dict[str, bool]
) -> None:
    """Else an admin on the way out could leave a door open for themselves."""
    path = await invited(await sign_in(Role.ADMIN))
    after = await services.accounts.create_user(
        email="next@team.example", name="Next", password=PASSWORD, is_admin=True
    )
    viewer = Viewer(id=after.id, name="Next", is_admin=True)
    (before,) = [each for each in await services.accounts.list_users(viewer) if each.id != after.id]
    async with browser_of(services) as jo:
        assert (await jo.get(path)).status_code == 200
        await services.accounts.change_user(viewer, before.id, **loss)
        assert (await jo.get(path)).status_code == 404
        answer = await jo.post(path, data={"name": "Jo", "password": PASSWORD})
        assert answer.status_code == 404


async def test_a_withdrawn_or_replaced_or_old_invitation_is_no_good(
    services: Services, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin = await sign_in(Role.ADMIN)
    first = await invited(admin)
    second = await invited(admin)
    async with browser_of(services) as jo:
        assert (await jo.get(first)).status_code == 404
        assert (await jo.get(second)).status_code == 200
        (invitation_id,) = re.findall(
            r"/people/invitations/(\w+)/withdraw", (await admin.get("/people")).text
        )
        await admin.post(f"/people/invitations/{invitation_id}/withdraw")
        assert (await jo.get(second)).status_code == 404
        third = await invited(admin)
        later = services.invitations._clock() + timedelta(days=7, minutes=1)
        monkeypatch.setattr(services.invitations, "_clock", lambda: later)
        assert (await jo.post(third, data={"name": "Jo", "password": PASSWORD})).status_code == 404


async def test_only_addresses_without_an_account_and_real_clients_are_invited(sign_in: SignIn) -> None:
    admin = await sign_in(Role.ADMIN)
    for wrong, status in (
        ({"email": "admin@team.example"}, 409),
        ({"email": "nobody"}, 422),
        ({"role-nowhere": "agent"}, 404),
        ({"role-main": "admin"}, 422),
        ({"role-main": "king"}, 422),
    ):
        data = {"email": "jo@team.example", "role-main": "agent"} | wrong
        assert (await admin.post("/people/invitations", data=data)).status_code == status


async def test_an_admin_makes_a_link_and_with_it_everyone_else_is_signed_out(
    services: Services, sign_in: SignIn
) -> None:
    admin, mara = await sign_in(Role.ADMIN), await sign_in(Role.AGENT)
    account = await services.accounts.find_user("agent@team.example")
    assert account is not None
    path = await link_in(await admin.post(f"/people/{account.id}/reset"))
    async with browser_of(services) as other:
        assert (await other.get(path)).status_code == 200
        assert (await other.post(path, data={"password": "short"})).status_code == 422
        assert (await other.post(path, data={"password": NEW})).headers["location"] == "/sign-in"
        assert (await other.post(path, data={"password": NEW})).status_code == 404
        assert (await mara.get("/account")).status_code == 303
        sign_in_again = {"email": "agent@team.example", "password": NEW}
        assert (await other.post("/sign-in", data=sign_in_again)).status_code == 303


@pytest.fixture
async def mailing(sqlite_url: str) -> AsyncIterator[Services]:
    """The services with a mail server that never answers, so letters stay in the outbox."""
    settings = {"smtp_host": "127.0.0.1", "smtp_port": 1, "smtp_from": "desk@example.com"}
    async with running_services(sqlite_url, address="https://real.example", **settings) as services:
        await services.accounts.create_first_admin(email="ada@team.example", name="Ada", password=PASSWORD)
        yield services


async def letters(services: Services) -> list[Any]:
    async with services.database.read() as connection:
        return list((await connection.execute(text("SELECT data FROM outbox"))).scalars())


async def test_asking_for_a_link_sounds_the_same_whoever_asks(mailing: Services) -> None:
    async with browser_of(mailing) as somebody:
        said = {
            (await somebody.post("/forgotten", data={"email": email})).text
            for email in ("ada@team.example", "nobody@team.example", "no address", "")
        }
    assert len(said) == 1
    (letter,) = await letters(mailing)
    assert "ada@team.example" in letter
    assert "https://real.example/new-password/" in letter
    async with mailing.database.read() as connection:
        (kept,) = (await connection.execute(text("SELECT token_hash FROM password_resets"))).scalars()
    assert kept not in letter


async def test_links_are_asked_for_a_few_times_only_and_the_host_is_not_believed(mailing: Services) -> None:
    async with browser_of(mailing) as somebody:
        for _ in range(12):
            answer = await somebody.post(
                "/forgotten", data={"email": "ada@team.example"}, headers={"host": "evil.example"}
            )
            assert answer.status_code == 200
    sent = await letters(mailing)
    assert len(sent) == 8
    assert "evil" not in "".join(sent)


async def test_without_mail_people_are_told_whom_to_ask(visitor: httpx.AsyncClient) -> None:
    assert "sends no mail" in (await visitor.get("/forgotten")).text


async def test_one_sees_ones_sessions_and_ends_the_others(services: Services, sign_in: SignIn) -> None:
    mara = await sign_in(Role.AGENT)
    async with browser_of(services) as phone:
        entered = {"email": "agent@team.example", "password": PASSWORD}
        await phone.post("/sign-in", data=entered, headers={"user-agent": "X Firefox/1 (Android 9)"})
        page = (await mara.get("/account")).text
        assert "Firefox on Android" in page
        (other,) = re.findall(r"/account/sessions/(\w+)/end", page)
        assert (await mara.post(f"/account/sessions/{other}/end")).status_code == 303
        assert (await phone.get("/account")).status_code == 303
        assert (await mara.post(f"/account/sessions/{other}/end")).status_code == 404
        await phone.post("/sign-in", data=entered)
        await mara.post("/account/sessions/end")
        assert (await phone.get("/account")).status_code == 303
    assert (await mara.get("/account")).status_code == 200


async def test_nobody_ends_the_sessions_of_somebody_else(services: Services, sign_in: SignIn) -> None:
    admin, mara = await sign_in(Role.ADMIN), await sign_in(Role.AGENT)
    ada = await services.accounts.find_user("admin@team.example")
    assert ada is not None
    page = (await admin.get(f"/people/{ada.id}/sessions")).text
    (session,) = re.findall(r'name="session_id" value="(\w+)"', page)
    assert (await mara.post(f"/account/sessions/{session}/end")).status_code == 404
    assert (await mara.post(f"/people/{ada.id}/sessions/end")).status_code == 403
    assert (await admin.get("/account")).status_code == 200


async def test_an_admin_signs_somebody_out(services: Services, sign_in: SignIn) -> None:
    admin, mara = await sign_in(Role.ADMIN), await sign_in(Role.AGENT)
    account = await services.accounts.find_user("agent@team.example")
    assert account is not None
    assert (await admin.post(f"/people/{account.id}/sessions/end")).status_code == 303
    assert (await mara.get("/account")).status_code == 303


async def test_one_changes_ones_password_and_stays(services: Services, sign_in: SignIn) -> None:
    mara = await sign_in(Role.AGENT)
    async with browser_of(services) as phone:
        await phone.post("/sign-in", data={"email": "agent@team.example", "password": PASSWORD})
        wrong = await mara.post("/account/password", data={"present": "wrong wrong", "new": NEW})
        assert (wrong.status_code, "present password is wrong" in wrong.text) == (422, True)
        same = await mara.post("/account/password", data={"present": PASSWORD, "new": PASSWORD})
        assert same.status_code == 422
        assert (await phone.get("/account")).status_code == 200
        changed = await mara.post("/account/password", data={"present": PASSWORD, "new": NEW})
        assert changed.status_code == 303
        assert (await mara.get("/account")).status_code == 200
        assert (await phone.get("/account")).status_code == 303


async def test_guessing_the_present_password_is_throttled(sign_in: SignIn) -> None:
    mara = await sign_in(Role.AGENT)
    answers = [
        (await mara.post("/account/password", data={"present": f"wrong {n}", "new": NEW})).status_code
        for n in range(9)
    ]
    assert answers == [422] * 8 + [429]


async def test_another_role_ends_a_session(services: Services, sign_in: SignIn) -> None:
    admin, mara = await sign_in(Role.ADMIN), await sign_in(Role.AGENT)
    account = await services.accounts.find_user("agent@team.example")
    assert account is not None
    same = await admin.post(f"/people/{account.id}", data={"role-main": "agent"})
    assert same.status_code == 303
    assert (await mara.get("/account")).status_code == 200
    await admin.post(f"/people/{account.id}", data={"role-main": "supervisor"})
    assert (await mara.get("/account")).status_code == 303
