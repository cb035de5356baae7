"""Documents that a client's people write: published versions, each with who and when, and one draft each.

Knows no kind of document and reads no text.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from coolhead.storage.tables import clients, document_drafts, document_versions


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A published version, without its text.

    Attributes:
        number: counts up from 1 for each client and kind.
        comment: what changed, in the author's words; may be empty.
        restores: the number of the older version that this one brings back; None for a new text.
        author: name of who published it.
        effective_at: from when on it holds, until a later one does.
        withdrawn_at: when it was taken back, before it held; None when it was not.
    """

    client_id: str
    kind: str
    number: int
    comment: str
    restores: int | None
    author_id: str | None
    author: str
    published_at: datetime
    effective_at: datetime
    withdrawn_at: datetime | None = None
    withdrawn_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A text in the making, as of its last change.

    Attributes:
        id: grows with every change; never used again.
        based_on: the last version there was when the draft was begun; 0 for the shipped text.
        change: what the last change was, in a few words.
        undo_to: the id of the state before the last change; None at the first.
        redo_to: the id of the state that was undone; None when nothing was.
        author: name of who made the last change.
    """

    id: int
    client_id: str
    kind: str
    text: str
    based_on: int
    change: str
    undo_to: int | None
    redo_to: int | None
    author_id: str | None
    author: str
    at: datetime


LISTED = tuple(column for column in document_versions.c if column.name != "text")


async def lock(connection: AsyncConnection, client_id: str) -> bool:
    """Keeps other writers from the client's documents until the transaction ends; False without a client."""
    query = select(clients.c.id).where(clients.c.id == client_id).with_for_update(key_share=True)
    return (await connection.execute(query)).one_or_none() is not None


async def add_version(connection: AsyncConnection, version: Version, text: str) -> None:
    """Keeps a version; its number must be new."""
    values = {name: getattr(version, name) for name in Version.__slots__}
    await connection.execute(insert(document_versions).values(**values, text=text))


async def list_versions(connection: AsyncConnection, client_id: str, kind: str) -> list[Version]:
    """Every version of the document, the latest first."""
    query = (
        select(*LISTED)
        .where(document_versions.c.client_id == client_id, document_versions.c.kind == kind)
        .order_by(document_versions.c.number.desc())
    )
    return [Version(**row._mapping) for row in await connection.execute(query)]


async def find_text(connection: AsyncConnection, client_id: str, kind: str, number: int) -> str | None:
    """The text of a version."""
    query = select(document_versions.c.text).where(*_is(client_id, kind, number))
    return (await connection.execute(query)).scalar_one_or_none()


async def numbers_at(connection: AsyncConnection, client_id: str, at: datetime) -> dict[str, int]:
    """The version of each kind that holds at that moment: the one whose time came last."""
    newest_first = func.row_number().over(
        partition_by=document_versions.c.kind,
        order_by=(document_versions.c.effective_at.desc(), document_versions.c.number.desc()),
    )
    ranked = (
        select(document_versions.c.kind, document_versions.c.number, newest_first.label("place"))
        .where(
            document_versions.c.client_id == client_id,
            document_versions.c.effective_at <= at,
            document_versions.c.withdrawn_at.is_(None),
        )
        .subquery()
    )
    rows = await connection.execute(select(ranked.c.kind, ranked.c.number).where(ranked.c.place == 1))
    return {row.kind: row.number for row in rows}


async def list_latest(connection: AsyncConnection, client_id: str) -> dict[str, Version]:
    """The last version of each kind that was published, whether it holds, will hold or was withdrawn."""
    last = (
        select(document_versions.c.kind, func.max(document_versions.c.number).label("number"))
        .where(document_versions.c.client_id == client_id)
        .group_by(document_versions.c.kind)
        .subquery()
    )
    query = (
        select(*LISTED)
        .join(
            last,
            (document_versions.c.kind == last.c.kind) & (document_versions.c.number == last.c.number),
        )
        .where(document_versions.c.client_id == client_id)
    )
    return {row.kind: Version(**row._mapping) for row in await connection.execute(query)}


async def withdraw(
    connection: AsyncConnection, client_id: str, kind: str, number: int, *, by: str, at: datetime
) -> bool:
    """Takes back a version that does not hold yet; False when there is no such one."""
    query = (
        update(document_versions)
        .where(
            *_is(client_id, kind, number),
            document_versions.c.effective_at > at,
            document_versions.c.withdrawn_at.is_(None),
        )
        .values(withdrawn_at=at, withdrawn_by=by)
    )
    return (await connection.execute(query)).rowcount == 1


async def find_draft(connection: AsyncConnection, client_id: str, kind: str) -> Draft | None:
    """The draft as of its last change."""
    query = _drafts(client_id, kind).order_by(document_drafts.c.id.desc()).limit(1)
    return _draft((await connection.execute(query)).one_or_none())


async def find_state(connection: AsyncConnection, client_id: str, kind: str, state_id: int) -> Draft | None:
    """The draft as of an earlier change."""
    query = _drafts(client_id, kind).where(document_drafts.c.id == state_id)
    return _draft((await connection.execute(query)).one_or_none())


async def list_kinds_with_draft(connection: AsyncConnection, client_id: str) -> set[str]:
    """The kinds of which the client has a draft."""
    query = select(document_drafts.c.kind).where(document_drafts.c.client_id == client_id).distinct()
    return set((await connection.execute(query)).scalars())


async def add_draft(connection: AsyncConnection, draft: Draft) -> Draft:
    """Keeps the draft's next state; its `id` is given here."""
    values = {name: getattr(draft, name) for name in Draft.__slots__ if name != "id"}
    made = await connection.execute(insert(document_drafts).values(values).returning(document_drafts.c.id))
    return Draft(id=made.scalar_one(), **values)


async def forget_states(connection: AsyncConnection, client_id: str, kind: str, *, but_last: int) -> None:
    """Forgets the draft's states but the last ones; 0 discards it."""
    here = (document_drafts.c.client_id == client_id, document_drafts.c.kind == kind)
    kept = select(document_drafts.c.id).where(*here).order_by(document_drafts.c.id.desc()).limit(but_last)
    await connection.execute(delete(document_drafts).where(*here, document_drafts.c.id.not_in(kept)))


def _is(client_id: str, kind: str, number: int) -> tuple[Any, ...]:
    return (
        document_versions.c.client_id == client_id,
        document_versions.c.kind == kind,
        document_versions.c.number == number,
    )


def _drafts(client_id: str, kind: str) -> Any:
    return select(document_drafts).where(
        document_drafts.c.client_id == client_id, document_drafts.c.kind == kind
    )


def _draft(row: Any) -> Draft | None:
    return Draft(**row._mapping) if row else None
