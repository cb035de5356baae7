"""Reads lengths of time out of words ("two hours", "3 to 5 business days"); knows no clock and no date."""

from __future__ import annotations

from coolhead.perception.when.parts import Span, Unit
from coolhead.perception.when.words import (
    COUNTS,
    Token,
    Wordings,
    at,
    follows,
    number,
    number_range,
    vocabulary,
)

_UNITS = {
    "second": Unit.SECOND, "seconds": Unit.SECOND, "sec": Unit.SECOND, "secs": Unit.SECOND,
    "minute": Unit.MINUTE, "minutes": Unit.MINUTE, "min": Unit.MINUTE, "mins": Unit.MINUTE,
    "hour": Unit.HOUR, "hours": Unit.HOUR, "hr": Unit.HOUR, "hrs": Unit.HOUR,
    "day": Unit.DAY, "days": Unit.DAY, "night": Unit.DAY, "nights": Unit.DAY,
    "week": Unit.WEEK, "weeks": Unit.WEEK, "wk": Unit.WEEK, "wks": Unit.WEEK,
    "month": Unit.MONTH, "months": Unit.MONTH, "year": Unit.YEAR, "years": Unit.YEAR,
}  # fmt: skip
_ODD_SPANS = Wordings(
    {
        "next day or two": Span(2.0, Unit.DAY),
        "next hour or two": Span(2.0, Unit.HOUR),
        "next week or two": Span(2.0, Unit.WEEK),
        "this time tomorrow": Span(24.0, Unit.HOUR),
        "same time tomorrow": Span(24.0, Unit.HOUR),
        "this time next week": Span(168.0, Unit.HOUR),
        "a fortnight": Span(2.0, Unit.WEEK),
        "fortnight": Span(2.0, Unit.WEEK),
        "three quarters of an hour": Span(0.75, Unit.HOUR),
        "a quarter of an hour": Span(0.25, Unit.HOUR),
        "quarter of an hour": Span(0.25, Unit.HOUR),
        "next business day": Span(1.0, Unit.BUSINESS_DAY),
        "next working day": Span(1.0, Unit.BUSINESS_DAY),
        "following business day": Span(1.0, Unit.BUSINESS_DAY),
        "following working day": Span(1.0, Unit.BUSINESS_DAY),
    }
)
_THE_NEXT = Wordings({"the next": True, "next": True})
OPENERS = _ODD_SPANS.openers | _THE_NEXT.openers | COUNTS
"""The words with which a length begins that does not begin with a figure."""

_BUSINESS = vocabulary("business working banking bank work biz trading")


def span(tokens: list[Token], place: int) -> tuple[Span, int] | None:
    """A length of time and the place after it; of two the longer one ("24-48 hours", "a day or two")."""
    return _odd_span(tokens, place) or _short_span(tokens, place) or _counted_span(tokens, place)


def _odd_span(tokens: list[Token], place: int) -> tuple[Span, int] | None:
    return _ODD_SPANS.first(tokens, place + (at(tokens, place) == "the"))


def _short_span(tokens: list[Token], place: int) -> tuple[Span, int] | None:
    """Reads "within the hour", "the next hour", "in ten"."""
    next_one = _THE_NEXT.first(tokens, place)
    opening = next_one and next_one[1]
    within = at(tokens, place) == "the" and at(tokens, place - 1) in ("within", "inside", "in", "under")
    if at(tokens, place - 1) in ("within", "inside") and opening is None and within:
        opening = place + 1
    if opening and at(tokens, opening) in ("hour", "minute", *(("week", "month", "day") if within else ())):
        unit = _UNITS[at(tokens, opening)]
        return Span(
            0.0 if unit is Unit.DAY and "next" not in at(tokens, opening - 1) else 1.0, unit
        ), opening + 1
    if at(tokens, place - 1) in ("in", "inside"):
        found = number(tokens, place)
        if (
            found
            and found[0] in (5, 10, 15, 20, 25, 30, 40, 45, 50)
            and at(tokens, found[1]) in ("", ".", ",", "and", "so", "if")
        ):
            return Span(found[0], Unit.MINUTE), found[1]
    return None


def _counted_span(tokens: list[Token], place: int) -> tuple[Span, int] | None:
    counted = number_range(tokens, place)
    if counted is None or (len(at(tokens, place)) == 4 and at(tokens, place).isdecimal()):
        return None
    amount, after = counted
    while at(tokens, after) in ("more", "full", "or", "so", "short", "-"):
        after += 1
    unit, after = _unit(tokens, after)
    if unit is None:
        return None
    if unit is Unit.MINUTE and at(tokens, after) in ("past", "to") and number(tokens, after + 1):
        return None  # "five minutes to six" is a time by the clock
    half = follows(tokens, after, "and a half")
    if half:
        return Span(amount + 0.5, unit), half
    if (
        at(tokens, after) == "or"
        and (more := number(tokens, after + 1))
        and at(tokens, more[1]) not in _UNITS
    ):
        return Span(max(amount, more[0]), unit), more[1]
    rest = after + 1 if at(tokens, after) == "and" else after
    if unit is Unit.HOUR and (minutes := _minutes(tokens, rest)):
        return Span(amount * 60 + minutes[0], Unit.MINUTE), minutes[1]
    return Span(amount, unit), after


def _minutes(tokens: list[Token], place: int) -> tuple[float, int] | None:
    """The minutes of "an hour and ten minutes"."""
    found = number(tokens, place)
    if found is None or _UNITS.get(at(tokens, found[1])) is not Unit.MINUTE:
        return None
    return found[0], found[1] + 1


def _unit(tokens: list[Token], place: int) -> tuple[Unit | None, int]:
    word = at(tokens, place)
    if word in _BUSINESS and at(tokens, place + 1) in ("day", "days"):
        return Unit.BUSINESS_DAY, place + 2
    if word == "weekdays":
        return Unit.BUSINESS_DAY, place + 1
    if word in ("h", "d", "m") and at(tokens, place - 1)[-1:].isdecimal():
        return {"h": Unit.HOUR, "d": Unit.DAY, "m": Unit.MINUTE}[word], place + 1
    unit = _UNITS.get(word)
    if unit is not None and at(tokens, place + 1) == "time":
        return unit, place + 2
    return unit, place + 1
