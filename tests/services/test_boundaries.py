"""The ladder of limits over both databases: what is logged, how it ends, and channels that are paused."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from coolhead.casework.escalation import Origin, State
from coolhead.codebook import Abuse, Channel, Speaker
from coolhead.errors import ConflictError, ForbiddenError, NotFoundError, PausedError
from coolhead.guidance.limits import BoundaryStep, default_limits
from coolhead.services.access import Viewer
from coolhead.services.casework.boundaries import Standing, standing_of
from coolhead.services.conversations.live import Opening
from coolhead.services.turns.hearing import Said
from coolhead.storage.accounts import Role
from coolhead.storage.conversations import Status
from coolhead.wiring import Services, local_now
from tests.services.people import person, program
from tests.services.test_escalations import conversation_of


async def standing(services: Services, viewer: Viewer, conversation: str) -> Standing:
    whole = await services.live.read(viewer, conversation)
    return standing_of(whole.picture, default_limits(), whole.limit_steps, whole.pause)


async def logged(services: Services, viewer: Viewer, conversation: str) -> list[tuple[str, str, str, str]]:
    steps = (await services.live.read(viewer, conversation)).limit_steps
    return [(each.step.value, each.turn_id, each.words, each.by) for each in steps]


async def say(services: Services, conversation: str, client_id: str, *lines: tuple[str, str]) -> None:
    """Turns said one by one: ("c", words) by the customer, ("a", words) by the agent."""
    speakers = {"c": Speaker.CUSTOMER, "a": Speaker.AGENT}
    before = len((await services.live.read(program(client_id), conversation)).moments)
    for number, (who, text) in enumerate(lines, start=before):
        said = Said(id=f"{who}{number}", speaker=speakers[who], text=text)
        await services.live.add_turns(program(client_id), conversation, [said])


async def test_every_step_is_logged_with_its_evidence(both_services: Services, client_id: str) -> None:
    services = both_services
    mara = await person(services, "Mara", Role.AGENT, client_id)
    conversation = await conversation_of(services, client_id, mara, "damn thing", "heat 4 insult! now")
    await say(services, conversation, client_id, ("a", "Speak to me with respect."))
    assert await logged(services, mara, conversation) == [
        ("none", "c1", "", ""),
        ("warn", "c1", "Speak to me with respect.", "Mara"),
    ]
    noticed = (await services.live.read(mara, conversation)).limit_steps[0]
    assert (noticed.kind, "heat 4 insult! now"[noticed.start : noticed.end]) == (Abuse.INSULT, "insult!")

    await say(services, conversation, client_id, ("c", "insult! again"))
    found = await standing(services, mara, conversation)
    assert (found.boundary.step, found.last.turn_id) == (BoundaryStep.FINAL_WARNING, "c3")
    await services.boundaries.said(mara, conversation, "c3", "Once more, and I end this.")
    assert (await standing(services, mara, conversation)).boundary.step is BoundaryStep.NONE
    assert (await logged(services, mara, conversation))[-1] == (
        "final_warning",
        "c3",
        "Once more, and I end this.",
        "Mara",
    )
    for turn_id in ("c3", "c1", "nothing"):
        with pytest.raises(ConflictError):
            await services.boundaries.said(mara, conversation, turn_id)
    await say(services, conversation, client_id, ("c", "insult! still"))
    assert (await standing(services, mara, conversation)).boundary.step is BoundaryStep.END


async def test_a_threat_goes_straight_to_a_supervisor_and_is_recorded(
    both_services: Services, client_id: str
) -> None:
    services = both_services
    mara = await person(services, "Mara", Role.AGENT, client_id)
    sam = await person(services, "Sam", Role.SUPERVISOR, client_id)
    conversation = await conversation_of(services, client_id, mara, "threat! I know where you live")
    (call,) = await services.escalations.list_open(sam)
    assert (call.escalation.origin, call.escalation.turn_id) == (Origin.THREAT, "c0")
    assert await logged(services, mara, conversation) == [("none", "c0", "", "")]
    assert (await standing(services, mara, conversation)).boundary.step is BoundaryStep.HAND_OVER
    await say(services, conversation, client_id, ("a", "I bring in my supervisor."))
    assert (await logged(services, mara, conversation))[-1][0] == "hand_over"
    assert len(await services.escalations.history(mara, conversation)) == 1


async def test_turns_that_come_twice_or_late_log_once(both_services: Services, client_id: str) -> None:
    services = both_services
    mara = await person(services, "Mara", Role.AGENT, client_id)
    conversation = await conversation_of(services, client_id, mara)
    turns = [
        Said(id="t0", speaker=Speaker.CUSTOMER, text="insult!", number=0),
        Said(id="t1", speaker=Speaker.AGENT, text="Please, with respect.", number=1),
        Said(id="t2", speaker=Speaker.CUSTOMER, text="threat!", number=2),
    ]
    for turn in (turns[2], turns[0], turns[2], turns[1], turns[1]):
        await services.live.add_turns(program(client_id), conversation, [turn])
    assert sorted(each[:2] for each in await logged(services, mara, conversation)) == [
        ("none", "t0"),
        ("none", "t2"),
        ("warn", "t0"),
    ]
    assert len(await services.escalations.history(mara, conversation)) == 1


async def test_the_agent_hands_over_after_abuse_without_a_reason(services: Services, client_id: str) -> None:
    mara = await person(services, "Mara", Role.AGENT, client_id)
    conversation = await conversation_of(services, client_id, mara, "hello")
    with pytest.raises(ConflictError):
        await services.boundaries.hand_over(mara, conversation)
    await say(services, conversation, client_id, ("c", "insult!"))
    await asyncio.gather(*(services.boundaries.hand_over(mara, conversation) for _ in range(3)))
    call = await services.escalations.of(mara, conversation)
    assert (call.origin, call.state, call.words) == (Origin.ABUSE, State.REQUESTED, "")
    assert (await logged(services, mara, conversation))[1:] == [("hand_over", "c1", "", "Mara")]
    assert (await standing(services, mara, conversation)).boundary.step is BoundaryStep.NONE


async def test_the_last_step_ends_it_and_may_pause_the_channel(
    both_services: Services, client_id: str
) -> None:
    services = both_services
    await services.accounts.create_client("other", "Other")
    mara = await person(services, "Mara", Role.AGENT, client_id)
    sam = await person(services, "Sam", Role.SUPERVISOR, client_id)
    olga = await person(services, "Olga", Role.SUPERVISOR, "other")
    opening = Opening(client_id=client_id, customer="Craig", customer_key="K-7", channel=Channel.CALL)
    summary, _ = await services.live.open(program(client_id), opening)
    conversation = summary.id
    await services.desk.take(mara, conversation)
    await say(services, conversation, client_id, ("c", "insult!"))
    with pytest.raises(ConflictError):
        await services.boundaries.end(mara, conversation)
    respect = ("a", "with respect")
    await say(services, conversation, client_id, respect, ("c", "insult!"), respect, ("c", "insult!"))
    ended = await services.boundaries.end(mara, conversation, pause=True)
    assert ended.status is Status.ENDED
    with pytest.raises(PausedError, match="This call is paused until") as caught:
        await services.live.open(program(client_id), opening)
    assert caught.value.hint == default_limits().pause.reason
    await services.live.open(program(client_id), Opening(client_id=client_id, customer_key="K-8"))
    await services.live.open(program(client_id), Opening(client_id=client_id, customer_key="K-7"))
    await services.live.open(
        program("other"), Opening(client_id="other", customer_key="K-7", channel=Channel.CALL)
    )

    assert await services.boundaries.list_pauses(olga) == []
    with pytest.raises(NotFoundError):
        await services.boundaries.lift(olga, conversation)
    with pytest.raises(ForbiddenError):
        await services.boundaries.lift(mara, conversation)
    (pause,) = await services.boundaries.list_pauses(sam)
    assert (pause.customer, pause.by, pause.until - pause.at) == ("Craig", "Mara", timedelta(hours=24))
    await services.boundaries.lift(sam, conversation)
    await services.boundaries.lift(sam, conversation)
    assert await services.boundaries.list_pauses(sam) == []
    await services.live.open(program(client_id), opening)
    lifted = (await services.live.read(sam, conversation)).pause
    assert lifted.ended_by == "Sam"


async def test_a_pause_ends_by_the_clock(both_services: Services, client_id: str) -> None:
    services = both_services
    sam = await person(services, "Sam", Role.SUPERVISOR, client_id)
    conversation = await conversation_of(services, client_id, sam, "threat!")
    await services.boundaries.end(sam, conversation, pause=True)
    (pause,) = await services.boundaries.list_pauses(sam)
    await services.boundaries.end_run_out(local_now())
    assert await services.boundaries.list_pauses(sam) == [pause]
    late = local_now() + timedelta(hours=25)
    await asyncio.gather(*(services.boundaries.end_run_out(late) for _ in range(2)))
    assert await services.boundaries.list_pauses(sam) == []
    over = (await services.live.read(sam, conversation)).pause
    assert (over.ended_at, over.ended_by_id, over.ended_by) == (pause.until, None, "")


async def test_a_paused_chat_does_not_begin_again(services: Services, client_id: str) -> None:
    sam = await person(services, "Sam", Role.SUPERVISOR, client_id)
    token = await services.chat.begin(client_id, "Craig")
    await services.chat.say(token, "threat!")
    conversation = (await services.chat.read(token)).conversation_id
    await services.desk.take(sam, conversation)
    await services.boundaries.end(sam, conversation, pause=True)
    talk = await services.chat.read(token)
    assert talk.ended
    assert talk.pause is not None
    with pytest.raises(PausedError):
        await services.chat.begin(client_id, "Craig", token)
    await services.chat.begin(client_id, "Dora", "another token")
    await services.boundaries.lift(sam, conversation)
    assert (await services.chat.read(token)).pause is None
    await services.chat.begin(client_id, "Craig", token)


async def test_programs_and_strangers_walk_no_ladder(services: Services, client_id: str) -> None:
    await services.accounts.create_client("other", "Other")
    olga = await person(services, "Olga", Role.SUPERVISOR, "other")
    conversation = await conversation_of(services, client_id, None, "insult!")
    for viewer, error in ((program(client_id), ForbiddenError), (olga, NotFoundError)):
        for use in (
            services.boundaries.said(viewer, conversation, "c0"),
            services.boundaries.hand_over(viewer, conversation),
            services.boundaries.end(viewer, conversation, pause=True),
        ):
            with pytest.raises(error):
                await use
