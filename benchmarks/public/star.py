"""STAR: did the customer of this conversation become annoyed? Worker-grouped cross-validation.

The one public figure with a lesson of its own, as its bar is defined: a logistic regression on what
the model says of the customer's turns, learnt on the conversations of other crowd workers (five folds).
Conversations that are in the labelled corpus are left out. The flag was set by one worker about the other,
and is noisy.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from benchmarks.public.task import PublicSet, Task, precision
from benchmarks.sets import find_file, read_rows
from benchmarks.signals import Question, Signal

FOLDS = 5
SEEN = 8


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
        )

    def by_features(read: Sequence[Signal]) -> list[float]:
        features = np.array([_features(read[span]) for span in spans])
        gold = np.array([row["user_annoyed"] for row in rows])
        return _held_out(features, gold, [row["user_worker"] for row in rows])

    def by_heat(read: Sequence[Signal]) -> list[float]:
        return [max(_expected(signal) for signal in read[span]) for span in spans]

    return PublicSet(
        name="star",
        file=file,
        questions=questions,
        tasks=[task("star_annoyed_ap", by_features), task("star_heat_only_ap", by_heat)],
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


def _features(signals: Sequence[Signal]) -> list[float]:
    """Of heat and of every term: the highest, the mean, and the mean over the last third."""
    table = np.array([[_expected(signal), *signal.scores.values()] for signal in signals])
    late = table[-max(1, len(table) // 3) :]
    odds = np.concatenate([table.max(axis=0), table.mean(axis=0), late.mean(axis=0)])
    return [*odds.tolist(), float(np.log(len(table)))]


def _held_out(features: np.ndarray, gold: np.ndarray, workers: Sequence[str]) -> list[float]:
    scores = np.zeros(len(gold))
    for train, test in GroupKFold(min(FOLDS, len(set(workers)))).split(features, gold, workers):
        learner = make_pipeline(
            StandardScaler(), LogisticRegression(C=0.1, class_weight="balanced", max_iter=1000)
        )
        learner.fit(features[train], gold[train])
        scores[test] = learner.decision_function(features[test])
    return scores.tolist()
