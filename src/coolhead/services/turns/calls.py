"""What the talk itself gives rise to: abuse is logged with its evidence, and a threat calls a supervisor.

Works inside other use cases' transactions, which hold the conversation for change; gives what to tell.
"""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from sqlalchemy.ext.asyncio import AsyncConnection

from coolhead.casework.escalation import Actor, Escalation, Origin
from coolhead.casework.ladder import Shown, shown_in
from coolhead.guidance.limits import BoundaryStep, Limits
from coolhead.perception.reading import Evidence
from coolhead.picture.state import Picture
from coolhead.services.events import happenings
from coolhead.services.turns.hearing import Heard
from coolhead.storage import escalations, limits, moments
from coolhead.storage.conversations import Stand, Summary
from coolhead.storage.events import NewEvent
from coolhead.storage.limits import LimitStep

BY_ITSELF = Actor(id=None, name="")


async def call_supervisor(
    connection: AsyncConnection,
    summary: Summary,
    origin: Origin,
    by: Actor,
    now: datetime,
    *,
    turn_id: str | None = None,
    words: str = "",
) -> tuple[Escalation, list[NewEvent]]:
    """The call that is open, or a new one, and what to tell: asking twice asks once."""
    latest = await escalations.latest_of(connection, summary.id)
    if latest and latest.state.is_open:
        return latest, []
    asked = Escalation(
        id=uuid4().hex,
        client_id=summary.client_id,
        conversation_id=summary.id,
        origin=origin,
        turn_id=turn_id,
        words=words,
        asked_by_id=by.id,
        asked_by=by.name,
        agent_id=summary.agent_id,
        agent=summary.agent,
        asked_at=now,
        moved_at=now,
    )
    await escalations.add(connection, asked)
    return asked, [happenings.escalation_asked(asked)]


async def follow_abuse(
    connection: AsyncConnection, before: Stand, heard: Heard, by: Limits, now: datetime
) -> list[NewEvent]:
    """Logs the abuse that new turns show and the limits that answer it; a threat calls a supervisor."""
    after = heard.stand
    if not after.picture.abuse:
        return []
    logged = await limits.list_steps(connection, after.summary.id)
    answered = {each.turn_id for each in logged if each.step is not BoundaryStep.NONE}
    if heard.all is None:
        picture, kept = before.picture, heard.fresh
    else:
        picture = Picture(started_at=before.picture.started_at, channel=before.picture.channel)
        kept = heard.all
    told: list[NewEvent] = []
    for shown in shown_in(picture, ((each.turn, each.reading) for each in kept), by, answered):
        step = await _step(connection, after.summary, shown, now)
        if not await limits.add_step(connection, step):
            continue
        told.append(happenings.limit_step(step))
        if shown.step is BoundaryStep.NONE and by.goes_straight(shown.kind):
            _, asked = await call_supervisor(
                connection, after.summary, Origin.THREAT, BY_ITSELF, now, turn_id=shown.turn_id
            )
            told += asked
    return told


async def _step(connection: AsyncConnection, summary: Summary, shown: Shown, now: datetime) -> LimitStep:
    set_in_words = shown.step is not BoundaryStep.NONE
    evidence = shown.evidence or await evidence_of(connection, summary.id, shown.turn_id)
    return LimitStep(
        id=uuid4().hex,
        conversation_id=summary.id,
        step=shown.step,
        turn_id=shown.turn_id,
        kind=shown.kind,
        start=evidence.start,
        end=evidence.end,
        words=shown.words,
        by_id=summary.agent_id if set_in_words else None,
        by=summary.agent if set_in_words else "",
        at=now,
    )


async def evidence_of(connection: AsyncConnection, conversation_id: str, turn_id: str) -> Evidence:
    """What shows the abuse of a turn that is kept; nothing where it shows none any more."""
    moment = await moments.find(connection, conversation_id, turn_id)
    return moment.reading.abuse.evidence if moment and moment.reading.abuse else Evidence()
