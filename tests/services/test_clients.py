"""Clients as an admin keeps them."""

from __future__ import annotations

from zoneinfo import available_timezones

import pytest

from coolhead.config import machine_zone
from coolhead.errors import ConflictError, ForbiddenError, InputError, NotFoundError
from coolhead.services.access import Viewer
from coolhead.services.people.clients import Clients
from coolhead.storage.accounts import Role
from coolhead.storage.database import Database
from coolhead.wiring import local_now

ADA = Viewer(id="ada", name="Ada", is_admin=True)
SAM = Viewer(id="sam", name="Sam", roles={"northline": Role.SUPERVISOR})


@pytest.fixture
def clients(database: Database) -> Clients:
    return Clients(database, local_now)


async def test_a_client_is_added_once_under_its_short_name(clients: Clients) -> None:
    client = await clients.add(ADA, " Northline-2 ", " Northline Broadband ")
    assert (client.id, client.name) == ("northline-2", "Northline Broadband")
    with pytest.raises(ConflictError, match="northline-2"):
        await clients.add(ADA, "northline-2", "Another")


@pytest.mark.parametrize("short_name", ["", "-", "a-", "a/b", "a b", "é", "x" * 65, "a\nb"])
async def test_a_short_name_fits_into_an_address(clients: Clients, short_name: str) -> None:
    with pytest.raises(InputError):
        await clients.add(ADA, short_name, "Northline")


async def test_a_client_can_be_renamed_but_not_to_nothing(clients: Clients) -> None:
    await clients.add(ADA, "northline", "Northline")
    await clients.rename(ADA, "northline", "Northline Broadband")
    with pytest.raises(InputError):
        await clients.rename(ADA, "northline", "  ")
    with pytest.raises(NotFoundError):
        await clients.rename(ADA, "nobody", "Nobody")


async def test_only_admins_keep_clients(clients: Clients) -> None:
    for attempt in (
        clients.add(SAM, "other", "Other"),
        clients.rename(SAM, "northline", "Mine"),
        clients.list_assignments(SAM),
    ):
        with pytest.raises(ForbiddenError):
            await attempt


async def test_a_new_client_begins_with_the_machines_time_zone(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Asia/Kolkata")
    assert machine_zone() == "Asia/Kolkata"
    monkeypatch.setenv("TZ", "IST-5:30")
    assert machine_zone() in available_timezones()
    kept = Clients(database, local_now, "Asia/Kolkata")
    assert (await kept.add(ADA, "chai", "Chai")).hours.time_zone == "Asia/Kolkata"
