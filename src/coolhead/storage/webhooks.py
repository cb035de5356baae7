"""Webhooks: where a client's events are sent, which messages were made of them, and each attempt."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from coolhead.storage.tables import events, webhook_attempts, webhook_messages, webhooks

TEST_KIND = "test"


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """One address that hears of a client's events.

    Attributes:
        kinds: names of the kinds of event that it hears of.
        secret: signs every message; never shown again.
        old_secret: signs as well until `old_secret_until`; None when there is none.
        last_event_id: events up to this one have been turned into messages.
        failing_since: when the first failure after the last success was; None while all is well.
        disabled_at: when it was switched off; None while it works.
        disabled_because: why, in words; empty while it works.
    """

    id: str
    client_id: str
    name: str
    url: str
    kinds: frozenset[str]
    secret: str
    old_secret: str | None = None
    old_secret_until: datetime | None = None
    last_event_id: int
    created_at: datetime
    failing_since: datetime | None = None
    disabled_at: datetime | None = None
    disabled_because: str = ""

    def secrets_at(self, now: datetime) -> tuple[str, ...]:
        """What messages are signed with now, the present secret first."""
        if self.old_secret and self.old_secret_until and now < self.old_secret_until:
            return (self.secret, self.old_secret)
        return (self.secret,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One event on its way to one webhook.

    Attributes:
        id: goes with it as `webhook-id`, however often it is tried.
        event_id: None for a test, and for an event that is no longer kept.
        delivered_at: when it was accepted; None before.
        gave_up_at: when trying ended without; None before.
    """

    id: str
    webhook_id: str
    event_id: int | None
    kind: str
    made_at: datetime
    tries: int = 0
    delivered_at: datetime | None = None
    gave_up_at: datetime | None = None

    @property
    def pending(self) -> bool:
        """True while it is still tried."""
        return self.delivered_at is None and self.gave_up_at is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One try to deliver a message.

    Attributes:
        took_ms: until the answer or the failure, milliseconds.
        status: of the HTTP answer; None when there was none.
        error: why there was none; empty otherwise.
    """

    message_id: str
    at: datetime
    took_ms: int
    status: int | None
    error: str


MESSAGE = TypeAdapter(Message)


async def add(connection: AsyncConnection, webhook: Webhook) -> None:
    """Keeps a webhook."""
    values = {name: getattr(webhook, name) for name in Webhook.__slots__}
    await connection.execute(insert(webhooks).values(values | {"kinds": " ".join(sorted(webhook.kinds))}))


async def change(connection: AsyncConnection, webhook_id: str, **values: Any) -> None:
    """Changes columns of a webhook; `kinds` is a set of names."""
    if "kinds" in values:
        values["kinds"] = " ".join(sorted(values["kinds"]))
    await connection.execute(update(webhooks).where(webhooks.c.id == webhook_id).values(**values))


async def remove(connection: AsyncConnection, webhook_id: str) -> None:
    """Takes a webhook away, with its messages."""
    await connection.execute(delete(webhooks).where(webhooks.c.id == webhook_id))


async def find(connection: AsyncConnection, webhook_id: str, *, for_change: bool = False) -> Webhook | None:
    """The webhook of that id; `for_change` keeps other writers from it until the transaction ends."""
    query = select(webhooks).where(webhooks.c.id == webhook_id)
    row = (await connection.execute(query.with_for_update() if for_change else query)).one_or_none()
    return _webhook(row) if row else None


async def list_of(connection: AsyncConnection, client_id: str) -> list[Webhook]:
    """The client's webhooks, by name."""
    query = select(webhooks).where(webhooks.c.client_id == client_id).order_by(webhooks.c.name, webhooks.c.id)
    return [_webhook(row) for row in await connection.execute(query)]


async def list_behind(connection: AsyncConnection) -> list[str]:
    """Ids of the working webhooks whose client has events that they have not been told of."""
    newer = (
        select(events.c.id)
        .where(events.c.client_id == webhooks.c.client_id, events.c.id > webhooks.c.last_event_id)
        .exists()
    )
    query = select(webhooks.c.id).where(webhooks.c.disabled_at.is_(None), newer).order_by(webhooks.c.id)
    return list((await connection.execute(query)).scalars())


async def claim(connection: AsyncConnection, webhook_id: str) -> Webhook | None:
    """The working webhook, for this transaction alone; None when another process has it at hand."""
    query = (
        select(webhooks)
        .where(webhooks.c.id == webhook_id, webhooks.c.disabled_at.is_(None))
        .with_for_update(skip_locked=True)
    )
    row = (await connection.execute(query)).one_or_none()
    return _webhook(row) if row else None


async def add_messages(connection: AsyncConnection, made: Sequence[Message]) -> None:
    """Keeps messages; no event may have one for the webhook already."""
    if made:
        await connection.execute(
            insert(webhook_messages),
            [{name: getattr(message, name) for name in Message.__slots__} for message in made],
        )


async def find_message(connection: AsyncConnection, message_id: str) -> Message | None:
    """The message of that id."""
    query = select(webhook_messages).where(webhook_messages.c.id == message_id)
    row = (await connection.execute(query)).one_or_none()
    return MESSAGE.validate_python(row._asdict()) if row else None


async def find_messages(
    connection: AsyncConnection, webhook_id: str, event_ids: Collection[int]
) -> dict[int, Message]:
    """The webhook's messages about those events, by the event's id."""
    query = select(webhook_messages).where(
        webhook_messages.c.webhook_id == webhook_id, webhook_messages.c.event_id.in_(sorted(event_ids))
    )
    found = [MESSAGE.validate_python(row._asdict()) for row in await connection.execute(query)]
    return {message.event_id: message for message in found if message.event_id is not None}


async def list_messages(
    connection: AsyncConnection, webhook_id: str, *, limit: int, offset: int = 0
) -> list[Message]:
    """A page of the webhook's messages, the latest first."""
    query = (
        select(webhook_messages)
        .where(webhook_messages.c.webhook_id == webhook_id)
        .order_by(webhook_messages.c.made_at.desc(), webhook_messages.c.id)
    )
    rows = await connection.execute(query.limit(limit).offset(offset))
    return [MESSAGE.validate_python(row._asdict()) for row in rows]


async def count_messages(connection: AsyncConnection, webhook_id: str) -> int:
    """How many messages the webhook has."""
    query = select(func.count()).where(webhook_messages.c.webhook_id == webhook_id)
    return int((await connection.execute(query)).scalar_one())


async def change_messages(connection: AsyncConnection, ids: Iterable[str], **values: Any) -> None:
    """Changes columns of messages (tries, delivered_at, gave_up_at)."""
    query = update(webhook_messages).where(webhook_messages.c.id.in_(sorted(ids)))
    await connection.execute(query.values(**values))


async def add_attempt(connection: AsyncConnection, attempt: Attempt) -> None:
    """Keeps an attempt and counts it on its message."""
    values = {name: getattr(attempt, name) for name in Attempt.__slots__}
    await connection.execute(insert(webhook_attempts).values(values))
    await connection.execute(
        update(webhook_messages)
        .where(webhook_messages.c.id == attempt.message_id)
        .values(tries=webhook_messages.c.tries + 1)
    )


async def list_attempts(connection: AsyncConnection, message_ids: Collection[str]) -> list[Attempt]:
    """The attempts of those messages, oldest first."""
    query = (
        select(*(webhook_attempts.c[name] for name in Attempt.__slots__))
        .where(webhook_attempts.c.message_id.in_(sorted(message_ids)))
        .order_by(webhook_attempts.c.id)
    )
    return [Attempt(**row._mapping) for row in await connection.execute(query)]


async def forget_before(connection: AsyncConnection, moment: datetime) -> int:
    """Takes out messages made before that moment which are no longer tried; how many."""
    query = delete(webhook_messages).where(
        webhook_messages.c.made_at < moment,
        webhook_messages.c.delivered_at.is_not(None) | webhook_messages.c.gave_up_at.is_not(None),
    )
    return (await connection.execute(query)).rowcount


def _webhook(row: Any) -> Webhook:
    values = row._asdict()
    return Webhook(**values | {"kinds": frozenset(values["kinds"].split())})
