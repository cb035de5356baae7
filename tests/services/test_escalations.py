"""Calls for a supervisor over both databases: asking, answering, rising, and whose they are."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from coolhead.casework.briefing import Topic
from coolhead.casework.escalation import Escalation, Level, Move, Origin, State
from coolhead.codebook import Speaker
from coolhead.errors import ConflictError, CoolheadError, ForbiddenError, InputError, NotFoundError
from coolhead.services.access import Viewer
from coolhead.services.conversations.live import Opening
from coolhead.services.turns.hearing import Said
from coolhead.storage import escalations
from coolhead.storage.accounts import Role
from coolhead.storage.events import EventKind
from coolhead.wiring import Services, local_now
from tests.services.people import person, program


async def conversation_of(services: Services, client_id: str, agent: Viewer | None, *words: str) -> str:
    """A live chat in which the customer has said these words; taken by `agent`."""
    opening = Opening(client_id=client_id, customer="Ana Pires")
    summary, _ = await services.live.open(program(client_id), opening)
    said = [Said(id=f"c{n}", speaker=Speaker.CUSTOMER, text=text) for n, text in enumerate(words)]
    if said:
        await services.live.add_turns(program(client_id), summary.id, said)
    if agent:
        await services.desk.take(agent, summary.id)
    return summary.id


async def kinds_told(services: Services, conversation_id: str) -> list[EventKind]:
    async with services.database.read() as connection:
        from coolhead.storage import events

        span = events.Span(conversation_id=conversation_id)
        return [event.kind for event in await events.list_after(connection, 0, limit=500, span=span)]


async def kept_moves(services: Services, escalation: Escalation) -> list[tuple[int, Move, State]]:
    async with services.database.read() as connection:
        made = await escalations.list_moves(connection, escalation.id)
    return [(each.number, each.move, each.state) for each in made]


async def test_a_call_from_asking_to_closing(both_services: Services, client_id: str) -> None:
    services = both_services
    mara = await person(services, "Mara", Role.AGENT, client_id)
    sam = await person(services, "Sam", Role.SUPERVISOR, client_id)
    conversation = await conversation_of(services, client_id, mara, "heat 4, where is it?")
    asked = await services.escalations.ask(mara, conversation, words=" They want 200 back. ")
    assert (asked.state, asked.words, asked.agent) == (State.REQUESTED, "They want 200 back.", "Mara")
    assert await services.escalations.ask(mara, conversation) == asked

    (call,) = await services.escalations.list_open(sam)
    assert call.escalation == asked
    assert {line.topic for line in call.briefing} >= {Topic.WHO, Topic.WANTS, Topic.HEAT}

    move = services.escalations.move
    accepted = await move(sam, asked.id, Move.ACCEPT)
    assert (accepted.state, accepted.supervisor) == (State.ACCEPTED, "Sam")
    await move(sam, asked.id, Move.JOIN)
    await services.chat.answer(sam, conversation, "Sam here.")
    await services.chat.answer(mara, conversation, "I stay with you.")
    await move(sam, asked.id, Move.TAKE_OVER)
    assert (await services.live.read_stand(sam, conversation)).summary.agent_id == sam.id
    await move(sam, asked.id, Move.GIVE_BACK)
    whole = await services.live.read(mara, conversation)
    assert whole.summary.agent_id == mara.id
    assert [each.turn.speaker for each in whole.moments[1:]] == [Speaker.SUPERVISOR, Speaker.AGENT]
    closed = await move(sam, asked.id, Move.CLOSE, "Settled.")
    assert (closed.state, closed.version) == (State.CLOSED, 6)
    assert await kept_moves(services, asked) == [
        (1, Move.BRIEF, State.BRIEFED),
        (2, Move.ACCEPT, State.ACCEPTED),
        (3, Move.JOIN, State.JOINED),
        (4, Move.TAKE_OVER, State.TAKEN_OVER),
        (5, Move.GIVE_BACK, State.RETURNED),
        (6, Move.CLOSE, State.CLOSED),
    ]
    assert await services.escalations.list_open(sam) == []
    told = await kinds_told(services, conversation)
    assert told.count(EventKind.ESCALATION_ASKED) == 1
    assert told.count(EventKind.ESCALATION_MOVED) == 6


async def test_declined_with_a_reason_and_asked_again(services: Services, client_id: str) -> None:
    mara = await person(services, "Mara", Role.AGENT, client_id)
    sam = await person(services, "Sam", Role.SUPERVISOR, client_id)
    conversation = await conversation_of(services, client_id, mara, "hello")
    first = await services.escalations.ask(mara, conversation)
    with pytest.raises(InputError):
        await services.escalations.move(sam, first.id, Move.DECLINE, " ")
    await services.escalations.move(sam, first.id, Move.DECLINE, "You may grant it yourself.")
    second = await services.escalations.ask(mara, conversation)
    assert second.id != first.id
    assert await services.escalations.of(mara, conversation) == second
    calls = await services.escalations.history(mara, conversation)
    assert [call.reason for call, _ in calls] == ["You may grant it yourself.", ""]
    await services.escalations.move(mara, second.id, Move.WITHDRAW)
    with pytest.raises(ConflictError):
        await services.escalations.move(sam, second.id, Move.ACCEPT)


async def test_nobody_free_becomes_a_promise_once(services: Services, client_id: str) -> None:
    mara = await person(services, "Mara", Role.AGENT, client_id)
    conversation = await conversation_of(services, client_id, mara, "hello")
    asked = await services.escalations.ask(mara, conversation)
    with pytest.raises(InputError):
        await services.escalations.promise_call_back(mara, asked.id, "  ")
    assert (await services.live.read(mara, conversation)).ledger == []
    ended = await services.escalations.promise_call_back(mara, asked.id, "tomorrow at 10:00")
    assert (ended.state, ended.reason) == (State.CALL_BACK, "tomorrow at 10:00")
    with pytest.raises(ConflictError):
        await services.escalations.promise_call_back(mara, asked.id, "tomorrow at 11:00")
    (promise,) = (await services.live.read(mara, conversation)).ledger
    assert (promise.terms.what, promise.terms.when) == ("call the customer back", "tomorrow at 10:00")


async def test_who_may_do_what(services: Services, client_id: str) -> None:
    await services.accounts.create_client("other", "Other")
    mara = await person(services, "Mara", Role.AGENT, client_id)
    ravi = await person(services, "Ravi", Role.AGENT, client_id)
    sam = await person(services, "Sam", Role.SUPERVISOR, client_id)
    olga = await person(services, "Olga", Role.SUPERVISOR, "other")
    conversation = await conversation_of(services, client_id, mara, "hello")
    asked = await services.escalations.ask(mara, conversation)
    for viewer in (mara, ravi):
        with pytest.raises(ForbiddenError):
            await services.escalations.move(viewer, asked.id, Move.ACCEPT)
        with pytest.raises(ForbiddenError):
            await services.escalations.list_open(viewer)
    with pytest.raises(ForbiddenError):
        await services.escalations.move(ravi, asked.id, Move.WITHDRAW)
    with pytest.raises(ForbiddenError):
        await services.escalations.ask(program(client_id), conversation)
    with pytest.raises(ConflictError):
        await services.escalations.move(sam, asked.id, Move.RISE)
    assert await services.escalations.list_open(olga) == []
    for refused in (
        services.escalations.move(olga, asked.id, Move.ACCEPT),
        services.escalations.promise_call_back(olga, asked.id, "at noon"),
        services.escalations.ask(olga, conversation),
        services.escalations.of(olga, conversation),
        services.escalations.history(olga, conversation),
        services.escalations.move(sam, "0" * 32, Move.ACCEPT),
    ):
        with pytest.raises(NotFoundError):
            await refused
    assert [call.escalation.id for call in await services.escalations.list_open(sam)] == [asked.id]


async def test_two_supervisors_at_once(both_services: Services, client_id: str) -> None:
    services = both_services
    mara = await person(services, "Mara", Role.AGENT, client_id)
    sams = [await person(services, f"Sam{n}", Role.SUPERVISOR, client_id) for n in range(3)]
    conversation = await conversation_of(services, client_id, mara, "hello")
    asked = await asyncio.gather(*(services.escalations.ask(mara, conversation) for _ in range(3)))
    assert len({each.id for each in asked}) == 1
    answers = await asyncio.gather(
        *(services.escalations.move(sam, asked[0].id, Move.ACCEPT) for sam in sams), return_exceptions=True
    )
    accepted = [each for each in answers if isinstance(each, Escalation)]
    assert len(accepted) == 1
    assert all(isinstance(each, ConflictError) for each in answers if each is not accepted[0])
    call = await services.escalations.of(mara, conversation)
    assert call == accepted[0]
    assert [move for _, move, _ in await kept_moves(services, call)] == [Move.BRIEF, Move.ACCEPT]


async def test_a_forgotten_call_rises_once(both_services: Services, client_id: str) -> None:
    services = both_services
    mara = await person(services, "Mara", Role.AGENT, client_id)
    sam = await person(services, "Sam", Role.SUPERVISOR, client_id)
    conversation = await conversation_of(services, client_id, mara, "hello")
    asked = await services.escalations.ask(mara, conversation)
    await services.escalations.rise(asked.asked_at + timedelta(minutes=4))
    assert (await services.escalations.of(mara, conversation)) == asked
    late = asked.asked_at + timedelta(minutes=5)
    await asyncio.gather(*(services.escalations.rise(late) for _ in range(3)))
    risen = await services.escalations.of(mara, conversation)
    assert (risen.level, risen.state, risen.version) == (Level.ADMINS, State.REQUESTED, 1)
    await services.escalations.rise(late + timedelta(hours=1))
    assert await services.escalations.of(mara, conversation) == risen
    assert (await services.escalations.move(sam, asked.id, Move.ACCEPT)).supervisor == "Sam"


async def test_a_hot_conversation_that_nobody_answers_calls_by_itself(
    both_services: Services, client_id: str
) -> None:
    services = both_services
    hot = await conversation_of(services, client_id, None, "heat 3")
    await conversation_of(services, client_id, None, "heat 1")
    answered = await conversation_of(services, client_id, None, "heat 4")
    await services.live.add_turns(
        program(client_id), answered, [Said(id="a", speaker=Speaker.AGENT, text="I am here.")]
    )
    ended = await conversation_of(services, client_id, None, "heat 4")
    await services.live.end(program(client_id), ended)
    sam = await person(services, "Sam", Role.SUPERVISOR, client_id)
    await services.escalations.rise(local_now())
    assert await services.escalations.list_open(sam) == []
    late = local_now() + timedelta(minutes=6)
    await asyncio.gather(*(services.escalations.rise(late) for _ in range(2)))
    (call,) = await services.escalations.list_open(sam)
    assert (call.summary.id, call.escalation.origin) == (hot, Origin.FORGOTTEN)
    await services.escalations.move(sam, call.escalation.id, Move.DECLINE, "Ravi has it.")
    await services.escalations.rise(late)
    assert await services.escalations.list_open(sam) == []


async def test_a_client_says_how_long_is_too_long(services: Services, client_id: str) -> None:
    from coolhead.storage import clients

    mara = await person(services, "Mara", Role.AGENT, client_id)
    conversation = await conversation_of(services, client_id, mara, "hello")
    asked = await services.escalations.ask(mara, conversation)
    async with services.database.write() as connection:
        assert await clients.change_forgotten_after(connection, client_id, 30)
    await services.escalations.rise(asked.asked_at + timedelta(minutes=29))
    assert (await services.escalations.of(mara, conversation)).level is Level.SUPERVISORS
    await services.escalations.rise(asked.asked_at + timedelta(minutes=30))
    assert (await services.escalations.of(mara, conversation)).level is Level.ADMINS


async def test_an_ended_conversation_is_neither_asked_about_nor_taken_over(
    services: Services, client_id: str
) -> None:
    mara = await person(services, "Mara", Role.AGENT, client_id)
    sam = await person(services, "Sam", Role.SUPERVISOR, client_id)
    conversation = await conversation_of(services, client_id, mara, "hello")
    asked = await services.escalations.ask(mara, conversation)
    await services.escalations.move(sam, asked.id, Move.ACCEPT)
    await services.live.end(mara, conversation)
    for move in (Move.JOIN, Move.TAKE_OVER):
        with pytest.raises(ConflictError):
            await services.escalations.move(sam, asked.id, move)
    assert (await services.escalations.of(sam, conversation)).state is State.ACCEPTED
    await services.escalations.move(sam, asked.id, Move.CLOSE)
    with pytest.raises(ConflictError):
        await services.escalations.ask(mara, conversation)


async def test_a_move_that_fails_changes_nothing(services: Services, client_id: str) -> None:
    mara = await person(services, "Mara", Role.AGENT, client_id)
    sam = await person(services, "Sam", Role.SUPERVISOR, client_id)
    conversation = await conversation_of(services, client_id, mara, "hello")
    asked = await services.escalations.ask(mara, conversation)
    before = await kinds_told(services, conversation)
    for move in (Move.JOIN, Move.TAKE_OVER, Move.GIVE_BACK, Move.CLOSE, Move.DECLINE):
        with pytest.raises(CoolheadError):
            await services.escalations.move(sam, asked.id, move)
    assert await services.escalations.of(mara, conversation) == asked
    assert await kept_moves(services, asked) == []
    assert await kinds_told(services, conversation) == before
