"""A file made to do harm is refused whole: nothing in it may break or reach what other clients have."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert

from coolhead.errors import FileError, InputError
from coolhead.services.keeping import portability
from coolhead.services.keeping.portability import Portability
from coolhead.storage import clients
from coolhead.storage.clients import Client
from coolhead.storage.database import Database
from coolhead.storage.tables import customers
from coolhead.wiring import Services
from tests.services.test_portability import NOW, changed, packed, populate, rows_of

HARMFUL: list[tuple[str, str, Any]] = [
    ("clients", "hours", "no hours"),
    ("clients", "time_zone", "../../etc/passwd"),
    ("clients", "tone", "shrill"),
    ("clients", "forgotten_after", 10**12),
    ("retention_rules", "transcript_days", 10**12),
    ("account_clients", "role", "emperor"),
    ("audit_entries", "action", "sky.fell"),
    ("audit_entries", "details", [1]),
    ("events", "kind", "sky_fell"),
    ("inlets", "origin", "https://a.example; script-src *"),
    ("inlets", "kind", "telepathy"),
    ("webhooks", "url", "file:///etc/passwd"),
    ("conversations", "status", "odd"),
    ("conversations", "picture", "no picture"),
    ("turns", "speaker", "a ghost"),
    ("turns", "place", 10**400),
    ("promises", "state", "odd"),
    ("escalations", "state", "odd"),
    ("follow_ups", "state", "odd"),
    ("pauses", "channel", "odd"),
    ("customers", "merged_into", "theirs"),
    ("people", "email", "two@example.com, three@example.com"),
    ("people", "name", ""),
]


@pytest.fixture
async def elsewhere(tmp_path: Path) -> AsyncIterator[Database]:
    """An installation with another client and a customer of that."""
    database = Database.open(f"sqlite:///{tmp_path / 'elsewhere.db'}")
    await database.migrate()
    async with database.write() as connection:
        await clients.add(connection, Client(id="other", name="Other", created_at=NOW))
        await connection.execute(
            insert(customers).values(
                id="theirs", client_id="other", key="k", since=NOW, merged_by="", version=1
            )
        )
    yield database
    await database.close()


def with_value(column: str, value: Any) -> Callable[[bytes], bytes]:
    """A change of a file by which every row has that value."""

    def change(body: bytes) -> bytes:
        rows = [json.loads(line) | {column: value} for line in body.splitlines()]
        return b"".join(json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in rows)

    return change


async def test_values_that_would_stop_every_client_are_refused(
    services: Services, elsewhere: Database
) -> None:
    """Each would break a list, a stream, a header or a job that serves other clients too."""
    admin = await populate(services)
    file = await packed(services, admin)
    away = Portability(elsewhere, lambda: NOW)
    for noun, column, value in HARMFUL:
        harmful = changed(file, f"{noun}.jsonl", with_value(column, value))
        try:
            await away.take_in(admin, io.BytesIO(harmful))
        except (FileError, InputError):
            pass
        else:
            pytest.fail(f"{noun}.{column} was taken")
        assert not any((await rows_of(elsewhere)).values()), (noun, column)
    await away.take_in(admin, io.BytesIO(file))


async def test_customers_merged_in_a_circle_are_refused(services: Services, elsewhere: Database) -> None:
    admin = await populate(services)

    def chained(*, closed: bool) -> Callable[[bytes], bytes]:
        def change(body: bytes) -> bytes:
            row = json.loads(body.splitlines()[0])
            rows = [
                row
                | {
                    "id": str(at),
                    "key": str(at),
                    "merged_into": str((at + 1) % 3) if at < 2 + closed else None,
                }
                for at in range(3)
            ]
            return b"".join(json.dumps(each).encode() + b"\n" for each in rows)

        return change

    file, away = await packed(services, admin), Portability(elsewhere, lambda: NOW)
    with pytest.raises(FileError):
        await away.take_in(admin, io.BytesIO(changed(file, "customers.jsonl", chained(closed=True))))
    await away.take_in(admin, io.BytesIO(changed(file, "customers.jsonl", chained(closed=False))))


async def test_the_name_in_the_file_is_held_to_the_rules_of_names(
    services: Services, elsewhere: Database
) -> None:
    admin = await populate(services)

    def rename(body: bytes) -> bytes:
        return json.dumps(json.loads(body) | {"client_id": "../admin>\r\nx"}).encode()

    file = changed(await packed(services, admin), "manifest.json", rename)
    with pytest.raises(InputError):
        await Portability(elsewhere, lambda: NOW).take_in(admin, io.BytesIO(file))


async def test_what_grows_out_of_proportion_or_cannot_be_unpacked_is_refused(
    services: Services, elsewhere: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin = await populate(services)
    file = await packed(services, admin)
    monkeypatch.setattr(portability, "LARGE", 1_000_000)
    bomb, strange = io.BytesIO(), io.BytesIO()
    for out, method in ((bomb, zipfile.ZIP_DEFLATED), (strange, zipfile.ZIP_LZMA)):
        with zipfile.ZipFile(io.BytesIO(file)) as old, zipfile.ZipFile(out, "w", method) as new:
            for name in old.namelist():
                new.writestr(name, b"\n" * 2_000_000 if name == "turns.jsonl" else old.read(name))
    torn = bytearray(file)
    with zipfile.ZipFile(io.BytesIO(file)) as old:
        first = old.infolist()[0]
    at = first.header_offset + 30 + len(first.filename)
    torn[at : at + 40] = b"\xff" * 40
    for each in (bomb.getvalue(), strange.getvalue(), bytes(torn)):
        with pytest.raises(FileError):
            await Portability(elsewhere, lambda: NOW).take_in(admin, io.BytesIO(each))
