"""A technique over the weeks, in practice and in live conversations."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from coolhead.codebook import Technique
from coolhead.practice.learning.progress.interval import Change, change
from coolhead.practice.learning.progress.tally import Counts, Source, Tally

PERIOD = 4
"""Weeks in a period: the first four weeks of a window are held against its latest four."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """The counts of one conversation or run.

    Attributes:
        id: of the conversation or the run.
        day: on which it ended, on the client's calendar.
    """

    id: str
    source: Source
    day: date
    counts: Counts


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """One week of one technique; `monday` is its first day."""

    monday: date
    tally: Tally


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A technique over the weeks of a window, from one source.

    Attributes:
        weeks: every week of the window, oldest first, empty ones too.
        total: of all of them.
        before: of the first `PERIOD` weeks.
        now: of the latest `PERIOD` weeks.
    """

    weeks: tuple[Week, ...]
    total: Tally
    before: Tally
    now: Tally

    @property
    def change(self) -> Change:
        """What can be said of the first and the latest weeks."""
        return change(self.before, self.now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """A technique in practice and in live conversations."""

    technique: Technique
    practice: Course
    live: Course


def monday_of(day: date) -> date:
    """The first day of that day's week."""
    return day - timedelta(days=day.weekday())


def progress(counted: Iterable[Counted], today: date, weeks: int = 12) -> tuple[Progress, ...]:
    """Each technique that had an occasion in the window, most occasions first.

    The window is the week of `today` and those before it, `weeks` in all and at least twice `PERIOD`.
    """
    first = monday_of(today) - timedelta(weeks=weeks - 1)
    mondays = [first + timedelta(weeks=at) for at in range(weeks)]
    sums: dict[tuple[Technique, Source, date], Tally] = {}
    for each in counted:
        for technique, tally in each.counts.techniques.items():
            key = (technique, each.source, monday_of(each.day))
            sums[key] = sums.get(key, Tally()) + tally

    def course(technique: Technique, source: Source) -> Course:
        found = tuple(
            Week(monday=monday, tally=sums.get((technique, source, monday), Tally())) for monday in mondays
        )
        return Course(
            weeks=found,
            total=_sum(found),
            before=_sum(found[:PERIOD]),
            now=_sum(found[-PERIOD:]),
        )

    every = [
        Progress(
            technique=technique,
            practice=course(technique, Source.PRACTICE),
            live=course(technique, Source.LIVE),
        )
        for technique in Technique
    ]
    had = [each for each in every if each.practice.total.due or each.live.total.due]
    return tuple(sorted(had, key=lambda each: -(each.practice.total.due + each.live.total.due)))


def _sum(weeks: Iterable[Week]) -> Tally:
    return sum((week.tally for week in weeks), Tally())
