"""Turns spoken numbers and spelt letters into digits and letters, keeping where each came from.

`normalise("oh double seven, b for bravo")` reads "0 77, B". Every character of the result knows the stretch
of the input that it stands for, so that one set of recognisers serves typing and speech alike.
This module must not know what is personal.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass


def vocabulary(words: str) -> frozenset[str]:
    """The words of a text, for looking up."""
    return frozenset(words.split())


UNITS = {
    "zero": "0", "nought": "0", "naught": "0", "nil": "0", "one": "1", "two": "2", "three": "3", "four": "4",
    "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9", "niner": "9", "fower": "4", "fife": "5",
}  # fmt: skip
TEENS = {
    "ten": "10", "eleven": "11", "twelve": "12", "thirteen": "13", "fourteen": "14", "fifteen": "15",
    "sixteen": "16", "seventeen": "17", "eighteen": "18", "nineteen": "19",
}  # fmt: skip
TENS = {
    "twenty": "20", "thirty": "30", "forty": "40", "fourty": "40",
    "fifty": "50", "sixty": "60", "seventy": "70",
    "eighty": "80", "ninety": "90",
}  # fmt: skip
ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
    "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14,
    "fifteenth": 15, "sixteenth": 16, "seventeenth": 17, "eighteenth": 18, "nineteenth": 19,
    "twentieth": 20, "thirtieth": 30,
}  # fmt: skip
TIMES = {"double": 2, "triple": 3, "treble": 3, "quadruple": 4}
PHONETIC = {
    "alpha": "A", "alfa": "A", "bravo": "B", "charlie": "C", "delta": "D", "echo": "E", "foxtrot": "F",
    "golf": "G", "hotel": "H", "india": "I", "juliet": "J", "juliett": "J", "juliette": "J", "kilo": "K",
    "lima": "L", "mike": "M", "november": "N", "oscar": "O", "papa": "P", "quebec": "Q", "romeo": "R",
    "sierra": "S", "tango": "T", "uniform": "U", "victor": "V", "whiskey": "W", "whisky": "W", "xray": "X",
    "yankee": "Y", "zulu": "Z", "zed": "Z", "zee": "Z", "aitch": "H", "haitch": "H", "bee": "B", "cee": "C",
    "ell": "L", "eff": "F", "em": "M", "en": "N", "ess": "S", "gee": "G", "jay": "J", "pee": "P", "tee": "T",
    "vee": "V",
}  # fmt: skip
# Common words too: they spell a letter only beside another letter, not beside a digit ("3 november").
AMBIGUOUS = vocabulary(
    "charlie delta golf hotel india juliet juliette kilo mike november oscar papa romeo victor jay gee bee em"
)
# Recognised speech writes these digits as other words; they count only between two spoken digits.
HOMOPHONES = {"to": "2", "too": "2", "for": "4", "fore": "4", "ate": "8", "won": "1", "tree": "3"}
SIGNS = {"dash": "-", "hyphen": "-", "minus": "-", "slash": "/", "stroke": "/", "point": "."}
FILLERS = vocabulary(
    "uh um er erm eh ah hmm hm mm then okay ok so like right yeah yep yes space comma pause next sorry"
)
MONTHS = vocabulary(
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sept sep oct nov dec"
)
# "one" after these is a pronoun ("the other one"), not a digit.
BEFORE_PRONOUN = vocabulary(
    "this that the which other new old another first last no any each every only right wrong same good"
)
ZEROS = frozenset({"oh", "o"})
_TELLING = frozenset(
    {*UNITS, *TEENS, *TENS, *ORDINALS, *TIMES, *PHONETIC, *HOMOPHONES, *SIGNS, *FILLERS, *ZEROS, "plus"}
)
"""All words of more than one letter that can stand for a figure, a letter or a sign."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+|[^\w\s]|_")
_SPOKEN_HINT = re.compile(
    r"\b(?:" + "|".join([*UNITS, *TEENS, *TENS, *ORDINALS, *PHONETIC, "hundred"]) + r"|[^\W\d_])\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Normal:
    """A text as the recognisers read it.

    Attributes:
        text: digits and spelt letters written as such, all else as it was.
        starts: for each character of `text`, where its source begins in the input.
        ends: for each character of `text`, where its source ends in the input.
    """

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def source(self, start: int, end: int) -> tuple[int, int]:
        """Where the stretch `start:end` (not empty) of `text` lies in the input."""
        return self.starts[start], self.ends[end - 1]


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    text: str
    low: str


@dataclass(frozen=True, slots=True)
class _Piece:
    """What words `first` up to but not including `after` say: digits, a letter, a sign, or nothing."""

    after: int
    chars: str
    is_letter: bool = False


def normalise(text: str) -> Normal:
    """Reads number words, "double oh", spelt letters and fillers between digits; never fails."""
    plain = text if text.isascii() else "".join(map(_ascii_digit, text))
    if not _SPOKEN_HINT.search(plain):
        return Normal(text=plain, starts=range(len(plain)), ends=range(1, len(plain) + 1))
    words = [_Word(m.start(), m.end(), m.group(), m.group().lower()) for m in _WORD.finditer(plain)]
    return _Writer(plain, words).write()


def _ascii_digit(char: str) -> str:
    value = unicodedata.decimal(char, None)
    return char if value is None else str(value)


class _Writer:
    """Writes the normal form word by word; reading it is one pass with a little look-ahead."""

    def __init__(self, text: str, words: list[_Word]) -> None:
        self.text = text
        self.words = words
        self.out: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.at = 0

    def write(self) -> Normal:
        i = 0
        in_run = False
        while i < len(self.words):
            piece = self._piece(i, in_run)
            if piece is None:
                in_run = in_run and not self.words[i].low.isalpha()
                i += 1
                continue
            self._put(i, piece)
            in_run = True
            i = piece.after
        self._copy(len(self.text))
        return Normal(text="".join(self.out), starts=self.starts, ends=self.ends)

    def _copy(self, until: int) -> None:
        self.out.append(self.text[self.at : until])
        self.starts.extend(range(self.at, until))
        self.ends.extend(range(self.at + 1, until + 1))
        self.at = until

    def _put(self, first: int, piece: _Piece) -> None:
        start, end = self.words[first].start, self.words[piece.after - 1].end
        self._copy(start)
        self.out.append(piece.chars)
        self.starts.extend([start] * len(piece.chars))
        self.ends.extend([end] * len(piece.chars))
        self.at = end

    def _low(self, i: int) -> str:
        return self.words[i].low if 0 <= i < len(self.words) else ""

    def _piece(self, i: int, in_run: bool) -> _Piece | None:
        low = self._low(i)
        if low.isdigit():
            typed = _Piece(i + 1, low)
            return self._large(typed) if len(low) == 1 and self._low(i + 1) == "hundred" else typed
        if not low.isalpha() or (len(low) > 1 and low not in _TELLING):
            return None
        return (
            self._number(i)
            or self._repeat(i)
            or self._ordinal(i)
            or self._letter(i)
            or self._joint(i, in_run)
        )

    def _number(self, i: int) -> _Piece | None:
        small = self._small(i)
        if small is None:
            return None
        if self._low(small.after) in ("hundred", "thousand"):
            return self._large(small)
        return small

    def _small(self, i: int) -> _Piece | None:
        """A number word below a hundred, or a zero that stands beside a digit."""
        low = self._low(i)
        if low in UNITS:
            pronoun = low == "one" and self._low(i - 1) in BEFORE_PRONOUN and self._low(i + 1) not in UNITS
            return None if pronoun else _Piece(i + 1, UNITS[low])
        if low in TEENS:
            return _Piece(i + 1, TEENS[low])
        if low in TENS:
            return self._tens(i)
        if low in ZEROS and (self._is_digit(i + 1) or self._is_digit(i - 1)):
            return _Piece(i + 1, "0")
        return None

    def _tens(self, i: int) -> _Piece:
        low = self._low(i)
        unit = i + 2 if self._low(i + 1) == "-" else i + 1
        digit = UNITS.get(self._low(unit), "0")
        if digit == "0":
            return self._tens_ordinal(i) or _Piece(i + 1, TENS[low])
        return _Piece(unit + 1, TENS[low][0] + digit)

    def _tens_ordinal(self, i: int) -> _Piece | None:
        last = i + 2 if self._low(i + 1) == "-" else i + 1
        value = ORDINALS.get(self._low(last), 10)
        return _Piece(last + 1, f"{int(TENS[self._low(i)]) + value}th") if value < 10 else None

    def _large(self, head: _Piece) -> _Piece:
        """Hundreds and thousands: "one hundred and ten", "two thousand and four", "eleven hundred"."""
        size = 100 if self._low(head.after) == "hundred" else 1000
        total, after = int(head.chars) * size, head.after + 1
        joined = self._low(after) == "and"
        rest = self._small(after + joined)
        if rest is not None and (joined or len(rest.chars) == 2):
            if self._low(rest.after) == "hundred" and size == 1000:
                rest = self._large(rest)
            return _Piece(rest.after, str(total + int(rest.chars)))
        return _Piece(after, str(total))

    def _is_digit(self, i: int) -> bool:
        low = self._low(i)
        return low in UNITS or low in TEENS or low in TENS or low in TIMES or low in ZEROS or low.isdigit()

    def _repeat(self, i: int) -> _Piece | None:
        times = TIMES.get(self._low(i))
        if times is None:
            return None
        low = self._low(i + 1)
        digit = UNITS.get(low) or ("0" if low in ZEROS else low if len(low) == 1 and low.isdigit() else None)
        if digit:
            return _Piece(i + 2, digit * times)
        if low == "u":
            return _Piece(i + 2, "W", is_letter=True)
        if len(low) == 1 and low.isalpha() and self._beside_letter(i, i + 1):
            return _Piece(i + 2, low.upper() * times, is_letter=True)
        return None

    def _ordinal(self, i: int) -> _Piece | None:
        """Makes 14th of "fourteenth of march"; "first line" stays as it is."""
        low, after = self._low(i), i + 1
        value = ORDINALS.get(low)
        if value is None:
            return None
        near_date = self._low(after) == "of" or self._low(after) in MONTHS or self._in_date(i)
        return _Piece(after, f"{value}th") if near_date else None

    def _in_date(self, i: int) -> bool:
        before = self._low(i - 1)
        if before == "of":
            return self._low(i - 2) in {*ORDINALS, "st", "nd", "rd", "th"}
        return before in MONTHS or (before == "the" and self._low(i - 2) in {"of", *MONTHS})

    def _letter(self, i: int) -> _Piece | None:
        """A letter said alone ("j"), with its word ("b for bravo"), or by its word ("bravo")."""
        low = self._low(i)
        if len(low) == 1 and self._low(i + 1) in ("for", "as", "like") and self._names(i, low):
            return _Piece(i + 3 + (self._low(i + 2) == "in"), low.upper(), is_letter=True)
        if len(low) == 1 and low.isascii() and self._beside_letter(i, i):
            return _Piece(i + 1, low.upper(), is_letter=True)
        if low in PHONETIC and (self._beside_letter(i, i) if low not in AMBIGUOUS else self._in_spelling(i)):
            return _Piece(i + 1, PHONETIC[low], is_letter=True)
        return None

    def _names(self, i: int, letter: str) -> bool:
        word = self._low(i + 3) if self._low(i + 2) == "in" else self._low(i + 2)
        return len(word) > 1 and word.startswith(letter)

    def _beside_letter(self, first: int, last: int) -> bool:
        """True inside a spelling: a spelt letter or a digit stands next to these words."""
        alone = self._low(first)
        left, right = self._spells(first, -1), self._spells(last, 1)
        if alone in ("a", "i"):  # words of their own, letters only between letters or digits
            return (left and right) or (left and not self._low(last + 1).isalnum())
        return left or right

    def _in_spelling(self, i: int) -> bool:
        beside = (self._low(i - 1), self._low(i + 1))
        return any((len(low) == 1 and low.isalpha() and low not in "ai") or low in PHONETIC for low in beside)

    def _spells(self, i: int, step: int) -> bool:
        i += step
        if self._low(i) in ("-", ",", ".", *SIGNS):
            i += step
        low = self._low(i)
        return (len(low) == 1 and low.isalnum()) or low in PHONETIC or self._is_digit(i)

    def _joint(self, i: int, in_run: bool) -> _Piece | None:
        """What stands between digits: a sign said as a word, a filler, a digit misheard as a word."""
        low = self._low(i)
        if low == "plus" and self._is_digit(i + 1):
            return _Piece(i + 1, "+")
        if not in_run or self._is_glued(i):
            return None
        if low in HOMOPHONES and self._between_digits(i):
            return _Piece(i + 1, HOMOPHONES[low])
        if low in SIGNS and self._continues(i + 1):
            return _Piece(i + 1, SIGNS[low])
        if low in FILLERS and self._continues(i + 1):
            return _Piece(i + 1, " ")
        return None

    def _is_glued(self, i: int) -> bool:
        """True for letters written together with digits, which are part of a name ("joe7er"), not a word."""
        here, before, after = self.words[i], self._low(i - 1), self._low(i + 1)
        glued_before = before.isdigit() and self.words[i - 1].end == here.start
        return glued_before or (after.isdigit() and self.words[i + 1].start == here.end)

    def _between_digits(self, i: int) -> bool:
        """True between spoken digits of which there are at least three: "two to three days" is a range."""
        beside = self._low(i - 1) in UNITS and self._low(i + 1) in UNITS
        return beside and (self._is_digit(i - 2) or self._is_digit(i + 2))

    def _continues(self, i: int) -> bool:
        """True when, after punctuation and fillers, a digit or a spelt letter follows."""
        for k in range(i, min(i + 5, len(self.words))):
            low = self._low(k)
            if self._is_digit(k) or (len(low) == 1 and low.isalpha() and low not in "ai"):
                return True
            if low.isalpha() and low not in FILLERS:
                return False
        return False
