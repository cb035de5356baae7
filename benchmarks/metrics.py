"""The measures of the tables, each a pure function of gold and predicted labels."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np


def quadratic_kappa(gold: Sequence[int], predicted: Sequence[int], levels: int = 5) -> float:
    """Cohen's kappa with quadratic weights (Cohen 1968): 1 is agreement, 0 is chance."""
    observed = np.zeros((levels, levels))
    for a, b in zip(gold, predicted, strict=True):
        observed[a, b] += 1
    expected = np.outer(observed.sum(1), observed.sum(0)) / max(observed.sum(), 1)
    weights = np.subtract.outer(np.arange(levels), np.arange(levels)) ** 2
    return float(1 - (weights * observed).sum() / max((weights * expected).sum(), 1e-12))


def f1(hits: int, misses: int, false: int) -> float:
    """Harmonic mean of precision and recall; 0 when nothing was found."""
    return 2 * hits / (2 * hits + misses + false) if hits else 0.0


def binary_f1(gold: Sequence[bool], predicted: Sequence[bool]) -> float:
    """F1 of the positive class."""
    pairs = list(zip(gold, predicted, strict=True))
    return f1(
        sum(g and p for g, p in pairs), sum(g and not p for g, p in pairs), sum(p and not g for g, p in pairs)
    )


def label_f1s(
    gold: Sequence[set[str]], predicted: Sequence[set[str]], labels: Sequence[str]
) -> dict[str, float]:
    """F1 of each label over turns with any number of labels."""
    return {
        label: binary_f1([label in turn for turn in gold], [label in turn for turn in predicted])
        for label in labels
    }


def micro_f1(gold: Sequence[set[str]], predicted: Sequence[set[str]]) -> float:
    """F1 over all (turn, label) pairs together."""
    pairs = list(zip(gold, predicted, strict=True))
    return f1(
        sum(len(g & p) for g, p in pairs),
        sum(len(g - p) for g, p in pairs),
        sum(len(p - g) for g, p in pairs),
    )


def precision_recall(gold: Sequence[set[str]], predicted: Sequence[set[str]]) -> tuple[float, float]:
    """Over all (turn, label) pairs: the share of what was found that is true, and of what is true found."""
    pairs = list(zip(gold, predicted, strict=True))
    hits = sum(len(g & p) for g, p in pairs)
    return (
        hits / max(sum(len(p) for _, p in pairs), 1),
        hits / max(sum(len(g) for g, _ in pairs), 1),
    )


def area_under_curve(gold: Sequence[bool], scores: Sequence[float]) -> float:
    """ROC area by ranks (Mann-Whitney), ties counted half."""
    positives = np.array([s for g, s in zip(gold, scores, strict=True) if g])
    negatives = np.array([s for g, s in zip(gold, scores, strict=True) if not g])
    if not len(positives) or not len(negatives):
        return float("nan")
    above = (positives[:, None] > negatives[None, :]).sum() + 0.5 * (
        positives[:, None] == negatives[None, :]
    ).sum()
    return float(above / (len(positives) * len(negatives)))


def false_positive_rate(gold: Sequence[bool], scores: Sequence[float], recall: float) -> float:
    """Share of negatives at or above the highest threshold that reaches the given recall."""
    positives = sorted((s for g, s in zip(gold, scores, strict=True) if g), reverse=True)
    if not positives:
        return float("nan")
    threshold = positives[max(0, int(np.ceil(recall * len(positives))) - 1)]
    negatives = [s for g, s in zip(gold, scores, strict=True) if not g]
    return sum(s >= threshold for s in negatives) / max(len(negatives), 1)


def calibration_error(gold: Sequence[bool], scores: Sequence[float], bins: int = 10) -> float:
    """Expected calibration error: the gap of score and frequency over equal bins, weighted by count."""
    truth, given = np.array(gold, dtype=float), np.array(scores)
    index = np.minimum((given * bins).astype(int), bins - 1)
    return float(
        sum(
            (index == b).mean() * abs(truth[index == b].mean() - given[index == b].mean())
            for b in range(bins)
            if (index == b).any()
        )
    )


def bootstrap_interval(
    units: int, measure: Callable[[np.ndarray], float], *, rounds: int = 200, seed: int = 0
) -> tuple[float, float]:
    """95 % percentile interval of `measure(indices)`, units (conversations) drawn with replacement."""
    generator = np.random.default_rng(seed)
    values = [measure(generator.integers(0, units, units)) for _ in range(rounds)]
    low, high = np.percentile(values, [2.5, 97.5])
    return float(low), float(high)
