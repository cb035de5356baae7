"""Mail: a port for what carries it, and how letters are put into the outbox and sent from it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncConnection

from coolhead.errors import NotFoundError
from coolhead.services.access import Right, Viewer
from coolhead.services.sending import outbox
from coolhead.services.sending.outbox import NotSentError, Sender
from coolhead.storage import outbox as items
from coolhead.storage.database import Database
from coolhead.storage.outbox import Item, Parcel


class Mailer(Protocol):
    """What carries letters."""

    async def send(self, to: str, subject: str, text: str, message_id: str, reply_to: str = "") -> None:
        """Hands a letter over.

        Args:
            to: one e-mail address.
            subject: one line.
            text: plain text.
            message_id: the same each time the same letter is tried.
            reply_to: where answers go; empty for where it comes from.

        Raises:
            NotSentError: it was not accepted.
        """


async def put(
    connection: AsyncConnection,
    client_id: str | None,
    to: str,
    subject: str,
    text: str,
    now: datetime,
    *,
    conversation_id: str | None = None,
    reply_to: str = "",
) -> None:
    """Puts a letter into the outbox, in the caller's transaction; `client_id` is whose letter it is.

    With `conversation_id` it goes when that conversation is deleted; `reply_to` is where answers go, empty
    for where it comes from.

    Ask `Services.mail_is_on` first: without a mail server the letter would be given up.
    """
    letter = {"to": to, "subject": subject, "text": text, "reply_to": reply_to}
    await outbox.put(connection, client_id, Parcel.MAIL, letter, now, conversation_id=conversation_id)


def sender(mailer: Mailer | None) -> Sender:
    """What the outbox's worker sends letters with; None where no mail server is set."""

    async def send(item: Item) -> None:
        if mailer is None:
            raise NotSentError("No mail server is set (COOLHEAD_SMTP_HOST).", for_good=True)
        letter = json.loads(item.data)
        await mailer.send(letter["to"], letter["subject"], letter["text"], item.id, letter["reply_to"])

    return send


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsent:
    """A letter that was given up, without its text; `error` is why."""

    id: str
    to: str
    subject: str
    error: str
    gave_up_at: datetime


class Letters:
    """What admins see of letters that could not be sent."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    async def list_unsent(self, viewer: Viewer, client_id: str) -> list[Unsent]:
        """Letters of the client that were given up, the latest first, and those that belong to no client.

        Raises:
            NotFoundError: the viewer may not know of that client.
            ForbiddenError: they may not keep integrations there.
        """
        viewer.require(Right.KEEP_INTEGRATIONS, client_id)
        async with self._database.read() as connection:
            found = await items.list_given_up(connection, Parcel.MAIL, (client_id,))
        return [_unsent(item) for item in found]

    async def send_again(self, viewer: Viewer, client_id: str, item_id: str) -> None:
        """Begins anew with a letter that was given up.

        Raises:
            NotFoundError: there is no such letter, or the viewer may not know of that client.
            ForbiddenError: they may not keep integrations there.
        """
        if item_id not in {letter.id for letter in await self.list_unsent(viewer, client_id)}:
            raise NotFoundError("There is no such letter.", hint="It may have been sent by now.")
        async with self._database.write() as connection:
            await items.retry(connection, item_id, self._clock())


def _unsent(item: Item) -> Unsent:
    letter = json.loads(item.data)
    gave_up_at = item.gave_up_at or item.due_at
    return Unsent(
        id=item.id, to=letter["to"], subject=letter["subject"], error=item.error, gave_up_at=gave_up_at
    )
