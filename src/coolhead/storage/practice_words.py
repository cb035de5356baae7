"""What people said in practice and drills, taken out when its time is over; their scores stay."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from coolhead.practice.act import Ending
from coolhead.storage.drills import ANSWERS
from coolhead.storage.tables import drill_runs, practice_reflections, practice_runs

GONE = "{}"
"""What stands in the place of a run whose words are gone."""

_WORDS, _NO_WORDS = '"text":"', '"text":""'


async def purge(connection: AsyncConnection, client_id: str, before: datetime, *, limit: int) -> int:
    """Takes out the words of runs and drills last touched before that moment, `limit` of each; how many."""
    runs = await _purge_runs(connection, client_id, before, limit)
    return runs + await _purge_drills(connection, client_id, before, limit)


async def _purge_runs(connection: AsyncConnection, client_id: str, before: datetime, limit: int) -> int:
    due = (
        select(practice_runs.c.id)
        .where(
            practice_runs.c.client_id == client_id,
            practice_runs.c.moved_at < before,
            practice_runs.c.run != GONE,
        )
        .order_by(practice_runs.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    ids = list((await connection.execute(due)).scalars())
    await connection.execute(delete(practice_reflections).where(practice_reflections.c.run_id.in_(ids)))
    await connection.execute(
        update(practice_runs)
        .where(practice_runs.c.id.in_(ids))
        .values(
            run=GONE,
            paused_at=None,
            ended_at=func.coalesce(practice_runs.c.ended_at, practice_runs.c.moved_at),
            ending=func.coalesce(practice_runs.c.ending, Ending.STOPPED.value),
            version=practice_runs.c.version + 1,
        )
    )
    return len(ids)


async def _purge_drills(connection: AsyncConnection, client_id: str, before: datetime, limit: int) -> int:
    ended = func.coalesce(drill_runs.c.ended_at, drill_runs.c.begun_at)
    due = (
        select(drill_runs.c.id, drill_runs.c.answers, ended.label("ended_at"))
        .where(
            drill_runs.c.client_id == client_id,
            ended < before,
            func.replace(drill_runs.c.answers, _NO_WORDS, "").contains(_WORDS),
        )
        .order_by(drill_runs.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    rows = (await connection.execute(due)).all()
    for row in rows:
        silent = tuple(replace(each, text="", why="") for each in ANSWERS.validate_json(row.answers))
        await connection.execute(
            update(drill_runs)
            .where(drill_runs.c.id == row.id)
            .values(
                answers=ANSWERS.dump_json(silent).decode(),
                shown_at=None,
                ended_at=row.ended_at,
                version=drill_runs.c.version + 1,
            )
        )
    return len(rows)
