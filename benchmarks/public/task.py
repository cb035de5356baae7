"""One public set: its turns, what is asked of them, and how a metric and its interval are worked out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.metrics import average_precision_score, f1_score

from benchmarks.metrics import area_under_curve, binary_f1, bootstrap_interval
from benchmarks.signals import Question, Signal

Numbers = Sequence[float]
MOST = 12_000
"""Units of a training part that are learnt from."""

Measure = Callable[[Sequence[int], Numbers], float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """A set's own training part, for what is taught on the set.

    Attributes:
        texts: the words of each unit.
        gold: what is true of each.
        questions: the turn that each unit is.
    """

    texts: Sequence[str]
    gold: Sequence[int]
    questions: Sequence[Question]

    def drawn(self, most: int = MOST) -> Lesson:
        """At most so many of its units, drawn by a fixed chance."""
        if len(self.gold) <= most:
            return self
        places = np.sort(np.random.default_rng(0).choice(len(self.gold), most, replace=False)).tolist()
        return Lesson(
            texts=[self.texts[place] for place in places],
            gold=[self.gold[place] for place in places],
            questions=[self.questions[place] for place in places],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One metric over the units of a set: a unit is a text, or a conversation of several.

    Attributes:
        name: the metric's name in the results.
        texts: the words of each unit, all that the simple methods get.
        gold: what is true of each unit: 0 or 1, or a class.
        groups: units of one group (a conversation, an author) are never on both sides of a split.
        predict: from the signals of the set's questions to one number a unit: a score where the measure
            ranks, a class where it counts.
        measure: of gold and numbers.
        ranks: True when the measure takes scores.
        lesson: reads the set's training part, for what is taught on the set; None to cross-validate.
        asked: the places of each unit's questions; None where each unit is the question of its place.
        taught: True when the figure itself is learnt on the set's training part.
    """

    name: str
    texts: Sequence[str]
    gold: Sequence[int]
    groups: Sequence[str]
    predict: Callable[[Sequence[Signal]], Numbers]
    measure: Measure
    ranks: bool
    lesson: Callable[[], Lesson] | None = None
    asked: Sequence[Sequence[int]] | None = None
    taught: bool = False

    def result(self, numbers: Numbers) -> dict[str, float]:
        """The metric and its 95 % interval; whole groups are drawn."""
        members: dict[str, list[int]] = {}
        for place, group in enumerate(self.groups):
            members.setdefault(group, []).append(place)
        units = [np.array(places) for places in members.values()]
        gold, given = np.array(self.gold), np.array(numbers)

        def of(drawn: np.ndarray) -> float:
            places = np.concatenate([units[unit] for unit in drawn])
            return self.measure(gold[places].tolist(), given[places].tolist())

        low, high = bootstrap_interval(len(units), of)
        return {
            self.name: self.measure(self.gold, numbers),
            f"{self.name}_low": low,
            f"{self.name}_high": high,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicSet:
    """The turns of one set to read, and its metrics."""

    name: str
    file: Path
    questions: Sequence[Question]
    tasks: Sequence[Task]


def found(gold: Sequence[int], decided: Numbers) -> float:
    """F1 of the positive class."""
    return binary_f1([bool(each) for each in gold], [bool(each) for each in decided])


def ranked(gold: Sequence[int], scores: Numbers) -> float:
    """ROC area."""
    return area_under_curve([bool(each) for each in gold], scores)


def precision(gold: Sequence[int], scores: Numbers) -> float:
    """Average precision: the area under precision over recall; by chance the share of positives."""
    return float(average_precision_score(gold, scores)) if any(gold) else float("nan")


def classes(gold: Sequence[int], decided: Numbers) -> float:
    """F1 averaged over the classes that gold has."""
    return float(f1_score(gold, decided, labels=sorted(set(gold)), average="macro", zero_division=0))
