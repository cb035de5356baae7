"""Conversations as tensors: tokens end to end, windows of earlier turns, targets and what to learn from."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor

from coolhead.perception.tokens import Cutter, Tokens
from training.augment import STYLES
from training.corpus import Labelled, LabelledTurn
from training.dialect import dialect
from training.labels import AGENT_GROUPS, CONVERSATION_GROUPS, CUSTOMER_GROUPS, GROUPS, SLICES, TURN_OUTPUTS
from training.network import BEFORE, Bucket, Flat
from training.opinions import Taught, silent

RANK_WEIGHTS = (0.45, 0.33, 0.22)
"""How much of the next-best target each rank gets, best first."""

BUCKETS = 6
"""Groups of turns of like length in a batch."""

EMOJI_SHARE = 0.12
"""Of the augmented copies; the other styles share the rest."""

OTHER_STYLES = (
    "lower", "lower", "speech", "speech", "speech", "typos", "capitals", "dialect", "dialect",
)  # fmt: skip
"""Each as often as it stands here."""

_STYLES = STYLES | {"dialect": dialect}


@dataclass(slots=True)
class Batch:
    """Turns of several conversations; see `TextNetwork.forward` for flat, window and sides.

    Attributes:
        targets: [B, L], 0–1; next best as a distribution, all else as many of the readers as say so.
        learn: [B, L], 1 where the target counts.
        conversation: [B, 3] indices of issue, resolved and csat.
        progress: [B], share of the conversation that is over, 0–1.
        applies: [B, L], 1 where the output can be told of this side's turns.
        soft: the teacher's logits [B, L]; `soft_ends`: of the conversation [B, C]. Zeros without a teacher.
    """

    flat: Flat
    window: Tensor
    sides: Tensor
    targets: Tensor
    learn: Tensor
    conversation: Tensor
    progress: Tensor
    applies: Tensor
    soft: Tensor
    soft_ends: Tensor


def flatten(tokens: Sequence[Tokens]) -> Flat:
    """Turns end to end, in order of length so that turns of like length attend together."""
    order = sorted(range(len(tokens)), key=lambda row: len(tokens[row].ids))
    lengths = np.array([len(tokens[row].ids) for row in order])
    column = np.concatenate([np.arange(length) for length in lengths])
    last, row = np.repeat(lengths, lengths) - 1, np.repeat(order, lengths)
    return Flat(
        ids=torch.from_numpy(np.concatenate([tokens[row].ids for row in order])),
        kinds=torch.from_numpy(np.concatenate([tokens[row].kinds for row in order])),
        row=torch.from_numpy(row),
        column=torch.from_numpy(column),
        words=torch.from_numpy((column > 0) & (column < last)),
        rows=len(tokens),
        longest=int(lengths[-1]),
        buckets=[
            _bucket(lengths, part) for part in np.array_split(np.arange(len(lengths)), BUCKETS) if len(part)
        ],
        member=torch.from_numpy((row[:, None] == np.arange(len(tokens))[None, :]).astype(np.float32)),
    )


def _bucket(lengths: np.ndarray, part: np.ndarray) -> Bucket:
    mine = lengths[part]
    longest = int(mine[-1])
    index = np.concatenate([number * longest + np.arange(length) for number, length in enumerate(mine)])
    mask = torch.from_numpy(np.arange(longest)[None, :] < mine[:, None])
    return Bucket(int(mine.sum()), torch.from_numpy(index), len(part), longest, mask[:, None, None, :])


def window_of(count: int, start: int) -> np.ndarray:
    """For each of `count` turns from row `start` on: the rows of eight before it and itself, -1 for none."""
    rows = np.arange(count)[:, None] + np.arange(-BEFORE, 1)[None, :]
    return np.where(rows < 0, -1, rows + start)


def applies_to(by_customer: bool) -> np.ndarray:
    """[L], 1 where the output can be told of this side's turns."""
    applies = np.zeros(TURN_OUTPUTS, np.float32)
    for group in (*CUSTOMER_GROUPS, "next_best") if by_customer else AGENT_GROUPS:
        applies[SLICES[group]] = 1
    return applies


def targets_of(turn: LabelledTurn) -> tuple[np.ndarray, np.ndarray]:
    """Targets [L] and what to learn from [L]; the mean where there are several readings."""
    if not turn.learn:
        return np.zeros(TURN_OUTPUTS, np.float32), np.zeros(TURN_OUTPUTS, np.float32)
    if not turn.by_customer:
        return _of_agent(turn.labels)
    targets, learn = zip(*(_of_customer(labels) for labels in turn.readings or [turn.labels]), strict=True)
    target = np.mean(targets, axis=0)
    best = SLICES["next_best"]
    target[best] /= max(target[best].sum(), 1e-9)
    return target, np.max(learn, axis=0)


def _of_agent(labels: Mapping[str, Any]) -> tuple[np.ndarray, np.ndarray]:
    target, learn = np.zeros(TURN_OUTPUTS, np.float32), np.zeros(TURN_OUTPUTS, np.float32)
    for group in AGENT_GROUPS:
        learn[SLICES[group]] = 1
        _mark(target, group, labels.get(group, ()))
    return target, learn


def _of_customer(labels: Mapping[str, Any]) -> tuple[np.ndarray, np.ndarray]:
    target, learn = np.zeros(TURN_OUTPUTS, np.float32), np.zeros(TURN_OUTPUTS, np.float32)
    for group in CUSTOMER_GROUPS:
        learn[SLICES[group]] = 1
    target[SLICES["heat"]] = [labels["heat"] >= step for step in (1, 2, 3, 4)]
    for group in ("behaviours", "triggers", "cues"):
        _mark(target, group, labels.get(group, ()))
    _mark(target, "abuse", [labels.get("abuse", "none")])
    best = labels.get("next_best", [])[:3]
    if best:
        learn[SLICES["next_best"]] = 1
        for name, weight in zip(best, RANK_WEIGHTS, strict=False):
            target[SLICES["next_best"].start + GROUPS["next_best"].index(name)] += weight / sum(
                RANK_WEIGHTS[: len(best)]
            )
    return target, learn


def _mark(target: np.ndarray, group: str, names: Sequence[str]) -> None:
    for name in names:
        if name in GROUPS[group]:
            target[SLICES[group].start + GROUPS[group].index(name)] = 1


def restyle(conversation: Labelled, chance: random.Random, share: float) -> list[str]:
    """The turns' texts, as they are or all in one other style."""
    texts = [turn.text for turn in conversation.turns]
    if chance.random() >= share:
        return texts
    style = "emoji" if chance.random() < EMOJI_SHARE else chance.choice(OTHER_STYLES)
    return [
        _STYLES[style](turn.text, turn.labels.get("heat", 0), chance)
        if style != "emoji" or (turn.by_customer and chance.random() < 0.4)
        else turn.text
        for turn in conversation.turns
    ]


def collate(
    conversations: Sequence[Labelled],
    texts: Sequence[Sequence[str]],
    cutter: Cutter,
    taught: Mapping[str, Taught] | None = None,
) -> Batch:
    """One batch of whole conversations."""
    turns = [turn for each in conversations for turn in each.turns]
    words = [text for each in texts for text in each]
    tokens = [cutter.cut(text, by_customer=turn.by_customer) for turn, text in zip(turns, words, strict=True)]
    starts = np.cumsum([0, *(len(each.turns) for each in conversations)])
    marked = [targets_of(turn) for turn in turns]
    opinions = [(taught or {}).get(each.id) or silent(len(each.turns)) for each in conversations]
    return Batch(
        flat=flatten(tokens),
        window=torch.from_numpy(
            np.concatenate(
                [window_of(len(c.turns), s) for c, s in zip(conversations, starts[:-1], strict=True)]
            )
        ),
        sides=torch.tensor([0 if turn.by_customer else 1 for turn in turns]),
        targets=torch.from_numpy(np.stack([target for target, _ in marked])),
        learn=torch.from_numpy(np.stack([learn for _, learn in marked])),
        conversation=torch.tensor([_ends(each) for each in conversations for _ in each.turns]),
        progress=torch.tensor(
            [(place + 1) / len(each.turns) for each in conversations for place in range(len(each.turns))]
        ),
        applies=torch.from_numpy(np.stack([applies_to(turn.by_customer) for turn in turns])),
        soft=torch.from_numpy(np.concatenate([each.logits for each in opinions])),
        soft_ends=torch.from_numpy(np.concatenate([each.ends for each in opinions])),
    )


def _ends(conversation: Labelled) -> list[int]:
    return [
        CONVERSATION_GROUPS["issue"].index(conversation.issue),
        CONVERSATION_GROUPS["resolved"].index(conversation.resolved),
        conversation.csat - 1,
    ]


def in_batches(conversations: Sequence[Labelled], turns: int) -> Iterator[list[Labelled]]:
    """Runs of conversations with about so many turns together."""
    batch: list[Labelled] = []
    for each in conversations:
        batch.append(each)
        if sum(len(one.turns) for one in batch) >= turns:
            yield batch
            batch = []
    if batch:
        yield batch
