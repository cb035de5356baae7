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


def find_evidence(text: str, spans: Sequence[tuple[int, int]], added: npt.NDArray[np.floating]) -> Evidence:
    """The words of `text` that add most, all of one sentence.

    Args:
        text: the turn's words.
        spans: first and last-plus-one character of each token [n].
        added: what each token adds to the label's logit [n].
    """
    words = [match.span() for match in WORD.finditer(text)]
    if len(words) <= WHOLE_UP_TO:
        return _trimmed(text, 0, len(text))
    scores = _smoothed(_by_word(words, spans, added))
    level = scores.mean() + 0.25 * (scores.max() - scores.mean())
    ends = [place for place, word in enumerate(words) if _ends(SENTENCE_END, text, word)]
    sentences = zip([0, *(end + 1 for end in ends)], [*ends, len(words) - 1], strict=True)
    runs = [_best_run(scores, level, first, last) for first, last in sentences if first <= last]
    _, first, last = max(runs, key=lambda run: run[0])
    clauses = [
        -1,
        *(place for place, word in enumerate(words) if _ends(CLAUSE_END, text, word)),
        len(words) - 1,
    ]
    first, last = _settled(first, last, clauses)
    return _trimmed(text, words[first][0], words[last][1])


def _by_word(
    words: Sequence[tuple[int, int]], spans: Sequence[tuple[int, int]], added: npt.NDArray[np.floating]
) -> npt.NDArray[np.float64]:
    starts = np.array([start for start, _ in words])
    scores = np.zeros(len(words))
    for (start, end), amount in zip(spans, added, strict=True):
        if end > start:
            scores[np.searchsorted(starts, start, side="right") - 1] += float(amount)
    return scores


def _smoothed(scores: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    padded = np.pad(scores, 1, mode="edge")
    smooth: npt.NDArray[np.float64] = 0.25 * padded[:-2] + 0.5 * padded[1:-1] + 0.25 * padded[2:]
    return smooth


def _best_run(scores: npt.NDArray[np.float64], level: float, begin: int, end: int) -> tuple[float, int, int]:
    """The run within `begin` to `end` that lies highest above the level: how high, first and last word."""
    above = np.concatenate(([0.0], np.cumsum(scores[begin : end + 1] - level)))
    best, run = -np.inf, (begin, begin)
    for first in range(end - begin + 1):
        sums = above[first + 1 : first + 1 + LONGEST] - above[first]
        last = int(sums.argmax())
        if sums[last] > best:
            best, run = float(sums[last]), (begin + first, begin + first + last)
    return best, *run


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


def _ends(pattern: re.Pattern[str], text: str, word: tuple[int, int]) -> bool:
    return pattern.search(text[word[0] : word[1]]) is not None


def _trimmed(text: str, start: int, end: int) -> Evidence:
    """Without the punctuation around, unless there is nothing else."""
    inner = text[start:end]
    left = len(inner) - len(inner.lstrip(EDGE))
    right = len(inner.rstrip(EDGE))
    if left >= right:
        return Evidence(start, end)
    return Evidence(start + left, start + right)
