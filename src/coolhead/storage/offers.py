"""Offers: what a customer was offered, in which words, and what they answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pydantic import TypeAdapter
from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from coolhead.casework.offers import Answer, Choice
from coolhead.storage.tables import offers


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """Something that was offered, or several things to choose from.

    Attributes:
        gesture_id: the gesture that it is; None for a remedy.
        turns_before: how many turns the conversation had; what came later may hold the answer.
        chosen: which of the choices was accepted, from 0; None while none was.
        offered_by: the agent's name; `account_id` is their account, None when that is gone.
        answered_by: who has told the answer; empty while nobody has.
    """

    id: str
    conversation_id: str
    gesture_id: str | None
    turns_before: int
    choices: tuple[Choice, ...]
    answer: Answer
    chosen: int | None
    offered_by: str
    account_id: str | None
    offered_at: datetime
    answered_by: str = ""
    answered_at: datetime | None = None


CHOICES = TypeAdapter(tuple[Choice, ...])


async def add(connection: AsyncConnection, offer: Offer) -> None:
    """Keeps an offer."""
    await connection.execute(insert(offers).values(_columns(offer)))


async def change(connection: AsyncConnection, offer: Offer) -> None:
    """Keeps what has become of an offer."""
    await connection.execute(update(offers).where(offers.c.id == offer.id).values(_columns(offer)))


async def find(connection: AsyncConnection, conversation_id: str, offer_id: str) -> Offer | None:
    """That offer of the conversation."""
    kept = await list_of(connection, conversation_id)
    return next((each for each in kept if each.id == offer_id), None)


async def list_of(connection: AsyncConnection, conversation_id: str) -> list[Offer]:
    """The conversation's offers, oldest first."""
    query = (
        select(offers)
        .where(offers.c.conversation_id == conversation_id)
        .order_by(offers.c.offered_at, offers.c.id)
    )
    return [
        Offer(
            **{
                **row._mapping,
                "choices": CHOICES.validate_json(row.choices),
                "answer": Answer(row.answer),
            }
        )
        for row in await connection.execute(query)
    ]


def _columns(offer: Offer) -> dict[str, object]:
    values = {name: getattr(offer, name) for name in Offer.__slots__}
    return values | {
        "choices": CHOICES.dump_json(offer.choices).decode(),
        "answer": offer.answer.value,
    }
