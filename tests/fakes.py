"""A scripted engine: the interface of `coolhead.engine.Engine`, quick and without a model.

Its customer turns are as hot as their words say: "heat N" anywhere in the text, else calm. A customer turn
of heat 3 or more brings a card; "card" in an agent's words brings one as well. An agent's "I promise to ..."
is a promise, "by ..." in it the time, unless the customer has just said "never mind".
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime

from coolhead.codebook import Channel, Cue, Heat, Promiser, Technique
from coolhead.conversation.turn import Turn
from coolhead.guidance.card import Card
from coolhead.guidance.coach import advise
from coolhead.guidance.limits import Limits
from coolhead.guidance.playbook import Playbook
from coolhead.perception.reading import Evidence, HeatReading, Promise, Reading, Sign
from coolhead.perception.when import resolve_due
from coolhead.picture.events import AlertRaised, Event, LevelChanged
from coolhead.picture.state import RECENT_TURNS, Alert, AlertKind, HeatPoint, Picture, Promised

PROMISE = re.compile(r"I promise to (?P<what>[^.]+?)(?: (?P<when>by [^.]+|within [^.]+))?\.")
CARD_NUMBER = re.compile(r"\b(?:\d{4} ?){4}\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class FakeMoment:
    """As `coolhead.engine.Moment`."""

    turn: Turn
    reading: Reading
    picture: Picture
    events: tuple[Event, ...]
    card: Card | None


class FakeEngine:
    """As `coolhead.engine.Engine`; deterministic, each moment a function of picture and turn.

    Given a playbook it coaches by it, as the engine does.
    """

    def __init__(self, playbook: Playbook | None = None, limits: Limits | None = None) -> None:
        self._playbook = playbook
        self._limits = limits

    def with_playbook(self, playbook: Playbook) -> FakeEngine:
        return FakeEngine(playbook, self._limits)

    def with_limits(self, limits: Limits) -> FakeEngine:
        return FakeEngine(self._playbook, limits)

    def start(self, *, started_at: datetime | None = None, channel: Channel = Channel.CHAT) -> Picture:
        return Picture(started_at=started_at, channel=channel)

    def hear(self, picture: Picture, turn: Turn) -> FakeMoment:
        turn = replace(turn, text=CARD_NUMBER.sub("[CARD]", turn.text))
        reading = replace(_reading(turn), promises=_promises(picture, turn))
        return self.hear_read(picture, turn, reading)

    def hear_read(self, picture: Picture, turn: Turn, reading: Reading) -> FakeMoment:
        after = _picture(picture, turn, reading)
        card = self._advice(after, turn, reading)
        if card:
            after = after.with_card(card.id, card.techniques, turn)
        return FakeMoment(
            turn=turn, reading=reading, picture=after, events=_events(picture, after, turn), card=card
        )

    def _advice(self, picture: Picture, turn: Turn, reading: Reading) -> Card | None:
        if self._playbook is None:
            return _card(turn, reading)
        return advise(self._playbook, picture, turn, reading, self._limits)


def _promises(before: Picture, turn: Turn) -> tuple[Promise, ...]:
    waived = bool(before.recent) and "never mind" in before.recent[-1].text
    if turn.by_customer or waived:
        return ()
    return tuple(
        Promise(
            what=found["what"],
            who=Promiser.AGENT,
            when=found["when"],
            due=resolve_due(found["when"], turn.said_at(before.started_at)) if found["when"] else None,
            evidence=Evidence(found.start(), found.end()),
        )
        for found in PROMISE.finditer(turn.text)
    )


def _reading(turn: Turn) -> Reading:
    if not turn.by_customer:
        return Reading(scores={"empathy": 0.25})
    found = re.search(r"heat ([0-4])", turn.text)
    level = Heat(int(found[1]) if found else 0)
    here = Evidence(found.start(), found.end()) if found else Evidence(0, len(turn.text))
    cues = (Sign(Cue.THANKS, 0.75, Evidence(0, 1)),) if "thank" in turn.text else ()
    chances = [0.0] * 5
    chances[level] = 1.0
    return Reading(
        heat=HeatReading(level=level, expected=float(level), probabilities=tuple(chances), evidence=here),
        cues=cues,
        scores={"angry": level / 4},
    )


def _picture(before: Picture, turn: Turn, reading: Reading) -> Picture:
    course, level, alerts = before.course, before.level, before.alerts
    if reading.heat:
        score = 0.5 * before.heat + 12.5 * reading.heat.level
        level = reading.heat.level
        point = HeatPoint(turn_id=turn.id, number=before.turns, level=level, score=score)
        course = (*course, point)
        if level is Heat.FURIOUS:
            alerts = (
                *alerts,
                Alert(turn_id=turn.id, kind=AlertKind.RISING_ANGER, reason="They are furious."),
            )
    return replace(
        before,
        turns=before.turns + 1,
        recent=(*before.recent, turn)[-RECENT_TURNS:],
        course=course,
        level=level,
        alerts=alerts,
        promises=(
            *before.promises,
            *(Promised(turn_id=turn.id, promise=each) for each in reading.promises),
        ),
        risk=level / 10,
    )


def _card(turn: Turn, reading: Reading) -> Card | None:
    hot = reading.heat is not None and reading.heat.level >= Heat.ANGRY
    if not hot and not (not turn.by_customer and "card" in turn.text):
        return None
    return Card(
        id="name-the-feeling",
        title="Name the feeling",
        say="That would anger me too.",
        techniques=(Technique.EMPATHY,),
        why="Heat is angry.",
        learn="docs/feelings",
        noticed=("heat is angry",),
    )


def _events(before: Picture, after: Picture, turn: Turn) -> tuple[Event, ...]:
    events: list[Event] = []
    if before.level is not after.level:
        events.append(LevelChanged(turn_id=turn.id, before=before.level, after=after.level))
    events += [AlertRaised(alert=alert) for alert in after.alerts[len(before.alerts) :]]
    return tuple(events)
