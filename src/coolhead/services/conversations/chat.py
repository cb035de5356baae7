"""The built-in chat: what the customer's page needs. A customer sees words, never readings or advice."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from uuid import uuid4

from coolhead.casework.escalation import State
from coolhead.codebook import Channel, Speaker
from coolhead.errors import InputError
from coolhead.services.access import Right, Viewer, no_conversation
from coolhead.services.clock import Clock
from coolhead.services.conversations.live import Live, Opening, summary_for
from coolhead.services.events.feed import Feed, Told
from coolhead.services.turns.hearing import Said
from coolhead.services.turns.paused import holds, refuse
from coolhead.storage import conversations, escalations, limits, moments
from coolhead.storage.api_keys import Scope
from coolhead.storage.conversations import Status, Summary
from coolhead.storage.database import Database
from coolhead.storage.limits import Pause
from coolhead.storage.moments import KeptMoment

LONGEST_MESSAGE = 4000
LONGEST_NAME = 200
LONGEST_ID = 100
INSIDE = (State.JOINED, State.TAKEN_OVER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One turn as the customer may see it."""

    id: str
    by_customer: bool
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """A chat as its customer sees it.

    Attributes:
        agent: the agent's name; empty while nobody has taken the chat.
        ended: True when no more can be said.
        messages: oldest first.
        pause: holds and keeps a new chat from beginning; None in the normal case.
    """

    conversation_id: str
    client_id: str
    agent: str
    ended: bool
    messages: tuple[Message, ...]
    pause: Pause | None = None


class Chat:
    """The use cases of both sides of the built-in chat."""

    def __init__(self, database: Database, live: Live, feed: Feed, clock: Clock) -> None:
        self._database = database
        self._live = live
        self._feed = feed
        self._clock = clock

    async def begin(self, client_id: str, customer: str = "", earlier: str = "") -> str:
        """Opens a chat and gives the token with which the customer comes back; only its hash is kept.

        Args:
            client_id: whose chat it is.
            customer: the name they give; may be empty.
            earlier: the token of the chat they had before; empty for none.

        Raises:
            NotFoundError: there is no such client.
            InputError: the name is too long.
            PausedError: the chat is closed to this customer for a while.
        """
        if earlier:
            refuse(await self._pause_after(earlier, client_id), self._clock())
        if len(customer) > LONGEST_NAME:
            raise InputError(f"A name has at most {LONGEST_NAME} characters.")
        token = secrets.token_urlsafe(24)
        opening = Opening(client_id=client_id, channel=Channel.CHAT, customer=customer.strip())
        await self._live.open(_visitor(client_id), opening, visitor_hash=_digest(token))
        return token

    async def read(self, token: str) -> Talk:
        """The chat of that token.

        Raises:
            NotFoundError: there is none.
        """
        async with self._database.read() as connection:
            summary = await self._of(token)
            kept = await moments.list_of(connection, summary.id)
            pause = await limits.find_pause(connection, summary.id)
        return Talk(
            conversation_id=summary.id,
            client_id=summary.client_id,
            agent=summary.agent,
            ended=summary.status is Status.ENDED,
            messages=tuple(
                Message(id=each.turn.id, by_customer=each.turn.by_customer, text=each.turn.text)
                for each in kept
            ),
            pause=pause if holds(pause, self._clock()) else None,
        )

    async def say(self, token: str, text: str, message_id: str = "") -> KeptMoment:
        """The customer says something; a repeated `message_id` is the same message.

        Raises:
            NotFoundError: there is no such chat.
            ConflictError: the chat has ended.
            InputError: the text is empty or too long.
        """
        summary = await self._of(token)
        return await self._add(_visitor(summary.client_id), summary, Speaker.CUSTOMER, text, message_id)

    async def answer(
        self, viewer: Viewer, conversation_id: str, text: str, message_id: str = ""
    ) -> KeptMoment:
        """The agent, or the supervisor they called, says something; a repeated `message_id` is the same one.

        Raises:
            NotFoundError: there is no such chat, or the viewer may not know of it.
            ConflictError: the chat has ended.
            InputError: the text is empty or too long.
        """
        async with self._database.read() as connection:
            summary = await summary_for(connection, viewer, conversation_id, Right.TALK)
            call = await escalations.latest_of(connection, conversation_id)
        supervises = call is not None and call.state in INSIDE and call.supervisor_id == viewer.id
        speaker = Speaker.SUPERVISOR if supervises else Speaker.AGENT
        return await self._add(viewer, summary, speaker, text, message_id)

    async def leave(self, token: str) -> None:
        """The customer ends the chat.

        Raises:
            NotFoundError: there is none.
        """
        summary = await self._of(token)
        await self._live.end(_visitor(summary.client_id), summary.id)

    async def follow(self, token: str, after: int | None = None) -> AsyncGenerator[Told]:
        """What happens in the chat. The caller passes on words only, by `read`.

        Raises:
            NotFoundError: there is none.
        """
        return self._feed.follow_conversation((await self._of(token)).id, after)

    async def _of(self, token: str) -> Summary:
        async with self._database.read() as connection:
            summary = await conversations.find_by_visitor(connection, _digest(token))
        if summary is None:
            raise no_conversation()
        return summary

    async def _pause_after(self, token: str, client_id: str) -> Pause | None:
        async with self._database.read() as connection:
            summary = await conversations.find_by_visitor(connection, _digest(token))
            if summary is None or summary.client_id != client_id:
                return None
            return await limits.find_pause(connection, summary.id)

    async def _add(
        self, viewer: Viewer, summary: Summary, speaker: Speaker, text: str, message_id: str
    ) -> KeptMoment:
        words = text.strip()
        if not words:
            raise InputError("A message needs words.")
        if len(words) > LONGEST_MESSAGE:
            raise InputError(
                f"A message has at most {LONGEST_MESSAGE} characters.", hint="Send it in several messages."
            )
        if len(message_id) > LONGEST_ID or not message_id.isprintable():
            raise InputError("That is no id of a message.", hint="Reload the page and send it again.")
        start = round((self._clock() - summary.opened_at).total_seconds(), 3)
        said = Said(id=message_id or uuid4().hex, speaker=speaker, text=words, start=max(start, 0.0))
        ((moment, _),) = await self._live.add_turns(viewer, summary.id, [said])
        return moment


def _visitor(client_id: str) -> Viewer:
    return Viewer(id="", name="", program_of=frozenset({client_id}), scopes=frozenset({Scope.WRITE}))


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
