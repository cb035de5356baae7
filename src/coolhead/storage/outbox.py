"""The outbox: what is still to be sent, kept in the transaction that gave rise to it.

A worker claims an item for a while by moving its due time on; one that dies leaves the item to come due
again. A claim that is no longer held changes nothing.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import uuid4

from pydantic import TypeAdapter
from sqlalchemy import delete, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from coolhead.storage.tables import outbox


class Parcel(StrEnum):
    """What kind of thing is sent, and so who sends it."""

    MAIL = "mail"
    WEBHOOK = "webhook"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing to be sent.

    Attributes:
        client_id: whose it is; None when it belongs to no client.
        conversation_id: with which it goes when that is deleted; None when it tells of none.
        lane: items of one lane share a receiver; a slow one holds up its own lane only.
        data: a JSON object, as text; what the sender of that kind reads.
        due_at: when it is to be tried, or when its claim lapses.
        tries: how often it was begun, this time included.
        claim: whose it is to try now; None before the first time.
        error: why the last try failed; empty before.
        gave_up_at: when it was given up; None while it is tried.
    """

    id: str
    client_id: str | None
    kind: Parcel
    lane: str
    data: str
    created_at: datetime
    due_at: datetime
    tries: int = 0
    claim: str | None = None
    error: str = ""
    gave_up_at: datetime | None = None
    conversation_id: str | None = None


ITEM = TypeAdapter(Item)


async def add(connection: AsyncConnection, item: Item) -> None:
    """Keeps an item; it is sent once the transaction is committed."""
    values = {name: getattr(item, name) for name in Item.__slots__}
    await connection.execute(insert(outbox).values(values | {"kind": item.kind.value}))


async def claim(
    connection: AsyncConnection,
    now: datetime,
    lease: timedelta,
    *,
    limit: int,
    per_lane: int,
    busy_lanes: Collection[str] = (),
) -> list[Item]:
    """Takes due items for `lease`, the longest due first and at most `per_lane` of a lane.

    Every item is handed to one caller only, whichever processes ask at once.
    """
    due = (
        select(
            outbox.c.id,
            outbox.c.due_at,
            func.row_number().over(partition_by=outbox.c.lane, order_by=outbox.c.due_at).label("rank"),
        )
        .where(outbox.c.gave_up_at.is_(None), outbox.c.due_at <= now, outbox.c.lane.not_in(busy_lanes))
        .subquery()
    )
    first = select(due.c.id).where(due.c.rank <= per_lane).order_by(due.c.due_at).limit(limit)
    free = (
        select(outbox.c.id)
        .where(outbox.c.id.in_(first), outbox.c.due_at <= now, outbox.c.gave_up_at.is_(None))
        .with_for_update(skip_locked=True)
    )
    ids = list((await connection.execute(free)).scalars())
    if not ids:
        return []
    token = uuid4().hex
    await connection.execute(
        update(outbox)
        .where(outbox.c.id.in_(ids))
        .values(claim=token, due_at=now + lease, tries=outbox.c.tries + 1)
    )
    rows = await connection.execute(select(outbox).where(outbox.c.claim == token).order_by(outbox.c.id))
    return [ITEM.validate_python(row._asdict()) for row in rows]


async def settle(connection: AsyncConnection, item: Item) -> None:
    """Takes a sent item out, unless its claim has passed to another."""
    await connection.execute(delete(outbox).where(outbox.c.id == item.id, outbox.c.claim == item.claim))


async def put_off(connection: AsyncConnection, item: Item, due_at: datetime, error: str) -> None:
    """Lets an item be tried again, unless its claim has passed to another."""
    await _change(connection, item, due_at=due_at, error=error)


async def give_up(connection: AsyncConnection, item: Item, now: datetime, error: str) -> None:
    """Stops trying; the item stays to be seen, and to be tried again when a person says so."""
    await _change(connection, item, gave_up_at=now, error=error)


async def retry(connection: AsyncConnection, item_id: str, now: datetime) -> bool:
    """Begins anew with an item that was given up; False when there is no such item."""
    query = (
        update(outbox)
        .where(outbox.c.id == item_id, outbox.c.gave_up_at.is_not(None))
        .values(gave_up_at=None, due_at=now, tries=0, claim=None)
    )
    return (await connection.execute(query)).rowcount == 1


async def list_given_up(
    connection: AsyncConnection, kind: Parcel, client_ids: Collection[str] | None, *, limit: int = 100
) -> list[Item]:
    """Items given up, the latest first: of these clients and of none, or all for None."""
    query = select(outbox).where(outbox.c.gave_up_at.is_not(None), outbox.c.kind == kind.value)
    if client_ids is not None:
        query = query.where(or_(outbox.c.client_id.is_(None), outbox.c.client_id.in_(sorted(client_ids))))
    rows = await connection.execute(query.order_by(outbox.c.gave_up_at.desc()).limit(limit))
    return [ITEM.validate_python(row._asdict()) for row in rows]


async def _change(connection: AsyncConnection, item: Item, **values: datetime | str) -> None:
    query = update(outbox).where(outbox.c.id == item.id, outbox.c.claim == item.claim)
    await connection.execute(query.values(claim=None, **values))
