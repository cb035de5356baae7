"""Business hours: over whole years, in zones whose clocks change at different times of day."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coolhead.casework.hours import (
    Hours,
    OpenSpan,
    read_day,
    read_holidays,
    read_time_zone,
    read_week,
    time_zones,
    write_day,
    write_holidays,
)
from coolhead.errors import InputError

YEAR = 2026
ZONES = (
    "America/New_York",
    "America/Santiago",  # clocks change at midnight
    "Africa/Cairo",  # a day that begins at one
    "Asia/Kolkata",  # never changes; half an hour off
    "Australia/Lord_Howe",  # changes by half an hour
    "Europe/Berlin",
    "Pacific/Auckland",
)
ROUND_THE_CLOCK = ((OpenSpan(0, 1440),),) * 7
NIGHTS = ((OpenSpan(0, 210), OpenSpan(1320, 1440)),) * 7
MINUTE = timedelta(minutes=1)


def open_minutes(hours: Hours, first: datetime, last: datetime) -> int:
    """How many minutes between both people are at work, counted one by one by the clock on the wall.

    Independent of how `Hours` does it: each real minute is looked up on the local clock.
    """
    zone = ZoneInfo(hours.time_zone)
    count, at = 0, first
    while at < last:
        local = at.astimezone(zone)
        minute = 60 * local.hour + local.minute
        closed = local.date() in hours.holidays or (local.month, local.day) in hours.yearly
        count += not closed and any(s.opens <= minute < s.closes for s in hours.week[local.weekday()])
        at += MINUTE
    return count


def changes(zone: str) -> list[datetime]:
    """The moments of the year at which the zone's clocks change, to the minute."""
    local = ZoneInfo(zone)
    at, found = datetime(YEAR, 1, 1, tzinfo=UTC), []
    while at.year == YEAR:
        after = at + timedelta(hours=1)
        if at.astimezone(local).utcoffset() != after.astimezone(local).utcoffset():
            while at.astimezone(local).utcoffset() == (at + MINUTE).astimezone(local).utcoffset():
                at += MINUTE
            found.append(at + MINUTE)
        at = after
    return found


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("week", [Hours().week, ROUND_THE_CLOCK, NIGHTS], ids=["office", "always", "nights"])
def test_business_time_around_both_changes_is_what_the_wall_says(zone: str, week: tuple) -> None:
    hours = Hours(time_zone=zone, week=week)
    for change in changes(zone) or [datetime(YEAR, 3, 29, 1, tzinfo=UTC)]:
        first, last = change - timedelta(days=2), change + timedelta(days=2)
        whole = open_minutes(hours, first, last)
        assert open_minutes(hours, first, hours.add_business(first, whole * MINUTE)) == whole
        assert open_minutes(hours, hours.back_business(last, whole * MINUTE), last) == whole
        at = first
        while at < last:
            assert hours.is_open(at) == (open_minutes(hours, at, at + MINUTE) == 1)
            at += timedelta(minutes=10)


@pytest.mark.parametrize("zone", ZONES)
def test_every_day_of_the_year_closes_when_its_clocks_say_so(zone: str) -> None:
    hours = Hours(time_zone=zone, yearly=frozenset({(12, 25)}))
    local = ZoneInfo(zone)
    for number in range(365):
        day = date(YEAR, 1, 1) + timedelta(days=number)
        close = hours.close_of(day)
        if day.weekday() > 4 or (day.month, day.day) == (12, 25):
            assert close is None
        else:
            assert close is not None
            assert close.astimezone(local).replace(tzinfo=None) == datetime.combine(day, time(18))
        noon = datetime.combine(day, time(12), local).astimezone(UTC)
        after = hours.close_after(noon, 2).astimezone(local)
        business = [
            d for d in (day + timedelta(days=n) for n in range(1, 12)) if hours.close_of(d) is not None
        ]
        assert after.replace(tzinfo=None) == datetime.combine(business[1], time(18))


def test_both_changes_happen_in_the_zones_that_have_them() -> None:
    assert {zone: len(changes(zone)) for zone in ZONES} == {
        zone: 0 if zone == "Asia/Kolkata" else 2 for zone in ZONES
    }


@pytest.mark.parametrize(
    ("wall", "last", "utc"),
    [
        (
            datetime.fromisoformat("2026-03-29T02:30"),
            False,
            datetime.fromisoformat("2026-03-29T01:00"),
        ),  # leapt over: the leap
        (datetime.fromisoformat("2026-03-29T02:30"), True, datetime.fromisoformat("2026-03-29T01:00")),
        (
            datetime.fromisoformat("2026-10-25T02:30"),
            False,
            datetime.fromisoformat("2026-10-25T00:30"),
        ),  # twice: first and second
        (datetime.fromisoformat("2026-10-25T02:30"), True, datetime.fromisoformat("2026-10-25T01:30")),
        (datetime.fromisoformat("2026-07-01T12:00"), False, datetime.fromisoformat("2026-07-01T10:00")),
    ],
)
def test_readings_that_clocks_skip_or_repeat_are_moments_too(
    wall: datetime, last: bool, utc: datetime
) -> None:
    assert Hours(time_zone="Europe/Berlin").moment(wall, last=last) == utc.replace(tzinfo=UTC)


spans = st.sampled_from(["", "9-18", "9-12, 13-17:30", "0-24", "22-24", "0-6, 22-24", "1:30-3"])
weeks = st.lists(spans, min_size=7, max_size=7).filter(any).map(read_week)
moments = st.datetimes(
    datetime.fromisoformat("2026-01-01T00:00"),
    datetime.fromisoformat("2026-12-31T00:00"),
    timezones=st.just(UTC),
)
amounts = st.integers(1, 60 * 60).map(lambda minutes: minutes * MINUTE)


@given(st.sampled_from(ZONES), weeks, moments, amounts, amounts)
def test_business_time_adds_up(
    zone: str, week: tuple, at: datetime, one: timedelta, other: timedelta
) -> None:
    hours = Hours(time_zone=zone, week=week)
    assert hours.add_business(hours.add_business(at, one), other) == hours.add_business(at, one + other)
    assert hours.is_open(hours.next_open(at))
    assert hours.next_open(at) >= at
    assert hours.next_open(hours.back_business(hours.add_business(at, one), one)) == hours.next_open(at)
    assert hours.next_close(at) > at


def test_the_last_close_is_before_or_on_the_day_and_after_the_moment() -> None:
    hours = Hours(time_zone="UTC", holidays=frozenset({date(2026, 3, 20)}))
    wednesday = datetime(2026, 3, 18, 14, 20, tzinfo=UTC)
    assert hours.last_close(wednesday, date(2026, 3, 22)) == datetime(2026, 3, 19, 18, tzinfo=UTC)
    assert hours.last_close(wednesday, date(2026, 3, 18)) == datetime(2026, 3, 18, 18, tzinfo=UTC)
    assert hours.last_close(datetime(2026, 3, 19, 18, tzinfo=UTC), date(2026, 3, 22)) is None


@pytest.mark.parametrize(
    ("text", "written"),
    [("9-18", "09:00-18:00"), (" 9:00–12:30 , 13 to 24", "09:00-12:30, 13:00-24:00"), ("", "")],
)
def test_a_day_is_written_as_it_was_read(text: str, written: str) -> None:
    assert write_day(read_day(text)) == written
    assert read_day(written) == read_day(text)


@pytest.mark.parametrize("text", ["nine to five", "18-9", "9-9", "9-25", "9:75-10", "9-12, 11-13", "9-24:30"])
def test_a_day_that_cannot_be_read_says_which_span(text: str) -> None:
    with pytest.raises(InputError) as caught:
        read_week([text, *["9-18"] * 6])
    assert caught.value.message.startswith("Monday: ")
    assert caught.value.hint


def test_a_week_needs_an_open_day() -> None:
    with pytest.raises(InputError):
        read_week([""] * 7)


def test_holidays_are_read_and_written_once_and_every_year() -> None:
    once, yearly = read_holidays("2026-04-03 Good Friday\n\n12-25 Christmas\n02-29\n")
    hours = Hours(holidays=once, yearly=yearly)
    assert write_holidays(hours) == "02-29\n12-25\n2026-04-03"
    assert read_holidays(write_holidays(hours)) == (once, yearly)
    assert not hours.opens_on(date(2026, 4, 3))
    assert hours.opens_on(date(2025, 4, 3))
    assert not hours.opens_on(date(2029, 12, 25))
    for text in ("Christmas", "13-01", "2026-02-30", "\n".join(["2026-01-01"] * 1) + "\n25.12."):
        with pytest.raises(InputError):
            read_holidays(text)
    many = "\n".join((date(2026, 1, 1) + timedelta(days=n)).isoformat() for n in range(201))
    with pytest.raises(InputError, match="more than 200"):
        read_holidays(many)


def test_time_zones_are_those_of_iana() -> None:
    assert read_time_zone(" Europe/Berlin ") == "Europe/Berlin"
    assert {"UTC", *ZONES} <= set(time_zones())
    for name in ("", "Berlin", "GMT+1", "../etc/passwd"):
        with pytest.raises(InputError):
            read_time_zone(name)
