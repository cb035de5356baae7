"""When a client is at work: hours of each weekday, holidays, and the time zone in which both are meant.

Moments go in and come out with a UTC offset; what lies between is counted by the clock that everyone shares,
so a day on which clocks change is an hour shorter or longer. Knows nothing of promises.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from coolhead.errors import InputError

DAY = 24 * 60
MOST_HOLIDAYS = 200
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
LEAP_YEAR = 2024
_SPAN = re.compile(r"\s*(\d{1,2})(?::(\d{2}))?\s*(?:-|–|to)\s*(\d{1,2})(?::(\d{2}))?\s*")
_EVERY_YEAR = re.compile(r"(\d{2})-(\d{2})")


@dataclass(frozen=True, slots=True, order=True)
class OpenSpan:
    """A part of a day in which people are at work, in minutes from midnight by the clock on the wall.

    Attributes:
        opens: 0–1439.
        closes: after `opens`, at most 1440, which is midnight at the day's end.
    """

    opens: int
    closes: int


NINE_TO_SIX = (OpenSpan(9 * 60, 18 * 60),)
Week = tuple[tuple[OpenSpan, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """The business hours of a client.

    Attributes:
        time_zone: IANA name.
        week: the open spans of each weekday, Monday first, in order and apart; at least one in the week.
        holidays: days on which nobody is at work.
        yearly: the same for every year, as (month, day).
    """

    time_zone: str = "UTC"
    week: Week = (NINE_TO_SIX,) * 5 + ((), ())
    holidays: frozenset[date] = frozenset()
    yearly: frozenset[tuple[int, int]] = frozenset()

    @property
    def zone(self) -> ZoneInfo:
        """The time zone with its rules."""
        return ZoneInfo(self.time_zone)

    def local(self, at: datetime) -> datetime:
        """The moment as the client's clocks show it."""
        return at.astimezone(self.zone)

    def opens_on(self, day: date) -> bool:
        """True when people are at work at some time of that day."""
        closed = day in self.holidays or (day.month, day.day) in self.yearly
        return bool(self.week[day.weekday()]) and not closed

    def is_open(self, at: datetime) -> bool:
        """True when people are at work at that moment."""
        return any(opens <= at < closes for opens, closes in self._spans(self.local(at).date()))

    def next_open(self, at: datetime) -> datetime:
        """The first moment from `at` on at which people are at work: `at` itself when they are."""
        return self.add_business(at, timedelta())

    def next_close(self, at: datetime) -> datetime:
        """The first end of a day's work after `at`."""
        ends = (self.close_of(day) for day in _days(self.local(at).date()))
        return next(end for end in ends if end is not None and end > at)

    def last_close(self, after: datetime, until: date) -> datetime | None:
        """The last end of a day's work after a moment and no later than on the day `until`; None: none."""
        first = self.local(after).date()
        for day in _days(until, -1):
            end = self.close_of(day) if day >= first else after
            if end is not None:
                return end if end > after else None
        raise AssertionError  # days do not end

    def close_of(self, day: date) -> datetime | None:
        """When work ends on that day; None when it never begins."""
        spans = self._spans(day)
        return spans[-1][1] if spans else None

    def close_after(self, at: datetime, days: int) -> datetime:
        """When work ends on the `days`-th (from 1) business day after the day of `at`."""
        left = days
        for day in _days(self.local(at).date() + timedelta(days=1)):
            end = self.close_of(day)
            left -= end is not None
            if end is not None and left <= 0:
                return end
        raise AssertionError  # days do not end

    def add_business(self, at: datetime, amount: timedelta) -> datetime:
        """The moment at which `amount` (not negative) of business time has passed since `at`."""
        left = amount
        for day in _days(self.local(at).date()):
            for opens, closes in self._spans(day):
                start = max(opens, at)
                if start < closes and start + left <= closes:
                    return start + left
                left -= max(closes - start, timedelta())
        raise AssertionError  # days do not end

    def back_business(self, at: datetime, amount: timedelta) -> datetime:
        """The latest moment from which `amount` (above zero) of business time is left until `at`."""
        left = amount
        for day in _days(self.local(at).date(), -1):
            for opens, closes in reversed(self._spans(day)):
                end = min(closes, at)
                if opens < end and end - left >= opens:
                    return end - left
                left -= max(end - opens, timedelta())
        raise AssertionError  # days do not end

    def moment(self, wall: datetime, *, last: bool = False) -> datetime:
        """The moment in UTC at which the client's clocks show `wall` (without offset).

        A reading that clocks show twice is the first of both, or with `last` the second. One that they leap
        over is the moment of the leap.
        """
        zone = self.zone
        at = wall.replace(tzinfo=zone, fold=int(last)).astimezone(UTC)
        if at.astimezone(zone).replace(tzinfo=None) == wall:
            return at
        early = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
        late = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
        return _leap(early, late, zone)

    def _spans(self, day: date) -> list[tuple[datetime, datetime]]:
        """The day's open spans as moments in UTC; what a leap of the clocks swallows is left out."""
        if not self.opens_on(day):
            return []
        midnight = datetime.combine(day, time())
        spans = [
            (
                self.moment(midnight + timedelta(minutes=span.opens)),
                self.moment(midnight + timedelta(minutes=span.closes), last=span.closes < DAY),
            )
            for span in self.week[day.weekday()]
        ]
        return [(opens, closes) for opens, closes in spans if opens < closes]


def _days(first: date, step: int = 1) -> Iterator[date]:
    day = first
    while True:
        yield day
        day += timedelta(days=step)


def _leap(early: datetime, late: datetime, zone: ZoneInfo) -> datetime:
    """The moment between both (in UTC) at which the zone's clocks leap, to the second."""
    before = early.astimezone(zone).utcoffset()
    while late - early > timedelta(seconds=1):
        middle = early + timedelta(seconds=(late - early) // timedelta(seconds=2))
        if middle.astimezone(zone).utcoffset() == before:
            early = middle
        else:
            late = middle
    return late


@cache
def time_zones() -> tuple[str, ...]:
    """The names of time zones that people choose from, as `Region/City`, and UTC."""
    return ("UTC", *sorted(each for each in available_timezones() if "/" in each and not _is_old(each)))


def _is_old(name: str) -> bool:
    return name.startswith(("Etc/", "SystemV/", "posix/", "right/", "US/", "Canada/", "Mexico/", "Brazil/"))


def read_time_zone(text: str) -> str:
    """The name of a time zone.

    Raises:
        InputError: there is none of that name.
    """
    name = text.strip()
    if name not in available_timezones():
        raise InputError("There is no such time zone.", hint="Write a region and a city: Europe/Lisbon.")
    return name


def read_day(text: str) -> tuple[OpenSpan, ...]:
    """The open spans of a day as people write them: "9-12:30, 13:30-18", nothing for a closed day.

    Raises:
        InputError: a span cannot be read, ends before it begins, or begins before the last one ends.
    """
    spans: list[OpenSpan] = []
    for part in filter(None, (part.strip() for part in text.split(","))):
        found = _SPAN.fullmatch(part)
        if not found:
            raise InputError(
                f"{part!r} is no span of time.", hint="Write 9-12:30, 13:30-18 or leave it empty."
            )
        opens, closes = _minutes(found[1], found[2]), _minutes(found[3], found[4])
        if not opens < closes <= DAY:
            raise InputError(
                f"{part!r} does not end later than it begins, by midnight.",
                hint="A night is two spans: 22-24 on one day, 0-6 on the next.",
            )
        if spans and opens < spans[-1].closes:
            raise InputError(f"{part!r} begins before the span before it ends.", hint="Write them in order.")
        spans.append(OpenSpan(opens, closes))
    return tuple(spans)


def _minutes(hour: str, minute: str | None) -> int:
    minutes = int(minute or 0)
    if minutes > 59:
        raise InputError(f"{hour}:{minute} is no time of day.", hint="Write hours and minutes: 17:30.")
    return 60 * int(hour) + minutes


def write_day(spans: tuple[OpenSpan, ...]) -> str:
    """The spans as `read_day` reads them; empty for a closed day."""
    return ", ".join(f"{_clock(span.opens)}-{_clock(span.closes)}" for span in spans)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def read_week(days: list[str]) -> Week:
    """The open spans of a week from seven texts, Monday first.

    Raises:
        InputError: a day cannot be read (its name is in the message), or no day is open.
    """
    week = []
    for name, text in zip(WEEKDAYS, days, strict=True):
        try:
            week.append(read_day(text))
        except InputError as error:
            raise InputError(f"{name}: {error.message}", hint=error.hint) from error
    if not any(week):
        raise InputError("A week needs at least one open day.", hint="Write hours beside a day: 9-18.")
    return tuple(week)


def read_holidays(text: str) -> tuple[frozenset[date], frozenset[tuple[int, int]]]:
    """Holidays from lines, the date first, any words after it: once (2026-12-25) or every year (12-25).

    Raises:
        InputError: a line begins with no date, or there are more than `MOST_HOLIDAYS`.
    """
    once, yearly = set(), set()
    for line in filter(None, (line.strip() for line in text.splitlines())):
        day = line.split()[0]
        every_year = _EVERY_YEAR.fullmatch(day)
        try:
            if every_year:
                named = date(LEAP_YEAR, int(every_year[1]), int(every_year[2]))
                yearly.add((named.month, named.day))
            else:
                once.add(date.fromisoformat(day))
        except ValueError as error:
            raise InputError(
                f"{day!r} is no date.", hint="Write 2026-12-25, or 12-25 for every year."
            ) from error
    if len(once) + len(yearly) > MOST_HOLIDAYS:
        raise InputError(
            f"There are more than {MOST_HOLIDAYS} holidays.", hint="Leave out those that are over."
        )
    return frozenset(once), frozenset(yearly)


def write_holidays(hours: Hours) -> str:
    """The holidays as `read_holidays` reads them, one a line."""
    lines = [f"{month:02d}-{day:02d}" for month, day in sorted(hours.yearly)]
    return "\n".join([*lines, *(day.isoformat() for day in sorted(hours.holidays))])
