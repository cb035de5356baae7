"""Accounts: the people who sign in, and the clients they are assigned to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from coolhead.storage.tables import account_clients, accounts


class Role(StrEnum):
    """What a person does here; each may also do what those before it may."""

    AGENT = "agent"
    SUPERVISOR = "supervisor"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One person who can sign in.

    Attributes:
        email: what they sign in with, in lower case.
        password_hash: argon2id.
        active: False for people who may no longer sign in.
    """

    id: str
    email: str
    name: str
    role: Role
    password_hash: str
    active: bool
    created_at: datetime


async def add(connection: AsyncConnection, account: Account, client_ids: Iterable[str]) -> None:
    """Keeps an account and assigns it to clients; its e-mail address must be new."""
    await connection.execute(
        insert(accounts).values(
            id=account.id,
            email=account.email,
            name=account.name,
            role=account.role.value,
            password_hash=account.password_hash,
            active=account.active,
            created_at=account.created_at,
        )
    )
    await assign(connection, account.id, client_ids)


async def assign(connection: AsyncConnection, account_id: str, client_ids: Iterable[str]) -> None:
    """Assigns the account to exactly these clients."""
    await connection.execute(delete(account_clients).where(account_clients.c.account_id == account_id))
    rows = [{"account_id": account_id, "client_id": client_id} for client_id in sorted(set(client_ids))]
    if rows:
        await connection.execute(insert(account_clients), rows)


async def change(connection: AsyncConnection, account_id: str, **values: Any) -> None:
    """Changes columns of an account (name, role, password_hash, active)."""
    await connection.execute(update(accounts).where(accounts.c.id == account_id).values(**values))


async def find(connection: AsyncConnection, account_id: str) -> Account | None:
    """The account of that id."""
    return _one((await connection.execute(select(accounts).where(accounts.c.id == account_id))).one_or_none())


async def find_by_email(connection: AsyncConnection, email: str) -> Account | None:
    """The account that signs in with that e-mail address (in lower case)."""
    return _one((await connection.execute(select(accounts).where(accounts.c.email == email))).one_or_none())


async def list_all(connection: AsyncConnection) -> list[Account]:
    """Every account, by name."""
    rows = await connection.execute(select(accounts).order_by(accounts.c.name, accounts.c.id))
    return [_account(row) for row in rows]


async def count_active_admins(connection: AsyncConnection) -> int:
    """How many admins can sign in."""
    query = select(func.count()).where(accounts.c.role == Role.ADMIN.value, accounts.c.active)
    return int((await connection.execute(query)).scalar_one())


async def clients_of(connection: AsyncConnection, account_id: str) -> frozenset[str]:
    """Ids of the clients that the account is assigned to."""
    query = select(account_clients.c.client_id).where(account_clients.c.account_id == account_id)
    return frozenset((await connection.execute(query)).scalars())


def _one(row: Any) -> Account | None:
    return _account(row) if row else None


def _account(row: Any) -> Account:
    values = row._asdict()
    return Account(**values | {"role": Role(values["role"])})
