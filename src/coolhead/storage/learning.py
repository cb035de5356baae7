"""What was counted of live conversations and practice runs: numbers alone, a row for each that has ended."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, Select, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from coolhead.practice.learning.progress import Counts, Source
from coolhead.storage.tables import conversations, learning_counts, practice_runs


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """A conversation or a run that has ended and is not counted yet.

    Attributes:
        again_from: the first of a run's rounds that is its own; what comes before was copied. 1 for others.
    """

    id: str
    source: Source
    client_id: str
    account_id: str
    ended_at: datetime
    again_from: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptCounts:
    """The counts of a conversation or a run; `id` is the conversation's or the run's."""

    id: str
    source: Source
    account_id: str
    ended_at: datetime
    counts: Counts


COUNTS = TypeAdapter(Counts)


async def list_uncounted(
    connection: AsyncConnection, since: datetime, *, limit: int, account_id: str | None = None
) -> list[Ended]:
    """What ended since then and is not counted yet, the latest first; of one person, or for None of all."""
    found = [
        Ended(
            id=row.id,
            source=Source.LIVE,
            client_id=row.client_id,
            account_id=row.agent_id,
            ended_at=row.ended_at,
        )
        for row in await connection.execute(_live(since, account_id).limit(limit))
    ]
    found += [
        Ended(
            id=row.id,
            source=Source.PRACTICE,
            client_id=row.client_id,
            account_id=row.account_id,
            ended_at=row.ended_at,
            again_from=row.again_from or 1,
        )
        for row in await connection.execute(_practice(since, account_id).limit(limit))
    ]
    return found


async def add(connection: AsyncConnection, ended: Ended, counts: Counts) -> None:
    """Keeps the counts of what ended; nothing happens when somebody was quicker."""
    column = _column(ended.source)
    known = select(learning_counts.c.id).where(column == ended.id)
    if (await connection.execute(known)).first():
        return
    await connection.execute(
        insert(learning_counts).values(
            id=uuid4().hex,
            client_id=ended.client_id,
            account_id=ended.account_id,
            ended_at=ended.ended_at,
            counts=COUNTS.dump_json(counts).decode(),
            **{column.name: ended.id},
        )
    )


async def find_run(connection: AsyncConnection, run_id: str) -> str | None:
    """The JSON of a practice run."""
    query = select(practice_runs.c.run).where(practice_runs.c.id == run_id)
    return (await connection.execute(query)).scalar_one_or_none()


async def list_counts(
    connection: AsyncConnection,
    client_id: str,
    since: datetime,
    *,
    accounts: Collection[str] | None = None,
    source: Source | None = None,
) -> list[KeptCounts]:
    """The counts of what ended at the client since then, of these people (None: of all), oldest first."""
    query = select(learning_counts).where(
        learning_counts.c.client_id == client_id, learning_counts.c.ended_at >= since
    )
    if accounts is not None:
        query = query.where(learning_counts.c.account_id.in_(sorted(accounts)))
    if source is not None:
        query = query.where(_column(source).is_not(None))
    query = query.order_by(learning_counts.c.ended_at, learning_counts.c.id)
    return [
        KeptCounts(
            id=row.conversation_id or row.run_id,
            source=Source.LIVE if row.conversation_id else Source.PRACTICE,
            account_id=row.account_id,
            ended_at=row.ended_at,
            counts=COUNTS.validate_json(row.counts),
        )
        for row in await connection.execute(query)
    ]


def _column(source: Source) -> ColumnElement[str]:
    return learning_counts.c.conversation_id if source is Source.LIVE else learning_counts.c.run_id


def _live(since: datetime, account_id: str | None) -> Select[tuple[str, str, str, datetime]]:
    counted = select(learning_counts.c.conversation_id).where(learning_counts.c.conversation_id.is_not(None))
    table = conversations
    query = select(table.c.id, table.c.client_id, table.c.agent_id, table.c.ended_at).where(
        table.c.ended_at >= since, table.c.agent_id.is_not(None), table.c.id.not_in(counted)
    )
    if account_id is not None:
        query = query.where(table.c.agent_id == account_id)
    return query.order_by(table.c.ended_at.desc(), table.c.id)


def _practice(since: datetime, account_id: str | None) -> Select[tuple[str, str, str, datetime, int]]:
    counted = select(learning_counts.c.run_id).where(learning_counts.c.run_id.is_not(None))
    table = practice_runs
    query = select(
        table.c.id, table.c.client_id, table.c.account_id, table.c.ended_at, table.c.again_from
    ).where(table.c.ended_at >= since, table.c.rounds > 0, table.c.id.not_in(counted))
    if account_id is not None:
        query = query.where(table.c.account_id == account_id)
    return query.order_by(table.c.ended_at.desc(), table.c.id)
