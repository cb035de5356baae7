"""Live conversations: open, hear turns, read, list, end; each use case is one transaction."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import uuid4
from weakref import WeakValueDictionary

import structlog
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from coolhead.codebook import Channel
from coolhead.errors import ConflictError
from coolhead.guidance.limits import Limits
from coolhead.services.access import Right, Viewer, no_client, no_conversation
from coolhead.services.clock import Clock
from coolhead.services.conversations.whole import Whole, whole_of
from coolhead.services.events import happenings
from coolhead.services.events.feed import Feed, Told
from coolhead.services.text import readable
from coolhead.services.turns import aftercare, calls, hearing, proposals
from coolhead.services.turns.hearing import Said
from coolhead.services.turns.paused import refuse_paused
from coolhead.services.turns.recent import RecentStands
from coolhead.storage import (
    clients,
    contests,
    conversations,
    customers,
    events,
    moments,
)
from coolhead.storage.conversations import Filter, Stand, Status, Summary
from coolhead.storage.database import Database
from coolhead.storage.events import EventKind
from coolhead.storage.moments import KeptMoment

if TYPE_CHECKING:
    from coolhead.engine import Engine
    from coolhead.services.documents.guides import Guides

log = structlog.get_logger()

ATTEMPTS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What is known of a conversation when it is opened; as in `Summary`.

    Attributes:
        started_at: when it began, with its UTC offset; None for now.
    """

    client_id: str
    channel: Channel = Channel.CHAT
    customer: str = ""
    customer_key: str | None = None
    agent: str = ""
    agent_id: str | None = None
    reference: str | None = None
    started_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some conversations of a list, and how many the list holds."""

    conversations: list[Summary]
    total: int


class Live:
    """The use cases of a conversation while it goes on."""

    def __init__(
        self, database: Database, guides: Guides, feed: Feed, threads: Executor, clock: Clock
    ) -> None:
        self._database = database
        self._guides = guides
        self._feed = feed
        self._threads = threads
        self._clock = clock
        self._recent = RecentStands()
        self._turnstiles: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def open(
        self, viewer: Viewer, opening: Opening, *, visitor_hash: str | None = None
    ) -> tuple[Summary, bool]:
        """Opens a conversation; True with it when it is new, False when its reference was known.

        Raises:
            NotFoundError: there is no such client, or the viewer may not know of it.
            ForbiddenError: the key may not write.
            PausedError: the channel is closed to this customer for a while.
        """
        viewer.require(Right.TALK, opening.client_id)
        known = await self._by_reference(opening)
        if known:
            return known, False
        now = self._clock()
        engine = (await self._guides.of(opening.client_id)).engine
        picture = engine.start(started_at=opening.started_at or now, channel=opening.channel)
        summary = _opened(opening, now)
        try:
            async with self._database.write() as connection:
                if await clients.find(connection, opening.client_id) is None:
                    raise no_client(opening.client_id)
                await refuse_paused(connection, opening.client_id, opening.channel, opening.customer_key, now)
                await conversations.add(connection, summary, picture, visitor_hash)
                if summary.customer_key:
                    await customers.ensure(connection, summary.client_id, summary.customer_key, now)
                opened = happenings.about(EventKind.OPENED, summary)
                await events.add(connection, summary.id, summary.client_id, [opened], now)
        except IntegrityError:
            known = await self._by_reference(opening)
            if known is None:
                raise
            return known, False
        self._feed.ring()
        log.info("conversation_opened", conversation=summary.id, client=summary.client_id)
        return summary, True

    async def add_turns(
        self, viewer: Viewer, conversation_id: str, said: Sequence[Said]
    ) -> list[tuple[KeptMoment, bool]]:
        """Hears turns, in one transaction; each with True when it is new, False when its id was known.

        Late turns are put in their places by replay. Repeated ones are ignored: their first moment stands.

        Raises:
            NotFoundError: there is no such conversation, or the viewer may not know of it.
            ForbiddenError: the key may not write.
            ConflictError: the conversation has ended, or too many write to it at once.
        """
        turnstile = self._turnstiles.setdefault(conversation_id, asyncio.Lock())
        async with turnstile:
            for _ in range(ATTEMPTS):
                answer = await self._try_turns(viewer, conversation_id, said)
                if answer is not None:
                    return answer
        raise ConflictError("Too many write to this conversation at once.", hint="Send the turns again.")

    async def read(self, viewer: Viewer, conversation_id: str) -> Whole:
        """The conversation with all that belongs to it.

        Raises:
            NotFoundError: there is no such conversation, or the viewer may not know of it.
            ForbiddenError: the key may not read.
        """
        async with self._database.snapshot() as connection:
            return await whole_of(
                connection, await stand_for(connection, viewer, conversation_id, Right.READ)
            )

    async def read_stand(self, viewer: Viewer, conversation_id: str) -> Stand:
        """The conversation's summary and picture, without its turns.

        Raises:
            NotFoundError: there is no such conversation, or the viewer may not know of it.
            ForbiddenError: the key may not read.
        """
        async with self._database.read() as connection:
            return await stand_for(connection, viewer, conversation_id, Right.READ)

    async def read_moment(self, viewer: Viewer, conversation_id: str, turn_id: str) -> KeptMoment:
        """One turn with what it showed.

        Raises:
            NotFoundError: there is no such conversation or turn, or the viewer may not know of it.
            ForbiddenError: the key may not read.
        """
        async with self._database.read() as connection:
            await summary_for(connection, viewer, conversation_id, Right.READ)
            moment = await moments.find(connection, conversation_id, turn_id)
        if moment is None:
            raise no_conversation()
        return moment

    async def list_by_heat(
        self,
        viewer: Viewer,
        *,
        client_id: str | None = None,
        status: Status | None = None,
        mine: bool = False,
        right: Right = Right.READ,
        limit: int = 50,
        offset: int = 0,
    ) -> Page:
        """Conversations, the hottest first; `mine` keeps those of the viewer and those nobody has taken.

        Only those of the clients where the viewer has the right.

        Raises:
            NotFoundError: the viewer may not know of that client.
            ForbiddenError: the key may not read.
        """
        which = Filter(
            client_ids=viewer.narrowed(right, client_id),
            status=status,
            agent_id=viewer.account_id if mine else None,
            unassigned_too=mine,
        )
        async with self._database.snapshot() as connection:
            found = await conversations.list_by_heat(connection, which, limit=limit, offset=offset)
            return Page(conversations=found, total=await conversations.count(connection, which))

    async def list_latest(
        self,
        viewer: Viewer,
        *,
        status: Status | None = None,
        own: bool = False,
        limit: int = 50,
        offset: int = 0,
    ) -> Page:
        """Conversations, the latest active first; `own` keeps those of the viewer.

        Raises:
            ForbiddenError: the key may not read.
        """
        which = Filter(
            client_ids=viewer.narrowed(Right.READ),
            status=status,
            agent_id=viewer.account_id if own else None,
        )
        async with self._database.snapshot() as connection:
            found = await conversations.list_latest(connection, which, limit=limit, offset=offset)
            return Page(conversations=found, total=await conversations.count(connection, which))

    async def end(self, viewer: Viewer, conversation_id: str) -> Summary:
        """Ends the conversation; ending it again changes nothing.

        Raises:
            NotFoundError: there is no such conversation, or the viewer may not know of it.
            ForbiddenError: the key may not write.
        """
        now = self._clock()
        async with self._database.write() as connection:
            summary = await summary_for(connection, viewer, conversation_id, Right.TALK, for_change=True)
            if summary.status is Status.ENDED:
                return summary
            await conversations.change(
                connection, conversation_id, status=Status.ENDED.value, ended_at=now, active_at=now, card=None
            )
            ended = await summary_for(connection, viewer, conversation_id, Right.TALK)
            proposed = await aftercare.propose(connection, ended, now)
            told = [happenings.about(EventKind.ENDED, ended), *proposed]
            await events.add(connection, ended.id, ended.client_id, told, now)
        self._feed.ring()
        log.info("conversation_ended", conversation=conversation_id, turns=ended.turns)
        return ended

    async def follow(
        self, viewer: Viewer, conversation_id: str, after: int | None = None
    ) -> AsyncGenerator[Told]:
        """What happens in the conversation from now on, or after the event of that id; see `Feed`.

        Raises:
            NotFoundError: there is no such conversation, or the viewer may not know of it.
            ForbiddenError: the key may not read.
        """
        async with self._database.read() as connection:
            await summary_for(connection, viewer, conversation_id, Right.READ)
        return self._feed.follow_conversation(conversation_id, after)

    def follow_client(
        self, viewer: Viewer, client_id: str | None = None, after: int | None = None
    ) -> AsyncGenerator[Told]:
        """What happens in all conversations of a client, or of all that the viewer sees; see `Feed`.

        Raises:
            NotFoundError: the viewer may not know of that client.
            ForbiddenError: the key may not read.
        """
        return self._feed.follow_client(viewer, client_id, after)

    async def _by_reference(self, opening: Opening) -> Summary | None:
        if opening.reference is None:
            return None
        async with self._database.read() as connection:
            return await conversations.find_by_reference(connection, opening.client_id, opening.reference)

    async def _try_turns(
        self, viewer: Viewer, conversation_id: str, said: Sequence[Said]
    ) -> list[tuple[KeptMoment, bool]] | None:
        async with self._database.read() as connection:
            stand = await stand_for(connection, viewer, conversation_id, Right.TALK)
            known = await moments.find_many(connection, conversation_id, [each.id for each in said])
        new = list({each.id: each for each in reversed(said) if each.id not in known}.values())[::-1]
        if not new:
            return [(known[each.id], False) for each in said]
        if stand.summary.status is Status.ENDED:
            raise ConflictError("The conversation has ended.", hint="Open a new one for further turns.")
        now = self._clock()
        guide = await self._guides.of(stand.summary.client_id)
        heard = await self._hear(guide.engine, stand, new, now)
        async with self._database.write() as connection:
            if not await self._keep(connection, stand, heard, guide.limits, now):
                return None
        self._recent.keep(heard.stand)
        self._feed.ring()
        log.debug("turns_heard", conversation=conversation_id, turns=len(new), late=heard.all is not None)
        return hearing.answer_to(said, known, heard)

    async def _hear(self, engine: Engine, stand: Stand, new: Sequence[Said], now: datetime) -> hearing.Heard:
        turns = hearing.placed(new, stand.last)
        loop = asyncio.get_running_loop()
        if stand.last is None or turns[0].order > stand.last:
            return await loop.run_in_executor(self._threads, hearing.hear_next, engine, stand, turns, now)
        conversation_id = stand.summary.id
        async with self._database.read() as connection:
            before = await moments.list_of(connection, conversation_id)
            answered = {each.turn_id for each in await contests.list_answers(connection, conversation_id)}
        since = self._recent.before(conversation_id, turns[0], before)
        return await loop.run_in_executor(
            self._threads, hearing.hear_again, engine, stand, since, before, turns, answered, now
        )

    async def _keep(
        self, connection: AsyncConnection, before: Stand, heard: hearing.Heard, by: Limits, now: datetime
    ) -> bool:
        after = heard.stand
        if not await conversations.advance(connection, before.summary.version, after):
            return False
        if heard.all is None:
            await moments.add(connection, after.summary.id, heard.fresh)
        else:
            await moments.replace(connection, after.summary.id, heard.all)
        again = heard.all is not None
        proposed = await proposals.follow_talk(
            connection, after, heard.all or heard.fresh, again=again, now=now
        )
        abuse = await calls.follow_abuse(connection, before, heard, by, now)
        told = [*heard.events, *proposed, *abuse]
        await events.add(connection, after.summary.id, after.summary.client_id, told, now)
        return True


def _opened(opening: Opening, now: datetime) -> Summary:
    return Summary(
        id=uuid4().hex,
        client_id=opening.client_id,
        reference=opening.reference,
        channel=opening.channel,
        status=Status.LIVE,
        customer=readable(opening.customer),
        customer_key=opening.customer_key,
        agent=readable(opening.agent),
        agent_id=opening.agent_id,
        opened_at=now,
        active_at=now,
    )


async def summary_for(
    connection: AsyncConnection,
    viewer: Viewer,
    conversation_id: str,
    right: Right,
    *,
    for_change: bool = False,
) -> Summary:
    """The summary of a conversation at whose client the viewer has the right; `for_change` as in the storage.

    Raises:
        NotFoundError: there is no such conversation, or the viewer may not know of it.
        ForbiddenError: the viewer lacks the right.
    """
    summary = await conversations.find(connection, conversation_id, for_change=for_change)
    if summary is None or not viewer.sees(summary.client_id):
        raise no_conversation()
    viewer.require(right, summary.client_id)
    return summary


async def stand_for(connection: AsyncConnection, viewer: Viewer, conversation_id: str, right: Right) -> Stand:
    """The summary and picture of a conversation at whose client the viewer has the right.

    Raises:
        NotFoundError: there is no such conversation, or the viewer may not know of it.
        ForbiddenError: the viewer lacks the right.
    """
    stand = await conversations.find_stand(connection, conversation_id)
    if stand is None or not viewer.sees(stand.summary.client_id):
        raise no_conversation()
    viewer.require(right, stand.summary.client_id)
    return stand
