from __future__ import annotations

import asyncio
import json
import random
import sys
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from coolhead.services.sending import mail, outbox
from coolhead.services.sending.outbox import DELAYS_S, JITTER, LEASE, NotSentError, Outbox, Sender
from coolhead.storage import outbox as items
from coolhead.storage.database import Database
from coolhead.storage.outbox import Item, Parcel

NOW = datetime(2026, 3, 18, 14, 20, tzinfo=UTC)


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


class Post:
    """A sender that fails as told, then sends."""

    def __init__(self, *failures: Exception) -> None:
        self.failures = list(failures)
        self.sent: list[dict[str, object]] = []

    async def __call__(self, item: Item) -> None:
        if self.failures:
            raise self.failures.pop(0)
        self.sent.append(json.loads(item.data))


def worker(database: Database, sender: Sender, clock: Clock) -> Outbox:
    chance = random.Random(7)  # noqa: S311 (guards nothing)
    return Outbox(database, {Parcel.MAIL: sender}, clock, chance, poll_s=0.01)


async def put(database: Database, data: Mapping[str, object], *, lane: str = "") -> None:
    async with database.write() as connection:
        await outbox.put(connection, None, Parcel.MAIL, data, NOW, lane=lane)


async def run_once(box: Outbox) -> int:
    begun = await box.begin_due()
    await box.finish()
    return begun


async def given_up(database: Database) -> list[Item]:
    async with database.read() as connection:
        return await items.list_given_up(connection, Parcel.MAIL, None)


async def test_what_is_put_is_sent_once_and_what_is_undone_never(database: Database) -> None:
    post, clock = Post(), Clock()
    await put(database, {"n": 1})
    with suppress(ZeroDivisionError):
        async with database.write() as connection:
            await outbox.put(connection, None, Parcel.MAIL, {"n": 2}, NOW)
            raise ZeroDivisionError
    box = worker(database, post, clock)
    assert await run_once(box) == 1
    clock.now += timedelta(days=30)
    assert await run_once(box) == 0
    assert post.sent == [{"n": 1}]


async def test_a_failure_is_tried_again_later_and_later(database: Database) -> None:
    clock = Clock()
    post = Post(*[NotSentError("No.")] * len(DELAYS_S))
    box = worker(database, post, clock)
    await put(database, {})
    for delay in DELAYS_S:
        assert await run_once(box) == 1
        clock.now += timedelta(seconds=delay - 1)
        assert await run_once(box) == 0
        clock.now += timedelta(seconds=delay * JITTER + 1)
    assert await run_once(box) == 1
    assert len(post.sent) == 1


async def test_after_days_it_is_given_up_in_sight_and_may_be_begun_anew(database: Database) -> None:
    clock = Clock()
    post = Post(*[NotSentError("The line is dead.")] * (len(DELAYS_S) + 1))
    box = worker(database, post, clock)
    await put(database, {"n": 1})
    for _ in range(len(DELAYS_S) + 1):
        assert await run_once(box) == 1
        clock.now += timedelta(days=2)
    assert await run_once(box) == 0
    (item,) = await given_up(database)
    assert (item.error, item.tries) == ("The line is dead.", len(DELAYS_S) + 1)
    async with database.write() as connection:
        assert await items.retry(connection, item.id, clock.now)
        assert not await items.retry(connection, item.id, clock.now)
    assert await run_once(box) == 1
    assert (post.sent, await given_up(database)) == ([{"n": 1}], [])


async def test_a_receiver_that_asks_for_time_gets_it_and_one_that_is_gone_is_left(database: Database) -> None:
    clock = Clock()
    box = worker(
        database, Post(NotSentError("Busy.", after_s=3600), NotSentError("Gone.", for_good=True)), clock
    )
    await put(database, {})
    await run_once(box)
    clock.now += timedelta(seconds=3599)
    assert await run_once(box) == 0
    clock.now += timedelta(seconds=3600 * JITTER + 1)
    await run_once(box)
    assert [item.error for item in await given_up(database)] == ["Gone."]


async def test_an_unknown_error_is_told_without_its_words(database: Database) -> None:
    clock = Clock()
    box = worker(database, Post(*[ValueError("a customer's words")] * (len(DELAYS_S) + 1)), clock)
    await put(database, {})
    for _ in range(len(DELAYS_S) + 1):
        await run_once(box)
        clock.now += timedelta(days=2)
    assert [item.error for item in await given_up(database)] == ["Coolhead failed: ValueError."]


async def test_several_workers_send_each_item_once(database: Database) -> None:
    post = Post()
    boxes = [worker(database, post, Clock()) for _ in range(3)]
    for number in range(60):
        await put(database, {"n": number}, lane=str(number % 20))
    while sum(await asyncio.gather(*(run_once(box) for box in boxes))):
        pass
    assert Counter(sent["n"] for sent in post.sent) == Counter(range(60))


async def test_a_slow_receiver_holds_up_only_itself(database: Database) -> None:
    stuck, sent = asyncio.Event(), asyncio.Queue[str]()

    async def slow(item: Item) -> None:
        if item.lane == "slow":
            await stuck.wait()
        await sent.put(item.lane)

    box = worker(database, slow, Clock())
    for lane in ["slow"] * 50 + ["quick"] * 3:
        await put(database, {}, lane=lane)
    running = asyncio.create_task(box.run())
    async with asyncio.timeout(20):
        assert [await sent.get() for _ in range(3)] == ["quick"] * 3
        stuck.set()
        assert [await sent.get() for _ in range(50)] == ["slow"] * 50
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def test_a_claim_that_lapsed_changes_nothing_for_the_next(database: Database) -> None:
    await put(database, {})

    async def claimed(now: datetime) -> Item:
        async with database.write() as connection:
            (item,) = await items.claim(connection, now, LEASE, limit=1, per_lane=1)
        return item

    first = await claimed(NOW)
    second = await claimed(NOW + LEASE)
    async with database.write() as connection:
        await items.settle(connection, first)
        await items.give_up(connection, first, NOW, "too late to say")
    assert await given_up(database) == []
    async with database.write() as connection:
        await items.settle(connection, second)
    async with database.write() as connection:
        assert await items.claim(connection, NOW + 3 * LEASE, LEASE, limit=1, per_lane=1) == []


async def test_what_a_killed_process_had_begun_is_sent_by_another(
    database: Database, database_url: str
) -> None:
    await put(database, {"n": 1})
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.services.stuck_outbox", database_url, NOW.isoformat(),
        cwd=Path(__file__).parents[2], stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    assert await process.stdout.readline() == b"sending\n"
    process.kill()
    await process.wait()
    post, clock = Post(), Clock()
    box = worker(database, post, clock)
    assert await run_once(box) == 0
    clock.now += LEASE
    assert await run_once(box) == 1
    assert post.sent == [{"n": 1}]


async def test_letters_go_to_the_mailer_and_without_one_they_are_given_up(database: Database) -> None:
    letters = []

    class Mailer:
        async def send(self, to: str, subject: str, text: str, message_id: str, reply_to: str = "") -> None:
            letters.append((to, subject, text, len(message_id), reply_to))

    for sender in (mail.sender(Mailer()), mail.sender(None)):
        async with database.write() as connection:
            await mail.put(connection, None, "zoe@example.com", "Hello", "Good news.", NOW)
        await run_once(worker(database, sender, Clock()))
    assert letters == [("zoe@example.com", "Hello", "Good news.", 32, "")]
    assert ["COOLHEAD_SMTP_HOST" in item.error for item in await given_up(database)] == [True]
