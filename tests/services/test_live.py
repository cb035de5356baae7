from __future__ import annotations

import asyncio
import random

import pytest

from coolhead.codebook import Speaker
from coolhead.conversation.turn import Turn
from coolhead.errors import ConflictError, ForbiddenError, NotFoundError
from coolhead.picture.state import Picture
from coolhead.services.access import Viewer
from coolhead.services.conversations.live import Live, Opening
from coolhead.services.documents.guides import Guides
from coolhead.services.turns.hearing import Said
from coolhead.storage.api_keys import Scope
from coolhead.storage.conversations import Status
from coolhead.wiring import Services, build, local_now
from tests.fakes import FakeEngine, FakeMoment
from tests.services.people import program, talk


async def opened(services: Services, client_id: str) -> str:
    summary, _ = await services.live.open(program(client_id), Opening(client_id=client_id))
    return summary.id


async def pictured(services: Services, client_id: str, said: list[list[Said]]) -> str:
    """The picture after these portions of turns came in one after another."""
    conversation = await opened(services, client_id)
    for portion in said:
        await services.live.add_turns(program(client_id), conversation, portion)
    whole = await services.live.read(program(client_id), conversation)
    assert [moment.turn.id for moment in whole.moments] == [each.id for each in talk(len(whole.moments))]
    assert whole.summary.turns == len(whole.moments) == whole.picture.turns
    started = whole.picture.started_at.isoformat().replace("+00:00", "Z")
    return whole.picture.to_json().replace(started, "")


async def test_turns_are_heard_and_kept(both_services: Services, client_id: str) -> None:
    live, viewer = both_services.live, program(client_id)
    conversation = await opened(both_services, client_id)
    answered = [(await live.add_turns(viewer, conversation, [said]))[0] for said in talk(6)]
    whole = await live.read(viewer, conversation)
    assert [moment for moment, is_new in answered if is_new] == whole.moments
    assert whole.summary.heat == whole.picture.heat > 0
    assert whole.summary.last_words == "heat 0, said as number 5"
    assert len(whole.summary.curve) == 3


async def test_a_repeated_turn_changes_nothing_and_gives_the_same_answer(
    both_services: Services, client_id: str
) -> None:
    live, viewer = both_services.live, program(client_id)
    conversation = await opened(both_services, client_id)
    first = await live.add_turns(viewer, conversation, talk(4))
    before = await live.read(viewer, conversation)
    again = await live.add_turns(viewer, conversation, talk(4))
    assert [moment for moment, _ in again] == [moment for moment, _ in first]
    assert not any(is_new for _, is_new in again)
    assert await live.read(viewer, conversation) == before


async def test_a_turn_twice_in_one_batch_is_one_turn(services: Services, client_id: str) -> None:
    conversation = await opened(services, client_id)
    twice = [talk(1)[0], Said(id="t0", speaker=Speaker.CUSTOMER, text="something else")]
    heard = await services.live.add_turns(program(client_id), conversation, twice)
    assert [is_new for _, is_new in heard] == [True, False]
    assert {moment.turn.text for moment, _ in heard} == {talk(1)[0].text}


@pytest.mark.parametrize("seed", range(4))
async def test_turns_in_any_order_end_the_same(both_services: Services, client_id: str, seed: int) -> None:
    chance, said = random.Random(seed), talk(9)  # noqa: S311 (an order of arrival, no secret)
    in_order = await pictured(both_services, client_id, [[each] for each in said])
    mixed = chance.sample(said, len(said))
    assert await pictured(both_services, client_id, [[each] for each in mixed]) == in_order
    assert await pictured(both_services, client_id, [mixed[:4], mixed[4:]]) == in_order
    assert await pictured(both_services, client_id, [mixed]) == in_order


async def test_concurrent_turns_of_one_conversation_are_all_heard(
    both_services: Services, client_id: str
) -> None:
    """Two processes (here: two sets of services over one database) take turns of one conversation at once."""
    other = build(both_services.settings, FakeEngine())
    conversation = await opened(both_services, client_id)
    lives = [both_services.live, other.live]
    await asyncio.gather(
        *(
            lives[number % 2].add_turns(program(client_id), conversation, [said])
            for number, said in enumerate(talk(12))
        )
    )
    whole = await both_services.live.read(program(client_id), conversation)
    other.threads.shutdown()
    await other.database.close()
    assert [moment.turn.id for moment in whole.moments] == [f"t{number}" for number in range(12)]
    assert whole.picture.turns == 12
    straight = await pictured(both_services, client_id, [[each] for each in talk(12)])
    started = whole.picture.started_at.isoformat().replace("+00:00", "Z")
    assert whole.picture.to_json().replace(started, "") == straight


async def test_turns_without_numbers_stay_in_the_order_of_arrival(services: Services, client_id: str) -> None:
    conversation = await opened(services, client_id)
    for name in ("c", "a", "b"):
        said = Said(id=name, speaker=Speaker.AGENT, text=name)
        await services.live.add_turns(program(client_id), conversation, [said])
    whole = await services.live.read(program(client_id), conversation)
    assert [moment.turn.id for moment in whole.moments] == ["c", "a", "b"]


async def test_only_masked_text_is_kept(both_services: Services, client_id: str) -> None:
    live, viewer = both_services.live, program(client_id)
    conversation = await opened(both_services, client_id)
    said = Said(id="1", speaker=Speaker.CUSTOMER, text="My card is 4111 1111 1111 1111")
    await live.add_turns(viewer, conversation, [said])
    stream = live.follow_client(viewer, after=0)
    told = [await anext(stream), await anext(stream)]
    whole = await live.read(viewer, conversation)
    assert whole.moments[0].turn.text == "My card is [CARD]"
    assert "4111" not in repr(told) + repr(whole)


@pytest.mark.parametrize("text", ["a\x00b", "half \ud83d of a smile", "\x1b[31mred", "\udfff"])
async def test_text_that_no_database_can_hold_is_repaired(
    both_services: Services, client_id: str, text: str
) -> None:
    live, viewer = both_services.live, program(client_id)
    conversation = await opened(both_services, client_id)
    said = Said(id="1", speaker=Speaker.CUSTOMER, text=text)
    ((moment, _),) = await live.add_turns(viewer, conversation, [said])
    assert len(moment.turn.text) == len(text)
    assert "\N{REPLACEMENT CHARACTER}" in moment.turn.text
    assert (await live.read(viewer, conversation)).moments == [moment]


async def test_a_reference_opens_one_conversation(both_services: Services, client_id: str) -> None:
    opening = Opening(client_id=client_id, reference="call-7")
    found = await asyncio.gather(*(both_services.live.open(program(client_id), opening) for _ in range(5)))
    assert len({summary.id for summary, _ in found}) == 1
    assert sum(is_new for _, is_new in found) == 1


async def test_an_ended_conversation_takes_no_new_turn_but_knows_the_old_ones(
    both_services: Services, client_id: str
) -> None:
    live, viewer = both_services.live, program(client_id)
    conversation = await opened(both_services, client_id)
    await live.add_turns(viewer, conversation, talk(2))
    ended = await live.end(viewer, conversation)
    assert ended.status is Status.ENDED
    assert await live.end(viewer, conversation) == ended
    assert [is_new for _, is_new in await live.add_turns(viewer, conversation, talk(2))] == [False, False]
    with pytest.raises(ConflictError):
        await live.add_turns(viewer, conversation, talk(3))


async def test_advice_stands_until_the_agent_has_spoken(services: Services, client_id: str) -> None:
    live, viewer = services.live, program(client_id)
    conversation = await opened(services, client_id)
    spoken = [("customer", "heat 4"), ("customer", "heat 0 now"), ("agent", "I see"), ("customer", "heat 1")]
    stood = []
    for number, (speaker, text) in enumerate(spoken):
        said = Said(id=str(number), speaker=Speaker(speaker), text=text)
        await live.add_turns(viewer, conversation, [said])
        card = (await live.read_stand(viewer, conversation)).summary.card
        stood.append(card and card.turn_id)
    assert stood == ["0", "0", None, None]


async def test_nobody_reads_what_is_not_theirs(services: Services, client_id: str) -> None:
    live = services.live
    conversation = await opened(services, client_id)
    stranger = program("elsewhere")
    for attempt in (
        live.read(stranger, conversation),
        live.read_stand(stranger, conversation),
        live.read_moment(stranger, conversation, "t0"),
        live.add_turns(stranger, conversation, talk(1)),
        live.end(stranger, conversation),
        live.follow(stranger, conversation),
        live.open(stranger, Opening(client_id=client_id)),
        live.list_by_heat(stranger, client_id=client_id),
        live.open(program("nowhere"), Opening(client_id="nowhere")),
    ):
        with pytest.raises(NotFoundError):
            await attempt
    assert (await live.list_by_heat(stranger)).total == 0


async def test_a_key_does_only_what_its_scopes_allow(services: Services, client_id: str) -> None:
    live = services.live
    conversation = await opened(services, client_id)
    clients = frozenset({client_id})
    reader = Viewer(id="r", name="r", program_of=clients, scopes=frozenset({Scope.READ}))
    writer = Viewer(id="w", name="w", program_of=clients, scopes=frozenset({Scope.WRITE}))
    for refused in (
        live.add_turns(reader, conversation, talk(1)),
        live.end(reader, conversation),
        live.open(reader, Opening(client_id=client_id)),
        live.read(writer, conversation),
        live.list_by_heat(writer),
        live.follow(writer, conversation),
    ):
        with pytest.raises(ForbiddenError):
            await refused
    assert (await live.read(reader, conversation)).summary.id == conversation


async def test_a_turn_a_little_late_replays_only_a_little(services: Services, client_id: str) -> None:
    heard: list[str] = []

    class CountingEngine(FakeEngine):
        def hear(self, picture: Picture, turn: Turn) -> FakeMoment:
            heard.append(turn.id)
            return super().hear(picture, turn)

    guides = Guides(services.documents, CountingEngine())
    live = Live(services.database, guides, services.feed, services.threads, local_now)
    summary, _ = await live.open(program(client_id), Opening(client_id=client_id))
    said = talk(30)
    for each in (*said[:27], said[28], said[29]):
        await live.add_turns(program(client_id), summary.id, [each])
    heard.clear()
    await live.add_turns(program(client_id), summary.id, [said[27]])
    assert heard == ["t27", "t28", "t29"]
    whole = await live.read(program(client_id), summary.id)
    assert [moment.turn.id for moment in whole.moments] == [each.id for each in said]
    straight = await pictured(services, client_id, [[each] for each in said])
    started = whole.picture.started_at.isoformat().replace("+00:00", "Z")
    assert whole.picture.to_json().replace(started, "") == straight


async def test_what_another_process_put_before_is_not_forgotten(
    both_services: Services, client_id: str
) -> None:
    """This process remembers a stand that lacks a turn which another process put in before it."""
    live, said = both_services.live, talk(10)
    guides = Guides(both_services.documents, FakeEngine())
    other = Live(both_services.database, guides, both_services.feed, both_services.threads, local_now)
    summary, _ = await live.open(program(client_id), Opening(client_id=client_id))
    for each in (*said[:2], *said[3:6]):
        await live.add_turns(program(client_id), summary.id, [each])
    await other.add_turns(program(client_id), summary.id, [said[2]])
    for each in (*said[7:], said[6]):
        await live.add_turns(program(client_id), summary.id, [each])
    whole = await live.read(program(client_id), summary.id)
    assert [moment.turn.id for moment in whole.moments] == [each.id for each in said]
    straight = await pictured(both_services, client_id, [[each] for each in said])
    started = whole.picture.started_at.isoformat().replace("+00:00", "Z")
    assert whole.picture.to_json().replace(started, "") == straight
