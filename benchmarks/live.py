"""`python -m benchmarks live`: from a turn's POST to its card at the listener, under load.

Starts the real server on an empty database, opens conversations with a listener each, and posts turns at a
fixed rate whatever comes back (so that a slow server cannot slow its own measurement). A turn's latency runs
from the moment at which it was due to the arrival of its `turn_heard` event, which carries reading and card.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from benchmarks.figures import show
from benchmarks.labelled import read_labelled
from coolhead.config import Settings
from coolhead.services.access import Viewer
from coolhead.services.demo.playing import load_scripts
from coolhead.services.people.keys import Keys
from coolhead.storage.api_keys import Scope
from coolhead.storage.database import Database
from coolhead.wiring import DEFAULT_CLIENT, local_now, opened_accounts

Lines = list[tuple[str, str]]
"""What is said in one conversation: speaker and words."""

WARM_UP_S = 3.0
PATIENCE_S = 30.0


@dataclass(slots=True)
class Measured:
    """Times in seconds: when each turn was due, when its POST came back, when its event arrived."""

    due: dict[tuple[str, str], float] = field(default_factory=dict)
    answered: dict[tuple[str, str], float] = field(default_factory=dict)
    heard: dict[tuple[str, str], float] = field(default_factory=dict)

    total: int = 0
    replays: int = 0
    all_heard: asyncio.Event = field(default_factory=asyncio.Event)

    def hear(self, conversation: str, turn_id: str, at: float) -> None:
        """Notes that a turn's event arrived."""
        self.heard[conversation, turn_id] = at
        if len(self.heard) == self.total:
            self.all_heard.set()

    def replay(self, conversation: str, at: float) -> None:
        """Notes that a turn overtook another: what had been answered is in the replayed picture."""
        self.replays += 1
        for each, turn_id in self.due:
            if each == conversation and (each, turn_id) not in self.heard:
                self.hear(each, turn_id, at)

    def latencies_ms(self, ends: dict[tuple[str, str], float], after: float) -> list[float]:
        """From due to end, sorted, for the turns due after the warm-up."""
        return sorted((ends[key] - due) * 1000 for key, due in self.due.items() if due >= after)


def main(arguments: list[str]) -> None:
    """Measures and prints: a table, or one JSON object."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks live", description=__doc__)
    parser.add_argument("--data", type=Path, help="folder of *.jsonl to speak; the demo's scripts without it")
    parser.add_argument("--conversations", type=int, default=50)
    parser.add_argument("--rate", type=float, default=40.0, help="turns a second, over all conversations")
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--database", default="", help="a PostgreSQL address in place of SQLite")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args(arguments)
    show(asyncio.run(run(options)), as_json=options.json)


async def run(options: argparse.Namespace) -> dict[str, Any]:
    """Starts a server, drives it and gives the figures."""
    load_before = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data=Path(folder), database=options.database)
        secret = await _key(settings)
        async with (
            _server(settings) as address,
            httpx.AsyncClient(
                base_url=f"{address}/api/v1",
                headers={"Authorization": f"Bearer {secret}"},
                timeout=PATIENCE_S,
                limits=httpx.Limits(max_connections=None, max_keepalive_connections=None),
            ) as http,
        ):
            measured, after = await _drive(http, options)
    return _figures(measured, after, options, load_before)


async def _key(settings: Settings) -> str:
    admin = Viewer(id="", name="", is_admin=True)
    async with opened_accounts(settings) as accounts:
        await accounts.create_client(DEFAULT_CLIENT, "Main")
    database = Database.open(settings.database_url)
    _, secret = await Keys(database, local_now).create(admin, DEFAULT_CLIENT, "benchmark", list(Scope))
    await database.close()
    return secret


@asynccontextmanager
async def _server(settings: Settings) -> AsyncIterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = str(Path(sys.executable).with_name("coolhead"))
    command = [program, "serve", "--data", str(settings.data), "--port", str(port)]
    if settings.database:
        command += ["--database", settings.database]
    process = await asyncio.create_subprocess_exec(*command, stdout=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        await _until_healthy(address)
        yield address
    finally:
        process.terminate()
        await process.wait()


async def _until_healthy(address: str) -> None:
    async with asyncio.timeout(60), httpx.AsyncClient() as http:
        while True:
            try:
                (await http.get(f"{address}/healthz")).raise_for_status()
            except httpx.HTTPError:
                await asyncio.sleep(0.1)
            else:
                return


async def _drive(http: httpx.AsyncClient, options: argparse.Namespace) -> tuple[Measured, float]:
    scripts = _scripts(options.data)
    measured = Measured()
    conversations = [await _opened(http) for _ in range(options.conversations)]
    listening = asyncio.Semaphore(0)
    listeners = [asyncio.create_task(_listen(http, each, measured, listening)) for each in conversations]
    for _ in conversations:
        await listening.acquire()
    begin = time.perf_counter()
    total = measured.total = int((WARM_UP_S + options.seconds) * options.rate)
    async with asyncio.TaskGroup() as group:
        for number in range(total):
            due = begin + number / options.rate
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            which, round_number = number % len(conversations), number // len(conversations)
            turn = _turn(scripts[which % len(scripts)], round_number)
            group.create_task(_post(http, conversations[which], turn, due, measured))
    async with asyncio.timeout(PATIENCE_S):
        await measured.all_heard.wait()
    for listener in listeners:
        listener.cancel()
    await asyncio.gather(*listeners, return_exceptions=True)
    return measured, begin + WARM_UP_S


async def _opened(http: httpx.AsyncClient) -> str:
    answer = await http.post("/conversations", json={"channel": "chat"})
    conversation: str = answer.raise_for_status().json()["id"]
    return conversation


def _scripts(data: Path | None) -> list[Lines]:
    """Conversations to speak: a folder's, or the demo's."""
    if data is not None:
        return [[(t.speaker.value, t.text) for t in each.conversation.turns] for each in read_labelled(data)]
    return [[(line.speaker.value, line.text) for line in each.turns] for each in load_scripts().values()]


def _turn(script: Lines, number: int) -> dict[str, Any]:
    speaker, text = script[number % len(script)]
    return {"id": str(number), "speaker": speaker, "text": text, "number": number}


async def _post(
    http: httpx.AsyncClient, conversation: str, turn: dict[str, Any], due: float, measured: Measured
) -> None:
    key = (conversation, turn["id"])
    measured.due[key] = due
    (await http.post(f"/conversations/{conversation}/turns", json=turn)).raise_for_status()
    measured.answered[key] = time.perf_counter()


async def _listen(
    http: httpx.AsyncClient, conversation: str, measured: Measured, listening: asyncio.Semaphore
) -> None:
    kind = ""
    async with http.stream("GET", f"/conversations/{conversation}/events", timeout=None) as stream:
        stream.raise_for_status()
        async for line in stream.aiter_lines():
            if line.startswith("event: "):
                kind = line.removeprefix("event: ")
            elif line.startswith("data: ") and kind == "snapshot":
                listening.release()
            elif line.startswith("data: ") and kind == "turn_heard":
                arrived = time.perf_counter()
                turn_id = json.loads(line.removeprefix("data: "))["moment"]["turn"]["id"]
                measured.hear(conversation, turn_id, arrived)
            elif line.startswith("data: ") and kind == "replayed":
                measured.replay(conversation, time.perf_counter())


def _figures(
    measured: Measured, after: float, options: argparse.Namespace, load_before: float
) -> dict[str, Any]:
    heard = measured.latencies_ms(measured.heard, after)
    answered = measured.latencies_ms(measured.answered, after)
    span = max(measured.heard.values()) - after
    return {
        "conversations": options.conversations,
        "listeners": options.conversations,
        "asked_turns_per_s": options.rate,
        "turns": len(heard),
        "turns_per_s": round(len(heard) / span, 1),
        **_percentiles("post_to_listener", heard),
        **_percentiles("post_to_answer", answered),
        "turns_that_overtook": measured.replays,
        "load_average_before": round(load_before, 2),
        "niceness": os.nice(0),
    }


def _percentiles(name: str, values: list[float]) -> dict[str, float]:
    def at(share: float) -> float:
        return round(values[min(len(values) - 1, int(share * len(values)))], 1)

    return {
        f"{name}_p50_ms": at(0.50),
        f"{name}_p95_ms": at(0.95),
        f"{name}_p99_ms": at(0.99),
        f"{name}_max_ms": round(values[-1], 1),
    }
