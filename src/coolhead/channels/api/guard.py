"""Around every request of the API: a limit on its size, and an answer to errors that nobody foresaw."""

from __future__ import annotations

import traceback
from http import HTTPStatus

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from coolhead.channels.api.problems import problem

log = structlog.get_logger()

MOST_BYTES = 2 * 1024 * 1024


class Guard:
    """Reads a body up to `MOST_BYTES` before the application sees it; logs unforeseen errors safely.

    The text of such an error may hold what a customer said, so only its type and place are logged.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def note_start(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            body = await read_body(scope, receive, MOST_BYTES)
            if body is None:
                answer = problem(
                    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
                    "too_large",
                    f"The request is larger than {MOST_BYTES} bytes.",
                    hint="Send the turns in several requests.",
                )
                await answer(scope, receive, send)
                return
            await self._app(scope, replayed(body, receive), note_start)
        except Exception as error:
            places = [f"{each.filename}:{each.lineno}" for each in traceback.extract_tb(error.__traceback__)]
            log.error("request_failed", error=type(error).__name__, path=scope["path"], places=places[-4:])
            if not started:
                answer = problem(
                    HTTPStatus.INTERNAL_SERVER_ERROR, "internal", "Something went wrong here, not with you."
                )
                await answer(scope, receive, send)


async def read_body(scope: Scope, receive: Receive, most: int) -> bytes | None:
    """The whole body; None when it is larger than `most` bytes."""
    if scope["method"] in ("GET", "HEAD"):
        return b""
    chunks, size = [], 0
    while True:
        message = await receive()
        chunks.append(message.get("body", b""))
        size += len(chunks[-1])
        if size > most:
            return None
        if not message.get("more_body", False):
            return b"".join(chunks)


def replayed(body: bytes, receive: Receive) -> Receive:
    """Gives a body that was read to who reads it next."""
    handed_over = False

    async def replay() -> Message:
        nonlocal handed_over
        if handed_over:
            return await receive()
        handed_over = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay
