"""What people answered to what was shown: labels they contest, and cards they did or put off."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pydantic import TypeAdapter
from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from coolhead.storage.tables import card_answers, contests


class Field(StrEnum):
    """The part of a reading that a contested label belongs to."""

    HEAT = "heat"
    BEHAVIOURS = "behaviours"
    ABUSE = "abuse"
    TRIGGERS = "triggers"
    CUES = "cues"
    TECHNIQUES = "techniques"
    MISSTEPS = "missteps"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contest:
    """A label that a person says is wrong, and what it should be: kept for the next training.

    Attributes:
        shown: the term that was shown; None when one was missing.
        should_be: the term that should have been shown; None when nothing should.
        comment: why, in the person's words (masked); may be empty.
    """

    id: str
    conversation_id: str
    turn_id: str
    field: Field
    shown: str | None
    should_be: str | None
    comment: str
    account_id: str | None
    at: datetime


class Answer(StrEnum):
    """What an agent says to a card."""

    DONE = "done"
    NOT_NOW = "not_now"


@dataclass(frozen=True, slots=True, kw_only=True)
class CardAnswer:
    """An agent's answer to the card that followed a turn."""

    conversation_id: str
    turn_id: str
    card_id: str
    answer: Answer
    account_id: str | None
    at: datetime


CONTEST = TypeAdapter(Contest)
ANSWER = TypeAdapter(CardAnswer)


async def add(connection: AsyncConnection, contest: Contest) -> None:
    """Keeps a contested label."""
    values = {name: getattr(contest, name) for name in Contest.__slots__}
    await connection.execute(insert(contests).values(values | {"field": contest.field.value}))


async def list_of(connection: AsyncConnection, conversation_id: str) -> list[Contest]:
    """The conversation's contested labels, oldest first."""
    query = (
        select(contests)
        .where(contests.c.conversation_id == conversation_id)
        .order_by(contests.c.at, contests.c.id)
    )
    rows = await connection.execute(query)
    return [CONTEST.validate_python(row._asdict()) for row in rows]


async def add_answer(connection: AsyncConnection, answer: CardAnswer) -> None:
    """Keeps the first answer to a card; a card is answered once."""
    values = {name: getattr(answer, name) for name in CardAnswer.__slots__}
    await connection.execute(insert(card_answers).values(values | {"answer": answer.answer.value}))


async def list_answers(connection: AsyncConnection, conversation_id: str) -> list[CardAnswer]:
    """The conversation's answered cards, oldest first."""
    query = (
        select(card_answers)
        .where(card_answers.c.conversation_id == conversation_id)
        .order_by(card_answers.c.at)
    )
    rows = await connection.execute(query)
    return [ANSWER.validate_python(row._asdict()) for row in rows]
