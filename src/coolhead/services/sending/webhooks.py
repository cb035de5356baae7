"""Webhooks as an admin keeps them: where a client's events go, their secrets, log and replay."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from uuid import uuid4

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from coolhead.errors import ConflictError, InputError, NotFoundError
from coolhead.services import audit
from coolhead.services.access import Right, Viewer, no_client
from coolhead.services.clock import Clock
from coolhead.services.sending.dispatch import Dispatch, body_of, enqueue, message_of
from coolhead.services.sending.signing import new_secret
from coolhead.storage import clients, events, webhooks
from coolhead.storage.audit import Action, Detail
from coolhead.storage.database import Database
from coolhead.storage.events import EventKind, StoredEvent
from coolhead.storage.webhooks import TEST_KIND, Attempt, Message, Webhook

log = structlog.get_logger()

LONGEST_NAME = 100
LONGEST_URL = 2000
OLD_SECRET_LIFE = timedelta(days=1)
MOST_REPLAYED = 5000


@dataclass(frozen=True, slots=True, kw_only=True)
class Logged:
    """A message with its attempts, oldest first, and what was sent; `body` is empty once that is not kept."""

    message: Message
    attempts: list[Attempt]
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LogPage:
    """Some messages of a webhook, the latest first, and how many it has."""

    webhook: Webhook
    logged: list[Logged]
    total: int


class Webhooks:
    """The use cases around webhooks; all need the right to keep integrations at the client."""

    def __init__(self, database: Database, dispatch: Dispatch, clock: Clock) -> None:
        self._database = database
        self._dispatch = dispatch
        self._clock = clock

    async def list_of(self, viewer: Viewer, client_id: str) -> list[Webhook]:
        """The client's webhooks, by name.

        Raises:
            NotFoundError: the viewer may not know of that client.
            ForbiddenError: they may not keep integrations there.
        """
        viewer.require(Right.KEEP_INTEGRATIONS, client_id)
        async with self._database.read() as connection:
            return await webhooks.list_of(connection, client_id)

    async def add(
        self, viewer: Viewer, client_id: str, name: str, url: str, kinds: Iterable[EventKind]
    ) -> Webhook:
        """Adds a webhook; it hears of what happens from now on. Show its secret this once.

        Raises:
            NotFoundError: there is no such client, or the viewer may not know of it.
            ForbiddenError: they may not keep integrations there.
            InputError: the name or the address will not do, or no kind is named.
        """
        viewer.require(Right.KEEP_INTEGRATIONS, client_id)
        async with self._database.write() as connection:
            if await clients.find(connection, client_id) is None:
                raise no_client(client_id)
            webhook = Webhook(
                id=uuid4().hex,
                client_id=client_id,
                name=_name(name),
                url=url_given(url),
                kinds=_kinds(kinds),
                secret=new_secret(),
                last_event_id=await events.last_id(connection),
                created_at=self._clock(),
            )
            await webhooks.add(connection, webhook)
            await self._record(connection, viewer, Action.WEBHOOK_ADDED, webhook, name=webhook.name)
        log.info("webhook_added", webhook=webhook.id, client=client_id)
        return webhook

    async def change(
        self, viewer: Viewer, webhook_id: str, name: str, url: str, kinds: Iterable[EventKind]
    ) -> Webhook:
        """Changes what a webhook is called, where it goes and what it hears of.

        Raises:
            NotFoundError: there is no such webhook, or the viewer may not know of it.
            ForbiddenError: they may not keep integrations there.
            InputError: the name or the address will not do, or no kind is named.
        """
        async with self._database.write() as connection:
            webhook = await _webhook_for(connection, viewer, webhook_id)
            await webhooks.change(
                connection, webhook.id, name=_name(name), url=url_given(url), kinds=_kinds(kinds)
            )
            await self._record(connection, viewer, Action.WEBHOOK_CHANGED, webhook, what="settings")
        log.info("webhook_changed", webhook=webhook_id)
        return webhook

    async def remove(self, viewer: Viewer, webhook_id: str) -> Webhook:
        """Takes a webhook away with its log.

        Raises:
            NotFoundError: there is no such webhook, or the viewer may not know of it.
            ForbiddenError: they may not keep integrations there.
        """
        async with self._database.write() as connection:
            webhook = await _webhook_for(connection, viewer, webhook_id)
            await webhooks.remove(connection, webhook_id)
            await self._record(connection, viewer, Action.WEBHOOK_REMOVED, webhook, name=webhook.name)
        log.info("webhook_removed", webhook=webhook_id)
        return webhook

    async def rotate(self, viewer: Viewer, webhook_id: str) -> Webhook:
        """Gives a new secret, to be shown this once; for a day the old one signs as well.

        Raises:
            NotFoundError: there is no such webhook, or the viewer may not know of it.
            ForbiddenError: they may not keep integrations there.
        """
        async with self._database.write() as connection:
            webhook = await _webhook_for(connection, viewer, webhook_id)
            await webhooks.change(
                connection,
                webhook_id,
                secret=new_secret(),
                old_secret=webhook.secret,
                old_secret_until=self._clock() + OLD_SECRET_LIFE,
            )
            rotated = await _webhook_for(connection, viewer, webhook_id)
            await self._record(connection, viewer, Action.WEBHOOK_CHANGED, webhook, what="secret")
        log.info("webhook_secret_rotated", webhook=webhook_id)
        return rotated

    async def switch(self, viewer: Viewer, webhook_id: str, *, on: bool) -> Webhook:
        """Switches a webhook off, or on again: then it hears of what happens from now on.

        What it missed is sent by `replay_between`.

        Raises:
            NotFoundError: there is no such webhook, or the viewer may not know of it.
            ForbiddenError: they may not keep integrations there.
        """
        async with self._database.write() as connection:
            webhook = await _webhook_for(connection, viewer, webhook_id)
            if on and webhook.disabled_at:
                await webhooks.change(
                    connection,
                    webhook_id,
                    disabled_at=None,
                    disabled_because="",
                    failing_since=None,
                    last_event_id=await events.last_id(connection),
                )
            elif not on and not webhook.disabled_at:
                because = f"{viewer.name} switched it off."
                await webhooks.change(
                    connection, webhook_id, disabled_at=self._clock(), disabled_because=because
                )
            await self._record(connection, viewer, Action.WEBHOOK_CHANGED, webhook, on=on)
        log.info("webhook_switched", webhook=webhook_id, on=on)
        return webhook

    async def send_test(self, viewer: Viewer, webhook_id: str) -> Webhook:
        """Posts a message of the kind `test` once, even where the webhook is off; the log tells how it went.

        Raises:
            NotFoundError: there is no such webhook, or the viewer may not know of it.
            ForbiddenError: they may not keep integrations there.
        """
        async with self._database.read() as connection:
            webhook = await _webhook_for(connection, viewer, webhook_id)
        await self._dispatch.send_test(webhook)
        return webhook

    async def read_log(self, viewer: Viewer, webhook_id: str, *, limit: int = 50, offset: int = 0) -> LogPage:
        """What was sent, what was answered and when, the latest first.

        Raises:
            NotFoundError: there is no such webhook, or the viewer may not know of it.
            ForbiddenError: they may not keep integrations there.
        """
        async with self._database.snapshot() as connection:
            webhook = await _webhook_for(connection, viewer, webhook_id)
            messages = await webhooks.list_messages(connection, webhook_id, limit=limit, offset=offset)
            attempts = await webhooks.list_attempts(connection, [message.id for message in messages])
            logged = [
                Logged(
                    message=message,
                    attempts=[each for each in attempts if each.message_id == message.id],
                    body=_body(message, await _event_of(connection, message)),
                )
                for message in messages
            ]
            return LogPage(
                webhook=webhook, logged=logged, total=await webhooks.count_messages(connection, webhook_id)
            )

    async def replay(self, viewer: Viewer, message_id: str) -> Webhook:
        """Sends one message again, under the same id.

        Raises:
            NotFoundError: there is no such message, or the viewer may not know of it.
            ForbiddenError: they may not keep integrations there.
            ConflictError: it is still tried, its event is not kept any more, or the webhook is off.
        """
        now = self._clock()
        async with self._database.write() as connection:
            message = await webhooks.find_message(connection, message_id)
            if message is None:
                raise _no_webhook()
            webhook = await _webhook_for(connection, viewer, message.webhook_id)
            _require_on(webhook)
            if message.pending:
                raise ConflictError("This message is still being tried.", hint="Wait for the next try.")
            if message.event_id is None:
                raise ConflictError("What this message told of is not kept any more.")
            await self._send_again(connection, webhook, [message], now)
            await self._record(connection, viewer, Action.WEBHOOK_REPLAYED, webhook, messages=1)
        return webhook

    async def replay_between(self, viewer: Viewer, webhook_id: str, since: datetime, until: datetime) -> int:
        """Sends again, or for the first time, what happened from `since` up to `until`; how many messages.

        Messages keep their ids, so that a receiver knows those it has had; those still tried are left alone.

        Raises:
            NotFoundError: there is no such webhook, or the viewer may not know of it.
            ForbiddenError: they may not keep integrations there.
            ConflictError: the webhook is off.
            InputError: the span is empty or holds too much.
        """
        if since >= until:
            raise InputError("The beginning has to be before the end.")
        now = self._clock()
        async with self._database.write() as connection:
            webhook = await _webhook_for(connection, viewer, webhook_id)
            _require_on(webhook)
            happened = await events.list_between(
                connection, webhook.client_id, webhook.kinds, since, until, limit=MOST_REPLAYED + 1
            )
            if len(happened) > MOST_REPLAYED:
                raise InputError(
                    f"That would be more than {MOST_REPLAYED} messages.", hint="Choose a shorter span."
                )
            known = await webhooks.find_messages(connection, webhook_id, [event.id for event in happened])
            fresh = [message_of(webhook, event, now) for event in happened if event.id not in known]
            await webhooks.add_messages(connection, fresh)
            await enqueue(connection, webhook, fresh, now)
            again = [message for message in known.values() if not message.pending]
            await self._send_again(connection, webhook, again, now)
            count = len(fresh) + len(again)
            await self._record(connection, viewer, Action.WEBHOOK_REPLAYED, webhook, messages=count)
        log.info("webhook_replayed", webhook=webhook_id, messages=count)
        return count

    async def _record(
        self,
        connection: AsyncConnection,
        viewer: Viewer,
        action: Action,
        webhook: Webhook,
        **details: Detail,
    ) -> None:
        await audit.record(
            connection,
            viewer,
            action,
            at=self._clock(),
            subject=webhook.id,
            client_id=webhook.client_id,
            **details,
        )

    async def _send_again(
        self, connection: AsyncConnection, webhook: Webhook, messages: list[Message], now: datetime
    ) -> None:
        ids = [message.id for message in messages]
        await webhooks.change_messages(connection, ids, delivered_at=None, gave_up_at=None)
        await enqueue(connection, webhook, messages, now)


async def _webhook_for(connection: AsyncConnection, viewer: Viewer, webhook_id: str) -> Webhook:
    webhook = await webhooks.find(connection, webhook_id)
    if webhook is None or not viewer.sees(webhook.client_id):
        raise _no_webhook()
    viewer.require(Right.KEEP_INTEGRATIONS, webhook.client_id)
    return webhook


async def _event_of(connection: AsyncConnection, message: Message) -> StoredEvent | None:
    return None if message.event_id is None else await events.find(connection, message.event_id)


def _body(message: Message, event: StoredEvent | None) -> str:
    return body_of(message, event).decode() if event or message.kind == TEST_KIND else ""


def _require_on(webhook: Webhook) -> None:
    if webhook.disabled_at:
        raise ConflictError("This webhook is switched off.", hint="Switch it on first.")


def _no_webhook() -> NotFoundError:
    return NotFoundError("There is no such webhook.", hint="It may have been removed.")


def _name(text: str) -> str:
    text = text.strip()
    if not 1 <= len(text) <= LONGEST_NAME:
        raise InputError("A webhook needs a name.", hint="Name the system that receives it.")
    return text


def url_given(text: str) -> str:
    """The address to keep.

    Raises:
        InputError: nothing can be posted there.
    """
    text = text.strip()
    try:
        parts = urlsplit(text)
        sound = parts.scheme in ("https", "http") and parts.hostname and parts.port != 0
    except ValueError:
        sound = False
    if not sound or parts.username is not None or parts.fragment or len(text) > LONGEST_URL:
        raise InputError(
            "This is no address that messages can be posted to.",
            hint="Write https://host/path, with no user name and no # in it.",
        )
    return text


def _kinds(kinds: Iterable[EventKind]) -> frozenset[str]:
    wanted = frozenset(kind.value for kind in kinds)
    if not wanted:
        raise InputError("This webhook would hear of nothing.", hint="Tick the kinds of event to send.")
    return wanted
