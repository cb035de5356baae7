"""Server-sent events for pages: pieces of HTML, paced so that a busy floor does not flood a browser."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import aclosing

from coolhead.channels.sse import EventStream
from coolhead.services.events.feed import Snapshot, Told
from coolhead.services.events.hub import Pause
from coolhead.storage.events import EventKind, StoredEvent

QUIET = ": nothing new\n\n"
DRAWN = frozenset(
    {
        EventKind.OPENED,
        EventKind.TURN_HEARD,
        EventKind.REPLAYED,
        EventKind.ASSIGNED,
        EventKind.WHISPERED,
        EventKind.CARD_ANSWERED,
        EventKind.LABEL_CONTESTED,
        EventKind.NOTE_EDITED,
        EventKind.PROMISE_MOVED,
        EventKind.PROMISE_DUE,
        EventKind.PROMISE_OVERDUE,
        EventKind.FOLLOW_UP_MOVED,
        EventKind.FOLLOW_UP_DUE,
        EventKind.FOLLOW_UP_OVERDUE,
        EventKind.ESCALATION_ASKED,
        EventKind.ESCALATION_MOVED,
        EventKind.LIMIT_STEP,
        EventKind.CHANNEL_PAUSED,
        EventKind.PAUSE_ENDED,
        EventKind.DISPOSITION_CONFIRMED,
        EventKind.OFFER_MADE,
        EventKind.OFFER_ANSWERED,
        EventKind.ENDED,
    }
)

Draw = Callable[[list[StoredEvent]], Awaitable[str]]
"""Gives the HTML for what has happened; an empty list asks for everything anew."""


def partial(target: str, html: str, swap: str = "innerMorph") -> str:
    """A piece of HTML with the id of the element whose content it becomes."""
    return f'<hx-partial hx-target="#{target}" hx-swap="{swap}">{html}</hx-partial>'


def stream(told: AsyncGenerator[Told], draw: Draw, *, urgent: str | None = None) -> EventStream:
    """What happens, drawn; events of the conversation `urgent` are drawn at once, others once a second."""
    return EventStream(_sent(told, draw, urgent))


async def _sent(told: AsyncGenerator[Told], draw: Draw, urgent: str | None) -> AsyncIterator[str]:
    async for batch in paced(told, lambda event: event.conversation_id == urgent):
        if batch is None:
            yield QUIET
        elif html := await asyncio.shield(draw(batch)):
            yield message(html, batch[-1].id if batch else None)


def message(html: str, event_id: int | None = None) -> str:
    """One message of a stream, with the id from which a page that comes back goes on."""
    lines = "".join(f"data: {line}\n" for line in html.splitlines() if line.strip())
    return f"id: {event_id}\n{lines}\n" if event_id is not None else f"{lines}\n"


async def paced(
    told: AsyncGenerator[Told], is_urgent: Callable[[StoredEvent], bool], *, every_s: float = 1.0
) -> AsyncIterator[list[StoredEvent] | None]:
    """Gathers events: urgent ones go on at once with what has gathered, others wait for the next beat.

    An empty list stands for a snapshot, None for a quiet while. What is not taken is not gathered either:
    it waits in the follower's own queue, which is cut off when it is too far behind.
    """
    clock = asyncio.get_running_loop().time
    coming: asyncio.Queue[Told] = asyncio.Queue(1)
    listener = asyncio.create_task(_listen(told, coming))
    gathered: list[StoredEvent] = []
    beat = clock()
    try:
        while True:
            try:
                async with asyncio.timeout(max(0.0, beat - clock()) if gathered else None):
                    happened = await coming.get()
            except TimeoutError:
                yield gathered
                gathered, beat = [], clock() + every_s
                continue
            if happened is Pause.RESYNC:
                break
            if isinstance(happened, Snapshot):
                yield []
            elif isinstance(happened, Pause):
                yield None
            elif happened.kind in DRAWN:
                gathered.append(happened)
                if is_urgent(happened):
                    yield gathered
                    gathered, beat = [], clock() + every_s
        if gathered:
            yield gathered
        await listener
    finally:
        listener.cancel()


async def _listen(told: AsyncGenerator[Told], coming: asyncio.Queue[Told]) -> None:
    """Passes on what is told; in a task of its own, so that a page that goes away ends it where it stands."""
    try:
        async with aclosing(told):
            async for happened in told:
                await coming.put(happened)
                if happened is Pause.RESYNC:
                    return
    except Exception:
        await coming.put(Pause.RESYNC)
        raise
    await coming.put(Pause.RESYNC)
