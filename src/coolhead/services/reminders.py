"""Reminders: who is to keep a promise is told once when its time is near, and once when it has passed.

On screens and by webhooks through events, by letter where a mail server is set. Each entry is claimed in a
transaction of its own, with its event and its letter, so any number of processes tell of it once.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from coolhead.casework.promises import Standing
from coolhead.services import happenings, mail
from coolhead.services.feed import Feed
from coolhead.storage import accounts, clients, events, promises
from coolhead.storage.clients import Client
from coolhead.storage.database import Database
from coolhead.storage.events import EventKind
from coolhead.storage.promises import Row, Threshold

log = structlog.get_logger()

FARTHEST = timedelta(days=21)
"""How far ahead to look for what may be near: the last hour of business may lie before a long holiday."""
AT_ONCE = 500
STANDINGS = {Threshold.NEAR: Standing.NEAR, Threshold.OVERDUE: Standing.OVERDUE}
KINDS = {Threshold.NEAR: EventKind.PROMISE_DUE, Threshold.OVERDUE: EventKind.PROMISE_OVERDUE}


class Reminders:
    """Tells of promises whose time comes."""

    def __init__(self, database: Database, feed: Feed, *, mail_is_on: bool) -> None:
        self._database = database
        self._feed = feed
        self._mail_is_on = mail_is_on

    async def remind(self, now: datetime) -> None:
        """Tells of every open entry that is near its time or past it at that moment, each once."""
        told = 0
        for threshold, after, until in (
            (Threshold.OVERDUE, None, now),
            (Threshold.NEAR, now, now + FARTHEST),
        ):
            async with self._database.read() as connection:
                rows = await promises.list_untold(connection, threshold, after, until, limit=AT_ONCE)
                known = {client.id: client for client in await clients.list_of(connection, None)}
            for row in rows:
                client = known[row.entry.client_id]
                if row.entry.standing(now, client.hours) is STANDINGS[threshold]:
                    told += await self._tell(threshold, row, client, now)
        if told:
            self._feed.ring()
            log.info("promises_told", promises=told)

    async def _tell(self, threshold: Threshold, row: Row, client: Client, now: datetime) -> bool:
        async with self._database.write() as connection:
            if not await promises.claim_untold(connection, threshold, row.entry):
                return False
            if self._mail_is_on:
                await _write_letter(connection, threshold, row, client, now)
            told = happenings.promise_timed(KINDS[threshold], row.entry)
            await events.add(connection, row.entry.conversation_id, client.id, [told], now)
        return True


async def _write_letter(
    connection: AsyncConnection, threshold: Threshold, row: Row, client: Client, now: datetime
) -> None:
    owner_id, due = row.entry.owner_id, row.entry.terms.due
    owner = await accounts.find(connection, owner_id) if owner_id else None
    if owner is None or not owner.active or due is None:
        return
    is_near = threshold is Threshold.NEAR
    local = client.hours.local(due)
    at = f"{local:%A} {local.day} {local:%B}, {local:%H:%M} ({client.hours.time_zone})"
    text = (
        f"Hello {owner.name},\n\n"
        f"{'soon due' if is_near else 'overdue'}: {row.entry.terms.what}\n"
        f"Promised to: {row.customer or 'the customer'}, {client.name}\n"
        f"Due: {at}\n\n"
        "Mark it kept, or say what came between, under Promises in Coolhead.\n"
    )
    subject = f"{'Soon due' if is_near else 'Overdue'}: {row.entry.terms.what}"
    subject = " ".join(subject.split())
    await mail.put(
        connection,
        client.id,
        owner.email,
        subject,
        text,
        now,
        conversation_id=row.entry.conversation_id,
    )
