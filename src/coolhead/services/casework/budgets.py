"""What gestures may cost: budgets of a client's month, kept so that two cannot spend the same money.

Whoever reserves holds the conversation first, then the month: always in this order, so that none waits
for the other in a circle.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from coolhead.casework.offers import Budget
from coolhead.errors import ConflictError
from coolhead.guidance.money import Money
from coolhead.guidance.solutions import Salvage
from coolhead.storage import clients, gestures
from coolhead.storage.gestures import KeptGesture, State


async def month_of(connection: AsyncConnection, client_id: str, now: datetime) -> str:
    """The month that it is for the client, as `2026-03`."""
    hours = await clients.hours_of(connection, client_id)
    return f"{hours.local(now):%Y-%m}"


async def budget_of(
    connection: AsyncConnection, client_id: str, month: str, salvage: Salvage, account_id: str | None
) -> Budget:
    """What an account may spend in a month, or the whole team for None."""
    base = salvage.team if account_id is None else salvage.agent
    cost = await gestures.held(connection, client_id, month, base.currency, account_id)
    raises = await gestures.list_raises(connection, client_id, month, base.currency)
    return Budget(
        limit=base.minor + sum(each.amount for each in raises if each.account_id == account_id),
        reserved=cost.get(State.RESERVED, 0),
        spent=cost.get(State.SPENT, 0),
    )


async def reserve(connection: AsyncConnection, salvage: Salvage | None, kept: KeptGesture) -> None:
    """Passes when both budgets hold the gesture; nobody else spends from them until the transaction ends.

    Raises:
        ConflictError: one of them does not hold it.
    """
    if salvage is None or salvage.team.currency != kept.currency:
        raise ConflictError("The client has no such gesture any more.", hint="Look at the desk again.")
    await gestures.lock_month(connection, kept.client_id, kept.month)
    for account_id, whose in ((kept.account_id, "Your"), (None, "The team's")):
        budget = await budget_of(connection, kept.client_id, kept.month, salvage, account_id)
        if not budget.allows(kept.amount):
            left = Money(kept.currency, budget.left).words
            raise ConflictError(
                f"{whose} budget for this month holds {left} only.",
                hint="Offer less, or ask a supervisor to raise it.",
            )


async def settle(
    connection: AsyncConnection, salvage: Salvage | None, gesture_id: str, state: State, now: datetime
) -> None:
    """Keeps what has become of a gesture; one that was released is reserved again first.

    Raises:
        ConflictError: it was released, and a budget does not hold it any more.
    """
    kept = await gestures.find(connection, gesture_id)
    if kept is None or kept.state is state:
        return
    if kept.state is State.RELEASED:
        await reserve(connection, salvage, kept)
    await gestures.settle(connection, gesture_id, state, now)
