"""Follow-ups: proposed after rough talks, planned, moved, sent by a person, told of; and who sees them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from coolhead.casework.follow_up import FollowUp, Kind, Move, State, Why
from coolhead.codebook import Channel, Promiser, Speaker
from coolhead.errors import ConflictError, ForbiddenError, InputError, NotFoundError
from coolhead.services.access import Viewer
from coolhead.services.casework.follow_ups import FollowUps, Wording
from coolhead.services.casework.plan import Asked, Show
from coolhead.services.casework.promises import Wanted
from coolhead.services.casework.reminders import Reminders
from coolhead.services.conversations.live import Opening
from coolhead.services.turns.hearing import Said
from coolhead.storage import events, tables
from coolhead.storage.accounts import Role
from coolhead.storage.events import EventKind, StoredEvent
from coolhead.wiring import Services
from tests.services.people import person, program

ROUGH = "heat 3, this is the third time"
LETTER = Wording(
    kind=Kind.EMAIL,
    address="priya@example.com",
    subject="About your bill",
    text="Call me on +44 20 7946 0018.",
)


async def ended(
    services: Services, client_id: str, *words: str, channel: Channel = Channel.CHAT, key: str | None = None
) -> str:
    """A conversation that has ended; its id."""
    opening = Opening(client_id=client_id, customer="Priya Raman", customer_key=key, channel=channel)
    summary, _ = await services.live.open(program(client_id), opening)
    said = [Said(id=f"t{n}", speaker=Speaker.CUSTOMER, text=text, number=n) for n, text in enumerate(words)]
    if said:
        await services.live.add_turns(program(client_id), summary.id, said)
    await services.live.end(program(client_id), summary.id)
    return summary.id


async def planned(services: Services, viewer: Viewer, client_id: str) -> FollowUp:
    """A follow-up that somebody has taken on."""
    conversation_id = await ended(services, client_id, ROUGH)
    (proposed,) = await services.follow_ups.list_of(viewer, conversation_id)
    return await services.follow_ups.move(viewer, proposed.id, 1, Move.SCHEDULE)


async def told(services: Services, *kinds: EventKind) -> list[StoredEvent]:
    async with services.database.read() as connection:
        return [each for each in await events.list_after(connection, 0, limit=1000) if each.kind in kinds]


async def letters(services: Services) -> list[dict[str, str]]:
    async with services.database.read() as connection:
        rows = await connection.execute(select(tables.outbox).order_by(tables.outbox.c.created_at))
        return [json.loads(row.data) for row in rows]


def with_mail(services: Services) -> FollowUps:
    return FollowUps(services.database, services.feed, services.follow_ups._clock, mail_is_on=True)


async def test_a_rough_conversation_proposes_one_with_a_draft(
    both_services: Services, client_id: str
) -> None:
    mara = await person(both_services, "Mara", Role.AGENT, client_id)
    conversation_id = await ended(both_services, client_id, ROUGH, key="priya@example.com")
    (proposed,) = await both_services.follow_ups.list_of(mara, conversation_id)
    assert (proposed.state, proposed.kind, proposed.why) == (State.PROPOSED, Kind.EMAIL, (Why.HOT,))
    assert proposed.address == "priya@example.com"
    assert proposed.text.startswith("Hello Priya,")
    client = await both_services.accounts.find_client(client_id)
    assert client.hours.is_open(proposed.due - timedelta(seconds=1))
    (event,) = await told(both_services, EventKind.FOLLOW_UP_MOVED)
    assert json.loads(event.data)["moved"]["move"] == "propose"
    await both_services.live.end(program(client_id), conversation_id)
    assert len(await both_services.follow_ups.list_of(mara, conversation_id)) == 1


async def test_a_quiet_conversation_proposes_none(services: Services, client_id: str) -> None:
    mara = await person(services, "Mara", Role.AGENT, client_id)
    for words in ((), ("heat 1, hello",), ("heat 2, hm",)):
        assert await services.follow_ups.list_of(mara, await ended(services, client_id, *words)) == []


async def test_who_called_is_called_back(services: Services, client_id: str) -> None:
    mara = await person(services, "Mara", Role.AGENT, client_id)
    conversation_id = await ended(services, client_id, ROUGH, channel=Channel.CALL, key="+44 20 7946 0018")
    (proposed,) = await services.follow_ups.list_of(mara, conversation_id)
    assert (proposed.kind, proposed.address, proposed.subject) == (Kind.CALL, "+44 20 7946 0018", "")


async def test_an_open_promise_is_reason_enough(services: Services, client_id: str) -> None:
    mara = await person(services, "Mara", Role.AGENT, client_id)
    summary, _ = await services.live.open(program(client_id), Opening(client_id=client_id, customer="Noor"))
    said = Said(id="t0", speaker=Speaker.CUSTOMER, text="heat 2, well", number=0)
    await services.live.add_turns(program(client_id), summary.id, [said])
    await services.promises.add(mara, summary.id, Wanted(what="send a part", who=Promiser.AGENT))
    await services.live.end(program(client_id), summary.id)
    (proposed,) = await services.follow_ups.list_of(mara, summary.id)
    assert proposed.why == (Why.OWED,)
    assert "Still to come: we will send a part." in proposed.text


async def test_it_is_taken_on_moved_failed_and_opened_again(both_services: Services, client_id: str) -> None:
    mara = await person(both_services, "Mara", Role.AGENT, client_id)
    use = both_services.follow_ups
    one = await planned(both_services, mara, client_id)
    assert (one.state, one.owner, one.version) == (State.SCHEDULED, "Mara", 2)
    sunday = datetime(2037, 3, 22, 12, tzinfo=UTC)
    one = await use.put_off(mara, one.id, 2, sunday, "They are away.")
    assert (one.state, one.due) == (State.MOVED, datetime(2037, 3, 23, 9, tzinfo=UTC))
    with pytest.raises(InputError):
        await use.move(mara, one.id, 3, Move.FAIL)
    one = await use.move(mara, one.id, 3, Move.FAIL, "The line was dead.")
    assert one.state is State.FAILED
    one = await use.move(mara, one.id, 4, Move.REOPEN, "They wrote.")
    one = await use.move(mara, one.id, 5, Move.DO)
    assert one.state is State.DONE
    _, moves = await use.read(mara, one.id)
    assert [moved.move for moved in moves] == [
        Move.PROPOSE, Move.SCHEDULE, Move.MOVE, Move.FAIL, Move.REOPEN, Move.DO,
    ]  # fmt: skip
    assert [moved.reason for moved in moves[2:5]] == ["They are away.", "The line was dead.", "They wrote."]
    assert len(await told(both_services, EventKind.FOLLOW_UP_MOVED)) == 6


async def test_who_is_slower_is_told_and_the_same_again_changes_nothing(
    both_services: Services, client_id: str
) -> None:
    mara = await person(both_services, "Mara", Role.AGENT, client_id)
    sam = await person(both_services, "Sam", Role.SUPERVISOR, client_id)
    one = await planned(both_services, mara, client_id)
    done = await both_services.follow_ups.move(mara, one.id, 2, Move.DO)
    assert await both_services.follow_ups.move(mara, one.id, 2, Move.DO) == done
    with pytest.raises(ConflictError, match="Mara"):
        await both_services.follow_ups.move(sam, one.id, 2, Move.FAIL, "No answer.")


async def test_a_letter_is_sent_once_and_only_when_a_person_says_so(
    both_services: Services, client_id: str
) -> None:
    mara = await person(both_services, "Mara", Role.AGENT, client_id)
    use = with_mail(both_services)
    one = await planned(both_services, mara, client_id)
    assert await letters(both_services) == []
    sent = await use.send(mara, one.id, 2, LETTER)
    assert await use.send(mara, one.id, 2, LETTER) == sent
    assert sent.state is State.DONE
    assert "[PHONE]" in sent.text
    (letter,) = await letters(both_services)
    assert letter == {
        "to": "priya@example.com", "subject": "About your bill",
        "text": "Call me on +44 20 7946 0018.", "reply_to": "",
    }  # fmt: skip


@pytest.mark.parametrize(
    "wrong",
    [
        {"address": ""}, {"address": "nobody"}, {"address": "a@b.example, c@d.example"}, {"subject": " "},
        {"text": ""}, {"text": "The answer: [your answer]."}, {"subject": "x" * 201}, {"text": "x" * 8001},
    ],
)  # fmt: skip
async def test_a_letter_that_is_not_ready_is_not_sent(
    services: Services, client_id: str, wrong: dict[str, str]
) -> None:
    mara = await person(services, "Mara", Role.AGENT, client_id)
    one = await planned(services, mara, client_id)
    with pytest.raises(InputError):
        await with_mail(services).send(mara, one.id, 2, replace(LETTER, **wrong))
    assert await letters(services) == []


async def test_without_a_mail_server_nothing_is_sent(services: Services, client_id: str) -> None:
    mara = await person(services, "Mara", Role.AGENT, client_id)
    one = await planned(services, mara, client_id)
    with pytest.raises(ConflictError, match="No mail server"):
        await services.follow_ups.send(mara, one.id, 2, LETTER)


async def test_what_is_written_is_kept_masked_and_another_way_brings_another_draft(
    services: Services, client_id: str
) -> None:
    mara = await person(services, "Mara", Role.AGENT, client_id)
    one = await planned(services, mara, client_id)
    one = await services.follow_ups.edit(mara, one.id, 2, LETTER)
    assert (one.version, one.address, one.text) == (3, "priya@example.com", "Call me on [PHONE].")
    assert await services.follow_ups.edit(mara, one.id, 3, LETTER) == one
    one = await services.follow_ups.edit(mara, one.id, 3, LETTER, anew=True)
    assert (one.address, one.text[:12]) == ("priya@example.com", "Hello Priya,")
    call = await services.follow_ups.edit(mara, one.id, 4, replace(LETTER, kind=Kind.CALL))
    assert (call.kind, call.address, call.subject) == (Kind.CALL, "", "")
    assert call.text.startswith("Hello Priya, this is Mara from")


async def test_people_plan_by_hand(services: Services, client_id: str) -> None:
    mara = await person(services, "Mara", Role.AGENT, client_id)
    conversation_id = await ended(services, client_id, "heat 0, thank you")
    sunday = datetime(2037, 3, 22, 12, tzinfo=UTC)
    one = await services.follow_ups.add(mara, conversation_id, Kind.CALL, sunday)
    assert (one.state, one.due, one.why) == (State.SCHEDULED, datetime(2037, 3, 23, 9, tzinfo=UTC), ())
    with pytest.raises(InputError):
        await services.follow_ups.add(mara, conversation_id, Kind.CALL, datetime(2020, 1, 1, tzinfo=UTC))


async def test_lists_show_what_is_asked_for(services: Services, client_id: str) -> None:
    mara = await person(services, "Mara", Role.AGENT, client_id)
    ravi = await person(services, "Ravi", Role.AGENT, client_id)
    one = await planned(services, mara, client_id)
    await ended(services, client_id, ROUGH)

    async def ids(viewer: Viewer, show: Show, *, mine: bool = False) -> list[str]:
        plan = await services.follow_ups.list_page(viewer, Asked(show=show, mine=mine))
        assert plan.total == len(plan.lines)
        return [line.follow_up.id for line in plan.lines]

    assert await ids(mara, Show.WAITING) == [one.id]
    assert await ids(ravi, Show.WAITING, mine=True) == []
    assert len(await ids(ravi, Show.PROPOSED, mine=True)) == 1
    assert await ids(mara, Show.OVERDUE) == []
    services.follow_ups._clock = lambda: one.due + timedelta(minutes=1)
    assert await ids(mara, Show.OVERDUE, mine=True) == [one.id]
    assert await ids(mara, Show.TODAY) == [one.id]
    await services.follow_ups.move(mara, one.id, 2, Move.DO)
    assert await ids(mara, Show.SETTLED) == [one.id]


@pytest.mark.parametrize("mail_is_on", [True, False])
async def test_whose_it_is_is_told_once_near_and_once_late(
    both_services: Services, client_id: str, mail_is_on: bool
) -> None:
    mara = await person(both_services, "Mara", Role.AGENT, client_id)
    one = await planned(both_services, mara, client_id)
    reminders = Reminders(both_services.database, both_services.feed, mail_is_on=mail_is_on)
    await reminders.remind(one.made_at)
    assert await told(both_services, EventKind.FOLLOW_UP_DUE, EventKind.FOLLOW_UP_OVERDUE) == []
    for _ in range(2):
        await reminders.remind(one.due - timedelta(minutes=5))
    for _ in range(2):
        await reminders.remind(one.due + timedelta(minutes=5))
    found = await told(both_services, EventKind.FOLLOW_UP_DUE, EventKind.FOLLOW_UP_OVERDUE)
    assert [each.kind for each in found] == [EventKind.FOLLOW_UP_DUE, EventKind.FOLLOW_UP_OVERDUE]
    subjects = [letter["subject"] for letter in await letters(both_services)]
    expected = ["Soon due: write an e-mail", "Overdue: write an e-mail"] if mail_is_on else []
    assert subjects == expected


async def test_other_clients_follow_ups_do_not_exist(both_services: Services, client_id: str) -> None:
    await both_services.accounts.create_client("others", "Others")
    theirs = await person(both_services, "Otto", Role.SUPERVISOR, "others")
    mara = await person(both_services, "Mara", Role.AGENT, client_id)
    one = await planned(both_services, mara, client_id)
    use = both_services.follow_ups
    for work in (
        use.read(theirs, one.id),
        use.list_of(theirs, one.conversation_id),
        use.move(theirs, one.id, 2, Move.DO),
        use.put_off(theirs, one.id, 2, datetime(2037, 3, 23, tzinfo=UTC), "x"),
        use.edit(theirs, one.id, 2, LETTER),
        with_mail(both_services).send(theirs, one.id, 2, LETTER),
        use.add(theirs, one.conversation_id, Kind.CALL, datetime(2037, 3, 23, tzinfo=UTC)),
        use.list_page(theirs, Asked(client_id=client_id)),
    ):
        with pytest.raises(NotFoundError):
            await work
    for show in Show:
        assert (await use.list_page(theirs, Asked(show=show))).lines == []


async def test_analysts_and_programs_keep_none(services: Services, client_id: str) -> None:
    mara = await person(services, "Mara", Role.AGENT, client_id)
    nia = await person(services, "Nia", Role.ANALYST, client_id)
    one = await planned(services, mara, client_id)
    for viewer in (nia, program(client_id)):
        with pytest.raises(ForbiddenError):
            await services.follow_ups.move(viewer, one.id, 2, Move.DO)
