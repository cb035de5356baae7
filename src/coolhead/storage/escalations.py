"""Calls for a supervisor: one row each, and every move that was made. What is legal, casework says."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Select, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from coolhead.casework.escalation import Escalation, Level, MoveMade, State
from coolhead.storage.tables import escalation_moves, escalations

ESCALATION = TypeAdapter(Escalation)
MOVED = TypeAdapter(MoveMade)
OPEN = sorted(state.value for state in State if state.is_open)
RISING = (State.REQUESTED.value, State.BRIEFED.value, State.ACCEPTED.value)


async def add(connection: AsyncConnection, escalation: Escalation) -> None:
    """Keeps a new call; hold the conversation `for_change`, so that there is one open at a time."""
    await connection.execute(insert(escalations).values(ESCALATION.dump_python(escalation)))


async def advance(connection: AsyncConnection, after: Escalation, made: MoveMade) -> bool:
    """Writes the call after a move over the version before it; False when another was quicker."""
    query = (
        update(escalations)
        .where(escalations.c.id == after.id, escalations.c.version == after.version - 1)
        .values(ESCALATION.dump_python(after))
    )
    if (await connection.execute(query)).rowcount != 1:
        return False
    await connection.execute(insert(escalation_moves).values(MOVED.dump_python(made)))
    return True


async def find(
    connection: AsyncConnection, escalation_id: str, *, for_change: bool = False
) -> Escalation | None:
    """The call of that id; `for_change` keeps other writers from it until the transaction ends."""
    query = select(escalations).where(escalations.c.id == escalation_id)
    found = await _list(connection, query.with_for_update() if for_change else query)
    return found[0] if found else None


async def latest_of(connection: AsyncConnection, conversation_id: str) -> Escalation | None:
    """The conversation's last call; the others have come to their end before it."""
    query = (
        select(escalations)
        .where(escalations.c.conversation_id == conversation_id)
        .order_by(escalations.c.asked_at.desc(), escalations.c.state.in_(OPEN).desc(), escalations.c.id)
    )
    found = await _list(connection, query.limit(1))
    return found[0] if found else None


async def list_open(
    connection: AsyncConnection, client_ids: Collection[str] | None, *, limit: int
) -> list[Escalation]:
    """The open calls of these clients (None: of all), the longest asked for first."""
    query = select(escalations).where(escalations.c.state.in_(OPEN))
    if client_ids is not None:
        query = query.where(escalations.c.client_id.in_(sorted(client_ids)))
    return await _list(connection, query.order_by(escalations.c.asked_at, escalations.c.id).limit(limit))


async def list_of(connection: AsyncConnection, conversation_id: str) -> list[Escalation]:
    """Every call of a conversation, the oldest first."""
    query = select(escalations).where(escalations.c.conversation_id == conversation_id)
    return await _list(connection, query.order_by(escalations.c.asked_at, escalations.c.id))


async def list_forgotten(
    connection: AsyncConnection, client_id: str, since: datetime, *, limit: int
) -> list[Escalation]:
    """A client's calls that can still rise and have not moved since then, the longest forgotten first."""
    query = (
        select(escalations)
        .where(
            escalations.c.client_id == client_id,
            escalations.c.state.in_(RISING),
            escalations.c.level < int(max(Level)),
            escalations.c.moved_at <= since,
        )
        .order_by(escalations.c.moved_at, escalations.c.id)
    )
    return await _list(connection, query.limit(limit))


async def list_moves(connection: AsyncConnection, escalation_id: str) -> list[MoveMade]:
    """Every move of a call, in order."""
    query = (
        select(escalation_moves)
        .where(escalation_moves.c.escalation_id == escalation_id)
        .order_by(escalation_moves.c.number)
    )
    return [MOVED.validate_python(row._asdict()) for row in await connection.execute(query)]


async def _list(connection: AsyncConnection, query: Select[Any]) -> list[Escalation]:
    return [ESCALATION.validate_python(row._asdict()) for row in await connection.execute(query)]
