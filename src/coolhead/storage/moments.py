"""Moments: each turn of a conversation (masked) with what it showed and the advice that followed."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from coolhead.conversation.turn import Turn
from coolhead.guidance.card import Card
from coolhead.perception.reading import Reading
from coolhead.storage import search
from coolhead.storage.tables import turns

READING = TypeAdapter(Reading)
CARD = TypeAdapter(Card)
TURN = TypeAdapter(Turn)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptMoment:
    """A turn as it is kept.

    Attributes:
        turn: the turn, masked.
        reading: what it shows.
        card: the advice given right after it; None is normal.
        heat: the conversation's smoothed heat right after it, 0–100.
        received_at: when it came in.
    """

    turn: Turn
    reading: Reading
    card: Card | None
    heat: float
    received_at: datetime


async def add(connection: AsyncConnection, conversation_id: str, kept: Iterable[KeptMoment]) -> None:
    """Keeps moments; their turn ids must be new to the conversation."""
    kept = list(kept)
    if kept:
        await connection.execute(insert(turns), [_row(conversation_id, moment) for moment in kept])
        await search.put_turns(connection, conversation_id, (moment.turn for moment in kept))


async def replace(connection: AsyncConnection, conversation_id: str, kept: Iterable[KeptMoment]) -> None:
    """Keeps exactly these moments of the conversation."""
    await connection.execute(delete(turns).where(turns.c.conversation_id == conversation_id))
    await add(connection, conversation_id, kept)


async def list_of(connection: AsyncConnection, conversation_id: str) -> list[KeptMoment]:
    """The conversation's moments, in the order of the turns."""
    query = (
        select(turns).where(turns.c.conversation_id == conversation_id).order_by(turns.c.place, turns.c.id)
    )
    return [_moment(row) for row in await connection.execute(query)]


async def find(connection: AsyncConnection, conversation_id: str, turn_id: str) -> KeptMoment | None:
    """The moment of that turn."""
    return (await find_many(connection, conversation_id, [turn_id])).get(turn_id)


async def find_many(
    connection: AsyncConnection, conversation_id: str, turn_ids: Collection[str]
) -> dict[str, KeptMoment]:
    """Those of the turns that are kept, by id."""
    query = select(turns).where(
        turns.c.conversation_id == conversation_id, turns.c.id.in_(sorted(set(turn_ids)))
    )
    return {row.id: _moment(row) for row in await connection.execute(query)}


def _row(conversation_id: str, kept: KeptMoment) -> dict[str, Any]:
    turn = kept.turn
    return {
        "conversation_id": conversation_id,
        "id": turn.id,
        "place": turn.place,
        "speaker": turn.speaker.value,
        "text": turn.text,
        "start": turn.start,
        "end": turn.end,
        "received_at": kept.received_at,
        "heat": kept.heat,
        "reading": READING.dump_json(kept.reading).decode(),
        "card": None if kept.card is None else CARD.dump_json(kept.card).decode(),
    }


def _moment(row: Any) -> KeptMoment:
    return KeptMoment(
        turn=TURN.validate_python(row._asdict()),
        reading=READING.validate_json(row.reading),
        card=None if row.card is None else CARD.validate_json(row.card),
        heat=row.heat,
        received_at=row.received_at,
    )
