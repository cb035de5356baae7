"""`python -m training.embedding --data FOLDER`: teaches the projection that tells what a turn is about.

The encoder stays as it is. Of what it gives of a turn (`embedding.whole`), those directions are kept in which
turns of different intents differ more than turns of one intent do (Fisher's discriminants, weighed as in
probabilistic linear discriminant analysis), taught by public turns with and without words around them. What
was chosen was chosen on intents that the projection had not seen: a part of Banking77 and all of MultiDoGO's
finance; all of STAR.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from scipy.linalg import eigh

from benchmarks.issue_discovery import accuracy
from coolhead.perception.embedding import FILE, whole
from coolhead.perception.encoder import MODELS, Encoder
from coolhead.perception.grouping import group
from training.about import Said, read_intents
from training.card import Table

WIDTH = 128
"""Numbers of the embedding; 64 are a little worse, 192 no better."""

EVENNESS = 0.3
"""Share of the spread within intents that is taken as equal in all directions."""

POWER = 0.3
"""By which directions that tell intents apart weigh more than those that hardly do: 0 is none, 1 all."""

LEAST_TURNS = 12
"""An intent with fewer teaches nothing."""

STEADY = 20
"""An intent counts for the spread within intents by its turns, but from so many on no more."""

HELD_INTENTS = 30
SEED = 5


def write_embedding(public: Path, folder: Path) -> Table:
    """Fits on all intents, writes embedding.npz; the table tells how well intents not seen are told apart."""
    said = read_intents(public, SEED)
    encoder = Encoder(folder)
    vectors = np.stack([whole(encoder.encode(turn.text, by_customer=True)) for turn in said])
    table = validate(said, vectors)
    weights, offset = fit(vectors, _names(said))
    scale = np.abs(weights).max(axis=0) / 127
    np.savez_compressed(
        folder / FILE,
        weights=(weights / scale).round().astype(np.int8),
        scale=scale.astype(np.float32),
        offset=offset.astype(np.float32),
    )
    return table


def fit(vectors: np.ndarray, intents: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    """Weights [768, E] and offset [E] of the projection."""
    names, number, counts = np.unique(intents, return_inverse=True, return_counts=True)
    means = np.stack([vectors[number == place].mean(axis=0) for place in range(len(names))])
    enough = counts >= LEAST_TURNS
    taught = enough[number]
    apart = vectors[taught] - means[number[taught]]
    weight = 1 / np.maximum(counts[number[taught]], STEADY)
    within = (apart * weight[:, None]).T @ apart / weight.sum()
    within = (1 - EVENNESS) * within + EVENNESS * np.eye(len(within)) * np.trace(within) / len(within)
    between, directions = eigh(np.cov(means[enough].T), within)
    between, directions = between[::-1][:WIDTH].clip(0), directions[:, ::-1][:, :WIDTH]
    weights = directions * (between / (between + 1)) ** POWER
    return weights, -means[enough].mean(axis=0) @ weights


def validate(said: Sequence[Said], vectors: np.ndarray) -> Table:
    """How well `group` finds intents that the projection has not seen, beside the encoder's own vectors."""
    intents = _names(said)
    ours: dict[str, float] = {}
    plain: dict[str, float] = {}
    counted = 0
    for held, parts in _rounds(said):
        weights, offset = fit(vectors[~held], intents[~held])
        middle = vectors[~held].mean(axis=0)
        for name, rows in parts:
            counted += len(rows)
            projected = _unit(vectors[rows] @ weights + offset)
            ours[f"{name}: told apart"] = retrieved(projected, intents[rows])
            plain[f"{name}: told apart"] = retrieved(_unit(vectors[rows] - middle), intents[rows])
            ours[f"{name}: grouped"] = accuracy(intents[rows].tolist(), group(projected).tolist())
            plain[f"{name}: grouped"] = float("nan")  # the distance up to which to group is not theirs
    return Table("On intents held out", {"turns": counted}, {"Coolhead": ours, "the same, not taught": plain})


def _unit(vectors: np.ndarray) -> np.ndarray:
    unit: np.ndarray = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return unit


def retrieved(unit: np.ndarray, intents: np.ndarray) -> float:
    """Mean share of a turn's nearest n that have its intent, n being as many as have it (R-precision)."""
    alike = unit @ unit.T
    np.fill_diagonal(alike, -np.inf)
    nearest = intents[np.argsort(-alike, axis=1)] == intents[:, None]
    others = (intents[:, None] == intents).sum(axis=1) - 1
    return float(np.mean([row[:n].mean() for row, n in zip(nearest, others, strict=True) if n]))


def _rounds(said: Sequence[Said]) -> Iterator[tuple[np.ndarray, list[tuple[str, np.ndarray]]]]:
    """What is held out from a fit, and its parts; of Banking77 some intents are far commoner than others."""
    chance = random.Random(SEED)  # noqa: S311 - shuffling, not secrecy
    domain, intents = np.array([turn.domain for turn in said]), _names(said)
    plain = np.array([turn.plain for turn in said])
    hidden = chance.sample(sorted(set(intents[domain == "banking77"])), HELD_INTENTS)
    banking, finance, star = np.isin(intents, hidden), domain == "multidogo finance", domain == "star"
    sizes = {intent: max(8, int(60 / (1 + rank) ** 0.55)) for rank, intent in enumerate(hidden)}
    spoken = [
        row
        for intent, size in sizes.items()
        for row in chance.sample(np.flatnonzero((intents == intent) & ~plain).tolist(), size)
    ]
    yield (
        banking | finance,
        [
            ("Banking77, spoken", np.array(spoken)),
            ("MultiDoGO finance", np.flatnonzero(finance & plain)),
            ("MultiDoGO finance, spoken", np.flatnonzero(finance & ~plain)),
        ],
    )
    yield star, [("STAR", np.flatnonzero(star & plain)), ("STAR, spoken", np.flatnonzero(star & ~plain))]


def _names(said: Sequence[Said]) -> np.ndarray:
    return np.array([f"{turn.domain} {turn.intent}" for turn in said])


def main() -> None:
    """Fits, writes embedding.npz beside the weights and prints the figures on intents held out."""
    parser = argparse.ArgumentParser(prog="python -m training.embedding", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with public/")
    print(write_embedding(parser.parse_args().data / "public", MODELS))


if __name__ == "__main__":
    main()
