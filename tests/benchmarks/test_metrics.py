"""The measures, on lists short enough to count by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from benchmarks.metrics import (
    area_under_curve,
    binary_f1,
    bootstrap_interval,
    calibration_error,
    f1,
    false_positive_rate,
    label_f1s,
    micro_f1,
    precision_recall,
    quadratic_kappa,
)

GOLD = [{"a", "b"}, {"a"}, set()]
FOUND = [{"a"}, {"b"}, {"c"}]


def test_kappa_is_one_on_agreement_and_none_on_a_constant_answer() -> None:
    assert quadratic_kappa([0, 1, 2, 4], [0, 1, 2, 4]) == 1
    assert quadratic_kappa([0, 4, 0, 4], [2, 2, 2, 2]) == 0


def test_kappa_weighs_a_miss_by_the_square_of_its_distance() -> None:
    assert quadratic_kappa([0, 1], [1, 0], levels=2) == -1
    assert quadratic_kappa([0, 4, 0, 4], [1, 4, 0, 4]) == pytest.approx(1 - 1 / 29)
    assert quadratic_kappa([0, 4, 0, 4], [4, 4, 0, 4]) == pytest.approx(1 - 16 / 32)


def test_f1_counts_hits_misses_and_false_ones() -> None:
    assert f1(hits=2, misses=1, false=1) == pytest.approx(4 / 6)
    assert f1(hits=0, misses=3, false=0) == 0
    assert binary_f1([True, True, False], [True, False, True]) == pytest.approx(0.5)


def test_labels_are_counted_by_label_and_together() -> None:
    assert label_f1s(GOLD, FOUND, ["a", "b", "c"]) == {"a": pytest.approx(2 / 3), "b": 0, "c": 0}
    assert micro_f1(GOLD, FOUND) == pytest.approx(2 / 6)
    assert precision_recall(GOLD, FOUND) == (pytest.approx(1 / 3), pytest.approx(1 / 3))
    assert precision_recall([{"a"}], [set()]) == (0, 0)


def test_area_counts_pairs_and_halves_ties() -> None:
    assert area_under_curve([True, False, True, False], [0.9, 0.1, 0.5, 0.5]) == pytest.approx(3.5 / 4)
    assert math.isnan(area_under_curve([True], [0.5]))


def test_false_positives_are_counted_where_the_recall_is_reached() -> None:
    gold = [True, True, True, False, False, False, False]
    scores = [0.9, 0.6, 0.2, 0.7, 0.5, 0.3, 0.1]
    assert false_positive_rate(gold, scores, recall=0.6) == 1 / 4
    assert false_positive_rate(gold, scores, recall=1.0) == 3 / 4


def test_calibration_error_weighs_each_bin_by_its_count() -> None:
    truth = [True, False, True, True]
    said = [0.15, 0.15, 0.95, 0.95]
    assert calibration_error(truth, said) == pytest.approx(0.5 * 0.35 + 0.5 * 0.05)


def test_an_interval_holds_the_mean_and_is_the_same_each_time() -> None:
    values = np.arange(50.0)
    low, high = bootstrap_interval(50, lambda drawn: float(values[drawn].mean()))
    assert low < values.mean() < high
    assert (low, high) == bootstrap_interval(50, lambda drawn: float(values[drawn].mean()))
