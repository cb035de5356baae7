"""A language model behind any OpenAI-compatible address, asked for other words for a customer's reply.

What it gives is a proposal; what is made of it, and whether it will do, is not known here.
"""

from __future__ import annotations

import asyncio

import httpx
import structlog
from pydantic import BaseModel, ValidationError

from coolhead.config import Settings
from coolhead.practice.replying.rewording import Wanted

log = structlog.get_logger()

LIMIT_S = 2.0
"""For the whole answer; later than that nobody waits for it."""
MOST_BYTES = 64 * 1024
MOST_TOKENS = 200

TASK = """You lend other words to a customer in a training exercise for people who answer complaints.
You are given one reply. Say the same, and nothing else, the way this customer would.
Keep every number, day, code and name exactly. Add no fact, no name, no reason, no offer, no question.
A question stays a question, a yes stays a yes, a no stays a no. Be no ruder than the reply is. No slurs.
About as long. Answer with the reply alone."""


class _Message(BaseModel):
    content: str


class _Choice(BaseModel):
    message: _Message


class _Completion(BaseModel):
    choices: list[_Choice]


class LanguageModel:
    """Asks one model at one address; a call that fails or is late gives None."""

    def __init__(self, url: str, model: str, key: str = "") -> None:
        self._url = f"{url.rstrip('/')}/chat/completions"
        self._model = model
        self._headers = {"Authorization": f"Bearer {key}"} if key else {}

    async def reword(self, wanted: Wanted) -> str | None:
        """Other words for the reply, unchecked; None when there are none within the limit."""
        try:
            async with asyncio.timeout(LIMIT_S):
                return _words_in(await self._ask(wanted))
        except (httpx.HTTPError, TimeoutError, ValueError) as error:
            log.warning("llm_gave_nothing", reason=type(error).__name__)
            return None

    async def _ask(self, wanted: Wanted) -> bytes:
        body = {
            "model": self._model,
            "messages": [
                {"role": "system", "content": TASK},
                {"role": "user", "content": _described(wanted)},
            ],
            "max_tokens": MOST_TOKENS,
            "temperature": 0.8,
        }
        async with (
            httpx.AsyncClient(timeout=LIMIT_S, trust_env=False) as http,
            http.stream("POST", self._url, json=body, headers=self._headers) as answer,
        ):
            answer.raise_for_status()
            read = bytearray()
            async for piece in answer.aiter_bytes():
                read += piece
                if len(read) > MOST_BYTES:
                    raise ValueError("the answer is too long")
            return bytes(read)


def language_model(settings: Settings) -> LanguageModel | None:
    """The model that the settings name; None where they name none."""
    if not settings.llm_url:
        return None
    return LanguageModel(settings.llm_url, settings.llm_model, settings.llm_key.get_secret_value())


def _described(wanted: Wanted) -> str:
    how = "typed in a chat" if wanted.written else "spoken on the phone"
    lines = (
        f"The customer: {wanted.manner}",
        f"What the reply does: {wanted.act.definition}",
        f"It is {how}.",
        f"The reply: {wanted.built_in}",
    )
    return "\n".join(lines)


def _words_in(answer: bytes) -> str | None:
    """The words in a completion.

    Raises:
        ValueError: it is none.
    """
    try:
        choices = _Completion.model_validate_json(answer).choices
    except ValidationError as error:
        raise ValueError("no completion") from error
    return choices[0].message.content if choices else None
