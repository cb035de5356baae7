"""Charts as SVG, drawn on the server. Geometry is in attributes and colour in classes: no style is inline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup, escape

from coolhead.codebook import Heat

CURVE_SHOWN = 16
GLYPH_BARS = ((0, 10, 5), (5, 7, 8), (10, 4, 11), (15, 0, 15))


def level_of(score: float) -> Heat:
    """The level nearest to a smoothed heat score (0–100; 25 a level)."""
    return Heat(min(4, max(0, round(score / 25))))


def glyph(level: Heat) -> Markup:
    """Four rising bars, as many of them filled as the level is above calm."""
    bars = Markup("").join(
        Markup('<rect x="{}" y="{}" width="4" height="{}" rx="1"{}/>').format(
            x, y, height, Markup(' class="on"') if number < level else ""
        )
        for number, (x, y, height) in enumerate(GLYPH_BARS)
    )
    return Markup('<svg class="glyph h{}" viewBox="0 0 19 15" aria-hidden="true">{}</svg>').format(
        int(level), bars
    )


@dataclass(frozen=True, slots=True)
class Point:
    """A place in a drawing, in pixels from the top left."""

    x: float
    y: float


def smooth_path(points: Sequence[Point]) -> str:
    """A line through the points that bends softly and never overshoots them (monotone cubic).

    The slopes are those of Fritsch and Carlson, "Monotone Piecewise Cubic Interpolation" (1980), in the
    harmonic-mean form of Fritsch and Butland (1984).
    """
    if not points:
        return ""
    path = f"M{points[0].x:.1f} {points[0].y:.1f}"
    slopes = _slopes(points)
    for left, right, m_left, m_right in zip(points, points[1:], slopes, slopes[1:], strict=False):
        third = (right.x - left.x) / 3
        path += (
            f"C{left.x + third:.1f} {left.y + third * m_left:.1f}"
            f" {right.x - third:.1f} {right.y - third * m_right:.1f} {right.x:.1f} {right.y:.1f}"
        )
    return path


def _slopes(points: Sequence[Point]) -> list[float]:
    secants = [(b.y - a.y) / (b.x - a.x) for a, b in pairwise(points)]
    if not secants:
        return [0.0]
    inner = [0.0 if p * q <= 0 else 2 * p * q / (p + q) for p, q in pairwise(secants)]
    return [secants[0], *inner, secants[-1]]


def curve(
    scores: Sequence[float], level: Heat, name: str, *, width: int = 180, height: int = 40, word: bool = True
) -> Markup:
    """The small heat curve: the last scores (0–100), the level's word at its end instead of a legend.

    `level` is the conversation's now, which does not flicker between two as scores may.
    `name` is unique on the page: the colour ramp of the line is found by it.
    """
    if not scores:
        return Markup("")
    shown = scores[-CURVE_SHOWN:]
    room = width - (84 if word else 8)
    step = min(40.0, room / max(1, len(shown) - 1))
    points = [Point(4 + n * step, _y(score, height)) for n, score in enumerate(shown)]
    end = points[-1]
    label = (
        Markup('<text x="{:.1f}" y="{:.1f}">{}</text>').format(end.x + 10, end.y + 4, level.words)
        if word
        else ""
    )
    return Markup(
        '<svg class="curve" width="{w}" height="{h}" viewBox="0 0 {w} {h}" role="img" aria-label="{told}">'
        '{ramp}<path class="base" d="M4 {floor}H{end}"/><path d="{path}" stroke="url(#{name})"/>'
        '<circle class="h{level}" cx="{x:.1f}" cy="{y:.1f}" r="5"/>{label}</svg>'
    ).format(
        w=width, h=height, told=told(scores), ramp=ramp(name, height), floor=height - 4, end=4 + room,
        path=smooth_path(points), name=name, level=int(level), x=end.x, y=end.y, label=label,
    )  # fmt: skip


def _y(score: float, height: float) -> float:
    return height - 4 - (height - 10) * score / 100


def ramp(name: str, height: float) -> Markup:
    """The gradient that colours a curve by how high it runs, calm at the bottom, furious at the top."""
    stops = Markup("").join(
        Markup('<stop class="stop{}" offset="{}%"/>').format(int(level), 25 * level) for level in Heat
    )
    return Markup(
        '<linearGradient id="{}" gradientUnits="userSpaceOnUse" x1="0" x2="0" y1="{:.1f}" y2="{:.1f}">'
        "{}</linearGradient>"
    ).format(name, _y(0, height), _y(100, height), stops)


def told(scores: Sequence[float]) -> str:
    """The course in one sentence, for those who hear the page."""
    levels = [level_of(score) for score in scores] or [Heat.CALM]
    if len(levels) == 1:
        return f"Heat: {levels[0].words}"
    highest = max(levels)
    rose = f", at its highest {highest.words}" if highest > max(levels[0], levels[-1]) else ""
    return str(escape(f"Heat went from {levels[0].words} to {levels[-1].words}{rose}"))
