"""A client is taken away from one kind of database and in to the other; nothing of it is lost."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Boolean, Column, Date, Float, Integer, insert, select, update

from coolhead.conversation.formats import read_conversations
from coolhead.conversation.turn import Conversation
from coolhead.errors import ConflictError, CoolheadError, FileError, ForbiddenError, InputError, NotFoundError
from coolhead.services.access import Viewer
from coolhead.services.conversations.live import Opening
from coolhead.services.keeping import portability
from coolhead.services.keeping.portability import Portability
from coolhead.storage import portable
from coolhead.storage.accounts import Role
from coolhead.storage.database import Database
from coolhead.storage.events import EventKind
from coolhead.storage.inlets import InletKind
from coolhead.storage.portable import LEFT, NOUNS, Noun
from coolhead.storage.tables import metadata
from coolhead.storage.tables.kernel import Instant
from coolhead.wiring import Services
from tests.conftest import empty, running_services
from tests.services.people import person, talk

NOW = datetime(2026, 3, 18, 14, 20, 0, 123456, tzinfo=UTC)
VALUES: dict[str, Any] = {
    "state": "open", "move": "add", "before": None, "after": "open", "who": "agent", "scope": "client",
    "origin": "agent", "step": "warn", "channel": "chat", "kind": "credit", "answer": "open", "choices": "[]",
    "currency": "EUR", "month": "2026-03", "level": 1, "details": "{}", "action": "client.changed",
    "subject": "x", "outcome": "yes", "issue": "billing",
}  # fmt: skip
"""What fills the columns in which not every text stands."""
SPECIAL: dict[tuple[str, str], Any] = {
    ("escalations", "state"): "requested",
    ("escalation_moves", "state"): "requested",
    ("escalation_moves", "move"): "request",
    ("limit_steps", "kind"): "profanity",
    ("gestures", "state"): "spent",
    ("contests", "field"): "heat",
    ("follow_ups", "state"): "scheduled",
    ("follow_ups", "kind"): "call",
    ("follow_ups", "why"): "hot owed",
    ("follow_up_moves", "move"): "move",
    ("follow_up_moves", "after"): "scheduled",
    ("offers", "chosen"): None,
    ("card_answers", "answer"): "done",
    ("document_drafts", "kind"): "playbook",
    ("document_versions", "kind"): "playbook",
    ("practice_runs", "difficulty"): "easy",
    ("practice_runs", "ending"): "stopped",
    ("drill_runs", "items"): '["a"]',
    ("drill_runs", "answers"): '[{"item":"a","text":"Zoë","right":true,"why":"","better":""}]',
    ("assignments", "kind"): "drill",
    ("assignments", "role"): "agent",
}


class Filler:
    """Adds rows to every noun that the use cases of a test have left empty, two each."""

    def __init__(self, database: Database, conversation_id: str, account_id: str) -> None:
        self.database = database
        self.named: dict[str, Any] = {
            "clients": "main", "conversations": conversation_id, "accounts": account_id,
        }  # fmt: skip

    async def fill(self) -> None:
        for noun in NOUNS:
            async with self.database.write() as connection:
                rows = [row async for row in portable.stream(connection, noun, "main")]
                if not rows:
                    given = [self.row(noun, number) for number in range(2 if self.may_repeat(noun) else 1)]
                    await connection.execute(insert(noun.table), given)
                    if "id" in noun.table.c and not noun.numbered:
                        self.named[noun.name] = given[0]["id"]
            await self.tie(noun)

    async def tie(self, noun: Noun) -> None:
        """Lets rows that name one another by number do so."""
        if noun.later:
            async with self.database.write() as connection:
                first, last = sorted((await connection.execute(select(noun.table.c.id))).scalars())
                await connection.execute(
                    update(noun.table).where(noun.table.c.id == first).values({noun.later: last})
                )
        for name in noun.refers:
            async with self.database.write() as connection:
                first, *_, last = (await connection.execute(select(noun.table.c.id))).scalars()
                await connection.execute(update(noun.table).values({name: None}))
                await connection.execute(
                    update(noun.table).where(noun.table.c.id == last).values({name: first})
                )

    def may_repeat(self, noun: Noun) -> bool:
        """False where the key, or something unique, is all that the rows would share."""
        own = {column.name for column in noun.table.primary_key.columns}
        unique = any(column.unique for column in noun.table.c)
        return not unique and bool(own & {"id", "version", "number"})

    def row(self, noun: Noun, number: int) -> dict[str, Any]:
        return {
            column.name: self.value(noun, column, number)
            for column in noun.table.c
            if not (noun.numbered and column.name == "id")
        }

    def value(self, noun: Noun, column: Column[Any], number: int) -> Any:
        for key in column.foreign_keys:
            return self.named.get(key.column.table.name)
        given = dict.fromkeys(noun.json, '{"a":1}') | VALUES | {"client_id": "main"}
        given |= {name: value for (table, name), value in SPECIAL.items() if table == noun.name}
        if column.primary_key and column.name == "id":
            given["id"] = f"{noun.name[:8]}{number:024x}"
        return given[column.name] if column.name in given else plain(column, number)


def plain(column: Column[Any], number: int) -> Any:
    """A value of the column's type."""
    kinds: list[tuple[type, Any]] = [
        (Instant, NOW + timedelta(days=number)),
        (Date, date(2026, 3, 1 + number)),
        (Boolean, True),
        (Float, 0.1 + number),
        (Integer, number),
    ]
    text = f"Zoë 🙂 {column.name} {number}"
    return next((value for kind, value in kinds if isinstance(column.type, kind)), text)


async def populate(services: Services) -> Viewer:
    """A client with everything that a client may own; the admin who made it."""
    admin = await person(services, "Ada", Role.ADMIN)
    await person(services, "Mo", Role.AGENT, "main")
    opening = Opening(client_id="main", customer="Zoë 🙂", customer_key="zoe@example.com", reference="call-1")
    summary, _ = await services.live.open(admin, opening)
    await services.live.add_turns(admin, summary.id, talk(7))
    await services.wrap_up.edit_note(admin, summary.id, "They spoke of a saxophone.", base=0)
    await services.live.end(admin, summary.id)
    await services.webhooks.add(admin, "main", "CRM", "https://crm.example/", [EventKind.ENDED])
    await services.inlets.add(admin, "main", InletKind.TICKET, "Helpdesk")
    await Filler(services.database, summary.id, admin.id).fill()
    return admin


async def packed(services: Services, viewer: Viewer, client_id: str = "main") -> bytes:
    pieces = [piece async for piece in await services.portability.export(viewer, client_id)]
    return b"".join(pieces)


async def rows_of(database: Database, client_id: str = "main") -> dict[str, list[dict[str, Any]]]:
    """Everything that the client owns, without what is known to differ elsewhere: counters and secrets."""
    found = {}
    async with database.snapshot() as connection:
        for noun in NOUNS:
            rows = [row async for row in portable.stream(connection, noun, client_id)]
            if noun.numbered:
                numbers = {row["id"]: place for place, row in enumerate(rows)}
                for row in rows:
                    row |= {name: numbers.get(row[name], row[name]) for name in ("id", *noun.refers)}
            found[noun.name] = rows
    return found


@pytest.fixture
async def here(database_url: str) -> AsyncIterator[Services]:
    async with running_services(database_url) as services:
        yield services


@pytest.fixture
async def there(request: pytest.FixtureRequest, database_url: str, tmp_path: Path) -> AsyncIterator[Database]:
    """An empty database of the other kind."""
    kind = "postgres_url" if database_url.startswith("sqlite") else None
    url = request.getfixturevalue(kind) if kind else f"sqlite:///{tmp_path / 'there.db'}"
    database = Database.open(url)
    await database.migrate()
    await empty(database)
    yield database
    await database.close()


def test_every_table_is_taken_along_or_left_for_a_reason() -> None:
    """A new table has to be put into NOUNS, or into LEFT with the reason."""
    nouns = [noun.name for noun in NOUNS]
    assert len(nouns) == len(set(nouns))
    assert set(nouns) | set(LEFT) == set(metadata.tables)
    assert set(nouns).isdisjoint(LEFT)
    for name in LEFT:
        assert name in ("accounts", "outbox") or "client_id" not in metadata.tables[name].c or LEFT[name]


def test_nouns_come_after_what_they_refer_to() -> None:
    seen = set()
    for noun in NOUNS:
        others = {key.column.table.name for column in noun.table.c for key in column.foreign_keys}
        assert others - {noun.name, "accounts"} <= seen, noun.name
        seen.add(noun.name)


async def test_nothing_is_lost_on_the_way_to_another_kind_of_database(
    here: Services, there: Database
) -> None:
    admin = await populate(here)
    file = await packed(here, admin)
    before = await rows_of(here.database)
    assert [name for name, rows in before.items() if not rows] == []
    taken = await Portability(there, lambda: NOW).take_in(admin, io.BytesIO(file))
    after = await rows_of(there)
    del after["audit_entries"][-1]  # that it was taken in
    for rows in (before, after):
        for webhook in rows["webhooks"]:
            del webhook["disabled_at"], webhook["disabled_because"]
    assert after == before
    assert taken.rows["turns"] == 7
    async with there.read() as connection:
        accounts = (await connection.execute(select(metadata.tables["accounts"]))).all()
        words = list((await connection.execute(select(metadata.tables["search_entries"].c.words))).scalars())
    assert {(each.email, each.active, each.is_admin, each.password_hash) for each in accounts} == {
        ("ada@example.com", False, False, ""),
        ("mo@example.com", False, False, ""),
    }
    assert any("saxophone" in each for each in words)
    assert len(words) == 9


async def test_a_file_holds_open_formats_and_no_secret(services: Services, tmp_path: Path) -> None:
    admin = await populate(services)
    file = await packed(services, admin)
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        names = set(archive.namelist())
        (vcon,) = [name for name in names if name.endswith(".vcon.json")]
        (conversation,) = read_conversations(Path(archive.extract(vcon, tmp_path)))
        everything = b"".join(archive.read(name) for name in names)
        turns = [json.loads(line) for line in archive.read("turns.jsonl").splitlines()]
    assert manifest["format"] == "coolhead-client"
    assert manifest["vcons"] == 1
    assert set(manifest["files"]) | {"manifest.json", vcon} == names
    assert isinstance(conversation, Conversation)
    assert len(conversation.turns) == len(turns) == 7
    assert isinstance(turns[0]["reading"], dict)
    async with services.database.read() as connection:
        for table, column in (("webhooks", "secret"), ("inlets", "secret"), ("accounts", "password_hash")):
            for secret in (await connection.execute(select(metadata.tables[table].c[column]))).scalars():
                assert secret.encode() not in everything


async def test_a_client_is_taken_in_under_another_name_and_leaves_the_others_alone(
    here: Services, there: Database
) -> None:
    admin = await populate(here)
    file = await packed(here, admin)
    elsewhere = Portability(there, lambda: NOW)
    async with there.write() as connection:
        await connection.execute(
            insert(metadata.tables["clients"]).values(
                {**(await rows_of(here.database))["clients"][0], "created_at": NOW, "hours": "{}"}
            )
        )
    untouched = await rows_of(there)
    with pytest.raises(ConflictError):
        await elsewhere.take_in(admin, io.BytesIO(file))
    await elsewhere.take_in(admin, io.BytesIO(file), "northline")
    assert await rows_of(there) == untouched
    moved = await rows_of(there, "northline")
    assert {row["client_id"] for row in moved["conversations"]} == {"northline"}
    opened = next(row for row in moved["events"] if row["kind"] == "opened")
    assert opened["data"]["conversation"]["client_id"] == "northline"
    with pytest.raises(ConflictError):
        await elsewhere.take_in(admin, io.BytesIO(file), "again")
    assert (await rows_of(there, "again"))["clients"] == []


async def test_people_are_known_by_their_address(here: Services, there: Database) -> None:
    admin = await populate(here)
    file = await packed(here, admin)
    async with there.write() as connection:
        await connection.execute(
            insert(metadata.tables["accounts"]).values(
                id="f" * 32, email="mo@example.com", name="Moira", is_admin=False, password_hash="x",
                active=True, created_at=NOW,
            )
        )  # fmt: skip
    await Portability(there, lambda: NOW).take_in(admin, io.BytesIO(file))
    async with there.read() as connection:
        roles = (await connection.execute(select(metadata.tables["account_clients"]))).all()
        (mo,) = [
            each
            for each in (await connection.execute(select(metadata.tables["accounts"]))).all()
            if each.email == "mo@example.com"
        ]
    assert (mo.id, mo.name, mo.active) == ("f" * 32, "Moira", True)
    assert [(role.account_id, role.client_id, role.role) for role in roles] == [("f" * 32, "main", "agent")]


def changed(file: bytes, name: str, change: Any, *, sums: bool = True) -> bytes:
    """The export with one of its files changed; its checksums put right unless not wanted."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file)) as old, zipfile.ZipFile(out, "w") as new:
        contents = {each: old.read(each) for each in old.namelist()}
        contents[name] = change(contents[name])
        if sums and name != "manifest.json":
            manifest = json.loads(contents["manifest.json"])
            body = contents[name]
            manifest["files"][name] = {"rows": len(body.splitlines()), "sha256": sha256(body)}
            contents["manifest.json"] = json.dumps(manifest).encode()
        for each, body in contents.items():
            new.writestr(each, body)
    return out.getvalue()


def sha256(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


async def test_what_is_no_sound_export_changes_nothing(services: Services, tmp_path: Path) -> None:
    admin = await populate(services)
    file = await packed(services, admin)
    other = Database.open(f"sqlite:///{tmp_path / 'other.db'}")
    await other.migrate()
    elsewhere = Portability(other, lambda: NOW)
    foreign = b'"conversation_id":"' + b"e" * 32 + b'"'
    (conversation,) = (await services.live.list_latest(admin)).conversations
    own = f'"conversation_id":"{conversation.id}"'.encode()
    wrong: list[bytes] = [
        b"",
        b"no zip",
        file[: len(file) // 2],
        changed(file, "turns.jsonl", lambda body: body.replace(b"heat", b"cold"), sums=False),
        changed(file, "turns.jsonl", lambda body: body + b"{}\n"),
        changed(file, "turns.jsonl", lambda body: body + b"[1]\n"),
        changed(file, "turns.jsonl", lambda body: body + b"no JSON\n"),
        changed(file, "turns.jsonl", lambda body: body.replace(own, foreign)),
        changed(file, "events.jsonl", lambda body: body.replace(b'_id":"main","kind"', b'_id":"o","kind"')),
        changed(file, "turns.jsonl", lambda body: body.replace(b'"place":0.0', b'"place":"x"')),
        changed(file, "manifest.json", lambda body: body.replace(b'"version": 1', b'"version": 2')),
        changed(file, "manifest.json", lambda body: body.replace(b'revision": "0', b'revision": "9')),
        changed(file, "manifest.json", lambda _: b"{}"),
    ]  # fmt: skip
    for number, each in enumerate(wrong):
        with pytest.raises((FileError, ConflictError, InputError)):
            await elsewhere.take_in(admin, io.BytesIO(each))
        assert all(not rows for rows in (await rows_of(other)).values()), number
    await other.close()


async def test_an_export_is_a_stream_of_small_pieces(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(portability, "PIECE", 512)
    admin = await populate(services)
    pieces = [piece async for piece in await services.portability.export(admin, "main")]
    assert len(pieces) > 2
    assert zipfile.ZipFile(io.BytesIO(b"".join(pieces))).testzip() is None


async def test_only_those_who_keep_data_take_it_away_or_in(services: Services) -> None:
    admin = await populate(services)
    file = await packed(services, admin)
    here = await person(services, "Su", Role.SUPERVISOR, "main")
    await services.clients.add(admin, "other", "Other")
    elsewhere = await person(services, "Di", Role.SUPERVISOR, "other")
    refusals: list[tuple[Viewer, type[CoolheadError]]] = [(here, ForbiddenError), (elsewhere, NotFoundError)]
    for viewer, refused in refusals:
        with pytest.raises(refused):
            await services.portability.export(viewer, "main")
        with pytest.raises(ForbiddenError):
            await services.portability.take_in(viewer, io.BytesIO(file), "mine")
    with pytest.raises(NotFoundError):
        await services.portability.export(admin, "nobody")


async def test_two_clients_side_by_side_do_not_mix_in_an_export(services: Services) -> None:
    admin = await populate(services)
    await services.clients.add(admin, "other", "Other")
    summary, _ = await services.live.open(admin, Opening(client_id="other", customer="Trombone"))
    await services.live.add_turns(admin, summary.id, [replace(talk(1)[0], text="a trombone")])
    for client_id, theirs, strange in (
        ("main", b"saxophone", b"rombone"),
        ("other", b"rombone", b"saxophone"),
    ):
        with zipfile.ZipFile(io.BytesIO(await packed(services, admin, client_id))) as archive:
            everything = b"".join(archive.read(name) for name in archive.namelist())
        assert theirs in everything
        assert strange not in everything
