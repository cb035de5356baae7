"""Where a conversation stands on a client's ladder of limits: warn, warn for the last time, end or hand over.

Swearing at the situation is not abuse of a person and never climbs the ladder.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from coolhead.codebook import Technique
from coolhead.guidance.limits import BoundaryStep, Limits
from coolhead.picture.state import AbuseNoticed, Picture


@dataclass(frozen=True, slots=True, kw_only=True)
class Boundary:
    """Where the conversation stands on the ladder.

    Attributes:
        step: what is due now.
        warnings: how many limits have been set so far.
        abuse: what was aimed at a person so far, oldest first.
    """

    step: BoundaryStep
    warnings: int
    abuse: tuple[AbuseNoticed, ...]


def boundary(picture: Picture, limits: Limits, answered: Collection[str] = ()) -> Boundary:
    """Where `picture` stands by `limits`.

    A threat, and what else the limits say, goes straight to a hand-over. Everything else begins at the
    rung of its kind and climbs one rung for each abuse that came after the last limit.

    Args:
        picture: the conversation.
        limits: the client's.
        answered: turns whose abuse was answered with a limit, as people have logged it; the agent's words as
            they were read tell the rest.
    """
    warned = picture.techniques.get(Technique.BOUNDARY)
    logged = sum(abuse.turn_id in answered for abuse in picture.abuse)
    warnings = max(warned.count if warned else 0, logged)
    step = _step(picture, limits, warnings, answered)
    return Boundary(step=step, warnings=warnings, abuse=picture.abuse)


def _step(picture: Picture, limits: Limits, warnings: int, answered: Collection[str]) -> BoundaryStep:
    counted = [abuse for abuse in picture.abuse if limits.counts(abuse.kind)]
    if not counted or counted[-1].turn_id in answered or _is_answered(picture, limits, counted[-1]):
        return BoundaryStep.NONE
    kinds = {abuse.kind for abuse in counted}
    if any(limits.goes_straight(kind) for kind in kinds):
        return BoundaryStep.HAND_OVER
    climbed = warnings + max(limits.rung_of(kind) for kind in kinds)
    return limits.ladder[min(climbed, len(limits.ladder) - 1)].step


def _is_answered(picture: Picture, limits: Limits, last: AbuseNoticed) -> bool:
    """True when a limit (where it goes straight: a limit or a hand-over) came after the last abuse."""
    answers = [Technique.BOUNDARY]
    if limits.goes_straight(last.kind):
        answers.append(Technique.ESCALATION)
    return any(t in picture.techniques and picture.techniques[t].number > last.number for t in answers)
