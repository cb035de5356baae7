from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from coolhead.services.ticker import Job, Ticker, for_each

NOW = datetime(2026, 3, 18, 14, 20, tzinfo=UTC)


async def test_jobs_run_again_and_again_and_one_that_fails_stops_no_other() -> None:
    ran: list[tuple[str, datetime]] = []
    enough = asyncio.Event()

    async def works(now: datetime) -> None:
        ran.append(("works", now))
        if len(ran) >= 6:
            enough.set()

    async def fails(now: datetime) -> None:
        ran.append(("fails", now))
        raise RuntimeError("a customer's words")

    jobs = [Job(name="works", every_s=0, run=works), Job(name="fails", every_s=0, run=fails)]
    running = asyncio.create_task(Ticker(jobs, lambda: NOW).run())
    async with asyncio.timeout(10):
        await enough.wait()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert running.cancelled()
    names = [name for name, _ in ran]
    assert names.count("works") >= 2
    assert names.count("fails") >= 2
    assert {now for _, now in ran} == {NOW}


async def test_a_ticker_without_jobs_comes_to_rest() -> None:
    await Ticker([], lambda: NOW).run()


async def test_an_item_that_fails_keeps_no_other_from_its_turn() -> None:
    done: list[int] = []

    async def do(item: int) -> None:
        done.append(item)
        if item == 1:
            raise RuntimeError("a customer's words")

    await for_each("purge", [0, 1, 2], do)
    assert done == [0, 1, 2]
