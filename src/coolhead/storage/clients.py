"""Clients: the companies, or the parts of one, that conversations belong to, with their settings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from coolhead.casework.hours import Hours
from coolhead.casework.tone import Tone
from coolhead.storage.tables import clients


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """One client.

    Attributes:
        id: short name as it stands in addresses (`/chat/<id>`), 1–64 characters.
        name: as people read it.
        hours: when its people are at work, and in which time zone.
        tone: how it sounds in what is written for it.
        reply_to: the e-mail address that its customers answer to; empty when there is none.
        forgotten_after: minutes after which an upset customer or a call for help counts as forgotten, 1–120.
    """

    id: str
    name: str
    created_at: datetime
    hours: Hours = field(default_factory=Hours)
    tone: Tone = Tone.PLAIN
    reply_to: str = ""
    forgotten_after: int = 5


HOURS = TypeAdapter(Hours)


async def add(connection: AsyncConnection, client: Client) -> None:
    """Keeps a client; its id must be new."""
    values = {"id": client.id, "name": client.name, "created_at": client.created_at}
    values["forgotten_after"] = client.forgotten_after
    await connection.execute(
        insert(clients).values(values | _settings(client.hours, client.tone, client.reply_to))
    )


async def rename(connection: AsyncConnection, client_id: str, name: str) -> bool:
    """Gives a client another name; False when there is none of that id."""
    query = update(clients).where(clients.c.id == client_id).values(name=name)
    return (await connection.execute(query)).rowcount == 1


async def change_settings(
    connection: AsyncConnection, client_id: str, hours: Hours, tone: Tone, reply_to: str
) -> bool:
    """Gives a client other settings; False when there is none of that id."""
    query = update(clients).where(clients.c.id == client_id).values(_settings(hours, tone, reply_to))
    return (await connection.execute(query)).rowcount == 1


async def change_forgotten_after(connection: AsyncConnection, client_id: str, minutes: int) -> bool:
    """Changes after how long nobody may be forgotten; False when there is no such client."""
    query = update(clients).where(clients.c.id == client_id).values(forgotten_after=minutes)
    return (await connection.execute(query)).rowcount == 1


async def find(connection: AsyncConnection, client_id: str) -> Client | None:
    """The client of that id."""
    row = (await connection.execute(select(clients).where(clients.c.id == client_id))).one_or_none()
    return _client(row) if row else None


async def list_of(connection: AsyncConnection, ids: Iterable[str] | None) -> list[Client]:
    """The clients of these ids, or all of them for None, by name."""
    query = select(clients).order_by(clients.c.name, clients.c.id)
    if ids is not None:
        query = query.where(clients.c.id.in_(sorted(ids)))
    return [_client(row) for row in await connection.execute(query)]


async def hours_of(connection: AsyncConnection, client_id: str) -> Hours:
    """The business hours of a client that exists."""
    query = select(clients.c.time_zone, clients.c.hours).where(clients.c.id == client_id)
    return _hours((await connection.execute(query)).one())


def _settings(hours: Hours, tone: Tone, reply_to: str) -> dict[str, str]:
    week = HOURS.dump_json(hours, exclude={"time_zone"}).decode()
    return {"time_zone": hours.time_zone, "hours": week, "tone": tone.value, "reply_to": reply_to}


def _client(row: Any) -> Client:
    values = row._asdict()
    del values["time_zone"]
    return Client(**values | {"hours": _hours(row), "tone": Tone(row.tone)})


def _hours(row: Any) -> Hours:
    return replace(HOURS.validate_json(row.hours), time_zone=row.time_zone)
