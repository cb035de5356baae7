"""Reads weeks, months and years, and parts of them, out of words; knows no clock and no calendar."""

from __future__ import annotations

from coolhead.perception.when.parts import Day, MonthDay, Period, Stretch, Weekday
from coolhead.perception.when.words import Token, Wordings, at, counted, follows, vocabulary

MONTHS = counted("january february march april may june july august september october november december", 1)
"""Their places in the year."""

_STRETCHES = {"week": Stretch.WEEK, "weekend": Stretch.WEEKEND, "month": Stretch.MONTH, "year": Stretch.YEAR}
_PARTS_OF_WEEK = Wordings({
    "start of": 0, "beginning of": 0, "first part of": 0, "early": 1, "early in": 1, "earlier": 1,
    "middle of": 2, "mid": 2, "mid -": 2, "late": 4, "late in": 4,
})  # fmt: skip
"""The day of the week by which each part of it has passed, Monday being 0."""

_WEEKS = Wordings(
    {
        "next week": 1,
        "the following week": 1,
        "the coming week": 1,
        "this week": 0,
        "the week": 0,
    }
)
_PARTS_OF_MONTH = Wordings({
    "start of": 1, "beginning of": 1, "early": 10, "early in": 10, "middle of": 15, "mid": 15, "mid -": 15,
    "late": 31, "late in": 31,
    "first week of": 7, "first week in": 7, "second week of": 14, "second week in": 14, "third week of": 21,
    "third week in": 21, "last week of": 31, "last week in": 31, "first half of": 15, "second half of": 31,
})  # fmt: skip
_ENDS = Wordings(
    {
        f"{stretch.value} {end}": Period(stretch, end=True)
        for stretch in (Stretch.MONTH, Stretch.YEAR)
        for end in ("end", "- end")
    }
)
_CLOSING = Wordings({"end of": True, "close of": True})
_PRESENT = vocabulary("the this current coming working business same")
OPENS_A_PERIOD = (
    _PARTS_OF_WEEK.openers
    | _PARTS_OF_MONTH.openers
    | _ENDS.openers
    | _CLOSING.openers
    | _PRESENT
    | _STRETCHES.keys()
    | MONTHS.keys()
    | {"eow", "eom", "midweek", "next", "following"}
)
"""The words with which a week, a month, a year or a part of one begins."""

_LAST = 31
"""The day by which each part of a month has passed; `_LAST` is its last."""


def part_of_month(tokens: list[Token], place: int) -> tuple[Day, int] | None:
    """Reads "the first week of September", "mid-April", "early next month"."""
    for last, after in _PARTS_OF_MONTH.at(tokens, place + (at(tokens, place) == "the")):
        if end := follows(tokens, after, "next month"):
            return (Period(Stretch.MONTH, 1) if last == _LAST else MonthDay(last, months_later=1)), end
        if (month := MONTHS.get(at(tokens, after))) and not at(tokens, after + 1).isdecimal():
            part = Period(Stretch.MONTH, month=month) if last == _LAST else MonthDay(last, month)
            return part, after + 1
    return None


def part_of_week(tokens: list[Token], place: int) -> tuple[Day, int] | None:
    """Reads "early next week", "the start of next week", "mid-week"."""
    start = place + (at(tokens, place) == "the")
    for index, after in _PARTS_OF_WEEK.at(tokens, start):
        if week := _WEEKS.first(tokens, after):
            return Weekday(index, week[0], may_be_today=at(tokens, after) == "this"), week[1]
        if at(tokens, start) == "mid" and at(tokens, after) == "week":
            return Weekday(index), after + 1
    return (Weekday(2), place + 1) if at(tokens, place) == "midweek" else None


def period(tokens: list[Token], place: int) -> tuple[Day, int] | None:
    """Reads "end of the week", "this weekend", "next month", "the end of April", "eow"."""
    if at(tokens, place) in ("eow", "eom"):
        return Period(Stretch.WEEK if at(tokens, place) == "eow" else Stretch.MONTH, end=True), place + 1
    if ends := _ENDS.first(tokens, place):
        return ends
    closing = _CLOSING.first(tokens, place)
    end = closing and closing[1]
    start = end or place
    while at(tokens, start) in _PRESENT:
        start += 1
    later = int(at(tokens, start) in ("next", "following"))
    word = at(tokens, start + later)
    if word in _STRETCHES and (
        end or word == "weekend" or at(tokens, start + later - 1) in ("this", "next", "following")
    ):
        return Period(_STRETCHES[word], later, end=end is not None), start + later + 1
    month = MONTHS.get(at(tokens, start))
    if month and (end or at(tokens, place - 1) in ("in", "by", "until", "till", "before")):
        return Period(Stretch.MONTH, month=month, end=end is not None), start + 1
    return None
