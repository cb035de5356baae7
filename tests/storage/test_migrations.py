from __future__ import annotations

import asyncio

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, text

from coolhead.errors import SetupError
from coolhead.storage.database import Database, database_url
from coolhead.storage.tables import metadata


async def test_the_revisions_lead_to_the_tables_as_they_are_described(database: Database) -> None:
    def described(_thing: object, name: str | None, *_: object) -> bool:
        return not (name or "").startswith("search_index")  # FTS5's tables, or an index of PostgreSQL's own

    def differences(connection: Connection) -> list[object]:
        context = MigrationContext.configure(connection, opts={"include_object": described})
        return list(compare_metadata(context, metadata))

    async with database.read() as connection:
        assert await connection.run_sync(differences) == []


async def test_migrating_again_changes_nothing(database: Database) -> None:
    await database.migrate()


async def test_two_processes_may_migrate_at_once(database_url: str) -> None:
    one, other = Database.open(database_url), Database.open(database_url)
    async with one.write() as connection:
        await connection.run_sync(metadata.drop_all)
        await connection.execute(text("DROP TABLE IF EXISTS alembic_version"))
    await asyncio.gather(one.migrate(), other.migrate())
    await one.close()
    await other.close()


async def test_sqlite_is_set_up_as_it_should_be(tmp_path) -> None:
    database = Database.open(f"sqlite:///{tmp_path / 'x.db'}")
    async with database.read() as connection:
        found = {
            name: (await connection.execute(text(f"PRAGMA {name}"))).scalar_one()
            for name in ("journal_mode", "synchronous", "busy_timeout", "foreign_keys")
        }
    await database.close()
    assert found == {"journal_mode": "wal", "synchronous": 1, "busy_timeout": 5000, "foreign_keys": 1}


@pytest.mark.parametrize("address", ["mysql://u@h/d", "not an address", ""])
def test_an_address_that_will_not_do_is_told_with_what_to_do(address: str) -> None:
    with pytest.raises(SetupError) as caught:
        database_url(address)
    assert "postgresql://" in caught.value.hint


def test_the_driver_is_always_named() -> None:
    assert database_url("postgresql://u:p@h/d").drivername == "postgresql+asyncpg"
    assert database_url("postgresql+psycopg://u:p@h/d").drivername == "postgresql+asyncpg"
    assert database_url("sqlite:///x.db").drivername == "sqlite+aiosqlite"


async def test_a_database_that_cannot_be_opened_is_told_without_its_password() -> None:
    database = Database.open("postgresql://someone:hush@127.0.0.1:1/nowhere")
    with pytest.raises(SetupError) as caught:
        await database.migrate()
    await database.close()
    assert "hush" not in str(caught.value)
    assert "running" in str(caught.value) or "runs" in str(caught.value)
