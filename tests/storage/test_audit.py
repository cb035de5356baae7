"""The audit log on both databases: added to, read, never changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from coolhead.storage import audit
from coolhead.storage.audit import Action, Entry, Filter
from coolhead.storage.database import Database

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
VIEW = Entry(
    at=NOW, action=Action.VIEWED, actor_id="sam", actor="Sam", client_id="a", subject="c1", details={"n": 1}
)


@pytest.fixture
async def log(database: Database) -> Database:
    async with database.write() as connection:
        for number in range(4):
            at, client_id = NOW + timedelta(hours=number), "ab"[number % 2]
            await audit.add(connection, replace(VIEW, at=at, client_id=client_id, subject=f"c{number}"))
    return database


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE audit_entries SET actor = 'Eve'",
        "UPDATE audit_entries SET actor = 'Eve' WHERE id = 1",
        "DELETE FROM audit_entries",
        "DELETE FROM audit_entries WHERE id = 2",
        "TRUNCATE audit_entries",
        "REPLACE INTO audit_entries SELECT 1, at, action, 'eve', 'Eve', NULL, '', '{}' FROM audit_entries",
    ],
)
async def test_the_database_refuses_to_change_what_was_recorded(log: Database, change: str) -> None:
    with pytest.raises(DBAPIError):
        async with log.write() as connection:
            await connection.execute(text(change))
    async with log.read() as connection:
        assert len(await audit.list_of(connection, Filter(), limit=9)) == 4


@pytest.mark.parametrize(
    ("which", "found"),
    [
        (Filter(), "3210"),
        (Filter(client_ids={"a"}), "20"),
        (Filter(client_ids=()), ""),
        (Filter(actions=(Action.EXPORTED,)), ""),
        (Filter(actions=(Action.VIEWED, Action.EXPORTED), actor_id="sam", subject="c1"), "1"),
        (Filter(actor_id="eve"), ""),
        (Filter(since=NOW + timedelta(hours=1), until=NOW + timedelta(hours=3)), "21"),
        (Filter(before=3), "10"),
    ],
)
async def test_entries_are_found_by_what_they_tell(log: Database, which: Filter, found: str) -> None:
    async with log.read() as connection:
        listed = await audit.list_of(connection, which, limit=9)
        streamed = [entry async for entry in audit.stream(connection, which)]
    assert "".join(entry.subject[1:] for entry in listed) == found
    assert streamed == listed[::-1]


async def test_a_log_longer_than_a_chunk_is_read_whole(database: Database, monkeypatch) -> None:
    monkeypatch.setattr(audit, "CHUNK", 3)
    async with database.write() as connection:
        for number in range(7):
            await audit.add(connection, replace(VIEW, subject=str(number)))
    async with database.read() as connection:
        assert [each.subject async for each in audit.stream(connection, Filter())] == list("0123456")


async def test_an_entry_comes_back_as_it_was(database: Database) -> None:
    async with database.write() as connection:
        await audit.add(connection, VIEW)
    async with database.read() as connection:
        (found,) = await audit.list_of(connection, Filter(), limit=1)
    assert replace(found, id=0) == VIEW
