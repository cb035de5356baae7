"""A language model at a real address that answers well, late, wrongly, rudely, with new facts, or never."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from coolhead.channels import llm
from coolhead.channels.llm import LanguageModel, language_model
from coolhead.config import Settings
from coolhead.practice.act import Act
from coolhead.practice.replying.rewording import Wanted
from coolhead.services.training.practising import Beginning, Practising
from coolhead.storage.accounts import Role
from coolhead.wiring import Services
from tests.services.people import person

WANTED = Wanted(act=Act.VENT, built_in="I've waited for 9 days.", manner="Weary.", written=True)


class Model(ThreadingHTTPServer):
    """An OpenAI-compatible server that says what the test sets."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.says: Any = lambda asked: asked
        self.status = 200
        self.slow_s = 0.0
        self.raw: bytes | None = None
        self.asked: list[dict[str, Any]] = []
        self.keys: list[str | None] = []
        self.ended = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"


class Answering(BaseHTTPRequestHandler):
    server: Model

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append({"path": self.path, **body})
        self.server.keys.append(self.headers["Authorization"])
        reply = body["messages"][-1]["content"].rpartition("The reply: ")[2]
        answer = {"choices": [{"message": {"role": "assistant", "content": self.server.says(reply)}}]}
        data = json.dumps(answer).encode() if self.server.raw is None else self.server.raw
        self.send_response(self.server.status)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        try:
            for at in range(len(data)):
                self.wfile.write(data[at : at + 1])
                if self.server.slow_s and self.server.ended.wait(self.server.slow_s):
                    return
        except OSError:
            return

    def log_message(self, *_: object) -> None:
        """Nothing."""


@pytest.fixture
def model() -> Iterator[Model]:
    server = Model()
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield server
    server.ended.set()
    server.shutdown()
    thread.join()
    server.server_close()


async def test_a_model_is_asked_for_one_reply_and_gives_its_words(model: Model) -> None:
    model.says = lambda asked: f"Well: {asked}"
    found = await LanguageModel(model.url, "small", "hush").reword(WANTED)
    assert found == "Well: I've waited for 9 days."
    (asked,) = model.asked
    assert (asked["path"], asked["model"], model.keys) == ("/v1/chat/completions", "small", ["Bearer hush"])
    assert "Weary." in asked["messages"][1]["content"]


@pytest.mark.parametrize("raw", [b"", b"{}", b"<html>", b'{"choices": []}', b"\xff", b"[" * 70_000])
async def test_an_answer_that_is_none_gives_nothing(model: Model, raw: bytes) -> None:
    model.raw = raw
    assert await LanguageModel(model.url, "m").reword(WANTED) is None


@pytest.mark.parametrize("status", [302, 401, 500])
async def test_an_error_gives_nothing(model: Model, status: int) -> None:
    model.status = status
    assert await LanguageModel(model.url, "m").reword(WANTED) is None


async def test_a_late_answer_is_dropped_even_when_it_keeps_dribbling(
    model: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(llm, "LIMIT_S", 0.3)
    model.slow_s = 0.1  # each byte comes before the limit, all of them far after it
    begun = time.monotonic()
    assert await LanguageModel(model.url, "m").reword(WANTED) is None
    assert time.monotonic() - begun < 5


async def test_where_nobody_listens_there_is_nothing(model: Model) -> None:
    model.server_close()
    assert await LanguageModel("http://127.0.0.1:9/v1", "m").reword(WANTED) is None


def test_no_model_is_asked_unless_one_is_set() -> None:
    assert language_model(Settings(demo=False)) is None
    assert language_model(Settings(llm_url="http://127.0.0.1:1/v1", llm_model="m")) is not None


@pytest.mark.parametrize(
    ("says", "is_taken"),
    [
        (
            lambda asked: (
                f"So, {asked[:1].lower()}{asked[1:]}" if not asked.startswith("I") else f"So, {asked}"
            ),
            True,
        ),
        (lambda asked: f"{asked} You moron.", False),
        (lambda asked: f"{asked} My hamster died.", False),
        (lambda asked: f"{asked} It was £77.", False),
        (lambda _asked: "All is well, thank you.", False),
        (lambda _asked: None, False),
    ],
    ids=["well", "with a slur", "with a new fact", "with a new number", "another act", "no words"],
)
async def test_practice_takes_words_that_keep_to_the_reply_and_no_others(
    services: Services, model: Model, says: Any, is_taken: bool
) -> None:
    model.says = says
    tess = await person(services, "Tess", Role.TRAINER, "main")
    begun = Beginning(scenario_id="grey-sofa", persona_id="icy-polite", seed=5)
    plain = services.practising
    asks = Practising(
        services.database,
        services.casting,
        services.guides,
        services.threads,
        plain._clock,
        lambda: 5,
        LanguageModel(model.url, "m").reword,
    )
    built_in = (await plain.begin(tess, "main", begun)).run
    lent = (await asks.begin(tess, "main", begun)).run
    assert len(model.asked) == 1
    assert (lent.last.reply != built_in.last.reply) is is_taken
    assert (lent.last.act, lent.last.state) == (built_in.last.act, built_in.last.state)
