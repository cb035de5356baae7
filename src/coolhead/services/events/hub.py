"""Fan-out inside one process: who listens to what, and what happens to slow listeners.

A listener that falls more than `depth` events behind is cut off: its queue is emptied, it is told
`Pause.RESYNC` once, and gets nothing more. It comes back with the id of the last event it saw.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum

from coolhead.storage.events import StoredEvent


class Pause(Enum):
    """What a listener gets in place of an event."""

    QUIET = "nothing happened for a while"
    RESYNC = "too far behind; come back with the last id seen"


def conversation_topic(conversation_id: str) -> str:
    """The topic of one conversation."""
    return f"conversation:{conversation_id}"


def client_topic(client_id: str) -> str:
    """The topic of all conversations of a client."""
    return f"client:{client_id}"


EVERYTHING = "everything"


class Subscription:
    """One listener's queue."""

    def __init__(self, depth: int) -> None:
        self._queue: asyncio.Queue[StoredEvent | Pause] = asyncio.Queue(depth + 1)
        self._depth = depth
        self._cut_off = False

    def offer(self, event: StoredEvent) -> None:
        """Queues the event, or cuts the listener off when it is too far behind."""
        if self._cut_off:
            return
        if self._queue.qsize() < self._depth:
            self._queue.put_nowait(event)
            return
        self._cut_off = True
        while not self._queue.empty():
            self._queue.get_nowait()
        self._queue.put_nowait(Pause.RESYNC)

    async def next(self, timeout_s: float) -> StoredEvent | Pause:
        """The next event; `Pause.QUIET` when none came within `timeout_s` seconds."""
        try:
            async with asyncio.timeout(timeout_s):
                return await self._queue.get()
        except TimeoutError:
            return Pause.QUIET


class Hub:
    """Hands events to those who listen to their topics."""

    def __init__(self, depth: int = 256) -> None:
        self._depth = depth
        self._listeners: defaultdict[str, set[Subscription]] = defaultdict(set)

    @contextmanager
    def subscribe(self, *topics: str) -> Iterator[Subscription]:
        """A queue of what happens in any of the topics while the block runs."""
        subscription = Subscription(self._depth)
        for topic in topics:
            self._listeners[topic].add(subscription)
        try:
            yield subscription
        finally:
            for topic in topics:
                self._listeners[topic].discard(subscription)
                if not self._listeners[topic]:
                    del self._listeners[topic]

    def publish(self, event: StoredEvent) -> None:
        """Hands the event to everyone who listens, once each; never waits."""
        topics = (conversation_topic(event.conversation_id), client_topic(event.client_id), EVERYTHING)
        for subscription in set[Subscription]().union(
            *(self._listeners[topic] for topic in topics if topic in self._listeners)
        ):
            subscription.offer(event)
