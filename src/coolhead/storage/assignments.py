"""What trainers assigned, and what people did of it: drills and runs ended, lessons read."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from coolhead.codebook import Term
from coolhead.practice.act import Ending
from coolhead.storage.accounts import Role
from coolhead.storage.tables import account_clients, accounts, assignments, lesson_reads, practice_runs


class Task(Term):
    """What can be assigned."""

    DRILL = "drill", "two minutes on one technique"
    SCENARIO = "scenario", "a conversation with a simulated customer"
    LESSON = "lesson", "a page on the method"


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """Something to practise by a day.

    Attributes:
        subject_id: the drill, the scenario or the lesson; `title` is its title then.
        account_id: for whom; None where it is for everyone with `role`.
        due_on: the last day, on the client's calendar.
        assigned_by: the trainer's name.
    """

    id: str
    client_id: str
    kind: Task
    subject_id: str
    title: str
    account_id: str | None
    role: Role | None
    due_on: date
    note: str
    assigned_by: str
    assigner_id: str | None
    assigned_at: datetime
    withdrawn_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Somebody who can sign in, with what they are at a client."""

    account_id: str
    name: str
    role: Role


async def add(connection: AsyncConnection, assignment: Assignment) -> None:
    """Keeps an assignment."""
    await connection.execute(insert(assignments).values(_columns(assignment)))


async def find(connection: AsyncConnection, assignment_id: str) -> Assignment | None:
    """The assignment of that id."""
    query = select(assignments).where(assignments.c.id == assignment_id)
    row = (await connection.execute(query)).one_or_none()
    return _assignment(row) if row else None


async def withdraw(connection: AsyncConnection, assignment_id: str, now: datetime) -> None:
    """Takes an assignment back."""
    query = update(assignments).where(assignments.c.id == assignment_id)
    await connection.execute(query.values(withdrawn_at=now))


async def list_of(connection: AsyncConnection, client_id: str, *, limit: int) -> list[Assignment]:
    """The client's assignments that stand, the latest due day first."""
    query = select(assignments).where(
        assignments.c.client_id == client_id, assignments.c.withdrawn_at.is_(None)
    )
    query = query.order_by(assignments.c.due_on.desc(), assignments.c.assigned_at.desc(), assignments.c.id)
    return [_assignment(row) for row in await connection.execute(query.limit(limit))]


async def list_for(
    connection: AsyncConnection, client_id: str, account_id: str, role: Role | None, *, since: date
) -> list[Assignment]:
    """What stands for a person with that role at the client and is due on `since` or later, soonest first."""
    theirs = [assignments.c.account_id == account_id]
    if role is not None:
        theirs.append(assignments.c.role == role.value)
    query = select(assignments).where(
        assignments.c.client_id == client_id,
        assignments.c.withdrawn_at.is_(None),
        assignments.c.due_on >= since,
        or_(*theirs),
    )
    query = query.order_by(assignments.c.due_on, assignments.c.assigned_at, assignments.c.id)
    return [_assignment(row) for row in await connection.execute(query)]


async def members(connection: AsyncConnection, client_id: str, roles: Collection[Role]) -> list[Member]:
    """Who can sign in and is one of these at the client, by name."""
    query = (
        select(accounts.c.id, accounts.c.name, account_clients.c.role)
        .join(account_clients, account_clients.c.account_id == accounts.c.id)
        .where(
            account_clients.c.client_id == client_id,
            account_clients.c.role.in_(sorted(role.value for role in roles)),
            accounts.c.active,
        )
        .order_by(accounts.c.name, accounts.c.id)
    )
    return [
        Member(account_id=row.id, name=row.name, role=Role(row.role))
        for row in await connection.execute(query)
    ]


async def runs_ended(
    connection: AsyncConnection, client_id: str, people: Collection[str], scenario_ids: Collection[str]
) -> dict[tuple[str, str], list[datetime]]:
    """When these people ended runs of these scenarios; those that they stopped themselves do not count."""
    query = select(practice_runs.c.account_id, practice_runs.c.scenario_id, practice_runs.c.ended_at).where(
        practice_runs.c.client_id == client_id,
        practice_runs.c.account_id.in_(sorted(people)),
        practice_runs.c.scenario_id.in_(sorted(scenario_ids)),
        practice_runs.c.ended_at.is_not(None),
        practice_runs.c.ending != Ending.STOPPED.value,
    )
    found: dict[tuple[str, str], list[datetime]] = {}
    for row in await connection.execute(query):
        found.setdefault((row.account_id, row.scenario_id), []).append(row.ended_at)
    return found


async def lessons_read(
    connection: AsyncConnection, client_id: str, people: Collection[str]
) -> dict[tuple[str, str], list[datetime]]:
    """When these people said that they had read each lesson, by person and lesson."""
    query = select(lesson_reads).where(
        lesson_reads.c.client_id == client_id, lesson_reads.c.account_id.in_(sorted(people))
    )
    return {(row.account_id, row.lesson_id): [row.read_at] for row in await connection.execute(query)}


async def read_lesson(
    connection: AsyncConnection, client_id: str, account_id: str, lesson_id: str, now: datetime
) -> None:
    """Keeps that the person has read the lesson, and when last."""
    key = {"client_id": client_id, "account_id": account_id, "lesson_id": lesson_id}
    where = [lesson_reads.c[name] == value for name, value in key.items()]
    query = update(lesson_reads).where(*where).values(read_at=now)
    if not (await connection.execute(query)).rowcount:
        await connection.execute(insert(lesson_reads).values(**key, read_at=now))


def _columns(assignment: Assignment) -> dict[str, object]:
    values = {name: getattr(assignment, name) for name in Assignment.__slots__}
    role = assignment.role
    return values | {"kind": assignment.kind.value, "role": role.value if role else None}


def _assignment(row: Any) -> Assignment:
    return Assignment(
        **{**row._mapping, "kind": Task(row.kind), "role": Role(row.role) if row.role else None}
    )
