"""Begins to send and never ends, to be killed: `python -m tests.services.stuck_outbox URL NOW`."""

from __future__ import annotations

import asyncio
import random
import sys
from datetime import datetime

from coolhead.services.sending.outbox import Outbox
from coolhead.storage.database import Database
from coolhead.storage.outbox import Item, Parcel


async def main(url: str, now: datetime) -> None:
    async def send(_item: Item) -> None:
        sys.stdout.write("sending\n")
        sys.stdout.flush()
        await asyncio.sleep(3600)

    chance = random.Random(1)  # noqa: S311 (guards nothing)
    await Outbox(Database.open(url), {Parcel.MAIL: send}, lambda: now, chance).run()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], datetime.fromisoformat(sys.argv[2])))
