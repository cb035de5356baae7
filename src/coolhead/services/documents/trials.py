"""A playbook in the making, tried on a client's stored conversations: no turn is read anew."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from coolhead.guidance.playbook import Entry, Playbook
from coolhead.guidance.trial import Fired, try_playbook
from coolhead.services.access import Right, Viewer
from coolhead.services.clock import Clock
from coolhead.services.documents.documents import PLAYBOOK, Documents
from coolhead.services.documents.guides import Guides
from coolhead.storage import conversations, moments
from coolhead.storage.conversations import Filter, Stand, Summary
from coolhead.storage.database import Database
from coolhead.storage.moments import KeptMoment

if TYPE_CHECKING:
    from coolhead.engine import Engine, Moment

MOST_CONVERSATIONS = 2000
PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One turn after which an entry would have been shown.

    Attributes:
        said: the turn, masked as it is kept.
        answer: the agent's next turn; empty when there was none.
        done_anyway: True when that turn did any of what the entry advises.
        shown_then: True when the same entry was shown there at the time.
    """

    conversation: Summary
    turn_id: str
    said: str
    answer: str
    done_anyway: bool
    shown_then: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What one entry would have done; places are the latest conversation's first."""

    entry: Entry
    places: tuple[Place, ...]

    @property
    def done_anyway(self) -> int:
        """How many times the agent did it in the next turn."""
        return sum(place.done_anyway for place in self.places)

    @property
    def shown_then(self) -> int:
        """How many times it was shown at the time as well."""
        return sum(place.shown_then for place in self.places)


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a trial has come.

    Attributes:
        done: conversations tried.
        total: conversations there are to try.
        turns: customer turns in those tried.
        entries: what each entry of the playbook would have done in those, in the playbook's order.
    """

    done: int
    total: int
    turns: int
    entries: tuple[Tried, ...]


class Trials:
    """The use case of trying a playbook before it is published."""

    def __init__(
        self, database: Database, documents: Documents, guides: Guides, threads: Executor, clock: Clock
    ) -> None:
        self._database = database
        self._documents = documents
        self._guides = guides
        self._threads = threads
        self._clock = clock

    async def run(self, viewer: Viewer, client_id: str, text: str, *, days: int) -> AsyncIterator[Progress]:
        """Tries the playbook `text` on what the client's people said in the last days; tells after each one.

        Raises:
            NotFoundError: the viewer may not know of the client.
            ForbiddenError: the viewer may not edit its documents.
            DocumentError: the text has problems; all of them.
        """
        viewer.require(Right.KEEP_DOCUMENTS, client_id)
        playbook = await self._documents.run(PLAYBOOK.load, text)
        engine = (await self._guides.of(client_id)).engine.with_playbook(playbook)
        found = await self._since(client_id, self._clock() - timedelta(days=days))
        places: dict[str, list[Place]] = {entry.name: [] for entry in playbook.entries}
        turns = 0
        yield _progress(playbook, places, 0, len(found), turns)
        for done, summary in enumerate(found, 1):
            stand, kept = await self._read(summary.id)
            if stand is not None:
                for name, place in await self._try(engine, playbook, stand, kept):
                    places[name].append(place)
            turns += sum(moment.turn.by_customer for moment in kept)
            yield _progress(playbook, places, done, len(found), turns)

    async def _since(self, client_id: str, since: datetime) -> list[Summary]:
        """The conversations that went on since that moment, the latest first, and at most so many."""
        found: list[Summary] = []
        which = Filter(client_ids=(client_id,))
        while len(found) < MOST_CONVERSATIONS:
            async with self._database.read() as connection:
                page = await conversations.list_latest(connection, which, limit=PAGE, offset=len(found))
            recent = [each for each in page if each.active_at >= since]
            found += recent
            if len(recent) < PAGE:
                break
        return [each for each in found if each.turns]

    async def _read(self, conversation_id: str) -> tuple[Stand | None, list[KeptMoment]]:
        async with self._database.snapshot() as connection:
            stand = await conversations.find_stand(connection, conversation_id)
            return stand, await moments.list_of(connection, conversation_id)

    async def _try(
        self, engine: Engine, playbook: Playbook, stand: Stand, kept: list[KeptMoment]
    ) -> list[tuple[str, Place]]:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, _try, engine, playbook, stand, kept)


def _try(engine: Engine, playbook: Playbook, stand: Stand, kept: list[KeptMoment]) -> list[tuple[str, Place]]:
    heard = _heard_again(engine, stand, kept)
    return [
        (trial.entry.name, _place(stand.summary, fired, trial.entry.name, kept))
        for trial in try_playbook(playbook, [(stand.summary.id, heard)])
        for fired in trial.fired
    ]


def _heard_again(engine: Engine, stand: Stand, kept: Sequence[KeptMoment]) -> list[Moment]:
    picture = engine.start(started_at=stand.picture.started_at, channel=stand.picture.channel)
    heard = []
    for moment in kept:
        again = engine.hear_read(picture, moment.turn, moment.reading)
        heard.append(again)
        picture = again.picture
    return heard


def _place(summary: Summary, fired: Fired, name: str, kept: Sequence[KeptMoment]) -> Place:
    at = next(number for number, moment in enumerate(kept) if moment.turn.id == fired.turn_id)
    answer = next((moment.turn.text for moment in kept[at + 1 :] if not moment.turn.by_customer), "")
    card = kept[at].card
    return Place(
        conversation=summary,
        turn_id=fired.turn_id,
        said=kept[at].turn.text,
        answer=answer,
        done_anyway=fired.done_anyway,
        shown_then=card is not None and card.id == name,
    )


def _progress(
    playbook: Playbook, places: dict[str, list[Place]], done: int, total: int, turns: int
) -> Progress:
    entries = tuple(Tried(entry=entry, places=tuple(places[entry.name])) for entry in playbook.entries)
    return Progress(done=done, total=total, turns=turns, entries=entries)
