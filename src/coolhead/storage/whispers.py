"""Whispers: a supervisor's private words to the agent, never seen by the customer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from coolhead.storage.tables import whispers


@dataclass(frozen=True, slots=True, kw_only=True)
class Whisper:
    """One private note; `author` is the supervisor's name, `author_id` their account."""

    id: str
    conversation_id: str
    author_id: str | None
    author: str
    text: str
    at: datetime


async def add(connection: AsyncConnection, whisper: Whisper) -> None:
    """Keeps a whisper."""
    await connection.execute(
        insert(whispers).values({name: getattr(whisper, name) for name in Whisper.__slots__})
    )


async def list_of(connection: AsyncConnection, conversation_id: str) -> list[Whisper]:
    """The conversation's whispers, oldest first."""
    query = (
        select(whispers)
        .where(whispers.c.conversation_id == conversation_id)
        .order_by(whispers.c.at, whispers.c.id)
    )
    return [Whisper(**row._mapping) for row in await connection.execute(query)]
