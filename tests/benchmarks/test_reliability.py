"""Do probabilities mean what they say? On pairs that can be counted by hand."""

from __future__ import annotations

import pytest

from benchmarks.diagram import diagram
from benchmarks.reliability import curve, label_errors, likely_only, of_heat, of_labels


def test_heat_is_four_questions_a_turn() -> None:
    truth, said = of_heat([2], [(0.1, 0.2, 0.4, 0.2, 0.1)])
    assert truth == [True, True, False, False]
    assert said == pytest.approx([0.9, 0.7, 0.3, 0.1])


def test_every_label_of_every_turn_is_asked() -> None:
    scores = [{"angry": 0.8, "tired": 0.05}, {"greets": 0.3}]
    pairs = of_labels([{"angry"}, {"greets"}], scores)
    assert pairs == ([True, False, True], [0.8, 0.05, 0.3])
    assert likely_only(pairs) == ([True, True], [0.8, 0.3])


def test_each_label_counts_the_same_however_rare() -> None:
    gold = [{"often"}, {"often"}, {"rare"}]
    scores = [{"often": 1.0}, {"often": 1.0}, {"rare": 0.5}]
    assert label_errors(gold, scores) == pytest.approx((0 + 0.5) / 2)


def test_a_curve_has_a_point_for_each_tenth_that_was_said() -> None:
    points = curve(([True, False, True, True], [0.05, 0.04, 1.0, 0.91]))
    assert [point["n"] for point in points] == [2, 2]
    assert [point["said"] for point in points] == pytest.approx([0.045, 0.955])
    assert [point["true"] for point in points] == [0.5, 1.0]


def test_the_diagram_puts_a_point_where_it_was_said_and_how_often_it_is_true() -> None:
    picture = diagram({"heat": [{"n": 10, "said": 0.5, "true": 1.0}]})
    assert picture.count("<circle") == 1
    assert 'cx="144.0" cy="30.0" r="3.5"' in picture
