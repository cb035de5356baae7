"""Metrics, the same for the network, the exported graphs and the baselines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from sklearn.metrics import cohen_kappa_score, f1_score, precision_recall_curve, roc_auc_score

from coolhead.perception.tokens import Cutter
from training.batches import collate, in_batches
from training.corpus import Labelled
from training.labels import CONVERSATION_GROUPS, CONVERSATION_SLICES, SLICES
from training.network import TextNetwork, brief_floats


@dataclass(slots=True)
class Predicted:
    """Predictions beside the truth, one row a turn.

    Attributes:
        logits: [N, L].
        conversation: logits [N, C].
        targets: [N, L], with next best as a distribution.
        learn: [N, L], 1 where the label applies to the turn.
        ends: [N, 3] indices of issue, resolved, csat.
        last: [N], True on the last turn of a conversation.
    """

    logits: np.ndarray
    conversation: np.ndarray
    targets: np.ndarray
    learn: np.ndarray
    ends: np.ndarray
    last: np.ndarray

    def of(self, group: str) -> tuple[np.ndarray, np.ndarray]:
        """Logits and targets of a group on the turns to which it applies."""
        place = SLICES[group]
        rows = self.learn[:, place.start] > 0
        return self.logits[rows, place], self.targets[rows, place]


def ends_of(conversation: Labelled) -> np.ndarray:
    """Indices of issue, resolved and csat [3]."""
    names = (conversation.issue, conversation.resolved, str(conversation.csat))
    return np.array(
        [list(CONVERSATION_GROUPS[g]).index(n) for g, n in zip(CONVERSATION_GROUPS, names, strict=True)]
    )


@torch.no_grad()
def predict(network: TextNetwork, cutter: Cutter, conversations: Sequence[Labelled]) -> Predicted:
    """What the network says of every turn."""
    network.eval()
    parts = []
    for group in in_batches(conversations, 128):
        batch = collate(group, [[turn.text for turn in each.turns] for each in group], cutter)
        with brief_floats():
            logits, ends = network(batch.flat, batch.window, batch.sides)
        parts.append(
            (
                logits.float(),
                ends.float(),
                batch.targets,
                batch.learn,
                batch.conversation,
                batch.progress >= 1,
            )
        )
    return Predicted(*(torch.cat(column).numpy() for column in zip(*parts, strict=True)))


def heat_levels(logits: np.ndarray) -> np.ndarray:
    """The level whose every step is likelier than not."""
    return (np.minimum.accumulate(logits, axis=1) > 0).sum(axis=1)


def best_f1(logits: np.ndarray, targets: np.ndarray) -> np.ndarray:
    """Decisions at each label's best threshold on the same data: optimistic, for watching training only."""
    decided = np.zeros_like(targets, dtype=bool)
    for label in range(targets.shape[1]):
        if targets[:, label].any():
            precision, recall, cuts = precision_recall_curve(targets[:, label] > 0, logits[:, label])
            f1 = 2 * precision * recall / np.maximum(precision + recall, 1e-9)
            decided[:, label] = logits[:, label] >= cuts[f1[:-1].argmax()]
    return decided


def main_metrics(predicted: Predicted) -> dict[str, float]:
    """The figures to watch while training."""
    logits, targets = predicted.of("heat")
    gold, level = targets.sum(axis=1), heat_levels(logits)
    found = {
        "kappa": cohen_kappa_score(gold, level, weights="quadratic"),
        "hot2": f1_score(gold >= 2, level >= 2),
        "auc2": roc_auc_score(gold >= 2, logits[:, 1]),
        "hot3": f1_score(gold >= 3, level >= 3),
    }
    for group, average in (
        ("behaviours", "macro"),
        ("abuse", "macro"),
        ("triggers", "micro"),
        ("cues", "micro"),
        ("techniques", "micro"),
        ("missteps", "micro"),
    ):
        logits, targets = predicted.of(group)
        found[group] = f1_score(targets > 0, best_f1(logits, targets), average=average, zero_division=0)
    found["next2"] = next_best_hit(*predicted.of("next_best"))
    issue = predicted.conversation[:, CONVERSATION_SLICES["issue"]][predicted.last].argmax(axis=1)
    found["issue"] = float((issue == predicted.ends[predicted.last, 0]).mean())
    csat = predicted.conversation[:, CONVERSATION_SLICES["csat"]][predicted.last]
    expected = np.exp(csat - csat.max(axis=1, keepdims=True))
    expected = (expected / expected.sum(axis=1, keepdims=True)) @ np.arange(5)
    found["csat_mae"] = float(np.abs(expected - predicted.ends[predicted.last, 2]).mean())
    return found


def next_best_hit(logits: np.ndarray, targets: np.ndarray, top: int = 2) -> float:
    """Share of turns on which one of the first `top` is among the labelled ones."""
    best = np.argsort(-logits, axis=1)[:, :top]
    return float((np.take_along_axis(targets, best, axis=1) > 0).any(axis=1).mean())
