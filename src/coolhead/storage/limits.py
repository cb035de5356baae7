"""What was done about abuse: each step with its evidence, and channels that are closed to a customer."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Select, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from coolhead.codebook import Abuse, Channel
from coolhead.guidance.limits import BoundaryStep
from coolhead.storage.tables import limit_steps, pauses


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitStep:
    """A step that was taken, with its evidence.

    Attributes:
        step: what was done; `NONE` where abuse was noticed and recorded, and nothing done yet.
        turn_id: the turn with the abuse that it answers.
        kind: of that abuse.
        start: offset of the first character that shows it in the turn's (masked) text; None when not known.
        end: offset after the last one.
        words: what was said to the customer; empty where the agent handed over without a word.
        by_id: who took it; None when it came by itself.
    """

    id: str
    conversation_id: str
    step: BoundaryStep
    turn_id: str
    kind: Abuse
    start: int | None
    end: int | None
    words: str
    by_id: str | None
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """A channel closed to one customer for a while; at most one comes from a conversation.

    Attributes:
        conversation_id: what it comes from; the customer's page is known by it.
        customer_key: the customer as another system knows them; None when it gave none.
        reason: what the customer reads.
        until: when it ends by itself.
        ended_at: when it ended; None while it holds.
        ended_by_id: who undid it; None when the clock did.
    """

    id: str
    client_id: str
    conversation_id: str
    channel: Channel
    customer_key: str | None
    customer: str
    reason: str
    by_id: str | None
    by: str
    at: datetime
    until: datetime
    ended_at: datetime | None = None
    ended_by_id: str | None = None
    ended_by: str = ""


STEP = TypeAdapter(LimitStep)
PAUSE = TypeAdapter(Pause)


async def add_step(connection: AsyncConnection, step: LimitStep) -> bool:
    """Keeps a step; False when it was taken for that turn before. Hold the conversation `for_change`."""
    query = select(limit_steps.c.id).where(
        limit_steps.c.conversation_id == step.conversation_id,
        limit_steps.c.turn_id == step.turn_id,
        limit_steps.c.step == step.step.value,
    )
    if (await connection.execute(query)).first():
        return False
    await connection.execute(insert(limit_steps).values(STEP.dump_python(step)))
    return True


async def list_steps(connection: AsyncConnection, conversation_id: str) -> list[LimitStep]:
    """The conversation's steps, the oldest first."""
    query = (
        select(limit_steps)
        .where(limit_steps.c.conversation_id == conversation_id)
        .order_by(limit_steps.c.at, limit_steps.c.id)
    )
    return [STEP.validate_python(row._asdict()) for row in await connection.execute(query)]


async def add_pause(connection: AsyncConnection, pause: Pause) -> None:
    """Keeps a pause; its conversation must have none."""
    await connection.execute(insert(pauses).values(PAUSE.dump_python(pause)))


async def find_pause(connection: AsyncConnection, conversation_id: str) -> Pause | None:
    """The pause that came from the conversation, ended or not."""
    found = await _pauses(connection, select(pauses).where(pauses.c.conversation_id == conversation_id))
    return found[0] if found else None


async def pause_of_customer(
    connection: AsyncConnection, client_id: str, channel: Channel, customer_key: str, now: datetime
) -> Pause | None:
    """The pause that holds for that customer on that channel, the last to end."""
    query = (
        select(pauses)
        .where(
            pauses.c.client_id == client_id,
            pauses.c.channel == channel.value,
            pauses.c.customer_key == customer_key,
            pauses.c.ended_at.is_(None),
            pauses.c.until > now,
        )
        .order_by(pauses.c.until.desc())
    )
    found = await _pauses(connection, query.limit(1))
    return found[0] if found else None


async def list_pauses(connection: AsyncConnection, client_ids: Collection[str] | None) -> list[Pause]:
    """The pauses of these clients (None: of all) that have not ended, the next to end first."""
    query = select(pauses).where(pauses.c.ended_at.is_(None))
    if client_ids is not None:
        query = query.where(pauses.c.client_id.in_(sorted(client_ids)))
    return await _pauses(connection, query.order_by(pauses.c.until, pauses.c.id))


async def list_run_out(connection: AsyncConnection, now: datetime, *, limit: int) -> list[Pause]:
    """The pauses whose time is over and that have not ended yet."""
    query = select(pauses).where(pauses.c.ended_at.is_(None), pauses.c.until <= now)
    return await _pauses(connection, query.order_by(pauses.c.until).limit(limit))


async def end_pause(
    connection: AsyncConnection, pause_id: str, at: datetime, by_id: str | None, by: str
) -> bool:
    """Ends a pause; False when it had ended."""
    query = update(pauses).where(pauses.c.id == pause_id, pauses.c.ended_at.is_(None))
    return (await connection.execute(query.values(ended_at=at, ended_by_id=by_id, ended_by=by))).rowcount == 1


async def _pauses(connection: AsyncConnection, query: Select[Any]) -> list[Pause]:
    return [PAUSE.validate_python(row._asdict()) for row in await connection.execute(query)]
