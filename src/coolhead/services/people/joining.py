"""How an account comes to be: what is asked of its address, name and roles. Called inside a transaction."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import uuid4

from sqlalchemy.ext.asyncio import AsyncConnection

from coolhead.errors import ConflictError, InputError
from coolhead.services.access import Viewer, no_client
from coolhead.services.audit import record
from coolhead.services.text import readable
from coolhead.storage import accounts, clients
from coolhead.storage.accounts import Account, Role
from coolhead.storage.audit import Action

LONGEST_EMAIL = 320
LONGEST_NAME = 200
ONE_ADDRESS = re.compile(r"""[^\s@,;:<>()\[\]"\\]+@[^\s@,;:<>()\[\]"\\]+""")
"""An address with no mark by which a letter's header would go to others as well."""


def email_key(email: str) -> str:
    """The e-mail address as accounts are found by it."""
    return readable(email).strip().lower()


def email_given(email: str) -> str:
    """The e-mail address to keep.

    Raises:
        InputError: it is none.
    """
    email = email_key(email)
    if not ONE_ADDRESS.fullmatch(email) or len(email) > LONGEST_EMAIL:
        raise InputError("That is no e-mail address.", hint="Write it like name@example.com.")
    return email


def name_given(name: str) -> str:
    """The name to keep.

    Raises:
        InputError: it is empty or too long.
    """
    name = readable(name).strip()
    if not 1 <= len(name) <= LONGEST_NAME:
        raise InputError(f"A name has 1 to {LONGEST_NAME} characters.")
    return name


def new_account(email: str, name: str, password_hash: str, now: datetime, *, is_admin: bool) -> Account:
    """An account that is not kept yet; an empty `password_hash` is for those who come in without a password.

    Raises:
        InputError: the address or the name will not do.
    """
    return Account(
        id=uuid4().hex,
        email=email_given(email),
        name=name_given(name),
        is_admin=is_admin,
        password_hash=password_hash,
        active=True,
        created_at=now,
    )


async def join(
    connection: AsyncConnection, account: Account, roles: Mapping[str, Role], by: Viewer | None
) -> None:
    """Keeps a new account with its roles, and records it.

    Raises:
        ConflictError: the e-mail address has an account.
        NotFoundError: there is no such client.
        InputError: somebody cannot be that at a client.
    """
    if await accounts.find_by_email(connection, account.email):
        raise ConflictError("That e-mail address has an account.", hint="Use another one.")
    await require_roles(connection, roles)
    await accounts.add(connection, account, roles)
    await record(
        connection,
        by,
        Action.ACCOUNT_CREATED,
        at=account.created_at,
        subject=account.id,
        name=account.name,
        rights=rights_told(roles, is_admin=account.is_admin),
    )


async def require_roles(connection: AsyncConnection, roles: Mapping[str, Role]) -> None:
    """Passes roles that people can have at clients that exist.

    Raises:
        NotFoundError: there is no such client.
        InputError: somebody cannot be that at a client.
    """
    if Role.ADMIN in roles.values():
        raise InputError("Nobody is admin of one client.", hint="Make them admin of the installation.")
    await require_clients(connection, roles)


async def require_clients(connection: AsyncConnection, client_ids: Iterable[str]) -> None:
    """Passes clients that exist.

    Raises:
        NotFoundError: there is no such client.
    """
    for client_id in sorted(client_ids):
        if await clients.find(connection, client_id) is None:
            raise no_client(client_id)


def rights_told(roles: Mapping[str, Role], *, is_admin: bool) -> str:
    """Roles as the audit log tells them: "admin; main: agent"."""
    told = [f"{client_id}: {role.words}" for client_id, role in sorted(roles.items())]
    return "; ".join((["admin"] if is_admin else []) + told) or "none"
