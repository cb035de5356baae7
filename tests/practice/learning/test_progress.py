from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coolhead.codebook import Abuse, Misstep, Speaker, Technique, Trigger
from coolhead.perception.reading import Evidence, Reading, Sign
from coolhead.practice.learning.drill import shipped_drills
from coolhead.practice.learning.progress import (
    Change,
    Counted,
    Counts,
    Source,
    Tally,
    change,
    count,
    difference,
    progress,
    wilson,
)
from coolhead.practice.learning.suggest import LEAST, suggestions

TODAY = date(2026, 11, 19)


def tallies() -> st.SearchStrategy[Tally]:
    def of(due: int) -> st.SearchStrategy[Tally]:
        return st.builds(Tally, due=st.just(due), shown=st.integers(0, due))

    return st.integers(1, 400).flatmap(of)


@pytest.mark.parametrize(
    ("shown", "due", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_score_interval_is_that_of_the_literature(shown: int, due: int, low: float, high: float) -> None:
    """Newcombe (1998), "Two-sided confidence intervals for the single proportion", table I, method 3."""
    found = wilson(Tally(due=due, shown=shown))
    assert found is not None
    assert (found.low, found.high) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(
    ("one", "other", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
    ],
)
def test_the_difference_is_that_of_the_literature(
    one: tuple[int, int], other: tuple[int, int], low: float, high: float
) -> None:
    """Newcombe (1998), "Interval estimation for the difference…", table II, method 10."""
    found = difference(Tally(shown=other[0], due=other[1]), Tally(shown=one[0], due=one[1]))
    assert found is not None
    assert (found.low, found.high) == pytest.approx((low, high), abs=5e-5)


@given(tallies())
def test_an_interval_holds_its_rate_and_mirrors_what_was_missed(tally: Tally) -> None:
    one, other = wilson(tally), wilson(tally.missed)
    assert one is not None
    assert other is not None
    assert 0 <= one.low <= one.at <= one.high <= 1
    assert (one.low, one.high) == pytest.approx((1 - other.high, 1 - other.low))


@given(tallies(), tallies())
def test_a_difference_turns_round_with_its_periods(before: Tally, now: Tally) -> None:
    one, other = difference(before, now), difference(now, before)
    assert one is not None
    assert other is not None
    assert -1 <= one.low <= one.at <= one.high <= 1
    assert (one.low, one.high) == pytest.approx((-other.high, -other.low))
    opposite = {Change.BETTER: Change.WORSE, Change.WORSE: Change.BETTER}
    assert change(now, before) is opposite.get(change(before, now), change(before, now))


def test_little_says_nothing() -> None:
    assert wilson(Tally()) is None
    assert difference(Tally(), Tally(due=5, shown=1)) is None
    assert change(Tally(due=9, shown=0), Tally(due=900, shown=900)) is Change.TOO_FEW
    assert change(Tally(due=10, shown=5), Tally(due=10, shown=6)) is Change.NOT_TOLD
    assert change(Tally(due=30, shown=5), Tally(due=30, shown=25)) is Change.BETTER


def sign(term: Any) -> Sign[Any]:
    return Sign(term, 0.9, Evidence())


def heard(*turns: tuple[Speaker, Reading]) -> Sequence[Any]:
    return [SimpleNamespace(turn=SimpleNamespace(speaker=who), reading=reading) for who, reading in turns]


def test_what_a_turn_calls_for_is_due_in_the_answer_to_it() -> None:
    customer, agent, boss = Speaker.CUSTOMER, Speaker.AGENT, Speaker.SUPERVISOR
    upset = Reading(
        next_best=(Technique.EMPATHY, Technique.PARAPHRASE),
        triggers=(sign(Trigger.BROKEN_PROMISE),),
        abuse=sign(Abuse.INSULT),
    )
    found = count(
        heard(
            (agent, Reading(techniques=(sign(Technique.GREETING),))),
            (customer, Reading()),
            (customer, upset),
            (agent, Reading(techniques=(sign(Technique.EMPATHY),))),
            (boss, Reading(missteps=(sign(Misstep.VAGUE_COMMITMENT), sign(Misstep.JARGON)))),
            (customer, Reading(next_best=(Technique.SOLUTION,))),
        )
    )
    assert found.techniques == {
        Technique.EMPATHY: Tally(due=1, shown=1),
        Technique.PARAPHRASE: Tally(due=1, shown=0),
        Technique.APOLOGY: Tally(due=1, shown=0),
        Technique.BOUNDARY: Tally(due=1, shown=0),
        Technique.TIME_BOUND: Tally(due=1, shown=0),
    }
    assert found.missteps[Misstep.JARGON] == Tally(due=2, shown=1)
    assert found.missteps[Misstep.RUDE] == Tally(due=2, shown=0)


def said(*terms: Technique) -> tuple[Speaker, Reading]:
    return Speaker.AGENT, Reading(techniques=tuple(sign(term) for term in terms))


def calls(*terms: Technique) -> tuple[Speaker, Reading]:
    return Speaker.CUSTOMER, Reading(next_best=terms)


def test_an_occasion_is_taken_in_two_answers_and_not_due_again_at_once() -> None:
    empathy, own = Technique.EMPATHY, Technique.OWNERSHIP
    taken_late = count(heard(calls(empathy), said(own), calls(empathy), said(empathy)))
    assert taken_late.techniques == {empathy: Tally(due=1, shown=1)}
    both = count(heard(calls(empathy), said(empathy), calls(empathy), said(own), calls(empathy), said()))
    assert both.techniques == {empathy: Tally(due=1, shown=1)}
    missed = count(heard(*[each for _ in range(4) for each in (calls(empathy), said(own))]))
    assert missed.techniques == {empathy: Tally(due=2, shown=0)}
    cut_short = count(heard(calls(empathy), said(own)))
    assert cut_short.techniques == {empathy: Tally(due=1, shown=0)}
    rested = count(heard(*[each for _ in range(5) for each in (calls(empathy), said(empathy))]))
    assert rested.techniques == {empathy: Tally(due=2, shown=2)}


@given(
    st.lists(st.tuples(st.sets(st.sampled_from(Technique)), st.sets(st.sampled_from(Technique))), max_size=12)
)
def test_no_occasion_is_taken_that_was_not_there(talk: list[tuple[set[Technique], set[Technique]]]) -> None:
    turns = [each for called, shown in talk for each in (calls(*called), said(*shown))]
    found = count(heard(*turns))
    for technique, tally in found.techniques.items():
        assert 0 <= tally.shown <= tally.due <= len(talk)
        if technique is not Technique.TIME_BOUND:  # due wherever something is promised
            assert any(technique in called for called, _ in talk)


def counted(source: Source, day: date, name: str = "c", **tallies: Tally) -> Counted:
    techniques = {Technique(key): each for key, each in tallies.items() if key in set(Technique)}
    missteps = {Misstep(key): each for key, each in tallies.items() if key in set(Misstep)}
    return Counted(id=name, source=source, day=day, counts=Counts(techniques=techniques, missteps=missteps))


def test_weeks_begin_on_mondays_and_what_is_older_is_left_out() -> None:
    found = progress(
        [
            counted(Source.LIVE, TODAY, empathy=Tally(due=2, shown=1)),
            counted(Source.LIVE, TODAY - timedelta(days=3), empathy=Tally(due=1, shown=1)),
            counted(Source.LIVE, TODAY - timedelta(days=4), empathy=Tally(due=4, shown=0)),
            counted(Source.PRACTICE, TODAY - timedelta(weeks=20), apology=Tally(due=4, shown=0)),
        ],
        TODAY,
    )
    (empathy,) = found
    assert [week.tally.due for week in empathy.live.weeks] == [0] * 10 + [4, 3]
    assert empathy.live.weeks[-1].monday == date(2026, 11, 16)
    assert (empathy.live.total, empathy.practice.total) == (Tally(due=7, shown=2), Tally())


@given(st.lists(st.tuples(st.integers(0, 100), tallies()), max_size=12))
def test_nothing_in_the_window_is_lost_or_counted_twice(found: list[tuple[int, Tally]]) -> None:
    all_of_it = [counted(Source.LIVE, TODAY - timedelta(days=ago), empathy=each) for ago, each in found]
    inside = [each for ago, each in found if ago <= TODAY.weekday() + 7 * 11]
    told = progress(all_of_it, TODAY)
    assert (told[0].live.total if told else Tally()) == sum(inside, Tally())


def test_a_habit_is_suggested_against_and_what_may_be_chance_is_not() -> None:
    drills = shipped_drills().values()
    mine = [counted(Source.LIVE, TODAY, "m", premature_solution=Tally(due=20, shown=9))]
    others = [counted(Source.LIVE, TODAY, "o", premature_solution=Tally(due=200, shown=10))]
    (found,) = suggestions(mine, others, drills)
    assert found.term is Misstep.PREMATURE_SOLUTION
    assert Misstep.PREMATURE_SOLUTION in found.drill.against
    assert found.conversations == ("m",)
    assert "9 of 20" in found.why
    assert suggestions(others, mine, drills) == ()
    few = [counted(Source.LIVE, TODAY, empathy=Tally(due=LEAST - 1, shown=0))]
    assert suggestions(few, [], drills) == ()
    alone = [counted(Source.LIVE, TODAY, empathy=Tally(due=40, shown=2))]
    (missed,) = suggestions(alone, [], drills)
    assert (missed.term, missed.drill.technique) == (Technique.EMPATHY, Technique.EMPATHY)
    as_all_do = [counted(Source.LIVE, TODAY, empathy=Tally(due=100, shown=10))]
    assert suggestions(alone, as_all_do, drills) == ()
