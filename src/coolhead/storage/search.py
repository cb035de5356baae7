"""Full text of conversations: customers, turns and notes, found by the words that `casework.finding` folds.

One table holds the folded words, put there by the repositories in the transaction that keeps the text; what
is deleted takes its words along. SQLite's FTS5 or PostgreSQL's tsvector indexes them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Subquery,
    and_,
    case,
    cast,
    column,
    delete,
    func,
    insert,
    literal_column,
    or_,
    select,
    table,
)
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.ext.asyncio import AsyncConnection

from coolhead.casework.finding import Needle, folded
from coolhead.codebook import Heat, Issue, Resolved
from coolhead.conversation.turn import Turn
from coolhead.storage.tables import conversations, dispositions, note_versions, search_entries, turns

MOST_PLACES = 20
"""Places in one conversation that are looked at to show the best of them."""

FTS5 = table("search_index", column("rowid"), column("rank"))
TSVECTOR = func.array_to_tsvector(func.string_to_array(search_entries.c.words, literal_column("' '")))
"""Written exactly as the index has it, so that PostgreSQL uses that."""


class Kind(StrEnum):
    """What was found."""

    CUSTOMER = "customer"
    NOTE = "note"
    TURN = "turn"


WEIGHT = {Kind.CUSTOMER.value: 4.0, Kind.NOTE.value: 2.0, Kind.TURN.value: 1.0}
"""What a word found there counts; a turn is one of many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """Where to search; None means anywhere.

    Attributes:
        client_ids: only in conversations of these clients.
        since: only in those opened at that moment or later.
        until: only in those opened before that moment.
        issue: only in those about this: as confirmed, else as the picture has it.
        outcome: only in those that ended so: as confirmed, else as the picture has it.
        heat: only in those in which the customer was at least so hot.
    """

    client_ids: Collection[str] | None = None
    since: datetime | None = None
    until: datetime | None = None
    issue: Issue | None = None
    outcome: Resolved | None = None
    heat: Heat | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A text in which something was found; `turn_id` when it is a turn's."""

    kind: Kind
    turn_id: str | None
    text: str


async def put_turns(connection: AsyncConnection, conversation_id: str, said: Iterable[Turn]) -> None:
    """Makes turns found; they are kept already. Their words go when they go."""
    entries = [
        {
            "conversation_id": conversation_id,
            "kind": Kind.TURN.value,
            "turn_id": turn.id,
            "words": folded(turn.text),
        }
        for turn in said
    ]
    if entries:
        await connection.execute(insert(search_entries), entries)


async def put_note(connection: AsyncConnection, conversation_id: str, written: str) -> None:
    """Makes the conversation found by its note, and no more by an earlier one."""
    await _put(connection, conversation_id, Kind.NOTE, written)


async def put_customer(connection: AsyncConnection, conversation_id: str, customer: str) -> None:
    """Makes the conversation found by its customer's name and key, and no more by earlier ones."""
    await _put(connection, conversation_id, Kind.CUSTOMER, customer)


async def find(
    connection: AsyncConnection, asked: Sequence[Needle], where: Where, *, limit: int, offset: int = 0
) -> list[str]:
    """Ids of the conversations that hold every needle, those that hold them best and most often first.

    Where nothing is asked for, all that stand where is searched, the latest active first.
    """
    query = _narrowed(select(conversations.c.id), connection, asked, where)
    if asked:
        score = _scores(connection, asked)
        query = query.join(score, score.c.conversation_id == conversations.c.id)
        query = query.order_by(score.c.score.desc())
    query = query.order_by(conversations.c.active_at.desc(), conversations.c.id)
    return list((await connection.execute(query.limit(limit).offset(offset))).scalars())


async def count(connection: AsyncConnection, asked: Sequence[Needle], where: Where) -> int:
    """How many conversations hold every needle."""
    query = _narrowed(select(func.count()).select_from(conversations), connection, asked, where)
    return int((await connection.execute(query)).scalar_one())


async def places(
    connection: AsyncConnection, asked: Sequence[Needle], conversation_ids: Sequence[str]
) -> dict[str, list[Place]]:
    """Where in these conversations any needle stands: customer, note, then the first turns."""
    if not asked:
        return {}
    order = func.row_number().over(
        partition_by=search_entries.c.conversation_id, order_by=(search_entries.c.kind, search_entries.c.id)
    )
    entries = (
        select(search_entries, order.label("number"))
        .where(search_entries.c.conversation_id.in_(conversation_ids), _holds_any(connection, asked))
        .subquery()
    )
    latest = select(func.max(note_versions.c.version)).where(
        note_versions.c.conversation_id == conversations.c.id
    )
    written = case(
        (entries.c.kind == Kind.TURN.value, turns.c.text),
        (entries.c.kind == Kind.NOTE.value, note_versions.c.text),
        else_=conversations.c.customer,
    )
    query = (
        select(entries.c.conversation_id, entries.c.kind, entries.c.turn_id, written.label("text"))
        .join(conversations, conversations.c.id == entries.c.conversation_id)
        .outerjoin(
            turns, and_(turns.c.conversation_id == conversations.c.id, turns.c.id == entries.c.turn_id)
        )
        .outerjoin(
            note_versions,
            and_(
                note_versions.c.conversation_id == conversations.c.id,
                note_versions.c.version == latest.correlate(conversations).scalar_subquery(),
            ),
        )
        .where(entries.c.number <= MOST_PLACES)
        .order_by(entries.c.number)
    )
    found: dict[str, list[Place]] = {}
    for row in await connection.execute(query):
        place = Place(kind=Kind(row.kind), turn_id=row.turn_id, text=row.text)
        found.setdefault(row.conversation_id, []).append(place)
    return found


async def _put(connection: AsyncConnection, conversation_id: str, kind: Kind, words: str) -> None:
    await connection.execute(
        delete(search_entries).where(
            search_entries.c.conversation_id == conversation_id, search_entries.c.kind == kind.value
        )
    )
    entry = {"conversation_id": conversation_id, "kind": kind.value, "words": folded(words)}
    await connection.execute(insert(search_entries).values(entry))


def _narrowed(
    query: Select[Any], connection: AsyncConnection, asked: Sequence[Needle], where: Where
) -> Select[Any]:
    """Only conversations that hold every needle, each somewhere, and that stand where is searched."""
    for needle in asked:
        holding = select(search_entries.c.conversation_id).where(_holds_any(connection, [needle]))
        query = query.where(conversations.c.id.in_(holding))
    query = query.outerjoin(dispositions, dispositions.c.conversation_id == conversations.c.id)
    if where.client_ids is not None:
        query = query.where(conversations.c.client_id.in_(sorted(where.client_ids)))
    if where.since is not None:
        query = query.where(conversations.c.opened_at >= where.since)
    if where.until is not None:
        query = query.where(conversations.c.opened_at < where.until)
    if where.issue is not None:
        query = query.where(func.coalesce(dispositions.c.issue, conversations.c.issue) == where.issue.value)
    if where.outcome is not None:
        query = query.where(
            func.coalesce(dispositions.c.outcome, conversations.c.resolved) == where.outcome.value
        )
    if where.heat is not None:
        query = query.where(conversations.c.peak >= int(where.heat))
    return query


def _scores(connection: AsyncConnection, asked: Sequence[Needle]) -> Subquery:
    """What each conversation that holds any needle is worth: the sum over its entries."""
    weight = case(WEIGHT, value=search_entries.c.kind, else_=0.0)
    if connection.dialect.name == "sqlite":
        # Unlimited, so that SQLite does not merge the query into the outer one, in which FTS5 has no rank.
        ranked = select(FTS5.c.rowid, FTS5.c.rank).where(_fts5_holds(asked)).limit(-1).subquery()
        worth: ColumnElement[float] = -ranked.c.rank
        query = select(search_entries.c.conversation_id).join(ranked, ranked.c.rowid == search_entries.c.id)
    else:
        any_word = " | ".join(_tsquery(needle) for needle in asked)
        worth = func.ts_rank(TSVECTOR, cast(any_word, TSQUERY))
        query = select(search_entries.c.conversation_id).where(_holds_any(connection, asked))
    scored = query.add_columns(func.sum(weight * worth).label("score"))
    return scored.group_by(search_entries.c.conversation_id).subquery()


def _holds_any(connection: AsyncConnection, asked: Sequence[Needle]) -> ColumnElement[bool]:
    """True for entries that hold one of the needles at least."""
    if connection.dialect.name == "sqlite":
        return search_entries.c.id.in_(select(FTS5.c.rowid).where(_fts5_holds(asked)))
    return or_(*map(_tsvector_holds, asked))


def _fts5_holds(asked: Sequence[Needle]) -> ColumnElement[bool]:
    phrases = (f'"{" ".join(needle.words)}"{" *" if needle.is_beginning else ""}' for needle in asked)
    return literal_column("search_index").bool_op("MATCH")(" OR ".join(phrases))


def _tsvector_holds(needle: Needle) -> ColumnElement[bool]:
    """The words are in the index; that they stand side by side, only the text tells."""
    holds = TSVECTOR.bool_op("@@")(cast(_tsquery(needle), TSQUERY))
    if len(needle.words) == 1:
        return holds
    side_by_side = f"% {' '.join(needle.words)}{'' if needle.is_beginning else ' '}%"
    return and_(holds, (" " + search_entries.c.words + " ").like(side_by_side))


def _tsquery(needle: Needle) -> str:
    """The needle as PostgreSQL writes it; the words hold letters and digits only."""
    *first, last = (f"'{word}'" for word in needle.words)
    return " & ".join([*first, f"{last}:*" if needle.is_beginning else last])
