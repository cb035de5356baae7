"""Reminders of follow-ups: who is to do one is told once when its time is near, and once when it has passed.

As `services.reminders`: by events, and by letter where a mail server is set; claimed one by one.
"""

from __future__ import annotations

from datetime import datetime

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from coolhead.services import happenings, mail
from coolhead.services.feed import Feed
from coolhead.services.reminders import AT_ONCE, FARTHEST, STANDINGS
from coolhead.storage import accounts, clients, events, follow_ups
from coolhead.storage.clients import Client
from coolhead.storage.database import Database
from coolhead.storage.events import EventKind
from coolhead.storage.follow_ups import Row
from coolhead.storage.promises import Threshold

log = structlog.get_logger()

KINDS = {Threshold.NEAR: EventKind.FOLLOW_UP_DUE, Threshold.OVERDUE: EventKind.FOLLOW_UP_OVERDUE}


class FollowUpReminders:
    """Tells of follow-ups whose time comes."""

    def __init__(self, database: Database, feed: Feed, *, mail_is_on: bool) -> None:
        self._database = database
        self._feed = feed
        self._mail_is_on = mail_is_on

    async def remind(self, now: datetime) -> None:
        """Tells of every waiting follow-up that is near its time or past it at that moment, each once."""
        told = 0
        for threshold, after, until in (
            (Threshold.OVERDUE, None, now),
            (Threshold.NEAR, now, now + FARTHEST),
        ):
            async with self._database.read() as connection:
                rows = await follow_ups.list_untold(connection, threshold, after, until, limit=AT_ONCE)
                known = {client.id: client for client in await clients.list_of(connection, None)}
            for row in rows:
                client = known[row.follow_up.client_id]
                if row.follow_up.standing(now, client.hours) is STANDINGS[threshold]:
                    told += await self._tell(threshold, row, client, now)
        if told:
            self._feed.ring()
            log.info("follow_ups_told", follow_ups=told)

    async def _tell(self, threshold: Threshold, row: Row, client: Client, now: datetime) -> bool:
        async with self._database.write() as connection:
            if not await follow_ups.claim_untold(connection, threshold, row.follow_up):
                return False
            if self._mail_is_on:
                await _write_letter(connection, threshold, row, client, now)
            told = happenings.follow_up_timed(KINDS[threshold], row.follow_up)
            await events.add(connection, row.follow_up.conversation_id, client.id, [told], now)
        return True


async def _write_letter(
    connection: AsyncConnection, threshold: Threshold, row: Row, client: Client, now: datetime
) -> None:
    planned = row.follow_up
    owner = await accounts.find(connection, planned.owner_id) if planned.owner_id else None
    if owner is None or not owner.active:
        return
    local = client.hours.local(planned.due)
    is_near = threshold is Threshold.NEAR
    text = (
        f"Hello {owner.name},\n\n"
        f"{'soon due' if is_near else 'overdue'}: {planned.kind.definition}, "
        f"{row.customer or 'the customer'}, {client.name}\n"
        f"Due: {local:%A} {local.day} {local:%B}, {local:%H:%M} ({client.hours.time_zone})\n\n"
        "The draft stands under Follow-ups in Coolhead.\n"
    )
    subject = f"{'Soon due' if is_near else 'Overdue'}: {planned.kind.definition}"
    await mail.put(
        connection, client.id, owner.email, subject, text, now, conversation_id=planned.conversation_id
    )
