"""STAR: did the customer of this conversation become annoyed? Worker-grouped cross-validation.

The one public figure whose bar allows it to learn: on the conversations of other crowd workers (five folds).
Two logistic regressions, one on what the model says and its encoder holds of the customer's turns, one on
their words; the strength of each is chosen within the learning folds, again by worker, and their scores are
averaged. Conversations that are in the labelled corpus are left out. The flag was set by one worker about
the other, and is noisy.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.model_selection import GroupKFold
from sklearn.preprocessing import StandardScaler

from benchmarks.public.task import PublicSet, Task, precision
from benchmarks.sets import find_file, read_rows
from benchmarks.signals import Question, Signal
from benchmarks.taught import Table, answers, inner, learnt, pooled, word_counts

FOLDS = 5
INNER_FOLDS = 3
SEEN = 8
TABLE_STRENGTHS = (0.00003, 0.0003, 0.003)
WORD_STRENGTHS = (0.1, 1.0, 10.0)
"""Inverse L2 penalties among which each fold chooses."""

Places = npt.NDArray[np.int64]


def annoyed(data: Path) -> PublicSet | None:
    """STAR: average precision of "annoyed"; `star_heat_only_ap` ranks by the hottest turn alone."""
    file = find_file(data, "star", ("dialogues.jsonl.gz",))
    if file is None:
        return None
    learnt = _learnt(data)
    rows = [row for row in read_rows(file) if _counts(row) and str(row["id"]) not in learnt]
    spans, questions = _spans(rows)

    def task(name: str, predict: Any) -> Task:
        return Task(
            name=name,
            texts=[" \n ".join(turn["text"] for turn in row["turns"] if _speaks(turn)) for row in rows],
            gold=[int(row["user_annoyed"]) for row in rows],
            groups=[row["user_worker"] for row in rows],
            predict=predict,
            measure=precision,
            ranks=True,
            asked=[range(span.start, span.stop) for span in spans],
        )

    def by_features(_: Sequence[Signal]) -> list[float]:
        turns = inner("star", questions)
        table = np.array([_described(turns[span]) for span in spans])
        return _held_out(table, heard.texts, np.array(heard.gold), np.array(heard.groups))

    def by_heat(read: Sequence[Signal]) -> list[float]:
        return [max(_expected(signal) for signal in read[span]) for span in spans]

    heard = task("star_annoyed_ap", by_features)

    return PublicSet(
        name="star",
        file=file,
        questions=questions,
        tasks=[heard, task("star_heat_only_ap", by_heat)],
    )


def _learnt(data: Path) -> set[str]:
    """Ids of the conversations that were labelled for the corpus."""
    files = sorted(data.glob("corpus/annotated*.jsonl"))
    rows = [row for file in files for row in read_rows(file) if row["id"].startswith("star-")]
    return {str(row["source_id"]) for row in rows}


def _speaks(turn: dict[str, Any]) -> bool:
    return turn["role"] == "customer" and bool(turn["text"].strip())


def _counts(row: dict[str, Any]) -> bool:
    """Flagged either way, with two turns of the customer or more."""
    return row["user_annoyed"] is not None and sum(map(_speaks, row["turns"])) >= 2


def _spans(rows: Sequence[dict[str, Any]]) -> tuple[list[slice], list[Question]]:
    questions: list[Question] = []
    spans = []
    for row in rows:
        said = [(turn["role"] == "customer", turn["text"]) for turn in row["turns"] if turn["text"].strip()]
        start = len(questions)
        questions += [
            Question(turn, tuple(said[max(0, place - SEEN) : place]))
            for place, turn in enumerate(said)
            if turn[0]
        ]
        spans.append(slice(start, len(questions)))
    return spans, questions


def _expected(signal: Signal) -> float:
    return sum(level * chance for level, chance in enumerate(signal.heat))


def _described(turns: Table) -> Table:
    """What `pooled` gives, and how many turns there are."""
    return np.append(pooled(turns), np.log(len(turns)))


def _held_out(
    table: Table, texts: Sequence[str], gold: npt.NDArray[np.int64], workers: npt.NDArray[np.str_]
) -> list[float]:
    """A score for each conversation by regressions that have not seen its worker."""
    scores = np.zeros(len(gold))
    for train, test in GroupKFold(min(FOLDS, len(set(workers)))).split(table, gold, workers):
        print("star: a fold is being learnt", file=sys.stderr)
        for ways in (_Numbers(table), _Words(texts)):
            strength = _chosen(ways, train, gold, workers)
            found = ways.scores(train, test, gold, strength)
            scores[test] += (found - found.mean()) / max(float(found.std()), 1e-9)
    return scores.tolist()


class _Numbers:
    """A regression on the pooled numbers."""

    strengths = TABLE_STRENGTHS

    def __init__(self, table: Table) -> None:
        self._table = table

    def scores(self, train: Places, test: Places, gold: npt.NDArray[np.int64], strength: float) -> Table:
        """Of the conversations in `test`, learnt on those in `train`."""
        scaler = StandardScaler().fit(self._table[train])
        learner = learnt(scaler.transform(self._table[train]), gold[train].tolist(), strength=strength)
        return np.array(answers(learner, scaler.transform(self._table[test]), ranks=True))


class _Words:
    """A regression on counts of the customer's words."""

    strengths = WORD_STRENGTHS

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = np.array(texts, dtype=object)

    def scores(self, train: Places, test: Places, gold: npt.NDArray[np.int64], strength: float) -> Table:
        """Of the conversations in `test`, learnt on those in `train`."""
        counts = word_counts()
        learner = learnt(counts.fit_transform(self._texts[train]), gold[train].tolist(), strength=strength)
        return np.array(answers(learner, counts.transform(self._texts[test]), ranks=True))


def _chosen(
    ways: _Numbers | _Words, train: Places, gold: npt.NDArray[np.int64], workers: npt.NDArray[np.str_]
) -> float:
    """The strength that ranks best over folds within what may be learnt from."""
    folds = min(INNER_FOLDS, len(set(workers[train])))
    parts = [(train[a], train[b]) for a, b in GroupKFold(folds).split(train, gold[train], workers[train])]

    def worth(strength: float) -> float:
        worths = [precision(gold[b].tolist(), ways.scores(a, b, gold, strength).tolist()) for a, b in parts]
        return float(np.nanmean(worths))

    return max(ways.strengths, key=worth)
