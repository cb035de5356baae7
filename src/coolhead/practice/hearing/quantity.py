"""Numbers, days and codes in a text, with what they count: what a restatement can get wrong."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

MONEY = {"money"}
DATES = {"weekday", "month", "ordinal"}
DAYS = DATES | {"day", "week", "year", "hour", "night", "minute"}
"""Kinds of quantity that tell a sum, which day, and any time."""

_NUMBERS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
]
_VALUE = {word: number for number, word in enumerate(_NUMBERS)} | {
    "a": 1, "an": 1, "once": 1, "twice": 2, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90,
    "hundred": 100, "couple": 2, "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6,
}  # fmt: skip
_COUNT = "|".join([*_NUMBERS[1:], "thirty", "forty", "fifty", "sixty", "ninety", "hundred"])
_UNITS = [
    "minute",
    "hour",
    "day",
    "night",
    "week",
    "month",
    "year",
    "time",
    "call",
    "person",
    "people",
    "engineer",
    "visit",
    "letter",
    "email",
    "bag",
    "suitcase",
    "guest",
    "child",
    "children",
    "room",
    "seat",
    "percent",
    "degree",
    "box",
    "parcel",
    "fridge",
    "bill",
    "payment",
    "transfer",
]
_SAME = {"people": "person", "children": "child", "e-mail": "email"}
_WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]

_DATING = (
    r"(?:in|since|by|until|till|from|of|last|next|this|early|mid|late|during|before|after|through"
    r"|(?:st|nd|rd|th|\d)(?: of)?)"
)
_MONTH = re.compile(
    rf"\b({'|'.join(each for each in _MONTHS if each not in ('may', 'march'))})\b"
    rf"|(?:\b|(?<=\d)){_DATING} (may|march)\b(?! (?:i|we|you|it|be|not|have|he|she|they)\b)"
    r"|\b(may|march)(?= (?:the )?\d)",
    re.IGNORECASE,
)
"""May and march are months where a date stands beside them, and no verb form does ("May I ask …")."""

_PATTERNS = (
    (
        "unit",
        re.compile(
            rf"\b(\d+(?:[.,]\d+)?|{_COUNT})[ -](?:\w+ )?({'|'.join(_UNITS)}|e-mail)(?:s|es)?\b", re.IGNORECASE
        ),
    ),
    ("times", re.compile(r"\b(once|twice)\b", re.IGNORECASE)),
    (
        "money",
        re.compile(r"[£€$]\s?(\d[\d,]*(?:\.\d+)?)|\b(\d[\d,]*(?:\.\d+)?) ?(?:euros?|pounds?|dollars?)\b"),
    ),
    ("code", re.compile(r"\b(?=[A-Z0-9-]*\d)(?=[A-Z0-9-]*[A-Z])[A-Z0-9]+(?:-[A-Z0-9]+)*\b")),
    ("ordinal", re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)\b")),
    ("weekday", re.compile(rf"\b({'|'.join(_WEEKDAYS)})s?\b", re.IGNORECASE)),
    ("month", _MONTH),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Quantity:
    """A value and what it counts.

    Attributes:
        kind: "week", "money", "code", "weekday", "month", "ordinal" (the 12th), …
        value: small letters, digits for numbers: "9", "th-30817", "tuesday".
        text: as it was written.
    """

    kind: str
    value: str
    text: str


@lru_cache(maxsize=4096)
def quantities(text: str) -> tuple[Quantity, ...]:
    """Every number with a unit, sum of money, code, day and month in `text`."""
    return tuple(_quantity(kind, match) for kind, pattern in _PATTERNS for match in pattern.finditer(text))


def _quantity(kind: str, match: re.Match[str]) -> Quantity:
    groups = [group for group in match.groups() if group]
    if kind == "unit":
        unit = groups[1].lower()
        return Quantity(_SAME.get(unit, unit), _number(groups[0]), match.group())
    if kind == "times":
        return Quantity("time", _number(groups[0]), match.group())
    value = groups[0] if groups else match.group()
    return Quantity(kind, _number(value), value if kind == "month" else match.group())


def _number(words: str) -> str:
    plain = words.lower().replace(",", "")
    plain = str(_VALUE.get(plain, plain))
    return plain.removesuffix(".00")
