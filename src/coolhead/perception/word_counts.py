"""What the plain words of a turn speak for: a linear model over words, word pairs and pieces of words.

It knows far less than the network and errs elsewhere, so the two together err less. Its logits, already
weighted, are added to the network's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources.abc import Traversable
from io import BytesIO
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from coolhead.errors import SetupError

Floats = npt.NDArray[np.float32]

FILE = "words.npz"
EARLIER = 2
"""Turns before the present one whose words count too."""

SHORTEST, LONGEST = 2, 4
"""Characters of a piece of a word, its edges counted as one each."""

WORD = re.compile(r"\w+|[!?]+")


def blocks(texts: Sequence[str]) -> tuple[set[str], ...]:
    """The features of the last of the texts, the present turn, in three blocks that are scaled by themselves.

    Words and word pairs of the turn, pieces of its words, and words of the two turns before it; each with a
    first character that keeps the blocks apart.
    """
    words = WORD.findall(texts[-1].lower())
    earlier = (WORD.findall(text.lower()) for text in texts[-1 - EARLIER : -1])
    return (
        {f"w{word}" for word in words} | {f"w{one} {next_one}" for one, next_one in pairwise(words)},
        set().union(*map(_pieces, words)),
        {f"b{word}" for said in earlier for word in said},
    )


@lru_cache(maxsize=2048)
def _pieces(word: str) -> frozenset[str]:
    """The features of a word's pieces; the latest words are kept, as most are said again and again."""
    edged = f" {word} "
    return frozenset(
        f"c{edged[start : start + length]}"
        for length in range(SHORTEST, LONGEST + 1)
        for start in range(len(edged) - length + 1)
    )


class WordCounts:
    """The linear model as it ships; safe to share between threads.

    Args:
        places: the column of each feature that counts.
        rarity: inverse document frequency of each [F].
        weights: what each adds to each label's logit [F, L], 8-bit.
        scale: by which the 8-bit weights of a label are multiplied [L].
        offset: logit of each label where no feature stands [L].
    """

    def __init__(
        self,
        places: dict[str, int],
        *,
        rarity: Floats,
        weights: npt.NDArray[np.int8],
        scale: Floats,
        offset: Floats,
    ) -> None:
        self._places = places
        self._rarity = rarity
        self._weights = weights.astype(np.float32)
        self._scale = scale
        self._offset = offset

    @classmethod
    def read(cls, folder: Traversable, file: str = FILE) -> WordCounts:
        """The model in a file of the folder.

        Raises:
            SetupError: the file is missing or damaged.
        """
        try:
            with np.load(BytesIO((folder / file).read_bytes())) as kept:
                names = kept["features"].tobytes().decode().split("\n")
                return cls(
                    {name: place for place, name in enumerate(names)},
                    **{name: kept[name] for name in ("rarity", "weights", "scale", "offset")},
                )
        except (OSError, ValueError, KeyError) as error:
            raise SetupError(
                f"The text model's file {file} in {folder} is missing or damaged.",
                hint="Install Coolhead again.",
            ) from error

    def logits(self, texts: Sequence[str]) -> Floats:
        """What to add to each label's logit [L]; the last text is the present turn."""
        columns, values = features(blocks(texts), self._places, self._rarity)
        logits: Floats = (values @ self._weights[columns]) * self._scale + self._offset
        return logits


def features(
    found: Sequence[set[str]], places: dict[str, int], rarity: Floats
) -> tuple[npt.NDArray[np.int64], Floats]:
    """Columns [n] of the features found, in order, and their values [n]: rarity, each block of length one."""
    columns, values = [], []
    for block in found:
        known = sorted(map(places.__getitem__, block & places.keys()))
        weight = rarity[known]
        columns += known
        values.append(weight / max(float(np.sqrt(weight.dot(weight))), 1e-6))
    return np.array(columns, dtype=np.int64), np.concatenate(values).astype(np.float32)
