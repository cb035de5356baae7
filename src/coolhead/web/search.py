"""Searching on screen: one box, a few filters, and where in each conversation it stands."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime, time, timedelta
from enum import Enum
from typing import Annotated, TypeVar
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from coolhead.casework.finding import LONGEST_QUESTION
from coolhead.codebook import Heat, Issue, Resolved
from coolhead.picture.note import RESULTS
from coolhead.picture.topic import PLAIN
from coolhead.services.conversations.search import Ask
from coolhead.web.needs import Here
from coolhead.web.pages import page
from coolhead.web.security import Person

router = APIRouter()
PAGE = 20
Chosen = TypeVar("Chosen", bound=Enum)


@router.get("/search")
async def search(
    request: Request,
    here: Here,
    person: Person,
    q: Annotated[str, Query(max_length=LONGEST_QUESTION)] = "",
    client: str = "",
    since: str = "",
    until: str = "",
    issue: str = "",
    outcome: str = "",
    heat: str = "",
    offset: int = 0,
) -> Response:
    """Conversations of one's clients by what was said and noted; a filter that is none is left out."""
    ask = Ask(
        question=q,
        client_id=client or None,
        since=_midnight(since),
        until=_midnight(until, days=1),
        issue=_one_of(Issue, issue),
        outcome=_one_of(Resolved, outcome),
        heat=_one_of(Heat, int(heat) if heat.isdecimal() else heat),
    )
    offset = max(0, offset)
    given = {
        "q": q,
        "client": client,
        "since": since,
        "until": until,
        "issue": issue,
        "outcome": outcome,
        "heat": heat,
    }
    filled = {name: value for name, value in given.items() if value}
    results = await here.search.find(person, ask, limit=PAGE, offset=offset) if filled else None
    more = bool(results and offset + PAGE < results.total)
    return page(
        request,
        person,
        "search.html",
        given=given,
        narrowed=bool(filled.keys() - {"q"}),
        results=results,
        more=f"/search?{urlencode(filled | {'offset': str(offset + PAGE)})}" if more else "",
        clients=await here.accounts.list_clients(person),
        issues=PLAIN,
        outcomes=RESULTS,
        levels=list(Heat)[1:],
    )


def _one_of(words: type[Chosen], given: object) -> Chosen | None:
    with suppress(ValueError):
        return words(given)
    return None


def _midnight(given: str, *, days: int = 0) -> datetime | None:
    """The beginning of a day (or of one so many days later) on this machine's clock; None for no day."""
    with suppress(ValueError, OverflowError):
        return datetime.combine(date.fromisoformat(given) + timedelta(days=days), time.min).astimezone()
    return None
