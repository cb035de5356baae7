"""Follow-ups as they are read: pages of them, those of a conversation, one with its story."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy.ext.asyncio import AsyncConnection

from coolhead.casework.follow_up import LIVE, WAITING, FollowUp, Moved, State
from coolhead.casework.promises import Standing
from coolhead.errors import NotFoundError
from coolhead.services.access import Right, Viewer
from coolhead.services.casework.ledger import today_of
from coolhead.services.clock import Clock
from coolhead.services.conversations.live import summary_for
from coolhead.storage import clients, follow_ups
from coolhead.storage.clients import Client
from coolhead.storage.database import Database
from coolhead.storage.follow_ups import Row, Which


class Show(StrEnum):
    """Which follow-ups a list shows."""

    PROPOSED = "proposed"
    TODAY = "today"
    OVERDUE = "overdue"
    WAITING = "waiting"
    SETTLED = "settled"


STATES: dict[Show, frozenset[State]] = {
    Show.PROPOSED: frozenset({State.PROPOSED}),
    Show.TODAY: frozenset(WAITING),
    Show.OVERDUE: frozenset(WAITING),
    Show.WAITING: frozenset(WAITING),
    Show.SETTLED: frozenset(State) - frozenset(LIVE),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which follow-ups are asked for; `mine`: one's own and those that nobody has."""

    show: Show = Show.WAITING
    client_id: str | None = None
    mine: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A follow-up as a list shows it; `standing` is what the clock makes of it now."""

    follow_up: FollowUp
    customer: str
    client: Client
    standing: Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A page of follow-ups, and how many the list holds in all."""

    lines: list[Line]
    total: int


class PlanReading:
    """The use cases that change nothing."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def list_page(self, viewer: Viewer, asked: Asked, *, limit: int = 50, offset: int = 0) -> Plan:
        """A page of follow-ups: what is due soonest first; of settled ones, what was changed last.

        Raises:
            NotFoundError: the viewer may not know of that client.
            ForbiddenError: the viewer lacks the right.
        """
        wanted, now = viewer.narrowed(Right.FOLLOW_UP, asked.client_id), self._clock()
        async with self._database.snapshot() as connection:
            known = {client.id: client for client in await clients.list_of(connection, wanted)}
            which = Which(
                client_ids=wanted,
                states=STATES[asked.show],
                owner_id=viewer.id if asked.mine else None,
                nobodys_too=True,
                due_before=now if asked.show is Show.OVERDUE else None,
                due_within={each.id: today_of(each.hours, now) for each in known.values()}
                if asked.show is Show.TODAY
                else None,
                latest_first=asked.show is Show.SETTLED,
            )
            rows = await follow_ups.list_page(connection, which, limit=limit, offset=offset)
            total = await follow_ups.count(connection, which)
        return Plan(lines=[_line(row, known[row.follow_up.client_id], now) for row in rows], total=total)

    async def list_of(self, viewer: Viewer, conversation_id: str) -> list[FollowUp]:
        """The follow-ups of a conversation, what is due soonest first.

        Raises:
            NotFoundError: there is no such conversation, or the viewer may not know of it.
            ForbiddenError: the viewer lacks the right.
        """
        async with self._database.read() as connection:
            await summary_for(connection, viewer, conversation_id, Right.READ)
            which = Which(conversation_id=conversation_id)
            return [row.follow_up for row in await follow_ups.list_page(connection, which, limit=20)]

    async def read(self, viewer: Viewer, follow_up_id: str) -> tuple[Line, list[Moved]]:
        """The follow-up with every change of it, oldest first.

        Raises:
            NotFoundError: there is none, or the viewer may not know of it.
            ForbiddenError: the viewer lacks the right.
        """
        async with self._database.snapshot() as connection:
            row, client = await row_for(connection, viewer, follow_up_id)
            moves = await follow_ups.list_moves(connection, follow_up_id)
        return _line(row, client, self._clock()), moves


async def row_for(connection: AsyncConnection, viewer: Viewer, follow_up_id: str) -> tuple[Row, Client]:
    """The follow-up and its client.

    Raises:
        NotFoundError: there is none, or the viewer may not know of it.
        ForbiddenError: the viewer lacks the right.
    """
    row = await follow_ups.find(connection, follow_up_id)
    client = await clients.find(connection, row.follow_up.client_id) if row else None
    if row is None or client is None or not viewer.sees(client.id):
        raise NotFoundError("There is no such follow-up.", hint="Look at the list again.")
    viewer.require(Right.FOLLOW_UP, client.id)
    return row, client


def _line(row: Row, client: Client, now: datetime) -> Line:
    standing = row.follow_up.standing(now, client.hours)
    return Line(follow_up=row.follow_up, customer=row.customer, client=client, standing=standing)
