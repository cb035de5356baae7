"""Reads days, dates, weeks and months out of words; knows no clock and no calendar."""

from __future__ import annotations

import re

from coolhead.perception.when.parts import (
    Day,
    MonthDay,
    Offset,
    SameDay,
    SlashDate,
    Weekday,
)
from coolhead.perception.when.periods import MONTHS, OPENS_A_PERIOD, part_of_month, part_of_week, period
from coolhead.perception.when.words import (
    COUNTS,
    ORDINALS,
    Token,
    Wordings,
    at,
    counted,
    follows,
    ordinal,
    vocabulary,
    whole_number,
)

WEEKDAYS = counted("monday tuesday wednesday thursday friday saturday sunday", 0)
"""Their places in the week."""

SHORT_WEEKDAYS = {
    "mon": 0, "tue": 1, "tues": 1, "wed": 2, "weds": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4, "sat": 5,
    "sun": 6,
}  # fmt: skip
_SHORT_MONTHS = {name[:3]: place for name, place in MONTHS.items()} | {"sept": 9}
_ALL_MONTHS = MONTHS | _SHORT_MONTHS
_WHICH = vocabulary("next this coming following")
_YEAR = re.compile(r"20\d\d")
_AFTER_A_DATE = vocabulary(
    """
    and as at because before between but by first for from i if ill in instead is it its latest no noon
    of or please so thanks the then they this to tops we well when while with you youll
    """
)
_BEFORE_A_DATE = frozenset({"on", "by", "until", "till", "til", "before", "from", "is", ",", ""})
_LIKE_A_RANK = 3
"""Up to the third an ordinal before another word more often ranks things ("the second time")."""

_STARTS_CLAUSE = vocabulary("i you he she it they we that the ive weve youve theyve its hes shes theyre")
"""After "the second" these make it a moment ("the second it lands")."""

_COUNTED = vocabulary(
    """
    floor anniversary birthday time times one class place century party line attempt call email street avenue
    st ave road tier order box century flat house visit letter
    """
)
_FROM_TODAY = Wordings[Day](
    {
        "the day after tomorrow": Offset(2),
        "day after tomorrow": Offset(2),
        "a week today": Offset(7),
        "a week from today": Offset(7),
        "a week from now": Offset(7),
        "today week": Offset(7),
        "a week tomorrow": Offset(8),
        "a week from tomorrow": Offset(8),
        "tomorrow week": Offset(8),
        "a fortnight today": Offset(14),
        "this very day": Offset(0),
        "same day": SameDay(),
        "the next day": Offset(1),
        "next day": Offset(1),
        "today": Offset(0),
        "tomorrow": Offset(1),
        "tomorow": Offset(1),
        "tmrw": Offset(1),
        "tmw": Offset(1),
        "2moro": Offset(1),
    }
)
_FEASTS = Wordings[Day](
    {
        "christmas eve": MonthDay(24, 12),
        "christmas day": MonthDay(25, 12),
        "christmas": MonthDay(25, 12),
        "boxing day": MonthDay(26, 12),
        "new year eve": MonthDay(31, 12),
        "new years eve": MonthDay(31, 12),
        "new year day": MonthDay(1, 1),
        "new years day": MonthDay(1, 1),
        "valentine day": MonthDay(14, 2),
        "halloween": MonthDay(31, 10),
    }
)
"""Feasts with the same date every year; "New Year's" is read as "new year"."""

_THAT_DAY = Wordings[Day](dict.fromkeys(("that same day", "that day", "that very day"), SameDay()))
_PARTS_OF_THAT_DAY = vocabulary("morning afternoon evening night")


_WEEKS_ON = Wordings(
    {
        "a week on": 1,
        "a week from": 1,
        "a week": 1,
        "two weeks on": 2,
        "two weeks from": 2,
        "a fortnight on": 2,
    }
)
OPENERS = (
    _FROM_TODAY.openers
    | _FEASTS.openers
    | _THAT_DAY.openers
    | _WEEKS_ON.openers
    | _WHICH
    | _ALL_MONTHS.keys()
    | WEEKDAYS.keys()
    | SHORT_WEEKDAYS.keys()
    | ORDINALS
    | COUNTS
    | OPENS_A_PERIOD
    | {"the"}
)
"""The words with which a day begins that does not begin with a figure."""


def day(tokens: list[Token], place: int) -> tuple[Day, int] | None:
    """A day, date, week or month, and the place after it."""
    return (
        _relative(tokens, place)
        or _weekday(tokens, place)
        or _date(tokens, place)
        or part_of_week(tokens, place)
        or part_of_month(tokens, place)
        or period(tokens, place)
    )


def _relative(tokens: list[Token], place: int) -> tuple[Day, int] | None:
    for found, after in _FROM_TODAY.at(tokens, place):
        if not (at(tokens, after) == "or" and _names_time(tokens, after + 1)):
            return found, after
    if feast := _FEASTS.first(tokens, place):
        return feast
    if same := _THAT_DAY.first(tokens, place):
        return same
    if at(tokens, place) in ("that", "same") and at(tokens, place + 1) in _PARTS_OF_THAT_DAY:
        return SameDay(), place + 1
    return None


def _names_time(tokens: list[Token], place: int) -> bool:
    """True for what makes "today or …" a choice of times."""
    start = place + (at(tokens, place) in ("on", "at", "by", "early", "maybe", "possibly", "the", "even"))
    word = at(tokens, start)
    known = word in WEEKDAYS or word in ("tomorrow", "next", "first", "day")
    return known or whole_number(tokens, start) is not None


def _weekday(tokens: list[Token], place: int) -> tuple[Day, int] | None:
    weeks = 0
    for count, after in _WEEKS_ON.at(tokens, place):
        if at(tokens, after) in WEEKDAYS:
            place, weeks = after, count
    modifiers = []
    while at(tokens, place) in _WHICH:
        modifiers.append(at(tokens, place))
        place += 1
    index = _weekday_name(tokens, place)
    if index is None:
        return None
    place += 1
    dated = _day_number(tokens, place + 1 if at(tokens, place) in (",", "the") else place, index)
    if dated and not modifiers:
        return dated
    if at(tokens, place) == "week":
        weeks, place = weeks + 1, place + 1
    following, place = _week_named(tokens, place, modifiers)
    return Weekday(index, int(following), modifiers == ["this"], weeks), place


def _week_named(tokens: list[Token], place: int, modifiers: list[str]) -> tuple[bool, int]:
    """Whether words around the day say the following week ("next Friday", "Tuesday of next week")."""
    for words in ("of next week", "next week", "next"):
        after = follows(tokens, place, words)
        if after and not modifiers:
            return True, after
    for words in ("of this week", "this week", "coming"):
        place = follows(tokens, place, words) or place
    return modifiers == ["next"], place


def _weekday_name(tokens: list[Token], place: int) -> int | None:
    word = at(tokens, place)
    if word in WEEKDAYS:
        return WEEKDAYS[word]
    if word not in SHORT_WEEKDAYS:
        return None
    clear = at(tokens, place - 1) in ("on", "by", "next", "this", "until", "till", "before", "coming")
    clear = clear or at(tokens, place + 1) in ("am", "pm", "morning", "afternoon", "evening", "lunchtime")
    clear = clear or (at(tokens, place + 1).isdecimal() and at(tokens, place + 2) in ("st", "nd", "rd", "th"))
    starts = place == 0 and len(tokens) <= 4
    return SHORT_WEEKDAYS[word] if clear or starts else None


def _day_number(tokens: list[Token], place: int, index: int) -> tuple[Day, int] | None:
    """The date after a weekday's name ("Monday the 12th", "Tuesday 26 March")."""
    if at(tokens, place) == "the":
        place += 1
    if follows(tokens, place, "first thing"):
        return None
    found = _date(tokens, place) or _bare_ordinal(tokens, place)
    if found is None or not isinstance(found[0], MonthDay):
        return None
    date = found[0]
    return MonthDay(date.day, date.month, date.year, date.months_later, weekday=index), found[1]


def _bare_ordinal(tokens: list[Token], place: int) -> tuple[Day, int] | None:
    found = ordinal(tokens, place)
    return (MonthDay(found[0]), found[1]) if found else None


def _date(tokens: list[Token], place: int) -> tuple[Day, int] | None:
    return (
        _numeric_date(tokens, place)
        or _month_first(tokens, place)
        or _day_first(tokens, place)
        or _day_of_month(tokens, place)
    )


def _numeric_date(tokens: list[Token], place: int) -> tuple[Day, int] | None:
    """Reads "03/14", "25/3/2026", "2026-03-14"."""
    if not at(tokens, place).isdecimal():
        return None
    words = [at(tokens, place + step) for step in range(5)]
    if (
        _YEAR.fullmatch(words[0])
        and words[1] == words[3] == "-"
        and words[2].isdecimal()
        and words[4].isdecimal()
    ):
        month, date = int(words[2]), int(words[4])
        return (MonthDay(date, month, int(words[0])), place + 5) if _is_date(month, date) else None
    if not (words[1] == "/" and words[2].isdecimal()):
        return None
    first, second = int(words[0]), int(words[2])
    if not (_is_date(first, second) or _is_date(second, first)):
        return None
    if words[3] == "/" and words[4].isdecimal():
        year = words[4] if len(words[4]) > 2 else f"20{words[4]:>02}"
        return (SlashDate(first, second, int(year)), place + 5) if _YEAR.fullmatch(year) else None
    return SlashDate(first, second), place + 3


def _is_date(month: int, date: int) -> bool:
    return 1 <= month <= 12 and 1 <= date <= 31


def _month_first(tokens: list[Token], place: int) -> tuple[Day, int] | None:
    """Reads "March 14th", "march the fourteenth"."""
    month = _ALL_MONTHS.get(at(tokens, place))
    if month is None:
        return None
    start = place + 2 if at(tokens, place + 1) in (".", "the") else place + 1
    found = ordinal(tokens, start) or _plain_day(tokens, start)
    if found is None:
        return None
    year, after = _year(tokens, found[1])
    return MonthDay(found[0], month, year), after


def _day_first(tokens: list[Token], place: int) -> tuple[Day, int] | None:
    """Reads "14 March", "the 14th of March 2026"."""
    if at(tokens, place) == "the":
        place += 1
    found = ordinal(tokens, place) or _plain_day(tokens, place)
    if found is None:
        return None
    start = found[1] + 1 if at(tokens, found[1]) == "of" else found[1]
    month = _ALL_MONTHS.get(at(tokens, start))
    if month is None:
        return None
    year, after = _year(tokens, start + 1)
    return MonthDay(found[0], month, year), after


def _plain_day(tokens: list[Token], place: int) -> tuple[int, int] | None:
    word = at(tokens, place)
    return (int(word), place + 1) if word.isdecimal() and 1 <= int(word) <= 31 else None


def _year(tokens: list[Token], place: int) -> tuple[int | None, int]:
    start = place + 1 if at(tokens, place) == "," else place
    word = at(tokens, start)
    return (int(word), start + 1) if _YEAR.fullmatch(word) else (None, place)


def _day_of_month(tokens: list[Token], place: int) -> tuple[Day, int] | None:
    """Reads "the 3rd", "the fifth", "the ninth of next month"."""
    named = at(tokens, place) == "the"
    digits = at(tokens, place + named).isdecimal()
    found = ordinal(tokens, place + named)
    if found is None or not (named or digits or at(tokens, place - 1) in ("on", "by", "until", "till")):
        return None
    date, after = found
    for words, later in (("of next month", 1), ("next month", 1), ("of this month", 0), ("of the month", 0)):
        end = follows(tokens, after, words)
        if end:
            return MonthDay(date, months_later=later if words != "of the month" else None), end
    follower = at(tokens, after)
    if digits:
        return None if follower in _COUNTED else (MonthDay(date), after)
    before = at(tokens, place - 1)
    later = date > _LIKE_A_RANK and before in ("on", "by", "until", "till") and follower not in _COUNTED
    if follower.isalpha() and follower not in _AFTER_A_DATE and not later:
        return None
    if before not in _BEFORE_A_DATE or (date == 2 and not digits and follower in _STARTS_CLAUSE):
        return None
    return MonthDay(date), after
