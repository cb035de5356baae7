"""Do probabilities mean what they say? Calibration errors, and the points of a reliability diagram."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from benchmarks.metrics import calibration_error

BINS = 10
LIKELY = 0.1
"""Most labels are clearly absent from most turns, which a score near 0 gets right; this leaves those out."""

Pairs = tuple[Sequence[bool], Sequence[float]]
"""What is true and the probability given, pair by pair."""


def of_heat(gold: Sequence[int], probabilities: Sequence[Sequence[float]]) -> Pairs:
    """Four questions a turn: at least tense, frustrated, angry, furious?"""
    levels = range(1, 5)
    return (
        [level >= least for level in gold for least in levels],
        [min(1.0, sum(chances[least:])) for chances in probabilities for least in levels],
    )


def of_labels(gold: Sequence[set[str]], scores: Sequence[dict[str, float]]) -> Pairs:
    """One question for each label of each turn."""
    return (
        [label in turn for turn, given in zip(gold, scores, strict=True) for label in given],
        [score for given in scores for score in given.values()],
    )


def label_errors(gold: Sequence[set[str]], scores: Sequence[dict[str, float]]) -> float:
    """The calibration error of each label by itself, averaged over labels."""
    names = sorted({label for given in scores for label in given})
    errors = []
    for name in names:
        asked = [(turn, given[name]) for turn, given in zip(gold, scores, strict=True) if name in given]
        errors.append(calibration_error([name in turn for turn, _ in asked], [score for _, score in asked]))
    return sum(errors) / max(len(errors), 1)


def likely_only(pairs: Pairs) -> Pairs:
    """The pairs with a probability of `LIKELY` or more."""
    kept = [(true, score) for true, score in zip(*pairs, strict=True) if score >= LIKELY]
    return [true for true, _ in kept], [score for _, score in kept]


def curve(pairs: Pairs) -> list[dict[str, Any]]:
    """For each tenth of the scale that has pairs: how many, their mean probability, and the share true."""
    truth, given = np.array(pairs[0], dtype=float), np.array(pairs[1])
    place = np.minimum((given * BINS).astype(int), BINS - 1)
    return [
        {
            "n": int((place == each).sum()),
            "said": float(given[place == each].mean()),
            "true": float(truth[place == each].mean()),
        }
        for each in range(BINS)
        if (place == each).any()
    ]
