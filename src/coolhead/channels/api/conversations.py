"""Conversations over HTTP: open, add turns, read, end, list. Thin: each calls one use case."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, TypeVar

from fastapi import APIRouter, Path, Query, Response
from pydantic import TypeAdapter

from coolhead.channels.api import examples
from coolhead.channels.api.access import CurrentAudit, CurrentLive, Program
from coolhead.channels.api.examples import answered
from coolhead.channels.api.problems import documented
from coolhead.channels.api.shapes import (
    ConversationIn,
    ConversationOut,
    TurnIn,
    TurnsIn,
    TurnsOut,
    conversation_out,
)
from coolhead.services.conversations.live import Opening, Page
from coolhead.storage.conversations import Status, Summary
from coolhead.storage.moments import KeptMoment

T = TypeVar("T")

SUMMARY = TypeAdapter(Summary)
MOMENT = TypeAdapter(KeptMoment)
TURNS = TypeAdapter(TurnsOut)
CONVERSATION = TypeAdapter(ConversationOut)
PAGE = TypeAdapter(Page)

ConversationId = Annotated[
    str, Path(alias="conversation", description="The conversation's id.", pattern=r"^[0-9a-f]{32}$")
]
ClientId = Annotated[
    str | None, Query(alias="client", description="Only of this client.", pattern=r"^[a-z0-9-]{1,64}$")
]

ALWAYS = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.UNPROCESSABLE_ENTITY)
FOUND = (*ALWAYS, HTTPStatus.NOT_FOUND)
WRITTEN = (*FOUND, HTTPStatus.BAD_REQUEST, HTTPStatus.CONFLICT, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)

router = APIRouter(tags=["conversations"])


def reply(kind: TypeAdapter[T], value: T, status: HTTPStatus = HTTPStatus.OK) -> Response:
    """The value as JSON, written once without validating it again."""
    return Response(kind.dump_json(value), status, media_type="application/json")


@router.post(
    "/conversations",
    status_code=HTTPStatus.CREATED,
    response_model=Summary,
    responses={
        **documented(*WRITTEN),
        **answered(201, examples.SUMMARY, "The new conversation."),
        **answered(200, examples.SUMMARY, "Its reference was known: the conversation as it is."),
    },
    summary="Open a conversation",
)
async def open_conversation(live: CurrentLive, program: Program, given: ConversationIn) -> Response:
    """Opens a conversation of the key's client; needs the scope `conversations:write`."""
    opening = Opening(
        client_id=program.only_client,
        channel=given.channel,
        customer=given.customer,
        customer_key=given.customer_key,
        agent=given.agent,
        reference=given.reference,
        started_at=given.started_at,
    )
    summary, is_new = await live.open(program, opening)
    return reply(SUMMARY, summary, HTTPStatus.CREATED if is_new else HTTPStatus.OK)


@router.get(
    "/conversations",
    response_model=Page,
    responses={**documented(*FOUND), **answered(200, examples.PAGE, "A page of the list.")},
    summary="List conversations by heat",
)
async def list_conversations(
    live: CurrentLive,
    program: Program,
    client: ClientId = None,
    status: Annotated[Status | None, Query(description="Only live, or only ended ones.")] = None,
    limit: Annotated[int, Query(ge=1, le=200, description="How many at most.")] = 50,
    offset: Annotated[int, Query(ge=0, le=100_000, description="How many to leave out.")] = 0,
) -> Response:
    """The hottest first, then the latest active; needs the scope `conversations:read`."""
    page = await live.list_by_heat(program, client_id=client, status=status, limit=limit, offset=offset)
    return reply(PAGE, page)


@router.get(
    "/conversations/{conversation}",
    response_model=ConversationOut,
    responses={**documented(*FOUND), **answered(200, examples.WHOLE, "The conversation.")},
    summary="Read a conversation",
)
async def read_conversation(
    live: CurrentLive, audit: CurrentAudit, program: Program, conversation: ConversationId
) -> Response:
    """Its turns with their readings, its picture, card, alerts and note; needs `conversations:read`."""
    whole = await live.read(program, conversation)
    await audit.looked_at(program, whole.summary)
    return reply(CONVERSATION, conversation_out(whole))


@router.post(
    "/conversations/{conversation}/turns",
    status_code=HTTPStatus.CREATED,
    response_model=KeptMoment,
    responses={
        **documented(*WRITTEN),
        **answered(201, examples.MOMENT, "The turn, what it shows, and the advice that follows."),
        **answered(200, examples.MOMENT, "The turn's id was known: its moment as it is."),
    },
    summary="Add a turn",
)
async def add_turn(
    live: CurrentLive, program: Program, conversation: ConversationId, turn: TurnIn
) -> Response:
    """Gives the turn masked, what it shows, and the advice that follows; needs `conversations:write`."""
    ((moment, is_new),) = await live.add_turns(program, conversation, [turn.said()])
    return reply(MOMENT, moment, HTTPStatus.CREATED if is_new else HTTPStatus.OK)


@router.post(
    "/conversations/{conversation}/turns/batch",
    response_model=TurnsOut,
    responses={**documented(*WRITTEN), **answered(200, examples.TURNS, "The moments of the turns.")},
    summary="Add several turns",
)
async def add_turns(
    live: CurrentLive, program: Program, conversation: ConversationId, given: TurnsIn
) -> Response:
    """All in one transaction; turns whose ids are known are left as they are; needs `conversations:write`."""
    heard = await live.add_turns(program, conversation, [turn.said() for turn in given.turns])
    return reply(TURNS, TurnsOut(turns=[moment for moment, _ in heard]))


@router.post(
    "/conversations/{conversation}/end",
    response_model=Summary,
    responses={**documented(*WRITTEN), **answered(200, examples.SUMMARY, "The ended conversation.")},
    summary="End a conversation",
)
async def end_conversation(live: CurrentLive, program: Program, conversation: ConversationId) -> Response:
    """Ending it again changes nothing; needs `conversations:write`."""
    return reply(SUMMARY, await live.end(program, conversation))
