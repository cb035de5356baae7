"""`python -m training.questions`: teaches what a question asks for, from wordings of our own.

A softmax regression on the encoder's vector of the question alone; the encoder stays as it is. Every fourth
wording of a kind is held out while strength and figures are found; what ships has learnt them all.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from ruamel.yaml import YAML
from scipy.optimize import minimize
from scipy.special import log_softmax

from coolhead.perception.encoder import MODELS, Encoder
from coolhead.practice.hearing.meaning import FILE, KINDS

WORDINGS = Path(__file__).with_suffix(".yaml")
HELD_EVERY = 4
WEIGHT_DECAY = 0.1
"""On the summed loss; on the wordings held out 0.03 and 0.3 are no better."""


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
    inputs = (vectors - middle) / spread / np.sqrt(vectors.shape[1])
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
    weights = solved[:-1] / spread[:, None] / np.sqrt(vectors.shape[1])
    return weights, solved[-1] - middle @ weights


def write_questions(folder: Path) -> float:
    """Fits on all wordings, writes questions.npz; gives the share right of those held from a first fit."""
    said = read_wordings()
    encoder = Encoder(folder)
    vectors = np.stack([encoder.vector(text, by_customer=False) for text in said.texts]).astype(np.float64)
    weights, offset = fit(vectors[~said.held], said.kinds[~said.held])
    found = (vectors[said.held] @ weights + offset).argmax(axis=1)
    weights, offset = fit(vectors, said.kinds)
    scale = np.abs(weights).max(axis=0) / 127
    np.savez_compressed(
        folder / FILE,
        weights=(weights / scale).round().astype(np.int8),
        scale=scale.astype(np.float32),
        offset=offset.astype(np.float32),
    )
    return float((found == said.kinds[said.held]).mean())


def main() -> None:
    """Fits, writes questions.npz beside the weights and prints the share right of the wordings held out."""
    argparse.ArgumentParser(prog="python -m training.questions", description=__doc__).parse_args()
    print(f"Of the wordings held out, {write_questions(Path(str(MODELS))):.1%} are known.")


if __name__ == "__main__":
    main()
