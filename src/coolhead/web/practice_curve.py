"""The heat curves of practice as SVG, drawn on the server: one course with its bends, or two courses."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

from markupsafe import Markup

from coolhead.codebook import Heat
from coolhead.practice.debrief import CurvePoint
from coolhead.practice.run import Round
from coolhead.web.charts import Point, level_of, ramp, smooth_path

TALL, TOP, BASE = 208, 20, 176
LEFT, RIGHT = 72, 24
NARROWEST, WIDEST = 26, 96


class Room(IntEnum):
    """Pixels that a curve's turns share; a page draws both, and its style shows the one that fits."""

    WIDE = 500
    NARROW = 210


def heat_curve(points: Sequence[CurvePoint], room: Room) -> Markup:
    """What the customer felt turn by turn; bends carry the number of the agent's turn that made them."""
    column = _column(len(points), room)
    felt = [Point(_x(each.number, column), _y(each.inner)) for each in points]
    parts = [
        _grid(len(points), column),
        Markup('<path class="felt" d="{}" stroke="url(#{})"/>').format(smooth_path(felt), _name(room)),
        *(_dot(each, place) for each, place in zip(points, felt, strict=True)),
    ]
    return _drawn(len(points), room, parts, _told([each.inner for each in points]))


def two_curves(first: Sequence[Round], second: Sequence[Round], room: Room) -> Markup:
    """Both courses over each other; the first is dashed, the end of each says which it is."""
    count = max(len(first), len(second))
    column = _column(count, room)
    parts = [_grid(count, column)]
    for name, rounds in (("first", first), ("second", second)):
        places = [Point(_x(each.number, column), _y(each.state.heat)) for each in rounds]
        end = places[-1]
        level = int(level_of(25 * rounds[-1].state.heat))
        parts.append(
            Markup(
                '<path class="felt {0}" d="{1}" stroke="url(#{5})"/>'
                '<circle class="h{2}" cx="{3:.1f}" cy="{4:.1f}" r="5"/>'
            ).format(name, smooth_path(places), level, end.x, end.y, _name(room))
        )
    parts += _ends(first, second, column)
    told = f"First course: {_told([each.state.heat for each in first])}. "
    told += f"Second course: {_told([each.state.heat for each in second])}"
    return _drawn(count, room, parts, told)


def _ends(first: Sequence[Round], second: Sequence[Round], column: float) -> list[Markup]:
    """The names of the courses above their ends; apart where they end at one place."""
    places = [Point(_x(each[-1].number, column), _y(each[-1].state.heat)) for each in (first, second)]
    lower = max(places, key=lambda place: place.y)
    labels = []
    for name, place in zip(("first", "second"), places, strict=True):
        below = place is lower
        labels.append(
            Markup('<text class="end" x="{:.1f}" y="{:.1f}" text-anchor="end">{}</text>').format(
                place.x + 8, place.y + (20 if below else -10), name
            )
        )
    return labels


def _column(count: int, room: Room) -> float:
    return min(WIDEST, max(NARROWEST, room / max(1, count - 1)))


def _name(room: Room) -> str:
    """Of the gradient, unique on the page."""
    return f"ramp-{room.name.lower()}"


def _x(number: int, column: float) -> float:
    return LEFT + column * number


def _y(heat: float) -> float:
    return BASE - (BASE - TOP) * heat / 4


def _grid(count: int, column: float) -> Markup:
    """A line for each level with its word, and the numbers of the turns below."""
    end = _x(count - 1, column) + RIGHT / 2
    lines = Markup("").join(
        Markup(
            '<path class="grid" d="M{0} {1:.1f}H{2:.1f}"/><text class="axis" x="0" y="{3:.1f}">{4}</text>'
        ).format(LEFT - 8, _y(level), end, _y(level) + 4, level.words)
        for level in Heat
    )
    numbers = Markup("").join(
        Markup('<text class="axis" x="{:.1f}" y="{}" text-anchor="middle">{}</text>').format(
            _x(number, column), TALL - 6, number or "start"
        )
        for number in range(count)
    )
    return lines + numbers


def _dot(point: CurvePoint, place: Point) -> Markup:
    level = int(level_of(25 * point.inner))
    if not point.because:
        return Markup('<circle class="h{}" cx="{:.1f}" cy="{:.1f}" r="4"/>').format(level, place.x, place.y)
    return Markup(
        '<circle class="bend h{0}" cx="{1:.1f}" cy="{2:.1f}" r="11"/>'
        '<text class="bend" x="{1:.1f}" y="{3:.1f}" text-anchor="middle">{4}</text>'
    ).format(level, place.x, place.y, place.y + 4, point.number)


def _drawn(count: int, room: Room, parts: Sequence[Markup], told: str) -> Markup:
    width = _x(count - 1, _column(count, room)) + RIGHT
    return Markup(
        '<svg class="heat-curve {5}" width="{0:.0f}" height="{1}" viewBox="0 0 {0:.0f} {1}" role="img"'
        ' aria-label="{2}">{3}{4}</svg>'
    ).format(width, TALL, told, ramp(_name(room), BASE + 4), Markup("").join(parts), room.name.lower())


def _told(heats: Sequence[float]) -> str:
    """The course in one sentence, for those who hear the page."""
    levels = [level_of(25 * each) for each in heats]
    highest = max(levels)
    rose = f", at its highest {highest.words}" if highest > max(levels[0], levels[-1]) else ""
    return f"from {levels[0].words} to {levels[-1].words}{rose}"
