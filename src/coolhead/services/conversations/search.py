"""Searching: full text over the conversations of the viewer's clients, with where in them it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from coolhead.casework.finding import Needle, Piece, needles, snippet
from coolhead.codebook import Heat, Issue, Resolved
from coolhead.services.access import Right, Viewer
from coolhead.storage import conversations, search
from coolhead.storage.conversations import Summary
from coolhead.storage.database import Database
from coolhead.storage.search import Kind, Place, Where

SNIPPETS_SHOWN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """What is searched for, and where; None means anywhere.

    Attributes:
        question: words that all must stand in a conversation; `"side by side"` and `begin*` are understood.
        client_id: only of this client.
        since: only conversations opened at that moment or later.
        until: only conversations opened before that moment.
        issue: only about this: as confirmed, else as read.
        outcome: only with this outcome: as confirmed, else as read.
        heat: only those in which the customer was at least so hot.
    """

    question: str = ""
    client_id: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    issue: Issue | None = None
    outcome: Resolved | None = None
    heat: Heat | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Snippet:
    """A text in which something was found, cut to what is around it; `turn_id` when it is a turn's."""

    kind: Kind
    turn_id: str | None
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A conversation that was found, and the best places in it."""

    conversation: Summary
    snippets: tuple[Snippet, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """A page of what was found, the best first, and how many there are in all."""

    hits: tuple[Hit, ...]
    total: int


class Search:
    """The use case of looking for conversations."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find(self, viewer: Viewer, ask: Ask, *, limit: int = 20, offset: int = 0) -> Results:
        """Conversations that hold every word of the question; with none, all that the filters let through.

        Raises:
            NotFoundError: the viewer may not know of that client.
            ForbiddenError: the viewer lacks the right.
        """
        where = Where(
            client_ids=viewer.narrowed(Right.READ, ask.client_id),
            since=ask.since,
            until=ask.until,
            issue=ask.issue,
            outcome=ask.outcome,
            heat=ask.heat,
        )
        asked = needles(ask.question)
        async with self._database.snapshot() as connection:
            ids = await search.find(connection, asked, where, limit=limit, offset=offset)
            found = await conversations.find_many(connection, ids)
            places = await search.places(connection, asked, ids)
            total = await search.count(connection, asked, where)
        hits = [Hit(conversation=found[id], snippets=_snippets(places.get(id, ()), asked)) for id in ids]
        return Results(hits=tuple(hits), total=total)


def _snippets(places: Sequence[Place], asked: Sequence[Needle]) -> tuple[Snippet, ...]:
    """The places that hold the most of what was asked for, in the order of the conversation."""
    shown = [
        Snippet(kind=place.kind, turn_id=place.turn_id, pieces=snippet(place.text, asked)) for place in places
    ]
    most = sorted(shown, key=lambda each: -len({p.text.lower() for p in each.pieces if p.found}))
    best = most[:SNIPPETS_SHOWN]
    return tuple(each for each in shown if each in best)
