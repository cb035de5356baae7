"""Reminders: who keeps a promise or does a follow-up is told once when it is near, and once when it is late.

On screens and by webhooks through events, by letter where a mail server is set. Each is claimed in a
transaction of its own, with its event and its letter, so any number of processes tell of it once.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from coolhead.casework.follow_up import FollowUp
from coolhead.casework.promises import Entry, Standing
from coolhead.services.events import happenings
from coolhead.services.events.feed import Feed
from coolhead.services.sending import mail
from coolhead.services.ticker import for_each
from coolhead.storage import accounts, clients, events, follow_ups, promises
from coolhead.storage.clients import Client
from coolhead.storage.database import Database
from coolhead.storage.due import Threshold, Untold
from coolhead.storage.events import EventKind, NewEvent

T = TypeVar("T", Entry, FollowUp)

log = structlog.get_logger()

FARTHEST = timedelta(days=21)
"""How far ahead to look for what may be near: the last hour of business may lie before a long holiday."""
AT_ONCE = 500
STANDINGS = {Threshold.NEAR: Standing.NEAR, Threshold.OVERDUE: Standing.OVERDUE}
HEADS = {Threshold.NEAR: "Soon due", Threshold.OVERDUE: "Overdue"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject(Generic[T]):
    """A kind of item that people are reminded of.

    Attributes:
        name: of what is logged.
        list_untold, claim: its storage.
        kinds: of the events; `event` makes one.
        what: the item in words; `body` tells more of it in a letter, after its head.
    """

    name: str
    list_untold: Callable[..., Awaitable[list[Untold[T]]]]
    claim: Callable[[AsyncConnection, Threshold, T], Awaitable[bool]]
    kinds: dict[Threshold, EventKind]
    event: Callable[[EventKind, T], NewEvent]
    what: Callable[[T], str]
    body: str


PROMISES = Subject(
    name="promises",
    list_untold=promises.list_untold,
    claim=promises.claim_untold,
    kinds={Threshold.NEAR: EventKind.PROMISE_DUE, Threshold.OVERDUE: EventKind.PROMISE_OVERDUE},
    event=happenings.promise_timed,
    what=lambda entry: entry.terms.what,
    body=(
        "{what}\nPromised to: {whom}\nDue: {at}\n\n"
        "Mark it kept, or say what came between, under Promises in Coolhead.\n"
    ),
)
FOLLOW_UPS = Subject(
    name="follow_ups",
    list_untold=follow_ups.list_untold,
    claim=follow_ups.claim_untold,
    kinds={Threshold.NEAR: EventKind.FOLLOW_UP_DUE, Threshold.OVERDUE: EventKind.FOLLOW_UP_OVERDUE},
    event=happenings.follow_up_timed,
    what=lambda planned: planned.kind.definition,
    body="{what}, {whom}\nDue: {at}\n\nThe draft stands under Follow-ups in Coolhead.\n",
)
SUBJECTS: tuple[Subject[Any], ...] = (PROMISES, FOLLOW_UPS)


class Reminders:
    """Tells of promises and follow-ups whose time comes."""

    def __init__(self, database: Database, feed: Feed, *, mail_is_on: bool) -> None:
        self._database = database
        self._feed = feed
        self._mail_is_on = mail_is_on

    async def remind(self, now: datetime) -> None:
        """Tells of everything that waits and is near its time or past it at that moment, each once."""
        for subject in SUBJECTS:
            await self._remind(subject, Threshold.OVERDUE, None, now, now)
            await self._remind(subject, Threshold.NEAR, now, now + FARTHEST, now)

    async def _remind(
        self,
        subject: Subject[T],
        threshold: Threshold,
        after: datetime | None,
        until: datetime,
        now: datetime,
    ) -> None:
        async with self._database.read() as connection:
            rows = await subject.list_untold(connection, threshold, after, until, limit=AT_ONCE)
            known = {client.id: client for client in await clients.list_of(connection, None)}

        async def tell(row: Untold[T]) -> None:
            client = known[row.item.client_id]
            if row.item.standing(now, client.hours) is STANDINGS[threshold]:
                await self._tell(subject, threshold, row, client, now)

        await for_each("reminders", rows, tell)

    async def _tell(
        self, subject: Subject[T], threshold: Threshold, row: Untold[T], client: Client, now: datetime
    ) -> None:
        async with self._database.write() as connection:
            if not await subject.claim(connection, threshold, row.item):
                return
            if self._mail_is_on:
                await _write_letter(connection, subject, threshold, row, client, now)
            told = subject.event(subject.kinds[threshold], row.item)
            await events.add(connection, row.item.conversation_id, client.id, [told], now)
        self._feed.ring()
        log.info("reminded", of=subject.name, item=row.item.id)


async def _write_letter(
    connection: AsyncConnection,
    subject: Subject[T],
    threshold: Threshold,
    row: Untold[T],
    client: Client,
    now: datetime,
) -> None:
    owner_id, due = row.item.owner_id, row.item.due
    owner = await accounts.find(connection, owner_id) if owner_id else None
    if owner is None or not owner.active or due is None:
        return
    local = client.hours.local(due)
    what = subject.what(row.item)
    body = subject.body.format(
        what=what,
        whom=f"{row.customer or 'the customer'}, {client.name}",
        at=f"{local:%A} {local.day} {local:%B}, {local:%H:%M} ({client.hours.time_zone})",
    )
    text = f"Hello {owner.name},\n\n{HEADS[threshold].lower()}: {body}"
    head = " ".join(f"{HEADS[threshold]}: {what}".split())
    await mail.put(
        connection, client.id, owner.email, head, text, now, conversation_id=row.item.conversation_id
    )
