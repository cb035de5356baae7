"""Which steps of the ladder the turns themselves show: abuse that was noticed, limits that were set in words.

What people log beside it, and where all of it is kept, is not known here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from coolhead.codebook import Abuse, Technique
from coolhead.conversation.turn import Turn
from coolhead.guidance.boundary import boundary
from coolhead.guidance.limits import BoundaryStep, Limits
from coolhead.perception.reading import Evidence, Reading
from coolhead.picture.state import Picture
from coolhead.picture.step import step


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """Abuse, or a limit that answers it.

    Attributes:
        step: what was done; `NONE` for abuse that was noticed.
        turn_id: the turn with the abuse.
        kind: of the abuse.
        evidence: what shows the abuse, where it is noticed; None for a limit.
        words: the turn of the agent's side that set the limit; empty for abuse that was noticed.
    """

    step: BoundaryStep
    turn_id: str
    kind: Abuse
    evidence: Evidence | None = None
    words: str = ""


def shown_in(
    before: Picture, said: Iterable[tuple[Turn, Reading]], limits: Limits, answered: Collection[str]
) -> tuple[Shown, ...]:
    """What the turns after `before` show, in order; `answered` as `boundary` takes it."""
    found: list[Shown] = []
    done = set(answered)
    picture = before
    for turn, reading in said:
        due = boundary(picture, limits, done)
        picture, _ = step(picture, turn, reading)
        if turn.by_customer:
            found += _noticed(turn, reading, limits)
        elif due.step is not BoundaryStep.NONE and _answers(reading, due.step):
            last = next(abuse for abuse in reversed(due.abuse) if limits.counts(abuse.kind))
            found.append(Shown(step=due.step, turn_id=last.turn_id, kind=last.kind, words=turn.text))
            done.add(last.turn_id)
    return tuple(found)


def _noticed(turn: Turn, reading: Reading, limits: Limits) -> list[Shown]:
    abuse = reading.abuse
    if abuse is None or not abuse.term.is_personal or not limits.counts(abuse.term):
        return []
    return [
        Shown(step=BoundaryStep.NONE, turn_id=turn.id, kind=abuse.term, evidence=abuse.evidence),
    ]


def _answers(reading: Reading, due: BoundaryStep) -> bool:
    terms = {sign.term for sign in reading.techniques}
    return Technique.BOUNDARY in terms or (due is BoundaryStep.HAND_OVER and Technique.ESCALATION in terms)
