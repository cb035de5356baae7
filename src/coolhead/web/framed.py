"""The live card of a conversation for a frame on another website: Chatwoot's dashboard app."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from coolhead.channels.inbound.chatwoot import reference_of
from coolhead.errors import ForbiddenError, NotFoundError, UnauthenticatedError
from coolhead.services.events.feed import while_same
from coolhead.storage.conversations import Summary
from coolhead.storage.events import StoredEvent
from coolhead.web.needs import Here, Services
from coolhead.web.pages import bare
from coolhead.web.security import Asking, Person, let_frame, signed_in
from coolhead.web.stream import partial, stream
from coolhead.web.templating import draw

router = APIRouter(prefix="/framed/{inlet_id}")


@router.get("")
async def framed(request: Request, here: Here, inlet_id: str, account: int = 0, number: int = 0) -> Response:
    """The card of Chatwoot's conversation `number`; without one the page asks the frame's website for it."""
    inlet = await here.inlets.read(inlet_id)
    values: dict[str, Any] = {"inlet": inlet, "account": account, "number": number, "refused": None}
    conversation = None
    try:
        person = await signed_in(request, here)
        conversation = await here.inlets.find_conversation(person, inlet_id, reference_of(account, number))
    except UnauthenticatedError:
        values["refused"] = "signed out"
    except (ForbiddenError, NotFoundError) as error:
        values["refused"] = error.message
    response = bare(request, "framed.html", conversation=conversation, **values)
    let_frame(response, inlet.origin)
    return response


@router.get("/{conversation_id}/stream")
async def follow(here: Here, person: Person, ask: Asking, inlet_id: str, conversation_id: str) -> Response:
    """Keeps the card up to date."""
    summary = await _summary(here, person, inlet_id, conversation_id)

    async def drawn(happened: list[StoredEvent]) -> str:  # noqa: ARG001 (a card is drawn anew whatever happened)
        now = await _summary(here, person, inlet_id, conversation_id)
        return partial("card", draw("_framed.html", conversation=now))

    told = await here.live.follow(person, summary.id)
    return stream(while_same(told, person, ask), drawn, urgent=conversation_id)


async def _summary(here: Services, person: Person, inlet_id: str, conversation_id: str) -> Summary:
    return await here.inlets.read_conversation(person, inlet_id, conversation_id)
