"""Some services alone, without an engine, for commands that need no more."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from argon2 import PasswordHasher

from coolhead.config import Settings
from coolhead.logs import configure_logs
from coolhead.services.keeping.portability import Portability
from coolhead.services.people.accounts import Accounts
from coolhead.services.people.passwords import Passwords
from coolhead.storage.database import Database
from coolhead.wiring.ground import local_now, make_folder


@asynccontextmanager
async def opened_accounts(settings: Settings) -> AsyncIterator[Accounts]:
    """The accounts alone, without an engine, for commands that need no more.

    Raises:
        SetupError: the data folder or the database cannot be used.
    """
    async with _opened_database(settings) as database:
        yield Accounts(database, local_now, Passwords(PasswordHasher()))


@asynccontextmanager
async def opened_portability(settings: Settings) -> AsyncIterator[Portability]:
    """What takes a client away and in, without an engine.

    Raises:
        SetupError: the data folder or the database cannot be used.
    """
    async with _opened_database(settings) as database:
        yield Portability(database, local_now)


@asynccontextmanager
async def _opened_database(settings: Settings) -> AsyncIterator[Database]:
    configure_logs(settings.log_level)
    if not settings.database:
        make_folder(settings)
    database = Database.open(settings.database_url)
    try:
        await database.migrate()
        yield database
    finally:
        await database.close()
