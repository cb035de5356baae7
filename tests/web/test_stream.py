"""Pacing: what belongs to the open conversation is drawn at once, the rest once a beat."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime

from coolhead.services.events.feed import Snapshot, Told
from coolhead.services.events.hub import Pause
from coolhead.storage.events import EventKind, StoredEvent
from coolhead.web.stream import paced, partial


def event(number: int, conversation: str, kind: EventKind = EventKind.TURN_HEARD) -> StoredEvent:
    return StoredEvent(
        id=number, conversation_id=conversation, client_id="c", kind=kind, turn_id=None,
        at=datetime(2026, 1, 1, tzinfo=UTC), data="{}",
    )  # fmt: skip


async def told(*happened: Told) -> AsyncIterator[Told]:
    for each in happened:
        yield each


async def batches(*happened: Told) -> list[list[int] | None]:
    return [
        None if batch is None else [each.id for each in batch]
        async for batch in paced(told(*happened), lambda each: each.conversation_id == "own", every_s=0.0)
    ]


async def test_a_snapshot_asks_for_everything() -> None:
    assert await batches(Snapshot(4)) == [[]]


async def test_quiet_is_passed_on_to_keep_the_line_open() -> None:
    assert await batches(Pause.QUIET) == [None]


async def test_an_urgent_event_takes_along_what_has_gathered() -> None:
    assert await batches(event(1, "other"), event(2, "own")) in ([[1, 2]], [[1], [2]])


async def test_events_that_draw_nothing_are_left_out() -> None:
    assert await batches(event(1, "own", EventKind.LEVEL_CHANGED), event(2, "own")) == [[2]]


async def test_who_is_too_far_behind_begins_again() -> None:
    assert await batches(Pause.RESYNC, event(9, "own")) == []


async def test_what_has_gathered_is_drawn_when_the_stream_ends() -> None:
    assert await batches(event(1, "other")) == [[1]]


async def test_what_a_page_does_not_take_is_not_gathered_for_it() -> None:
    asked = 0

    async def endless() -> AsyncIterator[Told]:
        nonlocal asked
        while True:
            asked += 1
            yield event(asked, "own")

    pages = paced(endless(), lambda _: True)
    await anext(pages)
    for _ in range(100):
        await asyncio.sleep(0)
    assert asked <= 5
    await pages.aclose()


def test_a_partial_names_where_it_goes() -> None:
    assert (
        partial("now", "<p>x</p>")
        == '<hx-partial hx-target="#now" hx-swap="innerMorph"><p>x</p></hx-partial>'
    )
