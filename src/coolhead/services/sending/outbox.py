"""The outbox's worker: claims what is to be sent, hands it to the sender of its kind, tries again, gives up.

Putting is part of the caller's transaction: nothing is sent that was undone, nothing that was committed is
forgotten. Delivery is at least once: a process may die between sending and noting it.
"""

from __future__ import annotations

import asyncio
import json
import random
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from uuid import uuid4

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from coolhead.storage import outbox
from coolhead.storage.database import Database
from coolhead.storage.outbox import Item, Parcel

log = structlog.get_logger()

DELAYS_S = (5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400)
"""How long after each failure the next try comes, as Standard Webhooks 1.0.0 advises; then it is given up."""
JITTER = 0.2
LEASE = timedelta(minutes=5)
LONGEST_SEND_S = 120.0
AT_ONCE = 32
PER_LANE = 4
LONGEST_ERROR = 200

Sender = Callable[[Item], Awaitable[None]]


class NotSentError(Exception):
    """What a sender raises when it could not send; the text is shown to people and holds no secret.

    Attributes:
        after_s: seconds that the receiver asks to be left alone; 0 when it says nothing.
        for_good: trying again is of no use.
    """

    def __init__(self, reason: str, *, after_s: float = 0.0, for_good: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.after_s = after_s
        self.for_good = for_good


async def put(
    connection: AsyncConnection,
    client_id: str | None,
    kind: Parcel,
    data: Mapping[str, object],
    now: datetime,
    *,
    lane: str = "",
    conversation_id: str | None = None,
) -> None:
    """Puts something into the outbox, in the caller's transaction; it is sent after the commit.

    Args:
        connection: of the transaction that gives rise to it.
        client_id: whose it is; None when it belongs to no client (an invitation of an admin).
        kind: who sends it.
        data: what the sender of that kind reads; JSON.
        now: the present moment.
        lane: receiver whose slowness should hold up nobody else; the kind itself unless named.
        conversation_id: the conversation that it tells of, with which it goes; None when it tells of none.
    """
    item = Item(
        id=uuid4().hex,
        client_id=client_id,
        kind=kind,
        lane=lane or kind.value,
        data=json.dumps(data),
        created_at=now,
        due_at=now,
        conversation_id=conversation_id,
    )
    await outbox.add(connection, item)


class Outbox:
    """Sends what is in the outbox. Any number of processes may run one over the same database."""

    def __init__(
        self,
        database: Database,
        senders: Mapping[Parcel, Sender],
        clock: Callable[[], datetime],
        chance: random.Random,
        *,
        poll_s: float = 1.0,
    ) -> None:
        self._database = database
        self._senders = senders
        self._clock = clock
        self._chance = chance
        self._poll_s = poll_s
        self._sending: dict[asyncio.Task[None], str] = {}

    async def run(self) -> None:
        """Sends until cancelled; a database that fails for a while is asked again."""
        try:
            while True:
                try:
                    begun = await self.begin_due()
                except (SQLAlchemyError, OSError) as error:
                    log.warning("outbox_interrupted", error=type(error).__name__)
                    begun = 0
                if not begun:
                    await asyncio.sleep(self._poll_s)
        finally:
            for task in self._sending:
                task.cancel()
            await asyncio.gather(*self._sending, return_exceptions=True)

    async def begin_due(self) -> int:
        """Begins to send what is due and for which there is room; how many that is."""
        room = AT_ONCE - len(self._sending)
        if room <= 0:
            return 0
        used = Counter(self._sending.values())
        async with self._database.write() as connection:
            items = await outbox.claim(
                connection,
                self._clock(),
                LEASE,
                limit=room,
                per_lane=PER_LANE,
                busy_lanes=[lane for lane, count in used.items() if count >= PER_LANE],
            )
        for item in items:
            task = asyncio.create_task(self._send(item))
            self._sending[task] = item.lane
            task.add_done_callback(self._sending.pop)
        return len(items)

    async def finish(self) -> None:
        """Returns when everything that was begun has been sent or put off."""
        await asyncio.gather(*self._sending)

    async def _send(self, item: Item) -> None:
        failure: NotSentError | None = None
        try:
            async with asyncio.timeout(LONGEST_SEND_S):
                await self._senders[item.kind](item)
        except NotSentError as error:
            failure = error
        except TimeoutError:
            failure = NotSentError("No answer in time.")
        except Exception as error:  # one item that cannot be sent must not stop the others
            log.error("outbox_sender_failed", kind=item.kind.value, item=item.id, error=type(error).__name__)
            failure = NotSentError(f"Coolhead failed: {type(error).__name__}.")
        try:
            await self._note(item, failure)
        except (SQLAlchemyError, OSError) as error:
            log.warning("outbox_interrupted", error=type(error).__name__, item=item.id)

    async def _note(self, item: Item, failure: NotSentError | None) -> None:
        now = self._clock()
        async with self._database.write() as connection:
            if failure is None:
                await outbox.settle(connection, item)
            elif failure.for_good or item.tries > len(DELAYS_S):
                await outbox.give_up(connection, item, now, failure.reason[:LONGEST_ERROR])
                log.warning("outbox_gave_up", kind=item.kind.value, item=item.id, tries=item.tries)
            else:
                due = now + timedelta(seconds=self._delay_s(item.tries, failure.after_s))
                await outbox.put_off(connection, item, due, failure.reason[:LONGEST_ERROR])

    def _delay_s(self, tries: int, asked_s: float) -> float:
        """Never sooner than advised or asked; up to a fifth later, so that many do not come back at once."""
        wait = max(float(DELAYS_S[tries - 1]), min(asked_s, float(DELAYS_S[-1])))
        return wait * self._chance.uniform(1.0, 1.0 + JITTER)
