"""One contract, over FTS5 and over tsvector: what is found is what a plain look through the texts finds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, func, select, text

from coolhead.casework.finding import needles
from coolhead.codebook import Channel, Heat, Issue, Resolved, Speaker
from coolhead.conversation.turn import Turn
from coolhead.perception.reading import Reading
from coolhead.picture.state import Picture
from coolhead.storage import clients, conversations, dispositions, moments, notes, search
from coolhead.storage.clients import Client
from coolhead.storage.conversations import Status, Summary
from coolhead.storage.database import Database
from coolhead.storage.dispositions import Confirmed
from coolhead.storage.moments import KeptMoment
from coolhead.storage.notes import EditedNote
from coolhead.storage.search import Kind, Where
from coolhead.storage.tables import conversations as conversation_rows
from coolhead.storage.tables import search_entries

NOW = datetime(2026, 3, 18, 14, 20, tzinfo=UTC)
WORDS = ("refund", "parcel", "late", "driver", "bill", "four", "calls", "angry", "zoe", "4711")
ODD = ('"', "*", "NEAR(", "AND", "(", "a:b", "-", "'; DROP TABLE", "&|!", "\\", "%_", "ß", "日本", "^")


def talk(*texts: str) -> list[KeptMoment]:
    return [
        KeptMoment(
            turn=Turn(id=f"t{number}", speaker=Speaker.CUSTOMER, text=said, place=float(number)),
            reading=Reading(),
            card=None,
            heat=0.0,
            received_at=NOW,
        )
        for number, said in enumerate(texts)
    ]


async def keep(database: Database, number: int, *texts: str, **known: object) -> str:
    usual = Summary(
        id=f"{number:032x}",
        client_id="main",
        reference=None,
        channel=Channel.CHAT,
        status=Status.LIVE,
        customer="",
        agent="",
        agent_id=None,
        opened_at=NOW,
        active_at=NOW + timedelta(minutes=number),
    )
    kept = replace(usual, **known)  # type: ignore[arg-type]
    async with database.write() as connection:
        if await clients.find(connection, kept.client_id) is None:
            await clients.add(connection, Client(id=kept.client_id, name="A", created_at=NOW))
        await conversations.add(connection, kept, Picture())
        await moments.add(connection, kept.id, talk(*texts))
    return kept.id


async def found(database: Database, question: str, where: Where | None = None) -> list[str]:
    asked, where = needles(question), where or Where()
    async with database.read() as connection:
        ids = await search.find(connection, asked, where, limit=100)
        assert await search.count(connection, asked, where) == len(ids)
        assert set(await search.places(connection, asked, ids)) == (set(ids) if asked else set())
    return ids


def naive(texts: dict[str, Sequence[str]], question: str) -> set[str]:
    """The conversations of which some text holds each word of the question."""
    said = {key: set(re.findall(r"[a-z0-9]+", " ".join(each).lower())) for key, each in texts.items()}
    return {key for key, words in said.items() if set(question.lower().split()) <= words}


async def test_what_is_found_is_what_a_plain_look_finds(database: Database) -> None:
    texts: dict[str, Sequence[str]] = {}
    for number in range(16):
        said = [
            " ".join(WORDS[(number * 7 + turn * 3 + word * word) % len(WORDS)].title() for word in range(4))
            for turn in range(number % 4)
        ]
        texts[await keep(database, number, *said)] = said
    for first in WORDS:
        for question in (first, *(f"{first} {second}" for second in WORDS[::3])):
            assert set(await found(database, question)) == naive(texts, question), question


@pytest.mark.parametrize("odd", ODD)
async def test_no_question_breaks_it(database: Database, odd: str) -> None:
    one = await keep(database, 1, f"Straße {odd} 日本 refund")
    for question in (odd, f"refund {odd}", f'"refund {odd}', f"{odd}*"):
        if needles(question):
            assert await found(database, question) in ([one], [])
    assert await found(database, f"refund {odd.casefold()}" if needles(odd) else "refund") == [one]


async def test_words_side_by_side_and_beginnings(database: Database) -> None:
    one = await keep(database, 1, "They did not pay it back.", "A well-known refund")
    two = await keep(database, 2, "Back it did not pay. Known well; refunds.")
    assert await found(database, '"not pay it"') == [one]
    assert await found(database, "well-known") == [one]
    assert set(await found(database, '"did not"')) == {one, two}
    assert await found(database, "refund") == [one]
    assert set(await found(database, "refun*")) == {one, two}
    assert await found(database, '"known refu*"') == [one]


async def test_words_may_stand_in_different_places(database: Database) -> None:
    one = await keep(database, 1, "My parcel", "is late", customer="Zoë Brandt", reference="A-77")
    assert await found(database, "zoe parcel late") == [one]
    assert await found(database, "brandt a-77") == [one]
    assert await found(database, "brandt refund") == []
    async with database.read() as connection:
        ((_, where),) = (await search.places(connection, needles("brandt late"), [one])).items()
    assert [(place.kind, place.turn_id, place.text) for place in where] == [
        (Kind.CUSTOMER, None, "Zoë Brandt"),
        (Kind.TURN, "t1", "is late"),
    ]


async def test_who_is_named_comes_before_who_is_spoken_of(database: Database) -> None:
    filler = [await keep(database, number, "nothing of note here") for number in range(10, 20)]
    spoken = await keep(database, 2, "I spoke with Brandt about it, as I said")
    named = await keep(database, 1, "Hello", customer="Brandt")
    often = await keep(
        database, 3, "Brandt said so", "and Brandt did", "and Brandt again", "and Brandt once more"
    )
    assert await found(database, "brandt") in ([named, often, spoken], [often, named, spoken])
    assert len(filler) == 10


async def test_what_is_replayed_deleted_or_written_anew_is_found_no_more(database: Database) -> None:
    one = await keep(database, 1, "My card is 4111", "and a late turn")
    async with database.write() as connection:
        await moments.replace(connection, one, talk("My card is masked", "and a late turn"))
    assert await found(database, "4111") == []
    assert await found(database, "masked") == [one]
    first = EditedNote(
        conversation_id=one, version=1, text="Voucher", edited_by="M", editor_id=None, edited_at=NOW
    )
    async with database.write() as connection:
        await notes.add(connection, first)
        await notes.add(connection, replace(first, version=2, text="Credit"))
        await search.put_customer(connection, one, "Ravi 42")
    assert await found(database, "voucher") == []
    assert await found(database, "credit ravi 42") == [one]
    async with database.write() as connection:
        await connection.execute(delete(conversation_rows).where(conversation_rows.c.id == one))
    for word in ("masked", "credit", "ravi"):
        assert await found(database, word) == []
    async with database.read() as connection:
        assert (await connection.execute(select(func.count()).select_from(search_entries))).scalar_one() == 0
        if database.is_sqlite:
            await connection.execute(text("SELECT count(*) FROM search_index"))


async def test_what_a_transaction_undoes_is_not_found(database: Database) -> None:
    one = await keep(database, 1, "before")

    async def fails() -> None:
        async with database.write() as connection:
            await moments.replace(connection, one, talk("after"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fails()
    assert await found(database, "before") == [one]
    assert await found(database, "after") == []


async def test_a_search_is_narrowed(database: Database) -> None:
    billing = await keep(
        database, 1, "refund", issue=Issue.BILLING, resolved=Resolved.NO, peak=Heat.ANGRY, opened_at=NOW
    )
    outage = await keep(
        database, 2, "refund", issue=Issue.OUTAGE, peak=Heat.CALM, opened_at=NOW + timedelta(days=2)
    )
    other = await keep(database, 3, "refund", client_id="other")
    confirmed = Confirmed(
        conversation_id=outage,
        version=1,
        issue=Issue.BILLING,
        outcome=Resolved.YES,
        confirmed_by="Mara",
        account_id=None,
        confirmed_at=NOW,
    )
    async with database.write() as connection:
        await dispositions.put(connection, replace(confirmed, outcome=Resolved.PARTLY))
        await dispositions.put(connection, confirmed)
    async with database.read() as connection:
        assert await dispositions.find(connection, outage) == confirmed
        assert await dispositions.find(connection, billing) is None
    for where, expected in (
        (Where(client_ids=["main"]), {billing, outage}),
        (Where(client_ids=["other"]), {other}),
        (Where(client_ids=[]), set()),
        (Where(client_ids=["main"], since=NOW + timedelta(days=1)), {outage}),
        (Where(client_ids=["main"], until=NOW + timedelta(days=1)), {billing}),
        (Where(issue=Issue.BILLING), {billing, outage}),
        (Where(issue=Issue.OUTAGE), set()),
        (Where(outcome=Resolved.YES), {outage}),
        (Where(outcome=Resolved.NO), {billing}),
        (Where(heat=Heat.FRUSTRATED), {billing}),
    ):
        assert set(await found(database, "refund", where)) == expected, where
        assert set(await found(database, "", where)) == expected, where


async def test_notes_keep_every_version(database: Database) -> None:
    one = await keep(database, 1)
    first = EditedNote(
        conversation_id=one, version=1, text="One", edited_by="Mara", editor_id=None, edited_at=NOW
    )
    async with database.write() as connection:
        assert await notes.find(connection, one) is None
        await notes.add(connection, first)
        await notes.add(connection, replace(first, version=2, text="Two", restored=1))
        assert (await notes.list_of(connection, one))[1] == first
        latest = await notes.find(connection, one)
    assert latest is not None
    assert (latest.version, latest.text, latest.restored) == (2, "Two", 1)
