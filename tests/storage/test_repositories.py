"""One contract, over SQLite and over PostgreSQL."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy.exc import IntegrityError

from coolhead.codebook import Channel, Heat, Speaker, Technique
from coolhead.conversation.turn import Turn
from coolhead.guidance.card import Card
from coolhead.perception.reading import Reading
from coolhead.picture.state import Picture
from coolhead.storage import (
    accounts,
    api_keys,
    clients,
    contests,
    conversations,
    events,
    moments,
    sessions,
    whispers,
)
from coolhead.storage.accounts import Account, Role
from coolhead.storage.api_keys import ApiKey, Scope
from coolhead.storage.clients import Client
from coolhead.storage.contests import Answer, CardAnswer, Contest, Field
from coolhead.storage.conversations import Filter, Stand, StandingCard, Status, Summary
from coolhead.storage.database import Database
from coolhead.storage.events import EventKind, NewEvent, Span
from coolhead.storage.moments import KeptMoment
from coolhead.storage.sessions import Session
from coolhead.storage.whispers import Whisper

NOW = datetime(2026, 3, 18, 14, 20, 0, 123456, tzinfo=timezone(timedelta(hours=8)))
CARD = Card(
    id="own-it",
    title="Own it",
    say="I will see this through.",
    techniques=(Technique.OWNERSHIP,),
    why="A promise was broken.",
    learn="docs/own-it",
    noticed=("trigger: broken promise",),
)


def summary(number: int = 1, **changes: object) -> Summary:
    usual = Summary(
        id=f"{number:032x}",
        client_id="main",
        reference=None,
        channel=Channel.CALL,
        status=Status.LIVE,
        customer="Zoë 🙂",
        agent="",
        agent_id=None,
        opened_at=NOW,
        active_at=NOW,
    )
    return replace(usual, **changes)


def account(name: str = "mara") -> Account:
    return Account(
        id=name.ljust(32, "0"),
        email=f"{name}@example.com",
        name=name.title(),
        is_admin=False,
        password_hash="x",
        active=True,
        created_at=NOW,
    )


def moment(turn_id: str, place: float, card: Card | None = None) -> KeptMoment:
    turn = Turn(id=turn_id, speaker=Speaker.CUSTOMER, text="naïve “quotes” 🙂", start=place, place=place)
    return KeptMoment(turn=turn, reading=Reading(csat=3.5), card=card, heat=12.5, received_at=NOW)


@pytest.fixture
async def store(database: Database) -> Database:
    async with database.write() as connection:
        await clients.add(connection, Client(id="main", name="Main", created_at=NOW))
        await clients.add(connection, Client(id="other", name="Other", created_at=NOW))
    return database


async def test_clients(store: Database) -> None:
    async with store.read() as connection:
        found = await clients.find(connection, "main")
        assert found == Client(id="main", name="Main", created_at=NOW)
        assert found.created_at.utcoffset() == timedelta(0)
        assert await clients.find(connection, "nobody") is None
        assert [each.id for each in await clients.list_of(connection, None)] == ["main", "other"]
        assert [each.id for each in await clients.list_of(connection, {"other"})] == ["other"]


async def test_a_block_that_raises_leaves_nothing_behind(store: Database) -> None:
    async def break_off() -> None:
        async with store.write() as connection:
            await clients.add(connection, Client(id="third", name="Third", created_at=NOW))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await break_off()
    async with store.read() as connection:
        assert await clients.find(connection, "third") is None


async def test_accounts(store: Database) -> None:
    mara = account()
    async with store.write() as connection:
        await accounts.add(connection, mara, {"main": Role.AGENT, "other": Role.AGENT})
    async with store.write() as connection:
        await accounts.assign(connection, mara.id, {"other": Role.TRAINER})
        await accounts.change(connection, mara.id, name="M")
    async with store.read() as connection:
        found = await accounts.find_by_email(connection, "mara@example.com")
        assert found == replace(mara, name="M")
        assert await accounts.find(connection, mara.id) == found
        assert await accounts.roles_of(connection, mara.id) == {"other": Role.TRAINER}
        assert await accounts.list_all(connection) == [found]
        assert await accounts.count_active_admins(connection) == 0
    with pytest.raises(IntegrityError):
        async with store.write() as connection:
            await accounts.add(connection, replace(account("ravi"), email=mara.email), {})


async def test_sessions_expire_and_can_be_ended(store: Database) -> None:
    mara = account()
    session = Session(
        id="s1",
        token_hash="h1",
        account_id=mara.id,
        created_at=NOW,
        seen_at=NOW,
        expires_at=NOW + timedelta(days=1),
        address="::1",
        browser="b",
    )
    async with store.write() as connection:
        await accounts.add(connection, mara, {})
        await sessions.add(connection, session)
        await sessions.add(connection, replace(session, id="s2", token_hash="h2"))
        await sessions.touch(connection, "s2", NOW + timedelta(hours=1))
    async with store.read() as connection:
        assert await sessions.find(connection, "h1", NOW) == session
        assert await sessions.find(connection, "h1", NOW + timedelta(days=2)) is None
        assert [each.id for each in await sessions.list_of(connection, mara.id, NOW)] == ["s2", "s1"]
    async with store.write() as connection:
        await sessions.end_of(connection, mara.id, session_id="s1")
        await sessions.forget_expired(connection, NOW, NOW)
    async with store.read() as connection:
        assert [each.id for each in await sessions.list_of(connection, mara.id, NOW)] == ["s2"]


async def test_failures_are_counted_by_email_and_by_address(store: Database) -> None:
    async with store.write() as connection:
        for email, address in [("a", "1"), ("a", "2"), ("b", "1"), ("c", "3")]:
            await sessions.add_failure(connection, email, address, NOW)
        assert await sessions.count_failures(connection, "a", "1", NOW - timedelta(minutes=1)) == (2, 2)
        assert await sessions.count_failures(connection, "a", "1", NOW + timedelta(minutes=1)) == (0, 0)
        await sessions.forget_failures(connection, "a")
        assert await sessions.count_failures(connection, "a", "1", NOW - timedelta(minutes=1)) == (0, 1)


async def test_keys(store: Database) -> None:
    key = ApiKey(
        id="k1",
        client_id="main",
        name="phone",
        key_hash="h",
        beginning="chk_abc",
        scopes=frozenset(Scope),
        created_at=NOW,
    )
    async with store.write() as connection:
        await api_keys.add(connection, key)
        assert await api_keys.find(connection, "h") == key
        assert not await api_keys.revoke(connection, "other", "k1", NOW)
        assert await api_keys.revoke(connection, "main", "k1", NOW)
        assert not await api_keys.revoke(connection, "main", "k1", NOW)
        assert await api_keys.find(connection, "h") is None
        assert await api_keys.list_of(connection, "main") == [replace(key, revoked_at=NOW)]


async def test_conversations_keep_everything(store: Database) -> None:
    mara = account()
    picture = Picture(started_at=NOW, channel=Channel.CALL)
    before = summary(reference="call-1")
    after = replace(
        before,
        version=3,
        turns=2,
        last_words="heat",
        heat=61.25,
        level=Heat.FRUSTRATED,
        curve=(1.5, 61.2),
        card=StandingCard(turn_id="t", card=CARD),
        agent="Mara",
        agent_id=mara.id,
    )
    async with store.write() as connection:
        await accounts.add(connection, mara, {})
        await conversations.add(connection, before, picture, visitor_hash="v")
        assert await conversations.find(connection, before.id) == before
        stand = Stand(summary=after, picture=replace(picture, turns=2), last=(1.0, "t"))
        assert await conversations.advance(connection, 0, stand)
        assert not await conversations.advance(connection, 0, stand)
    async with store.read() as connection:
        assert await conversations.find_stand(connection, before.id) == stand
        assert await conversations.find_by_reference(connection, "main", "call-1") == after
        assert await conversations.find_by_reference(connection, "other", "call-1") is None
        assert await conversations.find_by_visitor(connection, "v") == after
        assert await conversations.find_stand(connection, "0" * 32) is None
    assert stand.picture.started_at == NOW
    with pytest.raises(IntegrityError):
        async with store.write() as connection:
            await conversations.add(connection, summary(2, reference="call-1"), picture)


async def test_the_hottest_conversation_comes_first(store: Database) -> None:
    async with store.write() as connection:
        for number, heat in enumerate((10.0, 90.0, 50.0, 90.0)):
            later = NOW + timedelta(minutes=number)
            await conversations.add(connection, summary(number, heat=heat, active_at=later), Picture())
        await conversations.add(connection, summary(8, client_id="other", heat=99.0), Picture())
        await conversations.add(connection, summary(9, status=Status.ENDED, heat=95.0), Picture())
    which = Filter(client_ids=("main",), status=Status.LIVE)
    async with store.read() as connection:
        page = await conversations.list_by_heat(connection, which, limit=3)
        rest = await conversations.list_by_heat(connection, which, limit=3, offset=3)
        assert [int(each.id, 16) for each in (*page, *rest)] == [3, 1, 2, 0]
        assert await conversations.count(connection, which) == 4
        assert await conversations.count(connection, Filter()) == 6
        assert await conversations.count(connection, Filter(client_ids=())) == 0


async def test_mine_are_those_i_have_and_those_nobody_has(store: Database) -> None:
    mara, ravi = account("mara"), account("ravi")
    async with store.write() as connection:
        await accounts.add(connection, mara, {})
        await accounts.add(connection, ravi, {})
        await conversations.add(connection, summary(1, agent_id=mara.id, agent="Mara"), Picture())
        await conversations.add(connection, summary(2, agent_id=ravi.id, agent="Ravi"), Picture())
        await conversations.add(connection, summary(3), Picture())
        await conversations.add(connection, summary(4, agent="A name from outside"), Picture())
    async with store.read() as connection:
        mine = Filter(agent_id=mara.id, unassigned_too=True)
        found = await conversations.list_by_heat(connection, mine, limit=9)
        assert sorted(int(each.id, 16) for each in found) == [1, 3]
        assert await conversations.count(connection, Filter(agent_id=mara.id)) == 1


async def test_moments_come_in_the_order_of_the_turns(store: Database) -> None:
    one = summary()
    kept = [moment("b", 2.0), moment("a", 2.0, CARD), moment("z", 1.0)]
    async with store.write() as connection:
        await conversations.add(connection, one, Picture())
        await moments.add(connection, one.id, kept)
        assert await moments.list_of(connection, one.id) == [kept[2], kept[1], kept[0]]
        assert await moments.find(connection, one.id, "a") == kept[1]
        assert await moments.find(connection, one.id, "nope") is None
        assert set(await moments.find_many(connection, one.id, ["a", "b", "nope"])) == {"a", "b"}
        await moments.replace(connection, one.id, kept[:1])
        assert await moments.list_of(connection, one.id) == kept[:1]
    with pytest.raises(IntegrityError):
        async with store.write() as connection:
            await moments.add(connection, one.id, kept[:1])


async def test_events_count_up_and_are_found_by_what_they_belong_to(store: Database) -> None:
    one, other = summary(1), summary(2, client_id="other")
    told = [NewEvent(kind=EventKind.OPENED, data='{"a": 1}'), NewEvent(kind=EventKind.ENDED, data="{}")]
    async with store.write() as connection:
        assert await events.last_id(connection) == 0
        for each in (one, other):
            await conversations.add(connection, each, Picture())
            await events.add(connection, each.id, each.client_id, told, NOW)
        found = await events.list_after(connection, 0, limit=9)
        assert [each.id for each in found] == sorted(each.id for each in found)
        assert [each.kind for each in found] == [EventKind.OPENED, EventKind.ENDED] * 2
        assert await events.last_id(connection) == found[-1].id
        assert await events.list_after(connection, found[0].id, limit=2) == found[1:3]
        of_one = await events.list_after(connection, 0, limit=9, span=Span(conversation_id=one.id))
        of_other = await events.list_after(connection, 0, limit=9, span=Span(client_ids={"other"}))
        assert (of_one, of_other) == (found[:2], found[2:])
        assert found[0].data == '{"a": 1}'
        assert found[0].at == NOW
        assert found[0].at.tzinfo is UTC


async def test_what_people_say_of_a_conversation_is_kept(store: Database) -> None:
    one, mara = summary(), account()
    whisper = Whisper(
        id="w", conversation_id=one.id, author_id=mara.id, author="Mara", text="Breathe.", at=NOW
    )
    contest = Contest(
        id="c",
        conversation_id=one.id,
        turn_id="t",
        field=Field.TRIGGERS,
        shown="policy",
        should_be=None,
        comment="",
        account_id=mara.id,
        at=NOW,
    )
    answer = CardAnswer(
        conversation_id=one.id,
        turn_id="t",
        card_id="own-it",
        answer=Answer.NOT_NOW,
        account_id=mara.id,
        at=NOW,
    )
    async with store.write() as connection:
        await accounts.add(connection, mara, {})
        await conversations.add(connection, one, Picture())
        await whispers.add(connection, whisper)
        await contests.add(connection, contest)
        await contests.add_answer(connection, answer)
    async with store.read() as connection:
        assert await whispers.list_of(connection, one.id) == [whisper]
        assert await contests.list_of(connection, one.id) == [contest]
        assert await contests.list_answers(connection, one.id) == [answer]
