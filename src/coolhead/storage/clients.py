"""Clients: the companies, or the parts of one, that conversations belong to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from coolhead.storage.tables import clients


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """One client.

    Attributes:
        id: short name as it stands in addresses (`/chat/<id>`), 1–64 characters.
        name: as people read it.
    """

    id: str
    name: str
    created_at: datetime


async def add(connection: AsyncConnection, client: Client) -> None:
    """Keeps a client; its id must be new."""
    await connection.execute(
        insert(clients).values(id=client.id, name=client.name, created_at=client.created_at)
    )


async def rename(connection: AsyncConnection, client_id: str, name: str) -> bool:
    """Gives a client another name; False when there is none of that id."""
    query = update(clients).where(clients.c.id == client_id).values(name=name)
    return (await connection.execute(query)).rowcount == 1


async def find(connection: AsyncConnection, client_id: str) -> Client | None:
    """The client of that id."""
    row = (await connection.execute(select(clients).where(clients.c.id == client_id))).one_or_none()
    return Client(**row._mapping) if row else None


async def list_of(connection: AsyncConnection, ids: Iterable[str] | None) -> list[Client]:
    """The clients of these ids, or all of them for None, by name."""
    query = select(clients).order_by(clients.c.name, clients.c.id)
    if ids is not None:
        query = query.where(clients.c.id.in_(sorted(ids)))
    return [Client(**row._mapping) for row in await connection.execute(query)]
