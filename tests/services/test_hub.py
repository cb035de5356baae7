from __future__ import annotations

from datetime import UTC, datetime

from coolhead.services.events.hub import EVERYTHING, Hub, Pause, client_topic, conversation_topic
from coolhead.storage.events import EventKind, StoredEvent


def event(number: int, conversation: str = "a", client: str = "main") -> StoredEvent:
    return StoredEvent(
        id=number,
        conversation_id=conversation,
        client_id=client,
        kind=EventKind.ENDED,
        turn_id=None,
        at=datetime(2026, 1, 1, tzinfo=UTC),
        data="{}",
    )


async def test_each_listener_gets_what_it_listens_to_once_and_in_order() -> None:
    hub = Hub()
    with (
        hub.subscribe(conversation_topic("a")) as one,
        hub.subscribe(client_topic("main"), conversation_topic("a")) as both,
        hub.subscribe(EVERYTHING) as everything,
        hub.subscribe(client_topic("other")) as other,
    ):
        for number, conversation in enumerate(("a", "b", "a")):
            hub.publish(event(number, conversation))
        assert [(await one.next(1)).id for _ in range(2)] == [0, 2]
        assert [(await both.next(1)).id for _ in range(3)] == [0, 1, 2]
        assert [(await everything.next(1)).id for _ in range(3)] == [0, 1, 2]
        assert await other.next(0.01) is Pause.QUIET


async def test_a_listener_that_falls_behind_is_told_once_and_cut_off() -> None:
    hub = Hub(depth=3)
    with hub.subscribe(EVERYTHING) as slow, hub.subscribe(EVERYTHING) as quick:
        for number in range(5):
            hub.publish(event(number))
            assert (await quick.next(1)).id == number
        assert await slow.next(1) is Pause.RESYNC
        assert await slow.next(0.01) is Pause.QUIET


async def test_nobody_gets_anything_after_leaving() -> None:
    hub = Hub()
    with hub.subscribe(EVERYTHING) as gone:
        pass
    hub.publish(event(1))
    assert await gone.next(0.01) is Pause.QUIET
