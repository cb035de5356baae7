from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, select

from coolhead.codebook import Misstep, Technique
from coolhead.errors import ConflictError, ForbiddenError, InputError, NotFoundError
from coolhead.practice.learning.progress import Change, Counts, Source, Tally
from coolhead.practice.scenario import Difficulty
from coolhead.services.access import Viewer
from coolhead.services.training.assigning import Wanted
from coolhead.services.training.drilling import Sitting
from coolhead.services.training.practising import Beginning
from coolhead.storage import learning
from coolhead.storage.accounts import Role
from coolhead.storage.assignments import Task
from coolhead.storage.learning import Ended
from coolhead.storage.tables import accounts, drill_cards, drill_runs
from coolhead.wiring import Services, local_now
from tests.services.people import person
from tests.services.test_desk import hot_conversation

DRILL = "sorry-for-the-thing"
"""What `wrong_answer` says to it is wrong by its words alone: the scripted engine is not even asked."""


async def wrong_answer(services: Services, ann: Viewer, sitting: Sitting) -> Sitting:
    return await services.drilling.answer(ann, sitting.run.id, sitting.number, "What can I do for you?")


async def test_a_drill_goes_item_by_item_to_its_end(both_services: Services, client_id: str) -> None:
    ann = await person(both_services, "Ann", Role.AGENT, client_id)
    drilling = both_services.drilling
    sitting = await drilling.begin(ann, client_id, DRILL, timed=False)
    assert (sitting.number, len(sitting.run.items), sitting.run.seconds) == (1, 10, None)
    first = sitting.run.items[0]
    for number in range(1, 11):
        assert sitting.item is not None
        assert sitting.number == number
        sitting = await wrong_answer(both_services, ann, sitting)
        assert sitting.comment is not None
        assert (sitting.comment.right, sitting.comment.better != "", sitting.item) == (False, True, None)
        if number < 10:
            sitting = await drilling.go_on(ann, sitting.run.id, number)
    assert sitting.run.ended_at is not None
    assert (sitting.run.right, len(sitting.run.answers)) == (0, 10)
    known = await both_services.learning.drill(ann, client_id, DRILL)
    assert (known.met, known.due) == (10, 0)
    assert known.last == sitting.run
    assert first in {each.item for each in sitting.run.answers}


async def test_an_answer_sent_twice_counts_once_and_the_comment_waits_to_be_read(
    services: Services, client_id: str
) -> None:
    ann = await person(services, "Ann", Role.AGENT, client_id)
    sitting = await services.drilling.begin(ann, client_id, DRILL, timed=True)
    once = await wrong_answer(services, ann, sitting)
    twice = await wrong_answer(services, ann, sitting)
    assert once == twice
    assert len(twice.run.answers) == 1
    assert (await services.drilling.go_on(ann, sitting.run.id, 5)).item is None
    assert (await services.drilling.go_on(ann, sitting.run.id, 1)).number == 2
    with pytest.raises(InputError):
        await services.drilling.answer(ann, sitting.run.id, 2, "  \n ")


async def test_who_knows_better_than_the_judge_says_so(both_services: Services, client_id: str) -> None:
    ann = await person(both_services, "Ann", Role.AGENT, client_id)
    sitting = await both_services.drilling.begin(ann, client_id, DRILL, timed=True)
    sitting = await wrong_answer(both_services, ann, sitting)
    contested = await both_services.drilling.contest(ann, sitting.run.id, 1)
    assert contested.comment is not None
    assert (contested.run.right, contested.comment.contested) == (1, True)
    assert await both_services.drilling.contest(ann, sitting.run.id, 1) == contested
    await both_services.drilling.go_on(ann, sitting.run.id, 1)
    with pytest.raises(ConflictError):
        await both_services.drilling.contest(ann, sitting.run.id, 1)


async def test_what_was_missed_comes_again_the_next_day(
    both_services: Services, client_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann = await person(both_services, "Ann", Role.AGENT, client_id)
    sitting = await both_services.drilling.begin(ann, client_id, DRILL, timed=True)
    sitting = await wrong_answer(both_services, ann, sitting)
    missed = sitting.run.items[0]
    sitting = await both_services.drilling.go_on(ann, sitting.run.id, 1)
    sitting = await wrong_answer(both_services, ann, sitting)
    await both_services.drilling.contest(ann, sitting.run.id, 2)
    await both_services.drilling.stop(ann, sitting.run.id)
    assert (await both_services.learning.home(ann, client_id)).due == []
    later = local_now() + timedelta(days=1, hours=1)
    for service in (both_services.drilling, both_services.learning):
        monkeypatch.setattr(service, "_clock", lambda: later)
    (known,) = (await both_services.learning.home(ann, client_id)).due
    assert (known.drill.id, known.due, known.met) == (DRILL, 1, 2)
    again = await both_services.drilling.begin(ann, client_id, DRILL, timed=True)
    assert again.run.items[0] == missed
    assert again.run.items[-1] == sitting.run.items[1]


async def test_the_time_ends_a_drill_after_the_answer_that_is_being_written(
    services: Services, client_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann = await person(services, "Ann", Role.AGENT, client_id)
    began = local_now()
    moment = began
    monkeypatch.setattr(services.drilling, "_clock", lambda: moment)
    sitting = await services.drilling.begin(ann, client_id, DRILL, timed=True)
    moment = began + timedelta(seconds=60)
    sitting = await wrong_answer(services, ann, sitting)
    moment = began + timedelta(seconds=900)  # the comment is read at leisure
    sitting = await services.drilling.go_on(ann, sitting.run.id, 1)
    moment = began + timedelta(seconds=959)
    sitting = await wrong_answer(services, ann, sitting)
    assert (sitting.run.used_s, sitting.run.ended_at) == (119.0, None)
    sitting = await services.drilling.go_on(ann, sitting.run.id, 2)
    moment = began + timedelta(seconds=961)
    sitting = await wrong_answer(services, ann, sitting)
    assert sitting.run.ended_at is not None


async def test_a_drill_is_ones_own_and_of_a_client_that_one_may_know_of(
    both_services: Services, client_id: str
) -> None:
    ann = await person(both_services, "Ann", Role.AGENT, client_id)
    ben = await person(both_services, "Ben", Role.AGENT, client_id)
    await both_services.accounts.create_client("other", "Other", "UTC")
    eve = await person(both_services, "Eve", Role.TRAINER, "other")
    sitting = await both_services.drilling.begin(ann, client_id, DRILL, timed=True)
    for nosy in (ben, eve):
        with pytest.raises(NotFoundError):
            await both_services.drilling.read(nosy, sitting.run.id)
    for asked in (
        both_services.learning.home(eve, client_id),
        both_services.learning.lesson(eve, client_id, "apologise"),
        both_services.drilling.begin(eve, client_id, DRILL, timed=True),
        both_services.assigning.board(eve, client_id),
        both_services.assigning.people(eve, client_id),
        both_services.assigning.assign(eve, client_id, drill_for(people=(ann.id,))),
        both_services.progressing.team(eve, client_id),
        both_services.progressing.of(eve, client_id, ann.id),
        both_services.progressing.of(eve, "other", ann.id),
    ):
        with pytest.raises(NotFoundError):
            await asked
    for asked in (
        both_services.assigning.board(ann, client_id),
        both_services.progressing.of(ann, client_id, ben.id),
        both_services.progressing.team(ann, client_id),
    ):
        with pytest.raises(ForbiddenError):
            await asked


def drill_for(**wanted: Any) -> Wanted:
    return Wanted(
        **{"kind": Task.DRILL, "subject_id": DRILL, "due_on": local_now().date() + timedelta(days=7)} | wanted
    )


async def test_an_assignment_is_done_by_the_drill_that_ends_after_it(
    both_services: Services, client_id: str
) -> None:
    tess = await person(both_services, "Tess", Role.TRAINER, client_id)
    ann = await person(both_services, "Ann", Role.AGENT, client_id)
    ben = await person(both_services, "Ben", Role.AGENT, client_id)
    sue = await person(both_services, "Sue", Role.SUPERVISOR, client_id)
    assigning = both_services.assigning
    await ended_drill(both_services, ann, client_id)  # before: does not count
    wanted = drill_for(people=(sue.id,), roles=(Role.AGENT,), note=" Try the sofa first. ")
    made = await assigning.assign(tess, client_id, wanted)
    assert {(each.account_id, each.role) for each in made} == {(sue.id, None), (None, Role.AGENT)}
    (mine,) = await assigning.mine(ann, client_id)
    assert (mine.done_at, mine.days_left, mine.assignment.note) == (None, 7, "Try the sofa first.")
    await ended_drill(both_services, ann, client_id)
    (mine,) = await assigning.mine(ann, client_id)
    assert mine.done_at is not None
    lines = {each.assignment.role: each for each in await assigning.board(tess, client_id)}
    told = [(member.name, at is not None) for member, at in lines[Role.AGENT].people]
    assert told == [("Ann", True), ("Ben", False)]
    assert [member.name for member, _ in lines[None].people] == ["Sue"]
    assert await assigning.mine(tess, client_id) == []
    for each in made:
        await assigning.withdraw(tess, each.id)
    assert await assigning.board(tess, client_id) == []
    assert await assigning.mine(ben, client_id) == []


async def ended_drill(services: Services, who: Viewer, client_id: str) -> None:
    sitting = await services.drilling.begin(who, client_id, DRILL, timed=True)
    await wrong_answer(services, who, sitting)
    await services.drilling.stop(who, sitting.run.id)


async def test_what_cannot_be_assigned_is_told(services: Services, client_id: str) -> None:
    tess = await person(services, "Tess", Role.TRAINER, client_id)
    await services.accounts.create_client("other", "Other", "UTC")
    eve = await person(services, "Eve", Role.AGENT, "other")
    yesterday = local_now().date() - timedelta(days=2)
    for wrong, error in (
        ({}, InputError),
        ({"people": (eve.id,)}, NotFoundError),
        ({"people": (tess.id,), "due_on": yesterday}, InputError),
        ({"people": (tess.id,), "due_on": date(2999, 1, 1)}, InputError),
        ({"people": (tess.id,), "subject_id": "unheard-of"}, NotFoundError),
        ({"people": (tess.id,), "note": "x" * 501}, InputError),
        ({"roles": (Role.CLIENT_VIEWER,)}, InputError),
    ):
        with pytest.raises(error):
            await services.assigning.assign(tess, client_id, drill_for(**wrong))
    assert await services.assigning.board(tess, client_id) == []
    made = await services.assigning.assign(tess, client_id, drill_for(people=(tess.id,)))
    with pytest.raises(NotFoundError):
        await services.assigning.withdraw(eve, made[0].id)


async def test_a_lesson_and_a_scenario_are_done_too(both_services: Services, client_id: str) -> None:
    tess = await person(both_services, "Tess", Role.TRAINER, client_id)
    ann = await person(both_services, "Ann", Role.AGENT, client_id)
    for kind, subject in ((Task.LESSON, "apologise"), (Task.SCENARIO, "lost-parcel")):
        wanted = drill_for(kind=kind, subject_id=subject, people=(ann.id,))
        await both_services.assigning.assign(tess, client_id, wanted)
    page = await both_services.learning.lesson(ann, client_id, "apologise")
    assert page.read_at is None
    assert DRILL in {each.id for each in page.drills}
    await both_services.assigning.read_lesson(ann, client_id, "apologise")
    await both_services.assigning.read_lesson(ann, client_id, "apologise")
    assert (await both_services.learning.lesson(ann, client_id, "apologise")).read_at is not None
    open_or_done = {
        each.assignment.kind: each.done_at for each in await both_services.assigning.mine(ann, client_id)
    }
    assert open_or_done[Task.LESSON] is not None
    assert open_or_done[Task.SCENARIO] is None


async def counted_live(
    services: Services, client_id: str, who: Viewer, counts: Counts, ended_at: datetime
) -> str:
    conversation_id = await hot_conversation(services, client_id)
    ended = Ended(
        id=conversation_id, source=Source.LIVE, client_id=client_id, account_id=who.id, ended_at=ended_at
    )
    async with services.database.write() as connection:
        await learning.add(connection, ended, counts)
        await learning.add(connection, ended, Counts())  # somebody slower
    return conversation_id


async def test_live_conversations_suggest_what_to_practise(both_services: Services, client_id: str) -> None:
    ann = await person(both_services, "Ann", Role.AGENT, client_id)
    ben = await person(both_services, "Ben", Role.AGENT, client_id)
    early = Counts(missteps={Misstep.PREMATURE_SOLUTION: Tally(due=30, shown=15)})
    seldom = Counts(missteps={Misstep.PREMATURE_SOLUTION: Tally(due=100, shown=5)})
    now = local_now()
    shows = await counted_live(both_services, client_id, ann, early, now)
    await counted_live(both_services, client_id, ben, seldom, now)
    found = (await both_services.learning.home(ann, client_id)).suggested
    assert "heard-before-solved" in {each.drill.id for each in found}
    assert all(each.conversations == (shows,) for each in found)
    assert "15 of 30" in found[0].why
    assert "5 %" in found[0].why
    meeting = found[0].meeting
    assert meeting
    begun = Beginning(
        scenario_id=meeting.scenario.id, persona_id=meeting.persona.id if meeting.persona else ""
    )
    session = await both_services.practising.begin(ann, client_id, begun)
    assert session.kept.scenario_id == meeting.scenario.id
    assert (await both_services.learning.home(ben, client_id)).suggested == ()


async def test_progress_puts_practice_beside_live(both_services: Services, client_id: str) -> None:
    ann = await person(both_services, "Ann", Role.AGENT, client_id)
    tess = await person(both_services, "Tess", Role.TRAINER, client_id)
    now = local_now()
    for weeks, shown in ((10, 4), (0, 36)):
        counts = Counts(techniques={Technique.EMPATHY: Tally(due=40, shown=shown)})
        await counted_live(both_services, client_id, ann, counts, now - timedelta(weeks=weeks))
    report = await both_services.progressing.mine(ann, client_id)
    (empathy,) = report.techniques
    assert (empathy.live.change, empathy.practice.change) == (Change.BETTER, Change.TOO_FEW)
    assert (report.conversations, report.runs) == (2, 0)
    record = await both_services.progressing.of(tess, client_id, ann.id)
    assert (record.member.name, record.report, record.runs, record.drills) == ("Ann", report, (), ())
    await ended_drill(both_services, ann, client_id)
    (tried,) = (await both_services.progressing.of(tess, client_id, ann.id)).drills
    assert (tried.title, tried.right, tried.answered) == ("Say sorry for the thing itself", 0, 1)
    assert (await both_services.progressing.team(tess, client_id)).techniques == report.techniques


async def test_what_ends_is_counted_once(both_services: Services, client_id: str) -> None:
    ann = await person(both_services, "Ann", Role.AGENT, client_id)
    conversation_id = await hot_conversation(both_services, client_id)
    await both_services.desk.take(ann, conversation_id)
    assert await both_services.progressing.count_ended(ann.id) == 0
    await both_services.live.end(ann, conversation_id)
    session = await both_services.practising.begin(
        ann, client_id, Beginning(scenario_id="lost-parcel", difficulty=Difficulty.EASY, seed=1)
    )
    await both_services.practising.say(ann, session.kept.id, 1, "I am sorry. What happened?")
    await both_services.practising.stop(ann, session.kept.id)
    assert await both_services.progressing.count_ended(ann.id) == 2
    assert await both_services.progressing.count_ended(ann.id) == 0
    report = await both_services.progressing.mine(ann, client_id)
    assert (report.conversations, report.runs) == (1, 1)


async def test_who_is_gone_leaves_no_trace_of_learning(both_services: Services, client_id: str) -> None:
    ann = await person(both_services, "Ann", Role.AGENT, client_id)
    await ended_drill(both_services, ann, client_id)
    async with both_services.database.write() as connection:
        assert len((await connection.execute(select(drill_cards))).all()) == 1
        await connection.execute(delete(accounts).where(accounts.c.id == ann.id))
        for table in (drill_runs, drill_cards):
            assert (await connection.execute(select(table))).all() == []
