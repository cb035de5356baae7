"""What a question asks for by its meaning: linear models on its vector and its words; knows no scenario."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources.abc import Traversable
from io import BytesIO

import numpy as np
import numpy.typing as npt

from coolhead.errors import SetupError
from coolhead.perception.encoder import MODELS
from coolhead.perception.word_counts import WordCounts
from coolhead.practice.seen import Request
from coolhead.practice.topic import Topic

Floats = npt.NDArray[np.float32]

FILE, WORDS = "questions.npz", "question_words.npz"
OTHER = "other"
KINDS: tuple[str, ...] = (*(each.value for each in Topic), *(each.value for each in Request), OTHER)
"""What the columns of the weights stand for."""

Kind = Topic | Request
_TERMS: tuple[Kind, ...] = (*Topic, *Request)


class Meaning:
    """How likely a question asks for each topic, or is a request; safe to share between threads.

    Args:
        weights: what each number of the vector adds to each kind [384, K], 8-bit.
        scale: by which the weights of a column are multiplied [K].
        offset: of each kind [K].
        words: what its words add to each kind.
    """

    def __init__(
        self, weights: npt.NDArray[np.int8], *, scale: Floats, offset: Floats, words: WordCounts
    ) -> None:
        self._weights = weights.astype(np.float32) * scale
        self._offset = offset
        self._words = words

    @classmethod
    def read(cls, folder: Traversable = MODELS) -> Meaning:
        """The models in the folder's questions.npz and question_words.npz.

        Raises:
            SetupError: a file is missing or damaged.
        """
        words = WordCounts.read(folder, WORDS)
        try:
            with np.load(BytesIO((folder / FILE).read_bytes())) as kept:
                return cls(kept["weights"], scale=kept["scale"], offset=kept["offset"], words=words)
        except (OSError, ValueError, KeyError) as error:
            raise SetupError(
                f"The file {FILE} in {folder} is missing or damaged.", hint="Install Coolhead again."
            ) from error

    def of(self, question: str, vector: Floats) -> Mapping[Kind, float]:
        """The probability of each kind, from its words and the encoder's vector [384]; the rest is none."""
        logits = vector @ self._weights + self._offset + self._words.logits([question])
        raised = np.exp(logits - logits.max())
        chances = raised / raised.sum()
        return {term: float(chance) for term, chance in zip(_TERMS, chances[:-1], strict=True)}
