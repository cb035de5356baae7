"""Invitations: an e-mail address that may become an account; tokens are kept as hashes only."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from coolhead.storage.accounts import Role
from coolhead.storage.tables import invitations

columns = invitations.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """Somebody who is to have an account.

    Attributes:
        token_hash: SHA-256 of the link's token, hexadecimal.
        email: in lower case.
        name: as the one who invites knows them; may be empty.
        roles: what they will be at each client.
        invited_by: the account of who invites; None when that is gone.
    """

    id: str
    token_hash: str
    email: str
    name: str
    is_admin: bool
    roles: Mapping[str, Role]
    invited_by: str | None
    created_at: datetime
    expires_at: datetime


async def add(connection: AsyncConnection, invitation: Invitation) -> None:
    """Keeps an invitation, in place of any before it for the same address."""
    await connection.execute(delete(invitations).where(columns.email == invitation.email))
    values = {name: getattr(invitation, name) for name in Invitation.__slots__}
    roles = json.dumps({client_id: role.value for client_id, role in invitation.roles.items()})
    await connection.execute(insert(invitations).values(values | {"roles": roles}))


async def list_of(connection: AsyncConnection, now: datetime) -> list[Invitation]:
    """Those that are still open, the latest first."""
    query = select(invitations).where(columns.expires_at > now).order_by(columns.created_at.desc())
    return [_invitation(row) for row in await connection.execute(query)]


async def find(connection: AsyncConnection, token_hash: str, now: datetime) -> Invitation | None:
    """The open invitation of that token."""
    query = select(invitations).where(columns.token_hash == token_hash, columns.expires_at > now)
    row = (await connection.execute(query)).one_or_none()
    return _invitation(row) if row else None


async def find_by_email(connection: AsyncConnection, email: str, now: datetime) -> Invitation | None:
    """The open invitation for that e-mail address (in lower case)."""
    query = select(invitations).where(columns.email == email, columns.expires_at > now)
    row = (await connection.execute(query)).one_or_none()
    return _invitation(row) if row else None


async def forget_by(connection: AsyncConnection, account_id: str) -> None:
    """Drops what that person has invited to."""
    await connection.execute(delete(invitations).where(columns.invited_by == account_id))


async def take_out(connection: AsyncConnection, invitation_id: str) -> Invitation | None:
    """Takes an invitation out, used or withdrawn; of several at once, one alone gets it."""
    query = delete(invitations).where(columns.id == invitation_id).returning(*invitations.c)
    row = (await connection.execute(query)).one_or_none()
    return _invitation(row) if row else None


def _invitation(row: Any) -> Invitation:
    values = row._asdict()
    roles = {client_id: Role(role) for client_id, role in json.loads(values["roles"]).items()}
    return Invitation(**values | {"roles": roles})
