"""Links with which people choose a new password; kept as hashes only, each good for one use."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from coolhead.storage.tables import password_resets

columns = password_resets.c


async def add(connection: AsyncConnection, token_hash: str, account_id: str, expires_at: datetime) -> None:
    """Keeps a link of the account, in place of any before it."""
    await forget(connection, account_id)
    await connection.execute(
        insert(password_resets).values(token_hash=token_hash, account_id=account_id, expires_at=expires_at)
    )


async def find(connection: AsyncConnection, token_hash: str, now: datetime) -> str | None:
    """Id of the account whose link it is, unless it was used or has expired."""
    query = select(columns.account_id).where(columns.token_hash == token_hash, columns.expires_at > now)
    return (await connection.execute(query)).scalar_one_or_none()


async def use(connection: AsyncConnection, token_hash: str, now: datetime) -> str | None:
    """Like `find`, and the link is used up; of several at once, one alone gets the account."""
    query = (
        delete(password_resets)
        .where(columns.token_hash == token_hash, columns.expires_at > now)
        .returning(columns.account_id)
    )
    return (await connection.execute(query)).scalar_one_or_none()


async def forget(connection: AsyncConnection, account_id: str) -> None:
    """Drops the links of an account."""
    await connection.execute(delete(password_resets).where(columns.account_id == account_id))


async def forget_expired(connection: AsyncConnection, now: datetime) -> None:
    """Drops links that have expired."""
    await connection.execute(delete(password_resets).where(columns.expires_at <= now))
