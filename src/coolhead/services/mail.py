"""Mail: a port for what carries it, and how letters are put into the outbox and sent from it."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncConnection

from coolhead.services import outbox
from coolhead.services.outbox import NotSentError, Sender
from coolhead.storage.outbox import Item, Parcel


class Mailer(Protocol):
    """What carries letters."""

    async def send(self, to: str, subject: str, text: str, message_id: str) -> None:
        """Hands a letter over.

        Args:
            to: one e-mail address.
            subject: one line.
            text: plain text.
            message_id: the same each time the same letter is tried.

        Raises:
            NotSentError: it was not accepted.
        """


async def put(
    connection: AsyncConnection, client_id: str | None, to: str, subject: str, text: str, now: datetime
) -> None:
    """Puts a letter into the outbox, in the caller's transaction; `client_id` is whose letter it is.

    Ask `Services.mail_is_on` first: without a mail server the letter would be given up.
    """
    await outbox.put(connection, client_id, Parcel.MAIL, {"to": to, "subject": subject, "text": text}, now)


def sender(mailer: Mailer | None) -> Sender:
    """What the outbox's worker sends letters with; None where no mail server is set."""

    async def send(item: Item) -> None:
        if mailer is None:
            raise NotSentError("No mail server is set (COOLHEAD_SMTP_HOST).", for_good=True)
        letter = json.loads(item.data)
        await mailer.send(letter["to"], letter["subject"], letter["text"], item.id)

    return send
