"""Calling a supervisor and answering the call; what nobody answers rises by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from coolhead.casework.briefing import Line, Parties, write_briefing
from coolhead.casework.escalation import (
    OWN,
    Actor,
    Escalation,
    Move,
    MoveMade,
    Origin,
    State,
    moved,
    record,
    rises_at,
)
from coolhead.codebook import Heat, Promiser
from coolhead.conversation.privacy import mask
from coolhead.errors import ConflictError, ForbiddenError, InputError, NotFoundError
from coolhead.services.access import Right, Viewer
from coolhead.services.casework.promises import Promises, Wanted
from coolhead.services.clock import Clock
from coolhead.services.conversations.live import Live, summary_for
from coolhead.services.conversations.whole import Heard, Whole
from coolhead.services.events import happenings
from coolhead.services.events.feed import Feed
from coolhead.services.text import readable
from coolhead.services.ticker import for_each
from coolhead.services.turns.calls import BY_ITSELF, call_supervisor
from coolhead.storage import accounts, clients, conversations, escalations, events
from coolhead.storage.clients import Client
from coolhead.storage.conversations import Status, Summary
from coolhead.storage.database import Database
from coolhead.storage.events import EventKind, NewEvent

log = structlog.get_logger()

LONGEST_WORDS = 500
MOST_OPEN = 50
MOST_AT_ONCE = 100
HOT = Heat.ANGRY
BY_ASKER = frozenset({Move.WITHDRAW, Move.CALL_BACK})
"""Moves of the agent's side; a supervisor may make them too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """An open call as the floor shows it.

    Attributes:
        briefing: what to know before answering it.
    """

    escalation: Escalation
    summary: Summary
    briefing: tuple[Line, ...]


class Escalations:
    """The use cases around a call for a supervisor; programs may make none of them."""

    def __init__(self, database: Database, live: Live, promises: Promises, feed: Feed, clock: Clock) -> None:
        self._database = database
        self._live = live
        self._promises = promises
        self._feed = feed
        self._clock = clock

    async def ask(
        self, viewer: Viewer, conversation_id: str, origin: Origin = Origin.AGENT, words: str = ""
    ) -> Escalation:
        """Calls a supervisor; when a call is open, it stays the only one.

        Raises:
            NotFoundError: there is no such conversation, or the viewer may not know of it.
            ForbiddenError: the viewer lacks the right.
            ConflictError: the conversation has ended.
            InputError: the words are too long.
        """
        said = mask(readable(words)).text.strip()
        if len(said) > LONGEST_WORDS:
            raise InputError(f"This has at most {LONGEST_WORDS} characters.", hint="Say it in fewer words.")
        now = self._clock()
        async with self._database.write() as connection:
            summary = await summary_for(connection, viewer, conversation_id, Right.WORK, for_change=True)
            if summary.status is Status.ENDED:
                raise ConflictError("The conversation has ended.", hint="Write it into the note instead.")
            asked, told = await call_supervisor(connection, summary, origin, actor(viewer), now, words=said)
            await _tell(connection, summary, told, now)
        self._feed.ring()
        return asked

    async def of(self, viewer: Viewer, conversation_id: str) -> Escalation | None:
        """The conversation's latest call; None when there was none.

        Raises:
            NotFoundError: there is no such conversation, or the viewer may not know of it.
            ForbiddenError: the viewer lacks the right.
        """
        async with self._database.read() as connection:
            await summary_for(connection, viewer, conversation_id, Right.READ)
            return await escalations.latest_of(connection, conversation_id)

    async def history(self, viewer: Viewer, conversation_id: str) -> list[tuple[Escalation, list[MoveMade]]]:
        """Every call of the conversation with its moves, the oldest first.

        Raises:
            NotFoundError: there is no such conversation, or the viewer may not know of it.
            ForbiddenError: the viewer lacks the right.
        """
        async with self._database.snapshot() as connection:
            await summary_for(connection, viewer, conversation_id, Right.READ)
            calls = await escalations.list_of(connection, conversation_id)
            return [(call, await escalations.list_moves(connection, call.id)) for call in calls]

    async def list_open(self, viewer: Viewer) -> list[Call]:
        """The open calls of the viewer's clients with their briefings: waiting ones first, the oldest first.

        Raises:
            ForbiddenError: the viewer lacks the right.
        """
        async with self._database.read() as connection:
            which = viewer.narrowed(Right.ANSWER_CALLS)
            found = await escalations.list_open(connection, which, limit=MOST_OPEN)
        found.sort(key=lambda each: (not each.state.is_waiting, -each.level, each.asked_at))
        calls = []
        for each in found:
            whole = await self._live.read(viewer, each.conversation_id)
            calls.append(Call(escalation=each, summary=whole.summary, briefing=briefing_of(whole)))
        return calls

    async def move(self, viewer: Viewer, escalation_id: str, move: Move, reason: str = "") -> Escalation:
        """Moves a call on; who accepts without having read the briefing is counted as having read it.

        Raises:
            NotFoundError: there is no such call, or the viewer may not know of it.
            ForbiddenError: the viewer lacks the right.
            ConflictError: the move is not legal now, or another person's.
            InputError: the move needs a reason.
        """
        right = Right.WORK if move in BY_ASKER else Right.ANSWER_CALLS
        now, by = self._clock(), actor(viewer)
        async with self._database.write() as connection:
            summary, escalation = await _held(connection, viewer, escalation_id, right)
            _check_person(viewer, summary, escalation, move)
            told: list[NewEvent] = []
            if move is Move.ACCEPT and escalation.state is State.REQUESTED:
                escalation = await _make(connection, escalation, Move.BRIEF, by, now, "", told)
            after = await _make(connection, escalation, move, by, now, mask(readable(reason)).text, told)
            if move in OWN:
                told += await _answer_with(connection, summary, after, move)
            await _tell(connection, summary, told, now)
        self._feed.ring()
        log.info("escalation_moved", escalation=escalation_id, move=move.value, state=after.state.value)
        return after

    async def promise_call_back(self, viewer: Viewer, escalation_id: str, when: str) -> Escalation:
        """Nobody is free: the promise to call back goes into the ledger, and the call is over.

        The promise has the call's id, so that a second try, after an answer was lost, enters it once.

        Raises:
            NotFoundError: there is no such call, or the viewer may not know of it.
            ForbiddenError: the viewer lacks the right.
            ConflictError: somebody has accepted it, or it is over.
            InputError: it is not said when.
        """
        async with self._database.read() as connection:
            found = await escalations.find(connection, escalation_id)
            if found is None or not viewer.sees(found.client_id):
                raise no_call()
        words = " ".join(when.split())
        moved(found, Move.CALL_BACK, actor(viewer), self._clock(), words)
        wanted = Wanted(what="call the customer back", who=Promiser.SUPERVISOR, when=words)
        await self._promises.add(viewer, found.conversation_id, wanted, found.id)
        return await self.move(viewer, escalation_id, Move.CALL_BACK, words)

    async def rise(self, now: datetime) -> None:
        """Passes on what was forgotten: calls that nobody answers, hot conversations that nobody answers."""
        async with self._database.read() as connection:
            everyone = await clients.list_of(connection, None)

        async def rise_at(client: Client) -> None:
            since = now - timedelta(minutes=client.forgotten_after)
            await self._rise_calls(client.id, since, now)
            await self._call_for_silent(client.id, since, now)

        await for_each("escalations", everyone, rise_at)

    async def _rise_calls(self, client_id: str, since: datetime, now: datetime) -> None:
        async with self._database.read() as connection:
            waiting = await escalations.list_forgotten(connection, client_id, since, limit=MOST_AT_ONCE)
        for each in waiting:
            async with self._database.write() as connection:
                summary = await conversations.find(connection, each.conversation_id, for_change=True)
                held = await escalations.find(connection, each.id, for_change=True)
                due = rises_at(held, now - since) if held else None
                if summary is None or held is None or due is None or due > now:
                    continue
                told: list[NewEvent] = []
                await _make(connection, held, Move.RISE, BY_ITSELF, now, "", told)
                await _tell(connection, summary, told, now)
            self._feed.ring()
            log.info("escalation_risen", escalation=each.id)

    async def _call_for_silent(self, client_id: str, since: datetime, now: datetime) -> None:
        async with self._database.read() as connection:
            silent = await conversations.list_unanswered(
                connection, client_id, HOT, since, limit=MOST_AT_ONCE
            )
        for each in silent:
            async with self._database.write() as connection:
                summary = await conversations.find(connection, each, for_change=True)
                if summary is None or summary.status is Status.ENDED or summary.active_at > since:
                    continue
                latest = await escalations.latest_of(connection, each)
                if latest and (latest.state.is_open or latest.asked_at >= summary.active_at):
                    continue
                _, told = await call_supervisor(connection, summary, Origin.FORGOTTEN, BY_ITSELF, now)
                await _tell(connection, summary, told, now)
            self._feed.ring()
            log.info("conversation_forgotten", conversation=each)


def actor(viewer: Viewer) -> Actor:
    """The person who makes a move."""
    return Actor(id=viewer.account_id, name=viewer.name)


def no_call() -> NotFoundError:
    """The error for a call that does not exist or may not be known of."""
    return NotFoundError("There is no such call for a supervisor.", hint="Look at the floor again.")


def briefing_of(whole: Whole) -> tuple[Line, ...]:
    """What a supervisor must know of the conversation before the customer tells it again."""
    heard = [Heard(turn=each.turn, reading=each.reading, picture=whole.picture) for each in whole.moments]
    parties = Parties(
        customer=whole.summary.customer, agent=whole.summary.agent, how=whole.summary.channel.words
    )
    edited = whole.edited_note.text if whole.edited_note else ""
    return write_briefing(heard, whole.drafted_note(), parties, edited)


def _check_person(viewer: Viewer, summary: Summary, escalation: Escalation, move: Move) -> None:
    if move is Move.RISE:
        raise ConflictError("A call rises by itself.", hint="Decline it, with a reason, if need be.")
    concerned = viewer.id in (escalation.asked_by_id, summary.agent_id)
    if move in BY_ASKER and not concerned and not viewer.may(Right.ANSWER_CALLS, summary.client_id):
        raise ForbiddenError("This is another agent's call.", hint="Leave it to them or to a supervisor.")


async def _held(
    connection: AsyncConnection, viewer: Viewer, escalation_id: str, right: Right
) -> tuple[Summary, Escalation]:
    """The call and its conversation, both kept from other writers until the transaction ends."""
    found = await escalations.find(connection, escalation_id)
    if found is None or not viewer.sees(found.client_id):
        raise no_call()
    summary = await summary_for(connection, viewer, found.conversation_id, right, for_change=True)
    held = await escalations.find(connection, escalation_id, for_change=True)
    if held is None:
        raise no_call()
    return summary, held


async def _make(
    connection: AsyncConnection,
    escalation: Escalation,
    move: Move,
    by: Actor,
    now: datetime,
    reason: str,
    told: list[NewEvent],
) -> Escalation:
    after = moved(escalation, move, by, now, reason)
    made = record(after, move, by)
    if not await escalations.advance(connection, after, made):
        raise ConflictError("Somebody was quicker.", hint="Look at it again.")
    told.append(happenings.escalation_moved(after, made))
    return after


async def _answer_with(
    connection: AsyncConnection, summary: Summary, after: Escalation, move: Move
) -> list[NewEvent]:
    """Makes the supervisor the one who answers, or the agent again."""
    if summary.status is Status.ENDED and move is not Move.GIVE_BACK:
        raise ConflictError("The conversation has ended.", hint="Close this, and call the customer back.")
    if move is Move.TAKE_OVER:
        return await _assign(connection, summary, after.supervisor_id, after.supervisor)
    if move is Move.GIVE_BACK and summary.agent_id == after.supervisor_id:
        agent = await accounts.find(connection, after.agent_id) if after.agent_id else None
        stays = agent is not None and agent.active
        account_id, name = (after.agent_id, after.agent) if stays else (None, "")
        return await _assign(connection, summary, account_id, name)
    return []


async def _assign(
    connection: AsyncConnection, summary: Summary, account_id: str | None, name: str
) -> list[NewEvent]:
    await conversations.change(connection, summary.id, agent_id=account_id, agent=name)
    now_theirs = await conversations.find(connection, summary.id)
    return [happenings.about(EventKind.ASSIGNED, now_theirs)] if now_theirs else []


async def _tell(connection: AsyncConnection, summary: Summary, told: list[NewEvent], now: datetime) -> None:
    if told:
        await events.add(connection, summary.id, summary.client_id, told, now)
