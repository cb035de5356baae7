"""Who of another sign-in service is which account here."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from coolhead.storage.tables import identities

columns = identities.c


async def find(connection: AsyncConnection, issuer: str, subject: str) -> str | None:
    """Id of the account that this subject of the issuer is."""
    query = select(columns.account_id).where(columns.issuer == issuer, columns.subject == subject)
    return (await connection.execute(query)).scalar_one_or_none()


async def is_linked(connection: AsyncConnection, issuer: str, account_id: str) -> bool:
    """True when the account is already some subject of the issuer."""
    query = select(columns.subject).where(columns.issuer == issuer, columns.account_id == account_id)
    return (await connection.execute(query)).scalar_one_or_none() is not None


async def add(connection: AsyncConnection, issuer: str, subject: str, account_id: str, now: datetime) -> None:
    """Links a subject of the issuer, who must be new, to an account that has none of that issuer."""
    await connection.execute(
        insert(identities).values(issuer=issuer, subject=subject, account_id=account_id, linked_at=now)
    )


async def unlink(connection: AsyncConnection, account_id: str) -> bool:
    """Drops the links of an account; False when there was none."""
    return (await connection.execute(delete(identities).where(columns.account_id == account_id))).rowcount > 0


async def linked_accounts(connection: AsyncConnection) -> frozenset[str]:
    """Ids of the accounts that are linked to somebody elsewhere."""
    return frozenset((await connection.execute(select(columns.account_id))).scalars())
