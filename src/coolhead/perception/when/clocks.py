"""Reads times by the clock and named parts of a day out of words; knows no date."""

from __future__ import annotations

import re

from coolhead.perception.when.days import SHORT_WEEKDAYS, WEEKDAYS
from coolhead.perception.when.parts import Clock, DayPart, PartOfDay
from coolhead.perception.when.words import COUNTS, Token, at, follows, vocabulary, whole_number

BEFORE_A_TIME = vocabulary("at by before till until til around about from between after past for to circa")
"""Words that make a bare number after them a time ("by six")."""

_AFTER_A_TIME = vocabulary(
    """
    a about after afternoon again already and any anyone as at because before but but by daily each
    either evening every first for friday from he hell her here his i id if ill im in instead is it itll
    its just latest like monday my next night no not now o oclock of off on once or please prompt rather
    right saturday sharp she shell so sorry straight sunday thank thanks that the their then there they
    theyll this though thursday till to today tomorrow tonight tuesday unless until we wednesday well
    what when where whether which while whoever with without would yes you youll your
    """
)
_RECEIVES = vocabulary("a any anyone each either every her his my that the their this whoever you your")
"""After "to" they are whom something goes to ("by 5 to you only")."""

_CLEARLY_BEFORE = vocabulary("at by before till until til")
_COUNTED = vocabulary(
    """
    % pounds quid dollars euros rupees pesos pence cents percent people persons of items boxes points point
    times degrees stars star gb mb units per hundred thousand million grand other others different separate
    time stage more less thirds
    """
)
_MONEY = vocabulary("£ $ € ₹ ₱")
_PARTS = {
    "morning": DayPart.MORNING,
    "mornings": DayPart.MORNING,
    "noon": DayPart.NOON,
    "midday": DayPart.NOON,
    "noontime": DayPart.NOON,
    "lunch": DayPart.NOON,
    "lunchtime": DayPart.NOON,
    "afternoon": DayPart.AFTERNOON,
    "teatime": DayPart.AFTERNOON,
    "evening": DayPart.EVENING,
    "night": DayPart.NIGHT,
    "tonight": DayPart.NIGHT,
    "tonite": DayPart.NIGHT,
    "midnight": DayPart.MIDNIGHT,
    "eod": DayPart.CLOSE,
    "cob": DayPart.CLOSE,
    "cop": DayPart.CLOSE,
    "eob": DayPart.CLOSE,
}
_TODAYS_PARTS = frozenset({*_PARTS, "am", "pm"})
OPENERS = _TODAYS_PARTS | COUNTS | vocabulary("first end close day days this later tea dinner quarter")
"""The words with which a part of the day or a time begins that does not begin with a figure."""

_NOT_TIMES = vocabulary("shift shifts team crew staff meal desk")
_CLOSES = (
    "end of the working day",
    "end of the business day",
    "end of working day",
    "end of business day",
    "end of the working",
    "end of the day",
    "end of business",
    "end of trading",
    "end of play",
    "end of day",
    "day end",
    "days end",
    "end of",
    "close of business",
    "close of play",
    "close of trading",
    "close of day",
    "close of the day",
)
_HOUR_AND_MINUTES = re.compile(r"(\d{1,2})[:.](\d{2})")
_MINUTES = frozenset({5, 10, 15, 20, 25})


def part_of_day(tokens: list[Token], place: int) -> tuple[PartOfDay, int] | None:
    """Reads "first thing", "this afternoon", "close of play", "tonight"."""
    if after := follows(tokens, place, "first thing"):
        return PartOfDay(DayPart.FIRST_THING), after
    if at(tokens, place) in ("end", "close", "day", "days"):
        return _close(tokens, place)
    today = at(tokens, place) in ("this", "later") and at(tokens, place + 1) in _TODAYS_PARTS
    if at(tokens, place) == "lunch" and at(tokens, place + 1) in ("time", "hour"):
        return PartOfDay(DayPart.NOON), place + 2
    if at(tokens, place) in ("tea", "dinner") and (time := follows(tokens, place + 1, "time")):
        return PartOfDay(DayPart.AFTERNOON), time
    if today:
        place += 1
    if at(tokens, place) == "12" and at(tokens, place + 1) in ("noon", "midday", "midnight"):
        place += 1
    word = at(tokens, place)
    if word in ("am", "pm") and _tells_half(tokens, place):
        return PartOfDay(DayPart.MORNING if word == "am" else DayPart.AFTERNOON, today), place + 1
    if word not in _PARTS or at(tokens, place + 1) in _NOT_TIMES:
        return None
    return PartOfDay(_PARTS[word], today or word in ("tonight", "tonite", "eod")), place + 1


def _tells_half(tokens: list[Token], place: int) -> bool:
    """True for "tomorrow am" and "Friday pm", unlike "am I"."""
    before = at(tokens, place - 1)
    return (
        before in ("today", "tomorrow", "this", *WEEKDAYS, *SHORT_WEEKDAYS) and at(tokens, place + 1) != "i"
    )


def _close(tokens: list[Token], place: int) -> tuple[PartOfDay, int] | None:
    for words in _CLOSES:
        after = follows(tokens, place, words)
        if after is None:
            continue
        if words != "end of":
            return PartOfDay(DayPart.CLOSE, today=words in ("end of day", "end of the day")), after
        if at(tokens, after) in ("today", "tomorrow", *WEEKDAYS):
            return PartOfDay(DayPart.CLOSE), after
    return None


def clock(tokens: list[Token], place: int) -> tuple[Clock, int] | None:
    """A time or a span of two ("between ten and twelve", "2-4 pm"), of which the later counts."""
    found = _one_clock(tokens, place, bare=_may_be_bare(tokens, place))
    if found is None:
        return None
    earlier = at(tokens, place - 1) in ("after", "past") or follows(tokens, place - 2, "any time from")
    if at(tokens, found[1]) in ("to", "till", "until", "til", "and", "or", "-", "–", "—"):
        later = _one_clock(tokens, found[1] + 1, bare=True)
        if later:
            return later
        if _PARTS.get(at(tokens, found[1] + 1)) is DayPart.NOON:
            return Clock(12, 0, exact=True), found[1] + 2
    if earlier:
        return Clock(found[0].hour, found[0].minute, exact=found[0].exact, after=True), found[1]
    return found


def _before(tokens: list[Token], place: int) -> str:
    """The word before a time; "no later than" is as good as "by", and so is "between seven and"."""
    later_of_two = at(tokens, place - 1) == "and" and "between" in (
        at(tokens, place - 3),
        at(tokens, place - 4),
    )
    return "by" if later_of_two or follows(tokens, place - 3, "no later than") else at(tokens, place - 1)


def _may_be_bare(tokens: list[Token], place: int) -> bool:
    before = _before(tokens, place)
    if before in ("for", "past", "to"):
        return False
    if before == "," and at(tokens, place - 2) in WEEKDAYS:
        return True
    return before in BEFORE_A_TIME or before in WEEKDAYS or before in ("tomorrow", "today", "tonight")


def _one_clock(tokens: list[Token], place: int, *, bare: bool) -> tuple[Clock, int] | None:
    if at(tokens, place - 1) in _MONEY:
        return None
    return (
        _digits(tokens, place)
        or _digits_apart(tokens, place)
        or _four_digits(tokens, place)
        or _minutes_and_hour(tokens, place)
        or _minutes_alone(tokens, place)
        or _hour(tokens, place, bare=bare)
    )


def _digits(tokens: list[Token], place: int) -> tuple[Clock, int] | None:
    """Reads "16:30", "5.30 pm", "17:00 hours"."""
    match = _HOUR_AND_MINUTES.fullmatch(at(tokens, place))
    if match is None or ("." in match[0] and int(match[1]) == 0):
        return None
    return _of_figures(tokens, place + 1, match[1], match[2])


def _digits_apart(tokens: list[Token], place: int) -> tuple[Clock, int] | None:
    """Reads "by 22 30" and "6 00 pm", as recognisers write what was said."""
    hour, minutes, after = (at(tokens, place + further) for further in (0, 1, 2))
    figures = hour.isdecimal() and minutes.isdecimal() and len(hour) <= 2 == len(minutes)
    if not figures or (_before(tokens, place) not in _CLEARLY_BEFORE and after not in ("am", "pm")):
        return None
    if after.isalnum() and after not in _AFTER_A_TIME and after not in ("am", "pm", "p"):
        return None
    return _of_figures(tokens, place + 2, hour, minutes)


def _of_figures(tokens: list[Token], after: int, hour: str, minutes: str) -> tuple[Clock, int] | None:
    if int(hour) > 23 or int(minutes) > 59:
        return None
    exact = hour.startswith("0") or not 1 <= int(hour) <= 12
    return _meridiem(tokens, after, int(hour), int(minutes), exact=exact)


def _four_digits(tokens: list[Token], place: int) -> tuple[Clock, int] | None:
    """Reads "1730 hours", and "by 1730" where that is no year."""
    word, after = at(tokens, place), at(tokens, place + 1)
    if not (len(word) == 4 and word.isdecimal() and int(word[:2]) < 24 and int(word[2:]) < 60):
        return None
    clock = Clock(int(word[:2]), int(word[2:]), exact=True)
    if after in ("hours", "hrs"):
        return clock, place + 2
    alone = not after or after in _AFTER_A_TIME or not after.isalnum()
    if _before(tokens, place) in _CLEARLY_BEFORE and word[:2] not in ("19", "20") and alone:
        return clock, place + 1
    return None


def _minutes_and_hour(tokens: list[Token], place: int) -> tuple[Clock, int] | None:
    """Reads "quarter to nine", "ten past three", "half past six", "half six"."""
    if at(tokens, place) == "a" and at(tokens, place + 1) == "quarter":
        place += 1
    if at(tokens, place) == "half":
        after = place + 2 if at(tokens, place + 1) == "past" else place + 1
        found = whole_number(tokens, after)
        if found and 1 <= found[0] <= 12:
            return _meridiem(tokens, found[1], found[0], 30)
        return None
    minutes, after = _few_minutes(tokens, place)
    relation = at(tokens, after)
    hour = whole_number(tokens, after + 1) if relation in ("past", "to", "after") else None
    if not minutes or hour is None or not 1 <= hour[0] <= 12:
        return None
    if relation == "to":
        return _meridiem(tokens, hour[1], (hour[0] - 2) % 12 + 1, 60 - minutes)
    return _meridiem(tokens, hour[1], hour[0], minutes)


def _few_minutes(tokens: list[Token], place: int) -> tuple[int, int]:
    if at(tokens, place) == "quarter":
        return 15, place + 1
    found = whole_number(tokens, place)
    if found is None or found[0] not in _MINUTES:
        return 0, place
    after = found[1] + 1 if at(tokens, found[1]) in ("minutes", "minute", "mins") else found[1]
    return found[0], after


def _minutes_alone(tokens: list[Token], place: int) -> tuple[Clock, int] | None:
    """Reads "quarter past", "half past", "five to", with no hour after it."""
    if _before(tokens, place) not in BEFORE_A_TIME:
        return None
    if at(tokens, place) == "a" and at(tokens, place + 1) == "quarter":
        place += 1
    half = follows(tokens, place, "half past")
    if half:
        return Clock(None, 30), half
    minutes, after = _few_minutes(tokens, place)
    relation = at(tokens, after)
    follower = at(tokens, after + 1)
    if not minutes or relation not in ("past", "to") or follower not in ("", ".", ",", *_AFTER_A_TIME):
        return None
    if relation == "to" and follower in _RECEIVES:
        return None
    return Clock(None, minutes if relation == "past" else 60 - minutes), after + 1


def _hour(tokens: list[Token], place: int, *, bare: bool) -> tuple[Clock, int] | None:
    """Reads "5 pm", "five o'clock", "nine thirty", "six-forty"; a bare "six" where `bare` allows it."""
    found = whole_number(tokens, place)
    if found is None:
        return None
    hour, after = found
    if hour > 23:
        return None
    minute, later = _spoken_minutes(tokens, place, after)
    if later != after and (bare or at(tokens, place).isalpha()) and 1 <= hour <= 12:
        return _meridiem(tokens, later, hour, minute)
    marked = _meridiem(tokens, after, hour, 0)
    if marked[1] != after:
        return marked
    if at(tokens, after) == "oclock":
        return _meridiem(tokens, after + 1, hour, 0) if 1 <= hour <= 12 else None
    if not 1 <= hour <= 12 and not at(tokens, place).isdecimal():
        return None
    follower = at(tokens, after)
    near_day = follower in ("tomorrow", "tonight", "today", *WEEKDAYS) or _opens_part(tokens, after)
    clear = _before(tokens, place) in _CLEARLY_BEFORE and follower not in _COUNTED
    plain = clear or not follower or follower in _AFTER_A_TIME or not (follower.isalnum() or follower == "%")
    if near_day or (bare and plain):
        return Clock(hour or 24, 0, exact=hour > 12 or hour == 0), after
    return None


def _opens_part(tokens: list[Token], place: int) -> bool:
    return any(
        follows(tokens, place, words)
        for words in (
            "in the morning",
            "in the afternoon",
            "in the evening",
            "at night",
            "this morning",
            "this afternoon",
            "this evening",
        )
    )


def _spoken_minutes(tokens: list[Token], place: int, after: int) -> tuple[int, int]:
    """Reads "thirty" of "nine thirty", "oh five" of "nine oh five"; (0, after) when there are none."""
    if at(tokens, place).isdecimal():
        return 0, after
    start = after + 1 if at(tokens, after) == "-" else after
    if at(tokens, start) in ("oh", "o"):
        unit = whole_number(tokens, start + 1)
        return (unit[0], unit[1]) if unit and 1 <= unit[0] <= 9 else (0, after)
    found = whole_number(tokens, start)
    if (
        found
        and 10 <= found[0] <= 59
        and at(tokens, found[1]) not in ("minutes", "minute", "mins", "hours", "days")
    ):
        return found
    return 0, after


def _meridiem(
    tokens: list[Token], after: int, hour: int, minute: int, exact: bool = False
) -> tuple[Clock, int]:
    mark = at(tokens, after)
    later = after + 1
    if mark in ("a", "p") and at(tokens, after + 1) == "m":
        mark, later = mark + "m", after + 2
    if mark in ("am", "pm") and 1 <= hour <= 12:
        return Clock(hour % 12 + (12 if mark == "pm" else 0), minute, exact=True), later
    if mark == "oclock" or (mark in ("hours", "hrs") and exact):
        after += 1
    return Clock(hour, minute, exact=exact), after


def lone_clock(tokens: list[Token]) -> list[Clock]:
    """The time that nothing but a bare number makes ("six-forty"); none when there is more."""
    found = _one_clock(tokens, 0, bare=True)
    return [found[0]] if found and found[1] == len(tokens) else []
