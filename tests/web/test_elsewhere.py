"""Signing in with OpenID Connect, against a provider in a process of its own."""

from __future__ import annotations

import ipaddress
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from coolhead.channels.oidc import provider_of
from coolhead.config import Settings
from coolhead.errors import SetupError
from coolhead.services.access import Viewer
from coolhead.storage.accounts import Role
from coolhead.wiring import Services
from tests.conftest import running_services
from tests.oidc_provider import CLIENT_ID, CLIENT_SECRET
from tests.web.conftest import PASSWORD, browser_of

ADDRESS = "http://desk.example"
LOOPBACK = (ipaddress.ip_network("127.0.0.0/8"),)
MARA = {"sub": "m-1", "email": "Mara@team.example", "name": "Mara of There"}


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    """Address of the provider."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "tests.oidc_provider", str(port)]
    process = subprocess.Popen(command, cwd=Path(__file__).parents[2])  # noqa: S603 (our own program)
    address = f"http://127.0.0.1:{port}"
    for _ in range(200):
        try:
            httpx.get(f"{address}/keys")
            break
        except httpx.ConnectError:
            time.sleep(0.05)
    yield address
    process.terminate()
    process.wait()


def settings_for(issuer: str) -> dict[str, object]:
    return {
        "address": ADDRESS,
        "oidc_issuer": issuer,
        "oidc_client_id": CLIENT_ID,
        "oidc_client_secret": CLIENT_SECRET,
        "oidc_networks": LOOPBACK,
    }


@pytest.fixture
async def here(sqlite_url: str, issuer: str) -> AsyncIterator[Services]:
    async with running_services(sqlite_url, **settings_for(issuer)) as services:
        await services.accounts.create_first_admin(email="ada@team.example", name="Ada", password=PASSWORD)
        yield services


@pytest.fixture
async def mara(here: Services) -> str:
    account = await here.accounts.create_user(
        email="mara@team.example", name="Mara", password=PASSWORD, roles={"main": Role.AGENT}
    )
    return account.id


async def say(issuer: str, who: dict[str, object]) -> None:
    """Tells the provider who is at the browser."""
    async with httpx.AsyncClient() as director:
        await director.put(f"{issuer}/who", json=who)


async def there(issuer: str, location: str) -> str:
    """What the browser is sent back with, once it has been at the provider."""
    async with httpx.AsyncClient() as browser:
        answer = await browser.get(location)
    assert answer.headers["location"].startswith(f"{ADDRESS}/sign-in/elsewhere/back?")
    assert location.startswith(f"{issuer}/authorize?")
    return answer.headers["location"]


async def enter(services: Services, issuer: str, who: dict[str, object], **lies: str) -> httpx.Response:
    """Goes through all of it in a fresh browser; gives the last answer."""
    await say(issuer, {**who, **lies})
    async with browser_of(services) as browser:
        sent = await browser.get("/sign-in/elsewhere?next=/desk")
        if sent.status_code != 303:
            return sent
        answer = await browser.get(await there(issuer, sent.headers["location"]))
        if answer.status_code == 303:
            assert (await browser.get("/account")).status_code == 200
        return answer


async def test_the_sign_in_page_leads_there_where_it_is_set(here: Services) -> None:
    async with browser_of(here) as browser:
        page = (await browser.get("/sign-in?next=/floor")).text
    assert 'href="/sign-in/elsewhere?next=/floor"' in page


async def test_without_a_provider_there_is_nothing(visitor: httpx.AsyncClient) -> None:
    assert "elsewhere" not in (await visitor.get("/sign-in")).text
    for path in ("/sign-in/elsewhere", "/sign-in/elsewhere/back"):
        assert (await visitor.get(path)).status_code == 404


async def test_somebody_is_known_by_a_verified_address_and_then_by_who_they_are_there(
    here: Services, issuer: str, mara: str
) -> None:
    first = await enter(here, issuer, MARA)
    assert (first.status_code, first.headers["location"]) == (303, "/desk")
    later = await enter(here, issuer, MARA | {"email": "married@team.example", "verified": False})
    assert later.status_code == 303
    another = await enter(here, issuer, MARA | {"sub": "m-2"})
    assert (another.status_code, "another person" in another.text) == (403, True)
    ada = await here.accounts.find_user("ada@team.example")
    assert ada is not None
    await here.single_sign_on.unlink(Viewer(id=ada.id, name="Ada", is_admin=True), mara)
    assert (await enter(here, issuer, MARA | {"sub": "m-2"})).status_code == 303


async def test_an_invitation_becomes_an_account_without_a_password(here: Services, issuer: str) -> None:
    assert (await enter(here, issuer, MARA)).status_code == 403
    ada = await here.accounts.find_user("ada@team.example")
    assert ada is not None
    admin = Viewer(id=ada.id, name="Ada", is_admin=True)
    token = await here.invitations.invite(admin, email="mara@team.example", roles={"main": Role.SUPERVISOR})
    assert (await enter(here, issuer, MARA)).status_code == 303
    account = await here.accounts.find_user("mara@team.example")
    assert account is not None
    assert (account.name, account.password_hash) == ("Mara of There", "")
    async with browser_of(here) as browser:
        assert (await browser.get(f"/join/{token}")).status_code == 404
        for password in ("", "anything at all"):
            tried = {"email": "mara@team.example", "password": password}
            assert (await browser.post("/sign-in", data=tried)).status_code == 401


@pytest.mark.usefixtures("mara")
@pytest.mark.parametrize(
    "lies",
    [
        "another nonce",
        "another audience",
        "another party",
        "another issuer",
        "another key",
        "long ago",
        "no signature",
        "no",
    ],
)
async def test_what_cannot_be_trusted_is_refused(here: Services, issuer: str, lies: str) -> None:
    answer = await enter(here, issuer, MARA, lies=lies)
    assert (answer.status_code, "Signing in did not work" in answer.text) == (403, True)
    assert (await enter(here, issuer, MARA)).status_code == 303


@pytest.mark.usefixtures("mara")
async def test_a_provider_that_tells_the_address_only_when_asked_is_asked(
    here: Services, issuer: str
) -> None:
    quiet = MARA | {"quiet": True}
    assert (await enter(here, issuer, quiet | {"verified": False})).status_code == 403
    assert (await enter(here, issuer, quiet, lies="somebody else")).status_code == 403
    assert (await enter(here, issuer, quiet)).status_code == 303


@pytest.mark.usefixtures("mara")
async def test_an_address_that_nobody_vouches_for_is_refused(here: Services, issuer: str) -> None:
    answer = await enter(here, issuer, MARA | {"verified": False})
    assert (answer.status_code, "does not vouch" in answer.text) == (403, True)


@pytest.mark.parametrize("email", ["\u212aim@team.example", "kim\x00@team.example"])
async def test_an_address_that_only_looks_like_that_of_an_account_is_another(
    here: Services, issuer: str, email: str
) -> None:
    await here.accounts.create_user(email="kim@team.example", name="Kim", password=PASSWORD)
    answer = await enter(here, issuer, {"sub": "k-2", "email": email, "name": "Not Kim"})
    assert (answer.status_code, "does not vouch" in answer.text) == (403, True)
    assert (await enter(here, issuer, {"sub": "k-1", "email": "Kim@team.example"})).status_code == 303


@pytest.mark.usefixtures("mara")
@pytest.mark.parametrize("lies", ["issuer", "redirect", "endless", "inside"])
async def test_a_provider_that_is_set_up_wrong_gets_no_further(
    here: Services, issuer: str, lies: str
) -> None:
    answer = await enter(here, issuer, MARA, lies=lies)
    assert (answer.status_code, "sign-in service" in answer.text) == (503, True)


async def test_who_is_switched_off_stays_outside(here: Services, issuer: str, mara: str) -> None:
    assert (await enter(here, issuer, MARA)).status_code == 303
    await here.accounts.change_user(Viewer(id="", name="Ada", is_admin=True), mara, active=False)
    answer = await enter(here, issuer, MARA)
    assert (answer.status_code, "switched off" in answer.text) == (403, True)


@pytest.mark.usefixtures("mara")
async def test_an_answer_is_good_in_the_browser_that_asked_and_once(here: Services, issuer: str) -> None:
    await say(issuer, MARA)
    async with browser_of(here) as one, browser_of(here) as other:
        back = await there(issuer, (await one.get("/sign-in/elsewhere")).headers["location"])
        assert (await other.get(back)).status_code == 403
        await other.get("/sign-in/elsewhere")
        assert (await other.get(back)).status_code == 403
        kept = dict(one.cookies)
        assert (await one.get(back)).status_code == 303
        one.cookies.update(kept)
        assert (await one.get(back)).status_code == 403
        for broken in ("zz", "7b7d", "00" * 5000):
            other.cookies.set("coolhead_elsewhere", broken, domain="desk.example")
            assert (await other.get(back)).status_code == 403


@pytest.mark.usefixtures("mara")
async def test_the_way_back_leads_to_this_site_only(here: Services, issuer: str) -> None:
    await say(issuer, MARA)
    async with browser_of(here) as browser:
        sent = await browser.get("/sign-in/elsewhere?next=https://evil.example")
        asked = parse_qs(urlsplit(sent.headers["location"]).query)
        assert asked["redirect_uri"] == [f"{ADDRESS}/sign-in/elsewhere/back"]
        assert len(asked["code_challenge"][0]) == 43
        answer = await browser.get(await there(issuer, sent.headers["location"]))
    assert answer.headers["location"] == "/"


@pytest.mark.usefixtures("mara")
async def test_a_new_key_of_the_provider_is_found_after_a_while(
    here: Services, issuer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (await enter(here, issuer, MARA)).status_code == 303
    provider = here.single_sign_on.provider
    assert (await enter(here, issuer, MARA, lies="new key")).status_code == 403
    later = time.monotonic() + 61
    monkeypatch.setattr(provider, "_clock", lambda: later)
    assert (await enter(here, issuer, MARA)).status_code == 303


async def test_a_provider_inside_is_not_asked_unless_its_network_is_allowed(
    sqlite_url: str, issuer: str
) -> None:
    async with running_services(sqlite_url, **settings_for(issuer) | {"oidc_networks": ()}) as services:
        await services.accounts.create_first_admin(email="a@team.example", name="A", password=PASSWORD)
        assert (await enter(services, issuer, MARA)).status_code == 503


def test_a_provider_without_an_address_to_come_back_to_is_refused_at_the_start() -> None:
    with pytest.raises(SetupError, match="COOLHEAD_ADDRESS"):
        provider_of(Settings(oidc_issuer="https://login.example"))
