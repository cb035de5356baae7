"""The promise ledger: what people and programs do with its entries.

Every change names the version of the entry that it builds on. Of two who change one entry at once the second
is told so and loses nothing; the same change sent again, after an answer was lost, changes nothing.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import uuid4

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from coolhead.casework.due import due_moment
from coolhead.casework.hours import Hours
from coolhead.casework.promises import (
    BY_HAND,
    LONGEST_REASON,
    LONGEST_WHAT,
    LONGEST_WORDS,
    By,
    Entry,
    Move,
    Moved,
    State,
    Terms,
    begun,
    changed,
    merged_terms,
    state_after,
    state_before,
)
from coolhead.codebook import Promiser
from coolhead.conversation.privacy import mask
from coolhead.errors import ConflictError, InputError
from coolhead.services.access import Right, Viewer
from coolhead.services.casework.ledger import LedgerReading, entry_for
from coolhead.services.clock import Clock
from coolhead.services.conversations.live import summary_for
from coolhead.services.events import happenings
from coolhead.services.events.feed import Feed
from coolhead.services.text import readable
from coolhead.storage import clients, events, promises
from coolhead.storage.conversations import Summary
from coolhead.storage.database import Database

log = structlog.get_logger()

Change = tuple[Entry, Moved]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a person enters.

    Attributes:
        when: words that say by when; empty for none.
        due: the exact moment, where they name one; it counts before the words.
    """

    what: str
    who: Promiser
    when: str = ""
    due: datetime | None = None


class Promises(LedgerReading):
    """The use cases of the ledger."""

    def __init__(self, database: Database, feed: Feed, clock: Clock) -> None:
        super().__init__(database, clock)
        self._feed = feed

    async def add(
        self, viewer: Viewer, conversation_id: str, wanted: Wanted, promise_id: str | None = None
    ) -> Entry:
        """Enters a promise by hand; it is open at once. With an id that is known, that entry stands as it is.

        Raises:
            NotFoundError: there is no such conversation, or the viewer may not know of it.
            ForbiddenError: the viewer lacks the right.
            InputError: something entered will not do.
            ConflictError: the id is that of another conversation's entry.
        """
        now = self._clock()
        async with self._database.write() as connection:
            summary = await summary_for(connection, viewer, conversation_id, Right.PROMISE, for_change=True)
            known = await promises.find(connection, promise_id) if promise_id else None
            if known and known.conversation_id == summary.id:
                return known
            if known:
                raise ConflictError("That id is taken.", hint="Use a new one for each promise.")
            hours = await clients.hours_of(connection, summary.client_id)
            owner = _owner(summary, viewer)
            entry = Entry(
                id=promise_id or uuid4().hex,
                client_id=summary.client_id,
                conversation_id=summary.id,
                turn_id=None,
                start=None,
                end=None,
                said_at=now,
                terms=_terms(wanted, None, now, hours),
                state=State.OPEN,
                owner_id=owner.account_id,
                owner=owner.name,
                by_hand=True,
                version=1,
                moved_at=now,
            )
            await promises.add(connection, entry)
            await _tell(connection, [(entry, begun(entry, Move.ADD, _by(viewer)))], now)
        self._feed.ring()
        return entry

    async def move(
        self, viewer: Viewer, promise_id: str, version: int, move: Move, reason: str = ""
    ) -> Entry:
        """Accepts, rejects, keeps, breaks, releases or reopens an entry; `reason` in words.

        Raises:
            NotFoundError: there is none, or the viewer may not know of it.
            ForbiddenError: the viewer lacks the right.
            ConflictError: somebody has changed it since that version, or the move is not legal.
            InputError: the move is none of these, or its reason is missing or too long.
        """
        if move not in BY_HAND:
            raise InputError(f"{move.words!r} cannot be asked for here.", hint=f"Use one of: {_MOVES}.")
        why = _words(reason, "A reason", LONGEST_REASON)

        async def decide(connection: AsyncConnection, before: Entry, now: datetime) -> list[Change]:
            after = replace(before, state=state_after(before, move, why), by_hand=True)
            if move is Move.ACCEPT:
                summary = await summary_for(connection, viewer, before.conversation_id, Right.PROMISE)
                owner = _owner(summary, viewer)
                after = replace(after, owner_id=owner.account_id, owner=owner.name)
            return [changed(before, after, move, _by(viewer), now, reason=why)]

        def is_same(_entry: Entry, last: Moved) -> bool:
            return last.move is move and last.reason == why

        return await self._change(viewer, promise_id, version, decide, is_same)

    async def edit(self, viewer: Viewer, promise_id: str, version: int, wanted: Wanted) -> Entry:
        """Changes what, who or by when; words of time count from when it was said.

        Raises:
            NotFoundError: there is none, or the viewer may not know of it.
            ForbiddenError: the viewer lacks the right.
            ConflictError: somebody has changed it since that version, or it is settled.
            InputError: something entered will not do.
        """

        async def decide(connection: AsyncConnection, before: Entry, now: datetime) -> list[Change]:
            hours = await clients.hours_of(connection, before.client_id)
            terms = _terms(wanted, before.terms, before.said_at, hours)
            state = state_after(before, Move.EDIT)
            if terms == before.terms:
                return []
            after = replace(before, terms=terms, state=state, by_hand=True)
            return [changed(before, after, Move.EDIT, _by(viewer), now)]

        def is_same(entry: Entry, last: Moved) -> bool:
            terms = entry.terms
            asked = (_words(wanted.what, "What", LONGEST_WHAT), wanted.who, wanted.when.strip() or None)
            return last.move is Move.EDIT and (terms.what, terms.who, terms.when) == asked

        return await self._change(viewer, promise_id, version, decide, is_same)

    async def merge(
        self, viewer: Viewer, promise_id: str, version: int, other_id: str, other_version: int
    ) -> Entry:
        """Two entries that tell of one promise become one: `promise_id` stays, the other is dropped.

        Raises:
            NotFoundError: there is no such entry, or the viewer may not know of it.
            ForbiddenError: the viewer lacks the right.
            ConflictError: somebody has changed one of them, or they cannot become one.
        """

        async def decide(connection: AsyncConnection, before: Entry, now: datetime) -> list[Change]:
            other = await entry_for(connection, viewer, other_id, Right.PROMISE)
            _check_version(other, other_version, await promises.list_moves(connection, other_id))
            by = _by(viewer)
            kept = replace(before, terms=merged_terms(before, other), by_hand=True)
            dropped = replace(other, state=state_after(other, Move.MERGE), by_hand=True)
            return [
                changed(before, kept, Move.MERGE, by, now, other_id=other_id),
                changed(other, dropped, Move.MERGE, by, now, other_id=promise_id),
            ]

        def is_same(_entry: Entry, last: Moved) -> bool:
            return last.move is Move.MERGE and last.other_id == other_id

        return await self._change(viewer, promise_id, version, decide, is_same)

    async def undo(self, viewer: Viewer, promise_id: str, version: int) -> Entry:
        """Takes the entry's last change back; of a merge, both halves where the other was left alone since.

        Raises:
            NotFoundError: there is none, or the viewer may not know of it.
            ForbiddenError: the viewer lacks the right.
            ConflictError: somebody has changed it since that version, or there is nothing to take back.
        """

        async def decide(connection: AsyncConnection, before: Entry, now: datetime) -> list[Change]:
            last = (await promises.list_moves(connection, before.id))[-1]
            changes = [_undone(before, last, _by(viewer), now)]
            if last.move is Move.MERGE and last.other_id:
                other = await entry_for(connection, viewer, last.other_id, Right.PROMISE)
                others_last = (await promises.list_moves(connection, other.id))[-1]
                if others_last.move is Move.MERGE and others_last.other_id == before.id:
                    changes.append(_undone(other, others_last, _by(viewer), now))
            return changes

        def is_same(_entry: Entry, last: Moved) -> bool:
            return last.move is Move.UNDO

        return await self._change(viewer, promise_id, version, decide, is_same)

    async def _change(
        self,
        viewer: Viewer,
        promise_id: str,
        version: int,
        decide: Callable[[AsyncConnection, Entry, datetime], Awaitable[list[Change]]],
        is_same: Callable[[Entry, Moved], bool],
    ) -> Entry:
        now = self._clock()
        async with self._database.write() as connection:
            before = await entry_for(connection, viewer, promise_id, Right.PROMISE)
            made = await promises.list_moves(connection, promise_id)
            if before.version == version + 1 and _is_by(viewer, made[-1]) and is_same(before, made[-1]):
                return before
            _check_version(before, version, made)
            changes = await decide(connection, before, now)
            # In the order of ids, so that no two transactions wait for each other.
            for entry, _ in sorted(changes, key=lambda change: change[0].id):
                if not await promises.advance(connection, entry.version - 1, entry):
                    raise _changed_meanwhile(None)
            await _tell(connection, changes, now)
        self._feed.ring()
        return changes[0][0] if changes else before


_MOVES = ", ".join(sorted(move.value for move in BY_HAND))


async def _tell(connection: AsyncConnection, changes: list[Change], now: datetime) -> None:
    """Keeps the changes and tells of them, last in the transaction."""
    if not changes:
        return
    await promises.add_moves(connection, [moved for _, moved in changes])
    first, _ = changes[0]
    told = [happenings.promise_moved(entry, moved) for entry, moved in changes]
    await events.add(connection, first.conversation_id, first.client_id, told, now)


def _undone(before: Entry, last: Moved, by: By, now: datetime) -> Change:
    state = state_before(before, last)
    after = replace(before, state=state, terms=last.was or before.terms)
    if state is State.PROPOSED:
        after = replace(after, owner_id=None, owner="")
    return changed(before, after, Move.UNDO, by, now)


def _check_version(entry: Entry, version: int, made: list[Moved]) -> None:
    if entry.version != version:
        raise _changed_meanwhile(made[-1])


def _changed_meanwhile(last: Moved | None) -> ConflictError:
    who = f": {last.by} ({last.move.words})" if last and last.by else ""
    return ConflictError(
        f"This promise was changed meanwhile{who}.",
        hint="Look at what it says now; nothing of yours was written over it.",
    )


def _is_by(viewer: Viewer, last: Moved) -> bool:
    return (last.account_id, last.by) == (viewer.account_id, viewer.name)


def _by(viewer: Viewer) -> By:
    return By(account_id=viewer.account_id, name=viewer.name)


def _owner(summary: Summary, viewer: Viewer) -> By:
    """Whose promise it becomes: the conversation's agent's, else theirs who took it into the ledger."""
    if summary.agent_id:
        return By(account_id=summary.agent_id, name=summary.agent)
    return _by(viewer) if viewer.account_id else By(name=summary.agent)


def _terms(wanted: Wanted, before: Terms | None, said_at: datetime, hours: Hours) -> Terms:
    """What is entered, as terms; words that stay as they were keep the moment they had."""
    what = _words(wanted.what, "A promise", LONGEST_WHAT)
    if not what:
        raise InputError("A promise needs words.", hint="Say what will be done: call back, send a part.")
    when = _words(wanted.when, "By when", LONGEST_WORDS) or None
    if wanted.due is not None:
        due: datetime | None = wanted.due
    elif before is not None and when is not None and when == before.when:
        due = before.due
    else:
        due = due_moment(when, said_at, hours)
    return Terms(what=what, who=wanted.who, when=when, due=due)


def _words(text: str, what: str, longest: int) -> str:
    """The text as it may be kept, masked; empty where it is.

    Raises:
        InputError: it is longer than `longest` characters.
    """
    words = mask(readable(text)).text.strip()
    if len(words) > longest:
        raise InputError(f"{what} has at most {longest} characters.", hint="Say it in fewer words.")
    return words
