"""Turning logits into probabilities that mean what they say, and choosing from where a label is shown.

Both are fitted on validation conversations only, through the graphs that ship.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from coolhead.perception.encoder import Encoder
from training.batches import targets_of
from training.corpus import Labelled
from training.labels import CONVERSATION_GROUPS, CONVERSATION_SLICES, GROUPS
from training.measure import Predicted, ends_of
from training.opinions import opinion_of

LEAST_PRECISION = 0.5
"""No threshold at which a label is right less often than this."""

NEVER = 0.9
"""Threshold of a label that is never right often enough on validation."""

STEADINESS = 12.0
"""A label with so many positives gets a threshold half its own, half its group's."""

PRIOR = 4.0
"""Weight, in turns, of the belief that a label is off by as much as its group."""

ALSO_BEST = 0.35
"""Share of the best technique's probability that the third needs, to be advised too."""


def run_graphs(folder: Path, conversations: Sequence[Labelled]) -> Predicted:
    """What the exported graphs say of every turn, one turn at a time as the product runs them."""
    encoder = Encoder(folder)
    rows: list[tuple[np.ndarray, ...]] = []
    for each in conversations:
        said = opinion_of(encoder, each)
        for place, turn in enumerate(each.turns):
            last = np.array(place == len(each.turns) - 1)
            rows.append((said.logits[place], said.ends[place], *targets_of(turn), ends_of(each), last))
    return Predicted(*(np.stack(column) for column in zip(*rows, strict=True)))


def calibrate(predicted: Predicted, version: str, target: Path) -> None:
    """Fits the sheet on validation predictions and writes it as labels.json."""
    sheet = {
        "version": version,
        "turn": [_turn_group(predicted, group) for group in GROUPS],
        "conversation": [_conversation_group(predicted, group) for group in CONVERSATION_GROUPS],
    }
    target.write_text(json.dumps(sheet, indent=1) + "\n", encoding="utf-8")


def _turn_group(predicted: Predicted, group: str) -> dict[str, object]:
    logits, targets = predicted.of(group)
    names = GROUPS[group]
    if group == "next_best":
        slope = _temperature(logits, targets)
        return _entry(
            group, names, np.full(len(names), slope), np.zeros(len(names)), np.full(len(names), ALSO_BEST)
        )
    slope, offset = platt(logits, targets)
    chances = 1 / (1 + np.exp(-(slope * logits + offset)))
    return _entry(group, names, slope, offset, thresholds(chances, targets > 0.5, heat=group == "heat"))


def _conversation_group(predicted: Predicted, group: str) -> dict[str, object]:
    number, names = list(CONVERSATION_GROUPS).index(group), CONVERSATION_GROUPS[group]
    logits = predicted.conversation[:, CONVERSATION_SLICES[group]]
    slope = _temperature(logits, np.eye(len(names), dtype=np.float32)[predicted.ends[:, number]])
    return _entry(group, names, np.full(len(names), slope), np.zeros(len(names)), np.zeros(len(names)))


def _entry(
    group: str, names: Sequence[str], slope: np.ndarray, offset: np.ndarray, threshold: np.ndarray
) -> dict[str, object]:
    numbers = {"slope": slope, "offset": offset, "threshold": threshold}
    rounded = {name: [round(float(value), 4) for value in values] for name, values in numbers.items()}
    return {"group": group, "names": [str(name) for name in names], **rounded}


def platt(logits: np.ndarray, targets: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Slope and offset of each label [n]; the slope is the group's, the offset leans on the group's."""
    scores, truth = torch.from_numpy(logits).double(), torch.from_numpy(targets).double()
    slope = torch.zeros((), dtype=torch.float64, requires_grad=True)
    common = torch.zeros((), dtype=torch.float64, requires_grad=True)
    own = torch.zeros(logits.shape[1], dtype=torch.float64, requires_grad=True)

    def fault() -> Tensor:
        scaled = slope.exp() * scores + common + own
        wrong = functional.binary_cross_entropy_with_logits(scaled, truth, reduction="sum")
        return wrong + PRIOR * own.square().sum()

    _minimise(fault, [slope, common, own])
    with torch.no_grad():
        return slope.exp().expand(logits.shape[1]).numpy(), (common + own).numpy()


def _temperature(logits: np.ndarray, targets: np.ndarray) -> float:
    scores, truth = torch.from_numpy(logits).double(), torch.from_numpy(targets).double()
    slope = torch.zeros((), dtype=torch.float64, requires_grad=True)
    _minimise(lambda: -(truth * (slope.exp() * scores).log_softmax(dim=1)).sum(), [slope])
    return float(slope.exp().detach())


def _minimise(fault: Callable[[], Tensor], parameters: list[Tensor]) -> None:
    optimizer = torch.optim.LBFGS(parameters, max_iter=200, line_search_fn="strong_wolfe")

    def closure() -> Tensor:
        optimizer.zero_grad()
        value = fault()
        value.backward()
        return value

    optimizer.step(closure)


def thresholds(chances: np.ndarray, truth: np.ndarray, *, heat: bool) -> np.ndarray:
    """For each label the probability from which it is shown: best F1, not below the least precision.

    Labels with few positives lean on their group's common threshold; heat's steps stand alone.
    """
    common = _best_cut(chances.ravel(), truth.ravel())
    cuts = []
    for label in range(chances.shape[1]):
        positives = truth[:, label].sum()
        own = _best_cut(chances[:, label], truth[:, label]) if positives else common
        weight = 1.0 if heat else positives / (positives + STEADINESS)
        cuts.append(weight * own + (1 - weight) * common)
    return np.array(cuts)


def _best_cut(chances: np.ndarray, truth: np.ndarray) -> float:
    """Middle of the run of thresholds whose F1 is within 0.5 % of the best; steadier than the very best."""
    grid = np.arange(0.1, 0.9, 0.01)
    found = np.array([((chances >= cut) & truth).sum() for cut in grid])
    shown = np.array([(chances >= cut).sum() for cut in grid])
    f1 = np.where(found / np.maximum(shown, 1) >= LEAST_PRECISION, 2 * found / (shown + truth.sum()), 0)
    return float(np.median(grid[f1 >= f1.max() * 0.995])) if f1.any() else NEVER
