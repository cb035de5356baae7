"""Whether what an agent undertakes has a time, and the words that stand in its place where it has none."""

from __future__ import annotations

import re
from collections.abc import Sequence

from coolhead.perception.reading import Reading
from coolhead.practice.hearing.clause import Clause, Role
from coolhead.practice.seen import Deed

WHEN = re.compile(
    r"\b(today|tonight|tomorrow|noon|midnight|midday|this (morning|afternoon|evening)|right now"
    r"|straight away|(mon|tues|wednes|thurs|fri|satur|sun)day|(by|at|until|till|before|after|from"
    r"|between) (\d|half past|quarter|one\b|two\b|three\b|four\b|five\b|six\b|seven\b|eight\b|nine\b|ten\b"
    r"|eleven\b|twelve\b)(?! (minutes?|hours?|days?|weeks?|months?|years?)\b)|\d+(st|nd|rd|th)|within (the "
    r"|an? |the next )?\w+ ?(hours?|minutes?|days?)?|in (the next )?\w+ (minutes?|hours?|days?)"
    r"|end of (the )?(day|week)|close of business)\b",
    re.IGNORECASE,
)
_PLEDGES = re.compile(
    r"\b(i|we|you)('ll| will)\b|\b(i'm|i am|we're|we are) going to\b|\b(some(one|body)|they|he|she"
    r"|our \w+( team)?) will\b",
    re.IGNORECASE,
)
UNDERTAKES = re.compile(
    r"'ll\b|\b(will|shall|can|could|would|going to)\b|\b(i|we)('m|'ve|'re| am| have| are)\b|\b(is"
    r"|are) (being )?\w+(ing|ed)\b",
    re.IGNORECASE,
)
_TIMELESS = re.compile(
    r"\b(soon|shortly|as soon as (possible|i can|we can)|in due course|at some point|eventually|in a while"
    r"|when (i|we) can|some ?time)\b",
    re.IGNORECASE,
)
_SOMEBODY = re.compile(r"\bsome(one|body) will\b", re.IGNORECASE)


def pledges(text: str) -> bool:
    """True when somebody on this side undertakes something."""
    return _PLEDGES.search(text) is not None


def timing(text: str, said: Sequence[Clause], reading: Reading, *, offers: bool) -> Deed | None:
    """Dated, vague or neither; `offers` tells that the turn offers a remedy."""
    undertaken = [
        each.text
        for each in said
        if each.role in (Role.TELLS, Role.PROPOSES, Role.RELIEVES)
        and (offers or UNDERTAKES.search(each.text))
    ]
    if any(promise.when for promise in reading.promises) or any(map(WHEN.search, undertaken)):
        return Deed.DATED
    vague = _TIMELESS.search(text) or _SOMEBODY.search(text)
    return Deed.VAGUE if vague and pledges(text) else None


def timeless_words(text: str) -> str:
    """The words that should have been a date, in small letters; empty where there are none."""
    match = _TIMELESS.search(text)
    return match.group().lower() if match else ""
