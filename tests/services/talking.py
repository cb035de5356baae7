"""Says the lines of a run, to be killed: `python -m tests.services.talking URL RUN ACCOUNT CLIENT`."""

from __future__ import annotations

import asyncio
import sys

from coolhead.config import Settings
from coolhead.services.access import Viewer
from coolhead.storage.accounts import Role
from coolhead.wiring import build
from tests.fakes import FakeEngine

LINES = [f"You waited nine weeks for a sofa in Moss, I see; that is {n} times told." for n in range(1, 9)]


async def main(database: str, run: str, account: str, client: str) -> None:
    """Tells on its output of each turn that was answered."""
    services = build(Settings(database=database, time_zone="UTC"), FakeEngine())
    agent = Viewer(id=account, name="Mara", roles={client: Role.AGENT})
    async with services.running():
        for number, words in enumerate(LINES, 1):
            await services.practising.say(agent, run, number, words)
            sys.stdout.write(f"{number}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
