"""Which words show a sign: one unbroken span of whole words, as a person would underline it.

The network's logit is a sum over tokens; the words that add most to it are the evidence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from coolhead.perception.reading import Evidence

WORD = re.compile(r"\S+")
SENTENCE_END = re.compile(r"[.!?…]['\"”’)]*$")
CLAUSE_END = re.compile(r"[.!?…;:,—–]['\"”’)]*$")
EDGE = " \t\n\r,.;:!?…—–-'\"“”‘’()[]*"

WHOLE_UP_TO = 4
"""A turn of so few words is its own evidence."""

LONGEST = 14
"""Words in a span, at most, before it reaches for the edges of its clause."""

REACH = 8
"""A span that ends so few words before its clause does takes them in."""

SCRAP = 2
"""So few words of a clause that is not in the span whole are left out again."""

_LENGTHS = np.arange(1, LONGEST + 1)
_NOTHING = np.zeros(1)
_NOWHERE = np.full(LONGEST - 1, -np.inf)


class Words:
    """A turn's words, cut once for every label that they may show.

    Args:
        text: the turn's words.
        spans: first and last-plus-one character of each token [n].
    """

    def __init__(self, text: str, spans: Sequence[tuple[int, int]]) -> None:
        self._text = text
        self._words = [match.span() for match in WORD.finditer(text)]
        self._whole = len(self._words) <= WHOLE_UP_TO
        if self._whole:
            return
        last = len(self._words) - 1
        self._shown = np.array([end > start for start, end in spans], dtype=np.bool_)
        starts = np.array([start for start, _ in self._words])
        firsts = np.array([start for start, end in spans if end > start], dtype=np.int64)
        self._places = (np.searchsorted(starts, firsts, side="right") - 1) % len(self._words)
        ends = self._last_words(SENTENCE_END)
        self._sentences = [
            (first, end)
            for first, end in zip([0, *(end + 1 for end in ends)], [*ends, last], strict=True)
            if first <= end
        ]
        self._clauses = [-1, *self._last_words(CLAUSE_END), last]

    def showing(self, added: npt.NDArray[np.floating]) -> Evidence:
        """The words that add most to a label, all of one sentence.

        Args:
            added: what each token adds to the label's logit [n].
        """
        if self._whole:
            return _trimmed(self._text, 0, len(self._text))
        amounts = added[self._shown]
        by_word = np.bincount(self._places, amounts, minlength=len(self._words)).astype(np.float64)
        scores = _smoothed(by_word)
        level = scores.mean() + 0.25 * (scores.max() - scores.mean())
        runs = [_best_run(scores, level, first, last) for first, last in self._sentences]
        _, first, last = max(runs, key=lambda run: run[0])
        first, last = _settled(first, last, self._clauses)
        return _trimmed(self._text, self._words[first][0], self._words[last][1])

    def _last_words(self, end: re.Pattern[str]) -> list[int]:
        """The places of the words that end a sentence or a clause."""
        return [place for place, word in enumerate(self._words) if end.search(self._text[slice(*word)])]


def _smoothed(scores: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    padded = np.concatenate((scores[:1], scores, scores[-1:]))
    smooth: npt.NDArray[np.float64] = 0.25 * padded[:-2] + 0.5 * padded[1:-1] + 0.25 * padded[2:]
    return smooth


def _best_run(scores: npt.NDArray[np.float64], level: float, begin: int, end: int) -> tuple[float, int, int]:
    """The run within `begin` to `end` that lies highest above the level: how high, first and last word."""
    above = np.concatenate((_NOTHING, np.cumsum(scores[begin : end + 1] - level), _NOWHERE))
    firsts = np.arange(end - begin + 1)[:, np.newaxis]
    sums = above[firsts + _LENGTHS] - above[firsts]
    best = int(sums.argmax())
    first, further = divmod(best, LONGEST)
    return float(sums.flat[best]), begin + first, begin + first + further


def _settled(first: int, last: int, clauses: Sequence[int]) -> tuple[int, int]:
    """Moves the edges to those of near clauses; `clauses` are the last words of each, and -1 before all."""
    start = max(place for place in clauses if place < first) + 1
    inner = min((place for place in clauses if first <= place < last), default=None)
    if first - start <= REACH:
        first = start
    elif inner is not None and inner - first < SCRAP:
        first = inner + 1
    stop = min(place for place in clauses if place >= last)
    inner = max((place for place in clauses if first <= place < last), default=None)
    if stop - last <= REACH:
        last = stop
    elif inner is not None and last - inner <= SCRAP:
        last = inner
    return first, last


def _trimmed(text: str, start: int, end: int) -> Evidence:
    """Without the punctuation around, unless there is nothing else."""
    inner = text[start:end]
    left = len(inner) - len(inner.lstrip(EDGE))
    right = len(inner.rstrip(EDGE))
    if left >= right:
        return Evidence(start, end)
    return Evidence(start + left, start + right)
