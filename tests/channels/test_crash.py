"""kill -9 in the middle of a stream of turns: nothing is lost, nothing is there twice."""

from __future__ import annotations

import asyncio
import json
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

import httpx

from coolhead.codebook import Channel, Speaker
from coolhead.conversation.turn import Turn
from coolhead.picture.state import Picture
from coolhead.services.access import Viewer
from coolhead.storage import events
from coolhead.storage.api_keys import Scope
from coolhead.storage.database import Database
from coolhead.storage.events import EventKind
from coolhead.wiring import DEFAULT_CLIENT
from tests.conftest import running_services
from tests.fakes import FakeEngine
from tests.services.people import talk

STARTED = datetime.fromisoformat("2026-03-18T14:20:00+08:00")
TURNS = 40
KILLED_AFTER = 13


class Server:
    """A server process that can be killed and started again over the same database."""

    def __init__(self, database_url: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self._database_url = database_url
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.channels.server", self._database_url, str(self.port)
        )
        async with asyncio.timeout(60), httpx.AsyncClient() as http:
            while True:
                try:
                    await http.get(f"http://127.0.0.1:{self.port}/healthz")
                except httpx.TransportError:
                    await asyncio.sleep(0.05)
                else:
                    return

    async def kill(self) -> None:
        assert self._process is not None
        if self._process.returncode is None:
            self._process.kill()
        await self._process.wait()


@asynccontextmanager
async def serving(database_url: str) -> AsyncIterator[Server]:
    server = Server(database_url)
    await server.start()
    try:
        yield server
    finally:
        await server.kill()


def turns() -> list[dict[str, Any]]:
    return [
        {"id": said.id, "speaker": said.speaker.value, "text": said.text, "start": said.number * 2.0}
        for said in talk(TURNS)
    ]


class Sent:
    """What the server has acknowledged."""

    def __init__(self, enough: int = TURNS) -> None:
        self.turn_ids: list[str] = []
        self.enough = asyncio.Event()
        self._count = enough

    def add(self, turn_id: str) -> None:
        self.turn_ids.append(turn_id)
        if len(self.turn_ids) >= self._count:
            self.enough.set()


async def send(http: httpx.AsyncClient, sent: Sent) -> str:
    """Opens the conversation and sends every turn, as a telephone system does after a failure: all again."""
    opening = {"reference": "call-1", "channel": "call", "started_at": STARTED.isoformat()}
    conversation: str = (await http.post("/conversations", json=opening)).raise_for_status().json()["id"]
    for turn in turns():
        answer = await http.post(f"/conversations/{conversation}/turns", json=turn)
        sent.add(answer.raise_for_status().json()["turn"]["id"])
    return conversation


async def killed_while_sending(server: Server, http: httpx.AsyncClient, after: int) -> list[str]:
    """Sends, kills the server once `after` turns were acknowledged; gives what had been acknowledged."""
    sent = Sent(after)
    sending = asyncio.create_task(send(http, sent))
    await sent.enough.wait()
    await server.kill()
    (broken,) = await asyncio.gather(sending, return_exceptions=True)
    assert isinstance(broken, httpx.TransportError)
    assert after <= len(sent.turn_ids) < TURNS
    return sent.turn_ids


def uninterrupted() -> Picture:
    engine = FakeEngine()
    picture = engine.start(started_at=STARTED, channel=Channel.CALL)
    for given in turns():
        turn = Turn(**given | {"speaker": Speaker(given["speaker"])}, place=given["start"])
        picture = engine.hear(picture, turn).picture
    return picture


async def told_of(database_url: str) -> list[str | None]:
    """The turns of which it was told that they were heard, in order."""
    database = Database.open(database_url)
    async with database.read() as connection:
        happened = await events.list_after(connection, 0, limit=1000)
    await database.close()
    return [event.turn_id for event in happened if event.kind is EventKind.TURN_HEARD]


async def test_nothing_is_lost_and_nothing_is_twice(database_url: str, admin: Viewer) -> None:
    async with running_services(database_url) as services:
        _, secret = await services.keys.create(admin, DEFAULT_CLIENT, "phone", list(Scope))
    async with (
        serving(database_url) as server,
        httpx.AsyncClient(
            base_url=f"http://127.0.0.1:{server.port}/api/v1",
            headers={"Authorization": f"Bearer {secret}"},
            timeout=60,
        ) as http,
    ):
        acknowledged = await killed_while_sending(server, http, KILLED_AFTER)
        await server.start()
        (found,) = (await http.get("/conversations")).raise_for_status().json()["conversations"]
        kept = (await http.get(f"/conversations/{found['id']}")).raise_for_status().json()["turns"]
        assert {each["turn"]["id"] for each in kept} >= set(acknowledged)
        conversation = await send(http, Sent())
        whole = (await http.get(f"/conversations/{conversation}")).raise_for_status().json()
    assert [each["turn"]["id"] for each in whole["turns"]] == [f"t{number}" for number in range(TURNS)]
    assert await told_of(database_url) == [f"t{number}" for number in range(TURNS)]
    assert Picture.from_json(json.dumps(whole["picture"])) == uninterrupted()
