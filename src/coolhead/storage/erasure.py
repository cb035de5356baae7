"""Takes conversations out for good, with every row of every table that belongs to them, and counts them.

Which tables those are follows from the foreign keys: a table added later is counted and emptied as well.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import ColumnElement, Table, delete, func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from coolhead.storage.tables import conversations, metadata


async def remove(connection: AsyncConnection, conversation_ids: Collection[str]) -> dict[str, int]:
    """Deletes the conversations with all that is theirs; how many rows went, by table, without empty ones.

    On SQLite what is freed is overwritten, and the words are taken out of the search index's own pages too.
    """
    counts: dict[str, int] = {}
    ids = sorted(conversation_ids)
    for table, theirs in _owned(ids):
        query = select(func.count()).select_from(table).where(theirs)
        if found := int((await connection.execute(query)).scalar_one()):
            counts[table.name] = found
    is_sqlite = connection.dialect.name == "sqlite"
    if is_sqlite:
        await connection.execute(text("PRAGMA secure_delete = ON"))
    await connection.execute(delete(conversations).where(conversations.c.id.in_(ids)))
    if is_sqlite:
        await connection.execute(text("INSERT INTO search_index(search_index) VALUES ('optimize')"))
        await connection.execute(text("PRAGMA secure_delete = OFF"))
    return counts


def _owned(ids: Collection[str]) -> Iterator[tuple[Table, ColumnElement[bool]]]:
    """Every table whose rows go with a conversation, and which of its rows go with these."""
    theirs: dict[Table, ColumnElement[bool]] = {conversations: conversations.c.id.in_(ids)}
    for table in metadata.sorted_tables:
        for key in sorted(table.foreign_keys, key=lambda each: each.parent.name):
            parent: Any = key.column.table
            if parent in theirs and key.ondelete == "CASCADE" and table not in theirs:
                theirs[table] = key.parent.in_(select(key.column).where(theirs[parent]))
    yield from theirs.items()
