"""From a day as it is spoken of to its date; knows the calendar and nothing of hours."""

from __future__ import annotations

import math
from calendar import monthrange
from datetime import date, datetime, timedelta

from coolhead.perception.when.hours import CLOSE, LAST_WORKDAY
from coolhead.perception.when.parts import (
    Day,
    MonthDay,
    Offset,
    Period,
    SameDay,
    SlashDate,
    Span,
    Stretch,
    Unit,
    Weekday,
)

_MONTH_FIRST_OFFSETS = (timedelta(hours=-11), timedelta(hours=-3))
_NEAR = timedelta(days=62)


def date_of(day: Day, now: datetime, day_named: date | None) -> date | None:
    """The date, or a period's last one; None for a date that no calendar has or a day never named."""
    today = now.date()
    match day:
        case Offset():
            return today + timedelta(days=day.days)
        case SameDay():
            return day_named
        case Weekday():
            return _weekday(day, today)
        case MonthDay():
            return _month_day(day, today)
        case SlashDate():
            return _slash_date(day, now)
        case Period():
            return _period(day, now)


def date_after(span: Span, today: date) -> date:
    """The date on which a length of days, weeks, months or years from today ends."""
    match span.unit:
        case Unit.DAY:
            return today + timedelta(days=math.ceil(span.amount))
        case Unit.WEEK:
            return today + timedelta(days=math.ceil(7 * span.amount))
        case Unit.BUSINESS_DAY:
            return _business_days_on(math.ceil(span.amount), today)
        case _:
            months = span.amount * (12 if span.unit is Unit.YEAR else 1)
            return _months_on(math.ceil(months), today)


def _business_days_on(count: int, today: date) -> date:
    weeks, rest = divmod(count, LAST_WORKDAY + 1)
    day = min(today.weekday(), LAST_WORKDAY)
    start = today - timedelta(days=today.weekday() - day)
    over = 2 if day + rest > LAST_WORKDAY else 0
    return start + timedelta(days=7 * weeks + rest + over)


def _months_on(count: int, today: date) -> date:
    year, month = divmod(today.year * 12 + today.month - 1 + count, 12)
    if year > date.max.year:
        raise OverflowError
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))


def _weekday(day: Weekday, today: date) -> date:
    if day.week:
        monday = today - timedelta(days=today.weekday())
        return monday + timedelta(days=7 * day.week + day.index)
    ahead = (day.index - today.weekday()) % 7
    if ahead == 0 and not day.may_be_today:
        ahead = 7
    return today + timedelta(days=ahead + 7 * day.weeks_later)


def _date(year: int, month: int, day: int) -> date | None:
    return date(year, month, day) if day <= monthrange(year, month)[1] else None


def _month_day(day: MonthDay, today: date) -> date | None:
    if day.month is not None:
        years = [day.year] if day.year else range(today.year, today.year + 9)
        dates = (_date(year, day.month, day.day) for year in years)
        return next((found for found in dates if found and (day.year or found >= today)), None)
    if day.months_later is not None:
        first = _months_on(day.months_later, today.replace(day=1))
        return _date(first.year, first.month, day.day)
    first = today.replace(day=1)
    months = (_months_on(count, first) for count in range(4))
    coming = [
        found for month in months if (found := _date(month.year, month.month, day.day)) and found >= today
    ]
    if day.weekday is not None:
        fitting = [found for found in coming if found.weekday() == day.weekday and found - today <= _NEAR]
        if fitting:
            return fitting[0]
    return next(found for found in coming if found > today)


def _slash_date(day: SlashDate, now: datetime) -> date | None:
    offset = now.utcoffset() or timedelta()
    month_first = _MONTH_FIRST_OFFSETS[0] <= offset <= _MONTH_FIRST_OFFSETS[1]
    if day.first > 12 or day.second > 12:
        month_first = day.second > 12
    month, number = (day.first, day.second) if month_first else (day.second, day.first)
    return _month_day(MonthDay(number, month, day.year), now.date())


def _period(period: Period, now: datetime) -> date:
    today = now.date()
    match period.stretch:
        case Stretch.WEEK | Stretch.WEEKEND:
            return _week_end(period, now)
        case Stretch.MONTH:
            first = _months_on(period.later, today.replace(day=1))
            if period.month is not None:
                year = today.year + (period.month < today.month)
                first = date(year, period.month, 1)
            return first.replace(day=monthrange(first.year, first.month)[1])
        case Stretch.YEAR:
            return date(today.year + period.later, 12, 31)


def _week_end(period: Period, now: datetime) -> date:
    monday = now.date() - timedelta(days=now.weekday()) + timedelta(days=7 * period.later)
    if not period.end or period.stretch is Stretch.WEEKEND:
        return monday + timedelta(days=6)
    friday = monday + timedelta(days=LAST_WORKDAY)
    past = datetime.combine(friday, CLOSE, now.tzinfo) < now
    return friday + timedelta(days=7) if past and not period.later else friday
