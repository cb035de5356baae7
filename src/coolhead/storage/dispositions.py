"""Dispositions: what a conversation was about and how it ended, as a person has confirmed it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pydantic import TypeAdapter
from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from coolhead.codebook import Issue, Resolved
from coolhead.storage.tables import dispositions


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmed:
    """A disposition that a person has confirmed; `version` counts how often, from 1."""

    conversation_id: str
    version: int
    issue: Issue
    outcome: Resolved
    confirmed_by: str
    account_id: str | None
    confirmed_at: datetime


CONFIRMED = TypeAdapter(Confirmed)


async def put(connection: AsyncConnection, confirmed: Confirmed) -> None:
    """Keeps the disposition in place of an earlier one."""
    await connection.execute(
        delete(dispositions).where(dispositions.c.conversation_id == confirmed.conversation_id)
    )
    await connection.execute(insert(dispositions).values(CONFIRMED.dump_python(confirmed)))


async def find(connection: AsyncConnection, conversation_id: str) -> Confirmed | None:
    """The conversation's disposition; None while nobody has confirmed one."""
    query = select(dispositions).where(dispositions.c.conversation_id == conversation_id)
    row = (await connection.execute(query)).one_or_none()
    return CONFIRMED.validate_python(row._asdict()) if row else None
