from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from coolhead.channels.api.streams import written
from coolhead.services.conversations.live import Opening
from coolhead.services.events.feed import Snapshot, Told
from coolhead.services.events.hub import Pause
from coolhead.wiring import Services
from tests.services.people import program, talk


def parsed(message: str) -> dict[str, Any]:
    fields = dict(line.split(": ", 1) for line in message.strip().split("\n"))
    return {"id": int(fields["id"]), "event": fields["event"], "data": json.loads(fields["data"])}


async def test_a_stream_is_server_sent_events(services: Services, client_id: str) -> None:
    live, viewer = services.live, program(client_id)
    summary, _ = await live.open(viewer, Opening(client_id=client_id))

    async def snapshot() -> str:
        return '{"now": true}'

    stream = written(await live.follow(viewer, summary.id), snapshot)
    async with asyncio.timeout(20):
        assert await anext(stream) == "retry: 1000\n\n"
        first = parsed(await anext(stream))
        await live.add_turns(viewer, summary.id, talk(1))
        second = parsed(await anext(stream))
    assert (first["event"], first["data"]) == ("snapshot", {"now": True})
    assert second["event"] == "turn_heard"
    assert second["id"] > first["id"]
    assert second["data"]["moment"]["turn"]["id"] == "t0"
    assert second["data"]["conversation"]["turns"] == 1


async def test_signs_of_life_and_the_cut_are_told() -> None:
    async def happening() -> AsyncIterator[Told]:
        yield Snapshot(7)
        yield Pause.QUIET
        yield Pause.RESYNC

    async def snapshot() -> str:
        return "{}"

    assert [message async for message in written(happening(), snapshot)] == [
        "retry: 1000\n\n",
        "id: 7\nevent: snapshot\ndata: {}\n\n",
        ": quiet\n\n",
        "event: resync\ndata: {}\n\n",
    ]


@pytest.mark.parametrize("given", ["x", "-1", "99999999999999999999999"])
async def test_a_wrong_last_event_id_is_refused(http, given: str) -> None:
    answer = await http.get("/events", headers={"Last-Event-ID": given})
    assert answer.status_code == 422
