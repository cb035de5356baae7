"""Drills that people did, and when each of their items comes again."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from coolhead.practice.learning.spacing import Card
from coolhead.storage.tables import drill_cards, drill_runs


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """An answer as it is kept.

    Attributes:
        text: masked.
        right: as judged, or as the person saw it when they contested that.
        contested: the person said that it is right after all.
    """

    item: str
    text: str
    right: bool
    why: str
    better: str
    contested: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DrillRun:
    """A drill that somebody is doing or has done.

    Attributes:
        drill_version: the client's published version; 0 is the one that is shipped.
        items: ids, in the order in which they are asked.
        seconds: for the whole drill; None with the clock turned off.
        used_s: seconds spent on the items answered so far; reading the comments costs none.
        shown_at: when the open item was shown; None while a comment is being read.
        version: one more with every change.
    """

    id: str
    client_id: str
    account_id: str
    drill_id: str
    drill_version: int
    title: str
    technique: str
    items: tuple[str, ...]
    answers: tuple[Answered, ...] = ()
    seconds: int | None
    used_s: float = 0.0
    begun_at: datetime
    shown_at: datetime | None
    ended_at: datetime | None = None
    version: int = 1

    @property
    def right(self) -> int:
        """How many answers were right."""
        return sum(each.right for each in self.answers)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptCard:
    """The card of one item."""

    drill_id: str
    item_id: str
    card: Card


ITEMS = TypeAdapter(tuple[str, ...])
ANSWERS = TypeAdapter(tuple[Answered, ...])


async def add(connection: AsyncConnection, run: DrillRun) -> None:
    """Keeps a new one."""
    await connection.execute(insert(drill_runs).values(_columns(run)))


async def advance(connection: AsyncConnection, run: DrillRun) -> bool:
    """Writes it over the version before; False when somebody was quicker."""
    query = update(drill_runs).where(drill_runs.c.id == run.id, drill_runs.c.version == run.version - 1)
    return (await connection.execute(query.values(_columns(run)))).rowcount == 1


async def find(connection: AsyncConnection, run_id: str, account_id: str) -> DrillRun | None:
    """The one of that id when it is this person's."""
    query = select(drill_runs).where(drill_runs.c.id == run_id, drill_runs.c.account_id == account_id)
    row = (await connection.execute(query)).one_or_none()
    return _run(row) if row else None


async def list_ended(
    connection: AsyncConnection, account_id: str, client_id: str, limit: int
) -> list[DrillRun]:
    """The person's latest drills at the client that came to an end with an answer in them."""
    query = select(drill_runs).where(
        drill_runs.c.account_id == account_id,
        drill_runs.c.client_id == client_id,
        drill_runs.c.ended_at.is_not(None),
        drill_runs.c.answers != "[]",
    )
    query = query.order_by(drill_runs.c.ended_at.desc(), drill_runs.c.id).limit(limit)
    return [_run(row) for row in await connection.execute(query)]


async def list_cards(
    connection: AsyncConnection, account_id: str, client_id: str, drill_id: str | None = None
) -> list[KeptCard]:
    """The person's cards at the client, of one drill or of all."""
    query = select(drill_cards).where(
        drill_cards.c.account_id == account_id, drill_cards.c.client_id == client_id
    )
    if drill_id is not None:
        query = query.where(drill_cards.c.drill_id == drill_id)
    return [
        KeptCard(drill_id=row.drill_id, item_id=row.item_id, card=Card(box=row.box, due_on=row.due_on))
        for row in await connection.execute(query)
    ]


async def put_card(connection: AsyncConnection, account_id: str, client_id: str, kept: KeptCard) -> None:
    """Keeps the card of an item in the place of the one before."""
    await connection.execute(
        delete(drill_cards).where(
            drill_cards.c.account_id == account_id,
            drill_cards.c.client_id == client_id,
            drill_cards.c.drill_id == kept.drill_id,
            drill_cards.c.item_id == kept.item_id,
        )
    )
    await connection.execute(
        insert(drill_cards).values(
            account_id=account_id,
            client_id=client_id,
            drill_id=kept.drill_id,
            item_id=kept.item_id,
            box=kept.card.box,
            due_on=kept.card.due_on,
        )
    )


async def count_due(connection: AsyncConnection, account_id: str, client_id: str, today: date) -> int:
    """How many of the person's items are due again."""
    query = (
        select(func.count())
        .select_from(drill_cards)
        .where(
            drill_cards.c.account_id == account_id,
            drill_cards.c.client_id == client_id,
            drill_cards.c.due_on <= today,
        )
    )
    return int((await connection.execute(query)).scalar_one())


async def list_ends(
    connection: AsyncConnection, client_id: str, accounts: Collection[str], drill_ids: Collection[str]
) -> dict[tuple[str, str], list[datetime]]:
    """When each of these people came to the end of each of these drills, by person and drill."""
    query = select(drill_runs.c.account_id, drill_runs.c.drill_id, drill_runs.c.ended_at).where(
        drill_runs.c.client_id == client_id,
        drill_runs.c.account_id.in_(sorted(accounts)),
        drill_runs.c.drill_id.in_(sorted(drill_ids)),
        drill_runs.c.ended_at.is_not(None),
        drill_runs.c.answers != "[]",
    )
    found: dict[tuple[str, str], list[datetime]] = {}
    for row in await connection.execute(query):
        found.setdefault((row.account_id, row.drill_id), []).append(row.ended_at)
    return found


def _columns(run: DrillRun) -> dict[str, object]:
    values = {name: getattr(run, name) for name in DrillRun.__slots__}
    return values | {
        "items": ITEMS.dump_json(run.items).decode(),
        "answers": ANSWERS.dump_json(run.answers).decode(),
    }


def _run(row: Any) -> DrillRun:
    return DrillRun(
        **{
            **row._mapping,
            "items": ITEMS.validate_json(row.items),
            "answers": ANSWERS.validate_json(row.answers),
        }
    )
