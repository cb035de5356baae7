"""Which wordings of an answer hold what a question asks for: a time for "when", a sum for "how much"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from coolhead.practice.hearing.phrase import telling
from coolhead.practice.hearing.quantity import DAYS, MONEY, quantities

_TIME = re.compile(
    r"\b(?:ago|yesterday|today|tonight|tomorrow|since|morning|noon|afternoon|evening|night|o'clock|spring"
    r"|summer|autumn|winter|years?|weeks?|days?|(?:at|by|until|past|to) (?:half|quarter|\d"
    r"|one|two|three|four|five"
    r"|six|seven|eight|nine|ten|eleven|twelve))\b",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"(?<=[\w,;] )(?!I\b)[A-Z][a-z]+|\b(?:lady|man|woman|lad|fellow|gentleman|colleague"
    r"|driver|fitter|engineer|porter"
    r"|waiter|doctor|officer|manager|nobody|wife|husband|son|daughter|mother|neighbour)s?\b"
)
_PLACE = re.compile(r"\b(?:in|at|on|from|to|outside|beside|by) (?:the |my |your |our )?[A-Za-z]+")
_ASKS_MONEY = re.compile(
    r"\bhow (?:much|big|high)\b|\bcosts?\b|\bamount\b|\bsum\b|\bprice\b|\bpay\b", re.IGNORECASE
)
ASKS_COUNT = re.compile(r"\bhow (?:many|often)\b", re.IGNORECASE)
_ASKS_TIME = re.compile(
    r"\bwhen\b|\bhow long\b|\bwhat (?:day|date|time)\b|\bsince (?:when|what)\b", re.IGNORECASE
)
_ASKS_PERSON = re.compile(r"\bwhom?\b|\bnames?\b", re.IGNORECASE)
_ASKS_PLACE = re.compile(r"\bwhere\b", re.IGNORECASE)
COUNT = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|once|twice|thrice|third|fourth|fifth)\b",
    re.IGNORECASE,
)


def fitting(question: str, lines: Sequence[str]) -> tuple[str, ...]:
    """Those of `lines` that hold most of what the question asks for, in their order."""
    worth = [held_of(question, each) for each in lines]
    best = max(worth, default=0)
    return tuple(each for each, its in zip(lines, worth, strict=True) if its == best)


def in_short(truth: str) -> tuple[str, ...]:
    """A fact told again."""
    return (
        f"{truth}.",
        f"As I said: {truth}.",
        f"Once more: {truth}.",
        f"It's still the same: {truth}.",
        f"For the last time: {truth}.",
    )


def held_of(question: str, line: str) -> int:
    """How much of what the question asks for the line holds: of its kinds of thing, and of its words."""
    return 2 * _kinds_held(question, line) + len(telling(question) & telling(line))


def _kinds_held(question: str, line: str) -> int:
    """How many of the kinds of thing that the question asks for the line holds: a sum, a time, a count."""
    kinds = {each.kind for each in quantities(line)}
    holds = (
        (_ASKS_MONEY, bool(kinds & MONEY)),
        (_ASKS_TIME, bool(kinds & DAYS) or _TIME.search(line) is not None),
        (ASKS_COUNT, COUNT.search(line) is not None),
        (_ASKS_PERSON, _PERSON.search(line) is not None),
        (_ASKS_PLACE, _PLACE.search(line) is not None),
    )
    return sum(1 for asks, is_held in holds if is_held and asks.search(question))
