"""The audit log: who did what to which thing. Entries are added and read; the database refuses all else."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from coolhead.storage.tables import audit_entries

CHUNK = 500
Detail = str | int | bool | None


class Action(StrEnum):
    """What is recorded. The first part tells what kind of thing the subject is."""

    SIGNED_IN = "account.signed_in"
    SIGN_IN_FAILED = "account.sign_in_failed"
    SIGNED_OUT = "account.signed_out"
    SESSIONS_ENDED = "account.sessions_ended"
    ACCOUNT_CREATED = "account.created"
    RIGHTS_CHANGED = "account.rights_changed"
    PASSWORD_CHANGED = "account.password_changed"  # noqa: S105 (the name of an action)
    SWITCHED_OFF = "account.switched_off"
    SWITCHED_ON = "account.switched_on"
    RESET_ASKED = "account.reset_asked"
    IDENTITY_LINKED = "account.identity_linked"
    IDENTITY_UNLINKED = "account.identity_unlinked"
    INVITED = "invitation.made"
    INVITATION_WITHDRAWN = "invitation.withdrawn"
    KEY_CREATED = "key.created"
    KEY_REVOKED = "key.revoked"
    CLIENT_CREATED = "client.created"
    CLIENT_CHANGED = "client.changed"
    DOCUMENT_EDITED = "document.edited"
    DOCUMENT_PUBLISHED = "document.published"
    DOCUMENT_ROLLED_BACK = "document.rolled_back"
    DOCUMENT_WITHDRAWN = "document.withdrawn"
    WEBHOOK_ADDED = "webhook.added"
    WEBHOOK_CHANGED = "webhook.changed"
    WEBHOOK_REMOVED = "webhook.removed"
    WEBHOOK_REPLAYED = "webhook.replayed"
    INLET_ADDED = "inlet.added"
    INLET_CHANGED = "inlet.changed"
    RETENTION_CHANGED = "client.retention_changed"
    HOLD_PLACED = "hold.placed"
    HOLD_LIFTED = "hold.lifted"
    PURGED = "client.purged"
    CLIENT_EXPORTED = "client.exported"
    CLIENT_IMPORTED = "client.imported"
    NOTE_EDITED = "note.edited"
    DISPOSITION_CONFIRMED = "disposition.confirmed"
    CUSTOMERS_MERGED = "customer.merged"
    CUSTOMERS_PARTED = "customer.parted"
    CUSTOMER_DELETED = "customer.deleted"
    VIEWED = "conversation.viewed"
    EXPORTED = "conversation.exported"
    AUDIT_EXPORTED = "audit.exported"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that was done.

    Attributes:
        id: rises with time; 0 before it is kept.
        actor_id: the account or key; empty for somebody who was not signed in, or for Coolhead itself.
        actor: as people read it, as it was called then.
        client_id: whose thing it was; None when it belongs to no client.
        subject: id of the thing.
        details: a few words and numbers, never what a customer said.
    """

    at: datetime
    action: Action
    actor_id: str
    actor: str
    client_id: str | None
    subject: str
    details: Mapping[str, Detail] = field(default_factory=dict)
    id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which entries are asked for; None and empty stand for any.

    Attributes:
        client_ids: only entries of these clients; an empty collection finds nothing.
        since: from this moment on.
        until: before this moment.
        before: only entries with a lower id, to go on from a page.
    """

    client_ids: Collection[str] | None = None
    actions: Collection[Action] = ()
    actor_id: str = ""
    subject: str = ""
    since: datetime | None = None
    until: datetime | None = None
    before: int | None = None


async def add(connection: AsyncConnection, entry: Entry) -> None:
    """Keeps an entry."""
    await connection.execute(
        insert(audit_entries).values(
            at=entry.at,
            action=entry.action.value,
            actor_id=entry.actor_id,
            actor=entry.actor,
            client_id=entry.client_id,
            subject=entry.subject,
            details=json.dumps(dict(entry.details), sort_keys=True),
        )
    )


async def list_of(connection: AsyncConnection, which: Filter, *, limit: int) -> list[Entry]:
    """Entries, the latest first."""
    query = select(audit_entries).where(*_conditions(which)).order_by(audit_entries.c.id.desc()).limit(limit)
    return [_entry(row) for row in await connection.execute(query)]


async def stream(connection: AsyncConnection, which: Filter) -> AsyncIterator[Entry]:
    """All entries, the oldest first, read a chunk at a time."""
    after = 0
    while True:
        query = (
            select(audit_entries)
            .where(*_conditions(which), audit_entries.c.id > after)
            .order_by(audit_entries.c.id)
            .limit(CHUNK)
        )
        entries = [_entry(row) for row in await connection.execute(query)]
        for entry in entries:
            yield entry
        if len(entries) < CHUNK:
            return
        after = entries[-1].id


def _conditions(which: Filter) -> list[ColumnElement[bool]]:
    column = audit_entries.c
    wanted: list[ColumnElement[bool]] = []
    if which.client_ids is not None:
        wanted.append(column.client_id.in_(sorted(which.client_ids)))
    if which.actions:
        wanted.append(column.action.in_(sorted(which.actions)))
    if which.actor_id:
        wanted.append(column.actor_id == which.actor_id)
    if which.subject:
        wanted.append(column.subject == which.subject)
    if which.since:
        wanted.append(column.at >= which.since)
    if which.until:
        wanted.append(column.at < which.until)
    if which.before is not None:
        wanted.append(column.id < which.before)
    return wanted


def _entry(row: Any) -> Entry:
    values = row._asdict()
    return Entry(
        **values | {"action": Action(values["action"]), "details": dict(json.loads(values["details"]))}
    )
