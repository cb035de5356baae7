"""The promise ledger as it is read: pages of it, one entry with its story, what presses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from sqlalchemy.ext.asyncio import AsyncConnection

from coolhead.casework.hours import Hours
from coolhead.casework.promises import LEAD, Entry, Moved, Standing, State
from coolhead.errors import NotFoundError
from coolhead.services.access import Right, Viewer
from coolhead.services.clock import Clock
from coolhead.storage import clients, promises
from coolhead.storage.clients import Client
from coolhead.storage.database import Database
from coolhead.storage.promises import Which


class Show(StrEnum):
    """Which entries a list shows."""

    TODAY = "today"
    OVERDUE = "overdue"
    OPEN = "open"
    PROPOSED = "proposed"
    SETTLED = "settled"
    ALL = "all"


STATES: dict[Show, frozenset[State]] = {
    Show.TODAY: frozenset({State.OPEN}),
    Show.OVERDUE: frozenset({State.OPEN}),
    Show.OPEN: frozenset({State.OPEN}),
    Show.PROPOSED: frozenset({State.PROPOSED}),
    Show.SETTLED: frozenset({State.KEPT, State.BROKEN, State.RELEASED}),
    Show.ALL: frozenset(State) - {State.DROPPED},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which part of the ledger is asked for; None means any."""

    show: Show = Show.ALL
    client_id: str | None = None
    owner_id: str | None = None
    conversation_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An entry as a list shows it.

    Attributes:
        customer: the customer's name; empty when not known.
        client: whose entry it is, in whose time zone it falls due.
        standing: what the clock makes of it now.
    """

    entry: Entry
    customer: str
    client: Client
    standing: Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """A page of the ledger, and how many entries it would hold in all."""

    lines: list[Line]
    total: int


class LedgerReading:
    """The use cases that change nothing."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def list_page(
        self, viewer: Viewer, asked: Asked | None = None, *, limit: int = 50, offset: int = 0
    ) -> Ledger:
        """A page of the ledger: the soonest due first, what has no time last.

        Raises:
            NotFoundError: the viewer may not know of that client.
            ForbiddenError: the viewer lacks the right.
        """
        asked = asked or Asked()
        wanted, now = viewer.narrowed(Right.READ, asked.client_id), self._clock()
        async with self._database.snapshot() as connection:
            known = {client.id: client for client in await clients.list_of(connection, wanted)}
            which = Which(
                client_ids=wanted,
                states=STATES[asked.show],
                owner_id=asked.owner_id,
                conversation_id=asked.conversation_id,
                due_before=now if asked.show is Show.OVERDUE else None,
                due_within={each.id: today_of(each.hours, now) for each in known.values()}
                if asked.show is Show.TODAY
                else None,
            )
            rows = await promises.list_page(connection, which, limit=limit, offset=offset)
            total = await promises.count(connection, which)
        lines = [
            Line(
                entry=row.entry,
                customer=row.customer,
                client=known[row.entry.client_id],
                standing=row.entry.standing(now, known[row.entry.client_id].hours),
            )
            for row in rows
        ]
        return Ledger(lines=lines, total=total)

    async def list_owners(self, viewer: Viewer) -> dict[str, str]:
        """The names of people who have entries, by the account's id.

        Raises:
            ForbiddenError: the viewer lacks the right.
        """
        async with self._database.read() as connection:
            return await promises.owners(connection, viewer.narrowed(Right.READ))

    async def count_pressing(self, viewer: Viewer) -> int:
        """How many of the viewer's own open entries are overdue, or due within the hour."""
        which = Which(
            client_ids=viewer.narrowed(Right.READ),
            states=STATES[Show.OPEN],
            owner_id=viewer.id,
            due_before=self._clock() + LEAD,
        )
        async with self._database.read() as connection:
            return await promises.count(connection, which)

    async def read(self, viewer: Viewer, promise_id: str) -> tuple[Entry, list[Moved]]:
        """The entry with every change of it, oldest first.

        Raises:
            NotFoundError: there is none, or the viewer may not know of it.
            ForbiddenError: the viewer lacks the right.
        """
        async with self._database.snapshot() as connection:
            entry = await entry_for(connection, viewer, promise_id, Right.READ)
            return entry, await promises.list_moves(connection, promise_id)


async def entry_for(connection: AsyncConnection, viewer: Viewer, promise_id: str, right: Right) -> Entry:
    """The entry of that id.

    Raises:
        NotFoundError: there is none, or the viewer may not know of it.
        ForbiddenError: the viewer lacks the right.
    """
    entry = await promises.find(connection, promise_id)
    if entry is None or not viewer.sees(entry.client_id):
        raise NotFoundError("There is no such promise.", hint="Look at the ledger again.")
    viewer.require(right, entry.client_id)
    return entry


def today_of(hours: Hours, now: datetime) -> tuple[datetime, datetime]:
    """The first moment of the client's present day, and that of the next."""
    midnight = datetime.combine(hours.local(now).date(), time())
    return hours.moment(midnight), hours.moment(midnight + timedelta(days=1))
