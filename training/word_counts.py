"""Teaching the linear model over words that goes beside the network."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from coolhead.perception.word_counts import EARLIER, FILE, blocks
from training.batches import targets_of
from training.corpus import Labelled
from training.labels import SLICES, TURN_OUTPUTS
from training.word_model import Bag, WordModel

LEAST_TURNS = 3
"""Turns of the training split that a feature must stand in."""

KEPT = 9_000
"""Features that ship: those that matter most, by their weights and how often they stand."""

SHARE = 0.25
"""Weight of this model's logits beside the network's; chosen on the validation split."""

EPOCHS, TURNS_A_STEP, RATE, DECAY, SEED = 12, 256, 2e-2, 2e-6, 0


def write_word_counts(train: Sequence[Labelled], folder: Path) -> None:
    """Fits on the training split, keeps what matters, fits again, and writes words.npz."""
    turns = [(each.turns, place) for each in train for place in range(len(each.turns))]
    found = [blocks([turn.text for turn in run[max(0, at - EARLIER) : at + 1]]) for run, at in turns]
    marks = [targets_of(run[at]) for run, at in turns]
    model = WordModel.learnt(found, partial(_fit, marks=marks), least=LEAST_TURNS, kept=KEPT)
    model.write(folder / FILE, SHARE)


def _fit(
    bags: Sequence[Bag], size: int, marks: Sequence[tuple[np.ndarray, np.ndarray]]
) -> tuple[np.ndarray, np.ndarray]:
    """Logistic regression of all labels at once; weights [size, L] and offset [L]."""
    torch.manual_seed(SEED)
    chance = np.random.default_rng(SEED)
    targets, learn = (torch.from_numpy(np.stack(column)) for column in zip(*marks, strict=True))
    targets[:, SLICES["next_best"]] = (targets[:, SLICES["next_best"]] > 0).float()
    linear = nn.EmbeddingBag(size, TURN_OUTPUTS, mode="sum")
    nn.init.zeros_(linear.weight)
    offset = nn.Parameter(torch.full((TURN_OUTPUTS,), -3.0))
    optimizer = torch.optim.Adam([linear.weight, offset], lr=RATE)
    steps = EPOCHS * -(-len(bags) // TURNS_A_STEP)
    rate = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: 1 - step / steps)
    for _ in range(EPOCHS):
        order = chance.permutation(len(bags))
        for rows in np.array_split(order, -(-len(bags) // TURNS_A_STEP)):
            logits = linear(*_together([bags[row] for row in rows])) + offset
            wrong = functional.binary_cross_entropy_with_logits(
                logits, targets[rows], weight=learn[rows], reduction="sum"
            )
            (wrong / len(rows) + DECAY * linear.weight.square().sum()).backward()
            optimizer.step()
            rate.step()
            optimizer.zero_grad()
    return linear.weight.detach().numpy(), offset.detach().numpy()


def _together(bags: Sequence[Bag]) -> tuple[Tensor, Tensor, Tensor]:
    """Columns, where each bag begins, and values, as `EmbeddingBag` takes them."""
    starts = np.cumsum([0, *(len(columns) for columns, _ in bags)])[:-1]
    columns, values = zip(*bags, strict=True)
    return (
        torch.from_numpy(np.concatenate(columns)),
        torch.from_numpy(starts),
        torch.from_numpy(np.concatenate(values)),
    )
