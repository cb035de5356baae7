"""What was there before notes had versions and words could be searched is kept, and found."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

from coolhead.casework.finding import needles
from coolhead.codebook import Heat, Issue, Resolved
from coolhead.picture.state import HeatPoint, Picture
from coolhead.storage import conversations, moments, notes, search
from coolhead.storage import database as database_module
from coolhead.storage.database import Database
from coolhead.storage.search import Where
from coolhead.storage.tables import metadata

ONE = "1" * 32
AT = "2026-03-18 14:20:00+00:00"
PICTURE = Picture(
    course=(HeatPoint(turn_id="t", number=0, level=Heat.ANGRY, score=60.0),),
    issue={Issue.BILLING: 0.8, Issue.OTHER: 0.2},
    resolved={Resolved.NO: 0.9, Resolved.YES: 0.1},
)
OLD = f"""
INSERT INTO clients (id, name, created_at) VALUES ('old', 'Old', '{AT}');
INSERT INTO conversations (id, client_id, channel, status, customer, agent, opened_at, active_at, version,
  turns, last_words, heat, level, trend, stage, risk, alerts, curve, picture)
VALUES ('{ONE}', 'old', 'chat', 'ended', 'Zoë', '', '{AT}', '{AT}', 3,
  1, '', 0, 0, 'steady', 'listen', 0, 0, '[]', :picture);
INSERT INTO turns (conversation_id, id, place, speaker, text, received_at, heat, reading)
VALUES ('{ONE}', 't', 0, 'customer', 'My parcel', '{AT}', 0, '{{}}');
INSERT INTO notes (conversation_id, text, edited_by, edited_at)
VALUES ('{ONE}', 'Voucher sent.', 'Mara', '{AT}')
"""  # noqa: S608 (the test's own words)


def to(connection: Connection, revision: str) -> None:
    config = Config()
    folder = Path(database_module.__file__).parent / "migrations"
    config.set_main_option("script_location", str(folder))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def old_rows(connection: Connection) -> None:
    for statement in OLD.split(";\n"):
        given = {"picture": PICTURE.to_json()} if ":picture" in statement else {}
        connection.execute(text(statement), given)


async def test_old_notes_become_first_versions_and_old_words_are_found(database_url: str) -> None:
    database = Database.open(database_url)
    async with database.write() as connection:
        if database.is_sqlite:
            await connection.execute(text("DROP TABLE IF EXISTS search_index"))
        await connection.run_sync(metadata.drop_all)
        await connection.execute(text("DROP TABLE IF EXISTS alembic_version"))
    async with database.write() as connection:
        await connection.run_sync(to, "0006")
        await connection.run_sync(old_rows)
    await database.migrate()
    async with database.read() as connection:
        note = await notes.find(connection, ONE)
        assert note is not None
        assert (note.version, note.text, note.edited_by) == (1, "Voucher sent.", "Mara")
        summary = await conversations.find(connection, ONE)
        assert summary is not None
        assert (summary.issue, summary.resolved, summary.peak) == (Issue.BILLING, Resolved.NO, Heat.ANGRY)
        assert len(await moments.list_of(connection, ONE)) == 1
        asked = needles("zoe parcel voucher")
        assert await search.find(connection, asked, Where(client_ids=["old"]), limit=9) == [ONE]
    await database.close()
