"""Reads every part of time out of words, in order; knows no clock."""

from __future__ import annotations

from dataclasses import dataclass

from coolhead.perception.when import clocks, days, lengths
from coolhead.perception.when.clocks import clock, part_of_day
from coolhead.perception.when.days import day
from coolhead.perception.when.lengths import span
from coolhead.perception.when.parts import Part, PartOfDay, Span
from coolhead.perception.when.words import Token, at, vocabulary

_EVENT_OPENERS = vocabulary("of after before from once upon following prior")
_OPENERS = days.OPENERS | lengths.OPENERS | clocks.OPENERS
_HERE_AND_NOW = vocabulary("now you here there yours me us this your")


@dataclass(frozen=True, slots=True)
class Found:
    """A part of time and the tokens it stands on, `start` to before `end`."""

    part: Part
    start: int
    end: int


def read(tokens: list[Token]) -> list[Found]:
    """Every part of time in the words, first to last, none overlapping another."""
    found = []
    place = 0
    while place < len(tokens):
        part = _part(tokens, place)
        if part is None:
            place += 1
        else:
            found.append(Found(part[0], place, part[1]))
            place = part[1]
    return found


def _part(tokens: list[Token], place: int) -> tuple[Part, int] | None:
    if not opens_a_part(at(tokens, place)):
        return None
    return day(tokens, place) or span(tokens, place) or part_of_day(tokens, place) or clock(tokens, place)


def opens_a_part(word: str) -> bool:
    """False for a word with which no part of time begins, as most words are: said at no cost."""
    return word in _OPENERS or word[:1].isdecimal()


def hangs_on_event(tokens: list[Token], run: list[Found]) -> bool:
    """True when the time is counted from something that happens ("within 48 hours of it landing").

    A part of the day beside a day or an hour hangs on nothing ("tomorrow morning before school").
    """
    lengths = [found for found in run if isinstance(found.part, Span)]
    alone = [
        found for found in run if len(run) == 1 and isinstance(found.part, PartOfDay) and not found.part.today
    ]
    return any(_goes_on_with_event(tokens, found.end) for found in (*lengths, *alone))


def _goes_on_with_event(tokens: list[Token], end: int) -> bool:
    if at(tokens, end) not in _EVENT_OPENERS:
        return False
    after = end + 1
    if after == len(tokens):
        return True
    if at(tokens, end) == "from" and at(tokens, after) in _HERE_AND_NOW:
        return False
    if at(tokens, after) == "the":
        return _part(tokens, after) is None and _part(tokens, after + 1) is None
    return _part(tokens, after) is None
