"""The reliability diagram as SVG: what was said with a probability, against how often it is true."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

SIDE, LEFT, TOP, GAP = 200, 44, 30, 34
TITLES = {"heat": "heat", "labels": "labels", "forecast": "forecast of a rise"}
SMALLEST, LARGEST = 2.5, 9.0


def diagram(curves: Mapping[str, Sequence[Mapping[str, Any]]]) -> str:
    """One panel a curve, side by side; points are as large as the logarithm of what they stand for."""
    width = LEFT + len(curves) * (SIDE + GAP)
    panels = [
        _panel(TITLES.get(name, name), points, LEFT + place * (SIDE + GAP))
        for place, (name, points) in enumerate(curves.items())
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {TOP + SIDE + 44}" width="{width}" '
        'role="img" font-family="system-ui, sans-serif" font-size="12">\n'
        "<title>Reliability: probability said, against share that is true</title>\n"
        f'<rect width="100%" height="100%" fill="#ffffff"/>\n{"".join(panels)}</svg>\n'
    )


def _panel(title: str, points: Sequence[Mapping[str, Any]], left: float) -> str:
    bottom = TOP + SIDE
    ticks = "".join(
        f'<text x="{left + share * SIDE:.0f}" y="{bottom + 16}" text-anchor="middle">{share:g}</text>'
        f'<text x="{left - 6:.0f}" y="{bottom - share * SIDE + 4:.0f}" text-anchor="end">{share:g}</text>'
        for share in (0, 0.5, 1)
    )
    dots = "".join(
        f'<circle cx="{left + point["said"] * SIDE:.1f}" cy="{bottom - point["true"] * SIDE:.1f}" '
        f'r="{_radius(point["n"]):.1f}" fill="#0b6e6e" fill-opacity="0.75"/>'
        for point in points
    )
    return (
        f'<text x="{left}" y="{TOP - 10}" font-weight="600">{title}</text>'
        f'<rect x="{left}" y="{TOP}" width="{SIDE}" height="{SIDE}" fill="none" stroke="#888888"/>'
        f'<line x1="{left}" y1="{bottom}" x2="{left + SIDE}" y2="{TOP}" stroke="#888888" '
        'stroke-dasharray="4 4"/>'
        f"{ticks}{dots}"
        f'<text x="{left + SIDE / 2:.0f}" y="{bottom + 34}" text-anchor="middle">said</text>\n'
    )


def _radius(count: int) -> float:
    return min(LARGEST, SMALLEST + math.log10(max(count, 1)))
