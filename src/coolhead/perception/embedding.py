"""What a turn is about, as a direction: turns about the same thing point the same way, however they say it.

A linear projection of what the encoder gives anyway: the turn's vector, which was taught to tell moods and
deeds, and the mean of its word pieces, which still holds what it is about. Knows neither words nor issues.
"""

from __future__ import annotations

from importlib.resources.abc import Traversable
from io import BytesIO

import numpy as np
import numpy.typing as npt

from coolhead.errors import SetupError
from coolhead.perception.encoder import Encoded

Floats = npt.NDArray[np.float32]

FILE = "embedding.npz"

PIECES = 30.0
"""By which the mean of the word pieces is made as large as the vector."""


def whole(encoded: Encoded) -> Floats:
    """All that the encoder holds of a turn [768]: its vector and the mean of its word pieces."""
    return np.concatenate([encoded.vector, PIECES * encoded.pieces])


class Embedding:
    """The projection as it ships; safe to share between threads.

    Args:
        weights: what each number of `whole` adds to each of the embedding [768, E], 8-bit.
        scale: by which the 8-bit weights of a column are multiplied [E].
        offset: the embedding of nothing but zeros, before its length is made one [E].
    """

    def __init__(self, weights: npt.NDArray[np.int8], *, scale: Floats, offset: Floats) -> None:
        self._weights = weights.astype(np.float32) * scale
        self._offset = offset

    @classmethod
    def read(cls, folder: Traversable) -> Embedding:
        """The projection in the folder's embedding.npz.

        Raises:
            SetupError: the file is missing or damaged.
        """
        try:
            with np.load(BytesIO((folder / FILE).read_bytes())) as kept:
                return cls(kept["weights"], scale=kept["scale"], offset=kept["offset"])
        except (OSError, ValueError, KeyError) as error:
            raise SetupError(
                f"The text model's file {FILE} in {folder} is missing or damaged.",
                hint="Install Coolhead again.",
            ) from error

    def of(self, encoded: Encoded) -> Floats:
        """The unit vector [E] of a turn."""
        projected = whole(encoded) @ self._weights + self._offset
        unit: Floats = projected / max(float(np.linalg.norm(projected)), 1e-6)
        return unit
