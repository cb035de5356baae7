"""A linear model over words, their pairs and their pieces, as `coolhead.perception.word_counts` reads it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from coolhead.perception.word_counts import features

Blocks = tuple[set[str], ...]
"""The features of one text, as `blocks` tells them."""

Bag = tuple[np.ndarray, np.ndarray]
"""Columns and values of one text."""

Fit = Callable[[Sequence[Bag], int], tuple[np.ndarray, np.ndarray]]
"""Weights [F, L] and offset [L] for bags over so many features F."""


@dataclass(frozen=True, slots=True)
class WordModel:
    """The model.

    Attributes:
        names: the features.
        rarity: inverse document frequency of each [F].
        weights: [F, L].
        offset: [L].
    """

    names: list[str]
    rarity: np.ndarray
    weights: np.ndarray
    offset: np.ndarray

    @classmethod
    def learnt(cls, found: Sequence[Blocks], fit: Fit, *, least: int, kept: int) -> WordModel:
        """Fitted on all features that stand in `least` texts, then on the `kept` that matter most."""
        counted = Counter(name for each in found for block in each for name in block)
        names = sorted(name for name, count in counted.items() if count >= least)
        weights = cls._fitted(names, counted, found, fit).weights
        matter = np.sqrt([counted[name] for name in names]) * np.linalg.norm(weights, axis=1)
        most = np.sort(np.argsort(-matter, kind="stable")[:kept])
        return cls._fitted([names[place] for place in most], counted, found, fit)

    @classmethod
    def _fitted(cls, names: list[str], counted: Counter[str], found: Sequence[Blocks], fit: Fit) -> WordModel:
        rarity = np.log(len(found) / np.array([counted[name] for name in names], np.float32)) + 1
        return cls(names, rarity, *fit(bags(found, names, rarity), len(names)))

    def write(self, path: Path, share: float) -> None:
        """Writes the model in 8 bits, a scale a label; `share` is by what its logits are multiplied."""
        scale = np.abs(self.weights).max(axis=0) / 127 + 1e-9
        np.savez_compressed(
            path,
            features=np.frombuffer("\n".join(self.names).encode(), np.uint8),
            rarity=self.rarity,
            weights=(self.weights / scale).round().astype(np.int8),
            scale=(scale * share).astype(np.float32),
            offset=(self.offset * share).astype(np.float32),
        )


def bags(found: Sequence[Blocks], names: Sequence[str], rarity: np.ndarray) -> list[Bag]:
    """The columns and values of each text."""
    places = {name: place for place, name in enumerate(names)}
    return [features(each, places, rarity) for each in found]
