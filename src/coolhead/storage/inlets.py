"""Inlets: the addresses at which other systems tell of a client's conversations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from coolhead.storage.tables import inlets


class InletKind(StrEnum):
    """Whose messages an inlet understands."""

    CHATWOOT = "chatwoot"
    TICKET = "ticket"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inlet:
    """One address for one other system.

    Attributes:
        secret: with which the other system shows who it is; never shown again.
        signed: True when only signed messages are taken; else the secret itself may come along.
        origin: the website that may show this client's cards in a frame (`https://host`); empty for none.
        received_at: when a message was taken last, give or take a minute; None before the first.
        closed_at: when it stopped taking messages; None while it does.
    """

    id: str
    client_id: str
    kind: InletKind
    name: str
    secret: str
    signed: bool
    origin: str
    created_at: datetime
    received_at: datetime | None = None
    closed_at: datetime | None = None


INLET = TypeAdapter(Inlet)


async def add(connection: AsyncConnection, inlet: Inlet) -> None:
    """Keeps an inlet."""
    values = {name: getattr(inlet, name) for name in Inlet.__slots__}
    await connection.execute(insert(inlets).values(values | {"kind": inlet.kind.value}))


async def find(connection: AsyncConnection, inlet_id: str) -> Inlet | None:
    """The inlet of that id, closed or not."""
    row = (await connection.execute(select(inlets).where(inlets.c.id == inlet_id))).one_or_none()
    return INLET.validate_python(row._asdict()) if row else None


async def list_of(connection: AsyncConnection, client_id: str) -> list[Inlet]:
    """The client's inlets that are not closed, by name."""
    query = select(inlets).where(inlets.c.client_id == client_id, inlets.c.closed_at.is_(None))
    rows = await connection.execute(query.order_by(inlets.c.name, inlets.c.id))
    return [INLET.validate_python(row._asdict()) for row in rows]


async def change(connection: AsyncConnection, inlet_id: str, **values: Any) -> None:
    """Changes columns of an inlet (secret, signed, origin, received_at, closed_at)."""
    await connection.execute(update(inlets).where(inlets.c.id == inlet_id).values(**values))
