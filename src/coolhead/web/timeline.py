"""The timeline of a replay: one drawing in which turns, heat, techniques, missteps and advice line up.

Rows are named in HTML beside the drawing, so that names stay put while the drawing scrolls; both take
their heights from `TALL` and `LANE`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

from coolhead.codebook import Misstep, Technique
from coolhead.picture.state import Alert, HeatPoint, Picture
from coolhead.storage.moments import KeptMoment
from coolhead.web.charts import Point, level_of, ramp, smooth_path

TALL, LANE = 132, 24
TOP, BASE = 22, 118
ROOM, NARROWEST, WIDEST = 640, 28, 64

Kind = Literal["turns", "alerts", "advice", "technique", "misstep"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """One row below the curve; `at` are the numbers of the turns that show it."""

    kind: Kind
    name: str
    at: frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """A conversation laid out; `column` is the width of a turn in pixels."""

    moments: Sequence[KeptMoment]
    course: Sequence[HeatPoint]
    lanes: Sequence[Lane]
    followed: frozenset[int]
    column: float

    @property
    def width(self) -> float:
        """Of the drawing, in pixels."""
        return self.column * max(1, len(self.moments))

    @property
    def height(self) -> int:
        """Of the drawing, in pixels."""
        return TALL + LANE * len(self.lanes) + 8

    def x(self, number: int) -> float:
        """The middle of a turn's column."""
        return self.column * (number + 0.5)


def lay_out(moments: Sequence[KeptMoment], picture: Picture) -> Timeline:
    """The timeline of a conversation; only techniques and missteps that were shown get a row."""
    number_of = {moment.turn.id: number for number, moment in enumerate(moments)}
    lanes = [
        Lane(kind="turns", name="Who speaks", at=frozenset(range(len(moments)))),
        *_flags(picture.alerts, number_of),
        Lane(kind="advice", name="Advice", at=frozenset(n for n, each in enumerate(moments) if each.card)),
        *_shown(moments, "technique", Technique),
        *_shown(moments, "misstep", Misstep),
    ]
    followed = frozenset(
        number_of[card.turn_id] for card in picture.cards if card.followed_by and card.turn_id in number_of
    )
    column = min(WIDEST, max(NARROWEST, ROOM / max(1, len(moments))))
    course = [point for point in picture.course if point.turn_id in number_of]
    return Timeline(moments=moments, course=course, lanes=lanes, followed=followed, column=column)


def _flags(alerts: Iterable[Alert], number_of: dict[str, int]) -> list[Lane]:
    at = frozenset(number_of[alert.turn_id] for alert in alerts if alert.turn_id in number_of)
    return [Lane(kind="alerts", name="Alerts", at=at)] if at else []


def _shown(
    moments: Sequence[KeptMoment],
    kind: Literal["technique", "misstep"],
    terms: type[Technique] | type[Misstep],
) -> list[Lane]:
    lanes = []
    for term in terms:
        at = frozenset(
            number
            for number, moment in enumerate(moments)
            if any(sign.term is term for sign in moment.reading.signs)
        )
        if at:
            lanes.append(Lane(kind=kind, name=term.words, at=at))
    return lanes


def draw_timeline(timeline: Timeline) -> Markup:
    """The drawing. Its marks are decoration for the ear: the transcript below says the same in words."""
    parts = [
        _levels(timeline), _course(timeline), *_rows(timeline), _hits(timeline),
        _here(timeline),
    ]  # fmt: skip
    return Markup(
        '<svg width="{0:.0f}" height="{1}" viewBox="0 0 {0:.0f} {1}" aria-hidden="true">{2}{3}</svg>'
    ).format(timeline.width, timeline.height, _ramp(), Markup("").join(parts))


def _here(timeline: Timeline) -> Markup:
    """The frame around the turn that is looked at; the page moves it."""
    return Markup(
        '<rect class="here" id="here" x="1" y="1" width="{:.1f}" height="{}" rx="6" data-column="{:.2f}"/>'
    ).format(timeline.column - 2, timeline.height - 4, timeline.column)


def _ramp() -> Markup:
    return ramp("ramp-timeline", BASE + 4)


def _y(score: float) -> float:
    return BASE - (BASE - TOP) * score / 100


def _levels(timeline: Timeline) -> Markup:
    return Markup("").join(
        Markup('<path class="grid" d="M0 {0:.1f}H{1:.0f}"/>').format(_y(25 * level), timeline.width)
        for level in range(5)
    )


def _course(timeline: Timeline) -> Markup:
    points = [Point(timeline.x(point.number), _y(point.score)) for point in timeline.course]
    dots = Markup("").join(
        Markup('<circle class="point h{}" cx="{:.1f}" cy="{:.1f}" r="5"><title>{}</title></circle>').format(
            int(level_of(point.score)), place.x, place.y, level_of(point.score).words
        )
        for point, place in zip(timeline.course, points, strict=True)
    )
    return Markup('<path class="line" d="{}" stroke="url(#ramp-timeline)"/>{}').format(
        smooth_path(points), dots
    )


def _rows(timeline: Timeline) -> list[Markup]:
    rows = []
    for row, lane in enumerate(timeline.lanes):
        middle = TALL + LANE * row + LANE / 2
        if row and lane.kind != timeline.lanes[row - 1].kind:
            line = Markup('<path class="sep" d="M0 {}H{:.0f}"/>').format(middle - LANE / 2, timeline.width)
            rows.append(line)
        rows += [_symbol(timeline, lane, number, middle) for number in sorted(lane.at)]
    return rows


def _symbol(timeline: Timeline, lane: Lane, number: int, y: float) -> Markup:
    x = timeline.x(number)
    if lane.kind == "turns":
        return _speaker(timeline.moments[number], x, y)
    if lane.kind == "technique":
        return Markup('<circle class="did" cx="{:.1f}" cy="{}" r="5"/>').format(x, y)
    if lane.kind == "misstep":
        return Markup('<path class="slip" d="M{:.1f} {}l5 9h-10z" stroke-linejoin="round"/>').format(x, y - 5)
    if lane.kind == "alerts":
        return Markup('<path class="flag" d="M{:.1f} {}v14h1.6v-5h7l-2-4.5 2-4.5z"/>').format(x - 4, y - 7)
    followed = " followed" if number in timeline.followed else ""
    return Markup('<rect class="advice{}" x="{:.1f}" y="{}" width="11" height="11" rx="3"/>').format(
        followed, x - 5.5, y - 5.5
    )


def _speaker(moment: KeptMoment, x: float, y: float) -> Markup:
    heat = moment.reading.heat
    if heat is not None:
        return Markup('<rect class="who-c h{}" x="{:.1f}" y="{}" width="14" height="14" rx="3"/>').format(
            int(heat.level), x - 7, y - 7
        )
    return Markup('<rect class="who-a" x="{:.1f}" y="{}" width="14" height="14" rx="7"/>').format(
        x - 7, y - 7
    )


def _hits(timeline: Timeline) -> Markup:
    return Markup("").join(
        Markup('<rect class="hit" x="{:.1f}" y="0" width="{:.1f}" height="{}" data-go="{}"/>').format(
            timeline.column * number, timeline.column, timeline.height, number
        )
        for number in range(len(timeline.moments))
    )
