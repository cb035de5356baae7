"""An analysis as people read it in a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console
from rich.text import Text

from coolhead.analysis import Analysis, TurningPoint
from coolhead.codebook import Heat
from coolhead.engine import Moment
from coolhead.picture.state import Promised, ShownCard

BARS = "▁▂▃▄▅▆▇█"
STYLES = {
    Heat.CALM: "cyan",
    Heat.TENSE: "green",
    Heat.FRUSTRATED: "yellow",
    Heat.ANGRY: "dark_orange",
    Heat.FURIOUS: "red",
}
QUOTE_WIDTH = 88


def print_report(console: Console, analysis: Analysis) -> None:
    """Prints one conversation: curve, bends, alerts, promises, note, and the advice it would have got."""
    console.print(_title(analysis))
    if analysis.picture.course:
        console.print(_curve(analysis))
    for heading, lines in (
        ("Where it turned", _turning_points(analysis)),
        ("A supervisor would have been called", _alerts(analysis)),
        ("Promised", [_promise(promised) for promised in analysis.picture.promises]),
        ("Note", [Text(sentence.text) for sentence in analysis.note.sentences]),
        ("Advice the agent would have seen", _advice(analysis)),
    ):
        _print_section(console, heading, list(lines))
    console.print()


def _print_section(console: Console, heading: str, lines: list[Text]) -> None:
    if not lines:
        return
    console.print(f"\n  [bold]{heading}[/bold]")
    for line in lines:
        console.print(Text("  ") + line)


def _title(analysis: Analysis) -> Text:
    result, conversation = analysis.outcome, analysis.conversation
    title = Text(conversation.id, style="bold")
    parts = [conversation.channel.words, result.issue.words, result.issue_text]
    title.append("  " + " · ".join(part for part in parts if part), style="dim")
    return title


def _curve(analysis: Analysis) -> Text:
    course = analysis.picture.course
    line = Text("  heat ")
    for point in course:
        level = Heat(min(4, round(point.score / 25)))
        line.append(BARS[min(7, int(point.score / 12.5))], style=STYLES[level])
    peak = max(course, key=lambda point: point.score)
    peak_level, end_level = Heat(min(4, round(peak.score / 25))), analysis.picture.level
    line.append(f"  peak {peak_level.words} at turn {peak.number + 1}, ends {end_level.words}", style="dim")
    return line


def _turning_points(analysis: Analysis) -> Iterator[Text]:
    for bend in analysis.turning_points:
        yield _bend(analysis.moments, bend)


def _bend(moments: tuple[Moment, ...], bend: TurningPoint) -> Text:
    arrow, style = ("↑", "dark_orange") if bend.direction == "rose" else ("↓", "cyan")
    line = Text(f"{arrow} turn {bend.number + 1}  ", style=style)
    line.append(_quote(moments[bend.number].turn.text))
    if bend.after is not None:
        reply = moments[bend.after]
        line.append("\n      just before, the agent: " + _quote(reply.turn.text), style="dim")
        shown = [sign.term.words for sign in (*reply.reading.techniques, *reply.reading.missteps)]
        line.append(f" ({', '.join(shown)})" if shown else "", style="dim italic")
    return line


def _alerts(analysis: Analysis) -> Iterator[Text]:
    numbers = _numbers(analysis)
    for alert in analysis.picture.alerts:
        yield Text(f"turn {numbers[alert.turn_id] + 1}  {alert.kind.words}: {alert.reason}")


def _promise(promised: Promised) -> Text:
    promise = promised.promise
    line = Text(f"{promise.what} ({promise.who.words}")
    if promise.due:
        line.append(f", by {promise.due:%a %d %b %Y %H:%M}")
    elif promise.when:
        line.append(f", “{promise.when}”")
    else:
        line.append(", no date", style="yellow")
    return line + Text(")")


def _advice(analysis: Analysis) -> Iterator[Text]:
    followed = {(card.card_id, card.turn_id): card for card in analysis.picture.cards}
    for number, moment in enumerate(analysis.moments):
        if moment.card:
            line = Text(f"after turn {number + 1}  ")
            line.append(moment.card.title, style="bold").append(f"  “{moment.card.say}”")
            line.append(_outcome(followed.get((moment.card.id, moment.turn.id))), style="dim")
            yield line


def _outcome(card: ShownCard | None) -> str:
    return "  (the agent did)" if card and card.followed_by else ""


def _numbers(analysis: Analysis) -> dict[str, int]:
    return {moment.turn.id: number for number, moment in enumerate(analysis.moments)}


def _quote(text: str) -> str:
    return f"“{text if len(text) <= QUOTE_WIDTH else text[: QUOTE_WIDTH - 1].rstrip() + '…'}”"
