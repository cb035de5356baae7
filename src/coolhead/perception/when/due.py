"""From words of time to the latest moment meant, by the table in docs/reference/promises.md."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import pairwise

from coolhead.perception.when.clocks import lone_clock
from coolhead.perception.when.dates import date_after, date_of
from coolhead.perception.when.hours import CLOSE, DAY_END, DAYTIME_FROM, PART_END
from coolhead.perception.when.parts import (
    Clock,
    Day,
    DayPart,
    Part,
    PartOfDay,
    Period,
    Span,
    Stretch,
    Unit,
    Weekday,
)
from coolhead.perception.when.reader import Found, hangs_on_event, read
from coolhead.perception.when.words import Token, at, tokenize, vocabulary

_AGAIN_AND_AGAIN = vocabulary("every each hourly daily weekly monthly")
_BEFORE = frozenset({"before"})
_HALF_DAY = 12
_NOON_TO = {DayPart.AFTERNOON: 1, DayPart.CLOSE: 1, DayPart.EVENING: 1, DayPart.NIGHT: 5}


def resolve_due(words: str, said_at: datetime | None, *, day_named: date | None = None) -> datetime | None:
    """The latest moment that the words mean, at said_at's UTC offset; never before said_at.

    Args:
        words: that say by when ("by Thursday", "within 24 hours").
        said_at: when they were said, with the conversation's UTC offset; None when no clock is known.
        day_named: the day last spoken of, for "that afternoon" and "the same day".

    Returns:
        None when the words name no time (an event, "soon"), or no clock is known.
    """
    if said_at is None:
        return None
    tokens = tokenize(words)
    found = read(tokens)
    if any(token.text in _AGAIN_AND_AGAIN for token in tokens) or hangs_on_event(tokens, found):
        return None
    timely = [part for part in found if not _lasts(tokens, part)] or found
    parts: list[Part] = [part.part for part in timely] or [*lone_clock(tokens)]
    try:
        due = _combine(parts, said_at, _before_day(tokens, found), _counted_from(tokens, found), day_named)
    except OverflowError:
        return None
    return due if due is not None and due >= said_at.replace(second=0, microsecond=0) else None


def _before_day(tokens: list[Token], found: list[Found]) -> bool:
    """True for "before Thursday", which ends with the day before."""
    days = [part for part in found if isinstance(part.part, Day)]
    if len(found) != 1 or not days:
        return False
    start = days[-1].start
    if at(tokens, start - 1) in _BEFORE and at(tokens, start - 2) == "or":
        return False
    return at(tokens, start - 1) in _BEFORE or (
        at(tokens, start - 1) == "the" and at(tokens, start - 2) in _BEFORE
    )


def _lasts(tokens: list[Token], found: Found) -> bool:
    """True for how long something goes on: "on Saturday for two hours"."""
    return isinstance(found.part, Span) and at(tokens, found.start - 1) == "for"


def _counted_from(tokens: list[Token], found: list[Found]) -> Day | None:
    """The day from which a length counts: "two weeks from Friday"."""
    for length, day in pairwise(found):
        joined = [token.text for token in tokens[length.end : day.start]]
        if isinstance(length.part, Span) and isinstance(day.part, Day) and joined in (["from"], ["of"]):
            return day.part
    return None


def _part_of(parts: list[Part]) -> PartOfDay | None:
    """The part of the day that tells most: "first thing in the morning" is the first thing."""
    named = [part for part in parts if isinstance(part, PartOfDay)]
    narrow = [part for part in named if part.part in (DayPart.FIRST_THING, DayPart.MIDNIGHT)]
    return next(reversed(narrow or named), None)


def _last_day(parts: list[Part], now: datetime) -> Day | None:
    """The day said last, or the later of two weekdays ("Monday or Friday")."""
    weekdays = [part for part in parts if isinstance(part, Weekday)]
    if len(weekdays) > 1:
        return max(weekdays, key=lambda day: date_of(day, now, None) or date.min)
    return next((part for part in reversed(parts) if isinstance(part, Day)), None)


def _combine(
    parts: list[Part], now: datetime, before: bool, start: Day | None, day_named: date | None
) -> datetime | None:
    clock = next((part for part in reversed(parts) if isinstance(part, Clock)), None)
    part = _part_of(parts)
    day = _last_day(parts, now)
    span = next((part for part in reversed(parts) if isinstance(part, Span)), None)
    if span and span.unit.within_a_day:
        return _minutes_on(span, now)
    named: date | None = None
    if day is not None:
        named = date_of(day, now, day_named)
        if named is None:
            return None
        if span is not None and day is start:
            named = date_after(span, named)
    elif span is not None:
        named = date_after(span, now.date())
    if clock is not None:
        return _at_clock(clock, part, named, now)
    if part is not None:
        return _at_part(part, named, now)
    if named is None:
        return None
    if before and day is not None:
        named = _eve(day, named)
    closes = isinstance(day, Period) and day.end and day.stretch is not Stretch.WEEKEND
    return _moment(named, CLOSE if closes else DAY_END, now)


def _moment(day: date, hour: time, now: datetime) -> datetime:
    return datetime.combine(day, hour, now.tzinfo)


def _eve(day: Day, named: date) -> date:
    """The day before a day, or before a period's first day."""
    if isinstance(day, Period) and not day.end:
        match day.stretch:
            case Stretch.WEEK:
                return named - timedelta(days=7)
            case Stretch.WEEKEND:
                return named - timedelta(days=2)
            case Stretch.MONTH:
                return named.replace(day=1) - timedelta(days=1)
            case Stretch.YEAR:
                return named.replace(month=1, day=1) - timedelta(days=1)
    if isinstance(day, Period):
        return named
    return named - timedelta(days=1)


def _minutes_on(span: Span, now: datetime) -> datetime:
    seconds = {Unit.SECOND: 1, Unit.MINUTE: 60, Unit.HOUR: 3600}[span.unit] * span.amount
    return (now + timedelta(seconds=max(seconds, 60))).replace(second=0, microsecond=0)


def _at_part(part: PartOfDay, named: date | None, now: datetime) -> datetime:
    if part.part is DayPart.MIDNIGHT:
        return _moment((named or now.date()) + timedelta(days=1), time(0), now)
    hour = PART_END[part.part]
    if named is not None and named != now.date():
        return _moment(named, hour, now)
    due = _moment(now.date(), hour, now)
    if part.today or named is not None:
        return due if due >= now else _moment(now.date(), DAY_END, now)
    tomorrow = due + timedelta(days=1)
    if part.part is DayPart.MORNING and now.hour >= DAYTIME_FROM:
        return tomorrow
    return due if due >= now else tomorrow


def _at_clock(clock: Clock, part: PartOfDay | None, named: date | None, now: datetime) -> datetime | None:
    if clock.hour is None:
        return _next_minute(clock.minute, now)
    if clock.after:
        return _after_clock(clock, part, named, now)
    if named is None and part is not None and part.today:
        named = now.date()
    hour = clock.hour if clock.exact else _hour_in_part(clock.hour, part)
    if hour is not None:
        start = _moment(named or now.date(), time(0), now)
        due = start + timedelta(hours=hour, minutes=clock.minute)
        return due + timedelta(days=1) if named is None and due < now else due
    if named is None:
        return _next_hour(clock, now)
    if named == now.date():
        due = _next_hour(clock, now)
        return due if due.date() == named or clock.hour == _HALF_DAY else None
    hour = clock.hour if DAYTIME_FROM <= clock.hour <= _HALF_DAY else clock.hour + _HALF_DAY
    return _moment(named, time(hour, clock.minute), now)


def _hour_in_part(hour: int, part: PartOfDay | None) -> int | None:
    """The hour, 0–28, that a bare hour is within a part of the day; None when the part does not tell."""
    if part is None:
        return None
    if part.part in (DayPart.MORNING, DayPart.FIRST_THING):
        return hour
    if part.part is DayPart.NOON:
        return hour if hour >= 10 else hour + _HALF_DAY
    if part.part is DayPart.MIDNIGHT:
        return 2 * _HALF_DAY if hour == _HALF_DAY else None
    if hour >= _NOON_TO[part.part] and hour < _HALF_DAY:
        return hour + _HALF_DAY
    if part.part is DayPart.NIGHT:
        return 2 * _HALF_DAY if hour == _HALF_DAY else 2 * _HALF_DAY + hour
    return 2 * _HALF_DAY if part.part is DayPart.EVENING else hour


def _next_hour(clock: Clock, now: datetime) -> datetime:
    """The next time that a twelve-hour clock shows it."""
    due = now.replace(hour=(clock.hour or 0) % _HALF_DAY, minute=clock.minute, second=0, microsecond=0)
    while due <= now:
        due += timedelta(hours=_HALF_DAY)
    return due


def _next_minute(minute: int, now: datetime) -> datetime:
    due = now.replace(minute=minute, second=0, microsecond=0)
    return due if due > now else due + timedelta(hours=1)


def _after_clock(clock: Clock, part: PartOfDay | None, named: date | None, now: datetime) -> datetime | None:
    """Says that "Tomorrow after five" may be as late as the day's end, "in the morning after ten" as noon."""
    if part is not None:
        return _at_part(part, named, now)
    if named is not None:
        return _moment(named, DAY_END, now)
    exact = Clock(clock.hour, clock.minute, exact=clock.exact)
    earliest = _at_clock(exact, None, None, now)
    return _moment(earliest.date(), DAY_END, now) if earliest else None
