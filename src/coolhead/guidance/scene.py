"""What the conditions of a playbook look at: the picture, the turn just heard, and what follows from both."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from coolhead.codebook import Behaviour, Cue, Heat, Issue, Misstep, Technique, Trigger
from coolhead.conversation.turn import Turn
from coolhead.guidance.boundary import Boundary, boundary
from coolhead.guidance.limits import Limits, default_limits
from coolhead.guidance.terms import Terms
from coolhead.perception.reading import Reading
from coolhead.picture.state import Picture

RECENT = 8
"""Turns after which an unanswered question is let go."""

SCORE_PER_LEVEL = 25.0

SURE_OF_ISSUE = 0.5
"""Probability from which words may name the issue."""


@dataclass(frozen=True)  # no slots: cached properties live in the instance's dict
class Scene:
    """One moment, right after `turn`, as advice sees it; turn numbers count from 0."""

    picture: Picture
    turn: Turn
    reading: Reading
    limits: Limits = field(default_factory=default_limits)
    terms: Terms = field(default_factory=Terms)

    @property
    def now(self) -> int:
        """Number of the turn just heard."""
        return self.picture.turns - 1

    @property
    def heat(self) -> Heat:
        """Heat now: what the last customer turn and the conversation's own level both reach.

        One odd reading does not make a conversation hot, and a friendly turn does cool it.
        """
        return min(self.picture.course[-1].level, self.picture.level) if self.picture.course else Heat.CALM

    @property
    def peak(self) -> Heat:
        """The hottest that the smoothed course has been, as a level."""
        return Heat(round(max((point.score for point in self.picture.course), default=0.0) / SCORE_PER_LEVEL))

    @cached_property
    def boundary(self) -> Boundary:
        """Where the conversation stands on the ladder of limits."""
        return boundary(self.picture, self.limits)

    @cached_property
    def agent_turn(self) -> int | None:
        """Number of the agent's last turn; None before one, or when it is long past."""
        first = self.picture.turns - len(self.picture.recent)
        numbers = [first + i for i, turn in enumerate(self.picture.recent) if not turn.by_customer]
        return numbers[-1] if numbers else None

    @property
    def heat_rose(self) -> int:
        """Number of the customer turn in which heat last rose; -1 when it never has."""
        levels = [Heat.CALM, *(point.level for point in self.picture.course)]
        rises = [p.number for before, p in zip(levels, self.picture.course, strict=False) if p.level > before]
        return rises[-1] if rises else -1

    def shown_now(self, term: Trigger | Cue | Behaviour) -> bool:
        """True when the turn just heard shows `term`."""
        signs: Iterable[object] = (*self.reading.triggers, *self.reading.cues, *self.reading.behaviours)
        return any(getattr(sign, "term", None) is term for sign in signs)

    def shown_so_far(self, term: Trigger | Cue | Behaviour) -> bool:
        """True when any turn so far showed `term`."""
        return self.shown_now(term) or any(noticed.term is term for noticed in self.picture.noticed)

    def made(self, misstep: Misstep) -> bool:
        """True when the agent's last turn made `misstep`."""
        use = self.picture.missteps.get(misstep)
        return use is not None and use.number == self.agent_turn

    def done_since(self, technique: Technique, first: int) -> bool:
        """True when the agent's side used `technique` in turn number `first` or later."""
        use = self.picture.techniques.get(technique)
        return use is not None and use.number >= first

    @property
    def unanswered(self) -> bool:
        """True when the agent has spoken since a recent question of the customer, and not answered it."""
        last = self.agent_turn
        return last is not None and any(
            q.by_customer and q.answered_by is None and self.now - RECENT < q.number < last
            for q in self.picture.questions
        )

    @property
    def undated(self) -> bool:
        """True when the agent's last turn promised something without saying by when."""
        turns = [turn for turn in self.picture.recent if not turn.by_customer]
        return bool(turns) and any(
            made.turn_id == turns[-1].id and made.promise.when is None for made in self.picture.promises
        )


def likely_issue(picture: Picture) -> Issue | None:
    """What the conversation is about, when that is likely enough to say so; never `other`."""
    best = max(picture.issue.items(), key=lambda item: item[1], default=None)
    return best[0] if best and best[1] >= SURE_OF_ISSUE and best[0] is not Issue.OTHER else None
