"""Server-sent events: a snapshot or what was missed, then what happens, with a sign of life between."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Annotated, Any

from fastapi import APIRouter, Header

from coolhead.channels.api.access import Asking, CurrentAudit, CurrentLive, Program
from coolhead.channels.api.conversations import (
    CONVERSATION,
    FOUND,
    PAGE,
    ClientId,
    ConversationId,
)
from coolhead.channels.api.problems import documented
from coolhead.channels.api.shapes import conversation_out
from coolhead.channels.sse import EventStream
from coolhead.services.events.feed import Snapshot, Told, while_same
from coolhead.services.events.hub import Pause
from coolhead.storage.conversations import Status
from coolhead.storage.events import EventKind

SNAPSHOT_SIZE = 200

LastEventId = Annotated[
    int | None,
    Header(
        alias="Last-Event-ID",
        ge=0,
        le=2**63 - 1,
        description="Id of the last event seen: what came after it is sent first. Without it a snapshot is.",
    ),
]
STREAM: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "Events until the stream ends, after about ten minutes: come back with the last id.",
        "content": {
            EventStream.media_type: {
                "schema": {
                    "type": "object",
                    "description": "One event; its data is JSON, described in the API reference.",
                    "properties": {
                        "id": {"type": "string", "pattern": "^[0-9]+$"},
                        "event": {"enum": ["snapshot", "resync", *(kind.value for kind in EventKind)]},
                        "data": {"type": "string", "contentMediaType": "application/json"},
                    },
                    "required": ["event", "data"],
                },
                "example": 'id: 4711\nevent: turn_heard\ndata: {"conversation": {}, "moment": {}}\n\n',
            }
        },
    },
    **documented(*FOUND),
}

router = APIRouter(tags=["events"])


@router.get(
    "/conversations/{conversation}/events",
    response_class=EventStream,
    status_code=200,
    responses=STREAM,
    summary="Follow a conversation",
)
async def follow_conversation(
    live: CurrentLive,
    audit: CurrentAudit,
    program: Program,
    ask: Asking,
    conversation: ConversationId,
    last_event_id: LastEventId = None,
) -> EventStream:
    """The snapshot's data is the conversation as it is read; needs `conversations:read`."""

    async def snapshot() -> str:
        whole = await live.read(program, conversation)
        return CONVERSATION.dump_json(conversation_out(whole)).decode()

    happening = await live.follow(program, conversation, last_event_id)
    await audit.looked_at(program, (await live.read_stand(program, conversation)).summary)
    return EventStream(written(while_same(happening, program, ask), snapshot))


@router.get(
    "/events",
    response_class=EventStream,
    status_code=200,
    responses=STREAM,
    summary="Follow all conversations of a client",
)
async def follow_client(
    live: CurrentLive,
    program: Program,
    ask: Asking,
    client: ClientId = None,
    last_event_id: LastEventId = None,
) -> EventStream:
    """The snapshot's data is the first page of live conversations by heat; needs `conversations:read`."""

    async def snapshot() -> str:
        page = await live.list_by_heat(program, client_id=client, status=Status.LIVE, limit=SNAPSHOT_SIZE)
        return PAGE.dump_json(page).decode()

    happening = live.follow_client(program, client, last_event_id)
    return EventStream(written(while_same(happening, program, ask), snapshot))


async def written(
    happening: AsyncIterator[Told], snapshot: Callable[[], Awaitable[str]]
) -> AsyncIterator[str]:
    """What is told, as server-sent events; `snapshot` gives the state as JSON when one is due."""
    yield "retry: 1000\n\n"
    async for told in happening:
        match told:
            case Snapshot(id=last):
                yield f"id: {last}\nevent: snapshot\ndata: {await snapshot()}\n\n"
            case Pause.QUIET:
                yield ": quiet\n\n"
            case Pause.RESYNC:
                yield "event: resync\ndata: {}\n\n"
            case event:
                yield f"id: {event.id}\nevent: {event.kind.value}\ndata: {event.data}\n\n"
