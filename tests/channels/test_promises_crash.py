"""kill -9 while promises are made and accepted: each is there once, and what was answered for is kept."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx

from coolhead.services.access import Viewer
from coolhead.storage.api_keys import Scope
from coolhead.wiring import DEFAULT_CLIENT
from tests.channels.test_crash import STARTED, serving
from tests.conftest import running_services

PROMISES = 16
KILLED_AFTER = 5


def turn(number: int) -> dict[str, Any]:
    words = f"I promise to send part {number} within {number} hours."
    return {"id": f"t{number}", "speaker": "agent", "text": words, "start": number * 2.0}


async def work(http: httpx.AsyncClient, accepted: list[str], enough: asyncio.Event) -> str:
    """Sends every turn and accepts each promise; begun again after a failure, it does all again."""
    opening = {"reference": "call-1", "channel": "call", "started_at": STARTED.isoformat()}
    conversation: str = (await http.post("/conversations", json=opening)).raise_for_status().json()["id"]
    for number in range(1, PROMISES + 1):
        (await http.post(f"/conversations/{conversation}/turns", json=turn(number))).raise_for_status()
        for each in (await listed(http, conversation, "proposed"))["promises"]:
            path = f"/promises/{each['promise']['id']}/moves"
            body = {"move": "accept", "version": each["promise"]["version"]}
            entry = (await http.post(path, json=body)).raise_for_status().json()
            accepted.append(entry["id"])
        if len(accepted) >= KILLED_AFTER:
            enough.set()
    return conversation


async def listed(http: httpx.AsyncClient, conversation: str, show: str) -> dict[str, Any]:
    asked = {"conversation": conversation, "show": show, "limit": "200"}
    answer: dict[str, Any] = (await http.get("/promises", params=asked)).raise_for_status().json()
    return answer


async def test_every_promise_is_there_once_and_what_was_accepted_stays(
    database_url: str, admin: Viewer
) -> None:
    async with running_services(database_url) as services:
        _, secret = await services.keys.create(admin, DEFAULT_CLIENT, "phone", list(Scope))
    headers = {"Authorization": f"Bearer {secret}"}
    accepted: list[str] = []
    enough = asyncio.Event()
    async with serving(database_url) as server:
        address = f"http://127.0.0.1:{server.port}/api/v1"
        async with httpx.AsyncClient(base_url=address, headers=headers, timeout=60) as http:
            working = asyncio.create_task(work(http, accepted, enough))
            await enough.wait()
            await server.kill()
            (broken,) = await asyncio.gather(working, return_exceptions=True)
            assert isinstance(broken, httpx.TransportError)
            before = list(accepted)
            await server.start()
            conversation = await work(http, accepted, enough)
            found = (await listed(http, conversation, "all"))["promises"]
            stories = [(await http.get(f"/promises/{each['promise']['id']}")).json() for each in found]
    assert sorted(each["promise"]["turn_id"] for each in found) == sorted(
        f"t{number}" for number in range(1, PROMISES + 1)
    )
    assert {each["promise"]["state"] for each in found} == {"open"}
    assert set(before) <= {each["promise"]["id"] for each in found}
    assert all([each["move"] for each in story["moves"]] == ["propose", "accept"] for story in stories)
