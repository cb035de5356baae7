"""Work that time brings: reminders, risen escalations, ended blocks, purges. Knows no work of its own.

Every process has a ticker. A job therefore claims its rows in its own transaction, so that what one process
does no other does again, and leaves for the next time what could not be done.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

import structlog

T = TypeVar("T")

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Something done again and again.

    Attributes:
        name: for the log.
        every_s: seconds from the end of one run to the beginning of the next.
        run: does what is due at the moment it is given; runs of one job never overlap in a process.
    """

    name: str
    every_s: float
    run: Callable[[datetime], Awaitable[None]]


class Ticker:
    """Runs every job at once and then at its own pace; a job that fails is tried again at the next time."""

    def __init__(self, jobs: Sequence[Job], clock: Callable[[], datetime]) -> None:
        self._jobs = jobs
        self._clock = clock

    async def run(self) -> None:
        """Goes on until cancelled."""
        async with asyncio.TaskGroup() as group:
            for job in self._jobs:
                group.create_task(self._go_on(job))

    async def _go_on(self, job: Job) -> None:
        while True:
            await _survived(job.name, job.run(self._clock()))
            await asyncio.sleep(job.every_s)


async def for_each(name: str, items: Iterable[T], do: Callable[[T], Awaitable[None]]) -> None:
    """Does a part of the job of that name for each item; one that fails keeps no other from its turn."""
    for item in items:
        await _survived(name, do(item))


async def _survived(name: str, work: Awaitable[None]) -> None:
    try:
        await work
    except Exception as error:
        log.warning("job_failed", job=name, error=type(error).__name__)
