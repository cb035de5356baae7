"""The course of heat: from single-turn readings to a smoothed score, a level that holds still, and a trend.

The score is a scalar filter of the Kalman form, in levels (0–4; the score is 25 times that). With `z` the
expected level of the turn alone and `s` the course before it, `s' = s + g · (z − s)`, where the gain
`g = Q / (Q + R + v)` falls with the reading's own variance `v`: an unsure reading moves the course less.
It is made robust and quick in two ways:

* a rise that one turn alone shows counts for at most `LEAP` levels; when the turn before stood off the
  course on the same side, the move is confirmed, counts in full, and its gain is at least `CONFIRMED`;
* abuse aimed at a person is never an outlier: `z` is raised to angry, the gain to `ABUSED`, and the limit is
  lifted, each in proportion to the probability of the abuse.

The first turn sets the course as it is read. On constant input the score is constant.
"""

from __future__ import annotations

import math

from coolhead.codebook import Heat
from coolhead.perception.reading import HeatReading, Reading
from coolhead.picture.state import HeatPoint, Trend

LEVEL = 25.0
"""Score a level."""

Q = 4.0
R = 0.1
LEAP = 2.0
CONFIRMED = 0.95
ABUSED = 0.95
"""Chosen on the training conversations; docs/explanation/picture.md tells how."""

APART = 0.25
"""Levels by which a turn must stand off the course to confirm the one after it."""

HOLD = 4.0
"""How far past the border between two levels the score must go before the level follows."""

MOVED = 8.0
"""A score further than this from the mean of the two before it has risen or fallen."""


def next_point(
    course: tuple[HeatPoint, ...], reading: Reading, turn_id: str, number: int
) -> HeatPoint | None:
    """The point that a customer turn adds to the course; None when its heat was not read."""
    heat = reading.heat
    if heat is None:
        return None
    level = _filtered(course, heat, _personal_abuse(reading))
    score = min(max(level * LEVEL, 0.0), 100.0)
    return HeatPoint(turn_id=turn_id, number=number, level=heat.level, score=score)


def felt(point: HeatPoint) -> Heat:
    """The level that a turn shows: its own, unless the course bears out less."""
    return min(point.level, tuple(Heat)[math.ceil(point.score / LEVEL)])


def next_level(before: Heat, course: tuple[HeatPoint, ...]) -> Heat:
    """The conversation's level: it follows the score only once that is `HOLD` past a border."""
    score = course[-1].score
    nearest = tuple(Heat)[int(score / LEVEL + 0.5)]
    if len(course) == 1 or abs(score - before * LEVEL) > LEVEL / 2 + HOLD:
        return nearest
    return before


def trend(course: tuple[HeatPoint, ...]) -> Trend:
    """Where the last score lies against the mean of the two before it."""
    before = course[-3:-1]
    if not before:
        return Trend.STEADY
    moved = course[-1].score - sum(point.score for point in before) / len(before)
    if abs(moved) <= MOVED:
        return Trend.STEADY
    return Trend.RISING if moved > 0 else Trend.FALLING


def _filtered(course: tuple[HeatPoint, ...], heat: HeatReading, abuse: float) -> float:
    """The course after one more turn, in levels."""
    read = heat.expected + abuse * max(Heat.ANGRY - heat.expected, 0.0)
    if not course:
        return read
    now = course[-1].score / LEVEL
    off = read - now
    gain = Q / (Q + R + _variance(heat))
    if off * _stood_off(course) > 0:
        gain = max(gain, CONFIRMED)
    elif off > LEAP:
        off = LEAP + abuse * (off - LEAP)
    if off > 0:
        gain += abuse * max(ABUSED - gain, 0.0)
    return now + gain * off


def _variance(heat: HeatReading) -> float:
    """How unsure the reading is, in levels²."""
    return sum(chance * (level - heat.expected) ** 2 for level, chance in enumerate(heat.probabilities))


def _stood_off(course: tuple[HeatPoint, ...]) -> float:
    """How far the last turn alone stands off the course that it moved, in levels; 0 when close."""
    off = course[-1].level - course[-1].score / LEVEL
    return off if abs(off) > APART else 0.0


def _personal_abuse(reading: Reading) -> float:
    """Probability (0–1) that the turn aims abuse at a person."""
    return reading.abuse.score if reading.abuse and reading.abuse.term.is_personal else 0.0
