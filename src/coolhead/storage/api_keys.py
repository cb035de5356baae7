"""Keys with which programs use the API; kept as hashes only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from coolhead.storage.tables import api_keys


class Scope(StrEnum):
    """What a key may do."""

    READ = "conversations:read"
    WRITE = "conversations:write"


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKey:
    """One key of one client.

    Attributes:
        name: what people call it ("telephone system").
        key_hash: SHA-256 of the key, hexadecimal.
        beginning: its first characters, to tell keys apart.
        revoked_at: when it stopped working; None while it works.
    """

    id: str
    client_id: str
    name: str
    key_hash: str
    beginning: str
    scopes: frozenset[Scope]
    created_at: datetime
    revoked_at: datetime | None = None


async def add(connection: AsyncConnection, key: ApiKey) -> None:
    """Keeps a key."""
    await connection.execute(
        insert(api_keys).values(
            id=key.id,
            client_id=key.client_id,
            name=key.name,
            key_hash=key.key_hash,
            beginning=key.beginning,
            scopes=" ".join(sorted(key.scopes)),
            created_at=key.created_at,
            revoked_at=key.revoked_at,
        )
    )


async def find(connection: AsyncConnection, key_hash: str) -> ApiKey | None:
    """The working key of that hash."""
    query = select(api_keys).where(api_keys.c.key_hash == key_hash, api_keys.c.revoked_at.is_(None))
    row = (await connection.execute(query)).one_or_none()
    return _key(row) if row else None


async def list_of(connection: AsyncConnection, client_id: str) -> list[ApiKey]:
    """The client's keys, revoked ones too, newest first."""
    query = select(api_keys).where(api_keys.c.client_id == client_id).order_by(api_keys.c.created_at.desc())
    return [_key(row) for row in await connection.execute(query)]


async def revoke(connection: AsyncConnection, client_id: str, key_id: str, now: datetime) -> bool:
    """Stops a key of the client; False when there is no such working key."""
    query = (
        update(api_keys)
        .where(api_keys.c.id == key_id, api_keys.c.client_id == client_id, api_keys.c.revoked_at.is_(None))
        .values(revoked_at=now)
    )
    return (await connection.execute(query)).rowcount == 1


def _key(row: Any) -> ApiKey:
    values = dict(row._mapping)
    return ApiKey(**values | {"scopes": frozenset(Scope(scope) for scope in values["scopes"].split())})
