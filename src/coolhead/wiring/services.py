"""All services of a process, built from its settings."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cached_property
from typing import TYPE_CHECKING

from coolhead.config import Settings
from coolhead.logs import configure_logs
from coolhead.services.demo.playing import Demo, load_scripts
from coolhead.services.demo.workspace import Workspace
from coolhead.wiring.ground import local_now, make_folder
from coolhead.wiring.upkeep import Upkeep

if TYPE_CHECKING:
    from coolhead.engine import Engine


DEFAULT_CLIENT = "main"
SWITCH_S = 0.0005
"""Threads hand over ten times as often as by default: a statement of SQLite is several hand-overs, and each
would wait its turn behind a thread that reads words."""


class Services(Upkeep):
    """Everything that screens and channels call, each made when first asked for; use it inside `running`."""

    @cached_property
    def workspace(self) -> Workspace:
        return Workspace(
            self.database, self.accounts, self.documents, self.guides, self.feed, self.threads, local_now
        )

    @cached_property
    def demo(self) -> Demo:
        return Demo(self.live, self.accounts, load_scripts().values() if self.settings.demo else ())

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Migrates the database, feeds listeners and plays the demo while the block runs; then closes all.

        Raises:
            SetupError: the database cannot be used.
        """
        sys.setswitchinterval(SWITCH_S)
        await self.database.migrate()
        await self.accounts.create_client(DEFAULT_CLIENT, "Main", self.settings.time_zone)
        if self.settings.demo:
            await self.workspace.furnish()
            await self.demo.prepare()
        tasks = [asyncio.create_task(each.run()) for each in (self.feed, self.ticker, self.outbox)]
        if self.settings.demo:
            tasks.append(asyncio.create_task(self.demo.play_themselves()))
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await self.demo.stop()
            self.threads.shutdown(cancel_futures=True)
            await self.database.close()


def build(settings: Settings, engine: Engine | None = None) -> Services:
    """The services as the settings ask for them; `engine` takes the place of the shipped one.

    Raises:
        SetupError: the data folder cannot be made, or the model or the database's driver is missing.
    """
    configure_logs(settings.log_level)
    if engine is None:
        from coolhead.engine import Engine

        engine = Engine.load()
    if not settings.database:
        make_folder(settings)
    return Services(settings, engine)
