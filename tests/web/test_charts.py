"""The curve: soft, within its points, told in words as well."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coolhead.codebook import Heat
from coolhead.web.charts import Point, curve, glyph, level_of, smooth_path, told

SCORES = st.lists(st.floats(0, 100), min_size=1, max_size=40)
NUMBER = r"-?\d+\.\d"


def cubics(path: str) -> list[tuple[Point, ...]]:
    """The pieces of a path: where each begins, its two handles, where it ends."""
    numbers = [float(found) for found in re.findall(NUMBER, path)]
    points = [Point(x, y) for x, y in zip(numbers[::2], numbers[1::2], strict=True)]
    return [tuple(points[at : at + 4]) for at in range(0, len(points) - 1, 3)]


@given(SCORES)
def test_the_line_never_leaves_the_space_between_two_points(scores: list[float]) -> None:
    points = [Point(20.0 * number, score) for number, score in enumerate(scores)]
    for start, first, second, end in cubics(smooth_path(points)):
        low, high = sorted((start.y, end.y))
        assert low - 0.11 <= first.y <= high + 0.11
        assert low - 0.11 <= second.y <= high + 0.11


@given(SCORES)
def test_the_line_goes_through_every_point(scores: list[float]) -> None:
    points = [Point(20.0 * number, score) for number, score in enumerate(scores)]
    ends = [piece[3] for piece in cubics(smooth_path(points))]
    assert [(end.x, end.y) for end in ends] == [
        (pytest.approx(point.x, abs=0.06), pytest.approx(point.y, abs=0.06)) for point in points[1:]
    ]


@pytest.mark.parametrize(
    ("score", "level"), [(0, 0), (12.4, 0), (12.6, 1), (50, 2), (80, 3), (88, 4), (100, 4)]
)
def test_scores_read_as_the_nearest_level(score: float, level: int) -> None:
    assert level_of(score) is Heat(level)


@pytest.mark.parametrize("level", Heat)
def test_a_glyph_fills_as_many_bars_as_the_level(level: Heat) -> None:
    assert glyph(level).count('class="on"') == level


def test_a_curve_is_labelled_directly_and_told_in_words() -> None:
    drawn = curve([10, 80, 55], Heat.FRUSTRATED, "ramp")
    assert ">frustrated</text>" in drawn
    assert 'aria-label="Heat went from calm to frustrated, at its highest angry"' in drawn


def test_nothing_is_drawn_before_the_customer_has_spoken() -> None:
    assert curve([], Heat.CALM, "ramp") == ""


def test_no_style_is_inline() -> None:
    assert "style" not in curve([10, 80], Heat.ANGRY, "ramp") + glyph(Heat.ANGRY)


def test_a_single_turn_is_told_alone() -> None:
    assert told([76]) == "Heat: angry"
