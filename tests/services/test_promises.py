"""The promise ledger: proposals from the talk, moves, conflicts, reminders, and who may see what."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from coolhead.casework.hours import Hours
from coolhead.casework.promises import Entry, Move, Standing, State
from coolhead.codebook import Promiser, Speaker
from coolhead.errors import ConflictError, ForbiddenError, InputError, NotFoundError
from coolhead.services.access import Viewer
from coolhead.services.casework.ledger import Asked, Show
from coolhead.services.casework.promises import Promises, Wanted
from coolhead.services.casework.reminders import Reminders
from coolhead.services.conversations.live import Opening
from coolhead.services.turns.hearing import Said
from coolhead.storage import clients, events, outbox
from coolhead.storage.accounts import Role
from coolhead.storage.events import EventKind, StoredEvent
from coolhead.storage.outbox import Parcel
from coolhead.wiring import Services
from tests.services.people import person, program

STARTED = datetime(2037, 3, 18, 14, 20, tzinfo=UTC)  # in the future, where no real reminder is due
CALL = Wanted(what="call back", who=Promiser.AGENT, when="by 5 pm")


def agent(turn_id: str, text: str, start: float) -> Said:
    return Said(id=turn_id, speaker=Speaker.AGENT, text=text, start=start)


def customer(turn_id: str, text: str, start: float) -> Said:
    return Said(id=turn_id, speaker=Speaker.CUSTOMER, text=text, start=start)


async def opened(services: Services, client_id: str, *said: Said) -> str:
    opening = Opening(client_id=client_id, started_at=STARTED, customer="Priya")
    summary, _ = await services.live.open(program(client_id), opening)
    if said:
        await services.live.add_turns(program(client_id), summary.id, said)
    return summary.id


async def ledger_of(services: Services, conversation_id: str, client_id: str) -> list[Entry]:
    return (await services.live.read(program(client_id), conversation_id)).ledger


async def told(services: Services, *kinds: EventKind) -> list[StoredEvent]:
    async with services.database.read() as connection:
        happened = await events.list_after(connection, 0, limit=1000)
    return [event for event in happened if event.kind in kinds]


async def one_proposed(services: Services, client_id: str) -> tuple[str, Entry]:
    said = agent("t1", "I promise to send a part by 5 pm.", 10)
    conversation_id = await opened(services, client_id, said)
    (entry,) = await ledger_of(services, conversation_id, client_id)
    return conversation_id, entry


async def test_a_promise_in_a_turn_is_proposed_once(both_services: Services, client_id: str) -> None:
    said = agent("t1", "I promise to send a part by 5 pm. I promise to call within 2 business days.", 10)
    conversation_id = await opened(both_services, client_id, said, said)
    await both_services.live.add_turns(program(client_id), conversation_id, [said])
    first, second = await ledger_of(both_services, conversation_id, client_id)
    assert (first.terms.what, first.terms.due) == ("send a part", STARTED.replace(hour=17, minute=0))
    assert second.terms.due == datetime(2037, 3, 20, 18, tzinfo=UTC)
    assert {first.state, second.state} == {State.PROPOSED}
    assert first.said_at == STARTED + timedelta(seconds=10)
    assert len(await told(both_services, EventKind.PROMISE_MOVED)) == 2


async def test_due_times_are_read_by_the_clients_clocks(services: Services, client_id: str) -> None:
    hours = Hours(time_zone="America/New_York")
    async with services.database.write() as connection:
        client = await clients.find(connection, client_id)
        assert client
        await clients.change_settings(connection, client_id, hours, client.tone, "")
    _, entry = await one_proposed(services, client_id)
    assert entry.terms.due == datetime(2037, 3, 18, 21, tzinfo=UTC)


async def test_late_turns_change_and_withdraw_proposals_but_nothing_a_person_has_touched(
    both_services: Services, client_id: str
) -> None:
    mara = await person(both_services, "Mara", Role.AGENT, client_id)
    promise = "I promise to send a part by 5 pm."
    conversation_id = await opened(
        both_services, client_id, agent("t1", promise, 10), agent("t2", promise, 20), agent("t3", promise, 30)
    )
    taken, left, refused = await ledger_of(both_services, conversation_id, client_id)
    taken = await both_services.promises.move(mara, taken.id, 1, Move.ACCEPT)
    refused = await both_services.promises.move(mara, refused.id, 1, Move.REJECT)
    late = [customer(f"c{n}", "never mind", 10 * n - 1) for n in (1, 2, 3)]
    await both_services.live.add_turns(program(client_id), conversation_id, late)
    entries = await ledger_of(both_services, conversation_id, client_id)
    assert entries[0] == taken
    assert (entries[1].state, entries[1].by_hand) == (State.DROPPED, False)
    assert entries[2] == refused
    _, moves = await both_services.promises.read(mara, left.id)
    assert [moved.move for moved in moves] == [Move.PROPOSE, Move.WITHDRAW]
    assert {moved.by for moved in moves} == {""}

    again = [customer("c4", "well", 9.9), customer("c5", "well", 19.9), customer("c6", "well", 29.9)]
    await both_services.live.add_turns(program(client_id), conversation_id, again)
    entries = await ledger_of(both_services, conversation_id, client_id)
    assert [entry.state for entry in entries] == [State.OPEN, State.PROPOSED, State.DROPPED]
    assert [entry.id for entry in entries] == [taken.id, left.id, refused.id]


async def test_a_promise_is_accepted_and_kept_with_who_when_and_why(
    both_services: Services, client_id: str
) -> None:
    mara = await person(both_services, "Mara", Role.AGENT, client_id)
    sam = await person(both_services, "Sam", Role.SUPERVISOR, client_id)
    conversation_id, entry = await one_proposed(both_services, client_id)
    await both_services.desk.take(mara, conversation_id)
    opened_entry = await both_services.promises.move(sam, entry.id, 1, Move.ACCEPT)
    assert (opened_entry.state, opened_entry.owner, opened_entry.owner_id) == (State.OPEN, "Mara", mara.id)
    broken = await both_services.promises.move(mara, entry.id, 2, Move.BREAK, "The part was out of stock.")
    assert broken.state is State.BROKEN
    with pytest.raises(InputError):
        await both_services.promises.move(sam, entry.id, 3, Move.REOPEN, " ")
    await both_services.promises.move(sam, entry.id, 3, Move.REOPEN, "It came in after all.")
    kept = await both_services.promises.move(mara, entry.id, 4, Move.KEEP)
    assert kept.state is State.KEPT
    _, moves = await both_services.promises.read(mara, entry.id)
    assert [(moved.move, moved.by, moved.reason) for moved in moves] == [
        (Move.PROPOSE, "", ""),
        (Move.ACCEPT, "Sam", ""),
        (Move.BREAK, "Mara", "The part was out of stock."),
        (Move.REOPEN, "Sam", "It came in after all."),
        (Move.KEEP, "Mara", ""),
    ]
    happened = await told(both_services, EventKind.PROMISE_MOVED)
    assert [json.loads(event.data)["moved"]["move"] for event in happened] == [m.move.value for m in moves]


async def test_illegal_moves_change_nothing_and_say_what_is_possible(
    services: Services, client_id: str, admin: Viewer
) -> None:
    _, entry = await one_proposed(services, client_id)
    with pytest.raises(ConflictError) as caught:
        await services.promises.move(admin, entry.id, 1, Move.KEEP)
    assert "accept, reject" in caught.value.hint
    for move in (Move.PROPOSE, Move.WITHDRAW, Move.MERGE, Move.ADD, Move.UNDO):
        with pytest.raises(InputError):
            await services.promises.move(admin, entry.id, 1, move)
    with pytest.raises(ConflictError):
        await services.promises.undo(admin, entry.id, 1)
    assert (await services.promises.read(admin, entry.id))[0] == entry


async def test_of_two_at_once_one_is_told_and_neither_is_lost(
    both_services: Services, client_id: str
) -> None:
    mara = await person(both_services, "Mara", Role.AGENT, client_id)
    ravi = await person(both_services, "Ravi", Role.AGENT, client_id)
    _, entry = await one_proposed(both_services, client_id)
    outcomes = await asyncio.gather(
        both_services.promises.edit(mara, entry.id, 1, replace(CALL, what="send two parts")),
        both_services.promises.edit(ravi, entry.id, 1, replace(CALL, what="send a courier")),
        return_exceptions=True,
    )
    (lost,) = [outcome for outcome in outcomes if isinstance(outcome, ConflictError)]
    (won,) = [outcome for outcome in outcomes if isinstance(outcome, Entry)]
    assert "changed meanwhile" in lost.message
    assert (await both_services.promises.read(mara, entry.id))[0] == won


async def test_the_same_change_sent_again_changes_nothing(both_services: Services, client_id: str) -> None:
    mara = await person(both_services, "Mara", Role.AGENT, client_id)
    ravi = await person(both_services, "Ravi", Role.AGENT, client_id)
    conversation_id, entry = await one_proposed(both_services, client_id)
    ledger = both_services.promises
    once = await ledger.move(mara, entry.id, 1, Move.ACCEPT)
    assert await ledger.move(mara, entry.id, 1, Move.ACCEPT) == once
    with pytest.raises(ConflictError, match=r"changed meanwhile: Mara \(accept\)"):
        await ledger.move(ravi, entry.id, 1, Move.ACCEPT)
    edited = await ledger.edit(mara, entry.id, 2, CALL)
    assert await ledger.edit(mara, entry.id, 2, CALL) == edited
    added = await ledger.add(mara, conversation_id, CALL, "a" * 32)
    assert await ledger.add(mara, conversation_id, CALL, "a" * 32) == added
    other = await opened(both_services, client_id)
    with pytest.raises(ConflictError):
        await ledger.add(mara, other, CALL, "a" * 32)
    merged = await ledger.merge(mara, edited.id, 3, added.id, 1)
    assert await ledger.merge(mara, edited.id, 3, added.id, 1) == merged
    undone = await ledger.undo(mara, edited.id, 4)
    assert await ledger.undo(mara, edited.id, 4) == undone
    assert len((await ledger.read(mara, edited.id))[1]) == 5


async def test_words_of_time_count_from_when_it_was_said(services: Services, client_id: str) -> None:
    mara = await person(services, "Mara", Role.AGENT, client_id)
    _, entry = await one_proposed(services, client_id)
    ledger = services.promises
    edited = await ledger.edit(mara, entry.id, 1, replace(CALL, when="within two hours"))
    assert edited.terms.due == STARTED.replace(hour=16)
    exact = datetime(2037, 3, 25, 9, 30, tzinfo=UTC)
    edited = await ledger.edit(mara, entry.id, 2, replace(CALL, when="within two hours", due=exact))
    assert edited.terms.due == exact
    kept = await ledger.edit(mara, entry.id, 3, replace(CALL, what="ring back", when="within two hours"))
    assert (kept.terms.what, kept.terms.due) == ("ring back", exact)
    untimed = await ledger.edit(mara, entry.id, 4, replace(CALL, when=""))
    assert (untimed.terms.when, untimed.terms.due) == (None, None)
    assert await ledger.edit(mara, entry.id, 5, replace(CALL, when="")) == untimed
    for wrong in (replace(CALL, what=" "), replace(CALL, what="x" * 501), replace(CALL, when="x" * 201)):
        with pytest.raises(InputError):
            await ledger.edit(mara, entry.id, 5, wrong)
    masked = await ledger.edit(mara, entry.id, 5, replace(CALL, what="mail jo@example.com"))
    assert "jo@example.com" not in masked.terms.what


async def test_two_entries_become_one_and_two_again(both_services: Services, client_id: str) -> None:
    mara = await person(both_services, "Mara", Role.AGENT, client_id)
    said = agent("t1", "I promise to refund you. I promise to show it by Friday.", 10)
    conversation_id = await opened(both_services, client_id, said)
    first, second = await ledger_of(both_services, conversation_id, client_id)
    ledger = both_services.promises
    merged = await ledger.merge(mara, first.id, 1, second.id, 1)
    assert (merged.terms.what, merged.terms.due) == ("refund you", second.terms.due)
    after = await ledger_of(both_services, conversation_id, client_id)
    assert [entry.state for entry in after] == [State.PROPOSED, State.DROPPED]
    await both_services.live.add_turns(program(client_id), conversation_id, [customer("c", "hello", 1)])
    assert await ledger_of(both_services, conversation_id, client_id) == after
    await ledger.undo(mara, first.id, 2)
    after = await ledger_of(both_services, conversation_id, client_id)
    assert [(entry.state, entry.terms) for entry in after] == [
        (State.PROPOSED, first.terms),
        (State.PROPOSED, second.terms),
    ]
    accepted = await ledger.move(mara, second.id, 3, Move.ACCEPT)
    with pytest.raises(ConflictError, match="open promise cannot become part"):
        await ledger.merge(mara, first.id, 3, accepted.id, 4)
    with pytest.raises(ConflictError, match="changed meanwhile"):
        await ledger.merge(mara, second.id, 4, first.id, 2)
    with pytest.raises(ConflictError, match="one conversation"):
        await ledger.merge(mara, second.id, 4, second.id, 4)


async def test_the_list_shows_what_is_asked_for(both_services: Services, client_id: str) -> None:
    mara = await person(both_services, "Mara", Role.AGENT, client_id)
    now = STARTED
    ledger = Promises(both_services.database, both_services.feed, lambda: now)
    conversation_id, proposed = await one_proposed(both_services, client_id)
    soon = await ledger.add(mara, conversation_id, replace(CALL, what="soon", when="within 2 hours"))
    later = await ledger.add(mara, conversation_id, replace(CALL, what="later", when="in a week"))
    never = await ledger.add(mara, conversation_id, replace(CALL, what="never", when=""))
    late = await ledger.add(mara, conversation_id, replace(CALL, due=STARTED - timedelta(days=1)))
    kept = await ledger.move(mara, (await ledger.add(mara, conversation_id, CALL)).id, 1, Move.KEEP)

    async def shown(show: Show, owner_id: str | None = None) -> list[str]:
        page = await ledger.list_page(mara, Asked(show=show, owner_id=owner_id))
        assert page.total == len(page.lines)
        return [line.entry.id for line in page.lines]

    assert await shown(Show.TODAY) == [soon.id]
    assert await shown(Show.OVERDUE) == [late.id]
    assert await shown(Show.OPEN) == [late.id, soon.id, later.id, never.id]
    assert await shown(Show.PROPOSED) == [proposed.id]
    assert await shown(Show.SETTLED) == [kept.id]
    assert set(await shown(Show.ALL)) == {late.id, soon.id, later.id, never.id, proposed.id, kept.id}
    assert await shown(Show.ALL, owner_id="nobody") == []
    assert len(await shown(Show.ALL, owner_id=mara.id)) == 5
    page = await ledger.list_page(mara, Asked(show=Show.OPEN), limit=2, offset=1)
    assert ([line.entry.id for line in page.lines], page.total) == ([soon.id, later.id], 4)
    assert await ledger.count_pressing(mara) == 1
    assert await ledger.list_owners(mara) == {mara.id: "Mara"}
    assert [line.standing for line in (await ledger.list_page(mara, Asked(show=Show.OPEN))).lines] == [
        Standing.OVERDUE,
        Standing.AHEAD,
        Standing.AHEAD,
        Standing.UNTIMED,
    ]


async def test_people_of_other_clients_know_of_nothing(both_services: Services, client_id: str) -> None:
    await both_services.accounts.create_client("other", "Other")
    sam = await person(both_services, "Sam", Role.SUPERVISOR, "other")
    mara = await person(both_services, "Mara", Role.AGENT, client_id)
    conversation_id, entry = await one_proposed(both_services, client_id)
    await both_services.promises.move(mara, entry.id, 1, Move.ACCEPT)
    ledger = both_services.promises
    theirs = await opened(both_services, "other", agent("t1", "I promise to wait.", 1))
    (their_entry,) = await ledger_of(both_services, theirs, "other")
    for stranger in (sam, program("other")):
        for show in Show:
            page = await ledger.list_page(stranger, Asked(show=show))
            assert {line.entry.client_id for line in page.lines} <= {"other"}
        assert await ledger.list_owners(stranger) == {}
        for refused in (
            ledger.read(stranger, entry.id),
            ledger.add(stranger, conversation_id, CALL),
            ledger.move(stranger, entry.id, 2, Move.KEEP),
            ledger.edit(stranger, entry.id, 2, CALL),
            ledger.merge(stranger, their_entry.id, 1, entry.id, 2),
            ledger.undo(stranger, entry.id, 2),
            ledger.list_page(stranger, Asked(client_id=client_id)),
        ):
            with pytest.raises(NotFoundError):
                await refused
    analyst = await person(both_services, "Ana", Role.ANALYST, client_id)
    assert (await ledger.list_page(analyst)).total == 1
    with pytest.raises(ForbiddenError):
        await ledger.move(analyst, entry.id, 2, Move.KEEP)


async def test_each_threshold_is_told_once_whoever_asks(both_services: Services, client_id: str) -> None:
    mara = await person(both_services, "Mara", Role.AGENT, client_id)
    ledger = Promises(both_services.database, both_services.feed, lambda: STARTED)
    conversation_id = await opened(both_services, client_id)
    await both_services.desk.take(mara, conversation_id)
    entry = await ledger.add(mara, conversation_id, replace(CALL, when="within 3 hours"))
    due = entry.terms.due
    assert due
    processes = [Reminders(both_services.database, both_services.feed, mail_is_on=True) for _ in range(3)]

    async def at(now: datetime) -> tuple[int, int, int]:
        """What had been told by then: near, overdue, letters."""
        await asyncio.gather(*(each.remind(now) for each in processes))
        async with both_services.database.write() as connection:
            letters = await outbox.claim(
                connection, now + timedelta(days=9), timedelta(), limit=99, per_lane=99
            )
        mine = [json.loads(letter.data)["to"] for letter in letters if letter.kind is Parcel.MAIL]
        assert set(mine) <= {"mara@example.com"}
        near = await told(both_services, EventKind.PROMISE_DUE)
        overdue = await told(both_services, EventKind.PROMISE_OVERDUE)
        return len(near), len(overdue), len(mine)

    assert await at(STARTED) == (0, 0, 0)
    assert await at(due - timedelta(minutes=61)) == (0, 0, 0)
    assert await at(due - timedelta(minutes=60)) == (1, 0, 1)
    assert await at(due) == (1, 0, 1)
    assert await at(due + timedelta(seconds=1)) == (1, 1, 2)
    assert await at(due + timedelta(days=1)) == (1, 1, 2)
    entry = await ledger.edit(mara, entry.id, 1, replace(CALL, due=due + timedelta(days=5)))
    assert await at(due + timedelta(days=6)) == (1, 2, 3)
    await ledger.move(mara, entry.id, 2, Move.KEEP)
    assert await at(due + timedelta(days=9)) == (1, 2, 3)


async def test_words_of_several_lines_make_a_letter_with_one_line_of_subject(
    services: Services, client_id: str
) -> None:
    mara = await person(services, "Mara", Role.AGENT, client_id)
    ledger = Promises(services.database, services.feed, lambda: STARTED)
    conversation_id = await opened(services, client_id)
    await services.desk.take(mara, conversation_id)
    what = "Call back\r\nBcc: everybody@example.com\rX: y"
    await ledger.add(mara, conversation_id, replace(CALL, what=what, when="within 3 hours"))
    await Reminders(services.database, services.feed, mail_is_on=True).remind(STARTED + timedelta(days=1))
    async with services.database.write() as connection:
        items = await outbox.claim(connection, STARTED + timedelta(days=2), timedelta(), limit=9, per_lane=9)
    (letter,) = [json.loads(each.data) for each in items if each.kind is Parcel.MAIL]
    assert letter["subject"] == "Overdue: Call back Bcc: [EMAIL] X: y"


async def test_what_is_not_open_is_not_told_of(services: Services, client_id: str) -> None:
    await one_proposed(services, client_id)
    await Reminders(services.database, services.feed, mail_is_on=False).remind(STARTED + timedelta(days=9))
    assert await told(services, EventKind.PROMISE_DUE, EventKind.PROMISE_OVERDUE) == []
