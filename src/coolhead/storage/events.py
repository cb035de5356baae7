"""Events: what happened, in the order in which it was committed; what streams and webhooks are fed from."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pydantic import TypeAdapter
from sqlalchemy import func, insert, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from coolhead.storage.tables import events

ORDER_LOCK = 7_205_310_002


class EventKind(StrEnum):
    """Everything that an event can tell; `data` of each is described in the API reference."""

    OPENED = "opened"
    TURN_HEARD = "turn_heard"
    LEVEL_CHANGED = "level_changed"
    STAGE_CHANGED = "stage_changed"
    PROMISE_MADE = "promise_made"
    PROMISE_MOVED = "promise_moved"
    PROMISE_DUE = "promise_due"
    PROMISE_OVERDUE = "promise_overdue"
    FOLLOW_UP_MOVED = "follow_up_moved"
    FOLLOW_UP_DUE = "follow_up_due"
    FOLLOW_UP_OVERDUE = "follow_up_overdue"
    ALERT_RAISED = "alert_raised"
    REPLAYED = "replayed"
    ASSIGNED = "assigned"
    WHISPERED = "whispered"
    CARD_ANSWERED = "card_answered"
    LABEL_CONTESTED = "label_contested"
    NOTE_EDITED = "note_edited"
    ESCALATION_ASKED = "escalation_asked"
    ESCALATION_MOVED = "escalation_moved"
    LIMIT_STEP = "limit_step"
    CHANNEL_PAUSED = "channel_paused"
    PAUSE_ENDED = "pause_ended"
    DISPOSITION_CONFIRMED = "disposition_confirmed"
    OFFER_MADE = "offer_made"
    OFFER_ANSWERED = "offer_answered"
    ENDED = "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEvent:
    """Something that happened, not yet kept.

    Attributes:
        turn_id: the turn it belongs to; None when it belongs to none.
        data: a JSON object, as text.
    """

    kind: EventKind
    data: str
    turn_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredEvent:
    """Something that happened; `id` counts up over the whole installation, in the order of commits."""

    id: int
    conversation_id: str
    client_id: str
    kind: EventKind
    turn_id: str | None
    at: datetime
    data: str


STORED = TypeAdapter(StoredEvent)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Which events: of one conversation, or of some clients; None means any."""

    conversation_id: str | None = None
    client_ids: Collection[str] | None = None


async def add(
    connection: AsyncConnection,
    conversation_id: str,
    client_id: str,
    happened: Sequence[NewEvent],
    now: datetime,
) -> None:
    """Keeps events; call it last in a transaction: on PostgreSQL it waits for other writers of events."""
    if connection.dialect.name == "postgresql":
        await connection.execute(text(f"SELECT pg_advisory_xact_lock({ORDER_LOCK})"))
    await connection.execute(
        insert(events),
        [
            {
                "conversation_id": conversation_id,
                "client_id": client_id,
                "kind": event.kind.value,
                "turn_id": event.turn_id,
                "at": now,
                "data": event.data,
            }
            for event in happened
        ],
    )


async def find(connection: AsyncConnection, event_id: int) -> StoredEvent | None:
    """The event of that id."""
    row = (await connection.execute(select(events).where(events.c.id == event_id))).one_or_none()
    return STORED.validate_python(row._asdict()) if row else None


async def list_between(
    connection: AsyncConnection,
    client_id: str,
    kinds: Collection[str],
    since: datetime,
    until: datetime,
    *,
    limit: int,
) -> list[StoredEvent]:
    """The client's events of those kinds from `since` up to, but not at, `until`; oldest first."""
    query = select(events).where(
        events.c.client_id == client_id,
        events.c.kind.in_(sorted(kinds)),
        events.c.at >= since,
        events.c.at < until,
    )
    rows = await connection.execute(query.order_by(events.c.id).limit(limit))
    return [STORED.validate_python(row._asdict()) for row in rows]


async def last_id(connection: AsyncConnection) -> int:
    """The id of the last event; 0 before the first."""
    return int((await connection.execute(select(func.coalesce(func.max(events.c.id), 0)))).scalar_one())


async def list_after(
    connection: AsyncConnection, after: int, *, limit: int, span: Span | None = None
) -> list[StoredEvent]:
    """The events after that id, oldest first: those of `span`, or all."""
    query = select(events).where(events.c.id > after).order_by(events.c.id).limit(limit)
    if span is not None and span.conversation_id is not None:
        query = query.where(events.c.conversation_id == span.conversation_id)
    if span is not None and span.client_ids is not None:
        query = query.where(events.c.client_id.in_(sorted(span.client_ids)))
    rows = await connection.execute(query)
    return [STORED.validate_python(row._asdict()) for row in rows]
