"""The ladder of limits on abuse: warn, warn for the last time, then end or hand over.

Swearing at the situation is not abuse of a person and never climbs the ladder.
"""

from __future__ import annotations

from dataclasses import dataclass

from coolhead.codebook import Abuse, Technique, Term
from coolhead.picture.state import AbuseNoticed, Picture


class BoundaryStep(Term):
    """What the ladder asks for now."""

    NONE = "none", "no abuse of a person, or the last one has been answered with a limit"
    WARN = "warn", "set a respectful limit and go on helping"
    FINAL_WARNING = "final_warning", "say for the last time what happens if it goes on"
    END = "end", "end the conversation, or hand it over"
    HAND_OVER = "hand_over", "a threat: stop handling it alone and bring in a supervisor"


@dataclass(frozen=True, slots=True, kw_only=True)
class Boundary:
    """Where the conversation stands on the ladder.

    Attributes:
        step: what is due now.
        warnings: how many turns of the agent's side have set a limit so far.
        abuse: what was aimed at a person so far, oldest first.
    """

    step: BoundaryStep
    warnings: int
    abuse: tuple[AbuseNoticed, ...]


def boundary(picture: Picture) -> Boundary:
    """Where `picture` stands on the ladder.

    A threat goes straight to a hand-over. Harassment (sexual, or hateful about who someone is) skips the
    first warning. Everything else climbs one step for each abuse that came after the last limit.
    """
    warned = picture.techniques.get(Technique.BOUNDARY)
    warnings = warned.count if warned else 0
    return Boundary(step=_step(picture, warnings), warnings=warnings, abuse=picture.abuse)


def _step(picture: Picture, warnings: int) -> BoundaryStep:
    if not picture.abuse or _answered(picture):
        return BoundaryStep.NONE
    kinds = {abuse.kind for abuse in picture.abuse}
    if Abuse.THREAT in kinds:
        return BoundaryStep.HAND_OVER
    climbed = warnings + (Abuse.HARASSMENT in kinds)
    ladder = (BoundaryStep.WARN, BoundaryStep.FINAL_WARNING, BoundaryStep.END)
    return ladder[min(climbed, 2)]


def _answered(picture: Picture) -> bool:
    """True when a limit (for a threat: a limit or a hand-over) came after the last abuse."""
    last = picture.abuse[-1]
    answers = [Technique.BOUNDARY]
    if last.kind is Abuse.THREAT:
        answers.append(Technique.ESCALATION)
    return any(t in picture.techniques and picture.techniques[t].number > last.number for t in answers)
