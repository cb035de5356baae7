"""Accounts of the first version keep what they may do, and lose nothing that refers to them."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

from coolhead.storage import accounts, database
from coolhead.storage.accounts import Role
from coolhead.storage.database import Database
from coolhead.storage.tables import metadata

ROLES = ("agent", "supervisor", "admin")
ACCOUNT = text(
    "INSERT INTO accounts (id, email, name, role, password_hash, active, created_at)"
    " VALUES (:id, :email, :name, :role, 'h', (1 = 1), CURRENT_TIMESTAMP)"
)
SESSION = text(
    "INSERT INTO sessions (id, token_hash, account_id, created_at, seen_at, expires_at, address, browser)"
    " VALUES ('s', 't', 'agent', CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, '', '')"
)


def run(connection: Connection, step: str, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(database.__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    getattr(command, step)(config, revision)


@pytest.fixture
async def old(database_url: str) -> Database:
    opened = Database.open(database_url)
    async with opened.write() as connection:
        await connection.run_sync(metadata.drop_all)
        await connection.execute(text("DROP TABLE IF EXISTS alembic_version"))
        await connection.run_sync(run, "upgrade", "0002")
        await connection.execute(
            text("INSERT INTO clients (id, name, created_at) VALUES ('a', 'A', CURRENT_TIMESTAMP)")
        )
        for role in ROLES:
            account = {"id": role, "email": f"{role}@x", "name": role, "role": role}
            await connection.execute(ACCOUNT, account)
            await connection.execute(text("INSERT INTO account_clients VALUES (:role, 'a')"), {"role": role})
        await connection.execute(SESSION)
    return opened


async def test_roles_become_roles_at_clients_and_back(old: Database) -> None:
    async with old.write() as connection:
        await connection.run_sync(run, "upgrade", "0003")
    async with old.read() as connection:
        everyone = {each.id: each.is_admin for each in await accounts.list_all(connection)}
        roles = await accounts.list_roles(connection)
        kept = (await connection.execute(text("SELECT account_id FROM sessions"))).scalars().all()
    assert everyone == {"agent": False, "supervisor": False, "admin": True}
    assert roles == {
        "admin": {"a": Role.SUPERVISOR},
        "agent": {"a": Role.AGENT},
        "supervisor": {"a": Role.SUPERVISOR},
    }
    assert kept == ["agent"]
    async with old.write() as connection:
        await connection.run_sync(run, "downgrade", "0002")
    async with old.read() as connection:
        back = await connection.execute(text("SELECT id, role FROM accounts ORDER BY id"))
        assert [tuple(row) for row in back] == [
            ("admin", "admin"),
            ("agent", "agent"),
            ("supervisor", "supervisor"),
        ]
    async with old.write() as connection:
        await connection.run_sync(run, "upgrade", "head")
    await old.close()
