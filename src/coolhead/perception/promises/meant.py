"""Writes a turn as it was meant: without fillers and doubled words, homophones and slips mended.

Recognisers of speech and quick fingers spoil the few words that a promise turns on. Knows words, and
nothing of promises.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from coolhead.perception.promises.misheard import MISHEARD
from coolhead.perception.promises.spelling import Spelling
from coolhead.perception.when.words import vocabulary

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_OPENS = re.compile(r"(?:^|[.!?:\n])\W*$")
"""What stands before the first word of a sentence; another word with a capital is a name."""

_NAMED = vocabulary(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april june july august
    september october november december
    """
)


@dataclass(frozen=True, slots=True)
class Meant:
    """The words as meant, and where each of their characters stands in the words as written.

    Attributes:
        text: as meant.
        places: for each character of `text` its offset in the words as written; empty where both are alike.
    """

    text: str
    places: Sequence[int] = ()

    def back(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the words as written of what stands from `start` to before `end` (not empty)."""
        if not self.places:
            return start, end
        return self.places[start], self.places[end - 1] + 1


@lru_cache(maxsize=256)
def as_meant(text: str, spelling: Spelling) -> Meant:
    """The words without what speech and typing did to them; the latest are kept, as turns are read again."""
    meant = Meant(text)
    for form, word in MISHEARD:
        meant = _replaced(meant, ((*found.span(), word) for found in form.finditer(meant.text)))
    return _replaced(meant, _slips(meant.text, spelling))


def _slips(text: str, spelling: Spelling) -> Iterable[tuple[int, int, str]]:
    for found in _WORD.finditer(text):
        word = spelling.mended(found[0].lower().replace("’", "'"))
        if word and not (
            found[0].istitle() and word not in _NAMED and not _OPENS.search(text, 0, found.start())
        ):
            yield *found.span(), word.capitalize() if found[0][0].isupper() else word


def _replaced(meant: Meant, changes: Iterable[tuple[int, int, str]]) -> Meant:
    """With each of the stretches, in order and apart, replaced by its word."""
    words: list[str] = []
    places: list[int] = []
    old = meant.places or range(len(meant.text))
    last = 0
    for start, end, word in changes:
        words += (meant.text[last:start], word)
        places += old[last:start]
        places += [old[min(start + at, end - 1)] for at in range(len(word) - 1)] + [old[end - 1]] * bool(word)
        last = end
    if not last:
        return meant
    return Meant("".join(words) + meant.text[last:], [*places, *old[last:]])
