"""Searching over HTTP: full text with filters. Thin: it calls one use case."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import AfterValidator, AwareDatetime, TypeAdapter

from coolhead.casework.finding import LONGEST_QUESTION
from coolhead.channels.api import examples
from coolhead.channels.api.access import CurrentSearch, Program
from coolhead.channels.api.conversations import FOUND, ClientId, reply
from coolhead.channels.api.examples import answered
from coolhead.channels.api.problems import documented
from coolhead.channels.api.shapes import in_this_age
from coolhead.codebook import Heat, Issue, Resolved
from coolhead.services.conversations.search import Ask, Results

RESULTS = TypeAdapter(Results)
Moment = Annotated[AwareDatetime, AfterValidator(in_this_age)]

router = APIRouter(tags=["search"])


@router.get(
    "/search",
    response_model=Results,
    responses={**documented(*FOUND), **answered(200, examples.RESULTS, "A page of what was found.")},
    summary="Search conversations",
)
async def search_conversations(
    search: CurrentSearch,
    program: Program,
    q: Annotated[
        str,
        Query(
            max_length=LONGEST_QUESTION,
            description='Words that must all stand in the conversation; `"side by side"`, `begin*`. '
            "Left out, the filters alone decide.",
        ),
    ] = "",
    client: ClientId = None,
    since: Annotated[Moment | None, Query(description="Only those opened then or later.")] = None,
    until: Annotated[Moment | None, Query(description="Only those opened before then.")] = None,
    issue: Annotated[Issue | None, Query(description="Only about this: as confirmed or read.")] = None,
    outcome: Annotated[
        Resolved | None, Query(description="Only with this outcome, as confirmed or else as read.")
    ] = None,
    heat: Annotated[Heat | None, Query(description="Only where the customer was at least so hot.")] = None,
    limit: Annotated[int, Query(ge=1, le=100, description="How many at most.")] = 20,
    offset: Annotated[int, Query(ge=0, le=100_000, description="How many to leave out.")] = 0,
) -> Response:
    """Over masked words, notes, names and references; the best first; needs `conversations:read`."""
    ask = Ask(
        question=q,
        client_id=client,
        since=since,
        until=until,
        issue=issue,
        outcome=outcome,
        heat=heat,
    )
    return reply(RESULTS, await search.find(program, ask, limit=limit, offset=offset))
