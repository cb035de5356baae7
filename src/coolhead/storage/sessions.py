"""Sessions of signed-in people, and the failed attempts to sign in; tokens are kept as hashes only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, insert, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from coolhead.storage.tables import sessions, sign_in_failures

ATTEMPTS_LOCK = 7_205_310_003


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One browser in which a person is signed in.

    Attributes:
        token_hash: SHA-256 of the cookie's token, hexadecimal.
        address: network address at sign-in.
        browser: the User-Agent at sign-in, cut to 200 characters.
    """

    id: str
    token_hash: str
    account_id: str
    created_at: datetime
    seen_at: datetime
    expires_at: datetime
    address: str
    browser: str


async def add(connection: AsyncConnection, session: Session) -> None:
    """Keeps a session."""
    await connection.execute(
        insert(sessions).values({name: getattr(session, name) for name in Session.__slots__})
    )


async def find(connection: AsyncConnection, token_hash: str, now: datetime) -> Session | None:
    """The session of that token, unless it has expired."""
    query = select(sessions).where(sessions.c.token_hash == token_hash, sessions.c.expires_at > now)
    row = (await connection.execute(query)).one_or_none()
    return Session(**row._mapping) if row else None


async def list_of(connection: AsyncConnection, account_id: str, now: datetime) -> list[Session]:
    """The account's sessions that have not expired, the latest seen first."""
    query = (
        select(sessions)
        .where(sessions.c.account_id == account_id, sessions.c.expires_at > now)
        .order_by(sessions.c.seen_at.desc())
    )
    return [Session(**row._mapping) for row in await connection.execute(query)]


async def touch(connection: AsyncConnection, session_id: str, now: datetime) -> None:
    """Notes that the session was used."""
    await connection.execute(update(sessions).where(sessions.c.id == session_id).values(seen_at=now))


async def end(connection: AsyncConnection, *, token_hash: str) -> None:
    """Ends the session of that token; nothing happens when there is none."""
    await connection.execute(delete(sessions).where(sessions.c.token_hash == token_hash))


async def end_of(
    connection: AsyncConnection, account_id: str, *, session_id: str | None = None, but: str | None = None
) -> int:
    """Ends one session of the account, or all of them, or all but one; how many that were."""
    query = delete(sessions).where(sessions.c.account_id == account_id)
    if session_id is not None:
        query = query.where(sessions.c.id == session_id)
    if but is not None:
        query = query.where(sessions.c.id != but)
    return (await connection.execute(query)).rowcount


async def forget_expired(connection: AsyncConnection, now: datetime, failures_before: datetime) -> None:
    """Drops expired sessions, and failures from before a moment."""
    await connection.execute(delete(sessions).where(sessions.c.expires_at <= now))
    await connection.execute(delete(sign_in_failures).where(sign_in_failures.c.at < failures_before))


async def add_failure(connection: AsyncConnection, email: str, address: str, now: datetime) -> None:
    """Notes an attempt to sign in that has not succeeded."""
    await connection.execute(insert(sign_in_failures).values(email=email, address=address, at=now))


async def count_failures(
    connection: AsyncConnection, email: str, address: str, since: datetime
) -> tuple[int, int]:
    """How many attempts have failed since then: with that e-mail address, and from that network address.

    No other attempt is counted until the transaction ends.
    """
    if connection.dialect.name == "postgresql":
        await connection.execute(text(f"SELECT pg_advisory_xact_lock({ATTEMPTS_LOCK})"))
    column = sign_in_failures.c
    query = select(
        func.count().filter(column.email == email), func.count().filter(column.address == address)
    ).where(column.at >= since, or_(column.email == email, column.address == address))
    by_email, by_address = (await connection.execute(query)).one()
    return int(by_email), int(by_address)


async def forget_failures(connection: AsyncConnection, email: str) -> None:
    """Drops the failures of an e-mail address after a success."""
    await connection.execute(delete(sign_in_failures).where(sign_in_failures.c.email == email))
