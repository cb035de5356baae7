"""The parts that words of time are made of: what is said, before any clock is asked."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Unit(Enum):
    """What a length of time is counted in."""

    SECOND = "second"
    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    BUSINESS_DAY = "business day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"

    @property
    def within_a_day(self) -> bool:
        """True for lengths that are added to the minute, false for those that end with a day."""
        return self in (Unit.SECOND, Unit.MINUTE, Unit.HOUR)


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time from now: "two hours", "3 to 5 business days" (the longer one counts)."""

    amount: float
    unit: Unit


@dataclass(frozen=True, slots=True)
class Offset:
    """A day counted from today: today is 0, tomorrow 1."""

    days: int


@dataclass(frozen=True, slots=True)
class Weekday:
    """A day of the week.

    Attributes:
        index: Monday is 0.
        week: 0 for the next one to come, 1 for the one in the following calendar week.
        may_be_today: true for "this Friday", which said on a Friday is that day.
        weeks_later: whole weeks on top ("Wednesday week" is 1).
    """

    index: int
    week: int = 0
    may_be_today: bool = False
    weeks_later: int = 0


@dataclass(frozen=True, slots=True)
class MonthDay:
    """A date.

    Attributes:
        day: of the month, 1–31.
        month: 1–12; None when unsaid.
        year: None when unsaid.
        months_later: 1 for "of next month", 0 for "of this month"; None when unsaid.
        weekday: Monday is 0; None when unsaid.
    """

    day: int
    month: int | None = None
    year: int | None = None
    months_later: int | None = None
    weekday: int | None = None


@dataclass(frozen=True, slots=True)
class SlashDate:
    """Two numbers of which only the place tells which is the month ("03/04")."""

    first: int
    second: int
    year: int | None = None


class Stretch(Enum):
    """A run of days that has an end."""

    WEEK = "week"
    WEEKEND = "weekend"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Period:
    """A week, weekend, month or year.

    Attributes:
        stretch: which of them.
        later: 0 for this one, 1 for the next.
        month: 1–12 for a month called by its name; then `later` says nothing.
        end: true when its end was named ("by the end of the week").
    """

    stretch: Stretch
    later: int = 0
    month: int | None = None
    end: bool = False


@dataclass(frozen=True, slots=True)
class SameDay:
    """The day last named: "that afternoon", "the same day"."""


class DayPart(Enum):
    """A named part of a day."""

    FIRST_THING = "first thing"
    MORNING = "morning"
    NOON = "noon"
    AFTERNOON = "afternoon"
    CLOSE = "end of day"
    EVENING = "evening"
    NIGHT = "night"
    MIDNIGHT = "midnight"


@dataclass(frozen=True, slots=True)
class PartOfDay:
    """A part of a day; `today` when the words tie it to today ("this afternoon", "tonight")."""

    part: DayPart
    today: bool = False


@dataclass(frozen=True, slots=True)
class Clock:
    """A time by the clock.

    Attributes:
        hour: 0–23 when `exact`, else 1–12; None for minutes alone ("at quarter past").
        minute: 0–59.
        exact: true when morning or afternoon is plain ("16:30", "5 pm").
        after: true when it is the earliest and not the latest time ("after six").
    """

    hour: int | None
    minute: int
    exact: bool = False
    after: bool = False


Day = Offset | Weekday | MonthDay | SlashDate | Period | SameDay
Part = Span | Day | PartOfDay | Clock
