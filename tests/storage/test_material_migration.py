"""Documents that were kept under short names are there after names may be longer, and numbered as before."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

from coolhead.storage import database as database_module
from coolhead.storage.database import Database
from coolhead.storage.tables import metadata

AT = "2026-03-18 14:20:00+00:00"
OLD = f"""
INSERT INTO clients (id, name, created_at) VALUES ('old', 'Old', '{AT}');
INSERT INTO document_versions (client_id, kind, number, text, comment, author, published_at, effective_at)
VALUES ('old', 'playbook', 1, 'name: Ours', '', 'Kim', '{AT}', '{AT}');
INSERT INTO document_drafts (client_id, kind, text, based_on, change, author, at)
VALUES ('old', 'limits', 'a', 0, '', 'Kim', '{AT}');
INSERT INTO document_drafts (client_id, kind, text, based_on, change, author, at)
VALUES ('old', 'limits', 'b', 0, '', 'Kim', '{AT}');
DELETE FROM document_drafts WHERE text = 'b'
"""  # noqa: S608 (the test's own words)
LONG = "scenario." + "a" * 40


def run(connection: Connection, move: str, revision: str) -> None:
    config = Config()
    folder = Path(database_module.__file__).parent / "migrations"
    config.set_main_option("script_location", str(folder))
    config.attributes["connection"] = connection
    getattr(command, move)(config, revision)


async def test_documents_are_kept_and_may_have_long_names(database_url: str) -> None:
    database = Database.open(database_url)
    async with database.write() as connection:
        if database.is_sqlite:
            await connection.execute(text("DROP TABLE IF EXISTS search_index"))
        await connection.run_sync(metadata.drop_all)
        await connection.execute(text("DROP TABLE IF EXISTS alembic_version"))
        await connection.run_sync(run, "upgrade", "0011")
        for statement in OLD.split(";\n"):
            await connection.execute(text(statement))
    async with database.write() as connection:
        await connection.run_sync(run, "upgrade", "0012")
        named = {"kind": LONG}
        add = f"""INSERT INTO document_drafts (client_id, kind, text, based_on, change, author, at)
            VALUES ('old', :kind, 'c', 0, '', 'Kim', '{AT}')"""  # noqa: S608 (the test's own words)
        await connection.execute(text(add), named)
        drafts = (await connection.execute(text("SELECT id, text FROM document_drafts ORDER BY id"))).all()
        assert [tuple(row) for row in drafts] == [(1, "a"), (3, "c")]
        versions = await connection.execute(text("SELECT kind, text FROM document_versions"))
        assert [tuple(row) for row in versions] == [("playbook", "name: Ours")]
    async with database.write() as connection:
        await connection.run_sync(run, "downgrade", "0011")
        left = await connection.execute(text("SELECT kind FROM document_drafts"))
        assert left.scalars().all() == ["limits"]
        await connection.run_sync(run, "upgrade", "head")
    await database.close()
