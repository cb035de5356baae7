"""Drills: begin, answer item by item, read what the judge says, contest it, stop; one's own alone.

Each step is one transaction over the version that it builds on. Only the time that an item stands open
counts; reading a comment costs none. The engine works in threads, as on live conversations.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import uuid4

from sqlalchemy.ext.asyncio import AsyncConnection

from coolhead.errors import ConflictError, InputError, NotFoundError
from coolhead.practice.learning.drill import Drill, Item
from coolhead.practice.learning.judging import Judged, judge
from coolhead.practice.learning.spacing import after, order
from coolhead.services.access import Right, Viewer
from coolhead.services.clock import Clock
from coolhead.services.documents.guides import Guides
from coolhead.services.training.material import Material
from coolhead.storage import clients, drills
from coolhead.storage.database import Database
from coolhead.storage.drills import Answered, DrillRun, KeptCard


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """A drill as its page shows it.

    Attributes:
        item: what is to be answered; None while a comment is read, and at the end.
    """

    run: DrillRun
    drill: Drill
    item: Item | None

    @property
    def number(self) -> int:
        """Of the open item, from 1; while a comment is read, of the item that it is about."""
        return len(self.run.answers) + (1 if self.item else 0)

    @property
    def left_s(self) -> int | None:
        """Seconds that are left when an item opens; None with the clock turned off."""
        return None if self.run.seconds is None else max(0, round(self.run.seconds - self.run.used_s))

    @property
    def comment(self) -> Answered | None:
        """The answer whose comment is to be read; None while an item is open."""
        return self.run.answers[-1] if self.run.answers and self.item is None else None


class Drilling:
    """The use cases of somebody who does drills."""

    def __init__(
        self, database: Database, material: Material, guides: Guides, threads: Executor, clock: Clock
    ) -> None:
        self._database = database
        self._material = material
        self._guides = guides
        self._threads = threads
        self._clock = clock

    async def begin(self, viewer: Viewer, client_id: str, drill_id: str, *, timed: bool) -> Sitting:
        """A new run of the drill: what is due again first, then what is new; `timed` is with the clock.

        Raises:
            NotFoundError: there is no such drill, or the viewer may not know of the client.
            ForbiddenError: the viewer may not practise.
        """
        offered = await self._material.drill(viewer, client_id, drill_id)
        drill, now = offered.content, self._clock()
        async with self._database.write() as connection:
            today = await today_at(connection, client_id, now)
            kept = await drills.list_cards(connection, viewer.id, client_id, drill_id)
            cards = {each.item_id: each.card for each in kept}
            run = DrillRun(
                id=uuid4().hex,
                client_id=client_id,
                account_id=viewer.id,
                drill_id=drill_id,
                drill_version=offered.version,
                title=drill.title,
                technique=drill.technique.value,
                items=order([item.id for item in drill.items], cards, today),
                seconds=drill.seconds if timed else None,
                begun_at=now,
                shown_at=now,
            )
            await drills.add(connection, run)
        return _sitting(run, drill)

    async def read(self, viewer: Viewer, run_id: str) -> Sitting:
        """One of the person's drills.

        Raises:
            NotFoundError: the person has no such drill, or it is off the list.
            ForbiddenError: the person may not practise there any more.
        """
        async with self._database.read() as connection:
            run = await drills.find(connection, run_id, viewer.id)
        if run is None:
            raise NotFoundError("You have no such drill.", hint="Begin one under Practice.")
        viewer.require(Right.PRACTISE, run.client_id)
        offered = await self._material.drill(viewer, run.client_id, run.drill_id)
        return _sitting(run, offered.content)

    async def answer(self, viewer: Viewer, run_id: str, number: int, text: str) -> Sitting:
        """The drill after the answer to its item of that number (from 1), judged; sent twice, it counts once.

        Raises:
            NotFoundError: the person has no such drill.
            InputError: there are no words, or too many.
            ConflictError: another window was quicker.
        """
        before = await self.read(viewer, run_id)
        if before.item is None or number != before.number:
            return before
        said = " ".join(text.split())
        if not said:
            raise InputError("There is nothing to read yet.", hint="Write what you would say.")
        judged = await self._judge(before, before.item, said)
        now = self._clock()
        run = _answered(before, before.item, judged, now)
        async with self._database.write() as connection:
            await _advance(connection, run)
            await self._keep_card(connection, run, right=judged.right, now=now)
        return _sitting(run, before.drill)

    async def go_on(self, viewer: Viewer, run_id: str, number: int) -> Sitting:
        """The drill with its next item open, after the comment on the one of that number was read.

        Raises:
            NotFoundError: the person has no such drill.
            ConflictError: another window was quicker.
        """
        before = await self.read(viewer, run_id)
        run = before.run
        if before.item is not None or run.ended_at or number != len(run.answers):
            return before
        run = replace(run, shown_at=self._clock(), version=run.version + 1)
        async with self._database.write() as connection:
            await _advance(connection, run)
        return _sitting(run, before.drill)

    async def contest(self, viewer: Viewer, run_id: str, number: int) -> Sitting:
        """The drill with the latest answer, of that number, counted as right: the person knows better.

        Raises:
            NotFoundError: the person has no such drill.
            ConflictError: another window was quicker, or that answer is not the latest.
        """
        before = await self.read(viewer, run_id)
        run = before.run
        if before.comment is None or number != len(run.answers):
            raise ConflictError("Only the latest answer can be contested.", hint="Go on with the drill.")
        if before.comment.right:
            return before
        answer = replace(before.comment, right=True, contested=True)
        run = replace(run, answers=(*run.answers[:-1], answer), version=run.version + 1)
        async with self._database.write() as connection:
            await _advance(connection, run)
            await self._keep_card(connection, run, right=True, now=self._clock(), anew=True)
        return _sitting(run, before.drill)

    async def untime(self, viewer: Viewer, run_id: str) -> Sitting:
        """The drill with its clock turned off.

        Raises:
            NotFoundError: the person has no such drill.
            ConflictError: another window was quicker.
        """
        before = await self.read(viewer, run_id)
        if before.run.seconds is None or before.run.ended_at:
            return before
        run = replace(before.run, seconds=None, version=before.run.version + 1)
        async with self._database.write() as connection:
            await _advance(connection, run)
        return _sitting(run, before.drill)

    async def stop(self, viewer: Viewer, run_id: str) -> Sitting:
        """The drill, ended where it is.

        Raises:
            NotFoundError: the person has no such drill.
            ConflictError: another window was quicker.
        """
        before = await self.read(viewer, run_id)
        if before.run.ended_at:
            return before
        run = replace(before.run, ended_at=self._clock(), shown_at=None, version=before.run.version + 1)
        async with self._database.write() as connection:
            await _advance(connection, run)
        return _sitting(run, before.drill)

    async def _judge(self, sitting: Sitting, item: Item, text: str) -> Judged:
        engine = (await self._guides.of(sitting.run.client_id)).engine
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, judge, engine, sitting.drill, item, text)

    async def _keep_card(
        self,
        connection: AsyncConnection,
        run: DrillRun,
        *,
        right: bool,
        now: datetime,
        anew: bool = False,
    ) -> None:
        """Moves the card of the item answered last; `anew` as if it had not been met before."""
        item_id = run.answers[-1].item
        today = await today_at(connection, run.client_id, now)
        kept = await drills.list_cards(connection, run.account_id, run.client_id, run.drill_id)
        known = None if anew else next((each.card for each in kept if each.item_id == item_id), None)
        card = after(known, right=right, today=today)
        moved = KeptCard(drill_id=run.drill_id, item_id=item_id, card=card)
        await drills.put_card(connection, run.account_id, run.client_id, moved)


async def today_at(connection: AsyncConnection, client_id: str, now: datetime) -> date:
    """The day that it is on the client's calendar."""
    return (await clients.hours_of(connection, client_id)).local(now).date()


def _answered(before: Sitting, item: Item, judged: Judged, now: datetime) -> DrillRun:
    """The run with one more answer; ended when that was the last, or when its time is over."""
    run = before.run
    spent = max(0.0, (now - (run.shown_at or now)).total_seconds())
    used = run.used_s + min(spent, float(before.drill.seconds))
    answer = Answered(
        item=item.id, text=judged.text, right=judged.right, why=judged.why, better=judged.better
    )
    answers = (*run.answers, answer)
    known = {each.id for each in before.drill.items}
    is_over = all(each not in known for each in run.items[len(answers) :])
    is_over = is_over or (run.seconds is not None and used >= run.seconds)
    return replace(
        run,
        answers=answers,
        used_s=used,
        shown_at=None,
        ended_at=now if is_over else None,
        version=run.version + 1,
    )


def _sitting(run: DrillRun, drill: Drill) -> Sitting:
    """The drill with its open item; an item that was taken out of the drill meanwhile is passed over."""
    if run.shown_at is None or run.ended_at:
        return Sitting(run=run, drill=drill, item=None)
    known = {each.id for each in drill.items}
    left = [each for each in run.items[len(run.answers) :] if each in known]
    done = {each.item for each in run.answers}
    item_id = next((each for each in left if each not in done), None)
    return Sitting(run=run, drill=drill, item=drill.item(item_id) if item_id else None)


async def _advance(connection: AsyncConnection, run: DrillRun) -> None:
    if not await drills.advance(connection, run):
        raise ConflictError(
            "Another window has gone on with this drill.", hint="Load the page again to see where it is."
        )
