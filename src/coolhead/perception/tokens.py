"""A turn's words as the encoder takes them; training and product cut text in this one way.

Knows the tokenizer only, not what the pieces mean.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from coolhead.errors import SetupError

LONGEST = 128
"""Tokens that the encoder sees of one turn; of a longer turn it sees the beginning and the end."""

SHOUTED = re.compile(r"\b[A-Z][A-Z']+\b")


@dataclass(frozen=True, slots=True)
class Tokens:
    """One turn, cut.

    Attributes:
        ids: word pieces [T], int64, between the two marks that begin and end a text.
        kinds: what kind of token each is [T], int64: +1 in a word in capitals, +2 in the agent's side's turn.
        spans: first and last-plus-one character of each token in the text; empty for the two marks.
    """

    ids: npt.NDArray[np.int64]
    kinds: npt.NDArray[np.int64]
    spans: tuple[tuple[int, int], ...]


class Cutter:
    """Cuts texts into tokens.

    Args:
        tokenizer: as loaded from the model's tokenizer.json.

    Raises:
        SetupError: it is not the tokenizer that the model was trained with.
    """

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        nothing = tokenizer.token_to_id("[UNK]")
        if nothing is None:
            raise SetupError(
                "The model's tokenizer is not the one it was trained with.", hint="Install Coolhead again."
            )
        self._nothing = nothing

    def cut(self, text: str, *, by_customer: bool) -> Tokens:
        """The tokens of one turn; at least one between the marks, at most 126."""
        encoding = self._tokenizer.encode(text)
        ids, spans = list(encoding.ids), list(encoding.offsets)
        if len(ids) == 2:
            ids.insert(1, self._nothing)
            spans.insert(1, (0, 0))
        if len(ids) > LONGEST:
            half = LONGEST // 2
            ids, spans = ids[:half] + ids[-half:], spans[:half] + spans[-half:]
        side = 0 if by_customer else 2
        loud = [match.span() for match in SHOUTED.finditer(text)]
        kinds = [side + any(start <= first < end for start, end in loud) for first, _ in spans]
        kinds[0] = kinds[-1] = side
        return Tokens(np.array(ids, dtype=np.int64), np.array(kinds, dtype=np.int64), tuple(spans))
