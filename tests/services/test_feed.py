from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator
from dataclasses import asdict
from datetime import timedelta
from typing import Any

import pytest
from pydantic_core import to_jsonable_python

from coolhead.services.access import Viewer
from coolhead.services.conversations.live import Live, Opening
from coolhead.services.events import feed as feed_module
from coolhead.services.events.feed import Feed, Snapshot, Told, while_same
from coolhead.services.events.hub import Hub, Pause
from coolhead.storage.accounts import Role
from coolhead.storage.api_keys import Scope
from coolhead.storage.events import EventKind, StoredEvent
from coolhead.wiring import Services, build, local_now
from tests.fakes import FakeEngine
from tests.services.people import PASSWORD, person, program, talk


async def opened(services: Services, client_id: str) -> str:
    summary, _ = await services.live.open(program(client_id), Opening(client_id=client_id))
    return summary.id


async def told(stream: AsyncIterator[Told], count: int) -> list[Told]:
    async with asyncio.timeout(20):
        return [await anext(stream) for _ in range(count)]


async def test_a_snapshot_comes_first_and_then_what_happens(both_services: Services, client_id: str) -> None:
    live, viewer = both_services.live, program(client_id)
    conversation = await opened(both_services, client_id)
    stream = await live.follow(viewer, conversation)
    (first,) = await told(stream, 1)
    assert isinstance(first, Snapshot)
    await live.add_turns(viewer, conversation, talk(2))
    await live.end(viewer, conversation)
    happened = [each for each in await told(stream, 4) if isinstance(each, StoredEvent)]
    assert [each.kind for each in happened] == [
        EventKind.TURN_HEARD,
        EventKind.TURN_HEARD,
        EventKind.LEVEL_CHANGED,
        EventKind.ENDED,
    ]
    assert all(each.id > first.id for each in happened)


async def test_what_was_missed_comes_before_what_happens(both_services: Services, client_id: str) -> None:
    live, viewer = both_services.live, program(client_id)
    conversation = await opened(both_services, client_id)
    await live.add_turns(viewer, conversation, talk(1))
    everything = await told(await live.follow(viewer, conversation, after=0), 2)
    await live.end(viewer, conversation)
    resumed = await live.follow(viewer, conversation, after=everything[0].id)
    assert [each.kind for each in await told(resumed, 2)] == [EventKind.TURN_HEARD, EventKind.ENDED]


async def test_nothing_is_lost_or_doubled_while_turns_pour_in(
    both_services: Services, client_id: str
) -> None:
    """Listeners that come and go in the middle of a stream of turns, each with the last id it saw."""
    live, viewer = both_services.live, program(client_id)
    conversation = await opened(both_services, client_id)

    async def listen() -> list[str]:
        last, seen = 0, []
        while True:
            stream = await live.follow(viewer, conversation, after=last)
            for _ in range(3):
                event = await anext(stream)
                if not isinstance(event, StoredEvent):
                    continue
                last = event.id
                if event.kind is EventKind.TURN_HEARD:
                    seen.append(event.turn_id)
                if event.kind is EventKind.ENDED:
                    return seen

    async def speak() -> None:
        for said in talk(15):
            await live.add_turns(viewer, conversation, [said])
        await live.end(viewer, conversation)

    async with asyncio.timeout(30):
        *heard, _ = await asyncio.gather(listen(), listen(), listen(), speak())
    assert heard == [[f"t{number}" for number in range(15)]] * 3


async def test_old_state_and_events_make_the_new_state(services: Services, client_id: str) -> None:
    """Whoever applies the events to a snapshot has what a new snapshot shows."""
    live, viewer = services.live, program(client_id)
    conversation = await opened(services, client_id)
    await live.add_turns(viewer, conversation, talk(3))
    stream = await live.follow(viewer, conversation)
    await told(stream, 1)
    state = await _state(live, conversation, client_id)
    await live.add_turns(viewer, conversation, talk(8))
    await live.end(viewer, conversation)
    async for event in stream:
        assert isinstance(event, StoredEvent)
        data = json.loads(event.data)
        if "moment" in data:
            state["turns"].append(data["moment"])
        if "conversation" in data:
            state["conversation"] = data["conversation"]
        if event.kind is EventKind.ENDED:
            break
    assert state == await _state(live, conversation, client_id)


async def _state(live: Live, conversation: str, client_id: str) -> dict[str, Any]:
    whole = await live.read(program(client_id), conversation)
    return to_jsonable_python(
        {"conversation": asdict(whole.summary), "turns": [asdict(each) for each in whole.moments]}
    )


async def test_another_process_hears_of_it_too(both_services: Services, client_id: str) -> None:
    other = build(both_services.settings, FakeEngine())
    conversation = await opened(both_services, client_id)
    async with other.running():
        stream = await other.live.follow(program(client_id), conversation)
        await told(stream, 1)
        await both_services.live.end(program(client_id), conversation)
        (event,) = await told(stream, 1)
    assert event.kind is EventKind.ENDED


async def test_what_happens_before_a_process_begins_to_feed_is_not_lost(
    services: Services, client_id: str
) -> None:
    feed = Feed(services.database, Hub())
    conversation = await opened(services, client_id)
    stream = feed.follow_conversation(conversation, None)
    await told(stream, 1)
    await services.live.end(program(client_id), conversation)
    feeding = asyncio.create_task(feed.run())
    (event,) = await told(stream, 1)
    feeding.cancel()
    assert event.kind is EventKind.ENDED


async def test_a_follower_of_a_client_hears_of_its_conversations_only(
    services: Services, client_id: str
) -> None:
    await services.accounts.create_client("other", "Other")
    mine, theirs = await opened(services, client_id), await opened(services, "other")
    for conversation, owner in ((theirs, "other"), (mine, client_id)):
        await services.live.end(program(owner), conversation)
    happened = await told(services.live.follow_client(program(client_id), after=0), 2)
    assert [(each.kind, each.conversation_id) for each in happened] == [
        (EventKind.OPENED, mine),
        (EventKind.ENDED, mine),
    ]


async def test_who_comes_back_after_too_long_or_from_elsewhere_gets_a_snapshot(
    services: Services, client_id: str, monkeypatch
) -> None:
    monkeypatch.setattr(feed_module, "MOST_MISSED", 2)
    conversation = await opened(services, client_id)
    await services.live.add_turns(program(client_id), conversation, talk(4))
    for after in (0, 999_999):
        stream = await services.live.follow(program(client_id), conversation, after=after)
        (first,) = await told(stream, 1)
        assert isinstance(first, Snapshot)


async def test_a_stream_shows_signs_of_life_and_ends(services: Services) -> None:
    short = Feed(services.database, Hub(), quiet_s=0.01, life_s=0.05)
    seen = [each async for each in short.follow_conversation("x", None)]
    assert isinstance(seen[0], Snapshot)
    assert len(seen) > 2
    assert set(seen[1:]) == {Pause.QUIET}


@pytest.mark.parametrize("happened", ["switched off", "signed out", "another role", "another client"])
async def test_a_stream_ends_when_its_follower_may_no_longer_follow(
    services: Services, client_id: str, happened: str
) -> None:
    accounts = services.accounts
    admin = await person(services, "Ada", Role.ADMIN)
    mara = await person(services, "Mara", Role.AGENT, client_id)
    token = await accounts.sign_in(email="mara@example.com", password=PASSWORD, address="::1", browser="test")

    async def ask() -> Viewer:
        return (await accounts.signed_in(token)).viewer

    async def signs_of_life() -> AsyncGenerator[Told]:
        while True:
            yield Pause.QUIET

    following = while_same(signs_of_life(), mara, ask, every_s=0.0)
    assert await anext(following) is Pause.QUIET
    match happened:
        case "switched off":
            await accounts.change_user(admin, mara.id, active=False)
        case "signed out":
            await accounts.sign_out(token)
        case "another role":
            await accounts.change_user(admin, mara.id, roles={client_id: Role.SUPERVISOR})
        case _:
            await accounts.change_user(admin, mara.id, roles={})
    assert [told async for told in following] == []


async def test_a_stream_ends_when_its_key_is_revoked(
    services: Services, client_id: str, admin: Viewer
) -> None:
    key, secret = await services.keys.create(admin, client_id, "phone", list(Scope))
    holder = await services.keys.program(secret)
    quiet = services.feed.follow_client(holder, None, None)
    following = while_same(quiet, holder, lambda: services.keys.program(secret), every_s=0.0)
    assert isinstance(await anext(following), Snapshot)
    await services.keys.revoke(admin, client_id, key.id)
    await services.live.open(admin, Opening(client_id=client_id))
    async with asyncio.timeout(20):
        assert [told async for told in following] == []


def test_the_clock_tells_the_offset() -> None:
    assert isinstance(local_now().utcoffset(), timedelta)
