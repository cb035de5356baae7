"""Responses of server-sent events: readers who take nothing are let go."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from starlette.types import Message

from coolhead.channels import sse


async def words() -> AsyncIterator[str]:
    while True:
        yield ": quiet\n\n"


async def receive() -> Message:
    await asyncio.Event().wait()
    raise AssertionError


async def test_a_reader_who_takes_nothing_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sse, "STALLED_S", 0.01)
    taken = 0

    async def send(_message: Message) -> None:
        nonlocal taken
        taken += 1
        if taken == 3:
            await asyncio.Event().wait()

    async with asyncio.timeout(20):
        await sse.EventStream(words())({"type": "http"}, receive, send)
    assert taken == 3


async def test_other_delays_are_no_fault_of_the_reader() -> None:
    async def failing() -> AsyncIterator[str]:
        yield ": quiet\n\n"
        raise TimeoutError

    async def send(_message: Message) -> None:
        return None

    with pytest.raises(TimeoutError):
        await sse.EventStream(failing()).stream_response(send)
