"""Gestures: what was given to make up for something, and what a client's month may still cost.

Amounts are whole minor units of a currency. Whoever adds to a month locks it first, so that two cannot spend
the same money.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pydantic import TypeAdapter
from sqlalchemy import func, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from coolhead.guidance.solutions import GestureKind
from coolhead.storage.tables import gesture_months, gesture_raises, gestures


class State(StrEnum):
    """Whether a gesture's money is gone."""

    RESERVED = "reserved"
    SPENT = "spent"
    RELEASED = "released"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptGesture:
    """A gesture that was offered.

    Attributes:
        account_id: whose budget it comes from; None when the account is gone.
        month: as `2026-03`, by the client's calendar.
        amount: in the currency's minor units.
    """

    id: str
    client_id: str
    conversation_id: str | None
    account_id: str | None
    agent: str
    month: str
    kind: GestureKind
    amount: int
    currency: str
    state: State
    reserved_at: datetime
    settled_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Raise:
    """More for a month than the client's table gives; `account_id` None is for the whole team."""

    id: str
    client_id: str
    month: str
    account_id: str | None
    amount: int
    currency: str
    reason: str
    raised_by: str
    raiser_id: str | None
    raised_at: datetime


GESTURE = TypeAdapter(KeptGesture)


async def lock_month(connection: AsyncConnection, client_id: str, month: str) -> None:
    """Keeps others from the client's month until the transaction ends."""
    given = {"client_id": client_id, "month": month}
    await connection.execute(
        text(
            "INSERT INTO gesture_months (client_id, month) VALUES (:client_id, :month) ON CONFLICT DO NOTHING"
        ),
        given,
    )
    query = select(gesture_months).where(
        gesture_months.c.client_id == client_id, gesture_months.c.month == month
    )
    await connection.execute(query.with_for_update())


async def add(connection: AsyncConnection, gesture: KeptGesture) -> None:
    """Keeps a gesture."""
    await connection.execute(insert(gestures).values(GESTURE.dump_python(gesture)))


async def find(connection: AsyncConnection, gesture_id: str) -> KeptGesture | None:
    """The gesture of that id."""
    row = (await connection.execute(select(gestures).where(gestures.c.id == gesture_id))).one_or_none()
    return GESTURE.validate_python(row._asdict()) if row else None


async def settle(connection: AsyncConnection, gesture_id: str, state: State, now: datetime) -> None:
    """Keeps what has become of a gesture."""
    query = update(gestures).where(gestures.c.id == gesture_id)
    await connection.execute(query.values(state=state.value, settled_at=now))


async def list_month(
    connection: AsyncConnection, client_id: str, month: str, currency: str
) -> list[KeptGesture]:
    """The gestures of a client's month in that currency, the latest first."""
    query = (
        select(gestures)
        .where(gestures.c.client_id == client_id, gestures.c.month == month, gestures.c.currency == currency)
        .order_by(gestures.c.reserved_at.desc(), gestures.c.id)
    )
    return [GESTURE.validate_python(row._asdict()) for row in await connection.execute(query)]


async def held(
    connection: AsyncConnection, client_id: str, month: str, currency: str, account_id: str | None = None
) -> dict[State, int]:
    """What the month's gestures cost by what became of them: of one account, or of all for None."""
    query = select(gestures.c.state, func.sum(gestures.c.amount)).where(
        gestures.c.client_id == client_id, gestures.c.month == month, gestures.c.currency == currency
    )
    if account_id is not None:
        query = query.where(gestures.c.account_id == account_id)
    rows = await connection.execute(query.group_by(gestures.c.state))
    return {State(state): int(amount) for state, amount in rows}


async def add_raise(connection: AsyncConnection, more: Raise) -> None:
    """Keeps a raise."""
    await connection.execute(
        insert(gesture_raises).values({name: getattr(more, name) for name in Raise.__slots__})
    )


async def list_raises(connection: AsyncConnection, client_id: str, month: str, currency: str) -> list[Raise]:
    """What the client's month was raised by, the latest first."""
    query = (
        select(gesture_raises)
        .where(
            gesture_raises.c.client_id == client_id,
            gesture_raises.c.month == month,
            gesture_raises.c.currency == currency,
        )
        .order_by(gesture_raises.c.raised_at.desc(), gesture_raises.c.id)
    )
    return [Raise(**row._mapping) for row in await connection.execute(query)]
