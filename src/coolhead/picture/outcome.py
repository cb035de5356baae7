"""How a conversation stands as a whole, in the codebook's terms. Knows no advice and writes no sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from coolhead.codebook import Cue, Heat, Issue, Resolved, Speaker, Technique
from coolhead.picture.heard import Heard
from coolhead.picture.topic import likeliest, topic

NEUTRAL = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A conversation as a whole.

    Attributes:
        issue: what it is about.
        issue_text: the same as a short noun phrase from the customer's words.
        resolved: whether the customer got what they came for.
        escalated: True when it was handed to a supervisor.
        deescalated: True when a hot customer was cool at the end; see `is_deescalated`.
        csat: what this customer would answer, 1–5.
    """

    issue: Issue
    issue_text: str
    resolved: Resolved
    escalated: bool
    deescalated: bool
    csat: int


def outcome(heard: Sequence[Heard]) -> Outcome:
    """The outcome of a conversation with at least one turn."""
    picture = heard[-1].picture
    issue = likeliest(picture.issue)
    return Outcome(
        issue=issue,
        issue_text=topic(heard, issue),
        resolved=max(picture.resolved, key=lambda each: picture.resolved[each], default=Resolved.NO),
        escalated=is_escalated(heard),
        deescalated=is_deescalated([point.level for point in picture.course]),
        csat=NEUTRAL if picture.csat is None else min(max(round(picture.csat), 1), 5),
    )


def is_escalated(heard: Sequence[Heard]) -> bool:
    """A supervisor spoke, or the agent's last turn handed over to the one that the customer had asked for."""
    if any(each.turn.speaker is Speaker.SUPERVISOR for each in heard):
        return True
    picture = heard[-1].picture
    asked = [each.number for each in picture.noticed if each.term is Cue.ASKS_SUPERVISOR]
    agents = [number for number, each in enumerate(heard) if not each.turn.by_customer]
    handed_over = picture.techniques.get(Technique.ESCALATION)
    return bool(asked and agents and handed_over and handed_over.number == agents[-1] > asked[0])


def is_deescalated(levels: Sequence[int]) -> bool:
    """Heat reached frustrated, and the last two customer turns are two levels below the peak, or calm."""
    peak = max(levels, default=Heat.CALM)
    return peak >= Heat.FRUSTRATED and all(level <= peak - 2 or level == Heat.CALM for level in levels[-2:])
