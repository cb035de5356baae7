"""Practice runs over both databases: what is answered is kept, once, and read by nobody else."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import pytest
from sqlalchemy import Table

from coolhead.errors import ConflictError, ForbiddenError, InputError, NotFoundError
from coolhead.practice.act import Ending
from coolhead.practice.debrief import Course
from coolhead.practice.hint import HINT_COST
from coolhead.practice.scenario import Difficulty
from coolhead.services.access import Viewer
from coolhead.services.training.casting import WarnedFirstError
from coolhead.services.training.practising import Beginning, Session
from coolhead.storage.accounts import Role
from coolhead.storage.tables import accounts, clients, metadata
from coolhead.wiring import Services
from tests.services.people import person, program
from tests.services.talking import LINES

SOFA = Beginning(scenario_id="grey-sofa", persona_id="icy-polite", difficulty=Difficulty.EASY, seed=3)
ASKS = "I'm sorry about the wrong colour. What is your order number?"
WORSE = "Calm down, there is nothing I can do."
BETTER = "So you ordered Moss, waited nine weeks, and Harbour Grey came. Is that right?"


@pytest.fixture
async def mara(both_services: Services, client_id: str) -> Viewer:
    return await person(both_services, "Mara", Role.AGENT, client_id)


@pytest.fixture
async def begun(both_services: Services, mara: Viewer, client_id: str) -> Session:
    return await both_services.practising.begin(mara, client_id, SOFA)


async def test_a_run_is_kept_turn_by_turn(both_services: Services, mara: Viewer, begun: Session) -> None:
    practising = both_services.practising
    assert begun.run.last.reply
    said = await practising.say(mara, begun.kept.id, 1, ASKS)
    read = await practising.read(mara, begun.kept.id)
    assert read == said
    assert "TH-30817" in read.run.last.reply
    assert (read.kept.rounds, read.kept.version, read.kept.score) == (1, 2, None)
    assert read.kept.heat == read.run.last.state.heat


async def test_the_same_turn_sent_twice_is_answered_once(
    both_services: Services, mara: Viewer, begun: Session
) -> None:
    said = "My number is 4000 1234 5678 9010. What is yours?"
    answers = await asyncio.gather(
        *(both_services.practising.say(mara, begun.kept.id, 1, said) for _ in range(4))
    )
    assert {len(each.run.rounds) for each in answers} == {2}
    assert len({each.run.last.reply for each in answers}) == 1
    assert "5678" not in (await both_services.practising.read(mara, begun.kept.id)).run.to_json()
    with pytest.raises(ConflictError, match="another window"):
        await both_services.practising.say(mara, begun.kept.id, 1, "something else")
    with pytest.raises(ConflictError, match="another window"):
        await both_services.practising.say(mara, begun.kept.id, 7, "far ahead")


async def test_a_hint_costs_points_once(both_services: Services, mara: Viewer, begun: Session) -> None:
    practising = both_services.practising
    first = await practising.hint(mara, begun.kept.id)
    assert first.hint
    again = await practising.hint(mara, begun.kept.id)
    assert (again.hint, again.run.hints) == (first.hint, (0,))
    assert (await practising.say(mara, begun.kept.id, 1, ASKS)).hint is None
    await practising.stop(mara, begun.kept.id)
    told = await both_services.looking_back.debrief(mara, begun.kept.id)
    assert told.told.scorecard.penalty == HINT_COST


async def test_a_pause_lasts_until_one_goes_on(both_services: Services, mara: Viewer, begun: Session) -> None:
    practising = both_services.practising
    paused = await practising.pause(mara, begun.kept.id, paused=True)
    assert paused.kept.paused_at
    assert (await practising.pause(mara, begun.kept.id, paused=True)).kept == paused.kept
    assert (await practising.pause(mara, begun.kept.id, paused=False)).kept.paused_at is None
    await practising.pause(mara, begun.kept.id, paused=True)
    assert (await practising.say(mara, begun.kept.id, 1, ASKS)).kept.paused_at is None


async def test_one_may_stop_at_any_time(both_services: Services, mara: Viewer, begun: Session) -> None:
    practising = both_services.practising
    stopped = await practising.stop(mara, begun.kept.id)
    assert (stopped.kept.ending, stopped.kept.score) == (Ending.STOPPED, None)
    assert stopped.kept.ended_at
    assert (await practising.stop(mara, begun.kept.id)).kept == stopped.kept
    for late in (
        practising.say(mara, begun.kept.id, 1, ASKS),
        practising.hint(mara, begun.kept.id),
        practising.pause(mara, begun.kept.id, paused=True),
    ):
        with pytest.raises(ConflictError, match="over"):
            await late


async def test_a_turn_is_answered_differently_and_both_courses_compared(
    both_services: Services, mara: Viewer, begun: Session
) -> None:
    practising, looking_back = both_services.practising, both_services.looking_back
    await practising.say(mara, begun.kept.id, 1, ASKS)
    await practising.say(mara, begun.kept.id, 2, WORSE)
    with pytest.raises(ConflictError, match="goes on"):
        await looking_back.debrief(mara, begun.kept.id)
    first = await practising.stop(mara, begun.kept.id)
    again = await practising.again(mara, begun.kept.id, 2)
    assert again.run.rounds == first.run.rounds[:2]
    assert (again.kept.again_of, again.kept.again_from, again.kept.ending) == (begun.kept.id, 2, None)
    await practising.say(mara, again.kept.id, 2, BETTER)
    second = await practising.stop(mara, again.kept.id)
    compared = await looking_back.compare(mara, first.kept.id, second.kept.id)
    assert [each.same for each in compared.turns] == [True, False]
    assert compared.better is Course.SECOND
    told = await looking_back.debrief(mara, first.kept.id)
    assert [each.id for each in told.others] == [again.kept.id]
    assert told.told.scorecard.score == first.kept.score
    back = await looking_back.debrief(mara, again.kept.id)
    assert back.first
    assert back.first.id == begun.kept.id
    with pytest.raises(InputError, match="no agent turn"):
        await practising.again(mara, begun.kept.id, 9)
    with pytest.raises(InputError, match="same scenario"):
        await looking_back.compare(mara, begun.kept.id, begun.kept.id)


async def test_a_run_and_its_reflection_are_their_owners_alone(
    both_services: Services, mara: Viewer, begun: Session, client_id: str
) -> None:
    practising, looking_back = both_services.practising, both_services.looking_back
    await practising.stop(mara, begun.kept.id)
    await looking_back.reflect(mara, begun.kept.id, "I listened", "a date")
    await looking_back.reflect(mara, begun.kept.id, "I listened", "a date, sooner")
    told = await looking_back.debrief(mara, begun.kept.id)
    assert told.reflection
    assert told.reflection.differently == "a date, sooner"
    boss = await person(both_services, "Sam", Role.SUPERVISOR, client_id)
    admin = await person(both_services, "Ada", Role.ADMIN)
    for other in (boss, admin):
        assert (await practising.list_mine(other)).total == 0
        for reading in (
            practising.read(other, begun.kept.id),
            practising.say(other, begun.kept.id, 1, ASKS),
            practising.stop(other, begun.kept.id),
            practising.again(other, begun.kept.id, 1),
            looking_back.debrief(other, begun.kept.id),
            looking_back.reflect(other, begun.kept.id, "x", "y"),
        ):
            with pytest.raises(NotFoundError, match="no such practice run"):
                await reading


async def test_only_those_with_the_right_practise(both_services: Services, client_id: str) -> None:
    await both_services.accounts.create_client("elsewhere", "Elsewhere")
    viewer = await person(both_services, "Vera", Role.CLIENT_VIEWER, client_id)
    for refused, at, error in (
        (viewer, client_id, ForbiddenError),
        (program(client_id), client_id, ForbiddenError),
        (await person(both_services, "Tom", Role.TRAINER, "elsewhere"), client_id, NotFoundError),
    ):
        with pytest.raises(error):
            await both_services.practising.begin(refused, at, SOFA)


async def test_who_leaves_a_client_leaves_its_runs(
    both_services: Services, mara: Viewer, begun: Session
) -> None:
    gone = Viewer(id=mara.id, name=mara.name, roles={"elsewhere": Role.AGENT})
    assert (await both_services.practising.list_mine(mara)).total == 1
    assert (await both_services.practising.list_mine(gone)).runs == []
    with pytest.raises(NotFoundError):
        await both_services.practising.read(gone, begun.kept.id)


async def test_abusive_customers_come_to_those_who_want_them_and_were_warned(
    both_services: Services, mara: Viewer, client_id: str
) -> None:
    casting, practising = both_services.casting, both_services.practising
    offer = await casting.offer(mara, client_id, "grey-sofa")
    assert offer.abusive
    assert not any(each.is_abusive for each in offer.personas)
    rude = Beginning(scenario_id="grey-sofa", persona_id="abusive")
    with pytest.raises(NotFoundError):
        await practising.begin(mara, client_id, rude)
    await casting.wish(mara, abusive=True)
    with pytest.raises(WarnedFirstError) as warned:
        await practising.begin(mara, client_id, rude)
    assert "insults" in warned.value.hint
    await practising.begin(
        mara, client_id, Beginning(scenario_id="grey-sofa", persona_id="abusive", warned=True)
    )
    offer = await casting.offer(mara, client_id, "grey-sofa")
    unnamed = [offer.cast("", seed) for seed in range(40)]
    assert len({each.id for each in unnamed}) > 2
    assert not any(each.is_abusive for each in unnamed)
    await casting.wish(mara, abusive=False)
    assert not (await casting.offer(mara, client_id, "grey-sofa")).wants_abusive


async def test_a_process_killed_between_two_turns_loses_nothing(
    both_services: Services, mara: Viewer, begun: Session, client_id: str
) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.services.talking",
        both_services.settings.database,
        begun.kept.id,
        mara.id,
        client_id,
        cwd=Path(__file__).parents[2],
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout
    async with asyncio.timeout(60):
        answered = [int(await process.stdout.readline()) for _ in range(3)][-1]
    process.kill()
    await process.wait()
    kept = await both_services.practising.read(mara, begun.kept.id)
    assert answered <= kept.kept.rounds < len(LINES)
    for number, words in enumerate(LINES, 1):
        went_on = await both_services.practising.say(mara, begun.kept.id, number, words)
    whole = begun.run
    player = await both_services.practising.player(client_id)
    for words in LINES:
        whole = player.say(whole, words)
    assert went_on.run == whole


@pytest.mark.parametrize("owner", [accounts, clients], ids=["account", "client"])
async def test_runs_go_with_the_account_and_with_the_client(
    both_services: Services, mara: Viewer, begun: Session, client_id: str, owner: Table
) -> None:
    await both_services.practising.say(mara, begun.kept.id, 1, ASKS)
    await both_services.practising.again(mara, begun.kept.id, 1)
    await both_services.looking_back.reflect(mara, begun.kept.id, "I listened", "")
    async with both_services.database.write() as connection:
        key = {"accounts": mara.id, "clients": client_id}[owner.name]
        await connection.execute(owner.delete().where(owner.c.id == key))
        for name in ("practice_runs", "practice_reflections"):
            left = (await connection.execute(metadata.tables[name].select())).all()
            assert left == []


async def test_a_run_of_another_version_says_so(
    both_services: Services, mara: Viewer, begun: Session
) -> None:
    async with both_services.database.write() as connection:
        await connection.execute(metadata.tables["practice_runs"].update().values(run='{"rounds": 7}'))
    with pytest.raises(ConflictError, match="another version"):
        await both_services.practising.read(mara, begun.kept.id)
    assert (await both_services.practising.list_mine(mara)).total == 1
