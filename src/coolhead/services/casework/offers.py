"""Offers: what the customer is offered, in which words, and what they answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import uuid4

from sqlalchemy.ext.asyncio import AsyncConnection

from coolhead.casework.offers import Answer, Choice, choice_of
from coolhead.errors import ConflictError, InputError, NotFoundError
from coolhead.services.access import Right, Viewer
from coolhead.services.casework import budgets
from coolhead.services.clock import Clock
from coolhead.services.conversations.live import summary_for
from coolhead.services.documents.guides import Guides
from coolhead.services.events import happenings
from coolhead.services.events.feed import Feed
from coolhead.storage import events, offers
from coolhead.storage.conversations import Summary
from coolhead.storage.database import Database
from coolhead.storage.gestures import State
from coolhead.storage.offers import Offer

BECOMES = {Answer.OPEN: State.RESERVED, Answer.ACCEPTED: State.SPENT, Answer.REFUSED: State.RELEASED}
"""What an answer makes of the money of a gesture."""


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
        async with self._database.read() as connection:
            summary = await summary_for(connection, viewer, conversation_id, Right.WORK)
        rows = (await self._guides.of(summary.client_id)).solutions.rows
        remedies = next((row.remedies for row in rows if row.problem == problem), ())
        chosen = sorted(set(picks))
        if not chosen or not 0 <= chosen[0] <= chosen[-1] < len(remedies):
            raise ConflictError("The client's solutions have changed.", hint="Look at the desk again.")
        choices = tuple(choice_of(remedies[at]) for at in chosen)
        async with self._database.write() as connection:
            summary = await summary_for(connection, viewer, conversation_id, Right.WORK)
            offer = await keep_offer(connection, viewer, summary, choices, self._clock())
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
        async with self._database.read() as connection:
            summary = await summary_for(connection, viewer, conversation_id, Right.WORK)
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
                await budgets.settle(connection, salvage, offer.gesture_id, BECOMES[answer], now)
            answered = replace(
                offer,
                answer=answer,
                chosen=chosen if answer is Answer.ACCEPTED else None,
                answered_by="" if answer is Answer.OPEN else viewer.name,
                answered_at=None if answer is Answer.OPEN else now,
            )
            await offers.change(connection, answered)
            told = happenings.offer_answered(answered)
            await events.add(connection, summary.id, summary.client_id, [told], now)
        self._feed.ring()
        return answered


async def keep_offer(
    connection: AsyncConnection,
    viewer: Viewer,
    summary: Summary,
    choices: tuple[Choice, ...],
    now: datetime,
    *,
    gesture_id: str | None = None,
) -> Offer:
    """Keeps that the viewer offers these choices, and tells it."""
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
    told = happenings.offer_made(offer)
    await events.add(connection, summary.id, summary.client_id, [told], now)
    return offer
