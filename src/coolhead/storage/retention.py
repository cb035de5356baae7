"""Retention: how long words are kept, what is held back, what is due to go, and what a purge took out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import (
    ColumnElement,
    and_,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from coolhead.casework.follow_up import WAITING
from coolhead.casework.promises import State
from coolhead.codebook import Channel
from coolhead.picture.state import Picture
from coolhead.storage.search import Kind
from coolhead.storage.tables import (
    card_answers,
    contests,
    conversations,
    escalations,
    events,
    follow_ups,
    holds,
    limit_steps,
    note_versions,
    outbox,
    promises,
    purged_conversations,
    purges,
    retention_rules,
    search_entries,
    turns,
    whispers,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """How many days after a conversation was last active its parts are deleted; None keeps them.

    Attributes:
        transcript_days: what was said and everything that quotes it.
        audio_days: recordings; none are stored yet.
        note_days: notes in all versions, and promises and follow-ups that are settled.
        practice_days: what people said in practice runs and drills, and wrote after them; counted from then.
    """

    client_id: str
    transcript_days: int | None = None
    audio_days: int | None = None
    note_days: int | None = None
    practice_days: int | None = None
    changed_by: str = ""
    changed_at: datetime


class HoldScope(StrEnum):
    """What a legal hold keeps from deletion."""

    CONVERSATION = "conversation"
    CUSTOMER = "customer"
    CLIENT = "client"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """A legal hold: nothing that it covers is deleted while it stands.

    Attributes:
        subject: the conversation's id or the customer's key; empty for a whole client.
        lifted_at: when it ended; None while it stands.
    """

    id: str
    client_id: str
    scope: HoldScope
    subject: str
    reason: str
    placed_by: str
    placed_at: datetime
    lifted_by: str | None = None
    lifted_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Purge:
    """One night's purge of one client, and how much it took out.

    Attributes:
        day: in the client's time zone.
        claimed_until: until when no other process takes it over.
        finished_at: None while it goes on.
        transcripts: conversations whose words were deleted.
        turns: how many turns that were.
        notes: conversations whose notes were deleted.
        promises: settled promises that were deleted.
        held: conversations that were due and stayed because of a hold.
        practice: practice runs and drills whose words were deleted.
    """

    id: str
    client_id: str
    day: date
    begun_at: datetime
    claimed_until: datetime
    finished_at: datetime | None = None
    transcripts: int = 0
    turns: int = 0
    notes: int = 0
    promises: int = 0
    held: int = 0
    practice: int = 0


RULE, HOLD, PURGE = TypeAdapter(Rule), TypeAdapter(Hold), TypeAdapter(Purge)
EMPTY = Picture(started_at=None, channel=Channel.CHAT)


async def find_rule(connection: AsyncConnection, client_id: str) -> Rule | None:
    """The client's rule; None while everything is kept."""
    query = select(retention_rules).where(retention_rules.c.client_id == client_id)
    row = (await connection.execute(query)).one_or_none()
    return RULE.validate_python(row._asdict()) if row else None


async def list_rules(connection: AsyncConnection) -> list[Rule]:
    """Every client's rule."""
    rows = await connection.execute(select(retention_rules).order_by(retention_rules.c.client_id))
    return [RULE.validate_python(row._asdict()) for row in rows]


async def put_rule(connection: AsyncConnection, rule: Rule) -> None:
    """Keeps the rule in place of an earlier one."""
    await connection.execute(delete(retention_rules).where(retention_rules.c.client_id == rule.client_id))
    await connection.execute(
        insert(retention_rules).values({name: getattr(rule, name) for name in Rule.__slots__})
    )


async def add_hold(connection: AsyncConnection, hold: Hold) -> None:
    """Keeps a hold."""
    values = {name: getattr(hold, name) for name in Hold.__slots__}
    await connection.execute(insert(holds).values(values | {"scope": hold.scope.value}))


async def lift_hold(connection: AsyncConnection, hold_id: str, by: str, now: datetime) -> bool:
    """Ends a hold; False when there is no such standing one."""
    query = (
        update(holds)
        .where(holds.c.id == hold_id, holds.c.lifted_at.is_(None))
        .values(lifted_by=by, lifted_at=now)
    )
    return (await connection.execute(query)).rowcount == 1


async def find_hold(connection: AsyncConnection, hold_id: str) -> Hold | None:
    """The hold of that id."""
    row = (await connection.execute(select(holds).where(holds.c.id == hold_id))).one_or_none()
    return HOLD.validate_python(row._asdict()) if row else None


async def list_holds(connection: AsyncConnection, client_id: str) -> list[Hold]:
    """The client's holds: those that stand first, then the lifted ones; the latest first."""
    query = select(holds).where(holds.c.client_id == client_id)
    rows = await connection.execute(query.order_by(holds.c.lifted_at.is_not(None), holds.c.placed_at.desc()))
    return [HOLD.validate_python(row._asdict()) for row in rows]


async def is_held(connection: AsyncConnection, client_id: str) -> bool:
    """True while a hold on everything of the client stands."""
    standing = select(holds.c.id).where(
        holds.c.client_id == client_id,
        holds.c.scope == HoldScope.CLIENT.value,
        holds.c.lifted_at.is_(None),
    )
    return (await connection.execute(standing.limit(1))).first() is not None


async def begin_purge(connection: AsyncConnection, purge: Purge, *, now: datetime) -> Purge | None:
    """Takes a client's purge of that day upon itself; None when it is done or at hand in another process."""
    values = {name: getattr(purge, name) for name in Purge.__slots__}
    try:
        async with connection.begin_nested():
            await connection.execute(insert(purges).values(values))
    except IntegrityError:
        query = (
            update(purges)
            .where(
                purges.c.client_id == purge.client_id,
                purges.c.day == purge.day,
                purges.c.finished_at.is_(None),
                purges.c.claimed_until < now,
            )
            .values(claimed_until=purge.claimed_until)
            .returning(purges)
        )
        row = (await connection.execute(query)).one_or_none()
        return PURGE.validate_python(row._asdict()) if row else None
    return purge


async def change_purge(connection: AsyncConnection, purge: Purge) -> None:
    """Writes how far a purge has come."""
    values = {name: getattr(purge, name) for name in Purge.__slots__}
    await connection.execute(update(purges).where(purges.c.id == purge.id).values(values))


async def list_purges(connection: AsyncConnection, client_id: str, *, limit: int) -> list[Purge]:
    """The client's purges, the latest first."""
    query = select(purges).where(purges.c.client_id == client_id).order_by(purges.c.day.desc()).limit(limit)
    return [PURGE.validate_python(row._asdict()) for row in await connection.execute(query)]


async def due_transcripts(
    connection: AsyncConnection, client_id: str, before: datetime, *, limit: int
) -> list[str]:
    """Conversations whose words are due to go: last active before that moment, not held, not gone yet."""
    return await _due(connection, client_id, before, purged_conversations.c.transcript_at, limit)


async def due_notes(
    connection: AsyncConnection, client_id: str, before: datetime, *, limit: int
) -> list[str]:
    """Conversations whose notes are due to go, as `due_transcripts`."""
    return await _due(connection, client_id, before, purged_conversations.c.note_at, limit)


async def count_held(connection: AsyncConnection, client_id: str, before: datetime) -> int:
    """How many conversations last active before that moment stay because of a hold."""
    query = (
        select(func.count())
        .select_from(conversations)
        .where(conversations.c.client_id == client_id, conversations.c.active_at < before, _held())
    )
    return int((await connection.execute(query)).scalar_one())


async def words_gone_at(connection: AsyncConnection, conversation_id: str) -> datetime | None:
    """When what was said in the conversation was deleted; None while it is kept."""
    query = select(purged_conversations.c.transcript_at).where(
        purged_conversations.c.conversation_id == conversation_id
    )
    found: datetime | None = (await connection.execute(query)).scalar_one_or_none()
    return found


async def purge_transcripts(connection: AsyncConnection, ids: Sequence[str], now: datetime) -> int:
    """Deletes what was said in these conversations, and all that quotes it; how many turns that were.

    What stays: that they were held, when, by whom, how hot they were and how they ended.
    """
    count = select(func.count()).select_from(turns).where(turns.c.conversation_id.in_(ids))
    gone = int((await connection.execute(count)).scalar_one())
    for table in (turns, events, whispers, contests, card_answers):
        await connection.execute(delete(table).where(table.c.conversation_id.in_(ids)))
    for quoting in (escalations, limit_steps):
        await connection.execute(update(quoting).where(quoting.c.conversation_id.in_(ids)).values(words=""))
    await connection.execute(
        update(conversations)
        .where(conversations.c.id.in_(ids))
        .values(
            status="ended",
            ended_at=func.coalesce(conversations.c.ended_at, conversations.c.active_at),
            last_words="",
            last_place=None,
            last_turn_id=None,
            card=None,
            picture=EMPTY.to_json(),
            version=conversations.c.version + 1,
        )
    )
    await _mark(connection, ids, transcript_at=now)
    return gone


async def purge_notes(connection: AsyncConnection, ids: Sequence[str], now: datetime) -> int:
    """Deletes the notes of these conversations and what came of them and is settled; how many promises.

    Settled are promises and follow-ups with which nothing is left to do, and letters that were given up.
    """
    await connection.execute(delete(note_versions).where(note_versions.c.conversation_id.in_(ids)))
    await connection.execute(
        delete(search_entries).where(
            search_entries.c.conversation_id.in_(ids), search_entries.c.kind == Kind.NOTE.value
        )
    )
    planned = [state.value for state in WAITING]
    await connection.execute(
        delete(follow_ups).where(follow_ups.c.conversation_id.in_(ids), follow_ups.c.state.not_in(planned))
    )
    await connection.execute(
        delete(outbox).where(outbox.c.conversation_id.in_(ids), outbox.c.gave_up_at.is_not(None))
    )
    settled = delete(promises).where(
        promises.c.conversation_id.in_(ids), promises.c.state.not_in([State.OPEN.value])
    )
    gone = (await connection.execute(settled)).rowcount
    await _mark(connection, ids, note_at=now)
    return gone


async def _due(
    connection: AsyncConnection,
    client_id: str,
    before: datetime,
    gone_at: ColumnElement[Any],
    limit: int,
) -> list[str]:
    gone = exists().where(purged_conversations.c.conversation_id == conversations.c.id, gone_at.is_not(None))
    query = (
        select(conversations.c.id)
        .where(conversations.c.client_id == client_id, conversations.c.active_at < before, ~gone, ~_held())
        .order_by(conversations.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True, of=conversations)
    )
    return list((await connection.execute(query)).scalars())


def _held() -> ColumnElement[bool]:
    covers = or_(
        holds.c.scope == HoldScope.CLIENT.value,
        and_(holds.c.scope == HoldScope.CONVERSATION.value, holds.c.subject == conversations.c.id),
        and_(holds.c.scope == HoldScope.CUSTOMER.value, holds.c.subject == conversations.c.customer_key),
    )
    return exists().where(holds.c.client_id == conversations.c.client_id, holds.c.lifted_at.is_(None), covers)


async def _mark(connection: AsyncConnection, ids: Sequence[str], **moments: datetime) -> None:
    known = select(purged_conversations.c.conversation_id).where(
        purged_conversations.c.conversation_id.in_(ids)
    )
    marked = set((await connection.execute(known)).scalars())
    if marked:
        await connection.execute(
            update(purged_conversations)
            .where(purged_conversations.c.conversation_id.in_(sorted(marked)))
            .values(**moments)
        )
    fresh = [{"conversation_id": each, **moments} for each in ids if each not in marked]
    if fresh:
        await connection.execute(insert(purged_conversations), fresh)
