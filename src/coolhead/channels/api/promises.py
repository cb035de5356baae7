"""The promise ledger over HTTP: list, read, add, move. Thin: each calls one use case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, timedelta
from http import HTTPStatus
from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Response
from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, TypeAdapter

from coolhead.casework.promises import (
    LONGEST_REASON,
    LONGEST_WHAT,
    LONGEST_WORDS,
    Entry,
    Move,
    Moved,
    Standing,
    State,
    Terms,
)
from coolhead.channels.api import examples
from coolhead.channels.api.access import CurrentPromises, Program
from coolhead.channels.api.conversations import FOUND, WRITTEN, ClientId, ConversationId, reply
from coolhead.channels.api.examples import answered
from coolhead.channels.api.problems import documented
from coolhead.channels.api.shapes import in_this_age
from coolhead.codebook import Promiser
from coolhead.services.casework.ledger import Asked, Line, Show
from coolhead.services.casework.promises import Wanted

PromiseId = Annotated[str, Path(alias="promise", description="The promise's id.", pattern=r"^[0-9a-f]{32}$")]
Words = Annotated[str, Field(max_length=LONGEST_WORDS)]


class PromiseIn(BaseModel):
    """A promise to enter; it is open at once."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"what": "call back", "who": "agent", "when": "within 2 business days"}]
        },
    )

    id: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")] | None = Field(
        default=None,
        description="32 hexadecimal digits of your choice; sending the same id again changes nothing.",
    )
    what: Annotated[str, Field(min_length=1, max_length=LONGEST_WHAT)] = Field(
        description="What will be done, as a verb phrase."
    )
    who: Promiser = Field(default=Promiser.AGENT, description="Who is to keep it.")
    when: Words = Field(
        default="", description="Words that say by when; read by the client's hours and time zone."
    )
    due: Annotated[AwareDatetime, AfterValidator(in_this_age)] | None = Field(
        default=None, description="The exact moment, which counts before the words; null for none."
    )


class MoveIn(BaseModel):
    """What is to be done with a promise."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"move": "keep", "version": 2, "reason": "Called at 16:40."}]},
    )

    move: Literal[Move.ACCEPT, Move.REJECT, Move.KEEP, Move.BREAK, Move.RELEASE, Move.REOPEN] = Field(
        description="`break`, `release` and `reopen` need a reason."
    )
    version: Annotated[int, Field(strict=True, ge=1, le=2**31 - 1)] = Field(
        description="The version of the promise that this builds on; another one is refused with 409."
    )
    reason: Annotated[str, Field(max_length=LONGEST_REASON)] = Field(default="", description="Why, in words.")


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseOut:
    """A promise in a list.

    Attributes:
        customer: the customer's name; empty when not known.
        standing: what the clock makes of it now; it says something of open promises only.
        time_zone: the client's, in which it falls due.
    """

    promise: Entry
    customer: str
    standing: Standing
    time_zone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerOut:
    """A page of the ledger, and how many promises it would hold in all."""

    promises: list[PromiseOut]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryOut:
    """A promise with every change of it, oldest first."""

    promise: Entry
    moves: list[Moved]


ENTRY = TypeAdapter(Entry)
LEDGER = TypeAdapter(LedgerOut)
HISTORY = TypeAdapter(HistoryOut)
EXAMPLE = Entry(
    id="9b1c7c0e5a4f4a0f8f8e9d3c2b1a0f9e",
    client_id="northline",
    conversation_id=examples.SUMMARY.id,
    turn_id="12",
    start=0,
    end=34,
    said_at=examples.AT,
    terms=Terms(
        what="send a technician",
        who=Promiser.COMPANY,
        when="within 2 business days",
        due=(examples.AT + timedelta(days=2)).replace(hour=18, minute=0, second=0).astimezone(UTC),
    ),
    state=State.OPEN,
    owner_id=None,
    owner="Mara",
    by_hand=True,
    version=2,
    moved_at=examples.AT,
)
EXAMPLE_MOVE = Moved(
    promise_id=EXAMPLE.id,
    version=2,
    at=examples.AT,
    move=Move.ACCEPT,
    account_id=None,
    by="Mara",
    before=State.PROPOSED,
    after=State.OPEN,
)
EXAMPLE_LEDGER = LedgerOut(
    promises=[
        PromiseOut(
            promise=EXAMPLE, customer="Daniel Okafor", standing=Standing.AHEAD, time_zone="Europe/London"
        )
    ],
    total=1,
)

router = APIRouter(tags=["promises"])


@router.get(
    "/promises",
    response_model=LedgerOut,
    responses={**documented(*FOUND), **answered(200, EXAMPLE_LEDGER, "A page of the ledger.")},
    summary="List promises",
)
async def list_promises(
    promises: CurrentPromises,
    program: Program,
    client: ClientId = None,
    show: Annotated[
        Show,
        Query(description="`today` and `overdue` hold open promises only; `settled` those that are over."),
    ] = Show.ALL,
    conversation: Annotated[
        str | None, Query(description="Only of this conversation.", pattern=r"^[0-9a-f]{32}$")
    ] = None,
    limit: Annotated[int, Query(ge=1, le=200, description="How many at most.")] = 50,
    offset: Annotated[int, Query(ge=0, le=100_000, description="How many to leave out.")] = 0,
) -> Response:
    """The soonest due first, those without a time last; needs the scope `conversations:read`."""
    asked = Asked(show=show, client_id=client, conversation_id=conversation)
    ledger = await promises.list_page(program, asked, limit=limit, offset=offset)
    return reply(LEDGER, LedgerOut(promises=[_out(line) for line in ledger.lines], total=ledger.total))


@router.get(
    "/promises/{promise}",
    response_model=HistoryOut,
    responses={
        **documented(*FOUND),
        **answered(200, HistoryOut(promise=EXAMPLE, moves=[EXAMPLE_MOVE]), "The promise and its changes."),
    },
    summary="Read a promise",
)
async def read_promise(promises: CurrentPromises, program: Program, promise: PromiseId) -> Response:
    """With who moved it, when and why; needs the scope `conversations:read`."""
    entry, moves = await promises.read(program, promise)
    return reply(HISTORY, HistoryOut(promise=entry, moves=moves))


@router.post(
    "/conversations/{conversation}/promises",
    status_code=HTTPStatus.CREATED,
    response_model=Entry,
    responses={**documented(*WRITTEN), **answered(201, EXAMPLE, "The promise, also when its id was known.")},
    summary="Add a promise",
)
async def add_promise(
    promises: CurrentPromises, program: Program, conversation: ConversationId, given: PromiseIn
) -> Response:
    """Also in conversations that have ended; needs the scope `conversations:write`."""
    wanted = Wanted(what=given.what, who=given.who, when=given.when, due=given.due)
    entry = await promises.add(program, conversation, wanted, given.id)
    return reply(ENTRY, entry, HTTPStatus.CREATED)


@router.post(
    "/promises/{promise}/moves",
    response_model=Entry,
    responses={**documented(*WRITTEN), **answered(200, EXAMPLE, "The promise after the move.")},
    summary="Move a promise",
)
async def move_promise(
    promises: CurrentPromises, program: Program, promise: PromiseId, given: MoveIn
) -> Response:
    """The same move on the same version sent again changes nothing; needs `conversations:write`."""
    return reply(ENTRY, await promises.move(program, promise, given.version, given.move, given.reason))


def _out(line: Line) -> PromiseOut:
    return PromiseOut(
        promise=line.entry,
        customer=line.customer,
        standing=line.standing,
        time_zone=line.client.hours.time_zone,
    )
