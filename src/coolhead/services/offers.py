"""Offers and gestures: what the customer is offered, what they answer, and what a month may cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import uuid4

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from coolhead.casework.offers import Answer, Budget, Choice, choice_of
from coolhead.errors import ConflictError, InputError, NotFoundError
from coolhead.guidance.money import Money
from coolhead.guidance.solutions import Gesture, GestureKind, Grant, Salvage
from coolhead.services import happenings
from coolhead.services.access import GRANTS, Right, Viewer
from coolhead.services.desk import written
from coolhead.services.feed import Feed
from coolhead.services.guides import Guides
from coolhead.services.live import Clock, summary_for
from coolhead.storage import accounts, clients, events, gestures, offers
from coolhead.storage.conversations import Summary
from coolhead.storage.database import Database
from coolhead.storage.events import NewEvent
from coolhead.storage.gestures import KeptGesture, Raise, State
from coolhead.storage.offers import Offer

log = structlog.get_logger()

BECOMES = {Answer.OPEN: State.RESERVED, Answer.ACCEPTED: State.SPENT, Answer.REFUSED: State.RELEASED}


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


class Offers:
    """The use cases around what customers are offered; people only."""

    def __init__(self, database: Database, guides: Guides, feed: Feed, clock: Clock) -> None:
        self._database = database
        self._guides = guides
        self._feed = feed
        self._clock = clock

    async def offer(self, viewer: Viewer, conversation_id: str, problem: str, picks: Sequence[int]) -> Offer:
        """Logs that some remedies of the client's row on that problem are offered.

        Args:
            viewer: who offers.
            conversation_id: to whom.
            problem: names the row.
            picks: which of its remedies, from 0: the solution, then the alternatives.

        Raises:
            NotFoundError: there is no such conversation, or the viewer may not know of it.
            ForbiddenError: the viewer lacks the right.
            ConflictError: the client's table has no such row or remedy any more.
        """
        summary = await self._summary(viewer, conversation_id)
        rows = (await self._guides.of(summary.client_id)).solutions.rows
        remedies = next((row.remedies for row in rows if row.problem == problem), ())
        chosen = sorted(set(picks))
        if not chosen or not 0 <= chosen[0] <= chosen[-1] < len(remedies):
            raise ConflictError("The client's solutions have changed.", hint="Look at the desk again.")
        choices = tuple(choice_of(remedies[at]) for at in chosen)
        async with self._database.write() as connection:
            summary = await summary_for(connection, viewer, conversation_id, Right.WORK)
            offer = await self._keep(connection, viewer, summary, choices, self._clock())
        self._feed.ring()
        return offer

    async def answer(
        self, viewer: Viewer, conversation_id: str, offer_id: str, answer: Answer, chosen: int | None = None
    ) -> Offer:
        """Keeps what the customer answered; it may be put right later. A gesture's money follows.

        Raises:
            NotFoundError: there is no such conversation or offer, or the viewer may not know of it.
            ForbiddenError: the viewer lacks the right.
            InputError: something was accepted, but not which.
            ConflictError: what was released before is no longer in the budget.
        """
        summary = await self._summary(viewer, conversation_id)
        salvage = (await self._guides.of(summary.client_id)).solutions.salvage
        now = self._clock()
        async with self._database.write() as connection:
            summary = await summary_for(connection, viewer, conversation_id, Right.WORK, for_change=True)
            offer = await offers.find(connection, conversation_id, offer_id)
            if offer is None:
                raise NotFoundError("There is no such offer.", hint="Look at the desk again.")
            if answer is Answer.ACCEPTED and (chosen is None or not 0 <= chosen < len(offer.choices)):
                raise InputError("It is not said which of them was accepted.", hint="Choose one.")
            if offer.gesture_id:
                await self._settle(connection, salvage, offer.gesture_id, BECOMES[answer], now)
            answered = replace(
                offer,
                answer=answer,
                chosen=chosen if answer is Answer.ACCEPTED else None,
                answered_by="" if answer is Answer.OPEN else viewer.name,
                answered_at=None if answer is Answer.OPEN else now,
            )
            await offers.change(connection, answered)
            await self._tell(connection, summary, happenings.offer_answered(answered), now)
        self._feed.ring()
        return answered

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
            month = await self._month(connection, summary.client_id)
            return Purse(
                salvage=salvage,
                own=await _budget(connection, summary.client_id, month, salvage, viewer.id),
                team=await _budget(connection, summary.client_id, month, salvage, None),
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
            summary = await summary_for(connection, viewer, conversation_id, Right.WORK)
            month = await self._month(connection, summary.client_id)
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
            await _reserve(connection, salvage, kept)
            await gestures.add(connection, kept)
            said = gesture.say.replace("[amount]", cost.words)
            choice = Choice(what=f"{gesture.what}, {cost.words}", say=said, grant=Grant.AGENT)
            offer = await self._keep(connection, viewer, summary, (choice,), now, gesture_id=kept.id)
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
        async with self._database.write() as connection:
            if account_id is not None and account_id not in await _agents(connection, client_id):
                raise NotFoundError("There is no such agent.", hint="Choose someone from the list.")
            month = await self._month(connection, client_id)
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
                raised_at=self._clock(),
            )
            await gestures.add_raise(connection, kept)
        log.info("budget_raised", client=client_id)
        return kept

    async def _summary(self, viewer: Viewer, conversation_id: str) -> Summary:
        async with self._database.read() as connection:
            return await summary_for(connection, viewer, conversation_id, Right.WORK)

    async def _month(self, connection: AsyncConnection, client_id: str) -> str:
        hours = await clients.hours_of(connection, client_id)
        return f"{hours.local(self._clock()):%Y-%m}"

    async def _keep(
        self,
        connection: AsyncConnection,
        viewer: Viewer,
        summary: Summary,
        choices: tuple[Choice, ...],
        now: datetime,
        *,
        gesture_id: str | None = None,
    ) -> Offer:
        offer = Offer(
            id=uuid4().hex,
            conversation_id=summary.id,
            gesture_id=gesture_id,
            turns_before=summary.turns,
            choices=choices,
            answer=Answer.OPEN,
            chosen=None,
            offered_by=viewer.name,
            account_id=viewer.account_id,
            offered_at=now,
        )
        await offers.add(connection, offer)
        await self._tell(connection, summary, happenings.offer_made(offer), now)
        return offer

    async def _settle(
        self,
        connection: AsyncConnection,
        salvage: Salvage | None,
        gesture_id: str,
        state: State,
        now: datetime,
    ) -> None:
        kept = await gestures.find(connection, gesture_id)
        if kept is None or kept.state is state:
            return
        if kept.state is State.RELEASED:
            await _reserve(connection, salvage, kept)
        await gestures.settle(connection, gesture_id, state, now)

    async def _overview(self, connection: AsyncConnection, client_id: str, salvage: Salvage) -> Month:
        month, currency = await self._month(connection, client_id), salvage.team.currency
        agents = await _agents(connection, client_id)
        return Month(
            client_id=client_id,
            month=month,
            currency=currency,
            team=await _budget(connection, client_id, month, salvage, None),
            agents=tuple(
                [
                    (name, account_id, await _budget(connection, client_id, month, salvage, account_id))
                    for account_id, name in agents.items()
                ]
            ),
            given=tuple(await gestures.list_month(connection, client_id, month, currency)),
            raises=tuple(await gestures.list_raises(connection, client_id, month, currency)),
        )

    async def _tell(
        self, connection: AsyncConnection, summary: Summary, event: NewEvent, now: datetime
    ) -> None:
        await events.add(connection, summary.id, summary.client_id, [event], now)


async def _reserve(connection: AsyncConnection, salvage: Salvage | None, kept: KeptGesture) -> None:
    """Passes when both budgets hold the gesture; nobody else spends from them until the transaction ends.

    Raises:
        ConflictError: one of them does not hold it.
    """
    if salvage is None or salvage.team.currency != kept.currency:
        raise ConflictError("The client has no such gesture any more.", hint="Look at the desk again.")
    await gestures.lock_month(connection, kept.client_id, kept.month)
    for account_id, whose in ((kept.account_id, "Your"), (None, "The team's")):
        budget = await _budget(connection, kept.client_id, kept.month, salvage, account_id)
        if not budget.allows(kept.amount):
            left = Money(kept.currency, budget.left).words
            raise ConflictError(
                f"{whose} budget for this month holds {left} only.",
                hint="Offer less, or ask a supervisor to raise it.",
            )


async def _budget(
    connection: AsyncConnection, client_id: str, month: str, salvage: Salvage, account_id: str | None
) -> Budget:
    base = salvage.team if account_id is None else salvage.agent
    cost = await gestures.held(connection, client_id, month, base.currency, account_id)
    raises = await gestures.list_raises(connection, client_id, month, base.currency)
    return Budget(
        limit=base.minor + sum(each.amount for each in raises if each.account_id == account_id),
        reserved=cost.get(State.RESERVED, 0),
        spent=cost.get(State.SPENT, 0),
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
