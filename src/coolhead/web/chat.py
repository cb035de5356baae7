"""The customer's chat page: no sign-in, a cookie brings them back, words only."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import RedirectResponse, Response

from coolhead.channels.throttle import Throttle
from coolhead.errors import NotFoundError, ThrottledError
from coolhead.services.conversations.chat import LONGEST_MESSAGE, LONGEST_NAME, Talk
from coolhead.storage.events import EventKind, StoredEvent
from coolhead.web.needs import Here, Services
from coolhead.web.pages import bare
from coolhead.web.security import set_cookie
from coolhead.web.stream import partial, stream
from coolhead.web.templating import draw

router = APIRouter(prefix="/chat/{client_id}")
Text = Annotated[str, Form()]
VISIT_AGE_S = 24 * 3600
SEEN_BY_CUSTOMER = frozenset({EventKind.TURN_HEARD, EventKind.REPLAYED, EventKind.ASSIGNED, EventKind.ENDED})

OPENINGS = (60, 600.0)
MESSAGES = (30, 60.0)


class Limits:
    """How much one network address may open in ten minutes, and one customer say in a minute."""

    def __init__(self) -> None:
        self.openings = Throttle(most=OPENINGS[0], window_s=OPENINGS[1])
        self.messages = Throttle(most=MESSAGES[0], window_s=MESSAGES[1])


def _limits(request: Request) -> Limits:
    limits: Limits = request.app.state.limits
    return limits


Limited = Annotated[Limits, Depends(_limits)]


@router.get("")
async def chat(request: Request, here: Here, client_id: str) -> Response:
    """The page: a name to begin with, or the chat that this browser has begun.

    Raises:
        NotFoundError: there is no such client; said in words for its customers.
    """
    try:
        client = await here.accounts.find_client(client_id)
    except NotFoundError:
        raise NotFoundError(
            "There is no chat at this address.", hint="Check the link that brought you here."
        ) from None
    talk = await _talk(request, here, client_id)
    response = bare(
        request, "chat.html", client=client, talk=talk, longest=LONGEST_MESSAGE, longest_name=LONGEST_NAME
    )
    if talk and talk.pause:
        left = (talk.pause.until - datetime.now(UTC)).total_seconds()
        token = request.cookies[_cookie(client_id)]
        set_cookie(response, _cookie(client_id), token, here, age_s=max(int(left), 1) + VISIT_AGE_S)
    return response


@router.post("")
async def begin(
    request: Request, here: Here, limits: Limited, client_id: str, name: Text = "", text: Text = ""
) -> Response:
    """Opens a chat with its first message.

    Raises:
        ThrottledError: this network address opens too many.
    """
    if not limits.openings.passes(_address(request)):
        raise ThrottledError("Too many chats were opened from here.", hint="Try again in ten minutes.")
    earlier = request.cookies.get(_cookie(client_id), "")
    token = await here.chat.begin(client_id, name, earlier)
    if text.strip():
        await here.chat.say(token, text)
    response = RedirectResponse(f"/chat/{client_id}", status_code=303)
    set_cookie(response, _cookie(client_id), token, here, age_s=VISIT_AGE_S)
    return response


@router.post("/messages")
async def say(
    request: Request, here: Here, limits: Limited, client_id: str, text: Text, message_id: Text = ""
) -> Response:
    """The customer says something; it comes back to the page by the stream.

    Raises:
        ThrottledError: too many messages came in a minute.
    """
    token = _token(request, client_id)
    if not limits.messages.passes(token):
        raise ThrottledError("That was a lot at once.", hint="Wait a moment and send it again.")
    await here.chat.say(token, text, message_id)
    return Response(status_code=204)


@router.post("/leave")
async def leave(request: Request, here: Here, client_id: str) -> Response:
    """The customer ends the chat."""
    await here.chat.leave(_token(request, client_id))
    return RedirectResponse(f"/chat/{client_id}", status_code=303)


@router.post("/again")
async def again(request: Request, here: Here, client_id: str) -> Response:
    """Forgets the chat that has ended, so that a new one can begin; not while this one is paused."""
    response = RedirectResponse(f"/chat/{client_id}", status_code=303)
    talk = await _talk(request, here, client_id)
    if talk and talk.pause:
        return response
    response.delete_cookie(_cookie(client_id), path="/", httponly=True, samesite="lax")
    return response


@router.get("/stream")
async def follow(request: Request, here: Here, client_id: str) -> Response:
    """Brings the other side's words to the page."""
    token = _token(request, client_id)
    conversation_id = (await here.chat.read(token)).conversation_id

    async def drawn(happened: list[StoredEvent]) -> str:
        if happened and not any(event.kind in SEEN_BY_CUSTOMER for event in happened):
            return ""
        return partial("talk", draw("_talk.html", talk=await here.chat.read(token), client_id=client_id))

    return stream(await here.chat.follow(token), drawn, urgent=conversation_id)


async def _talk(request: Request, here: Services, client_id: str) -> Talk | None:
    token = request.cookies.get(_cookie(client_id))
    if not token:
        return None
    try:
        talk = await here.chat.read(token)
    except NotFoundError:
        return None
    return talk if talk.client_id == client_id else None


def _token(request: Request, client_id: str) -> str:
    token = request.cookies.get(_cookie(client_id))
    if not token:
        raise NotFoundError("This chat is not open any more.", hint="Reload the page to begin a new one.")
    return token


def _cookie(client_id: str) -> str:
    return f"coolhead_chat_{client_id.encode().hex()}"


def _address(request: Request) -> str:
    return request.client.host if request.client else ""
