"""The feed: reads the events table in the order of commits, hands events to the hub, and lets people follow.

Because listeners are fed from the table, and not from the code that wrote to it, every process sees every
event, in one order, and nothing is lost between a snapshot and what follows it.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass

import structlog
from sqlalchemy.exc import SQLAlchemyError

from coolhead.errors import UnauthenticatedError
from coolhead.services.access import Right, Viewer
from coolhead.services.events.hub import (
    EVERYTHING,
    Hub,
    Pause,
    Subscription,
    client_topic,
    conversation_topic,
)
from coolhead.storage import events
from coolhead.storage.database import Database
from coolhead.storage.events import Span, StoredEvent

log = structlog.get_logger()

PAGE = 500
MOST_MISSED = 1000
ASK_EVERY_S = 10.0


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The first thing a follower gets unless it resumes: read the state now; what comes after `id` follows.

    The state may already hold a little of what follows, so applying an event twice must do no harm.
    """

    id: int


Told = Snapshot | StoredEvent | Pause


async def while_same(
    told: AsyncGenerator[Told],
    viewer: Viewer,
    ask: Callable[[], Awaitable[Viewer]],
    *,
    every_s: float = ASK_EVERY_S,
) -> AsyncGenerator[Told]:
    """What is told, for as long as `ask` names the same viewer with the same rights.

    Asked at most every `every_s` seconds, when something is told; signs of life are, so nobody follows on for
    more than half a minute after they were switched off.
    """
    clock = asyncio.get_running_loop().time
    due = clock() + every_s
    async with aclosing(told):
        async for each in told:
            if clock() >= due:
                if not await _is_same(viewer, ask):
                    return
                due = clock() + every_s
            yield each


async def _is_same(viewer: Viewer, ask: Callable[[], Awaitable[Viewer]]) -> bool:
    try:
        return await ask() == viewer
    except UnauthenticatedError:
        return False


class Feed:
    """Feeds the hub from the events table; `ring` after each commit makes it look at once."""

    def __init__(
        self,
        database: Database,
        hub: Hub,
        *,
        poll_s: float = 1.0,
        quiet_s: float = 15.0,
        life_s: float = 600.0,
    ) -> None:
        self._database = database
        self._hub = hub
        self._poll_s = poll_s
        self._quiet_s = quiet_s
        self._life_s = life_s
        self._bell = asyncio.Event()
        self._passed_on: int | None = None

    def ring(self) -> None:
        """Says that events were committed."""
        self._bell.set()

    async def run(self) -> None:
        """Feeds the hub until cancelled; a database that fails for a while is asked again."""
        while True:
            try:
                await self._pass_on(await self._begun())
                async with asyncio.timeout(self._poll_s):
                    await self._bell.wait()
            except TimeoutError:
                continue
            except (SQLAlchemyError, OSError) as error:
                log.warning("feed_interrupted", error=type(error).__name__)
                await asyncio.sleep(self._poll_s)

    async def _begun(self) -> int:
        """The last event that is passed on or needs no passing on; whoever comes first sets it."""
        if self._passed_on is None:
            last = await self._last_id()
            self._passed_on = last if self._passed_on is None else self._passed_on
        return self._passed_on

    async def _pass_on(self, last: int) -> None:
        self._bell.clear()
        async with self._database.read() as connection:
            happened = await events.list_after(connection, last, limit=PAGE)
        for event in happened:
            self._hub.publish(event)
        if len(happened) == PAGE:
            self._bell.set()
        self._passed_on = happened[-1].id if happened else last

    async def _last_id(self) -> int:
        async with self._database.read() as connection:
            return await events.last_id(connection)

    def follow_conversation(self, conversation_id: str, after: int | None) -> AsyncGenerator[Told]:
        """What happens in a conversation; whether the follower may know of it was asked before.

        `after` is the id of the last event seen; None begins with a `Snapshot`. Ends after about ten minutes.
        """
        return self._follow(
            (conversation_topic(conversation_id),), Span(conversation_id=conversation_id), after
        )

    def follow_client(self, viewer: Viewer, client_id: str | None, after: int | None) -> AsyncGenerator[Told]:
        """What happens in every conversation of a client, or of all clients that `viewer` sees for None.

        Raises:
            NotFoundError: they may not know of that client.
            ForbiddenError: they lack the right to read.
        """
        wanted = viewer.narrowed(Right.READ, client_id)
        topics = (EVERYTHING,) if wanted is None else tuple(client_topic(each) for each in wanted)
        return self._follow(topics, Span(client_ids=wanted), after)

    async def _follow(self, topics: tuple[str, ...], span: Span, after: int | None) -> AsyncGenerator[Told]:
        with self._hub.subscribe(*topics) as subscription:
            await self._begun()
            missed = await self._missed(span, after)
            if missed is None:
                after = await self._last_id()
                yield Snapshot(after)
            for event in missed or ():
                after = event.id
                yield event
            async for told in self._live(subscription, after or 0):
                yield told

    async def _missed(self, span: Span, after: int | None) -> list[StoredEvent] | None:
        if after is None:
            return None
        async with self._database.read() as connection:
            if after > await events.last_id(connection):
                return None
            missed = await events.list_after(connection, after, span=span, limit=MOST_MISSED + 1)
        return missed if len(missed) <= MOST_MISSED else None

    async def _live(self, subscription: Subscription, after: int) -> AsyncGenerator[StoredEvent | Pause]:
        clock = asyncio.get_running_loop().time
        end = clock() + self._life_s
        while (left := end - clock()) > 0:
            told = await subscription.next(min(self._quiet_s, left))
            if isinstance(told, Pause) or told.id > after:
                yield told
            if told is Pause.RESYNC:
                return
