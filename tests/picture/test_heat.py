"""The course of heat: what one turn can and cannot do to it."""

from __future__ import annotations

import pytest

from coolhead.codebook import Abuse, Heat
from coolhead.picture.state import Trend
from tests.picture.lines import Heard, Line, customer, hear


def heats(*levels: int, sure: float = 0.95) -> list[Heard]:
    return hear(*(customer("something said", level, sure=sure) for level in levels))


def test_the_first_turn_is_taken_as_it_is_read() -> None:
    assert heats(3)[-1].picture.heat == pytest.approx(75, abs=2.5)


def test_one_hot_turn_among_calm_ones_moves_the_score_only_partly() -> None:
    assert 20 < heats(0, 0, 0, 4)[-1].picture.heat < 50


def test_a_second_hot_turn_confirms_the_first() -> None:
    pictures = heats(0, 0, 0, 4, 4)
    assert pictures[-1].picture.heat > 85
    assert pictures[-1].picture.level is Heat.FURIOUS


def test_abuse_of_a_person_is_no_outlier() -> None:
    insult = customer("you useless idiot", 3, abuse=Abuse.INSULT)
    swearing = customer("what a load of crap", 3, abuse=Abuse.PROFANITY)
    calm = [customer("hello there", 0)] * 3
    assert hear(*calm, insult)[-1].picture.heat > 65
    assert hear(*calm, swearing)[-1].picture.heat < 50


def test_abuse_counts_as_much_as_the_reading_is_sure_of_it() -> None:
    def after(sure: float) -> float:
        line: Line = customer("you useless idiot", 3, abuse=Abuse.INSULT, abuse_sure=sure)
        return hear(customer("hello there", 0), line)[-1].picture.heat

    assert after(0.3) < after(0.6) < after(0.9)


def test_the_score_eases_down_as_the_customer_calms() -> None:
    scores = [each.picture.heat for each in heats(4, 3, 2, 1, 0)]
    assert scores == sorted(scores, reverse=True)
    assert scores[-1] < 15


def test_an_unsure_reading_moves_the_score_less() -> None:
    assert heats(1, 3, sure=0.5)[-1].picture.heat < heats(1, 3, sure=0.95)[-1].picture.heat


def test_the_level_holds_near_a_border() -> None:
    levels = {int(each.picture.level) for each in heats(2, 2, 3, 2, 3, 2, 3, 2, sure=0.4)[1:]}
    assert levels == {2}


def test_trend_tells_where_heat_goes() -> None:
    assert heats(0, 0)[-1].picture.trend is Trend.STEADY
    assert heats(1, 2)[-1].picture.trend is Trend.RISING
    assert heats(3, 1)[-1].picture.trend is Trend.FALLING
    assert heats(2)[-1].picture.trend is Trend.STEADY


def test_the_course_keeps_what_each_turn_alone_said() -> None:
    course = heats(0, 0, 4)[-1].picture.course
    assert [point.level for point in course] == [Heat.CALM, Heat.CALM, Heat.FURIOUS]
    assert [point.number for point in course] == [0, 1, 2]
