"""The connection to SQLite or PostgreSQL: reading, writing, migrating. Knows no table.

On SQLite one writer at a time holds the file (`BEGIN IMMEDIATE` behind a lock) while readers go on;
on PostgreSQL rows are guarded by their version and events by a lock that gives ids in commit order.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import URL, Connection, event, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from coolhead.errors import SetupError

DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg", "postgres": "postgresql+asyncpg"}
PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = NORMAL",
    "PRAGMA busy_timeout = 5000",
    "PRAGMA foreign_keys = ON",
)
MIGRATION_LOCK = 7_205_310_001


def database_url(given: str) -> URL:
    """The address with the driver that Coolhead uses.

    Raises:
        SetupError: it is no database address, or of a database that Coolhead does not speak to.
    """
    try:
        url = make_url(given)
    except ArgumentError as error:
        raise SetupError(
            "The database address cannot be read.", hint="Write postgresql://user:password@host/name."
        ) from error
    driver = DRIVERS.get(url.get_backend_name())
    if driver is None:
        raise SetupError(
            f"There is no support for the database {url.get_backend_name()!r}.",
            hint="Use sqlite:///path or postgresql://user:password@host/name.",
        )
    return url.set(drivername=driver)


class Database:
    """One database; open it once a process and close it at the end."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._writer = asyncio.Lock()
        self.is_sqlite = engine.dialect.name == "sqlite"

    @classmethod
    def open(cls, url: str) -> Database:
        """The database at `url`; nothing is connected yet.

        Raises:
            SetupError: the address is wrong, or the driver for it is not installed.
        """
        address = database_url(url)
        if address.get_backend_name() == "sqlite":
            return cls(_sqlite(address))
        try:
            return cls(
                create_async_engine(
                    address, pool_size=10, max_overflow=10, pool_pre_ping=True, hide_parameters=True
                )
            )
        except ModuleNotFoundError as error:
            raise SetupError(
                "PostgreSQL needs the driver asyncpg.", hint="Run: pip install 'coolhead[postgres]'."
            ) from error

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """A connection for reading; each statement sees what is committed when it runs."""
        async with self._engine.connect() as connection:
            if not self.is_sqlite:
                await connection.execution_options(isolation_level="AUTOCOMMIT")
            yield connection

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[AsyncConnection]:
        """A connection for reading; all statements see one moment."""
        async with self._engine.connect() as connection:
            if self.is_sqlite:
                await connection.execution_options(begin="BEGIN")
            else:
                await connection.execution_options(isolation_level="REPEATABLE READ")
            yield connection

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """One transaction: committed when the block ends well, undone when it raises."""
        if not self.is_sqlite:
            async with self._engine.begin() as connection:
                yield connection
            return
        async with self._writer, self._engine.connect() as connection:
            await connection.execution_options(begin="BEGIN IMMEDIATE")
            async with connection.begin():
                yield connection

    async def ping(self) -> None:
        """Returns when the database answers."""
        async with self.read() as connection:
            await connection.execute(text("SELECT 1"))

    async def migrate(self) -> None:
        """Brings the tables to this version's form; safe when several processes start at once.

        Raises:
            SetupError: the database cannot be reached or opened.
        """
        try:
            async with self.write() as connection:
                if not self.is_sqlite:
                    await connection.execute(text(f"SELECT pg_advisory_xact_lock({MIGRATION_LOCK})"))
                await connection.run_sync(_upgrade)
        except (DBAPIError, OSError) as error:
            raise SetupError(
                f"The database at {self._engine.url.render_as_string()} cannot be used.",
                hint="Check that it runs, that its address is right and that its folder can be written.",
            ) from error

    async def close(self) -> None:
        """Closes every connection."""
        await self._engine.dispose()


def _sqlite(url: URL) -> AsyncEngine:
    engine = create_async_engine(url, pool_size=10, max_overflow=20, hide_parameters=True)

    @event.listens_for(engine.sync_engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in PRAGMAS:
            cursor.execute(pragma)
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Connection) -> None:
        if statement := connection.get_execution_options().get("begin"):
            connection.exec_driver_sql(statement)

    return engine


def _upgrade(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
