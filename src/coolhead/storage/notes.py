"""Notes: the wrap-up note as a person has edited it; an unedited note is written anew from the picture."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from coolhead.storage.tables import notes


@dataclass(frozen=True, slots=True, kw_only=True)
class EditedNote:
    """A note in a person's words; `edited_by` is their name."""

    conversation_id: str
    text: str
    edited_by: str
    edited_at: datetime


async def put(connection: AsyncConnection, note: EditedNote) -> None:
    """Keeps the note in place of an earlier one."""
    await connection.execute(delete(notes).where(notes.c.conversation_id == note.conversation_id))
    await connection.execute(
        insert(notes).values({name: getattr(note, name) for name in EditedNote.__slots__})
    )


async def find(connection: AsyncConnection, conversation_id: str) -> EditedNote | None:
    """The conversation's edited note; None when nobody has edited it."""
    query = select(notes).where(notes.c.conversation_id == conversation_id)
    row = (await connection.execute(query)).one_or_none()
    return EditedNote(**row._mapping) if row else None
