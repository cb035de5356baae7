"""Webhooks on their way: events become messages, messages are signed and posted, failures are counted.

The events table is the source: an event is there if and only if its change was committed, and every webhook
remembers how far it has read. So nothing is lost, and nothing that was undone is told.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from time import perf_counter
from typing import Protocol
from uuid import uuid4

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from coolhead.services.sending import mail, outbox, signing
from coolhead.services.sending.outbox import DELAYS_S, NotSentError
from coolhead.storage import accounts, events, webhooks
from coolhead.storage.database import Database
from coolhead.storage.events import Span, StoredEvent
from coolhead.storage.outbox import Item, Parcel
from coolhead.storage.webhooks import TEST_KIND, Attempt, Message, Webhook

log = structlog.get_logger()

PAGE = 500
FAILING_DAYS = 3
MESSAGE_LIFE = timedelta(days=30)
LONGEST_ERROR = 200


class NoAnswerError(Exception):
    """A receiver gave no answer; the text is shown to people."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a receiver answered.

    Attributes:
        status: of the HTTP answer.
        retry_after: its `Retry-After` header; empty when there was none.
    """

    status: int
    retry_after: str = ""

    @property
    def accepted(self) -> bool:
        """True when the receiver took the message; a redirect is none of that."""
        return HTTPStatus.OK <= self.status < HTTPStatus.MULTIPLE_CHOICES

    def asked_s(self, now: datetime) -> float:
        """Seconds that the receiver asks to be left alone; 0 when it says nothing that can be read."""
        if self.retry_after.isascii() and self.retry_after.isdigit():
            return float(self.retry_after[:9])
        try:
            moment = parsedate_to_datetime(self.retry_after)
        except (ValueError, OverflowError):
            return 0.0
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return max(0.0, (moment - now).total_seconds())


class Poster(Protocol):
    """What carries messages."""

    async def post(self, url: str, headers: dict[str, str], body: bytes) -> Answer:
        """Posts a body once.

        Raises:
            NoAnswerError: there was no answer.
        """


def body_of(message: Message, event: StoredEvent | None) -> bytes:
    """What is posted: the same bytes each time. `event` is None for a test only."""
    payload: dict[str, object]
    if event is None:
        payload = {
            "type": TEST_KIND,
            "timestamp": _timestamp(message.made_at),
            "data": {"text": "This is a test of this webhook."},
        }
    else:
        payload = {
            "type": event.kind.value,
            "timestamp": _timestamp(event.at),
            "event_id": event.id,
            "client_id": event.client_id,
            "conversation_id": event.conversation_id,
            "turn_id": event.turn_id,
            "data": json.loads(event.data),
        }
    return json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode()


async def enqueue(
    connection: AsyncConnection, webhook: Webhook, made: Sequence[Message], now: datetime
) -> None:
    """Puts messages that are kept already into the outbox, in the caller's transaction."""
    for message in made:
        await outbox.put(
            connection, webhook.client_id, Parcel.WEBHOOK, {"message_id": message.id}, now, lane=webhook.id
        )


class Dispatch:
    """Turns events into messages and posts them; as many processes as like may do so at once."""

    def __init__(
        self, database: Database, poster: Poster, clock: Callable[[], datetime], *, mail_is_on: bool
    ) -> None:
        self._database = database
        self._poster = poster
        self._clock = clock
        self._mail_is_on = mail_is_on

    async def take_up(self, now: datetime) -> None:
        """Makes messages of the events since each webhook last read, and puts them into the outbox."""
        async with self._database.read() as connection:
            behind = await webhooks.list_behind(connection)
        for webhook_id in behind:
            while await self._take_page(webhook_id, now):
                pass

    async def forget_old(self, now: datetime) -> None:
        """Takes messages out of the log a month after they were made."""
        async with self._database.write() as connection:
            await webhooks.forget_before(connection, now - MESSAGE_LIFE)

    async def send(self, item: Item) -> None:
        """Posts one message; as the outbox's sender.

        Raises:
            NotSentError: it was not accepted and is to be tried again.
        """
        found = await self._load(json.loads(item.data)["message_id"])
        if found is None:
            return
        message, webhook, event = found
        failure = await self._post(message, webhook, event)
        if failure is None:
            return
        if failure.for_good or item.tries > len(DELAYS_S):
            async with self._database.write() as connection:
                await webhooks.change_messages(connection, [message.id], gave_up_at=self._clock())
            return
        raise failure

    async def send_test(self, webhook: Webhook) -> None:
        """Posts a message of the kind `test` once; the log tells how it went."""
        message = Message(
            id=uuid4().hex, webhook_id=webhook.id, event_id=None, kind=TEST_KIND, made_at=self._clock()
        )
        async with self._database.write() as connection:
            await webhooks.add_messages(connection, [message])
        if await self._post(message, webhook, None):
            async with self._database.write() as connection:
                await webhooks.change_messages(connection, [message.id], gave_up_at=self._clock())

    async def _take_page(self, webhook_id: str, now: datetime) -> bool:
        async with self._database.write() as connection:
            webhook = await webhooks.claim(connection, webhook_id)
            if webhook is None:
                return False
            span = Span(client_ids=(webhook.client_id,))
            page = await events.list_after(connection, webhook.last_event_id, limit=PAGE, span=span)
            if not page:
                return False
            wanted = [event for event in page if event.kind.value in webhook.kinds]
            known = await webhooks.find_messages(connection, webhook.id, [event.id for event in wanted])
            made = [message_of(webhook, event, now) for event in wanted if event.id not in known]
            await webhooks.add_messages(connection, made)
            await enqueue(connection, webhook, made, now)
            await webhooks.change(connection, webhook.id, last_event_id=page[-1].id)
            return len(page) == PAGE

    async def _load(self, message_id: str) -> tuple[Message, Webhook, StoredEvent | None] | None:
        """What is to be posted; None for what no longer is: delivered, switched off, or its event deleted."""
        async with self._database.write() as connection:
            message = await webhooks.find_message(connection, message_id)
            if message is None or not message.pending:
                return None
            webhook = await webhooks.find(connection, message.webhook_id)
            event = None if message.event_id is None else await events.find(connection, message.event_id)
            if webhook is None or webhook.disabled_at or (event is None and message.kind != TEST_KIND):
                await webhooks.change_messages(connection, [message_id], gave_up_at=self._clock())
                return None
            return message, webhook, event

    async def _post(
        self, message: Message, webhook: Webhook, event: StoredEvent | None
    ) -> NotSentError | None:
        now, began = self._clock(), perf_counter()
        body = body_of(message, event)
        headers = signing.headers_for(webhook.secrets_at(now), f"msg_{message.id}", now, body) | {
            "content-type": "application/json",
            "user-agent": "Coolhead",
        }
        answer, error = None, ""
        try:
            answer = await self._poster.post(webhook.url, headers, body)
        except NoAnswerError as failure:
            error = failure.reason
        took_ms = round((perf_counter() - began) * 1000)
        status = answer.status if answer else None
        attempt = Attempt(
            message_id=message.id, at=now, took_ms=took_ms, status=status, error=error[:LONGEST_ERROR]
        )
        await self._note(attempt, webhook, accepted=bool(answer and answer.accepted))
        if answer is None:
            return NotSentError(error)
        if answer.accepted:
            return None
        gone = answer.status == HTTPStatus.GONE
        reason = f"The receiver answered {answer.status}."
        return NotSentError(reason, after_s=answer.asked_s(now), for_good=gone)

    async def _note(self, attempt: Attempt, webhook: Webhook, *, accepted: bool) -> None:
        async with self._database.write() as connection:
            await webhooks.add_attempt(connection, attempt)
            if accepted:
                await webhooks.change_messages(connection, [attempt.message_id], delivered_at=attempt.at)
                await webhooks.change(connection, webhook.id, failing_since=None)
                return
            now_kept = await webhooks.find(connection, webhook.id, for_change=True)
            if now_kept is None or now_kept.disabled_at:
                return
            since = now_kept.failing_since or attempt.at
            because = _reason_to_stop(attempt, since)
            await webhooks.change(connection, webhook.id, failing_since=since)
            if because:
                await self._disable(connection, webhook, because, attempt.at)

    async def _disable(
        self, connection: AsyncConnection, webhook: Webhook, because: str, now: datetime
    ) -> None:
        await webhooks.change(connection, webhook.id, disabled_at=now, disabled_because=because)
        log.warning("webhook_disabled", webhook=webhook.id, client=webhook.client_id)
        if not self._mail_is_on:
            return
        subject = f"Coolhead: the webhook {webhook.name} was switched off"
        text = (
            f"{because}\n\nNo more events of {webhook.client_id} are sent to it. "
            "Once its receiver works again, switch it on and replay what it has missed: Clients, Webhooks.\n"
        )
        for account in await accounts.list_all(connection):
            if account.is_admin and account.active:
                await mail.put(connection, webhook.client_id, account.email, subject, text, now)


def message_of(webhook: Webhook, event: StoredEvent, now: datetime) -> Message:
    """A message that tells the webhook of the event, not yet kept."""
    return Message(
        id=uuid4().hex, webhook_id=webhook.id, event_id=event.id, kind=event.kind.value, made_at=now
    )


def _reason_to_stop(attempt: Attempt, failing_since: datetime) -> str:
    if attempt.status == HTTPStatus.GONE:
        return "The receiver answered 410: it wants no more messages."
    if attempt.at - failing_since >= timedelta(days=FAILING_DAYS):
        return f"Every delivery has failed for {FAILING_DAYS} days."
    return ""


def _timestamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
