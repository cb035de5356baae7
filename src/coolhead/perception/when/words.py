"""Words with their places, and numbers as people type and say them; knows nothing of time."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Generic, TypeVar

T = TypeVar("T")

_TOKEN = re.compile(
    r"""
      \d{1,2}[:.]\d{2}(?!\d)          # 16:30, 6.15
    | \d+\.\d+                        # 1.5
    | \d+
    | [ap]\.\s?m\b\.?                 # p.m.
    | o['’]?\s?clock\b
    | [^\W\d_]+(?:['’][^\W\d_]+)*     # words, with apostrophes
    | [-–—,/.;:()!?…"£$€₹₱%]
    """,
    re.VERBOSE | re.IGNORECASE,
)


def vocabulary(words: str) -> frozenset[str]:
    """A set of the words, which spaces and line ends part."""
    return frozenset(words.split())


def counted(words: str, first: int) -> dict[str, int]:
    """The words with their places, counted from `first`."""
    return {word: place for place, word in enumerate(words.split(), first)}


_TENS = {
    name: 10 * place
    for name, place in counted("twenty thirty forty fifty sixty seventy eighty ninety", 2).items()
}
_NUMBERS = _TENS | counted(
    """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen
    """,
    0,
)
_ORDINALS = {"thirtieth": 30} | counted(
    """
    first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth
    fifteenth sixteenth seventeenth eighteenth nineteenth twentieth
    """,
    1,
)
_LOOSE = {"a": 1.0, "an": 1.0, "couple": 2.0, "few": 3.0}
_HYPHENS = frozenset("-–—")
_RANGES = _HYPHENS | {"to", "or", "and"}
COUNTS = frozenset({*_NUMBERS, *_LOOSE, "half"})
"""The words with which a number begins that is not in digits."""

ORDINALS = frozenset(_ORDINALS)
"""Those with which a day's number begins, and `COUNTS`."""

_FRACTION = re.compile(r"\d+\.\d+")
_POSSESSIVE = re.compile(r"'s?$|'s$")
_HALF_OF_DAY = re.compile(r"[ap]\.\s?m\.?")

LONGEST_NUMBER = 9
"""Digits, with a point among them; a longer number counts nothing that a clock knows."""


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number or mark, in small letters and without apostrophes, with its place in the text.

    Attributes:
        text: "oclock" for any spelling of it, "am" and "pm" likewise; "friday" for "Friday's"; "#" for a
            number of more than `LONGEST_NUMBER` characters.
        start: offset of its first character.
        end: offset after its last character.
    """

    text: str
    start: int
    end: int


def tokenize(text: str) -> list[Token]:
    """Cuts a text into words, numbers and marks; "5pm" is two tokens."""
    return [Token(_normal(match[0]), match.start(), match.end()) for match in _TOKEN.finditer(text)]


def _normal(raw: str) -> str:
    if len(raw) > LONGEST_NUMBER and raw[0].isdecimal():
        return "#"
    text = raw.lower().replace("’", "'")
    if "'" in text:
        text = _POSSESSIVE.sub("", text).replace("'", "")
    if _HALF_OF_DAY.fullmatch(text):
        return text[0] + "m"
    return "oclock" if text.startswith("o") and text.replace(" ", "") == "oclock" else text


def at(tokens: list[Token], place: int) -> str:
    """The word at a place; empty before the beginning and after the end."""
    return tokens[place].text if 0 <= place < len(tokens) else ""


def follows(tokens: list[Token], place: int, words: str) -> int | None:
    """The place after the given words (parted by spaces) if they stand there, else None."""
    for word in _parted(words):
        if at(tokens, place) != word:
            return None
        place += 1
    return place


@cache
def _parted(words: str) -> tuple[str, ...]:
    return tuple(words.split())


class Wordings(Generic[T]):
    """Set phrases and what each means, looked up by their first word.

    Args:
        meanings: what each phrase (words parted by spaces) means, in the order in which they are tried.
    """

    def __init__(self, meanings: Mapping[str, T]) -> None:
        self._by_first: dict[str, list[tuple[T, tuple[str, ...]]]] = {}
        for words, meaning in meanings.items():
            first, *rest = words.split()
            self._by_first.setdefault(first, []).append((meaning, tuple(rest)))

    @property
    def openers(self) -> frozenset[str]:
        """The words with which they begin."""
        return frozenset(self._by_first)

    def at(self, tokens: list[Token], place: int) -> Sequence[tuple[T, int]]:
        """What the phrases that stand at the place mean, each with the place after it."""
        known = self._by_first.get(at(tokens, place))
        if known is None:
            return ()
        return [
            (meaning, place + 1 + len(rest))
            for meaning, rest in known
            if all(at(tokens, place + step) == word for step, word in enumerate(rest, 1))
        ]

    def first(self, tokens: list[Token], place: int) -> tuple[T, int] | None:
        """The first of them."""
        return next(iter(self.at(tokens, place)), None)


def may_count(word: str) -> bool:
    """False for a word with which no `number` and no `whole_number` can begin; said at no cost."""
    return word in COUNTS or word[:1].isdecimal()


def whole_number(tokens: list[Token], place: int) -> tuple[int, int] | None:
    """A whole number up to 999 in words or any in digits ("forty five", "24"), and the place after it."""
    word = at(tokens, place)
    if word.isdecimal():
        return int(word), place + 1
    unit = 1 if word == "a" else _NUMBERS.get(word, 0)
    if 1 <= unit <= 9 and at(tokens, place + 1) == "hundred":
        start = place + 3 if at(tokens, place + 2) == "and" else place + 2
        rest = _below_hundred(tokens, start)
        return (100 * unit + rest[0], rest[1]) if rest else (100 * unit, place + 2)
    return _below_hundred(tokens, place)


def _below_hundred(tokens: list[Token], place: int) -> tuple[int, int] | None:
    word = at(tokens, place)
    if word not in _NUMBERS:
        return None
    if word in _TENS:
        after = place + 2 if at(tokens, place + 1) in _HYPHENS else place + 1
        unit = _NUMBERS.get(at(tokens, after), 0)
        if 1 <= unit <= 9:
            return _TENS[word] + unit, after + 1
    return _NUMBERS[word], place + 1


def number(tokens: list[Token], place: int) -> tuple[float, int] | None:
    """A count of something ("2", "1.5", "a", "a couple of", "a few", "half a"), and the place after it."""
    if not may_count(at(tokens, place)):
        return None
    if at(tokens, place) == "half" and at(tokens, place + 1) in ("a", "an"):
        return 0.5, place + 2
    if at(tokens, place) == "a" and at(tokens, place + 1) in ("couple", "few", "half"):
        place += 1
    if at(tokens, place) == "half":
        return 0.5, place + 1
    word = at(tokens, place)
    if "." in word and _FRACTION.fullmatch(word):
        return float(word), place + 1
    if word in _LOOSE:
        after = place + 2 if word == "couple" and at(tokens, place + 1) == "of" else place + 1
        return _LOOSE[word], after
    found = whole_number(tokens, place)
    if found is None:
        return None
    value, after = found
    half = follows(tokens, after, "and a half")
    return (value + 0.5, half) if half else (float(value), after)


def number_range(tokens: list[Token], place: int) -> tuple[float, int] | None:
    """A count or the upper one of two ("3 to 5", "24-48", "two or three"), and the place after it."""
    found = number(tokens, place)
    if found is None:
        return None
    low, after = found
    if at(tokens, after) in _RANGES:
        upper = number(tokens, after + 1)
        if upper and upper[0] > low and at(tokens, after + 1) not in ("a", "an"):
            return upper
    return low, after


def ordinal(tokens: list[Token], place: int) -> tuple[int, int] | None:
    """A day's number ("3rd", "third", "twenty-first"), 1–31, and the place after it."""
    word = at(tokens, place)
    if word.isdecimal() and at(tokens, place + 1) in ("st", "nd", "rd", "th"):
        value, after = int(word), place + 2
    elif word in _ORDINALS:
        value, after = _ORDINALS[word], place + 1
    elif word in ("twenty", "thirty"):
        after = place + 2 if at(tokens, place + 1) in _HYPHENS else place + 1
        unit = _ORDINALS.get(at(tokens, after), 0)
        if not 1 <= unit <= 9:
            return None
        value, after = _TENS[word] + unit, after + 1
    else:
        return None
    return (value, after) if 1 <= value <= 31 else None
