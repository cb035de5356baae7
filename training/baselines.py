"""What simple methods reach on the same splits: word counts or the unchanged embedding, and a linear head."""

from __future__ import annotations

import warnings
from collections.abc import Sequence

import numpy as np
import torch
from scipy.sparse import csr_matrix, hstack
from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_union

from coolhead.perception.tokens import Cutter
from training.batches import flatten, targets_of
from training.corpus import Labelled
from training.labels import TURN_OUTPUTS
from training.measure import Predicted, ends_of
from training.network import TextNetwork

Matrix = csr_matrix | np.ndarray

NEVER = -12.0
"""Log-odds of a label without an example."""


def word_counts(train: Sequence[Labelled], others: Sequence[Sequence[Labelled]]) -> list[Predicted]:
    """TF-IDF of words and characters of the turn and of the two before it, logistic regression a label."""
    vectorizer = make_union(
        TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True),
        TfidfVectorizer(
            analyzer="char_wb", ngram_range=(2, 4), min_df=3, sublinear_tf=True, max_features=40000
        ),
    )
    earlier = TfidfVectorizer(min_df=2, sublinear_tf=True)
    now, before = _texts(train)
    features = hstack([vectorizer.fit_transform(now), earlier.fit_transform(before)]).tocsr()
    split = [hstack([vectorizer.transform(n), earlier.transform(b)]).tocsr() for n, b in map(_texts, others)]
    return _heads(features, train, split, others)


def unchanged_embedding(
    network: TextNetwork, cutter: Cutter, train: Sequence[Labelled], others: Sequence[Sequence[Labelled]]
) -> list[Predicted]:
    """MiniLM as published: the vectors of the turn and of the two before it, logistic regression a label."""
    split = [_vectors(network, cutter, each) for each in (train, *others)]
    return _heads(split[0], train, split[1:], others)


def _texts(conversations: Sequence[Labelled]) -> tuple[list[str], list[str]]:
    turns = [(each.turns, place) for each in conversations for place in range(len(each.turns))]
    now = [run[place].text for run, place in turns]
    return now, [" ".join(turn.text for turn in run[max(0, place - 2) : place]) for run, place in turns]


@torch.no_grad()
def _vectors(network: TextNetwork, cutter: Cutter, conversations: Sequence[Labelled]) -> np.ndarray:
    network.eval()
    rows = []
    for each in conversations:
        flat = flatten([cutter.cut(turn.text, by_customer=turn.by_customer) for turn in each.turns])
        vectors = _unit(network.vectors(network.encoder(flat), flat).numpy())
        nothing = np.zeros_like(vectors[:1])
        one, two = np.vstack([nothing, vectors[:-1]]), np.vstack([nothing, nothing, vectors])[: len(vectors)]
        rows.append(np.hstack([vectors, one, two]))
    return np.vstack(rows)


def _unit(vectors: np.ndarray) -> np.ndarray:
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def _heads(
    features: Matrix,
    train: Sequence[Labelled],
    split: Sequence[Matrix],
    others: Sequence[Sequence[Labelled]],
) -> list[Predicted]:
    target, learn = _marks(train)
    results = [np.full((matrix.shape[0], TURN_OUTPUTS), NEVER, np.float32) for matrix in split]
    for label in range(TURN_OUTPUTS):
        rows = np.flatnonzero(learn[:, label])
        if not (target[rows, label] > 0).any():
            continue
        head = LogisticRegression(C=4.0, max_iter=60)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)
            head.fit(features[rows], target[rows, label] > 0)
        for result, matrix in zip(results, split, strict=True):
            result[:, label] = head.decision_function(matrix)
    return [_predicted(result, each) for result, each in zip(results, others, strict=True)]


def _marks(conversations: Sequence[Labelled]) -> tuple[np.ndarray, np.ndarray]:
    marked = [targets_of(turn) for each in conversations for turn in each.turns]
    return np.stack([target for target, _ in marked]), np.stack([learn for _, learn in marked])


def _predicted(logits: np.ndarray, conversations: Sequence[Labelled]) -> Predicted:
    target, learn = _marks(conversations)
    ends = np.stack([ends_of(each) for each in conversations for _ in each.turns])
    last = np.concatenate([np.arange(len(each.turns)) == len(each.turns) - 1 for each in conversations])
    return Predicted(logits, np.zeros((len(logits), 0), np.float32), target, learn, ends, last)
