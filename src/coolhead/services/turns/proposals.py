"""What the talk shows becomes proposals in the promise ledger, in the transaction that keeps the turns.

Each promise is proposed once, however often its turn is heard again. A late turn may change or withdraw
proposals; entries that a person has touched stay as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import uuid4

from sqlalchemy.ext.asyncio import AsyncConnection

from coolhead.casework.due import due_moment
from coolhead.casework.hours import Hours
from coolhead.casework.promises import (
    COOLHEAD,
    LONGEST_WHAT,
    LONGEST_WORDS,
    Differences,
    Entry,
    Found,
    Move,
    Moved,
    State,
    Terms,
    begun,
    changed,
    differences,
    state_after,
)
from coolhead.perception.reading import Promise
from coolhead.services.events import happenings
from coolhead.storage import clients, promises
from coolhead.storage.conversations import Stand
from coolhead.storage.events import NewEvent
from coolhead.storage.moments import KeptMoment


async def follow_talk(
    connection: AsyncConnection, stand: Stand, heard: Sequence[KeptMoment], *, again: bool, now: datetime
) -> list[NewEvent]:
    """Brings the conversation's proposals in line with what its turns show; gives what to tell.

    Args:
        connection: of the transaction that keeps the turns, after it has moved the conversation's version on,
            so that nobody else does this at the same time.
        stand: the conversation after the turns.
        heard: the turns, new ones only, or with `again` all of them.
        again: True after a replay, which may have changed what older turns show.
        now: the present moment.
    """
    making = [moment for moment in heard if moment.reading.promises]
    if not making and not again:
        return []
    turn_ids = None if again else {moment.turn.id for moment in making}
    entries = await promises.list_of(connection, stand.summary.id, turn_ids=turn_ids)
    if not making and not entries:
        return []
    hours = await clients.hours_of(connection, stand.summary.client_id)
    found = [each for moment in making for each in _found(moment, stand.picture.started_at, hours)]
    return await _write(connection, stand, differences(entries, found), now)


def _found(moment: KeptMoment, started_at: datetime | None, hours: Hours) -> list[Found]:
    said_at = moment.received_at
    if started_at is not None and moment.turn.start is not None:
        said_at = started_at + timedelta(seconds=moment.turn.start)
    found: list[Found] = []
    for promise in moment.reading.promises:
        found.append(
            Found(
                turn_id=moment.turn.id,
                start=promise.evidence.start or 0,
                end=promise.evidence.end or 0,
                said_at=said_at,
                terms=_terms(promise, said_at, hours, _day_named(found, hours)),
            )
        )
    return found


def _terms(promise: Promise, said_at: datetime, hours: Hours, day_named: date | None) -> Terms:
    due = due_moment(promise.when, said_at, hours, day_named=day_named) or promise.due
    when = promise.when[:LONGEST_WORDS] if promise.when else None
    return Terms(what=promise.what[:LONGEST_WHAT], who=promise.who, when=when, due=due)


def _day_named(found: Sequence[Found], hours: Hours) -> date | None:
    """The day that "that afternoon" goes back to: of the last promise of the turn that has one."""
    due = next((each.terms.due for each in reversed(found) if each.terms.due), None)
    return hours.local(due).date() if due else None


async def _write(
    connection: AsyncConnection, stand: Stand, differ: Differences, now: datetime
) -> list[NewEvent]:
    written = [_proposed(stand, found, now) for found in differ.new]
    for entry, _ in written:
        await promises.add(connection, entry)
    changes = [_renewed(before, found, now) for before, found in differ.changed]
    changes += [_withdrawn(before, now) for before in differ.gone]
    # In the order of ids, so that no two transactions wait for each other.
    for entry, moved in sorted(changes, key=lambda change: change[0].id):
        if await promises.advance(connection, entry.version - 1, entry):  # else a person was quicker
            written.append((entry, moved))
    if written:
        await promises.add_moves(connection, [moved for _, moved in written])
    return [happenings.promise_moved(entry, moved) for entry, moved in written]


def _proposed(stand: Stand, found: Found, now: datetime) -> tuple[Entry, Moved]:
    entry = Entry(
        id=uuid4().hex,
        client_id=stand.summary.client_id,
        conversation_id=stand.summary.id,
        turn_id=found.turn_id,
        start=found.start,
        end=found.end,
        said_at=found.said_at,
        terms=found.terms,
        state=State.PROPOSED,
        owner_id=None,
        owner="",
        by_hand=False,
        version=1,
        moved_at=now,
    )
    return entry, begun(entry, Move.PROPOSE, COOLHEAD)


def _renewed(before: Entry, found: Found, now: datetime) -> tuple[Entry, Moved]:
    after = replace(
        before,
        start=found.start,
        end=found.end,
        said_at=found.said_at,
        terms=found.terms,
        state=state_after(before, Move.PROPOSE),
    )
    return changed(before, after, Move.PROPOSE, COOLHEAD, now)


def _withdrawn(before: Entry, now: datetime) -> tuple[Entry, Moved]:
    after = replace(before, state=state_after(before, Move.WITHDRAW))
    return changed(before, after, Move.WITHDRAW, COOLHEAD, now)
