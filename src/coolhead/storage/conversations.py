"""Conversations: one row each, with the picture and what lists need of it as columns."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Select, and_, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from coolhead.codebook import Channel, Heat, Issue, Resolved, Speaker
from coolhead.guidance.card import Card
from coolhead.picture.state import Picture, Stage, Trend
from coolhead.storage import search
from coolhead.storage.tables import conversations, turns

CURVE_POINTS = 60


class Status(StrEnum):
    """Whether a conversation goes on."""

    LIVE = "live"
    ENDED = "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingCard:
    """The advice that stands now, and the turn after which it was given."""

    turn_id: str
    card: Card


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """A conversation as lists show it.

    Attributes:
        reference: the other system's name for it; unique within the client; None when it gave none.
        customer: the customer's name; empty when not known.
        customer_key: the customer as the other system knows them; None when it gave no key.
        agent: the agent's name; empty while nobody has taken it.
        agent_id: the agent's account; None when they have none here.
        active_at: when it was opened, heard a turn or ended, whichever was last.
        version: counts the changes of this row; a change that builds on an older version is refused.
        turns: how many turns were heard.
        last_words: the customer's last turn (masked).
        heat: smoothed heat now, 0–100.
        risk: probability (0–1) that it gets worse within two customer turns.
        alerts: how many alerts were raised.
        issue: what it is about, as far as that is clear; what people confirm is kept apart from it.
        resolved: whether the customer has got what they came for; None before the first reading.
        peak: the hottest that the customer was.
        curve: the last heat scores, 0–100, oldest first, at most `CURVE_POINTS`.
        card: the advice that stands; None is normal.
    """

    id: str
    client_id: str
    reference: str | None
    channel: Channel
    status: Status
    customer: str
    agent: str
    agent_id: str | None
    opened_at: datetime
    active_at: datetime
    customer_key: str | None = None
    ended_at: datetime | None = None
    version: int = 0
    turns: int = 0
    last_words: str = ""
    heat: float = 0.0
    level: Heat = Heat.CALM
    trend: Trend = Trend.STEADY
    stage: Stage = Stage.LISTEN
    risk: float = 0.0
    alerts: int = 0
    issue: Issue | None = None
    resolved: Resolved | None = None
    peak: Heat = Heat.CALM
    curve: tuple[float, ...] = ()
    card: StandingCard | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """A conversation as the next turn finds it.

    Attributes:
        last: sort key of the last turn heard; None before the first.
    """

    summary: Summary
    picture: Picture
    last: tuple[float, str] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which conversations a list holds; None means any.

    Attributes:
        client_ids: only of these clients.
        agent_id: only of this agent.
        unassigned_too: with `agent_id`, also those that nobody has taken.
    """

    client_ids: Collection[str] | None = None
    status: Status | None = None
    agent_id: str | None = None
    unassigned_too: bool = False


SUMMARY = TypeAdapter(Summary)
STANDING = TypeAdapter(StandingCard)
LISTED = tuple(
    column
    for column in conversations.c
    if column.name not in ("picture", "visitor_hash", "last_place", "last_turn_id")
)


async def add(
    connection: AsyncConnection, summary: Summary, picture: Picture, visitor_hash: str | None = None
) -> None:
    """Keeps a new conversation; `visitor_hash` is of the token with which the customer comes back."""
    await connection.execute(
        insert(conversations).values(
            **_columns(summary), picture=picture.to_json(), visitor_hash=visitor_hash
        )
    )
    await make_findable(connection, summary)


async def make_findable(connection: AsyncConnection, summary: Summary) -> None:
    """Makes the conversation found by its customer and its reference."""
    known_by = (summary.customer, summary.reference, summary.customer_key)
    await search.put_customer(connection, summary.id, " ".join(filter(None, known_by)))


async def find(
    connection: AsyncConnection, conversation_id: str, *, for_change: bool = False
) -> Summary | None:
    """The conversation of that id; `for_change` keeps other writers from it until the transaction ends."""
    query = select(*LISTED).where(conversations.c.id == conversation_id)
    return await _find(connection, query.with_for_update() if for_change else query)


async def find_many(connection: AsyncConnection, conversation_ids: Collection[str]) -> dict[str, Summary]:
    """Those of the conversations that there are, by id."""
    query = select(*LISTED).where(conversations.c.id.in_(sorted(conversation_ids)))
    return {row.id: _summary(row) for row in await connection.execute(query)}


async def find_by_reference(connection: AsyncConnection, client_id: str, reference: str) -> Summary | None:
    """The client's conversation that the other system calls so."""
    return await _find(
        connection,
        select(*LISTED).where(conversations.c.client_id == client_id, conversations.c.reference == reference),
    )


async def find_by_visitor(connection: AsyncConnection, visitor_hash: str) -> Summary | None:
    """The conversation that the customer with that token holds."""
    return await _find(connection, select(*LISTED).where(conversations.c.visitor_hash == visitor_hash))


async def find_stand(connection: AsyncConnection, conversation_id: str) -> Stand | None:
    """The conversation with its picture."""
    query = select(conversations).where(conversations.c.id == conversation_id)
    row = (await connection.execute(query)).one_or_none()
    if row is None:
        return None
    last = None if row.last_place is None else (row.last_place, row.last_turn_id)
    return Stand(summary=_summary(row), picture=Picture.from_json(row.picture), last=last)


async def advance(connection: AsyncConnection, before: int, stand: Stand) -> bool:
    """Writes the conversation's next stand over version `before`; False when another was quicker."""
    place, turn_id = stand.last or (None, None)
    query = (
        update(conversations)
        .where(conversations.c.id == stand.summary.id, conversations.c.version == before)
        .values(
            **_columns(stand.summary),
            picture=stand.picture.to_json(),
            last_place=place,
            last_turn_id=turn_id,
        )
    )
    return (await connection.execute(query)).rowcount == 1


async def change(connection: AsyncConnection, conversation_id: str, **values: Any) -> None:
    """Changes columns (status, ended_at, active_at, agent, agent_id, card) of a row found `for_change`."""
    query = update(conversations).where(conversations.c.id == conversation_id)
    await connection.execute(query.values(version=conversations.c.version + 1, **values))


async def list_by_heat(
    connection: AsyncConnection, which: Filter, *, limit: int, offset: int = 0
) -> list[Summary]:
    """A page of conversations, the hottest first, then the latest active."""
    query = _where(select(*LISTED), which).order_by(
        conversations.c.heat.desc(), conversations.c.active_at.desc(), conversations.c.id
    )
    return [_summary(row) for row in await connection.execute(query.limit(limit).offset(offset))]


async def list_latest(
    connection: AsyncConnection, which: Filter, *, limit: int, offset: int = 0
) -> list[Summary]:
    """A page of conversations, the latest active first."""
    query = _where(select(*LISTED), which).order_by(conversations.c.active_at.desc(), conversations.c.id)
    return [_summary(row) for row in await connection.execute(query.limit(limit).offset(offset))]


async def list_unanswered(
    connection: AsyncConnection, client_id: str, level: Heat, since: datetime, *, limit: int
) -> list[str]:
    """Ids of a client's live conversations of at least that level whose customer has waited since then."""
    query = (
        select(conversations.c.id)
        .join(
            turns,
            and_(turns.c.conversation_id == conversations.c.id, turns.c.id == conversations.c.last_turn_id),
        )
        .where(
            conversations.c.client_id == client_id,
            conversations.c.status == Status.LIVE.value,
            conversations.c.level >= int(level),
            conversations.c.active_at <= since,
            turns.c.speaker == Speaker.CUSTOMER.value,
        )
        .order_by(conversations.c.active_at, conversations.c.id)
    )
    return list((await connection.execute(query.limit(limit))).scalars())


async def count(connection: AsyncConnection, which: Filter) -> int:
    """How many conversations there are."""
    query = _where(select(func.count()).select_from(conversations), which)
    return int((await connection.execute(query)).scalar_one())


def _where(query: Select[Any], which: Filter) -> Select[Any]:
    if which.client_ids is not None:
        query = query.where(conversations.c.client_id.in_(sorted(which.client_ids)))
    if which.status is not None:
        query = query.where(conversations.c.status == which.status.value)
    if which.agent_id is not None:
        mine = conversations.c.agent_id == which.agent_id
        nobodys = conversations.c.agent == ""
        query = query.where(or_(mine, nobodys) if which.unassigned_too else mine)
    return query


async def _find(connection: AsyncConnection, query: Select[Any]) -> Summary | None:
    row = (await connection.execute(query)).one_or_none()
    return _summary(row) if row else None


def _columns(summary: Summary) -> dict[str, Any]:
    values = {name: getattr(summary, name) for name in Summary.__slots__}
    card = None if summary.card is None else STANDING.dump_json(summary.card).decode()
    return values | {
        "channel": summary.channel.value,
        "status": summary.status.value,
        "level": int(summary.level),
        "trend": summary.trend.value,
        "stage": summary.stage.value,
        "issue": summary.issue and summary.issue.value,
        "resolved": summary.resolved and summary.resolved.value,
        "peak": int(summary.peak),
        "curve": json.dumps(summary.curve),
        "card": card,
    }


def _summary(row: Any) -> Summary:
    values = row._asdict()
    card = None if row.card is None else json.loads(row.card)
    return SUMMARY.validate_python(values | {"curve": json.loads(row.curve), "card": card})
