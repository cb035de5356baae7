"""Knows the words that promises turn on, and which of them a mistyped word was meant to be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Self

SHORTEST = 3
"""Letters of the shortest word that is mended."""


class Spelling:
    """Mends single slips: a letter left out, doubled, struck beside its key, or two exchanged.

    Args:
        meant: the words that promises turn on, the most frequent first, in small letters.
        others: real words one slip away from one of these, which are left as they are.
    """

    def __init__(self, meant: Sequence[str], others: Iterable[str]) -> None:
        self.meant = tuple(meant)
        self.others = frozenset(others)

    @classmethod
    def of(cls, content: Mapping[str, Sequence[str]]) -> Self:
        """From the lists `meant` and `others` of the weights' file."""
        return cls(content["meant"], content["others"])

    def mended(self, word: str) -> str | None:
        """The word that was meant, in small letters; None for a word that is right or too far from any.

        Args:
            word: in small letters, its apostrophe straight.
        """
        if len(word) < SHORTEST or word in self._ranks or word in self.others:
            return None
        near = {known for key in _keys(word) for known in self._index.get(key, ()) if is_slip(word, known)}
        return min(near, key=self._ranks.__getitem__, default=None)

    @cached_property
    def _ranks(self) -> dict[str, int]:
        return {word: rank for rank, word in enumerate(self.meant)}

    @cached_property
    def _index(self) -> dict[str, list[str]]:
        """The words by what is left of them without one of their letters."""
        index: dict[str, list[str]] = {}
        for word in self.meant:
            for key in _keys(word):
                index.setdefault(key, []).append(word)
        return index


def is_slip(typed: str, meant: str) -> bool:
    """True when one slip behind the first letter makes `typed` of `meant`.

    A letter more or less at the end makes another form of the word ("collects"), unless it is a double one
    ("calll").
    """
    if typed[0] != meant[0] or abs(len(typed) - len(meant)) > 1 or typed == meant:
        return False
    same = next(
        (place for place, (one, other) in enumerate(zip(typed, meant, strict=False)) if one != other),
        min(len(typed), len(meant)),
    )
    longer = max(typed, meant, key=len)
    if len(typed) != len(meant) and same == len(longer) - 1:
        return longer[-1] == longer[-2]
    typed, meant = typed[same:], meant[same:]
    if len(typed) != len(meant):
        return typed[1:] == meant or typed == meant[1:]
    return typed[1:] == meant[1:] or (typed[:2] == meant[1::-1] and typed[2:] == meant[2:])


def _keys(word: str) -> set[str]:
    return {word, *(word[:place] + word[place + 1 :] for place in range(1, len(word)))}
