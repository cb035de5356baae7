"""What one turn shows: the type that perception gives and everything above it takes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, TypeVar

from coolhead.codebook import (
    Abuse,
    Behaviour,
    Cue,
    Heat,
    Issue,
    Misstep,
    Promiser,
    Resolved,
    Technique,
    Term,
    Trigger,
)

T = TypeVar("T", bound=Term, covariant=True)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What shows a sign: a span of the turn's words, or a sentence about its timing.

    Attributes:
        start: offset of the first character in the turn's (masked) text; None for timing.
        end: offset after the last character; None for timing.
        timing: what the clock shows ("began 1.2 s before the customer had finished"); empty for words.
    """

    start: int | None = None
    end: int | None = None
    timing: str = ""


@dataclass(frozen=True, slots=True)
class Sign(Generic[T]):
    """One term that the turn shows, with its calibrated probability (0–1) and what shows it."""

    term: T
    score: float
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatReading:
    """How worked up one customer turn is.

    Attributes:
        level: the level decided on.
        expected: mean level under the probabilities, 0–4.
        probabilities: of the five levels, calm first; they sum to 1.
        evidence: the words that show it most.
    """

    level: Heat
    expected: float
    probabilities: tuple[float, float, float, float, float]
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """What the clock shows of a turn; None where the times are not given.

    Attributes:
        silence: seconds of silence before it, 0 when it began at once or overlapped.
        overlap: seconds for which it ran over the other speaker's turn, else 0.
        cuts_off: True when it began before the other speaker had finished, and they stopped.
        words_per_minute: pace; None when the turn is too short to tell.
    """

    silence: float | None = None
    overlap: float | None = None
    cuts_off: bool = False
    words_per_minute: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """Something that the company's side said it will do.

    Attributes:
        what: verb phrase ("send a surveyor").
        who: who is to keep it.
        when: the words that say by when, slips of keys and speech mended; None when unsaid.
        due: the latest moment meant; None when the words name no time or no clock is known.
        evidence: the words that make the promise, in the agent's turn.
    """

    what: str
    who: Promiser
    when: str | None
    due: datetime | None
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that one turn shows. A customer's turn fills the first half, an agent's the second.

    Attributes:
        heat: None on agent turns.
        abuse: a sign of `Abuse.NONE` never appears; None means none.
        next_best: what a good agent could do in the very next turn, best first.
        issue: probability of each issue so far in the conversation (sums to 1).
        resolved: probability of each outcome so far (sums to 1).
        csat: what this customer would answer so far, 1–5.
        scores: calibrated probability (0–1) of every term that could apply to the turn, by the term's name.
    """

    heat: HeatReading | None = None
    behaviours: tuple[Sign[Behaviour], ...] = ()
    abuse: Sign[Abuse] | None = None
    triggers: tuple[Sign[Trigger], ...] = ()
    cues: tuple[Sign[Cue], ...] = ()
    next_best: tuple[Technique, ...] = ()

    techniques: tuple[Sign[Technique], ...] = ()
    missteps: tuple[Sign[Misstep], ...] = ()
    promises: tuple[Promise, ...] = ()

    timing: Timing = field(default_factory=Timing)
    issue: dict[Issue, float] = field(default_factory=dict)
    resolved: dict[Resolved, float] = field(default_factory=dict)
    csat: float | None = None
    scores: dict[str, float] = field(default_factory=dict)

    @property
    def signs(self) -> tuple[Sign[Term], ...]:
        """Every sign of the turn, whatever its kind."""
        abuse = (self.abuse,) if self.abuse else ()
        return (*self.behaviours, *abuse, *self.triggers, *self.cues, *self.techniques, *self.missteps)
