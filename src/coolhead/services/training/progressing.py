"""Progress: what is counted of live conversations and practice runs, and what it shows of somebody.

Counting happens once for each that has ended, a few at a time, and keeps numbers alone; charts and
suggestions are made of those. People see their own, trainers that of their client's people.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Collection
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog
from pydantic import ValidationError
from sqlalchemy.exc import IntegrityError

from coolhead.casework.hours import Hours
from coolhead.errors import NotFoundError
from coolhead.practice.learning.progress import Counted, Counts, Progress, Source, count, progress
from coolhead.practice.learning.suggest import DAYS, Suggestion, suggestions
from coolhead.practice.run import Run
from coolhead.services.access import GRANTS, Right, Viewer
from coolhead.services.clock import Clock
from coolhead.services.ticker import for_each
from coolhead.services.training.casting import Casting
from coolhead.services.training.material import Material
from coolhead.storage import assignments, clients, conversations, drills, learning, moments, practice
from coolhead.storage.assignments import Member
from coolhead.storage.database import Database
from coolhead.storage.drills import DrillRun
from coolhead.storage.learning import Ended, KeptCounts
from coolhead.storage.practice import KeptRun

log = structlog.get_logger()

WEEKS = 12
COUNTED_DAYS = 7 * WEEKS + 7
LATELY = 12
PER_TURN = 50
"""How many conversations and as many runs are counted at a time; the rest is for the next turn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A person's progress at a client.

    Attributes:
        conversations: how many live conversations it rests on.
        runs: how many practice runs.
    """

    techniques: tuple[Progress, ...]
    conversations: int
    runs: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What a trainer sees of one person: numbers and titles, never words.

    Attributes:
        runs: the latest practice runs that have a score.
        drills: the latest drills that came to an end.
    """

    member: Member
    report: Report
    runs: tuple[KeptRun, ...]
    drills: tuple[Tried, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """A drill that somebody did, without what they wrote."""

    title: str
    right: int
    answered: int
    ended_at: datetime


class Progressing:
    """The use cases around progress."""

    def __init__(
        self, database: Database, material: Material, casting: Casting, threads: Executor, clock: Clock
    ) -> None:
        self._database = database
        self._material = material
        self._casting = casting
        self._threads = threads
        self._clock = clock

    async def count_due(self, _now: datetime) -> None:
        """Counts some of what has ended; the ticker asks for it."""
        await self.count_ended()

    async def count_ended(self, account_id: str | None = None) -> int:
        """Counts what has ended and is not counted yet, one person's or everyone's; gives how many."""
        since = self._clock() - timedelta(days=COUNTED_DAYS)
        async with self._database.read() as connection:
            found = await learning.list_uncounted(connection, since, limit=PER_TURN, account_id=account_id)
        await for_each("progress", found, self._count_one)
        return len(found)

    async def mine(self, viewer: Viewer, client_id: str) -> Report:
        """The person's own progress at the client.

        Raises:
            NotFoundError: the viewer may not know of the client.
            ForbiddenError: the viewer may not practise there.
        """
        viewer.require(Right.PRACTISE, client_id)
        await self.count_ended(viewer.id)
        return await self._report(client_id, {viewer.id})

    async def of(self, viewer: Viewer, client_id: str, account_id: str) -> Record:
        """The progress of one of the client's people, and what they practised lately.

        Raises:
            NotFoundError: the viewer may not know of the client, or that person is not there.
            ForbiddenError: the viewer may not train there.
        """
        viewer.require(Right.TRAIN, client_id)
        async with self._database.read() as connection:
            members = await assignments.members(connection, client_id, GRANTS[Right.PRACTISE].roles)
        member = next((each for each in members if each.account_id == account_id), None)
        if member is None:
            raise NotFoundError("There is no such person at this client.", hint="Choose from the list.")
        async with self._database.read() as connection:
            runs = await practice.list_of(connection, account_id, {client_id}, limit=LATELY)
            done = await drills.list_ended(connection, account_id, client_id, LATELY)
        return Record(
            member=member,
            report=await self._report(client_id, {account_id}),
            runs=tuple(each for each in runs if each.score is not None),
            drills=tuple(_tried(each) for each in done),
        )

    async def team(self, viewer: Viewer, client_id: str) -> Report:
        """The progress of all of the client's people together.

        Raises:
            NotFoundError: the viewer may not know of the client.
            ForbiddenError: the viewer may not train there.
        """
        viewer.require(Right.TRAIN, client_id)
        return await self._report(client_id, None)

    async def suggest(self, viewer: Viewer, client_id: str) -> tuple[Suggestion, ...]:
        """What the person's own live conversations of the last weeks suggest to practise.

        Raises:
            NotFoundError: the viewer may not know of the client.
            ForbiddenError: the viewer may not practise there.
        """
        viewer.require(Right.PRACTISE, client_id)
        offered = await self._material.drills(viewer, client_id)
        since = self._clock() - timedelta(days=DAYS)
        async with self._database.read() as connection:
            hours = await clients.hours_of(connection, client_id)
            kept = await learning.list_counts(connection, client_id, since, source=Source.LIVE)
        mine = [_counted(each, hours) for each in kept if each.account_id == viewer.id]
        others = [_counted(each, hours) for each in kept if each.account_id != viewer.id]
        found = suggestions(mine, others, [each.content for each in offered])
        return tuple([await self._with_meeting(viewer, client_id, each) for each in found])

    async def _with_meeting(self, viewer: Viewer, client_id: str, suggestion: Suggestion) -> Suggestion:
        """The suggestion with a customer about what those conversations were about."""
        async with self._database.read() as connection:
            summaries = [await conversations.find(connection, each) for each in suggestion.conversations]
        issues = Counter(each.issue for each in summaries if each and each.issue)
        met = await self._casting.meetings(
            viewer, client_id, {suggestion.term}, issues=[issue for issue, _ in issues.most_common()]
        )
        return replace(suggestion, meeting=next(iter(met), None))

    async def _report(self, client_id: str, people: Collection[str] | None) -> Report:
        now = self._clock()
        async with self._database.read() as connection:
            hours = await clients.hours_of(connection, client_id)
            kept = await learning.list_counts(
                connection, client_id, now - timedelta(days=COUNTED_DAYS), accounts=people
            )
        today = hours.local(now).date()
        return Report(
            techniques=progress((_counted(each, hours) for each in kept), today, WEEKS),
            conversations=sum(each.source is Source.LIVE for each in kept),
            runs=sum(each.source is Source.PRACTICE for each in kept),
        )

    async def _count_one(self, ended: Ended) -> None:
        counts = await self._count(ended)
        try:
            async with self._database.write() as connection:
                await learning.add(connection, ended, counts)
        except IntegrityError:
            log.info("already_counted", source=ended.source.value, id=ended.id)

    async def _count(self, ended: Ended) -> Counts:
        loop = asyncio.get_running_loop()
        async with self._database.read() as connection:
            if ended.source is Source.LIVE:
                kept = await moments.list_of(connection, ended.id)
                return count(kept)
            text = await learning.find_run(connection, ended.id)
        return await loop.run_in_executor(self._threads, _count_run, text or "", ended.again_from)


def _tried(run: DrillRun) -> Tried:
    return Tried(
        title=run.title,
        right=run.right,
        answered=len(run.answers),
        ended_at=run.ended_at or run.begun_at,
    )


def _count_run(text: str, again_from: int) -> Counts:
    """The counts of a run's own rounds; what was copied from the run that it tries again is not its own."""
    try:
        rounds = Run.from_json(text).rounds
    except ValidationError:
        return Counts()  # kept by another version of Coolhead
    own = [rounds[again_from - 1].customer] if len(rounds) >= again_from else []
    for each in rounds[again_from:]:
        own += [heard for heard in (each.agent, each.customer) if heard is not None]
    return count(own)


def _counted(kept: KeptCounts, hours: Hours) -> Counted:
    return Counted(id=kept.id, source=kept.source, day=hours.local(kept.ended_at).date(), counts=kept.counts)
