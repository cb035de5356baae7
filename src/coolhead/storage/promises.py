"""The promise ledger as it is kept: entries, their changes, and of which due moments people were told."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, Select, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from coolhead.casework.promises import Entry, Moved, State, Terms
from coolhead.storage.due import DueMoments, Threshold, Untold
from coolhead.storage.tables import conversations, promise_moves, promises

ENTRY = TypeAdapter(Entry)
MOVED = TypeAdapter(Moved)
TERMS = TypeAdapter(Terms)
DUE = DueMoments(promises, promises.c.state == State.OPEN.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An entry with what a list says of its conversation."""

    entry: Entry
    customer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Which:
    """Which entries a list holds; None means any.

    Attributes:
        client_ids: only of these clients.
        states: only in one of these states.
        owner_id: only of this person.
        conversation_id: only of this conversation.
        due_before: only those due before that moment.
        due_within: by client, only those due from the first moment to before the second.
    """

    client_ids: Collection[str] | None = None
    states: Collection[State] | None = None
    owner_id: str | None = None
    conversation_id: str | None = None
    due_before: datetime | None = None
    due_within: Mapping[str, tuple[datetime, datetime]] | None = None


async def add(connection: AsyncConnection, entry: Entry) -> None:
    """Keeps a new entry."""
    await connection.execute(insert(promises).values(_columns(entry)))


async def advance(connection: AsyncConnection, before: int, entry: Entry) -> bool:
    """Writes the entry over version `before`; False when somebody was quicker."""
    query = update(promises).where(promises.c.id == entry.id, promises.c.version == before)
    return (await connection.execute(query.values(_columns(entry)))).rowcount == 1


async def find(connection: AsyncConnection, promise_id: str) -> Entry | None:
    """The entry of that id."""
    row = (await connection.execute(select(promises).where(promises.c.id == promise_id))).one_or_none()
    return _entry(row) if row else None


async def list_of(
    connection: AsyncConnection,
    conversation_id: str,
    *,
    turn_ids: Collection[str] | None = None,
) -> list[Entry]:
    """The conversation's entries (of these turns only, or all), dropped ones too, as they were said."""
    query = select(promises).where(promises.c.conversation_id == conversation_id)
    if turn_ids is not None:
        query = query.where(promises.c.turn_id.in_(sorted(turn_ids)))
    rows = await connection.execute(query.order_by(promises.c.said_at, promises.c.start, promises.c.id))
    return [_entry(row) for row in rows]


async def list_page(connection: AsyncConnection, which: Which, *, limit: int, offset: int = 0) -> list[Row]:
    """A page of entries: the soonest due first, those without a time last."""
    query = select(promises, conversations.c.customer).join(conversations)
    rows = await connection.execute(
        _where(query, which)
        .order_by(promises.c.due.is_(None), promises.c.due, promises.c.said_at, promises.c.id)
        .limit(limit)
        .offset(offset)
    )
    return [Row(entry=_entry(row), customer=row.customer) for row in rows]


async def count(connection: AsyncConnection, which: Which) -> int:
    """How many entries there are."""
    query = _where(select(func.count()).select_from(promises), which)
    return int((await connection.execute(query)).scalar_one())


async def owners(connection: AsyncConnection, client_ids: Collection[str] | None) -> dict[str, str]:
    """The people who have entries, by the account's id, in the order of their names."""
    query = select(promises.c.owner_id, promises.c.owner).where(promises.c.owner_id.is_not(None)).distinct()
    rows = await connection.execute(_where(query, Which(client_ids=client_ids)).order_by(promises.c.owner))
    return {row.owner_id: row.owner for row in rows}


async def add_moves(connection: AsyncConnection, moves: Sequence[Moved]) -> None:
    """Keeps changes; an entry has one of each version."""
    rows = [
        {name: getattr(moved, name) for name in Moved.__slots__}
        | {
            "move": moved.move.value,
            "before": moved.before.value if moved.before else None,
            "after": moved.after.value,
            "was": TERMS.dump_json(moved.was).decode() if moved.was else None,
        }
        for moved in moves
    ]
    await connection.execute(insert(promise_moves), rows)


async def list_moves(connection: AsyncConnection, promise_id: str) -> list[Moved]:
    """Every change of the entry, oldest first."""
    query = (
        select(promise_moves)
        .where(promise_moves.c.promise_id == promise_id)
        .order_by(promise_moves.c.version)
    )
    return [_moved(row) for row in await connection.execute(query)]


async def list_untold(
    connection: AsyncConnection, threshold: Threshold, after: datetime | None, until: datetime, *, limit: int
) -> list[Untold[Entry]]:
    """Open entries, the soonest first, that are `DueMoments.untold`."""
    query = select(promises, conversations.c.customer).join(conversations)
    query = query.where(DUE.untold(threshold, after, until))
    rows = await connection.execute(query.order_by(promises.c.due, promises.c.id).limit(limit))
    return [Untold(item=_entry(row), customer=row.customer) for row in rows]


async def claim_untold(connection: AsyncConnection, threshold: Threshold, entry: Entry) -> bool:
    """As `DueMoments.claim`."""
    return await DUE.claim(connection, threshold, entry.id, entry.terms.due)


def _where(query: Select[Any], which: Which) -> Select[Any]:
    wanted: list[ColumnElement[bool]] = []
    if which.client_ids is not None:
        wanted.append(promises.c.client_id.in_(sorted(which.client_ids)))
    if which.states is not None:
        wanted.append(promises.c.state.in_(sorted(state.value for state in which.states)))
    if which.owner_id is not None:
        wanted.append(promises.c.owner_id == which.owner_id)
    if which.conversation_id is not None:
        wanted.append(promises.c.conversation_id == which.conversation_id)
    if which.due_before is not None:
        wanted.append(promises.c.due < which.due_before)
    if which.due_within is not None:
        wanted.append(DUE.within(which.due_within))
    return query.where(*wanted)


def _columns(entry: Entry) -> dict[str, Any]:
    values = {name: getattr(entry, name) for name in Entry.__slots__ if name != "terms"}
    terms = {name: getattr(entry.terms, name) for name in Terms.__slots__}
    return values | terms | {"state": entry.state.value, "who": entry.terms.who.value}


def _entry(row: Any) -> Entry:
    values = row._asdict()
    return ENTRY.validate_python(values | {"terms": TERMS.validate_python(values)})


def _moved(row: Any) -> Moved:
    was = TERMS.validate_json(row.was) if row.was else None
    return replace(MOVED.validate_python(row._asdict() | {"was": None}), was=was)
