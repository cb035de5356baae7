"""Responses of server-sent events, for programs and for pages."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import structlog
from starlette.responses import StreamingResponse
from starlette.types import Message, Send

log = structlog.get_logger()

STALLED_S = 60.0


class EventStream(StreamingResponse):
    """Events that nothing on the way may keep back; a reader who takes nothing for a minute is let go."""

    media_type = "text/event-stream"

    def __init__(self, written: AsyncIterator[str]) -> None:
        super().__init__(written, headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"})

    async def stream_response(self, send: Send) -> None:
        """Sends everything, or stops at a message that nobody takes."""
        stalled = False

        async def sent(message: Message) -> None:
            nonlocal stalled
            try:
                async with asyncio.timeout(STALLED_S):
                    await send(message)
            except TimeoutError:
                stalled = True
                raise

        try:
            await super().stream_response(sent)
        except TimeoutError:
            if not stalled:
                raise
            log.info("reader_stalled")
