"""Progress as charts and sentences: a small chart for each technique and source, its weeks side by side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from coolhead.codebook import Technique
from coolhead.practice.learning.progress import (
    ENOUGH,
    PERIOD,
    Change,
    Course,
    Interval,
    Progress,
    Source,
    Tally,
    difference,
    wilson,
)

WIDTH, HEIGHT = 252, 72
LEFT, TOP, BOTTOM = 4, 6, 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One source of one technique, as it is drawn and told.

    Attributes:
        rate: the share over the whole window with its interval, in words; empty without an occasion.
        change: what can be said of the first and the latest weeks.
        told: the same in a sentence, with the difference.
    """

    source: Source
    total: Tally
    chart: Markup
    rate: str
    change: Change
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One technique; `between` says how live differs from practice, empty where one of them has too few."""

    technique: Technique
    sides: tuple[Side, Side]
    between: str


def lines_of(techniques: Iterable[Progress]) -> list[Line]:
    """What the page draws, technique by technique."""
    return [
        Line(
            technique=each.technique,
            sides=(
                _side(each.technique, Source.PRACTICE, each.practice),
                _side(each.technique, Source.LIVE, each.live),
            ),
            between=_between(each.practice.total, each.live.total),
        )
        for each in techniques
    ]


def _side(technique: Technique, source: Source, course: Course) -> Side:
    over_all = wilson(course.total)
    return Side(
        source=source,
        total=course.total,
        chart=chart(course, f"{technique.words.capitalize()} {source.definition}"),
        rate=_share(over_all) if over_all else "",
        change=course.change,
        told=_told(course),
    )


def chart(course: Course, name: str) -> Markup:
    """A dot for each week that had an occasion, on the line of its 95 % interval; empty weeks stay empty."""
    step = (WIDTH - 2 * LEFT) / len(course.weeks)
    marks = Markup("")
    for number, week in enumerate(course.weeks):
        share = wilson(week.tally)
        if share is None:
            continue
        x = LEFT + (number + 0.5) * step
        taken = f"{week.tally.shown} of {week.tally.due}, {_share(share)}"
        title = f"Week of {week.monday.day} {week.monday:%b}: {taken}"
        marks += Markup(
            '<g><title>{}</title><path class="span" d="M{x:.1f} {:.1f}V{:.1f}"/>'
            '<circle cx="{x:.1f}" cy="{:.1f}" r="3.5"/></g>'
        ).format(title, _y(share.high), _y(share.low), _y(share.at), x=x)
    return Markup(
        '<svg class="weeks" viewBox="0 0 {w} {h}" width="{w}" height="{h}" role="img" aria-label="{told}">'
        '<path class="rule" d="M{left} {top}H{right}M{left} {mid}H{right}"/>'
        '<path class="base" d="M{left} {bottom}H{right}"/>{marks}</svg>'
    ).format(
        w=WIDTH, h=HEIGHT, left=LEFT, right=WIDTH - LEFT, top=TOP, mid=(TOP + BOTTOM) / 2, bottom=BOTTOM,
        told=f"{name}: {_heard(course)}", marks=marks,
    )  # fmt: skip


def _y(share: float) -> float:
    return BOTTOM - (BOTTOM - TOP) * share


def _heard(course: Course) -> str:
    """The chart for those who hear the page."""
    weeks = [
        f"week of {week.monday.day} {week.monday:%b} {week.tally.shown} of {week.tally.due}"
        for week in course.weeks
        if week.tally.due
    ]
    return ", ".join(weeks) or "no occasion yet"


def _share(share: Interval) -> str:
    return f"{share.at:.0%} ({share.low:.0%} to {share.high:.0%})".replace("%", " %")


def _told(course: Course) -> str:
    """The first weeks against the latest, in a sentence."""
    if course.change is Change.TOO_FEW:
        return (
            f"Too few to tell yet: it takes {ENOUGH} occasions in the first and in the latest {PERIOD} weeks."
        )
    between = difference(course.before, course.now)
    if between is None:
        return ""
    words = {
        Change.BETTER: "More often than before",
        Change.WORSE: "Less often than before",
        Change.NOT_TOLD: "No change to tell",
    }[course.change]
    return f"{words}: {_points(between)}, the latest {PERIOD} weeks against the first."


def _points(between: Interval) -> str:
    def signed(value: float) -> str:
        points = round(100 * value)
        return f"{points:+d}".replace("-", "−") if points else "0"

    return f"{signed(between.at)} points ({signed(between.low)} to {signed(between.high)})"


def _between(practice: Tally, live: Tally) -> str:
    """How live conversations differ from practice; empty where one of them has too few."""
    gap = difference(practice, live)
    if gap is None or min(practice.due, live.due) < ENOUGH:
        return ""
    if gap.high < 0:
        return f"It is there in practice, and less so live: {_points(gap)}."
    if gap.low > 0:
        return f"More often live than in practice: {_points(gap)}."
    return f"Live and practice do not differ to speak of: {_points(gap)}."
