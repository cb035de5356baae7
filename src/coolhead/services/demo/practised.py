"""What people of the demo have practised: said to the simulated customers, answered in drills, assigned.

Everything comes about through the use cases, under a clock that is set to when it happened; where somebody
has practised already, nothing is added.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from importlib.resources.abc import Traversable
from typing import Protocol

from pydantic import Field, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from coolhead.errors import FileError
from coolhead.guidance.document import Strict
from coolhead.practice.scenario import Difficulty
from coolhead.services.access import Viewer
from coolhead.services.training.assigning import Assigning, Wanted
from coolhead.services.training.drilling import Drilling
from coolhead.services.training.looking_back import LookingBack
from coolhead.services.training.practising import Beginning, Practising, Session
from coolhead.services.training.progressing import Progressing
from coolhead.storage.accounts import Role
from coolhead.storage.assignments import Task

BETWEEN_ANSWERS = timedelta(seconds=25)


class Again(Strict):
    """The agent's turn of that number answered differently, and what was said after it."""

    at: int = Field(ge=1)
    says: tuple[str, ...]


class Reflected(Strict):
    """What the agent wrote for themselves."""

    worked: str = ""
    differently: str = ""


class Rehearsal(Strict):
    """A practice run of somebody; `says` is said turn by turn until the run is over."""

    agent: str
    client: str
    scenario: str
    persona: str
    difficulty: Difficulty
    seed: int
    hours_ago: float = Field(gt=0)
    says: tuple[str, ...] = Field(min_length=1)
    reflection: Reflected | None = None
    again: Again | None = None


class Drilled(Strict):
    """A drill of somebody; `answers` to its items in order."""

    agent: str
    client: str
    drill: str
    hours_ago: float = Field(gt=0)
    answers: tuple[str, ...] = Field(min_length=1)


class Lesson(Strict):
    """A lesson that somebody has read."""

    agent: str
    client: str
    lesson: str
    hours_ago: float = Field(gt=0)


class Asked(Strict):
    """Something that a trainer assigned to everyone of a role."""

    by: str
    client: str
    kind: Task
    subject: str
    role: Role
    due_in_days: int = Field(ge=0)
    note: str = ""


class Practised(Strict):
    """All of it."""

    runs: tuple[Rehearsal, ...] = ()
    drills: tuple[Drilled, ...] = ()
    lessons: tuple[Lesson, ...] = ()
    assignments: tuple[Asked, ...] = ()


class Settable(Protocol):
    """A clock that shows what it was set to."""

    now: datetime


class DemoPractice:
    """Lets the demo's people practise; the use cases have to read the same clock."""

    def __init__(
        self,
        practising: Practising,
        looking_back: LookingBack,
        drilling: Drilling,
        assigning: Assigning,
        progressing: Progressing,
        clock: Settable,
    ) -> None:
        self._practising = practising
        self._looking_back = looking_back
        self._drilling = drilling
        self._assigning = assigning
        self._progressing = progressing
        self._clock = clock

    async def furnish(self, file: Traversable, people: Mapping[str, Viewer], opened: datetime) -> None:
        """Makes sure that what stands in the file was practised, and counts it.

        Raises:
            FileError: the file cannot be read.
        """
        told = practised_in(file)
        fresh = {
            each.agent
            for each in told.runs
            if not (await self._practising.list_mine(people[each.agent], limit=1)).total
        }
        for drilled in told.drills:
            if drilled.agent in fresh:
                await self._drill(people[drilled.agent], drilled, opened)
        for lesson in told.lessons:
            if lesson.agent in fresh:
                self._clock.now = opened - timedelta(hours=lesson.hours_ago)
                await self._assigning.read_lesson(people[lesson.agent], lesson.client, lesson.lesson)
        for run in told.runs:
            if run.agent in fresh:
                await self._play(people[run.agent], run, opened)
        self._clock.now = opened
        for client_id in {each.client for each in told.assignments}:
            await self._assign(people, client_id, told.assignments, opened)
        await self._progressing.count_ended()

    async def _play(self, by: Viewer, run: Rehearsal, opened: datetime) -> None:
        self._clock.now = opened - timedelta(hours=run.hours_ago)
        begun = Beginning(
            scenario_id=run.scenario,
            persona_id=run.persona,
            difficulty=run.difficulty,
            seed=run.seed,
            warned=True,
        )
        first = await self._say(by, await self._practising.begin(by, run.client, begun), run.says)
        if run.reflection:
            written = run.reflection
            await self._looking_back.reflect(by, first.kept.id, written.worked, written.differently)
        if run.again and run.again.at < len(first.run.rounds):
            again = await self._practising.again(by, first.kept.id, run.again.at)
            await self._say(by, again, run.again.says)

    async def _say(self, by: Viewer, session: Session, says: tuple[str, ...]) -> Session:
        """The run after these turns; stopped where it is not over then."""
        for words in says:
            if session.run.over:
                return session
            self._clock.now += BETWEEN_ANSWERS
            session = await self._practising.say(by, session.kept.id, len(session.run.rounds), words)
        return session if session.run.over else await self._practising.stop(by, session.kept.id)

    async def _drill(self, by: Viewer, drilled: Drilled, opened: datetime) -> None:
        self._clock.now = opened - timedelta(hours=drilled.hours_ago)
        sitting = await self._drilling.begin(by, drilled.client, drilled.drill, timed=False)
        for number, words in enumerate(drilled.answers, 1):
            self._clock.now += BETWEEN_ANSWERS
            await self._drilling.answer(by, sitting.run.id, number, words)
            await self._drilling.go_on(by, sitting.run.id, number)
        await self._drilling.stop(by, sitting.run.id)

    async def _assign(
        self, people: Mapping[str, Viewer], client_id: str, asked: tuple[Asked, ...], opened: datetime
    ) -> None:
        here = [each for each in asked if each.client == client_id]
        if await self._assigning.board(people[here[0].by], client_id):
            return
        for each in here:
            wanted = Wanted(
                kind=each.kind,
                subject_id=each.subject,
                roles=(each.role,),
                due_on=opened.date() + timedelta(days=each.due_in_days),
                note=each.note,
            )
            await self._assigning.assign(people[each.by], client_id, wanted)


def practised_in(file: Traversable) -> Practised:
    """What stands in the file; nothing where there is none.

    Raises:
        FileError: it cannot be read.
    """
    if not file.is_file():
        return Practised()
    try:
        return Practised.model_validate(YAML(typ="safe", pure=True).load(file.read_text("utf-8")))
    except (YAMLError, ValidationError) as error:
        raise FileError(f"The demo's practice cannot be read: {error}", path=file.name) from error
