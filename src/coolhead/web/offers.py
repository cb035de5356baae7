"""Offers on screen: remedies put to the customer in one click, their answers, gestures and budgets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from coolhead.casework.offers import Answer, Choice, Seen, authority, choice_of, in_words, seen_in
from coolhead.guidance.money import Money
from coolhead.guidance.solutions import Gesture, GestureKind, Grant, Solution, fitting
from coolhead.services.casework.gestures import Month, Purse
from coolhead.services.conversations.whole import Whole
from coolhead.services.documents.guides import Guide
from coolhead.storage.offers import Offer
from coolhead.web.needs import Here
from coolhead.web.pages import page, part
from coolhead.web.security import Person

router = APIRouter()
Text = Annotated[str, Form()]
ROWS_SHOWN = 3
PAIR = 2
"""Remedies that are put to the customer as a choice unless the agent picks: more than two are too many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One remedy of a row: where it stands there, and how it is offered alone."""

    at: int
    choice: Choice
    authority: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of the client's solutions that fits; `words` offers the choice of the first two."""

    row: Solution
    ways: tuple[Way, ...]
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """An offer that was made; `seen` is the answer that the turns make clear while nobody has told it."""

    offer: Offer
    seen: Seen | None


def offers_of(whole: Whole, guide: Guide, *, watching: bool) -> dict[str, Any]:
    """What `_offers.html` needs."""
    rows = fitting(guide.solutions, whole.picture, most=ROWS_SHOWN)
    return {
        "rows": [_row(row, mine=not watching) for row in rows],
        "made": [_made(offer, whole) for offer in whole.offers],
        "gestures": guide.solutions.salvage is not None,
        "grant": Grant,
    }


@router.post("/desk/{conversation_id}/offers")
async def offer(
    here: Here,
    person: Person,
    conversation_id: str,
    problem: Text,
    picks: Annotated[str, Form(pattern=r"^\d(,\d)*$")],
) -> Response:
    """Logs what is offered (`picks` as in "0,1"); the words are in the answer box already."""
    await here.offers.offer(person, conversation_id, problem, [int(each) for each in picks.split(",")])
    return Response(status_code=204)


@router.post("/desk/{conversation_id}/offers/{offer_id}")
async def answer_offer(
    here: Here,
    person: Person,
    conversation_id: str,
    offer_id: str,
    answer: Annotated[Answer, Form()],
    chosen: Annotated[int | None, Form()] = None,
) -> Response:
    """Keeps what the customer answered."""
    await here.offers.answer(person, conversation_id, offer_id, answer, chosen)
    return Response(status_code=204)


@router.get("/desk/{conversation_id}/gesture")
async def begin_gesture(here: Here, person: Person, conversation_id: str) -> Response:
    """A form to make up for something, with what is left to spend."""
    purse = await here.gestures.purse(person, conversation_id)
    if purse is None:
        return HTMLResponse("")
    return part("_gesture.html", conversation_id=conversation_id, purse=purse, **_purse_words(purse))


@router.post("/desk/{conversation_id}/gestures")
async def give(
    here: Here,
    person: Person,
    conversation_id: str,
    kind: Annotated[GestureKind, Form()],
    amount: Text = "",
) -> Response:
    """Reserves a gesture and puts the words for it into the answer box."""
    made = await here.gestures.give(person, conversation_id, kind, amount)
    return part("_given.html", words=f"To make up for this, I would like to {made.choices[0].say}.")


@router.get("/gestures")
async def months(request: Request, here: Here, person: Person) -> Response:
    """What gestures cost this month, by client and agent."""
    found = await here.gestures.months(person)
    names = {each.id: each.name for each in await here.accounts.list_clients(person)}
    return page(request, person, "gestures.html", months=found, names=names, money=_words_of, called=_called)


@router.post("/gestures/{client_id}/raise")
async def raise_budget(
    here: Here,
    person: Person,
    client_id: str,
    amount: Text = "",
    reason: Text = "",
    account_id: Text = "",
) -> Response:
    """Gives an agent, or the team for none, more to spend this month."""
    await here.gestures.raise_budget(person, client_id, account_id or None, amount, reason)
    return RedirectResponse(f"/gestures#client-{client_id}", status_code=303)


def _row(row: Solution, *, mine: bool) -> Row:
    ways = tuple(
        Way(
            at=at,
            choice=choice_of(remedy),
            authority=authority(remedy, mine=mine),
            words=in_words([choice_of(remedy)]),
        )
        for at, remedy in enumerate(row.remedies)
    )
    return Row(row=row, ways=ways, words=in_words([way.choice for way in ways[:PAIR]]))


def _made(offer: Offer, whole: Whole) -> Made:
    if offer.answer is not Answer.OPEN:
        return Made(offer=offer, seen=None)
    after = [(moment.turn, moment.reading) for moment in whole.moments[offer.turns_before :]]
    return Made(offer=offer, seen=seen_in(offer.choices, after))


def _purse_words(purse: Purse) -> dict[str, Any]:
    currency = purse.left.currency
    return {
        "left": purse.left.words,
        "own": Money(currency, purse.own.limit).words,
        "team_left": Money(currency, purse.team.left).words,
        "usual": _usual,
    }


def _usual(gesture: Gesture) -> str:
    """What it usually costs, as it is written without the currency."""
    return str(gesture.costs).partition(" ")[2]


def _called(month: Month) -> str:
    """The month as people read it: "March 2026"."""
    return f"{date.fromisoformat(f'{month.month}-01'):%B %Y}"


def _words_of(month: Month, minor: int) -> str:
    return Money(month.currency, minor).words
