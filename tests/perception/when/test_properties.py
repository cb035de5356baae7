"""What holds of every due time, whatever the words and whenever they are said."""

import inspect
import re
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coolhead.perception.when import clocks, days, find_phrases, lengths, periods, reader, resolve_due
from coolhead.perception.when.words import tokenize

OFFSETS = st.integers(-14 * 4, 14 * 4).map(lambda quarters: timezone(timedelta(minutes=15 * quarters)))
FIRST, LAST = (datetime(year, 1, 1) for year in (2020, 2040))  # noqa: DTZ001 - hypothesis adds the offset
MOMENTS = st.datetimes(FIRST, LAST, timezones=OFFSETS)
UNITS = st.sampled_from(["minutes", "hours", "days", "weeks", "months", "business days", "working days"])
LENGTHS = st.builds(lambda amount, unit: f"within {amount} {unit}", st.integers(1, 60), UNITS)
DAYS = st.sampled_from(
    [
        "today",
        "tomorrow",
        "Monday",
        "by Sunday",
        "next Friday",
        "this weekend",
        "the 3rd",
        "by 29 February",
        "25/12",
    ]
)
PARTS = st.sampled_from(["", " first thing", " morning", " afternoon", " evening", " at five", " by 9 am"])
WORDS = st.one_of(
    LENGTHS,
    st.builds(str.__add__, DAYS, PARTS),
    st.sampled_from(
        ["by the end of the day", "end of the week", "end of the month", "tonight", "at half six"]
    ),
)
KNOWN_WORDS = sorted(
    {
        word
        for module in (clocks, days, lengths, periods)
        for word in re.findall(r"[a-z0-9]+", inspect.getsource(module).lower())
    }
)


@given(WORDS, MOMENTS)
def test_never_before_it_was_said_and_in_the_same_offset(words: str, said_at: datetime) -> None:
    due = resolve_due(words, said_at)
    if due is not None:
        assert due >= said_at.replace(second=0, microsecond=0)
        assert due.utcoffset() == said_at.utcoffset()


@given(LENGTHS, MOMENTS, st.timedeltas(timedelta(), timedelta(days=40)))
def test_a_length_said_later_is_due_no_sooner(words: str, said_at: datetime, later: timedelta) -> None:
    sooner, second = resolve_due(words, said_at), resolve_due(words, said_at + later)
    assert sooner is not None
    assert second is not None
    assert sooner <= second


@given(UNITS, st.integers(1, 60), st.integers(1, 60), MOMENTS)
def test_a_longer_length_is_due_no_sooner(unit: str, one: int, other: int, said_at: datetime) -> None:
    dues = [resolve_due(f"in {amount} {unit}", said_at) for amount in sorted((one, other))]
    assert dues[0] is not None
    assert dues[1] is not None
    assert dues[0] <= dues[1]


@given(
    st.sampled_from(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]), MOMENTS
)
def test_a_bare_day_is_within_the_week_to_come(day: str, said_at: datetime) -> None:
    due = resolve_due(f"by {day}", said_at)
    assert due is not None
    assert f"{due:%A}".lower() == day
    assert 1 <= (due.date() - said_at.date()).days <= 7


@given(st.integers(1, 40), MOMENTS)
def test_business_days_end_on_a_workday(amount: int, said_at: datetime) -> None:
    due = resolve_due(f"within {amount} business days", said_at)
    assert due is not None
    assert due.weekday() < 5
    days = [
        said_at.date() + timedelta(days=step) for step in range(1, (due.date() - said_at.date()).days + 1)
    ]
    assert sum(day.weekday() < 5 for day in days) == amount


@given(st.text(max_size=60), MOMENTS)
def test_any_words_are_read(words: str, said_at: datetime) -> None:
    due = resolve_due(words, said_at)
    assert due is None or due >= said_at.replace(second=0, microsecond=0)


@given(st.text(max_size=120))
def test_phrases_lie_apart_and_within_the_text(text: str) -> None:
    place = 0
    for phrase in find_phrases(text):
        assert place <= phrase.start < phrase.end <= len(text)
        place = phrase.end


@pytest.mark.parametrize("words", ["in 99999999999 days", "in 999999 months", "in 9999999999999999 minutes"])
def test_what_no_calendar_holds_is_not_due(words: str) -> None:
    assert resolve_due(words, datetime(2026, 3, 18, 14, 20, tzinfo=UTC)) is None


def test_no_clock_no_due() -> None:
    assert resolve_due("by Thursday", None) is None


@pytest.mark.parametrize("digits", [5, 12, 400, 5000])
@pytest.mark.parametrize(
    "words", ["within {} days", "by the {}th", "at {}", "on 3/4/{}", "{}-02-03", "by {} May"]
)
def test_numbers_that_no_clock_knows_do_no_harm(words: str, digits: int) -> None:
    for digit in "019":
        text = words.format(digit * digits)
        find_phrases(text)
        resolve_due(text, datetime(2026, 3, 2, 9, tzinfo=UTC))


def test_a_year_with_a_digit_too_many_is_no_date() -> None:
    said_at = datetime(2026, 3, 2, 9, tzinfo=UTC)
    assert resolve_due("on 3/4/20266", said_at) is None
    assert resolve_due("on 25/4/26", said_at) == resolve_due("on 25/4/2026", said_at) is not None


@pytest.mark.parametrize("before", ["on", "within", "by"])
@pytest.mark.parametrize("after", ["", "3rd", "day", "next week", "morning", "of an hour"])
def test_every_part_of_time_begins_with_a_word_that_opens_one(before: str, after: str) -> None:
    for word in [*KNOWN_WORDS, "16:30", "1.5", "3/4"]:
        tokens = tokenize(f"{before} {word} {after}")
        found = (
            days.day(tokens, 1)
            or lengths.span(tokens, 1)
            or clocks.part_of_day(tokens, 1)
            or clocks.clock(tokens, 1)
        )
        assert found is None or reader.opens_a_part(tokens[1].text)


def test_a_length_that_hangs_on_words_cut_short_is_read() -> None:
    assert find_phrases("Twenty minutes couple month of from afternoon")
