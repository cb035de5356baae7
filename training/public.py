"""What is taught beside the corpus: tone, by public sets with permissive licences, and what is asked for.

Each text has soft targets (0–1) for a few of the outputs below; the rest does not count. These outputs do
not ship.
"""

from __future__ import annotations

import gzip
import itertools
import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from coolhead.perception.tokens import Cutter
from coolhead.practice.hearing.meaning import KINDS
from training.batches import flatten
from training.network import MINILM, TextNetwork
from training.questions import read_wordings

EMOTIONS = (
    "admiration", "amusement", "anger", "annoyance", "approval", "caring", "confusion", "curiosity",
    "desire", "disappointment", "disapproval", "disgust", "embarrassment", "excitement", "fear",
    "gratitude", "grief", "joy", "love", "nervousness", "optimism", "pride", "realization",
    "relief", "remorse", "sadness", "surprise", "neutral",
)  # fmt: skip
INTENTS = ("confirmation", "rejection", "thankyou")
ASKED = tuple(f"asks {kind}" for kind in KINDS)
OUTPUTS = (*EMOTIONS, "offensive", "hateful", "sarcastic", "polite", "abusive", *INTENTS, *ASKED)
AT_MOST = 2000
"""Texts of one set, so that none drowns the others."""

EMOTION_TEXTS = 5000
"""Of the set that teaches most."""


@dataclass(slots=True)
class Text:
    """One text with targets [K] and what to learn from [K]; by_customer is None where anybody may say it."""

    words: str
    target: np.ndarray
    learn: np.ndarray
    by_customer: bool | None = None


def _text(words: str, values: dict[str, float], by_customer: bool | None = None) -> Text:
    target, learn = np.zeros(len(OUTPUTS), np.float32), np.zeros(len(OUTPUTS), np.float32)
    for name, value in values.items():
        target[OUTPUTS.index(name)] = value
        learn[OUTPUTS.index(name)] = 1
    return Text(words, target, learn, by_customer)


def _emotion(row: dict[str, Any]) -> Text:
    return _text(row["text"], {name: float(name in row["labels"]) for name in EMOTIONS})


def _offence(row: dict[str, Any]) -> Text:
    votes = row["hate"] + row["offensive"] + row["neither"]
    return _text(row["text"], {"hateful": row["hate"] / votes, "offensive": 1 - row["neither"] / votes})


def _abuse(row: dict[str, Any]) -> Text:
    return _text(row["user"], {"abusive": float(np.mean([level < 0 for level in row["levels"]]))})


def _sarcasm(row: dict[str, Any]) -> Text:
    return _text(row["text"], {"sarcastic": float(row["sarcastic"])})


def _politeness(row: dict[str, Any]) -> Text:
    return _text(row["text"], {"polite": float(1 / (1 + np.exp(-2 * row["score"])))})


def _intent(row: dict[str, Any]) -> Text:
    return _text(row["text"], {name: float(name in row["intent"]) for name in INTENTS})


SETS: tuple[tuple[str, Callable[[dict[str, Any]], Text]], ...] = (
    ("goemotions/train.jsonl.gz", _emotion),
    ("davidson/all.jsonl.gz", _offence),
    ("convabuse/train.jsonl.gz", _abuse),
    ("sarcasm/isarcasmeval_train_en.jsonl.gz", _sarcasm),
    ("politeness/wikipedia.jsonl.gz", _politeness),
    ("politeness/stackexchange.jsonl.gz", _politeness),
    ("multidogo/turn_train.jsonl.gz", _intent),
)


def read_public(folder: Path, seed: int) -> list[Text]:
    """Texts of all sets in random order."""
    chance = random.Random(seed)  # noqa: S311 - shuffling, not secrecy
    texts: list[Text] = []
    for name, convert in SETS:
        rows = [row for row in _rows(folder / name) if any(row.get(key) for key in ("text", "user"))]
        chance.shuffle(rows)
        texts += [convert(row) for row in rows[: EMOTION_TEXTS if convert is _emotion else AT_MOST]]
    chance.shuffle(texts)
    return texts


def read_beside(folder: Path, seed: int) -> list[Text]:
    """As many of agents' questions as texts of the public sets, in random order."""
    tone, asked = read_public(folder, seed), read_wordings()
    questions = [
        _text(words, {name: float(place == kind) for place, name in enumerate(ASKED)}, by_customer=False)
        for words, kind, held in zip(asked.texts, asked.kinds, asked.held, strict=True)
        if not held
    ]
    texts = [*tone, *itertools.islice(itertools.cycle(questions), len(tone))]
    random.Random(seed).shuffle(texts)  # noqa: S311 - as above
    return texts


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


class SideTasks(nn.Module):
    """Outputs [B, K] from the turns' vectors [B, 384]."""

    def __init__(self) -> None:
        super().__init__()
        self.outputs = nn.Linear(MINILM.width, len(OUTPUTS))

    def loss(self, network: TextNetwork, cutter: Cutter, texts: list[Text]) -> Tensor:
        """Mean over texts of the summed cross-entropy; half of those of anybody are read as an agent's."""
        tokens = [
            cutter.cut(
                text.words, by_customer=number % 2 == 0 if text.by_customer is None else text.by_customer
            )
            for number, text in enumerate(texts)
        ]
        flat = flatten(tokens)
        logits = self.outputs(network.vectors(network.encoder(flat), flat))
        target, learn = (
            torch.from_numpy(np.stack([getattr(t, name) for t in texts])) for name in ("target", "learn")
        )
        each = functional.binary_cross_entropy_with_logits(logits, target, reduction="none") * learn
        return each.sum(dim=1).mean()
