"""The last step of taking a client in: its rows are read as screens and jobs read them, before the commit.

What one of those could not read would stop it for every client. So it is refused together with the file.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from coolhead.errors import FileError
from coolhead.services.conversations.inlets import origin_given
from coolhead.services.conversations.whole import whole_of
from coolhead.services.keeping.retention import LONGEST_DAYS
from coolhead.services.people.settings import LONGEST_PATIENCE
from coolhead.services.sending.webhooks import url_given
from coolhead.storage import (
    accounts,
    assignments,
    audit,
    clients,
    conversations,
    drills,
    escalations,
    events,
    follow_ups,
    inlets,
    portable,
    practice,
    retention,
    search,
    webhooks,
)
from coolhead.storage.audit import Filter
from coolhead.storage.events import Span

PAGE = 500
MOST_READ = 1_000_000
BECAUSE = "It was taken in from elsewhere: make a new secret, then switch it on."


async def settle(connection: AsyncConnection, client_id: str, now: datetime) -> None:
    """Makes the rows of a client that were just written ready for use.

    Raises:
        FileError: a row belongs to another client, or a conversation is not whole.
        InputError: an address of a webhook or a website will not do.
        ValueError, LookupError, TypeError: something cannot be read.
    """
    client = await clients.find(connection, client_id)
    if client is None or not await portable.merges_are_sound(connection, client_id):
        raise FileError("A row belongs to something that is not in the file.", path="the export")
    client.hours.is_open(now)
    if not 1 <= client.forgotten_after <= LONGEST_PATIENCE:
        raise ValueError("nobody is forgotten for so long")
    await accounts.list_roles(connection)
    await _read_rule(connection, client_id)
    await _settle_integrations(connection, client_id, now)
    await _read_logs(connection, client_id)
    await _read_learning(connection, client_id)
    for conversation_id in await portable.list_conversations(connection, client_id):
        await _settle_conversation(connection, conversation_id)


async def _settle_integrations(connection: AsyncConnection, client_id: str, now: datetime) -> None:
    for inlet in await inlets.list_of(connection, client_id):
        if origin_given(inlet.origin) != inlet.origin:
            raise ValueError("an origin that is not canonical")
    for webhook in await webhooks.list_of(connection, client_id):
        url_given(webhook.url)
        if webhook.disabled_at is None:
            await webhooks.change(connection, webhook.id, disabled_at=now, disabled_because=BECAUSE)


async def _read_rule(connection: AsyncConnection, client_id: str) -> None:
    rule = await retention.find_rule(connection, client_id)
    kept = (rule.transcript_days, rule.audio_days, rule.note_days, rule.practice_days) if rule else ()
    if any(days is not None and not 0 <= days <= LONGEST_DAYS for days in kept):
        raise ValueError("nothing is kept for so long")


async def _read_logs(connection: AsyncConnection, client_id: str) -> None:
    async for _ in audit.stream(connection, Filter(client_ids=(client_id,))):
        pass
    span, last = Span(client_ids=(client_id,)), 0
    while page := await events.list_after(connection, last, limit=PAGE, span=span):
        last = page[-1].id
    which, seen = follow_ups.Which(client_ids=(client_id,)), 0
    while rows := await follow_ups.list_page(connection, which, limit=PAGE, offset=seen):
        seen += len(rows)


async def _read_learning(connection: AsyncConnection, client_id: str) -> None:
    """Reads what people practised and were asked to, as their pages do."""
    await assignments.list_of(connection, client_id, limit=MOST_READ)
    for account_id in await practice.list_people(connection, client_id):
        await practice.list_of(connection, account_id, {client_id}, limit=MOST_READ)
        await drills.list_ended(connection, account_id, client_id, MOST_READ)
        await drills.list_cards(connection, account_id, client_id)


async def _settle_conversation(connection: AsyncConnection, conversation_id: str) -> None:
    """Reads all that belongs to a conversation, and makes its words found."""
    stand = await conversations.find_stand(connection, conversation_id)
    if stand is None:
        raise FileError("A conversation is not whole.", path="the export")
    whole = await whole_of(connection, stand)
    await escalations.list_of(connection, conversation_id)
    await conversations.make_findable(connection, stand.summary)
    await search.put_turns(connection, conversation_id, [each.turn for each in whole.moments])
    if whole.edited_note:
        await search.put_note(connection, conversation_id, whole.edited_note.text)
