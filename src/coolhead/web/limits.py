"""The ladder of limits on the desk, shown only after abuse, one step at a time; and paused channels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Form
from starlette.responses import Response

from coolhead.codebook import Abuse
from coolhead.guidance.limits import BoundaryStep
from coolhead.picture.quote import quoted
from coolhead.services.access import Viewer
from coolhead.services.casework.boundaries import Standing, standing_of
from coolhead.services.conversations.whole import Whole
from coolhead.services.documents.guides import Guide
from coolhead.storage.limits import LimitStep
from coolhead.web.needs import Here
from coolhead.web.security import Person

router = APIRouter()
Text = Annotated[str, Form()]

STEPS = {
    BoundaryStep.NONE: "Noticed",
    BoundaryStep.WARN: "Warn",
    BoundaryStep.FINAL_WARNING: "Last warning",
    BoundaryStep.END: "End it",
    BoundaryStep.HAND_OVER: "Hand it over",
}
KINDS = {Abuse.INSULT: "an insult", Abuse.HARASSMENT: "harassment", Abuse.THREAT: "a threat"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step of the ladder as the desk shows it; `state` is `done`, `due` or `ahead`."""

    name: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """What `_limits.html` is drawn from.

    Attributes:
        due: the step that is due now, in words; empty when the last abuse has been answered.
        is_last: True when that step ends the agent's part.
        kind: of the last abuse, in words.
        turn_id: the turn of the last abuse.
        shows: its words that show it.
        say: what may be said now; empty when nothing is due.
        may_end: True when the conversation may be ended as the last step.
        pause_hours: for how long the channel may be paused then; None where it may not.
        record: what was noticed and done, the oldest first, each with its name.
    """

    steps: tuple[Step, ...]
    due: str
    is_last: bool
    kind: str
    turn_id: str
    shows: str
    say: str
    may_end: bool
    pause_hours: int | None
    record: tuple[tuple[str, LimitStep], ...]


def limits_of(whole: Whole, guide: Guide, viewer: Viewer) -> dict[str, Any]:
    """What `_limits.html` is drawn from; no ladder while nobody was abused."""
    standing = standing_of(whole.picture, guide.limits, whole.limit_steps, whole.pause)
    last = standing.last
    if last is None:
        return {"ladder": None, "pause": whole.pause}
    due = standing.boundary.step
    supervises = whole.call is not None and whole.call.supervisor_id == viewer.id
    shown = BoundaryStep.END if supervises and due is BoundaryStep.HAND_OVER else due
    words = guide.limits.words(shown)
    moment = next((each for each in whole.moments if each.turn.id == last.turn_id), None)
    abuse = moment.reading.abuse if moment else None
    ladder = Ladder(
        steps=_steps(standing, shown),
        due="" if due is BoundaryStep.NONE else STEPS[shown],
        is_last=due.is_last,
        kind=KINDS.get(last.kind, last.kind.words),
        turn_id=last.turn_id,
        shows=quoted(moment.turn.text, abuse.evidence) if moment and abuse else "",
        say=words[len(standing.taken) % len(words)] if words else "",
        may_end=standing.at_the_end,
        pause_hours=guide.limits.pause.hours if guide.limits.pause else None,
        record=tuple((STEPS[each.step], each) for each in standing.steps),
    )
    return {"ladder": ladder, "pause": whole.pause}


@router.post("/desk/{conversation_id}/limits/said")
async def said(here: Here, person: Person, conversation_id: str, turn_id: Text, text: Text = "") -> Response:
    """The agent has set the limit that is due."""
    await here.boundaries.said(person, conversation_id, turn_id, text)
    return Response(status_code=204)


@router.post("/desk/{conversation_id}/limits/hand_over")
async def hand_over(here: Here, person: Person, conversation_id: str) -> Response:
    """The agent hands over after abuse; nobody asks why."""
    await here.boundaries.hand_over(person, conversation_id)
    return Response(status_code=204)


@router.post("/desk/{conversation_id}/limits/end")
async def end(
    here: Here, person: Person, conversation_id: str, pause: Annotated[bool, Form()] = False
) -> Response:
    """The agent ends the conversation as the last step, and may pause the channel."""
    await here.boundaries.end(person, conversation_id, pause=pause)
    return Response(status_code=204)


@router.post("/floor/{conversation_id}/lift")
async def lift(here: Here, person: Person, conversation_id: str) -> Response:
    """A supervisor opens a paused channel again."""
    await here.boundaries.lift(person, conversation_id)
    return Response(status_code=204)


def _steps(standing: Standing, due: BoundaryStep) -> tuple[Step, ...]:
    """The ladder; who was called over a threat has nobody to hand it to, and may end it."""
    if due is BoundaryStep.HAND_OVER:
        return (Step(name=STEPS[due], state="due"),)
    taken = {step.step for step in standing.taken}
    rungs = [rung.step for rung in standing.limits.ladder]
    reached = (
        rungs.index(due)
        if due in rungs
        else max((rungs.index(s) for s in taken if s in rungs), default=-1) + 1
    )
    return tuple(
        Step(name=STEPS[step], state="due" if step is due else "done" if place < reached else "ahead")
        for place, step in enumerate(rungs)
    )
