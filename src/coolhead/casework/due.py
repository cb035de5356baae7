"""By when a promise is to be kept, given the words that say so and the client's hours.

The rule is written down in docs/reference/promise-ledger.md; in short, nothing falls due later than the
customer was told, and what is to be done by the end of a day is to be done while people are at work.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, timezone

from coolhead.casework.hours import Hours
from coolhead.perception.when import resolve_due
from coolhead.perception.when.parts import Clock, Day, DayPart, Part, PartOfDay, Period, Span, Unit
from coolhead.perception.when.reader import read
from coolhead.perception.when.words import tokenize

_SAME_CLOCK = re.compile(r"\b(?:this|same) time\b", re.IGNORECASE)


def due_moment(
    words: str | None, said_at: datetime, hours: Hours, *, day_named: date | None = None
) -> datetime | None:
    """The latest moment that keeps the promise, in UTC; None when the words name no time.

    Args:
        words: that say by when ("by end of day", "within 2 business days"); None when unsaid.
        said_at: when they were said.
        hours: of the client, whose clocks the words are read by.
        day_named: the day last spoken of before, for "that afternoon".
    """
    here = hours.local(said_at)
    here = here.replace(tzinfo=timezone(here.utcoffset() or timedelta()))
    read_as = resolve_due(words, here, day_named=day_named) if words else None
    if words is None or read_as is None:
        return None
    parts = [found.part for found in read(tokenize(words))]
    wall = read_as.replace(tzinfo=None)
    if _counts_minutes(parts):
        return hours.moment(wall) if _SAME_CLOCK.search(words) else read_as.astimezone(UTC)
    if _names_an_hour(parts):
        return hours.moment(wall)
    return _by_end_of_day(parts, said_at, hours, wall)


def _by_end_of_day(parts: Sequence[Part], said_at: datetime, hours: Hours, wall: datetime) -> datetime:
    days = next((part.amount for part in parts if isinstance(part, Span) and _is_business(part)), None)
    if days is not None:
        return hours.close_after(said_at, max(1, math.ceil(days)))
    if not any(isinstance(part, Day | Span) for part in parts):
        return hours.next_close(said_at)
    close = hours.last_close(said_at, wall.date())
    return hours.moment(wall) if close is None else close


def _counts_minutes(parts: Sequence[Part]) -> bool:
    """True for lengths such as "two hours", which run on by night as by day."""
    return any(isinstance(part, Span) and part.unit.within_a_day for part in parts)


def _is_business(part: Span) -> bool:
    return part.unit is Unit.BUSINESS_DAY


def _names_an_hour(parts: Sequence[Part]) -> bool:
    """True for a time by the clock or a part of the day, false for an end of day, a day or a date."""
    parts_of_day = [part.part for part in parts if isinstance(part, PartOfDay)]
    if any(isinstance(part, Clock) for part in parts):
        return True
    if _period_end(parts):
        return False
    # A bare hour ("half six") is read as no part by the reader, but as a time by `resolve_due`.
    return any(part is not DayPart.CLOSE for part in parts_of_day) or not parts


def _period_end(parts: Sequence[Part]) -> bool:
    return any(isinstance(part, Period) and part.end for part in parts)
