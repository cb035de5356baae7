"""State machines over both databases: no illegal move, nothing lost, whatever people do at once."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from coolhead.casework.escalation import LEGAL, Actor, Escalation, Move, State, moved
from coolhead.codebook import Speaker
from coolhead.config import Settings
from coolhead.errors import CoolheadError
from coolhead.guidance.limits import BoundaryStep, default_limits
from coolhead.services.access import Viewer
from coolhead.services.casework import boundaries as boundaries_module
from coolhead.services.casework import escalations as escalations_module
from coolhead.services.casework.boundaries import Standing, standing_of
from coolhead.services.conversations.live import Opening
from coolhead.services.turns.hearing import Said
from coolhead.storage import accounts, clients, conversations, escalations, events, limits
from coolhead.storage.accounts import Account, Role
from coolhead.storage.clients import Client
from coolhead.storage.conversations import Stand, Status
from coolhead.storage.limits import LimitStep, Pause
from coolhead.wiring import Services, build, local_now
from tests.conftest import empty
from tests.fakes import FakeEngine
from tests.services.people import program

T = TypeVar("T")
CLIENT = "main"
FEW = settings(
    max_examples=4,
    stateful_step_count=10,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


class DiedError(Exception):
    """The process ends in the middle of a transaction."""


@dataclass(frozen=True)
class Seen:
    """All that is kept of one conversation's casework."""

    stand: Stand
    steps: list[LimitStep]
    pause: Pause | None
    call: Escalation | None


class Casework(RuleBasedStateMachine):
    """Services over a database of their own, without what runs in the background."""

    last: Seen | None = None

    def __init__(self, url: str, template: Path | None) -> None:
        super().__init__()
        if template:
            shutil.copy(template, url.removeprefix("sqlite:///"))
            for leftover in ("-wal", "-shm"):
                Path(url.removeprefix("sqlite:///") + leftover).unlink(missing_ok=True)
        self.runner = asyncio.Runner()
        self.services: Services = build(Settings(database=url), FakeEngine())
        try:
            self.run(self.prepare())
        except BaseException:
            self.teardown()
            raise

    def run(self, use: Coroutine[Any, Any, T]) -> T:
        self.last = None
        return self.runner.run(use)

    async def prepare(self) -> None:
        database = self.services.database
        await empty(database)
        self.mara = Viewer(id="m" * 32, name="Mara", roles={CLIENT: Role.AGENT})
        self.sam = Viewer(id="s" * 32, name="Sam", roles={CLIENT: Role.SUPERVISOR})
        self.ada = Viewer(id="a" * 32, name="Ada", is_admin=True)
        now = local_now()
        async with database.write() as connection:
            await clients.add(connection, Client(id=CLIENT, name="Main", created_at=now))
            for viewer in (self.mara, self.sam, self.ada):
                await accounts.add(connection, account_of(viewer, now), viewer.roles)
        summary, _ = await self.services.live.open(program(CLIENT), Opening(client_id=CLIENT))
        self.conversation = summary.id
        await self.services.desk.take(self.mara, summary.id)

    def died(self, module: Any, use: Callable[[], Awaitable[object]]) -> bool:
        """Runs `use` while the process dies as it tells of what it did; True when it came so far."""

        async def dies(*_: object) -> None:
            raise DiedError

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(module.events, "add", dies)
            try:
                self.run(as_coroutine(use()))
            except DiedError:
                return True
            except CoolheadError:
                return False
        return False

    def seen(self) -> Seen:
        """What is kept now; read anew after each thing that was done."""
        if self.last is None:
            self.last = self.run(self.read())
        return self.last

    async def read(self) -> Seen:
        async with self.services.database.snapshot() as connection:
            stand = await conversations.find_stand(connection, self.conversation)
            assert stand
            return Seen(
                stand=stand,
                steps=await limits.list_steps(connection, self.conversation),
                pause=await limits.find_pause(connection, self.conversation),
                call=await escalations.latest_of(connection, self.conversation),
            )

    def teardown(self) -> None:
        self.run(self.services.database.close())
        self.services.threads.shutdown()
        self.runner.close()


def account_of(viewer: Viewer, now: datetime) -> Account:
    return Account(
        id=viewer.id,
        email=f"{viewer.name}@example.com",
        name=viewer.name,
        password_hash="",
        is_admin=viewer.is_admin,
        active=True,
        created_at=now,
    )


async def as_coroutine(awaited: Awaitable[T]) -> T:
    return await awaited


class Calls(Casework):
    """Asking for a supervisor and answering, by three people, some of it at once."""

    standing: Escalation | None = None
    past: int = 0

    def people(self) -> list[Viewer]:
        return [self.mara, self.sam, self.ada]

    async def ask(self) -> Escalation:
        return await self.services.escalations.ask(self.mara, self.conversation)

    async def make(self, who: int, move: Move) -> Escalation:
        assert self.standing
        viewer = self.people()[who]
        return await self.services.escalations.move(viewer, self.standing.id, move, "Because.")

    def follow(self, successes: int) -> None:
        """What is kept is what legal moves, made one after another, lead to; none more and none fewer."""
        assert self.standing
        kept, made = self.run(self.kept())
        new = made[self.standing.version :]
        assert [each.number for each in made] == list(range(1, len(made) + 1))
        for each in new:
            by = Actor(id=each.by_id, name=each.by)
            self.standing = moved(self.standing, each.move, by, each.at, each.reason or "Because.")
            assert self.standing.state is each.state
        followed = [*new[1:], None]
        read_first = [
            one.move is Move.BRIEF and two is not None and (two.move, two.at) == (Move.ACCEPT, one.at)
            for one, two in zip(new, followed[: len(new)], strict=True)
        ]
        assert successes == len(new) - sum(read_first)
        assert (kept.state, kept.level, kept.version, kept.supervisor_id) == (
            self.standing.state,
            self.standing.level,
            self.standing.version,
            self.standing.supervisor_id,
        )

    async def kept(self) -> tuple[Escalation, list[Any]]:
        assert self.standing
        async with self.services.database.read() as connection:
            kept = await escalations.find(connection, self.standing.id)
            assert kept
            return kept, await escalations.list_moves(connection, kept.id)

    @initialize()
    def begin(self) -> None:
        self.standing = self.run(self.ask())

    @rule(times=st.integers(1, 3))
    def asks(self, times: int) -> None:
        async def at_once() -> list[Escalation]:
            return await asyncio.gather(*(self.ask() for _ in range(times)))

        found = self.run(at_once())
        assert len({each.id for each in found}) == 1
        assert self.standing
        if self.standing.state.is_open:
            assert found[0].id == self.standing.id
        else:
            self.past += 1
            self.standing = found[0]

    @rule(who=st.integers(0, 2), move=st.sampled_from(Move))
    def moves(self, who: int, move: Move) -> None:
        try:
            self.run(self.make(who, move))
        except CoolheadError:
            self.follow(0)
        else:
            self.follow(1)

    @rule(both=st.lists(st.tuples(st.integers(0, 2), st.sampled_from(Move)), min_size=2, max_size=3))
    def move_at_once(self, both: list[tuple[int, Move]]) -> None:
        async def at_once() -> list[object]:
            return await asyncio.gather(*(self.make(*each) for each in both), return_exceptions=True)

        answers = self.run(at_once())
        assert all(isinstance(each, Escalation | CoolheadError) for each in answers)
        self.follow(sum(isinstance(each, Escalation) for each in answers))

    @rule(who=st.integers(1, 2), data=st.data())
    def dies_and_is_tried_again(self, who: int, data: st.DataObject) -> None:
        assert self.standing
        legal = [move for move, (states, _) in LEGAL.items() if self.standing.state in states]
        if not legal:
            return
        move = data.draw(st.sampled_from(legal))
        if self.died(escalations_module, lambda: self.make(who, move)):
            self.follow(0)
            self.run(self.make(who, move))
            self.follow(1)

    @rule(minutes=st.integers(0, 8))
    def time_passes(self, minutes: int) -> None:
        assert self.standing
        level = self.standing.level
        now = self.standing.moved_at + timedelta(minutes=minutes)
        self.run(self.services.escalations.rise(now))
        kept, _ = self.run(self.kept())
        self.follow(kept.level - level)
        assert kept.level == level or minutes >= 5

    @invariant()
    def there_is_one_open_call_at_most_and_none_is_lost(self) -> None:
        calls = self.run(self.services.escalations.history(self.ada, self.conversation))
        assert sum(call.state.is_open for call, _ in calls) <= 1
        assert len(calls) == self.past + 1

    @invariant()
    def whoever_has_taken_over_is_the_one_who_answers(self) -> None:
        if self.standing and self.standing.state is State.TAKEN_OVER:
            assert self.seen().stand.summary.agent_id == self.standing.supervisor_id


WORDS = st.sampled_from(
    [
        (Speaker.CUSTOMER, "insult! heat 4"),
        (Speaker.CUSTOMER, "harassment!"),
        (Speaker.CUSTOMER, "threat!"),
        (Speaker.CUSTOMER, "this damned parcel, heat 3"),
        (Speaker.AGENT, "Please speak with respect."),
        (Speaker.AGENT, "I bring in my supervisor."),
        (Speaker.AGENT, "I am looking at it."),
    ]
)


class Ladder(Casework):
    """Abuse, limits said and limits logged, in any order, some of it twice or half-way."""

    def __init__(self, url: str, template: Path | None) -> None:
        super().__init__(url, template)
        self.log: list[LimitStep] = []
        self.said: list[Said] = []

    def is_live(self) -> bool:
        return self.seen().stand.summary.status is Status.LIVE

    def standing(self) -> Standing:
        seen = self.seen()
        return standing_of(seen.stand.picture, default_limits(), seen.steps, seen.pause)

    def due(self) -> tuple[BoundaryStep, str]:
        found = self.standing()
        return found.boundary.step, found.last.turn_id if found.last else ""

    async def hear(self, said: list[Said]) -> None:
        await self.services.live.add_turns(program(CLIENT), self.conversation, said)

    @rule(words=st.lists(WORDS, min_size=1, max_size=3))
    @precondition(lambda self: self.is_live())
    def turns(self, words: list[tuple[Speaker, str]]) -> None:
        new = [
            Said(id=f"t{len(self.said) + n}", speaker=speaker, text=text, number=len(self.said) + n)
            for n, (speaker, text) in enumerate(words)
        ]
        self.said += new
        self.run(self.hear(new))

    @rule()
    @precondition(lambda self: self.said and self.is_live())
    def turns_come_again(self) -> None:
        before = self.seen()
        self.run(self.hear(self.said[-2:]))
        assert self.seen() == before

    @rule(times=st.integers(1, 3))
    @precondition(lambda self: self.is_live())
    def says_that_the_limit_was_set(self, times: int) -> None:
        due, turn_id = self.due()

        async def at_once() -> list[object]:
            use = self.services.boundaries.said
            calls = (use(self.mara, self.conversation, turn_id, "Please.") for _ in range(times))
            return await asyncio.gather(*calls, return_exceptions=True)

        answers = self.run(at_once())
        kept = [each for each in answers if isinstance(each, LimitStep)]
        assert all(isinstance(each, LimitStep | CoolheadError) for each in answers)
        assert len(kept) == (due is not BoundaryStep.NONE)
        assert [each.step for each in kept] == [due] * len(kept)

    @rule()
    @precondition(lambda self: self.is_live())
    def dies_and_is_tried_again(self) -> None:
        due, turn_id = self.due()
        before = self.seen()
        use = self.services.boundaries.said
        if self.died(boundaries_module, lambda: use(self.mara, self.conversation, turn_id, "Please.")):
            assert self.seen() == before
            assert self.run(use(self.mara, self.conversation, turn_id, "Please.")).step is due

    @rule()
    @precondition(lambda self: self.is_live())
    def hands_over(self) -> None:
        abused = bool(self.seen().stand.picture.abuse)
        try:
            self.run(self.services.boundaries.hand_over(self.mara, self.conversation))
        except CoolheadError:
            assert not abused
        else:
            call = self.seen().call
            assert abused
            assert call
            assert call.state.is_open

    @rule(pause=st.booleans())
    @precondition(lambda self: self.is_live())
    def ends(self, pause: bool) -> None:
        before, found = self.seen(), self.standing()
        try:
            self.run(self.services.boundaries.end(self.mara, self.conversation, pause=pause))
        except CoolheadError:
            assert not found.at_the_end
            assert self.seen() == before
        else:
            assert found.at_the_end
            assert (self.seen().pause is not None) is pause

    @rule(hours=st.integers(1, 30))
    def time_passes(self, hours: int) -> None:
        before = self.seen().pause
        self.run(self.services.boundaries.end_run_out(local_now() + timedelta(hours=hours)))
        after = self.seen().pause
        if before is None or before.ended_at:
            assert after == before
        else:
            assert after
            assert (after.ended_at is not None) is (hours >= 24)

    @invariant()
    def the_log_only_grows_and_says_each_thing_once(self) -> None:
        steps = self.seen().steps
        assert {each.id for each in self.log} <= {each.id for each in steps}
        keys = [(each.turn_id, each.step) for each in steps]
        assert len(keys) == len(set(keys))
        self.log = steps

    @invariant()
    def all_abuse_of_a_person_is_on_record_and_nothing_else(self) -> None:
        steps = self.seen().steps
        noticed = {each.turn_id for each in steps if each.step is BoundaryStep.NONE}
        marks = ("insult!", "harassment!", "threat!")
        assert noticed == {said.id for said in self.said if any(mark in said.text for mark in marks)}
        assert {each.turn_id for each in steps} <= noticed

    @invariant()
    def a_threat_has_called_a_supervisor(self) -> None:
        if any("threat!" in said.text for said in self.said):
            assert self.seen().call is not None


@pytest.mark.parametrize("machine", [Calls, Ladder])
@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def test_machines(machine: type[Casework], kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    if kind == "sqlite":
        template: Path | None = request.getfixturevalue("sqlite_template")
        url = f"sqlite:///{tmp_path / 'machine.db'}"
    else:
        template, url = None, request.getfixturevalue("postgres_url")
    run_state_machine_as_test(lambda: machine(url, template), settings=FEW)


def test_events_are_told_by_the_module_that_dies() -> None:
    assert escalations_module.events is boundaries_module.events is events
