"""Notes: every version of the wrap-up note that a person has written; before, it is drafted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from coolhead.storage import search
from coolhead.storage.tables import note_versions


@dataclass(frozen=True, slots=True, kw_only=True)
class EditedNote:
    """A note in a person's words.

    Attributes:
        version: counts the versions of one conversation's note, from 1.
        edited_by: the person's name; `editor_id` is their account, None when that is gone.
        restored: the earlier version whose words these are; None when they were written anew.
    """

    conversation_id: str
    version: int
    text: str
    edited_by: str
    editor_id: str | None
    edited_at: datetime
    restored: int | None = None


async def add(connection: AsyncConnection, note: EditedNote) -> None:
    """Keeps a version; its number must be new to the conversation."""
    values = {name: getattr(note, name) for name in EditedNote.__slots__}
    await connection.execute(insert(note_versions).values(values))
    await search.put_note(connection, note.conversation_id, note.text)


async def find(connection: AsyncConnection, conversation_id: str) -> EditedNote | None:
    """The latest version; None when nobody has edited the note."""
    versions = await list_of(connection, conversation_id, limit=1)
    return versions[0] if versions else None


async def list_of(
    connection: AsyncConnection, conversation_id: str, *, limit: int | None = None
) -> list[EditedNote]:
    """The versions, the latest first."""
    query = (
        select(note_versions)
        .where(note_versions.c.conversation_id == conversation_id)
        .order_by(note_versions.c.version.desc())
        .limit(limit)
    )
    return [EditedNote(**row._mapping) for row in await connection.execute(query)]
