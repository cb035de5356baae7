"""Follow-ups as they are kept: what is planned, its changes, and of which due moments people were told."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, Select, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from coolhead.casework.follow_up import WAITING, FollowUp, Moved, State
from coolhead.storage.due import DueMoments, Threshold, Untold
from coolhead.storage.tables import conversations, follow_up_moves, follow_ups

FOLLOW_UP, MOVED = TypeAdapter(FollowUp), TypeAdapter(Moved)
DUE = DueMoments(follow_ups, follow_ups.c.state.in_([state.value for state in WAITING]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A follow-up with what a list says of its conversation."""

    follow_up: FollowUp
    customer: str
    customer_key: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Which:
    """Which follow-ups a list holds; None means any.

    Attributes:
        states: only in one of these states.
        owner_id: only of this person; `nobodys_too` adds those that nobody has.
        conversation_id: only of this conversation.
        due_before: only those due before that moment.
        due_within: by client, only those due from the first moment to before the second.
        latest_first: what was changed last comes first, else what is due soonest.
    """

    client_ids: Collection[str] | None = None
    states: Collection[State] | None = None
    owner_id: str | None = None
    nobodys_too: bool = False
    conversation_id: str | None = None
    due_before: datetime | None = None
    due_within: Mapping[str, tuple[datetime, datetime]] | None = None
    latest_first: bool = False


async def add(connection: AsyncConnection, follow_up: FollowUp, moved: Moved) -> None:
    """Keeps a new follow-up with its first change."""
    await connection.execute(insert(follow_ups).values(_columns(follow_up)))
    await _add_move(connection, moved)


async def advance(connection: AsyncConnection, follow_up: FollowUp, moved: Moved) -> bool:
    """Writes the follow-up over the version before, with its change; False when somebody was quicker."""
    query = update(follow_ups).where(
        follow_ups.c.id == follow_up.id, follow_ups.c.version == follow_up.version - 1
    )
    if (await connection.execute(query.values(_columns(follow_up)))).rowcount != 1:
        return False
    await _add_move(connection, moved)
    return True


async def find(connection: AsyncConnection, follow_up_id: str) -> Row | None:
    """The follow-up of that id."""
    query = _rows().where(follow_ups.c.id == follow_up_id)
    row = (await connection.execute(query)).one_or_none()
    return _row(row) if row else None


async def list_page(connection: AsyncConnection, which: Which, *, limit: int, offset: int = 0) -> list[Row]:
    """A page of follow-ups."""
    order = (follow_ups.c.moved_at.desc(),) if which.latest_first else (follow_ups.c.due,)
    query = _where(_rows(), which).order_by(*order, follow_ups.c.id).limit(limit).offset(offset)
    return [_row(row) for row in await connection.execute(query)]


async def count(connection: AsyncConnection, which: Which) -> int:
    """How many follow-ups there are."""
    query = _where(select(func.count()).select_from(follow_ups), which)
    return int((await connection.execute(query)).scalar_one())


async def list_moves(connection: AsyncConnection, follow_up_id: str) -> list[Moved]:
    """Every change of the follow-up, oldest first."""
    query = select(follow_up_moves).where(follow_up_moves.c.follow_up_id == follow_up_id)
    rows = await connection.execute(query.order_by(follow_up_moves.c.version))
    return [MOVED.validate_python(row._asdict()) for row in rows]


async def list_untold(
    connection: AsyncConnection, threshold: Threshold, after: datetime | None, until: datetime, *, limit: int
) -> list[Untold[FollowUp]]:
    """Waiting follow-ups, the soonest first, that are `DueMoments.untold`."""
    query = _rows().where(DUE.untold(threshold, after, until)).order_by(follow_ups.c.due, follow_ups.c.id)
    found = [_row(row) for row in await connection.execute(query.limit(limit))]
    return [Untold(item=row.follow_up, customer=row.customer) for row in found]


async def claim_untold(connection: AsyncConnection, threshold: Threshold, follow_up: FollowUp) -> bool:
    """As `DueMoments.claim`."""
    return await DUE.claim(connection, threshold, follow_up.id, follow_up.due)


async def _add_move(connection: AsyncConnection, moved: Moved) -> None:
    values = {name: getattr(moved, name) for name in Moved.__slots__}
    states = {"before": moved.before.value if moved.before else None, "after": moved.after.value}
    await connection.execute(insert(follow_up_moves).values(values | states | {"move": moved.move.value}))


def _rows() -> Select[Any]:
    return select(follow_ups, conversations.c.customer, conversations.c.customer_key).join(conversations)


def _where(query: Select[Any], which: Which) -> Select[Any]:
    wanted: list[ColumnElement[bool]] = []
    column = follow_ups.c
    if which.client_ids is not None:
        wanted.append(column.client_id.in_(sorted(which.client_ids)))
    if which.states is not None:
        wanted.append(column.state.in_(sorted(state.value for state in which.states)))
    if which.owner_id is not None:
        mine = column.owner_id == which.owner_id
        wanted.append(or_(mine, column.owner_id.is_(None)) if which.nobodys_too else mine)
    if which.conversation_id is not None:
        wanted.append(column.conversation_id == which.conversation_id)
    if which.due_before is not None:
        wanted.append(column.due < which.due_before)
    if which.due_within is not None:
        wanted.append(DUE.within(which.due_within))
    return query.where(*wanted)


def _columns(follow_up: FollowUp) -> dict[str, Any]:
    values = {name: getattr(follow_up, name) for name in FollowUp.__slots__}
    return values | {
        "kind": follow_up.kind.value,
        "state": follow_up.state.value,
        "why": " ".join(why.value for why in follow_up.why),
    }


def _row(row: Any) -> Row:
    values = row._asdict()
    return Row(
        follow_up=FOLLOW_UP.validate_python(values | {"why": values["why"].split()}),
        customer=row.customer,
        customer_key=row.customer_key,
    )
