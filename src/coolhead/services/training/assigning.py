"""Assignments: what a trainer asks people to practise and by when, and what they did of it.

An assignment is done with the first drill or run that ends, or the lesson that is read, after it was made.
What people did is looked up, never kept beside it, so that the two cannot differ.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import uuid4

from sqlalchemy.ext.asyncio import AsyncConnection

from coolhead.casework.hours import Hours
from coolhead.errors import InputError, NotFoundError
from coolhead.services.access import GRANTS, Right, Viewer
from coolhead.services.clock import Clock
from coolhead.services.training.drilling import today_at
from coolhead.services.training.material import Material
from coolhead.storage import assignments, drills
from coolhead.storage.accounts import Role
from coolhead.storage.assignments import Assignment, Member, Task
from coolhead.storage.database import Database

LONGEST_NOTE = 500
MOST_SHOWN = 100
SHOWN_AFTER = timedelta(days=14)
"""How long an assignment stays on the page of who has done it, or not, after it was due."""

FURTHEST = timedelta(days=366)
PRACTISE = GRANTS[Right.PRACTISE].roles
Done = Mapping[tuple[str, str], Sequence[datetime]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a trainer enters.

    Attributes:
        people: accounts that it is for.
        roles: everyone with one of these at the client, those who come later too.
    """

    kind: Task
    subject_id: str
    people: Collection[str] = ()
    roles: Collection[Role] = ()
    due_on: date
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mine:
    """An assignment as the one who has to do it sees it.

    Attributes:
        done_at: when it was done; None while it is not.
        days_left: until it is due; below 0 when it is late.
    """

    assignment: Assignment
    done_at: datetime | None
    days_left: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An assignment as the trainer sees it.

    Attributes:
        people: for whom it is now, with when they did it; None while they have not.
    """

    assignment: Assignment
    people: tuple[tuple[Member, datetime | None], ...]
    days_left: int

    @property
    def done(self) -> int:
        """How many have done it."""
        return sum(at is not None for _, at in self.people)


class Assigning:
    """The use cases of those who assign, and of those who are to do it."""

    def __init__(self, database: Database, material: Material, clock: Clock) -> None:
        self._database = database
        self._material = material
        self._clock = clock

    def today(self, hours: Hours) -> date:
        """The day that it is by these clocks."""
        return hours.local(self._clock()).date()

    async def people(self, viewer: Viewer, client_id: str) -> list[Member]:
        """Who may practise at the client.

        Raises:
            NotFoundError: the viewer may not know of the client.
            ForbiddenError: the viewer may not train there.
        """
        viewer.require(Right.TRAIN, client_id)
        async with self._database.read() as connection:
            return await assignments.members(connection, client_id, PRACTISE)

    async def assign(self, viewer: Viewer, client_id: str, wanted: Wanted) -> list[Assignment]:
        """Assigns something: one assignment for each person and each role.

        Raises:
            NotFoundError: there is no such drill, scenario, lesson or person at the client.
            ForbiddenError: the viewer may not train there.
            InputError: it is for nobody, or the day or the note will not do.
        """
        viewer.require(Right.TRAIN, client_id)
        title = await self._title(viewer, client_id, wanted.kind, wanted.subject_id)
        now = self._clock()
        note = wanted.note.strip()
        if len(note) > LONGEST_NOTE:
            raise InputError(f"A note is at most {LONGEST_NOTE} characters long.", hint="Say it in less.")
        if not set(wanted.roles) <= PRACTISE:
            raise InputError("Who has that role cannot practise.", hint="Choose agents, for instance.")
        async with self._database.write() as connection:
            _check_day(wanted.due_on, await today_at(connection, client_id, now))
            known = {each.account_id for each in await assignments.members(connection, client_id, PRACTISE)}
            if not set(wanted.people) <= known:
                raise NotFoundError("Somebody chosen is not at this client.", hint="Choose from the list.")
            targets: list[tuple[str | None, Role | None]] = []
            targets += [(each, None) for each in sorted(set(wanted.people))]
            targets += [(None, role) for role in sorted(set(wanted.roles))]
            if not targets:
                raise InputError("It is not said for whom this is.", hint="Choose people, or a role.")
            made = [
                Assignment(
                    id=uuid4().hex,
                    client_id=client_id,
                    kind=wanted.kind,
                    subject_id=wanted.subject_id,
                    title=title,
                    account_id=account_id,
                    role=role,
                    due_on=wanted.due_on,
                    note=note,
                    assigned_by=viewer.name,
                    assigner_id=viewer.account_id,
                    assigned_at=now,
                )
                for account_id, role in targets
            ]
            for each in made:
                await assignments.add(connection, each)
        return made

    async def withdraw(self, viewer: Viewer, assignment_id: str) -> Assignment:
        """Takes an assignment back; what was done stays done.

        Raises:
            NotFoundError: there is none, or the viewer may not know of its client.
            ForbiddenError: the viewer may not train there.
        """
        async with self._database.write() as connection:
            found = await assignments.find(connection, assignment_id)
            if found is None or not viewer.sees(found.client_id):
                raise NotFoundError("There is no such assignment.", hint="Look at the list again.")
            viewer.require(Right.TRAIN, found.client_id)
            await assignments.withdraw(connection, assignment_id, self._clock())
        return found

    async def board(self, viewer: Viewer, client_id: str) -> list[Line]:
        """The client's assignments with who has done them, the latest due day first.

        Raises:
            NotFoundError: the viewer may not know of the client.
            ForbiddenError: the viewer may not train there.
        """
        viewer.require(Right.TRAIN, client_id)
        async with self._database.read() as connection:
            today = await today_at(connection, client_id, self._clock())
            members = await assignments.members(connection, client_id, PRACTISE)
            standing = await assignments.list_of(connection, client_id, limit=MOST_SHOWN)
            done = await _all_done(connection, client_id, {each.account_id for each in members}, standing)
        return [
            Line(
                assignment=each,
                people=tuple(
                    (member, _done_at(each, member.account_id, done))
                    for member in members
                    if member.account_id == each.account_id or member.role is each.role
                ),
                days_left=(each.due_on - today).days,
            )
            for each in standing
        ]

    async def mine(self, viewer: Viewer, client_id: str) -> list[Mine]:
        """What the person has to do at the client: what is open first, the soonest due first.

        Raises:
            NotFoundError: the viewer may not know of the client.
            ForbiddenError: the viewer may not practise there.
        """
        viewer.require(Right.PRACTISE, client_id)
        async with self._database.read() as connection:
            today = await today_at(connection, client_id, self._clock())
            role = viewer.roles.get(client_id)
            theirs = await assignments.list_for(
                connection, client_id, viewer.id, role, since=today - SHOWN_AFTER
            )
            done = await _all_done(connection, client_id, {viewer.id}, theirs)
        found = [
            Mine(
                assignment=each,
                done_at=_done_at(each, viewer.id, done),
                days_left=(each.due_on - today).days,
            )
            for each in theirs
        ]
        return sorted(found, key=lambda each: (each.done_at is not None, each.days_left))

    async def read_lesson(self, viewer: Viewer, client_id: str, lesson_id: str) -> None:
        """Keeps that the person has read the lesson.

        Raises:
            NotFoundError: there is no such lesson, or the viewer may not know of the client.
            ForbiddenError: the viewer may not practise there.
        """
        await self._material.lesson(viewer, client_id, lesson_id)
        async with self._database.write() as connection:
            await assignments.read_lesson(connection, client_id, viewer.id, lesson_id, self._clock())

    async def lessons_read(self, viewer: Viewer, client_id: str) -> dict[str, datetime]:
        """When the person last said that they had read each lesson, by its id.

        Raises:
            NotFoundError: the viewer may not know of the client.
            ForbiddenError: the viewer may not practise there.
        """
        viewer.require(Right.PRACTISE, client_id)
        async with self._database.read() as connection:
            found = await assignments.lessons_read(connection, client_id, {viewer.id})
        return {lesson_id: times[-1] for (_, lesson_id), times in found.items()}

    async def _title(self, viewer: Viewer, client_id: str, kind: Task, subject_id: str) -> str:
        if kind is Task.DRILL:
            return (await self._material.drill(viewer, client_id, subject_id)).content.title
        if kind is Task.SCENARIO:
            return (await self._material.scenario(viewer, client_id, subject_id)).content.title
        return (await self._material.lesson(viewer, client_id, subject_id)).content.title


def _check_day(due_on: date, today: date) -> None:
    if due_on < today:
        raise InputError("That day is over.", hint="Choose today or later.")
    if due_on > today + FURTHEST:
        raise InputError("That is more than a year ahead.", hint="Choose a nearer day.")


async def _all_done(
    connection: AsyncConnection, client_id: str, people: Collection[str], standing: Sequence[Assignment]
) -> dict[Task, Done]:
    """When these people did what was assigned: drills and runs that ended, lessons that were read."""

    def subjects(kind: Task) -> set[str]:
        return {each.subject_id for each in standing if each.kind is kind}

    return {
        Task.DRILL: await drills.list_ends(connection, client_id, people, subjects(Task.DRILL)),
        Task.SCENARIO: await assignments.runs_ended(connection, client_id, people, subjects(Task.SCENARIO)),
        Task.LESSON: await assignments.lessons_read(connection, client_id, people),
    }


def _done_at(assignment: Assignment, account_id: str, done: Mapping[Task, Done]) -> datetime | None:
    """The first time that it was done after it was assigned; None while it was not."""
    times = done[assignment.kind].get((account_id, assignment.subject_id), ())
    return min((at for at in times if at >= assignment.assigned_at), default=None)
