"""Authored conversations with readings as labels tell them; the evidence is the words in `shown`, or all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from coolhead.codebook import (
    Abuse,
    Cue,
    Heat,
    Issue,
    Misstep,
    Promiser,
    Resolved,
    Speaker,
    Technique,
    Trigger,
)
from coolhead.conversation.turn import Turn
from coolhead.perception.reading import Evidence, HeatReading, Promise, Reading, Sign
from coolhead.picture.events import Event
from coolhead.picture.state import Picture
from coolhead.picture.step import step

SURE = 0.95


@dataclass(frozen=True, slots=True)
class Line:
    """What one side says and what it shows; becomes a turn once its place is known."""

    speaker: Speaker
    text: str
    reading: Reading


@dataclass(frozen=True, slots=True)
class Heard:
    """A line once heard."""

    turn: Turn
    reading: Reading
    picture: Picture
    events: tuple[Event, ...]


def customer(
    text: str,
    heat: int = 0,
    *,
    sure: float = SURE,
    triggers: Sequence[Trigger] = (),
    cues: Sequence[Cue] = (),
    abuse: Abuse | None = None,
    abuse_sure: float = SURE,
    shown: str = "",
) -> Line:
    evidence = _evidence(text, shown)
    others = (1 - sure) / 4
    chances = [sure if level == heat else others for level in range(5)]
    return Line(
        Speaker.CUSTOMER,
        text,
        Reading(
            heat=HeatReading(
                level=tuple(Heat)[heat],
                expected=sum(level * chance for level, chance in enumerate(chances)),
                probabilities=(chances[0], chances[1], chances[2], chances[3], chances[4]),
                evidence=evidence,
            ),
            triggers=tuple(Sign(term, SURE, evidence) for term in triggers),
            cues=tuple(Sign(term, SURE, evidence) for term in cues),
            abuse=Sign(abuse, abuse_sure, evidence) if abuse else None,
        ),
    )


def agent(
    text: str,
    *techniques: Technique,
    missteps: Sequence[Misstep] = (),
    promises: Sequence[Promise] = (),
    speaker: Speaker = Speaker.AGENT,
) -> Line:
    evidence = _evidence(text, "")
    reading = Reading(
        techniques=tuple(Sign(term, SURE, evidence) for term in techniques),
        missteps=tuple(Sign(term, SURE, evidence) for term in missteps),
        promises=tuple(promises),
    )
    return Line(speaker, text, reading)


def promise(
    what: str, when: str | None, *, who: Promiser = Promiser.COMPANY, due: datetime | None = None
) -> Promise:
    return Promise(what=what, who=who, when=when, due=due, evidence=Evidence())


def hear(
    *lines: Line, issue: Issue = Issue.OTHER, resolved: Resolved | None = None, csat: float | None = None
) -> list[Heard]:
    """Every line heard in order, with what the whole conversation shows in each reading."""
    picture, heard = Picture(), []
    for number, line in enumerate(lines):
        turn = Turn(id=f"t{number}", speaker=line.speaker, text=line.text, place=float(number))
        reading = Reading(
            **{name: getattr(line.reading, name) for name in Reading.__slots__ if name not in STORY},
            issue={issue: 1.0},
            resolved={resolved: 1.0} if resolved else {},
            csat=csat,
        )
        picture, events = step(picture, turn, reading)
        heard.append(Heard(turn, reading, picture, events))
    return heard


STORY = ("issue", "resolved", "csat")


def _evidence(text: str, shown: str) -> Evidence:
    start = text.index(shown)
    return Evidence(start=start, end=start + len(shown or text))
