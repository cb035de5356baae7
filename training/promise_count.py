"""Counts promises that are found, wrongly found and missed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coolhead.perception.promises.find import find_promises
from coolhead.perception.promises.scorer import Scorer
from training.promise_turns import AgentTurn, stems


@dataclass(frozen=True, slots=True)
class Found:
    """How many promises were found rightly, wrongly, and not."""

    right: int
    wrong: int
    missed: int

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.right / max(2 * self.right + self.wrong + self.missed, 1)

    def __str__(self) -> str:
        precision = self.right / max(self.right + self.wrong, 1)
        recall = self.right / max(self.right + self.missed, 1)
        return (
            f"F1 {self.f1:.3f}, precision {precision:.3f}, recall {recall:.3f}, n {self.right + self.missed}"
        )


def found(
    turns: Sequence[AgentTurn], scorer: Scorer, scores: Sequence[Mapping[str, float] | None] = ()
) -> Found:
    """Counts promises as the product finds them.

    A promise found and a gold one of the same turn match when their words of time share a word, or
    their deeds (or the clause found) do; each matches at most once, the closest pairs first.
    """
    right = wrong = missed = 0
    for each, score in zip(turns, scores or [None] * len(turns), strict=True):
        said = find_promises(each.turn, each.before, None, score, scorer)
        hit = _matches(
            each, [(each.turn.text[p.evidence.start : p.evidence.end] + " " + p.what, p.when) for p in said]
        )
        right, wrong, missed = right + hit, wrong + len(said) - hit, missed + len(each.promises) - hit
    return Found(right, wrong, missed)


def _matches(each: AgentTurn, said: Sequence[tuple[str, str | None]]) -> int:
    pairs = []
    for one, (words, when) in enumerate(said):
        for other, promise in enumerate(each.promises):
            shared = len(stems(words) & stems(promise["what"]))
            shared += 3 * bool(when and promise["when"] and stems(when) & stems(promise["when"]))
            if shared:
                pairs.append((shared, one, other))
    taken_said: set[int] = set()
    taken_gold: set[int] = set()
    for _, one, other in sorted(pairs, reverse=True):
        if one not in taken_said and other not in taken_gold:
            taken_said.add(one)
            taken_gold.add(other)
    return len(taken_said)
