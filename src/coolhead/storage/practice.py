"""Practice runs as they are kept, what people wrote for themselves after them, and whom they want to meet."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, func, insert, select, union, update
from sqlalchemy.ext.asyncio import AsyncConnection

from coolhead.practice.act import Ending
from coolhead.practice.scenario import Difficulty
from coolhead.storage.tables import (
    accounts,
    drill_cards,
    drill_runs,
    practice_reflections,
    practice_runs,
    practice_wishes,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptRun:
    """What lists and pages say of a run; the run itself is kept beside it, as JSON.

    Attributes:
        account_id: who practises.
        scenario_version: the client's published version; 0 is the one that is shipped.
        title: of the scenario as it was played.
        persona: the persona's name as it was played.
        again_of: the run whose turn was answered differently.
        again_from: the number of that turn.
        moved_at: when anything last happened in it.
        score: 0-100; None while it goes on, and where nothing was said.
        rounds: how many turns the agent has said.
        heat: of the customer now, 0-4.
        version: one more with every change.
    """

    id: str
    client_id: str
    account_id: str
    scenario_id: str
    scenario_version: int
    title: str
    persona_id: str
    persona: str
    difficulty: Difficulty
    seed: int
    again_of: str | None = None
    again_from: int | None = None
    begun_at: datetime
    moved_at: datetime
    paused_at: datetime | None = None
    ended_at: datetime | None = None
    ending: Ending | None = None
    score: int | None = None
    rounds: int
    heat: float
    version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Reflection:
    """What somebody wrote for themselves after a run."""

    worked: str
    differently: str
    written_at: datetime


KEPT = TypeAdapter(KeptRun)
COLUMNS = [practice_runs.c[name] for name in KeptRun.__slots__]


async def add(connection: AsyncConnection, kept: KeptRun, run: str) -> None:
    """Keeps a new run."""
    await connection.execute(insert(practice_runs).values(_columns(kept) | {"run": run}))


async def advance(connection: AsyncConnection, kept: KeptRun, run: str) -> bool:
    """Writes the run over the version before; False when somebody was quicker."""
    query = update(practice_runs).where(
        practice_runs.c.id == kept.id, practice_runs.c.version == kept.version - 1
    )
    return (await connection.execute(query.values(_columns(kept) | {"run": run}))).rowcount == 1


async def find(connection: AsyncConnection, run_id: str, account_id: str) -> tuple[KeptRun, str] | None:
    """The run of that id when it is this person's, with its JSON."""
    query = select(*COLUMNS, practice_runs.c.run).where(
        practice_runs.c.id == run_id, practice_runs.c.account_id == account_id
    )
    row = (await connection.execute(query)).one_or_none()
    return (_kept(row), row.run) if row else None


async def list_of(
    connection: AsyncConnection,
    account_id: str,
    client_ids: Collection[str] | None,
    *,
    limit: int,
    offset: int = 0,
) -> list[KeptRun]:
    """A page of the person's runs at these clients (None: at any), the latest first."""
    query = select(*COLUMNS).where(_mine(account_id, client_ids))
    query = query.order_by(practice_runs.c.begun_at.desc(), practice_runs.c.id).limit(limit).offset(offset)
    return [_kept(row) for row in await connection.execute(query)]


async def count_of(connection: AsyncConnection, account_id: str, client_ids: Collection[str] | None) -> int:
    """How many runs the person has at these clients."""
    query = select(func.count()).select_from(practice_runs).where(_mine(account_id, client_ids))
    return int((await connection.execute(query)).scalar_one())


async def list_people(connection: AsyncConnection, client_id: str) -> list[str]:
    """Who has practised at the client: ids of accounts with a run, a drill or a card."""
    owned = [
        select(each.c.account_id).where(each.c.client_id == client_id)
        for each in (practice_runs, drill_runs, drill_cards)
    ]
    return sorted((await connection.execute(union(*owned))).scalars())


async def list_again(connection: AsyncConnection, run_id: str) -> list[KeptRun]:
    """The runs in which a turn of that run was answered differently, the latest first."""
    query = select(*COLUMNS).where(practice_runs.c.again_of == run_id)
    rows = await connection.execute(query.order_by(practice_runs.c.begun_at.desc(), practice_runs.c.id))
    return [_kept(row) for row in rows]


async def reflection_of(connection: AsyncConnection, run_id: str) -> Reflection | None:
    """What was written after the run."""
    query = select(practice_reflections).where(practice_reflections.c.run_id == run_id)
    row = (await connection.execute(query)).one_or_none()
    if row is None:
        return None
    return Reflection(worked=row.worked, differently=row.differently, written_at=row.written_at)


async def write_reflection(connection: AsyncConnection, run_id: str, reflection: Reflection) -> None:
    """Keeps what is written after the run, over what was there."""
    await connection.execute(select(practice_runs.c.id).where(practice_runs.c.id == run_id).with_for_update())
    values = {name: getattr(reflection, name) for name in Reflection.__slots__}
    query = update(practice_reflections).where(practice_reflections.c.run_id == run_id)
    if (await connection.execute(query.values(values))).rowcount == 0:
        await connection.execute(insert(practice_reflections).values(values | {"run_id": run_id}))


async def wants_abusive(connection: AsyncConnection, account_id: str) -> bool:
    """True when the person wants abusive customers to be offered; nobody does who has not said so."""
    query = select(practice_wishes.c.abusive).where(practice_wishes.c.account_id == account_id)
    return bool((await connection.execute(query)).scalar_one_or_none())


async def wish_abusive(connection: AsyncConnection, account_id: str, *, abusive: bool, now: datetime) -> None:
    """Keeps whether abusive customers may be offered."""
    await connection.execute(select(accounts.c.id).where(accounts.c.id == account_id).with_for_update())
    values = {"abusive": abusive, "chosen_at": now}
    query = update(practice_wishes).where(practice_wishes.c.account_id == account_id)
    if (await connection.execute(query.values(values))).rowcount == 0:
        await connection.execute(insert(practice_wishes).values(values | {"account_id": account_id}))


def _mine(account_id: str, client_ids: Collection[str] | None) -> ColumnElement[bool]:
    mine = practice_runs.c.account_id == account_id
    return mine if client_ids is None else mine & practice_runs.c.client_id.in_(sorted(client_ids))


def _columns(kept: KeptRun) -> dict[str, Any]:
    values = {name: getattr(kept, name) for name in KeptRun.__slots__}
    return values | {
        "difficulty": kept.difficulty.value,
        "ending": kept.ending.value if kept.ending else None,
    }


def _kept(row: Any) -> KeptRun:
    return KEPT.validate_python({name: getattr(row, name) for name in KeptRun.__slots__})
