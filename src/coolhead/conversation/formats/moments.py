"""Times as files write them: seconds, milliseconds, clocks, ISO 8601, epochs. Knows no format."""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

Moment = float | datetime
"""Seconds from the conversation's start, or a time by the wall clock (naive when no offset was written)."""

_EPOCH_SECONDS = 1e9
_EPOCH_MILLISECONDS = 1e11
_CLOCK = re.compile(r"(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2}(?:[.,]\d+)?)")


def parse_moment(value: object, *, milliseconds: bool = False) -> Moment | None:
    """Reads one time.

    Args:
        value: a number, a text, or None.
        milliseconds: true when small numbers are milliseconds instead of seconds.

    Returns:
        Seconds from the conversation's start; a datetime for ISO 8601, RFC 2822 and epoch times; None for
        nothing.

    Raises:
        ValueError: it is not a time.
    """
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        raise ValueError("not a time")
    if isinstance(value, int | float):
        return _number(float(value), milliseconds)
    if isinstance(value, str):
        return _text(value.strip(), milliseconds)
    raise ValueError("not a time")


def _text(value: str, milliseconds: bool) -> Moment | None:
    if not value:
        return None
    if clock := _CLOCK.fullmatch(value):
        hours, minutes, seconds = clock.groups(default="0")
        return round(int(hours) * 3600 + int(minutes) * 60 + float(seconds.replace(",", ".")), 6)
    try:
        return _number(float(value), milliseconds)
    except ValueError:
        pass
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        return parsedate_to_datetime(value)


def _number(value: float, milliseconds: bool) -> Moment:
    if not math.isfinite(value):
        raise ValueError("not a time")
    if value >= _EPOCH_MILLISECONDS:
        return _epoch(value / 1000)
    if milliseconds:
        return value / 1000
    return _epoch(value) if value >= _EPOCH_SECONDS else value


def _epoch(seconds: float) -> datetime:
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, OSError):
        raise ValueError("not a time") from None
