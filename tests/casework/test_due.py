"""When promises fall due: the table of docs/reference/promise-ledger.md, and over a year in several zones."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from coolhead.casework.due import due_moment
from coolhead.casework.hours import Hours

BERLIN = ZoneInfo("Europe/Berlin")
HOURS = Hours(time_zone="Europe/Berlin", holidays=frozenset({date(2026, 3, 20)}))
WEDNESDAY = datetime(2026, 3, 18, 14, 20, tzinfo=BERLIN)
LATE_THURSDAY = datetime(2026, 3, 19, 20, 15, tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("said_at", "words", "due"),
    [
        (WEDNESDAY, "by end of day", "2026-03-18 18:00"),
        (LATE_THURSDAY, "by end of day", "2026-03-23 18:00"),
        (WEDNESDAY, "today", "2026-03-18 18:00"),
        (LATE_THURSDAY, "today", "2026-03-19 23:59"),
        (WEDNESDAY, "by Friday", "2026-03-19 18:00"),
        (WEDNESDAY, "by Sunday", "2026-03-19 18:00"),
        (WEDNESDAY, "by close of play Monday", "2026-03-23 18:00"),
        (WEDNESDAY, "by the end of the week", "2026-03-19 18:00"),
        (WEDNESDAY, "within 2 business days", "2026-03-23 18:00"),
        (WEDNESDAY, "within 3 to 5 working days", "2026-03-26 18:00"),
        (LATE_THURSDAY, "the next business day", "2026-03-23 18:00"),
        (WEDNESDAY, "within two days", "2026-03-19 18:00"),
        (WEDNESDAY, "within the hour", "2026-03-18 15:20"),
        (LATE_THURSDAY, "in two hours", "2026-03-19 22:15"),
        (WEDNESDAY, "tomorrow at noon", "2026-03-19 12:00"),
        (WEDNESDAY, "half six", "2026-03-18 18:30"),
        (WEDNESDAY, "tonight", "2026-03-18 23:59"),
        (WEDNESDAY, "on Saturday morning", "2026-03-21 12:00"),
        (WEDNESDAY, "in a fortnight", "2026-04-01 18:00"),
    ],
)
def test_words_fall_due_as_the_table_says(said_at: datetime, words: str, due: str) -> None:
    found = due_moment(words, said_at, HOURS)
    assert found is not None
    assert found.astimezone(BERLIN).strftime("%Y-%m-%d %H:%M") == due


@pytest.mark.parametrize("words", [None, "soon", "once it is fixed", ""])
def test_words_without_a_time_are_never_due(words: str | None) -> None:
    assert due_moment(words, WEDNESDAY, HOURS) is None


def test_that_afternoon_is_of_the_day_named_before() -> None:
    found = due_moment("that afternoon", WEDNESDAY, HOURS, day_named=date(2026, 3, 25))
    assert found == datetime(2026, 3, 25, 18, tzinfo=BERLIN)


def test_hours_run_through_a_change_of_clocks_and_the_same_time_tomorrow_does_not() -> None:
    saturday = datetime(2026, 3, 28, 14, 20, tzinfo=BERLIN)
    assert due_moment("within 24 hours", saturday, HOURS) == datetime(2026, 3, 29, 15, 20, tzinfo=BERLIN)
    assert due_moment("this time tomorrow", saturday, HOURS) == datetime(2026, 3, 29, 14, 20, tzinfo=BERLIN)


@pytest.mark.parametrize("zone", ["America/New_York", "Europe/Berlin", "Asia/Kolkata", "Pacific/Auckland"])
def test_over_a_year_due_moments_read_right_on_the_clients_clocks(zone: str) -> None:
    hours, local = Hours(time_zone=zone), ZoneInfo(zone)
    for number in range(365):
        day = date(2026, 1, 1) + timedelta(days=number)
        said_at = datetime(day.year, day.month, day.day, 10, 30, tzinfo=local).astimezone(UTC)
        at = {
            words: due_moment(words, said_at, hours)
            for words in (
                "by end of day",
                "tomorrow at 5 pm",
                "within 2 business days",
                "in a week",
                "in an hour",
            )
        }
        local_at = {words: due.astimezone(local) for words, due in at.items() if due is not None}
        assert len(local_at) == len(at)
        assert local_at["tomorrow at 5 pm"].date() == day + timedelta(days=1)
        assert local_at["tomorrow at 5 pm"].hour == 17
        assert local_at["in a week"].date() <= day + timedelta(days=7)
        ends = ("by end of day", "within 2 business days", "in a week")
        assert {(local_at[words].hour, local_at[words].minute) for words in ends} == {(18, 0)}
        assert all(local_at[words].weekday() < 5 for words in ends)
        expected = [d for d in (day + timedelta(days=n) for n in range(1, 9)) if d.weekday() < 5][1]
        assert local_at["within 2 business days"].date() == expected
        assert at["in an hour"] == said_at + timedelta(hours=1)
