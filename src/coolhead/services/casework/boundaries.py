"""Limits on abuse as an agent walks through them: where the ladder stands, steps taken, channels paused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from coolhead.casework.escalation import Origin
from coolhead.conversation.privacy import mask
from coolhead.errors import ConflictError, InputError, NotFoundError
from coolhead.guidance.boundary import Boundary, boundary
from coolhead.guidance.limits import BoundaryStep, Limits
from coolhead.picture.state import AbuseNoticed, Picture
from coolhead.services.access import Right, Viewer
from coolhead.services.casework.escalations import actor
from coolhead.services.clock import Clock
from coolhead.services.conversations.live import stand_for, summary_for
from coolhead.services.documents.guides import Guides
from coolhead.services.events import happenings
from coolhead.services.events.feed import Feed
from coolhead.services.text import readable
from coolhead.services.turns import aftercare
from coolhead.services.turns.calls import call_supervisor, evidence_of
from coolhead.storage import conversations, events, limits
from coolhead.storage.conversations import Stand, Status, Summary
from coolhead.storage.database import Database
from coolhead.storage.events import EventKind, NewEvent
from coolhead.storage.limits import LimitStep, Pause

log = structlog.get_logger()

LONGEST_WORDS = 1000
MOST_AT_ONCE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a conversation stands by its client's limits.

    Attributes:
        steps: what was noticed and done, the oldest first.
        pause: the pause that came from it, ended or not; None when there was none.
    """

    boundary: Boundary
    limits: Limits
    steps: tuple[LimitStep, ...]
    pause: Pause | None

    @property
    def last(self) -> AbuseNoticed | None:
        """The last abuse that counts; None before any."""
        counted = [abuse for abuse in self.boundary.abuse if self.limits.counts(abuse.kind)]
        return counted[-1] if counted else None

    @property
    def taken(self) -> tuple[LimitStep, ...]:
        """The steps that were done about it."""
        return tuple(step for step in self.steps if step.step is not BoundaryStep.NONE)

    @property
    def at_the_end(self) -> bool:
        """True when the last step is due or was taken, so that the channel may be paused."""
        return self.boundary.step.is_last or any(step.step.is_last for step in self.taken)


class Boundaries:
    """The use cases of the ladder; programs may make none of them."""

    def __init__(self, database: Database, guides: Guides, feed: Feed, clock: Clock) -> None:
        self._database = database
        self._guides = guides
        self._feed = feed
        self._clock = clock

    async def said(self, viewer: Viewer, conversation_id: str, turn_id: str, words: str = "") -> LimitStep:
        """The agent has set the limit that is due for the abuse of that turn, in these words.

        Raises:
            NotFoundError: there is no such conversation, or the viewer may not know of it.
            ForbiddenError: the viewer lacks the right.
            ConflictError: no step is due for that turn any more.
        """
        clean = mask(readable(words)).text.strip()
        if len(clean) > LONGEST_WORDS:
            raise InputError(f"Words have at most {LONGEST_WORDS} characters.", hint="Use fewer.")
        now = self._clock()
        by = await self._limits_of(viewer, conversation_id)
        async with self._database.write() as connection:
            stand = await _held(connection, viewer, conversation_id)
            standing = await _standing(connection, stand, by)
            due, last = standing.boundary.step, standing.last
            if due is BoundaryStep.NONE or last is None or last.turn_id != turn_id:
                raise ConflictError("That step has been taken.", hint="Look at the desk again.")
            step = await _step(connection, viewer, stand.summary, due, last, clean, now)
            await _log(connection, stand.summary, step, [], now)
        self._feed.ring()
        return step

    async def hand_over(self, viewer: Viewer, conversation_id: str) -> None:
        """Calls a supervisor after abuse; the agent gives no reason.

        Raises:
            NotFoundError: there is no such conversation, or the viewer may not know of it.
            ForbiddenError: the viewer lacks the right.
            ConflictError: there was no abuse, or the conversation has ended.
        """
        now = self._clock()
        by = await self._limits_of(viewer, conversation_id)
        async with self._database.write() as connection:
            stand = await _held(connection, viewer, conversation_id)
            standing = await _standing(connection, stand, by)
            if standing.last is None:
                raise ConflictError("There was no abuse here.", hint="Ask for help instead.")
            last, summary = standing.last, stand.summary
            _, told = await call_supervisor(
                connection, summary, Origin.ABUSE, actor(viewer), now, turn_id=last.turn_id
            )
            step = await _step(connection, viewer, summary, BoundaryStep.HAND_OVER, last, "", now)
            await _log(connection, summary, step, told, now)
        self._feed.ring()

    async def end(self, viewer: Viewer, conversation_id: str, *, pause: bool = False) -> Summary:
        """Ends the conversation as its last step, and closes its channel to the customer for a while.

        Raises:
            NotFoundError: there is no such conversation, or the viewer may not know of it.
            ForbiddenError: the viewer lacks the right.
            ConflictError: the last step is not due, or the client's limits pause nothing.
        """
        now = self._clock()
        by = await self._limits_of(viewer, conversation_id)
        async with self._database.write() as connection:
            stand = await _held(connection, viewer, conversation_id)
            standing = await _standing(connection, stand, by)
            if standing.last is None or not standing.at_the_end:
                raise ConflictError("The last step is not due.", hint="Set the limit that is due first.")
            if pause and by.pause is None:
                raise ConflictError("This client pauses no channel.", hint="End the conversation alone.")
            told: list[NewEvent] = []
            if pause and by.pause and standing.pause is None:
                told += await _pause(connection, viewer, stand.summary, by.pause.hours, by.pause.reason, now)
            step = await _step(connection, viewer, stand.summary, BoundaryStep.END, standing.last, "", now)
            told += await _ended(connection, stand.summary, now)
            await _log(connection, stand.summary, step, told, now)
            summary = await summary_for(connection, viewer, conversation_id, Right.WORK)
        self._feed.ring()
        return summary

    async def list_pauses(self, viewer: Viewer) -> list[Pause]:
        """The pauses of the viewer's clients that hold, the next to end first.

        Raises:
            ForbiddenError: the viewer lacks the right.
        """
        async with self._database.read() as connection:
            return await limits.list_pauses(connection, viewer.narrowed(Right.LIFT_PAUSES))

    async def lift(self, viewer: Viewer, conversation_id: str) -> None:
        """Undoes the pause that came from the conversation; lifting it again changes nothing.

        Raises:
            NotFoundError: there is no such pause, or the viewer may not know of it.
            ForbiddenError: the viewer lacks the right.
        """
        now = self._clock()
        async with self._database.write() as connection:
            summary = await summary_for(
                connection, viewer, conversation_id, Right.LIFT_PAUSES, for_change=True
            )
            pause = await limits.find_pause(connection, conversation_id)
            if pause is None:
                raise NotFoundError("There is no such pause.", hint="Look at the list again.")
            if await limits.end_pause(connection, pause.id, now, viewer.account_id, viewer.name):
                ended = await limits.find_pause(connection, conversation_id)
                await _tell(
                    connection, summary, [happenings.paused(EventKind.PAUSE_ENDED, ended or pause)], now
                )
        self._feed.ring()

    async def end_run_out(self, now: datetime) -> None:
        """Ends the pauses whose time is over."""
        async with self._database.read() as connection:
            over = await limits.list_run_out(connection, now, limit=MOST_AT_ONCE)
        for pause in over:
            async with self._database.write() as connection:
                if not await limits.end_pause(connection, pause.id, pause.until, None, ""):
                    continue
                ended = await limits.find_pause(connection, pause.conversation_id)
                told = happenings.paused(EventKind.PAUSE_ENDED, ended or pause)
                await events.add(connection, pause.conversation_id, pause.client_id, [told], now)
            self._feed.ring()

    async def _limits_of(self, viewer: Viewer, conversation_id: str) -> Limits:
        async with self._database.read() as connection:
            summary = await summary_for(connection, viewer, conversation_id, Right.WORK)
        return (await self._guides.of(summary.client_id)).limits


def standing_of(picture: Picture, by: Limits, steps: Sequence[LimitStep], pause: Pause | None) -> Standing:
    """Where a conversation stands, what was logged included."""
    answered = {each.turn_id for each in steps if each.step is not BoundaryStep.NONE}
    return Standing(boundary=boundary(picture, by, answered), limits=by, steps=tuple(steps), pause=pause)


async def _held(connection: AsyncConnection, viewer: Viewer, conversation_id: str) -> Stand:
    """The conversation, kept from other writers; it must go on."""
    summary = await summary_for(connection, viewer, conversation_id, Right.WORK, for_change=True)
    if summary.status is Status.ENDED:
        raise ConflictError("The conversation has ended.", hint="There is nothing more to do here.")
    return await stand_for(connection, viewer, conversation_id, Right.WORK)


async def _standing(connection: AsyncConnection, stand: Stand, by: Limits) -> Standing:
    steps = await limits.list_steps(connection, stand.summary.id)
    pause = await limits.find_pause(connection, stand.summary.id)
    return standing_of(stand.picture, by, steps, pause)


async def _step(
    connection: AsyncConnection,
    viewer: Viewer,
    summary: Summary,
    step: BoundaryStep,
    last: AbuseNoticed,
    words: str,
    now: datetime,
) -> LimitStep:
    evidence = await evidence_of(connection, summary.id, last.turn_id)
    return LimitStep(
        id=uuid4().hex,
        conversation_id=summary.id,
        step=step,
        turn_id=last.turn_id,
        kind=last.kind,
        start=evidence.start,
        end=evidence.end,
        words=words,
        by_id=viewer.account_id,
        by=viewer.name,
        at=now,
    )


async def _log(
    connection: AsyncConnection, summary: Summary, step: LimitStep, told: list[NewEvent], now: datetime
) -> None:
    if await limits.add_step(connection, step):
        told = [happenings.limit_step(step), *told]
    await _tell(connection, summary, told, now)
    log.info("limit_step", conversation=summary.id, step=step.step.value)


async def _pause(
    connection: AsyncConnection, viewer: Viewer, summary: Summary, hours: int, reason: str, now: datetime
) -> list[NewEvent]:
    pause = Pause(
        id=uuid4().hex,
        client_id=summary.client_id,
        conversation_id=summary.id,
        channel=summary.channel,
        customer_key=summary.customer_key,
        customer=summary.customer,
        reason=reason,
        by_id=viewer.account_id,
        by=viewer.name,
        at=now,
        until=now + timedelta(hours=hours),
    )
    await limits.add_pause(connection, pause)
    return [happenings.paused(EventKind.CHANNEL_PAUSED, pause)]


async def _ended(connection: AsyncConnection, summary: Summary, now: datetime) -> list[NewEvent]:
    await conversations.change(
        connection, summary.id, status=Status.ENDED.value, ended_at=now, active_at=now, card=None
    )
    ended = await conversations.find(connection, summary.id)
    if ended is None:
        return []
    return [happenings.about(EventKind.ENDED, ended), *await aftercare.propose(connection, ended, now)]


async def _tell(connection: AsyncConnection, summary: Summary, told: list[NewEvent], now: datetime) -> None:
    if told:
        await events.add(connection, summary.id, summary.client_id, told, now)
