"""Marks: cuts a turn's words where something shows, so that each mark can say what it shows and why."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from coolhead.codebook import Heat, Misstep, Technique, Term
from coolhead.conversation.turn import Turn
from coolhead.perception.reading import Promise, Reading, Sign

Tone = Literal["shows", "helps", "slips"]
MASKED = re.compile(r"\[(?:CARD|CVV|BANK_ACCOUNT|NATIONAL_ID|PHONE|EMAIL|ADDRESS|BIRTH_DATE|SECRET)\]")
MARKED_FROM = Heat.FRUSTRATED


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One thing that a mark stands for.

    Attributes:
        field: the part of the reading it belongs to, as contested labels name it, or "promises".
        term: the codebook's word; the level's number for heat; "promise" for promises.
        words: as people read it.
        definition: what the codebook says of it.
        score: calibrated probability, 0–1; None where there is none.
    """

    field: str
    term: str
    words: str
    definition: str
    score: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A stretch of a turn's words; `shown` is empty for words that show nothing."""

    text: str
    start: int
    end: int
    tone: Tone = "shows"
    shown: tuple[Shown, ...] = ()
    masked: bool = False


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    end: int
    tone: Tone
    shown: Shown


def segments(turn: Turn, reading: Reading) -> list[Segment]:
    """The whole text of the turn in order; spans that overlap become one mark that lists them all."""
    cuts: list[Segment] = []
    at = 0
    for start, end, tone, shown in _joined(_spans(reading), len(turn.text)):
        cuts += _plain(turn.text, at, start)
        cuts.append(Segment(text=turn.text[start:end], start=start, end=end, tone=tone, shown=shown))
        at = end
    return [*cuts, *_plain(turn.text, at, len(turn.text))]


def timed(reading: Reading) -> list[tuple[Shown, str]]:
    """What the clock alone shows, each with its sentence of evidence."""
    return [(_shown(sign), sign.evidence.timing) for sign in reading.signs if sign.evidence.timing]


def all_shown(reading: Reading) -> list[Shown]:
    """Everything that a turn shows, heat first, then the likeliest."""
    heat = [heat_shown(reading)] if reading.heat else []
    signs = sorted((_shown(sign) for sign in reading.signs), key=lambda each: -(each.score or 0))
    return [*heat, *signs]


def shown_at(turn: Turn, reading: Reading, start: int) -> Segment | None:
    """The mark that begins at that offset; None when there is none."""
    return next((cut for cut in segments(turn, reading) if cut.shown and cut.start == start), None)


def field_of(sign: Sign[Term]) -> str:
    """The part of a reading that the sign belongs to."""
    kind = type(sign.term).__name__.lower()
    return kind if kind == "abuse" else f"{kind}s"


def _spans(reading: Reading) -> Iterator[_Span]:
    for sign in reading.signs:
        yield from _span(sign.evidence.start, sign.evidence.end, _tone(sign.term), _shown(sign))
    for promise in reading.promises:
        yield from _span(promise.evidence.start, promise.evidence.end, "helps", _promise(promise))
    heat = reading.heat
    if heat and heat.level >= MARKED_FROM:
        yield from _span(heat.evidence.start, heat.evidence.end, "shows", heat_shown(reading))


def _span(start: int | None, end: int | None, tone: Tone, shown: Shown) -> Iterator[_Span]:
    if start is not None and end is not None and start < end:
        yield _Span(start, end, tone, shown)


def _joined(spans: Iterable[_Span], length: int) -> Iterator[tuple[int, int, Tone, tuple[Shown, ...]]]:
    group: list[_Span] = []
    for span in sorted(spans, key=lambda each: (each.start, each.end)):
        if span.start >= length:
            continue
        if group and span.start >= max(each.end for each in group):
            yield _group(group, length)
            group = []
        group.append(span)
    if group:
        yield _group(group, length)


def _group(group: list[_Span], length: int) -> tuple[int, int, Tone, tuple[Shown, ...]]:
    tones = {span.tone for span in group}
    tone: Tone = "slips" if "slips" in tones else "shows" if "shows" in tones else "helps"
    shown = sorted({span.shown for span in group}, key=lambda each: -(each.score or 0))
    return group[0].start, min(length, max(span.end for span in group)), tone, tuple(shown)


def _plain(text: str, start: int, end: int) -> Iterator[Segment]:
    at = start
    for found in MASKED.finditer(text, start, end):
        if found.start() > at:
            yield Segment(text=text[at : found.start()], start=at, end=found.start())
        yield Segment(text=found[0], start=found.start(), end=found.end(), masked=True)
        at = found.end()
    if at < end:
        yield Segment(text=text[at:end], start=at, end=end)


def _tone(term: Term) -> Tone:
    if isinstance(term, Misstep):
        return "slips"
    return "helps" if isinstance(term, Technique) else "shows"


def _shown(sign: Sign[Term]) -> Shown:
    term = sign.term
    return Shown(
        field=field_of(sign), term=term.value, words=term.words, definition=term.definition, score=sign.score
    )


def heat_shown(reading: Reading) -> Shown:
    """The heat level of a customer turn as a mark shows it.

    Raises:
        ValueError: the reading is of an agent's turn.
    """
    if reading.heat is None:
        raise ValueError("an agent's turn has no heat")
    level = reading.heat.level
    return Shown(
        field="heat", term=str(int(level)), words=f"heat: {level.words}", definition=level.definition,
        score=reading.heat.probabilities[level],
    )  # fmt: skip


def _promise(promise: Promise) -> Shown:
    by_when = f"by: {promise.when}" if promise.when else "no time was named"
    return Shown(
        field="promises", term="promise", words=f"promise: {promise.what}",
        definition=f"the {promise.who.words} is to keep it; {by_when}", score=None,
    )  # fmt: skip


def all_contested(shown: Iterable[Shown], turn_id: str, contested: set[tuple[str, str]]) -> bool:
    """True when everything that a mark stands for was contested; `contested` holds turn ids and terms."""
    return all((turn_id, each.term) in contested for each in shown)
