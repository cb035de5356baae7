"""What was made from conversations that are deleted: scenarios with their versions, and runs of them.

A scenario says which conversation it was made from by that one's mark, and so does every copy of it and every
run, which holds the scenario that it was played by.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, Table, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from coolhead.storage.tables import (
    assignments,
    document_drafts,
    document_versions,
    practice_reflections,
    practice_runs,
)

PREFIX = "scenario."
COMMENT = "Deleted with the conversation that it was made from"
_MADE_FROM = re.compile(r"[\"\n]made_from\"?: *[\"']?([0-9a-f]{8})")


async def remove(
    connection: AsyncConnection, client_id: str, marks: Collection[str], *, by: str, at: datetime
) -> dict[str, int]:
    """Deletes what was made from the conversations of these marks; how many rows went, by table.

    Versions stay, with who published them and when, but without a word of their text; a last one says why.
    """
    kinds = {f"{PREFIX}from-life-{mark}" for mark in marks}
    for table in (document_versions, document_drafts):
        kinds |= await _made_from(connection, table, client_id, marks)
    counts = await _remove_runs(connection, client_id, {each.removeprefix(PREFIX) for each in kinds}, marks)
    counts["document_drafts"] = await _delete(connection, document_drafts, client_id, kinds)
    counts["document_versions"] = await _empty(connection, client_id, kinds, by=by, at=at)
    return {name: count for name, count in counts.items() if count}


async def _made_from(
    connection: AsyncConnection, table: Table, client_id: str, marks: Collection[str]
) -> set[str]:
    """The kinds of which a text in the table names one of the marks."""
    query = select(table.c.kind, table.c.text).where(
        table.c.client_id == client_id, table.c.kind.startswith(PREFIX), table.c.text.contains("made_from:")
    )
    return {row.kind for row in await connection.execute(query) if _names(row.text, marks)}


def _names(text: str, marks: Collection[str]) -> bool:
    return any(match.group(1) in marks for match in _MADE_FROM.finditer(text))


async def _remove_runs(
    connection: AsyncConnection, client_id: str, scenarios: Collection[str], marks: Collection[str]
) -> dict[str, int]:
    here = practice_runs.c.client_id == client_id
    marked = select(practice_runs.c.id, practice_runs.c.run).where(
        here, practice_runs.c.run.contains('"made_from":"')
    )
    ids = {row.id for row in await connection.execute(marked) if _names(row.run, marks)}
    played = select(practice_runs.c.id).where(here, practice_runs.c.scenario_id.in_(sorted(scenarios)))
    ids |= set((await connection.execute(played)).scalars())
    theirs = practice_runs.c.id.in_(sorted(ids))
    asked = assignments.c.subject_id.in_(sorted(scenarios)) & (assignments.c.kind == "scenario")
    reflected = practice_reflections.c.run_id.in_(sorted(ids))
    counts = {
        "practice_reflections": await _count(connection, practice_reflections, reflected),
        "practice_runs": (await connection.execute(delete(practice_runs).where(theirs))).rowcount,
        "assignments": (
            await connection.execute(delete(assignments).where(assignments.c.client_id == client_id, asked))
        ).rowcount,
    }
    return counts


async def _count(connection: AsyncConnection, table: Table, which: ColumnElement[bool]) -> int:
    return int((await connection.execute(select(func.count()).select_from(table).where(which))).scalar_one())


async def _delete(connection: AsyncConnection, table: Table, client_id: str, kinds: Collection[str]) -> int:
    query = delete(table).where(table.c.client_id == client_id, table.c.kind.in_(sorted(kinds)))
    return (await connection.execute(query)).rowcount


async def _empty(
    connection: AsyncConnection, client_id: str, kinds: Collection[str], *, by: str, at: datetime
) -> int:
    """Empties the texts of all versions, and adds an empty one that holds from now on."""
    here = (document_versions.c.client_id == client_id, document_versions.c.kind.in_(sorted(kinds)))
    last = select(document_versions.c.kind, func.max(document_versions.c.number).label("number"))
    numbers = {row.kind: row.number for row in await connection.execute(last.where(*here).group_by("kind"))}
    gone = (await connection.execute(update(document_versions).where(*here).values(text=""))).rowcount
    for kind, number in sorted(numbers.items()):
        await connection.execute(
            insert(document_versions).values(
                client_id=client_id,
                kind=kind,
                number=number + 1,
                text="",
                comment=COMMENT,
                author=by,
                published_at=at,
                effective_at=at,
            )
        )
    return gone
