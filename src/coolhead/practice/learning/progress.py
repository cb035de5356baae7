"""How often a technique is used where it is due, over time, and how sure that is. Pure: counts in, rates out.

Formulas and sources: docs/explanation/progress.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import sqrt
from typing import Protocol

from coolhead.codebook import Misstep, Speaker, Technique, Term, Trigger
from coolhead.conversation.turn import Turn
from coolhead.perception.reading import Reading

Z95 = 1.959964
"""Two-sided 95 % quantile of the standard normal distribution."""

ENOUGH = 10
"""Opportunities in each of two periods below which nothing is said about the change between them."""

PERIOD = 4
"""Weeks in a period: the first four weeks of a window are held against its latest four."""

WITHIN = 2
"""Answers within which an occasion can be taken."""

RESTS = 3
"""Answers after one that showed a technique in which it is not due anew."""

CALLED_FOR: Mapping[Trigger, Technique] = {
    Trigger.BROKEN_PROMISE: Technique.APOLOGY,
    Trigger.UNHEARD: Technique.PARAPHRASE,
    Trigger.REPEAT_CONTACT: Technique.OWNERSHIP,
    Trigger.POLICY: Technique.EXPLAINS,
}
"""What a trigger asks for by itself, whatever else would help."""


class Heard(Protocol):
    """A turn as it was heard, live or in practice."""

    @property
    def turn(self) -> Turn:
        """Who spoke."""

    @property
    def reading(self) -> Reading:
        """What it shows."""


class Source(Term):
    """Where something was counted."""

    PRACTICE = "practice", "with simulated customers"
    LIVE = "live", "in conversations with customers"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Occasions, and how many of them were taken."""

    due: int = 0
    shown: int = 0

    def __add__(self, other: Tally) -> Tally:
        """Both together."""
        return Tally(due=self.due + other.due, shown=self.shown + other.shown)

    @property
    def missed(self) -> Tally:
        """The same occasions; counted are those that were not taken."""
        return Tally(due=self.due, shown=self.due - self.shown)

    @property
    def rate(self) -> float | None:
        """The share taken, 0–1; None without an occasion."""
        return self.shown / self.due if self.due else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What one conversation or run holds.

    Attributes:
        techniques: due: occasions for the technique; shown: those that were taken.
        missteps: due: the agent's answers; shown: those that had the misstep.
    """

    techniques: Mapping[Technique, Tally] = field(default_factory=dict)
    missteps: Mapping[Misstep, Tally] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """An estimate with its 95 % interval: `low` ≤ `at` ≤ `high`."""

    at: float
    low: float
    high: float


class Change(Term):
    """What can be said about two periods."""

    BETTER = "better", "used more often where it is due; chance alone would hardly show as much"
    WORSE = "worse", "used less often where it is due; chance alone would hardly show as much"
    NOT_TOLD = "no change to tell", "what difference there is may be chance"
    TOO_FEW = "too few to tell", f"fewer than {ENOUGH} occasions in one of the two periods"


def count(moments: Iterable[Heard]) -> Counts:
    """What a conversation or run holds, from its moments in order.

    An answer is all that the agent's side says between two turns of the customer. A technique is called for
    in it when it stands in what would help next after the customer's turn, or a trigger of that turn asks for
    it (`CALLED_FOR`), or the turn is abusive (a boundary). That opens an occasion, which is taken when the
    technique is shown in that answer or in the next (`WITHIN`), as one good answer does one or two things;
    once it was shown it is not due anew for some answers (`RESTS`). Where an answer promises something, a
    time is due in that very answer.
    """
    techniques: dict[Technique, Tally] = {}
    missteps: dict[Misstep, Tally] = {}
    opened: dict[Technique, int] = {}
    rests: dict[Technique, int] = {}

    def settle(technique: Technique, *, taken: bool) -> None:
        opened.pop(technique, None)
        techniques[technique] = techniques.get(technique, Tally()) + _once(taken)

    for number, (called, answer) in enumerate(_answers(moments)):
        shown = {sign.term for moment in answer for sign in moment.reading.techniques}
        wrong = {sign.term for moment in answer for sign in moment.reading.missteps}
        for technique in called - {Technique.TIME_BOUND}:
            if rests.get(technique, -1) < number:
                opened.setdefault(technique, number)
        for technique in list(opened):
            if technique in shown or number - opened[technique] >= WITHIN - 1:
                settle(technique, taken=technique in shown)
        rests |= dict.fromkeys((each for each in shown if rests.get(each, -1) < number), number + RESTS)
        if shown & {Technique.COMMITMENT, Technique.TIME_BOUND} or Misstep.VAGUE_COMMITMENT in wrong:
            settle(Technique.TIME_BOUND, taken=Technique.TIME_BOUND in shown)
        for misstep in Misstep:
            missteps[misstep] = missteps.get(misstep, Tally()) + _once(misstep in wrong)
    for technique in list(opened):
        settle(technique, taken=False)
    return Counts(techniques=techniques, missteps=missteps)


def _once(taken: bool) -> Tally:
    return Tally(due=1, shown=int(taken))


def _answers(moments: Iterable[Heard]) -> Iterable[tuple[set[Technique], list[Heard]]]:
    """Each answer of the agent's side with what it was called for; what nobody answered is left out."""
    called: set[Technique] = set()
    answer: list[Heard] = []
    for moment in moments:
        if moment.turn.speaker is not Speaker.CUSTOMER:
            answer.append(moment)
            continue
        if answer:
            yield called, answer
            called, answer = set(), []
        called = _called_for(moment)
    if answer:
        yield called, answer


def _called_for(moment: Heard) -> set[Technique]:
    reading = moment.reading
    asked = {CALLED_FOR[sign.term] for sign in reading.triggers if sign.term in CALLED_FOR}
    limit = {Technique.BOUNDARY} if reading.abuse and reading.abuse.term.is_personal else set()
    return {*reading.next_best, *asked, *limit}


def wilson(tally: Tally, z: float = Z95) -> Interval | None:
    """The share taken with its score interval (Wilson 1927); None without an occasion."""
    n = tally.due
    if not n:
        return None
    rate = tally.shown / n
    middle = (rate + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * sqrt(rate * (1 - rate) / n + z * z / (4 * n * n))
    return Interval(at=rate, low=min(rate, max(0.0, middle - half)), high=max(rate, min(1.0, middle + half)))


def difference(before: Tally, now: Tally) -> Interval | None:
    """`now` less `before`, with Newcombe's interval from two score intervals (1998, method 10).

    None when one of them has no occasion.
    """
    first, last = wilson(before), wilson(now)
    if first is None or last is None:
        return None
    at = last.at - first.at
    low = at - sqrt((last.at - last.low) ** 2 + (first.high - first.at) ** 2)
    high = at + sqrt((last.high - last.at) ** 2 + (first.at - first.low) ** 2)
    return Interval(at=at, low=max(-1.0, low), high=min(1.0, high))


def change(before: Tally, now: Tally) -> Change:
    """What can be said: a change only where the interval of the difference leaves out zero."""
    between = difference(before, now)
    if between is None or min(before.due, now.due) < ENOUGH:
        return Change.TOO_FEW
    if between.low > 0:
        return Change.BETTER
    return Change.WORSE if between.high < 0 else Change.NOT_TOLD


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
