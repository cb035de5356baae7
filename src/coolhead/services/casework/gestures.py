"""Gestures: what makes up for something, given out of budgets by agent, team and month."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid4

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from coolhead.casework.offers import Budget, Choice
from coolhead.errors import ConflictError, InputError, NotFoundError
from coolhead.guidance.money import Money
from coolhead.guidance.solutions import Gesture, GestureKind, Grant, Salvage
from coolhead.services.access import GRANTS, Right, Viewer
from coolhead.services.casework.budgets import budget_of, month_of, reserve
from coolhead.services.casework.offers import keep_offer
from coolhead.services.clock import Clock
from coolhead.services.conversations.desk import written
from coolhead.services.conversations.live import summary_for
from coolhead.services.documents.guides import Guides
from coolhead.services.events.feed import Feed
from coolhead.storage import accounts, clients, gestures
from coolhead.storage.conversations import Summary
from coolhead.storage.database import Database
from coolhead.storage.gestures import KeptGesture, Raise, State
from coolhead.storage.offers import Offer

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Purse:
    """What an agent may still give.

    Attributes:
        salvage: the client's gestures.
        own: the agent's budget of this month.
        team: the budget of all agents of the client this month.
    """

    salvage: Salvage
    own: Budget
    team: Budget

    @property
    def left(self) -> Money:
        """What the agent may still give: their own budget's rest, or the team's when that is less."""
        return Money(self.salvage.agent.currency, min(self.own.left, self.team.left))


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """A client's gestures in one month, for a supervisor.

    Attributes:
        month: as `2026-03`.
        team: the budget of all agents.
        agents: each agent's name, account and budget.
        given: the gestures, the latest first.
        raises: what the month was raised by, the latest first.
    """

    client_id: str
    month: str
    currency: str
    team: Budget
    agents: tuple[tuple[str, str, Budget], ...]
    given: tuple[KeptGesture, ...]
    raises: tuple[Raise, ...]


class Gestures:
    """The use cases around gestures; people only."""

    def __init__(self, database: Database, guides: Guides, feed: Feed, clock: Clock) -> None:
        self._database = database
        self._guides = guides
        self._feed = feed
        self._clock = clock

    async def purse(self, viewer: Viewer, conversation_id: str) -> Purse | None:
        """What the viewer may still give in that conversation's client; None where there are no gestures.

        Raises:
            NotFoundError: there is no such conversation, or the viewer may not know of it.
            ForbiddenError: the viewer lacks the right.
        """
        summary = await self._summary(viewer, conversation_id)
        salvage = (await self._guides.of(summary.client_id)).solutions.salvage
        if salvage is None:
            return None
        async with self._database.snapshot() as connection:
            month = await month_of(connection, summary.client_id, self._clock())
            return Purse(
                salvage=salvage,
                own=await budget_of(connection, summary.client_id, month, salvage, viewer.id),
                team=await budget_of(connection, summary.client_id, month, salvage, None),
            )

    async def give(self, viewer: Viewer, conversation_id: str, kind: GestureKind, amount: str) -> Offer:
        """Offers a gesture and reserves what it costs, from the agent's budget and the team's, or neither.

        `amount` is as people write it, without the currency ("12.50").

        Raises:
            NotFoundError: there is no such conversation, or the viewer may not know of it.
            ForbiddenError: the viewer lacks the right.
            InputError: the amount is none, or more than such a gesture may cost.
            ConflictError: the client has no such gesture, or the budget does not hold so much any more.
        """
        summary = await self._summary(viewer, conversation_id)
        salvage = (await self._guides.of(summary.client_id)).solutions.salvage
        gesture = _gesture(salvage, kind)
        cost = _amount(gesture, amount)
        now = self._clock()
        async with self._database.write() as connection:
            summary = await summary_for(connection, viewer, conversation_id, Right.WORK, for_change=True)
            month = await month_of(connection, summary.client_id, now)
            kept = KeptGesture(
                id=uuid4().hex,
                client_id=summary.client_id,
                conversation_id=conversation_id,
                account_id=viewer.id,
                agent=viewer.name,
                month=month,
                kind=kind,
                amount=cost.minor,
                currency=cost.currency,
                state=State.RESERVED,
                reserved_at=now,
            )
            await reserve(connection, salvage, kept)
            await gestures.add(connection, kept)
            said = gesture.say.replace("[amount]", cost.words)
            choice = Choice(what=f"{gesture.what}, {cost.words}", say=said, grant=Grant.AGENT)
            offer = await keep_offer(connection, viewer, summary, (choice,), now, gesture_id=kept.id)
        self._feed.ring()
        log.info("gesture_reserved", client=summary.client_id, kind=kind.value)
        return offer

    async def months(self, viewer: Viewer) -> list[Month]:
        """This month's gestures of every client whose budgets the viewer may raise, and that has any.

        Raises:
            ForbiddenError: the viewer lacks the right.
        """
        async with self._database.read() as connection:
            known = await clients.list_of(connection, viewer.narrowed(Right.RAISE))
        found = []
        for client in known:
            salvage = (await self._guides.of(client.id)).solutions.salvage
            if salvage:
                async with self._database.snapshot() as connection:
                    found.append(await self._overview(connection, client.id, salvage))
        return found

    async def raise_budget(
        self, viewer: Viewer, client_id: str, account_id: str | None, amount: str, reason: str
    ) -> Raise:
        """Gives an agent (None: the team) more to spend this month; the reason is kept.

        Raises:
            NotFoundError: there is no such client or agent, or the viewer may not know of it.
            ForbiddenError: the viewer lacks the right.
            InputError: the amount is none, or there is no reason.
            ConflictError: the client has no gestures.
        """
        viewer.require(Right.RAISE, client_id)
        salvage = (await self._guides.of(client_id)).solutions.salvage
        if salvage is None:
            raise ConflictError("This client has no gestures.", hint="Add `salvage` to its solutions.")
        more = _read(salvage.team.currency, amount)
        why = written(reason, "A reason")
        now = self._clock()
        async with self._database.write() as connection:
            if account_id is not None and account_id not in await _agents(connection, client_id):
                raise NotFoundError("There is no such agent.", hint="Choose someone from the list.")
            month = await month_of(connection, client_id, now)
            await gestures.lock_month(connection, client_id, month)
            kept = Raise(
                id=uuid4().hex,
                client_id=client_id,
                month=month,
                account_id=account_id,
                amount=more.minor,
                currency=more.currency,
                reason=why,
                raised_by=viewer.name,
                raiser_id=viewer.account_id,
                raised_at=now,
            )
            await gestures.add_raise(connection, kept)
        log.info("budget_raised", client=client_id)
        return kept

    async def _summary(self, viewer: Viewer, conversation_id: str) -> Summary:
        async with self._database.read() as connection:
            return await summary_for(connection, viewer, conversation_id, Right.WORK)

    async def _overview(self, connection: AsyncConnection, client_id: str, salvage: Salvage) -> Month:
        month, currency = await month_of(connection, client_id, self._clock()), salvage.team.currency
        agents = await _agents(connection, client_id)
        return Month(
            client_id=client_id,
            month=month,
            currency=currency,
            team=await budget_of(connection, client_id, month, salvage, None),
            agents=tuple(
                [
                    (name, account_id, await budget_of(connection, client_id, month, salvage, account_id))
                    for account_id, name in agents.items()
                ]
            ),
            given=tuple(await gestures.list_month(connection, client_id, month, currency)),
            raises=tuple(await gestures.list_raises(connection, client_id, month, currency)),
        )


async def _agents(connection: AsyncConnection, client_id: str) -> dict[str, str]:
    """Names of those who work for the client, by account."""
    roles = await accounts.list_roles(connection)
    everyone = await accounts.list_all(connection)
    return {
        each.id: each.name
        for each in everyone
        if each.active and roles.get(each.id, {}).get(client_id) in GRANTS[Right.WORK].roles
    }


def _gesture(salvage: Salvage | None, kind: GestureKind) -> Gesture:
    for gesture in salvage.gestures if salvage else ():
        if gesture.kind is kind:
            return gesture
    raise ConflictError("The client has no such gesture any more.", hint="Look at the desk again.")


def _amount(gesture: Gesture, given: str) -> Money:
    amount = _read(gesture.costs.currency, given)
    if amount > gesture.highest:
        raise InputError(
            f"This may cost {gesture.highest.words} at most.", hint="Offer less, or ask a supervisor."
        )
    return amount


def _read(currency: str, given: str) -> Money:
    try:
        amount = Money.read(f"{currency} {given.strip().replace(',', '.')}")
    except ValueError as error:
        raise InputError("That is no amount.", hint=f"Write it as {Money(currency, 1250).words}.") from error
    if amount.minor == 0:
        raise InputError("Nothing is no amount.")
    return amount
