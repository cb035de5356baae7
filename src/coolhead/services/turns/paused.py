"""Whether a channel is closed to a customer, and the calm words that say so."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from coolhead.codebook import Channel
from coolhead.errors import PausedError
from coolhead.storage import limits
from coolhead.storage.limits import Pause


async def refuse_paused(
    connection: AsyncConnection, client_id: str, channel: Channel, customer_key: str | None, now: datetime
) -> None:
    """Passes customers to whom the channel is open.

    Raises:
        PausedError: it is closed to this customer.
    """
    if customer_key:
        refuse(await limits.pause_of_customer(connection, client_id, channel, customer_key, now), now)


def refuse(pause: Pause | None, now: datetime) -> None:
    """Passes when no pause holds.

    Raises:
        PausedError: one does.
    """
    if holds(pause, now) and pause:
        until = f"{pause.until:%A} {pause.until.day} {pause.until:%B}, {pause.until:%H:%M} UTC"
        raise PausedError(f"This {pause.channel.words} is paused until {until}.", hint=pause.reason)


def holds(pause: Pause | None, now: datetime) -> bool:
    """True while the pause has neither been undone nor run out."""
    return pause is not None and pause.ended_at is None and pause.until > now
