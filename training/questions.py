"""`python -m training.questions`: teaches what a question asks for, from wordings of our own.

Two softmax regressions whose logits are added: one on the encoder's vector of the question alone, the
encoder staying as it is, and one on its words and pieces of words. Taught together they would lean on the
vector, which knows the wordings it was taught. Every fourth wording of a kind is held out while strength and
figures are found; what ships has learnt them all.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from ruamel.yaml import YAML
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from scipy.special import log_softmax

from coolhead.perception.encoder import MODELS, Encoder
from coolhead.perception.word_counts import blocks
from coolhead.practice.hearing.meaning import FILE, KINDS, WORDS
from training.word_model import Bag, WordModel, bags

WORDINGS = Path(__file__).with_suffix(".yaml")
HELD_EVERY = 4
WEIGHT_DECAY = 0.1
"""On the summed loss; on the wordings held out 0.03 and 0.3 are no better."""

LEAST_TEXTS, KEPT = 2, 2000
"""Wordings that a word or piece of a word must stand in, and how many of these ship."""

SLOPES = np.arange(0.3, 1.3, 0.05)


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


def learn_words(texts: Sequence[str], kinds: np.ndarray) -> WordModel:
    """The softmax regression on words and pieces of words."""

    def fit_bags(found: Sequence[Bag], size: int) -> tuple[np.ndarray, np.ndarray]:
        return _softmax(_table(found, size), kinds)

    return WordModel.learnt([blocks([text]) for text in texts], fit_bags, least=LEAST_TEXTS, kept=KEPT)


def _logits(model: WordModel, texts: Sequence[str]) -> np.ndarray:
    """[n, K]."""
    found = bags([blocks([text]) for text in texts], model.names, model.rarity)
    logits: np.ndarray = _table(found, len(model.names)) @ model.weights + model.offset
    return logits


def _table(found: Sequence[Bag], size: int) -> csr_matrix:
    columns, values = zip(*found, strict=True)
    starts = np.cumsum([0, *map(len, columns)])
    return csr_matrix((np.concatenate(values), np.concatenate(columns), starts), shape=(len(found), size))


def write_questions(folder: Path) -> float:
    """Fits on all wordings and writes both models; gives the share right of those held from a first fit."""
    said = read_wordings()
    encoder = Encoder(folder)
    vectors = np.stack([encoder.vector(text, by_customer=False) for text in said.texts]).astype(np.float64)
    texts = np.array(said.texts)
    weights, offset = fit(vectors[~said.held], said.kinds[~said.held])
    words = learn_words(texts[~said.held].tolist(), said.kinds[~said.held])
    held = vectors[said.held] @ weights + offset + _logits(words, texts[said.held].tolist())
    slope = _slope(held, said.kinds[said.held])
    weights, offset = fit(vectors, said.kinds)
    scale = np.abs(weights).max(axis=0) / 127
    np.savez_compressed(
        folder / FILE,
        weights=(weights / scale).round().astype(np.int8),
        scale=(scale * slope).astype(np.float32),
        offset=(offset * slope).astype(np.float32),
    )
    learn_words(said.texts, said.kinds).write(folder / WORDS, slope)
    return float((held.argmax(axis=1) == said.kinds[said.held]).mean())


def _slope(logits: np.ndarray, kinds: np.ndarray) -> float:
    """By what logits are multiplied to be probabilities that hold: two models together are too sure."""
    faults = [-log_softmax(slope * logits, axis=1)[np.arange(len(kinds)), kinds].mean() for slope in SLOPES]
    return float(SLOPES[int(np.argmin(faults))])


def main() -> None:
    """Fits, writes both models beside the weights and prints the share right of the wordings held out."""
    argparse.ArgumentParser(prog="python -m training.questions", description=__doc__).parse_args()
    print(f"Of the wordings held out, {write_questions(Path(str(MODELS))):.1%} are known.")


if __name__ == "__main__":
    main()
