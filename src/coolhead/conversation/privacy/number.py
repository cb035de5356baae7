"""Finds the numbers and codes of a line that could stand for something personal.

Amounts, times, calendar dates, quantities, addresses on the network and placeholders are left out. This
module must not know what a number means.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from coolhead.conversation.privacy.spoken import FILLERS, vocabulary

_MONTH = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    "oct(?:ober)?|"
    "nov(?:ember)?|dec(?:ember)?"
)
_UNITS = (
    "minutes?|mins?|hours?|hrs?|hr|days?|nights?|weeks?|wks?|months?|years?|yrs?|seconds?|secs?|"
    "working days?|business days?|pounds?|dollars?|euros?|rupees?|pesos?|quid|bucks?|pence|cents?|"
    "percent|per cent|"
    "lakhs?|crores?|times|people|persons?|adults?|kids|children|passengers?|guests?|items?|pieces?|pcs|"
    "units?|boxes|"
    "calls|emails|messages|texts|cards|digits?|numbers?|characters?|letters|miles?|kms?|metres?|"
    "meters?|feet|"
    "inch(?:es)?|kilos?|kg|grams?|mg|ml|gb|mb|tb|mbps|kwh|stars?|points?|stops?|working|business|o'?clock|"
    "am|pm|out of|of us|usd|gbp|eur|aud|inr|php|chf|%"
)
_ATOMS = re.compile(
    r"""
      \[[A-Z_]{2,14}\]                                                        # a placeholder
    | \S{1,80}@\S{1,80} | (?:https?://|www\.)\S{1,2000}                        # network addresses
    | (?:[£$€₹₱¥]|\b(?:rs|inr|php|usd|eur|gbp|aud|chf)\b\.?)\ ?\d[\d,]*(?:\.\d+)?\b   # money
    | (?<![\d.])\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)(?!,\ ?\d)
    | (?<![\d.])\d{1,6}\.\d{1,2}(?![\d.]) (?!,?\ \d{4})
    | (?<![\d.])(?!(?:\d\d\.){3}\d\d)\d{1,3}(?:\.\d{1,3}){3}(?![\d.])         # IP
    | \b\d{1,2}:\d{2}(?::\d{2})?\ ?(?:[ap]\.?m\b)?                            # time
    | \b\d{1,2}/\d{1,2}/\d{2,4}\b | \b(?:19|20)\d\d[-/]\d{1,2}[-/]\d{1,2}\b   # dates
    | \b\d{1,2}-\d{1,2}-(?:19|20)\d\d\b | \b\d{1,2}\.\d{1,2}\.(?:19|20)\d\d\b
    | \b\d{1,2}/\d{2,4}\b(?![/\d])
    | \b(?:until|till|since|in|by|before|after|year)\ (?:19|20)\d\d\b(?!\ ?\d)   # years
    | \b\d{1,2}(?:st|nd|rd|th)\b
    | \b\d{1,2}\ (?:of\ )?(?:"""
    + _MONTH
    + r""")\b(?:,?\ (?:19|20)\ ?\d\d\b)?
    | \b(?:"""
    + _MONTH
    + r""")\.?\ \d{1,2}\b(?:,?\ (?:19|20)\ ?\d\d\b)?
    | \b(?:"""
    + _MONTH
    + r""")\ (?:19|20)\ ?\d\d\b
    | \b(?:first|last|next|final|other)\ [2-8](?!\d)                            # a count of digits
    | (?<![\d-])\d{1,5}(?:\.\d+)?(?:\ ?(?:-|–|to|or)\ ?\d{1,5})?(?:\ ?-\ ?|\ ?)(?:"""
    + _UNITS
    + r""")(?![a-z])
    """,
    re.IGNORECASE | re.VERBOSE,
)
_SEPARATORS = r"(?:[\s,.…\-–—()·•*|_~\u200b-\u200d\u2060]{0,12}|\s/\s)"
_RUN = re.compile(rf"\d(?:{_SEPARATORS}\d)*")
_BREAK = re.compile(r"[,.;/…]\s+|\s+[-–—/]+\s+|\s{2,}|\n")
_LETTERS = re.compile(r"[^\W\d_]+")
_LEADS_IN = FILLERS | vocabulary("it that the is here got have ve re says alright sure my of and")
_FEW = 6
_LONGEST_CODE = 100
_GROUP = re.compile(r"\d+")
_CODE = re.compile(
    r"(?<![A-Za-z0-9])(?:[A-Z]{1,6}[ .,\-/]{1,2}){0,8}+[A-Za-z]{0,6}+\d[A-Za-z0-9]*"
    r"(?:[ .,\-/]{0,2}(?:[A-Z]{1,5}(?![a-z0-9A-Z])|[A-Z]{0,4}\d[A-Za-z0-9]*))*"
)
_LABELS = vocabulary(
    "NI PAN ID RSA SA NO SSN DNI NIE TFN TIN SSS BSB ABA IBAN IFSC SWIFT BIC CVV CVC PIN OTP TEL MOB PH DOB "
    "IS MY AND THE REF PO AC"
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number as typed or said, by offsets into the normal text.

    Attributes:
        start: first digit.
        end: one past the last digit.
        digits: its digits alone.
        groups: the lengths of the groups in which it came, "4929 11" is (4, 2).
        whole: true for all digits up to the next word, false for a part between pauses or commas.
        plus: a plus sign stands before it.
        alone: hardly any other words stand in its line.
        glued: a letter touches it ("SN4471").
        code: the digits with the letters that belong to them, upper case, without spaces.
        code_start: first character of the code.
        code_end: one past the last character of the code.
    """

    start: int
    end: int
    digits: str
    groups: tuple[int, ...]
    whole: bool
    alone: bool
    plus: bool
    glued: bool
    code: str
    code_start: int
    code_end: int

    @property
    def size(self) -> int:
        """How many digits."""
        return len(self.digits)


class Scan:
    """The numbers of one normal text, each found once."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def bare(self) -> str:
        """The text with all that is an amount, a time, a date or the like blotted out, of the same length."""
        return _ATOMS.sub(lambda match: "\x00" * len(match.group()), self.text)

    @cached_property
    def numbers(self) -> tuple[Number, ...]:
        """Whole numbers and their parts between commas or pauses, by start."""
        return tuple(self._numbers())

    @cached_property
    def is_bare(self) -> bool:
        """True for a line of digits with at most a few other words."""
        return self.other_words <= _FEW

    @cached_property
    def other_words(self) -> int:
        """How many words that are no numbers, no fillers and do not lead up to a number."""
        return sum(len(word) > 1 and word not in _LEADS_IN for word in _LETTERS.findall(self.bare.lower()))

    def _numbers(self) -> Iterator[Number]:
        codes = list(self._codes())
        at = 0
        for run in _RUN.finditer(self.bare):
            while at < len(codes) and codes[at][1] < run.end():
                at += 1
            code = codes[at] if at < len(codes) and codes[at][0] <= run.start() else None
            if code and code[1] - code[0] > _LONGEST_CODE:
                code = None
            yield self._number(run.start(), run.end(), True, code)
            for start, end in _parts(self.bare, run.start(), run.end()):
                yield self._number(start, end, False, None)

    def _codes(self) -> Iterator[tuple[int, int]]:
        for match in _CODE.finditer(self.bare):
            start, end = match.span()
            yield _without_labels(self.bare, start, end), end

    def _number(self, start: int, end: int, whole: bool, code: tuple[int, int] | None) -> Number:
        text = self.bare
        digits = [group.group() for group in _GROUP.finditer(text, start, end)]
        code_start, code_end = code or (start, end)
        return Number(
            start=start,
            end=end,
            digits="".join(digits),
            groups=tuple(map(len, digits)),
            whole=whole,
            alone=self.is_bare,
            plus=text[max(0, start - 2) : start].strip().endswith("+"),
            glued=text[start - 1 : start].isalpha() or text[end : end + 1].isalpha(),
            code="".join(filter(str.isalnum, text[code_start:code_end])).upper(),
            code_start=code_start,
            code_end=code_end,
        )


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretches of a run between pauses; none when there is no pause."""
    edges = [(m.start(), m.end()) for m in _BREAK.finditer(text, start, end)]
    if not edges or len(edges) > 12:
        return
    begin = start
    for left, right in [*edges, (end, end)]:
        digits = [m.span() for m in _GROUP.finditer(text, begin, left)]
        if digits:
            yield digits[0][0], digits[-1][1]
        begin = right


def _without_labels(text: str, start: int, end: int) -> int:
    """Where the code begins after words such as "NI" or "SSN"."""
    while True:
        word = re.match(r"([A-Za-z]+)[ .\-/]+", text[start:end])
        if word is None or word.group(1).upper() not in _LABELS:
            return start
        start += word.end()
