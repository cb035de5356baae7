"""What is counted: occasions and how many were taken, in one conversation or run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from coolhead.codebook import Misstep, Technique, Term


class Source(Term):
    """Where something was counted."""

    PRACTICE = "practice", "with simulated customers"
    LIVE = "live", "in conversations with customers"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Occasions, and how many of them were taken."""

    due: int = 0
    shown: int = 0

    def __add__(self, other: Tally) -> Tally:
        """Both together."""
        return Tally(due=self.due + other.due, shown=self.shown + other.shown)

    @property
    def missed(self) -> Tally:
        """The same occasions; counted are those that were not taken."""
        return Tally(due=self.due, shown=self.due - self.shown)

    @property
    def rate(self) -> float | None:
        """The share taken, 0–1; None without an occasion."""
        return self.shown / self.due if self.due else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What one conversation or run holds.

    Attributes:
        techniques: due: occasions for the technique; shown: those that were taken.
        missteps: due: the agent's answers; shown: those that had the misstep.
    """

    techniques: Mapping[Technique, Tally] = field(default_factory=dict)
    missteps: Mapping[Misstep, Tally] = field(default_factory=dict)
