"""Accounts: the people who sign in, and the clients they are assigned to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import delete, func, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from coolhead.storage.tables import account_clients, accounts

ADMINS_LOCK = 7_205_310_004


class Role(StrEnum):
    """What a person is at a client; admins are so for the whole installation, and at no client."""

    AGENT = "agent"
    SUPERVISOR = "supervisor"
    ANALYST = "analyst"
    TRAINER = "trainer"
    CLIENT_VIEWER = "client_viewer"
    ADMIN = "admin"

    @property
    def words(self) -> str:
        """The role as people read it."""
        return self.value.replace("_", " ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One person who can sign in.

    Attributes:
        email: what they sign in with, in lower case.
        is_admin: True for those who may do everything at every client.
        password_hash: argon2id.
        active: False for people who may no longer sign in.
    """

    id: str
    email: str
    name: str
    is_admin: bool
    password_hash: str
    active: bool
    created_at: datetime


async def add(connection: AsyncConnection, account: Account, roles: Mapping[str, Role]) -> None:
    """Keeps an account with its role at each client; its e-mail address must be new."""
    await connection.execute(
        insert(accounts).values(
            id=account.id,
            email=account.email,
            name=account.name,
            is_admin=account.is_admin,
            password_hash=account.password_hash,
            active=account.active,
            created_at=account.created_at,
        )
    )
    await assign(connection, account.id, roles)


async def assign(connection: AsyncConnection, account_id: str, roles: Mapping[str, Role]) -> None:
    """Assigns the account to exactly these clients, in these roles."""
    await connection.execute(delete(account_clients).where(account_clients.c.account_id == account_id))
    rows = [
        {"account_id": account_id, "client_id": client_id, "role": role.value}
        for client_id, role in sorted(roles.items())
    ]
    if rows:
        await connection.execute(insert(account_clients), rows)


async def change(connection: AsyncConnection, account_id: str, **values: Any) -> None:
    """Changes columns of an account (name, is_admin, password_hash, active)."""
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


async def hold_admins(connection: AsyncConnection) -> None:
    """Lets nobody else decide who is an admin until the transaction ends; on SQLite it is the only writer.

    Call it first: two admins who each take the other's rights away would else leave none, and whoever comes
    next would be asked to become the first.
    """
    if connection.dialect.name == "postgresql":
        await connection.execute(text(f"SELECT pg_advisory_xact_lock({ADMINS_LOCK})"))


async def count_active_admins(connection: AsyncConnection) -> int:
    """How many admins can sign in."""
    query = select(func.count()).where(accounts.c.is_admin, accounts.c.active)
    return int((await connection.execute(query)).scalar_one())


async def roles_of(connection: AsyncConnection, account_id: str) -> dict[str, Role]:
    """What the account is at each client that it is assigned to, by the client's id."""
    return (await list_roles(connection, account_id)).get(account_id, {})


async def list_roles(
    connection: AsyncConnection, account_id: str | None = None
) -> dict[str, dict[str, Role]]:
    """What every account (or that one) is at each of its clients: by account, then by client."""
    query = select(account_clients).order_by(account_clients.c.client_id)
    if account_id is not None:
        query = query.where(account_clients.c.account_id == account_id)
    found: dict[str, dict[str, Role]] = {}
    for row in await connection.execute(query):
        found.setdefault(row.account_id, {})[row.client_id] = Role(row.role)
    return found


def _one(row: Any) -> Account | None:
    return _account(row) if row else None


def _account(row: Any) -> Account:
    return Account(**row._asdict())
