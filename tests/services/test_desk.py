from __future__ import annotations

import pytest

from coolhead.codebook import Speaker
from coolhead.errors import ConflictError, ForbiddenError, InputError, NotFoundError
from coolhead.services.conversations.live import Opening
from coolhead.services.turns.hearing import Said
from coolhead.storage.accounts import Role
from coolhead.storage.contests import Answer, Field
from coolhead.storage.events import EventKind
from coolhead.wiring import Services
from tests.services.people import person, program, talk


async def hot_conversation(services: Services, client_id: str) -> str:
    """A conversation whose last turn, t0, brought a card."""
    summary, _ = await services.live.open(program(client_id), Opening(client_id=client_id))
    said = Said(id="t0", speaker=Speaker.CUSTOMER, text="heat 4")
    await services.live.add_turns(program(client_id), summary.id, [said])
    return summary.id


async def kinds(services: Services, client_id: str, count: int) -> list[EventKind]:
    stream = services.live.follow_client(program(client_id), after=0)
    return [(await anext(stream)).kind for _ in range(count)]


async def test_an_agent_takes_what_nobody_has(both_services: Services, client_id: str) -> None:
    desk, live = both_services.desk, both_services.live
    mara = await person(both_services, "Mara", Role.AGENT, client_id)
    ravi = await person(both_services, "Ravi", Role.AGENT, client_id)
    conversation = await hot_conversation(both_services, client_id)
    taken = await desk.take(mara, conversation)
    assert (taken.agent, taken.agent_id) == ("Mara", mara.id)
    assert await desk.take(mara, conversation) == taken
    with pytest.raises(ConflictError):
        await desk.take(ravi, conversation)
    assert (await live.list_by_heat(mara, mine=True)).total == 1
    assert (await live.list_by_heat(ravi, mine=True)).total == 0
    assert (await live.read(mara, conversation)).summary == taken


async def test_a_supervisor_hands_over_to_those_who_may_see_it(services: Services, client_id: str) -> None:
    await services.accounts.create_client("other", "Other")
    sam = await person(services, "Sam", Role.SUPERVISOR, client_id)
    mara = await person(services, "Mara", Role.AGENT, client_id)
    ravi = await person(services, "Ravi", Role.AGENT, "other")
    conversation = await hot_conversation(services, client_id)
    assert (await services.desk.assign(sam, conversation, mara.id)).agent == "Mara"
    with pytest.raises(ConflictError):
        await services.desk.assign(sam, conversation, ravi.id)
    with pytest.raises(NotFoundError):
        await services.desk.assign(sam, conversation, "nobody")
    with pytest.raises(ForbiddenError):
        await services.desk.assign(mara, conversation, mara.id)


async def test_a_turn_after_taking_keeps_the_agent(services: Services, client_id: str) -> None:
    mara = await person(services, "Mara", Role.AGENT, client_id)
    conversation = await hot_conversation(services, client_id)
    await services.desk.take(mara, conversation)
    await services.live.add_turns(program(client_id), conversation, talk(3)[1:])
    assert (await services.live.read_stand(mara, conversation)).summary.agent_id == mara.id


async def test_a_supervisor_whispers(both_services: Services, client_id: str) -> None:
    sam = await person(both_services, "Sam", Role.SUPERVISOR, client_id)
    mara = await person(both_services, "Mara", Role.AGENT, client_id)
    conversation = await hot_conversation(both_services, client_id)
    whisper = await both_services.desk.whisper(sam, conversation, " Offer Friday. \x00")
    assert whisper.text == "Offer Friday. \N{REPLACEMENT CHARACTER}"
    assert (await both_services.live.read(mara, conversation)).whispers == [whisper]
    assert (await kinds(both_services, client_id, 5))[-1] is EventKind.WHISPERED
    with pytest.raises(ForbiddenError):
        await both_services.desk.whisper(mara, conversation, "Hello")
    for text in ("  ", "x" * 4001):
        with pytest.raises(InputError):
            await both_services.desk.whisper(sam, conversation, text)


async def test_a_card_is_answered_once(both_services: Services, client_id: str) -> None:
    mara = await person(both_services, "Mara", Role.AGENT, client_id)
    conversation = await hot_conversation(both_services, client_id)
    answer = await both_services.desk.answer_card(mara, conversation, "t0", Answer.NOT_NOW)
    assert answer.card_id == "name-the-feeling"
    assert (await both_services.live.read_stand(mara, conversation)).summary.card is None
    with pytest.raises(ConflictError):
        await both_services.desk.answer_card(mara, conversation, "t0", Answer.DONE)


async def test_an_answered_card_does_not_come_back_with_a_late_turn(
    services: Services, client_id: str
) -> None:
    mara = await person(services, "Mara", Role.AGENT, client_id)
    conversation = await hot_conversation(services, client_id)
    await services.desk.answer_card(mara, conversation, "t0", Answer.DONE)
    late = Said(id="a", speaker=Speaker.AGENT, text="Hello", number=0)
    ((moment, _),) = await services.live.add_turns(program(client_id), conversation, [late])
    whole = await services.live.read(mara, conversation)
    assert [each.turn.id for each in whole.moments] == ["a", "t0"]
    assert moment == whole.moments[0]
    assert whole.summary.card is None


async def test_a_label_is_contested_with_words_of_the_codebook(
    both_services: Services, client_id: str
) -> None:
    desk = both_services.desk
    mara = await person(both_services, "Mara", Role.AGENT, client_id)
    conversation = await hot_conversation(both_services, client_id)
    contest = await desk.contest(
        mara, conversation, "t0", Field.HEAT, shown="4", should_be="2", comment="Mail me at jo@example.com"
    )
    assert "jo@example.com" not in contest.comment
    whole = await both_services.live.read(mara, conversation)
    assert whole.contests == [contest]
    for field, shown, should_be in (
        (Field.HEAT, "4", "5"),
        (Field.CUES, "anger", None),
        (Field.TRIGGERS, None, None),
        (Field.TRIGGERS, "policy", "policy"),
    ):
        with pytest.raises(InputError):
            await desk.contest(mara, conversation, "t0", field, shown=shown, should_be=should_be)
    with pytest.raises(NotFoundError):
        await desk.contest(mara, conversation, "nope", Field.HEAT, shown="4", should_be="2")


async def test_programs_do_nothing_of_this(services: Services, client_id: str) -> None:
    conversation, robot = await hot_conversation(services, client_id), program(client_id)
    for refused in (
        services.desk.take(robot, conversation),
        services.desk.assign(robot, conversation, "x"),
        services.desk.whisper(robot, conversation, "x"),
        services.desk.answer_card(robot, conversation, "t0", Answer.DONE),
        services.desk.contest(robot, conversation, "t0", Field.HEAT, shown="4", should_be="2"),
    ):
        with pytest.raises(ForbiddenError):
            await refused


async def test_people_of_other_clients_know_of_nothing(services: Services, client_id: str) -> None:
    await services.accounts.create_client("other", "Other")
    stranger = await person(services, "Sam", Role.SUPERVISOR, "other")
    conversation = await hot_conversation(services, client_id)
    for refused in (
        services.desk.take(stranger, conversation),
        services.desk.assign(stranger, conversation, stranger.id),
        services.desk.whisper(stranger, conversation, "x"),
        services.desk.answer_card(stranger, conversation, "t0", Answer.DONE),
        services.desk.contest(stranger, conversation, "t0", Field.HEAT, shown="4", should_be="2"),
        services.live.read(stranger, conversation),
    ):
        with pytest.raises(NotFoundError):
            await refused
