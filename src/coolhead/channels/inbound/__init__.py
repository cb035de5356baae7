"""What other systems post: their payloads become what the services understand, behind one router."""

from __future__ import annotations

import json
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, Protocol

from fastapi import APIRouter, FastAPI, Request, Response

from coolhead.channels.api.problems import from_error, problem
from coolhead.channels.inbound import chatwoot, ticket
from coolhead.channels.throttle import Throttle
from coolhead.errors import CoolheadError, InputError, ThrottledError
from coolhead.services.conversations.inlets import Incoming, Inlets
from coolhead.storage.inlets import InletKind

__all__ = ["install"]

PER_MINUTE = 600
READERS: dict[InletKind, Callable[[Any], Incoming | None]] = {
    InletKind.CHATWOOT: chatwoot.read,
    InletKind.TICKET: ticket.read,
}
router = APIRouter(prefix="/in")


class Services(Protocol):
    """What the inlets depend on."""

    @property
    def inlets(self) -> Inlets:
        """Who may send what."""


def install(app: FastAPI) -> None:
    """Takes messages under `/in`; other systems send no cookies, so no page's rules apply to them."""
    app.state.inlet_throttle = Throttle(most=PER_MINUTE, window_s=60.0)
    app.include_router(router)


@router.post("/{kind}/{inlet_id}", include_in_schema=False)
async def receive(request: Request, kind: InletKind, inlet_id: str, token: str = "") -> Response:
    """Takes one message; what means nothing here is accepted and left, so that it does not come again."""
    services: Services = request.app.state.services
    try:
        return await _receive(request, services.inlets, kind, inlet_id, token)
    except CoolheadError as error:
        return from_error(error)


async def _receive(request: Request, inlets: Inlets, kind: InletKind, inlet_id: str, token: str) -> Response:
    body = await request.body()
    headers = {name.lower(): value for name, value in request.headers.items()}
    scheme, _, bearer = headers.get("authorization", "").partition(" ")
    given = bearer.strip() if scheme.lower() == "bearer" else token
    inlet = await inlets.admit(inlet_id, kind, headers, given, body)
    if not request.app.state.inlet_throttle.passes(inlet.id):
        answer = from_error(ThrottledError("Too many messages at once.", hint="Try again in a minute."))
        answer.headers["Retry-After"] = "60"
        return answer
    try:
        payload = json.loads(body)
    except (ValueError, RecursionError):
        return problem(HTTPStatus.BAD_REQUEST, InputError.code, "The body is no JSON.")
    incoming = READERS[kind](payload)
    if incoming is not None:
        await inlets.take(inlet, incoming)
    return Response(status_code=HTTPStatus.NO_CONTENT)
