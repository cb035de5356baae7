"""What the shipped model gets right on a split, through the product's own reading, and what baselines do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.metrics import cohen_kappa_score, f1_score, roc_auc_score

from coolhead.codebook import Speaker
from coolhead.conversation.turn import Turn
from coolhead.perception.reading import Reading
from coolhead.perception.text import TextModel
from training.calibrate import thresholds
from training.corpus import Labelled, LabelledTurn
from training.labels import GROUPS
from training.measure import Predicted, heat_levels, next_best_hit

BINS = 10
AVERAGES = {
    "behaviours": "macro",
    "abuse": "micro",
    "triggers": "micro",
    "cues": "micro",
    "techniques": "micro",
    "missteps": "micro",
}


@dataclass(slots=True)
class Decided:
    """Decisions beside the truth.

    Attributes:
        heat: [n, 2] gold and decided levels of customer turns.
        hot: [n] probability of heat 2 or more.
        labels: by group, truth and decision [n, labels].
        chances: by group, probabilities [n, labels].
        best: share of turns on which one of the two best techniques is a labelled one.
        ends: issue right, outcome right, error of CSAT, each at the last turn; nan where not predicted.
    """

    heat: np.ndarray
    hot: np.ndarray
    labels: dict[str, tuple[np.ndarray, np.ndarray]]
    chances: dict[str, np.ndarray]
    best: float
    ends: tuple[float, float, float]


def metrics(decided: Decided) -> dict[str, float]:
    """The project's figures, by name."""
    gold, level = decided.heat.T
    found = {
        "heat kappa": cohen_kappa_score(gold, level, weights="quadratic"),
        "heat >= 2 F1": f1_score(gold >= 2, level >= 2),
        "heat >= 2 AUC": roc_auc_score(gold >= 2, decided.hot),
        "heat >= 3 F1": f1_score(gold >= 3, level >= 3),
    }
    for group, average in AVERAGES.items():
        truth, shown = decided.labels[group]
        if group == "abuse":
            found["abuse F1"] = f1_score(truth.any(axis=1), shown.any(axis=1))
        else:
            found[f"{group} {average}-F1"] = f1_score(truth, shown, average=average, zero_division=0)
    found["next best in top 2"] = decided.best
    found["calibration error"] = float(
        np.mean(
            [calibration_error(decided.chances[g].ravel(), decided.labels[g][0].ravel()) for g in AVERAGES]
        )
    )
    found["issue accuracy"], found["resolved accuracy"], found["CSAT mean error"] = decided.ends
    return {name: float(value) for name, value in found.items()}


def calibration_error(chances: np.ndarray, truth: np.ndarray) -> float:
    """Expected calibration error over ten equal bins: how far probability and frequency lie apart."""
    bins = np.minimum((chances * BINS).astype(int), BINS - 1)
    gaps = [
        abs(chances[bins == b].mean() - truth[bins == b].mean()) * (bins == b).mean()
        for b in set(bins.tolist())
    ]
    return float(sum(gaps))


def read_split(model: TextModel, conversations: Sequence[Labelled]) -> Decided:
    """The product's readings of all conversations."""
    pairs: list[tuple[LabelledTurn, Reading]] = []
    ends: list[tuple[bool, bool, float]] = []
    for each in conversations:
        readings = model.read_all(turns_of(each))
        pairs += zip(each.turns, readings, strict=True)
        last = readings[-1]
        ends.append(
            (
                max(last.issue, key=last.issue.__getitem__) == each.issue,
                max(last.resolved, key=last.resolved.__getitem__) == each.resolved,
                abs((last.csat or 3.0) - each.csat),
            )
        )
    return _decided(pairs, np.array(ends, dtype=float).mean(axis=0))


def turns_of(conversation: Labelled) -> list[Turn]:
    """The turns as the product takes them."""
    return [
        Turn(
            id=str(place),
            speaker=Speaker.CUSTOMER if turn.by_customer else Speaker.AGENT,
            text=turn.text,
            place=float(place),
        )
        for place, turn in enumerate(conversation.turns)
    ]


def _decided(pairs: Sequence[tuple[LabelledTurn, Reading]], ends: np.ndarray) -> Decided:
    customer = [(turn.labels, reading) for turn, reading in pairs if turn.by_customer]
    agent = [(turn.labels, reading) for turn, reading in pairs if not turn.by_customer]
    labels, chances = {}, {}
    for group in AVERAGES:
        side = agent if group in ("techniques", "missteps") else customer
        labels[group] = (
            _matrix(group, [gold for gold, _ in side]),
            _matrix(group, [_shown(r) for _, r in side]),
        )
        chances[group] = np.array([[reading.scores[name] for name in GROUPS[group]] for _, reading in side])
    advised = [(gold["next_best"], reading) for gold, reading in customer if gold.get("next_best")]
    heats = [(gold["heat"], reading.heat) for gold, reading in customer]
    return Decided(
        heat=np.array([(gold, heat.level) for gold, heat in heats if heat]),
        hot=np.array([sum(heat.probabilities[2:]) for _, heat in heats if heat]),
        labels=labels,
        chances=chances,
        best=float(np.mean([bool({*reading.next_best[:2]} & {*gold}) for gold, reading in advised])),
        ends=(float(ends[0]), float(ends[1]), float(ends[2])),
    )


def _shown(reading: Reading) -> dict[str, object]:
    return {
        **{name: [sign.term for sign in getattr(reading, name)] for name in AVERAGES if name != "abuse"},
        "abuse": reading.abuse.term if reading.abuse else "none",
    }


def _matrix(group: str, rows: Sequence[dict[str, object]]) -> np.ndarray:
    def named(row: dict[str, object]) -> object:
        value = row.get(group, ())
        return (value,) if isinstance(value, str) else value

    return np.array([[name in named(row) for name in GROUPS[group]] for row in rows])


def decide(chances: Predicted, validation: Predicted) -> Decided:
    """Decisions of a baseline, from its log-odds, with thresholds chosen on validation as the model's are."""
    labels, likely = {}, {}
    for group in AVERAGES:
        held, held_truth = validation.of(group)
        cut = thresholds(_sigmoid(held), held_truth > 0.5, heat=False)
        logits, truth = chances.of(group)
        labels[group] = (truth > 0.5, _sigmoid(logits) >= cut)
        likely[group] = _sigmoid(logits)
    heat, gold = chances.of("heat")
    return Decided(
        heat=np.stack([gold.sum(axis=1).astype(int), heat_levels(heat)], axis=1),
        hot=heat[:, 1],
        labels=labels,
        chances=likely,
        best=next_best_hit(*chances.of("next_best")),
        ends=(float("nan"),) * 3,
    )


def _sigmoid(logits: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-np.clip(logits, -30, 30)))


def counts(conversations: Sequence[Labelled]) -> dict[str, int]:
    """How much there is to be right about."""
    turns = [turn for each in conversations for turn in each.turns]
    customer = sum(turn.by_customer for turn in turns)
    return {
        "conversations": len(conversations),
        "customer turns": customer,
        "agent turns": len(turns) - customer,
    }
