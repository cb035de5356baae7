"""What can be taught on a set's own labels: logistic regression over counted words or over turns as read.

Used by `floors` for every set, and by `public` for the few figures that are plainly called taught.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import KFold
from sklearn.pipeline import make_union

from benchmarks.signals import Question, Signal, read_signals, read_vectors

FOLDS = 5
STRENGTH = 4.0
"""Inverse of the L2 penalty."""

Table = npt.NDArray[np.float64]


def word_counts() -> Any:
    """TF-IDF of words and word pairs, and of two to four characters; not fitted yet."""
    return make_union(
        TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True),
        TfidfVectorizer(
            analyzer="char_wb", ngram_range=(2, 4), min_df=3, sublinear_tf=True, max_features=40000
        ),
    )


def inner(name: str, questions: Sequence[Question]) -> Table:
    """What the shipped model holds of each turn [n, d]: its scores (0–1), then the encoder's unit vector.

    Args:
        name: under which readings are kept.
        questions: all of them by customers, or all by agents.
    """
    signals = read_signals(name, questions)
    table: Table = np.hstack([_scores(signals), read_vectors(name, questions)])
    return table


def pooled(turns: Table) -> Table:
    """Of everything that turns hold the highest, the mean and the last."""
    together: Table = np.concatenate([turns.max(axis=0), turns.mean(axis=0), turns[-1]])
    return together


def _scores(signals: Sequence[Signal]) -> Table:
    return np.array([[*signal.heat, *signal.scores.values()] for signal in signals])


def learnt(features: Any, gold: Sequence[int], *, strength: float = STRENGTH) -> LogisticRegression:
    """A logistic regression, rare classes weighed up."""
    learner = LogisticRegression(C=strength, class_weight="balanced", max_iter=200)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        return learner.fit(features, gold)


def answers(learner: LogisticRegression, features: Any, *, ranks: bool) -> list[float]:
    """A score for each row, or its class."""
    numbers = learner.decision_function(features) if ranks else learner.predict(features)
    found: list[float] = numbers.astype(float).tolist()
    return found


def best_cut(gold: Sequence[int], scores: Sequence[float]) -> float:
    """The score from which on calling a unit positive has the best F1."""
    order = np.argsort(-np.asarray(scores), kind="stable")
    ranked, hits = np.asarray(scores)[order], np.cumsum(np.asarray(gold)[order])
    f1 = 2 * hits / (np.arange(1, len(order) + 1) + max(hits[-1], 1))
    last_of_score = np.append(ranked[1:] != ranked[:-1], True)
    return float(ranked[np.argmax(np.where(last_of_score, f1, -1.0))])


def map_and_cut(features: Table, gold: Sequence[int], test: Table) -> list[float]:
    """1 or 0 for each row of `test`, by a linear map and a cut that is learnt where the map has not seen."""
    held = np.zeros(len(gold))
    known = np.asarray(gold)
    for learn, rest in KFold(FOLDS, shuffle=True, random_state=0).split(features):
        held[rest] = answers(learnt(features[learn], known[learn]), features[rest], ranks=True)
    cut = best_cut(gold, held.tolist())
    return [float(score >= cut) for score in answers(learnt(features, gold), test, ranks=True)]
