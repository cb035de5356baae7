"""What somebody's live conversations suggest to practise: pure, from counts.

One rule for all: a suggestion needs enough occasions, and a share that is too high even at the low end of its
99 % interval. That is stricter than the 95 % of the charts, because some thirty habits are looked at at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from coolhead.codebook import Misstep, Technique
from coolhead.practice.learning.drill import Drill
from coolhead.practice.learning.fitting import Habit, Meeting
from coolhead.practice.learning.progress import Counted, Tally, wilson

Z99 = 2.575829
"""Two-sided 99 % quantile of the standard normal distribution."""

LEAST = 8
"""Occasions of one's own below which nothing is suggested."""

LEAST_OTHERS = 30
"""Occasions of the client's others from which on they are the measure; below it the stated share is."""

OFTEN_MISSED = 0.75
"""Share of occasions missed that is too high by itself; one who follows the method misses about half."""

OFTEN_DONE = 0.1
"""Share of answers with one misstep that is too high by itself."""

DAYS = 30
MOST = 3
CONVERSATIONS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """Something to practise, and why.

    Attributes:
        term: the technique that is missed, or the misstep.
        drill: what trains it.
        why: one sentence with the numbers.
        mine: how often it went wrong, of how many occasions.
        others: the same of the client's others.
        conversations: ids of those that show it most, to look at.
        meeting: a customer to practise it with; None where nobody fits.
    """

    term: Habit
    drill: Drill
    why: str
    mine: Tally
    others: Tally
    conversations: tuple[str, ...]
    meeting: Meeting | None = None


def suggestions(
    mine: Sequence[Counted], others: Sequence[Counted], drills: Iterable[Drill]
) -> tuple[Suggestion, ...]:
    """What to practise, at most `MOST`, the clearest first; each drill and each habit once.

    Args:
        mine: live conversations of the last `DAYS` days.
        others: those of the client's other agents.
        drills: what can be practised.
    """
    found = []
    for drill in drills:
        habits: tuple[Habit, ...] = (drill.technique, *drill.against)
        for term in habits:
            each = _suggestion(term, drill, mine, others)
            if each:
                found.append(each)
    found.sort(key=lambda pair: -pair[0])
    chosen: list[Suggestion] = []
    for _, suggestion in found:
        if not any(suggestion.drill is each.drill or suggestion.term is each.term for each in chosen):
            chosen.append(suggestion)
    return tuple(chosen[:MOST])


def _suggestion(
    term: Habit, drill: Drill, mine: Sequence[Counted], others: Sequence[Counted]
) -> tuple[float, Suggestion] | None:
    """The suggestion and how far its share is above the measure at the least; None when it is not."""
    own, theirs = _wrong(term, mine), _wrong(term, others)
    low = wilson(own, Z99)
    if low is None or own.due < LEAST:
        return None
    stated = OFTEN_MISSED if isinstance(term, Technique) else OFTEN_DONE
    compared = theirs.due >= LEAST_OTHERS
    measure = theirs.shown / theirs.due if compared else stated
    if low.low <= measure:
        return None
    suggestion = Suggestion(
        term=term,
        drill=drill,
        why=_why(term, own, theirs if compared else None),
        mine=own,
        others=theirs,
        conversations=_shows_most(term, mine),
    )
    return low.low - measure, suggestion


def _tally(term: Habit, each: Counted) -> Tally:
    """How often it went wrong in one conversation."""
    if isinstance(term, Misstep):
        return each.counts.missteps.get(term, Tally())
    return each.counts.techniques.get(term, Tally()).missed


def _wrong(term: Habit, counted: Iterable[Counted]) -> Tally:
    return sum((_tally(term, each) for each in counted), Tally())


def _shows_most(term: Habit, counted: Sequence[Counted]) -> tuple[str, ...]:
    shows = [each for each in counted if _tally(term, each).shown]
    shows.sort(key=lambda each: (-_tally(term, each).shown, -each.day.toordinal()))
    return tuple(each.id for each in shows[:CONVERSATIONS])


def _why(term: Habit, own: Tally, theirs: Tally | None) -> str:
    if isinstance(term, Technique):
        what = f"{term.words.capitalize()} was missed in {own.shown} of {own.due} answers that called for it"
    else:
        what = f"{term.words.capitalize()} was read in {own.shown} of {own.due} answers"
    if theirs is None:
        return f"{what}."
    return f"{what}; with the others here it is {100 * theirs.shown / theirs.due:.0f} %."
