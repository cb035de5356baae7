"""Which turns are about the same thing: groups of embeddings, without being told how many there are.

Average-linkage clustering up to a distance, then what is too rare to be an issue goes to the nearest group.
Knows nothing of words or of what a group should be called.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Groups = npt.NDArray[np.int64]

FARTHEST = 0.6
"""Mean cosine distance between two groups up to which they are one; chosen on held-out intents."""

RAREST = 0.01
"""Share of the turns that an issue has at least; chosen on held-out intents."""

FEWEST = 3
"""Turns that an issue has at least."""

ROUNDS = 3
"""Times that the turns are given to the nearest group and the groups' middles taken anew."""


def group(embeddings: Floats) -> Groups:
    """The group of each turn, 0 being the largest; the same turns in the same order give the same groups.

    Time and memory grow with the square of the turns: 1,500 take about a second and 10 MB.

    Args:
        embeddings: unit vectors [n, E].
    """
    groups = _linked(embeddings)
    sizes = np.bincount(groups)
    common = np.flatnonzero(sizes >= max(FEWEST, RAREST * len(groups)))
    if len(common):
        middles = _middles(embeddings, [groups == number for number in common])
        for _ in range(ROUNDS):
            nearest = (embeddings @ middles.T).argmax(axis=1)
            middles = _middles(embeddings, [nearest == number for number in np.unique(nearest)])
        groups = (embeddings @ middles.T).argmax(axis=1)
    _, numbers, sizes = np.unique(groups, return_inverse=True, return_counts=True)
    order: Groups = np.argsort(np.argsort(-sizes, kind="stable"))[numbers]
    return order


def _middles(embeddings: Floats, members: list[npt.NDArray[np.bool_]]) -> Floats:
    sums = np.stack([embeddings[each].sum(axis=0) for each in members])
    middles: Floats = sums / np.linalg.norm(sums, axis=1, keepdims=True).clip(1e-6)
    return middles


def _linked(embeddings: Floats) -> Groups:
    """Average linkage up to FARTHEST by chains of nearest neighbours (Murtagh 1983)."""
    count = len(embeddings)
    distance = 1.0 - embeddings.astype(np.float64) @ embeddings.T.astype(np.float64)
    np.fill_diagonal(distance, np.inf)
    sizes, groups = np.ones(count), np.arange(count)
    chain: list[int] = []
    open_ = np.ones(count, dtype=bool)  # groups that still have a neighbour near enough, so far as is known
    while chain or open_.any():
        if not chain:
            chain.append(int(open_.argmax()))
        last = chain[-1]
        nearest = int(distance[last].argmin())
        if len(chain) > 1 and distance[last, chain[-2]] <= distance[last, nearest]:
            nearest = chain[-2]
        if distance[last, nearest] > FARTHEST:
            open_[last] = False  # its distances only grow: average linkage never brings groups nearer
            chain.pop()
        elif len(chain) > 1 and nearest == chain[-2]:
            del chain[-2:]
            kept, gone = sorted((last, nearest))
            _merge(distance, sizes, kept, gone)
            groups[groups == gone] = kept
            open_[gone] = False
        else:
            chain.append(nearest)
    return groups


def _merge(distance: npt.NDArray[np.float64], sizes: npt.NDArray[np.float64], kept: int, gone: int) -> None:
    """Lance and Williams' update for average linkage, in place; the group that is gone is far from all."""
    share = sizes[kept] / (sizes[kept] + sizes[gone])
    row = share * distance[kept] + (1 - share) * distance[gone]
    row[[kept, gone]] = np.inf
    distance[kept] = distance[:, kept] = row
    distance[gone] = distance[:, gone] = np.inf
    sizes[kept] += sizes[gone]
