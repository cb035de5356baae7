"""What is searched for and where it stands in a text: words folded alike in the index and in the question.

Knows no database: whatever index there is holds the words that `folded` gives, and finds whole words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

LONGEST_WORD = 64
MOST_NEEDLES = 12
LONGEST_QUESTION = 300
SNIPPET = 160
"""Characters of a text that are shown around what was found."""

LEAD = 40
"""Characters of these before the first word found."""

_WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")
_ASKED = re.compile(r'"([^"]*)"?|([^\s"]+)')


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it is compared, and where it stands in its text."""

    folded: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Needle:
    """Words that must stand side by side; with `is_beginning` the last one may go on."""

    words: tuple[str, ...]
    is_beginning: bool = False

    def spans(self, words: Sequence[Word]) -> Iterator[tuple[int, int]]:
        """Where it stands in a text of these words: offsets of its first and after its last character."""
        count = len(self.words)
        for at in range(len(words) - count + 1):
            here = [word.folded for word in words[at : at + count]]
            exact = here == list(self.words)
            begun = self.is_beginning and here[:-1] == list(self.words[:-1])
            if exact or (begun and here[-1].startswith(self.words[-1])):
                yield words[at].start, words[at + count - 1].end


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a snippet; `found` when it is what was searched for."""

    text: str
    found: bool


def words_in(text: str) -> list[Word]:
    """The words of a text: letters and digits, without accents, in small letters."""
    found = (Word(_folded(match[0]), match.start(), match.end()) for match in _WORD.finditer(text))
    return [word for word in found if word.folded]


def folded(text: str) -> str:
    """The words of a text as an index keeps them, with one space between two."""
    return " ".join(word.folded for word in words_in(text))


def needles(question: str) -> tuple[Needle, ...]:
    """What a question asks for, all of which a conversation must hold; empty when it holds no word.

    Words side by side in quotation marks or joined by a mark ("well-known") are looked for side by side; a
    word that ends in `*` is the beginning of one. Every other mark is left out, so no question is wrong.
    """
    asked = []
    for match in _ASKED.finditer(question[:LONGEST_QUESTION]):
        chunk = match[1] if match[1] is not None else match[2]
        if words := tuple(word.folded for word in words_in(chunk)):
            asked.append(Needle(words, is_beginning=chunk.endswith("*")))
    return tuple(dict.fromkeys(asked))[:MOST_NEEDLES]


def snippet(text: str, asked: Sequence[Needle]) -> tuple[Piece, ...]:
    """The part of the text around the first word found, in pieces; from its beginning when nothing is."""
    words = words_in(text)
    spans = _merged(span for needle in asked for span in needle.spans(words))
    start = _start_of_word(text, max(0, spans[0][0] - LEAD)) if spans else 0
    end = _end_of_word(text, start + SNIPPET)
    pieces, at = [], start
    if start:
        pieces.append(Piece("… ", found=False))
    for begin, stop in spans:
        if begin >= end:
            break
        pieces += [Piece(text[at:begin], found=False), Piece(text[begin:stop], found=True)]
        at = stop
    pieces.append(Piece(text[at : max(at, end)], found=False))
    if max(at, end) < len(text):
        pieces.append(Piece(" …", found=False))
    return tuple(piece for piece in pieces if piece.text)


def _folded(word: str) -> str:
    apart = unicodedata.normalize("NFKD", word.casefold())
    return "".join(mark for mark in apart.casefold() if mark.isalnum())[:LONGEST_WORD]


def _merged(spans: Iterator[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans in order, those that overlap made one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _start_of_word(text: str, at: int) -> int:
    space = text.rfind(" ", 0, at + 1)
    return space + 1 if at and space >= 0 else 0


def _end_of_word(text: str, at: int) -> int:
    if at >= len(text):
        return len(text)
    space = text.find(" ", at)
    return space if 0 <= space <= at + LEAD else min(at + LEAD, len(text))
