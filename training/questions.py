"""`python -m training.questions`: teaches what a question asks for, from wordings of our own.

Two softmax regressions whose logits are added: one on the encoder's vector of the question alone, the
encoder staying as it is, and one on its words and pieces of words. Taught together they would lean on the
vector, which knows the wordings it was taught. Every fourth wording of a kind is held out while strength and
figures are found; what ships has learnt them all.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from ruamel.yaml import YAML
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from scipy.special import log_softmax

from coolhead.perception.encoder import MODELS, Encoder
from coolhead.perception.word_counts import blocks, features
from coolhead.practice.hearing.meaning import FILE, KINDS, WORDS

WORDINGS = Path(__file__).with_suffix(".yaml")
HELD_EVERY = 4
WEIGHT_DECAY = 0.1
"""On the summed loss; on the wordings held out 0.03 and 0.3 are no better."""

LEAST_TEXTS, KEPT = 2, 2000
"""Wordings that a word or piece of a word must stand in, and how many of these ship."""

SLOPES = np.arange(0.3, 1.3, 0.05)

Blocks = tuple[set[str], ...]


@dataclass(frozen=True, slots=True)
class Wordings:
    """Questions [n], the place of the kind of each in KINDS [n], and which are held out [n]."""

    texts: list[str]
    kinds: np.ndarray
    held: np.ndarray


def read_wordings(path: Path = WORDINGS) -> Wordings:
    """The wordings of every kind."""
    by_kind: dict[str, str] = YAML(typ="safe").load(path)
    rows = [
        (text, KINDS.index(kind), place % HELD_EVERY == HELD_EVERY - 1)
        for kind, lines in by_kind.items()
        for place, text in enumerate(lines.splitlines())
    ]
    texts, kinds, held = zip(*rows, strict=True)
    return Wordings(list(texts), np.array(kinds), np.array(held))


def fit(vectors: np.ndarray, kinds: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Weights [384, K] and offset [K] of a softmax regression, on vectors of any spread."""
    middle, spread = vectors.mean(axis=0), vectors.std(axis=0) + 1e-6
    solved, offset = _softmax((vectors - middle) / spread / np.sqrt(vectors.shape[1]), kinds)
    weights = solved / spread[:, None] / np.sqrt(vectors.shape[1])
    return weights, offset - middle @ weights


def _softmax(inputs: np.ndarray | csr_matrix, kinds: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Weights [F, K] and offset [K] that make the summed loss smallest."""
    wanted = np.eye(len(KINDS))[kinds]
    shape = (inputs.shape[1] + 1, len(KINDS))

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        weights = flat.reshape(shape)
        logs = log_softmax(inputs @ weights[:-1] + weights[-1], axis=1)
        wrong = np.exp(logs) - wanted
        slope = np.vstack([inputs.T @ wrong + WEIGHT_DECAY * weights[:-1], wrong.sum(axis=0)])
        return float(-(logs * wanted).sum() + WEIGHT_DECAY / 2 * (weights[:-1] ** 2).sum()), slope.ravel()

    best = minimize(loss, np.zeros(shape).ravel(), jac=True, method="L-BFGS-B", options={"maxiter": 300})
    solved = best.x.reshape(shape)
    return solved[:-1], solved[-1]


@dataclass(frozen=True, slots=True)
class Words:
    """A softmax regression over words, their pairs and their pieces; as `WordCounts` reads it.

    Attributes:
        names: the features.
        rarity: inverse document frequency of each [F].
        weights: [F, K].
        offset: [K].
    """

    names: list[str]
    rarity: np.ndarray
    weights: np.ndarray
    offset: np.ndarray

    @classmethod
    def learnt(cls, texts: Sequence[str], kinds: np.ndarray) -> Words:
        """Fitted on all features, then on those that matter most."""
        found = [blocks([text]) for text in texts]
        counted = Counter(name for each in found for block in each for name in block)
        names = sorted(name for name, count in counted.items() if count >= LEAST_TEXTS)
        weights = cls._fitted(names, counted, found, kinds).weights
        matter = np.sqrt([counted[name] for name in names]) * np.linalg.norm(weights, axis=1)
        kept = np.sort(np.argsort(-matter, kind="stable")[:KEPT])
        return cls._fitted([names[place] for place in kept], counted, found, kinds)

    @classmethod
    def _fitted(
        cls, names: list[str], counted: Counter[str], found: Sequence[Blocks], kinds: np.ndarray
    ) -> Words:
        rarity = np.log(len(found) / np.array([counted[name] for name in names], np.float32)) + 1
        return cls(names, rarity, *_softmax(_table(found, names, rarity), kinds))

    def logits(self, texts: Sequence[str]) -> np.ndarray:
        """[n, K]."""
        table: np.ndarray = _table([blocks([text]) for text in texts], self.names, self.rarity) @ self.weights
        return table + self.offset


def _table(found: Sequence[Blocks], names: Sequence[str], rarity: np.ndarray) -> csr_matrix:
    places = {name: place for place, name in enumerate(names)}
    columns, values = zip(*(features(each, places, rarity) for each in found), strict=True)
    starts = np.cumsum([0, *map(len, columns)])
    return csr_matrix(
        (np.concatenate(values), np.concatenate(columns), starts), shape=(len(found), len(names))
    )


def write_questions(folder: Path) -> float:
    """Fits on all wordings and writes both models; gives the share right of those held from a first fit."""
    said = read_wordings()
    encoder = Encoder(folder)
    vectors = np.stack([encoder.vector(text, by_customer=False) for text in said.texts]).astype(np.float64)
    texts = np.array(said.texts)
    weights, offset = fit(vectors[~said.held], said.kinds[~said.held])
    words = Words.learnt(texts[~said.held].tolist(), said.kinds[~said.held])
    held = vectors[said.held] @ weights + offset + words.logits(texts[said.held].tolist())
    slope = _slope(held, said.kinds[said.held])
    weights, offset = fit(vectors, said.kinds)
    _write(folder / FILE, slope * weights, offset=slope * offset)
    words = Words.learnt(said.texts, said.kinds)
    names = np.frombuffer("\n".join(words.names).encode(), np.uint8)
    _write(
        folder / WORDS,
        slope * words.weights,
        offset=slope * words.offset,
        features=names,
        rarity=words.rarity,
    )
    return float((held.argmax(axis=1) == said.kinds[said.held]).mean())


def _slope(logits: np.ndarray, kinds: np.ndarray) -> float:
    """By what logits are multiplied to be probabilities that hold: two models together are too sure."""
    faults = [-log_softmax(slope * logits, axis=1)[np.arange(len(kinds)), kinds].mean() for slope in SLOPES]
    return float(SLOPES[int(np.argmin(faults))])


def _write(path: Path, weights: np.ndarray, *, offset: np.ndarray, **more: np.ndarray) -> None:
    """Weights [F, K] in 8 bits, a scale a kind."""
    scale = np.abs(weights).max(axis=0) / 127 + 1e-9
    np.savez_compressed(
        path,
        weights=(weights / scale).round().astype(np.int8),
        scale=scale.astype(np.float32),
        offset=offset.astype(np.float32),
        **more,
    )


def main() -> None:
    """Fits, writes both models beside the weights and prints the share right of the wordings held out."""
    argparse.ArgumentParser(prog="python -m training.questions", description=__doc__).parse_args()
    print(f"Of the wordings held out, {write_questions(Path(str(MODELS))):.1%} are known.")


if __name__ == "__main__":
    main()
