"""A scripted engine: the interface of `coolhead.engine.Engine`, quick and without a model.

Its customer turns are as hot as their words say: "heat N" anywhere in the text, else calm. A customer turn
of heat 3 or more brings a card; "card" in an agent's words brings one as well. An agent's "I promise to ..."
is a promise, "by ..." in it the time, unless the customer has just said "never mind". A customer's
"insult!", "harassment!" or "threat!" is that abuse, "your supervisor" asks for one; an agent's "with respect"
sets a limit, "bring in" hands over.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self, TypeVar

import numpy as np
from numpy.typing import NDArray

from coolhead.codebook import Abuse, Channel, Cue, Heat, Promiser, Technique, Term
from coolhead.conversation.turn import Turn
from coolhead.guidance.card import Card
from coolhead.guidance.coach import advise
from coolhead.guidance.limits import Limits
from coolhead.guidance.playbook import Playbook
from coolhead.guidance.put_right import put_right
from coolhead.guidance.terms import Terms
from coolhead.perception.reading import Evidence, HeatReading, Promise, Reading, Sign
from coolhead.perception.when import resolve_due
from coolhead.picture.events import AlertRaised, Event, LevelChanged
from coolhead.picture.state import (
    RECENT_TURNS,
    AbuseNoticed,
    Alert,
    AlertKind,
    HeatPoint,
    Noticed,
    Picture,
    Promised,
    Use,
)

PROMISE = re.compile(r"I promise to (?P<what>[^.]+?)(?: (?P<when>by [^.]+|within [^.]+))?\.")
ABUSES = {"insult!": Abuse.INSULT, "harassment!": Abuse.HARASSMENT, "threat!": Abuse.THREAT}
AGENT_SAYS = {"with respect": Technique.BOUNDARY, "bring in": Technique.ESCALATION}
T = TypeVar("T", bound=Term)
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

    def __init__(
        self, playbook: Playbook | None = None, limits: Limits | None = None, terms: Terms | None = None
    ) -> None:
        self._playbook = playbook
        self._limits = limits
        self._terms = terms or Terms()

    def vector(self, _text: str) -> NDArray[np.float32]:
        """Tells nothing of what words mean."""
        return np.zeros(384, dtype=np.float32)

    def with_playbook(self, playbook: Playbook) -> Self:
        return type(self)(playbook, self._limits, self._terms)

    def with_limits(self, limits: Limits) -> Self:
        return type(self)(self._playbook, limits, self._terms)

    def with_terms(self, terms: Terms) -> Self:
        return type(self)(self._playbook, self._limits, terms)

    def start(self, *, started_at: datetime | None = None, channel: Channel = Channel.CHAT) -> Picture:
        return Picture(started_at=started_at, channel=channel)

    def hear(self, picture: Picture, turn: Turn) -> FakeMoment:
        turn = replace(turn, text=CARD_NUMBER.sub("[CARD]", turn.text))
        reading = replace(_reading(turn), promises=_promises(picture, turn))
        return self.hear_read(picture, turn, reading)

    def hear_read(self, picture: Picture, turn: Turn, reading: Reading) -> FakeMoment:
        after = _picture(picture, turn, reading)
        card = put_right(picture, turn, reading, self._terms) or self._advice(after, turn, reading)
        if card:
            after = after.with_card(card.id, card.techniques, turn)
        return FakeMoment(
            turn=turn, reading=reading, picture=after, events=_events(picture, after, turn), card=card
        )

    def _advice(self, picture: Picture, turn: Turn, reading: Reading) -> Card | None:
        if self._playbook is None:
            return _card(turn, reading)
        return advise(self._playbook, picture, turn, reading, self._limits, self._terms)


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
        return Reading(techniques=_signs(AGENT_SAYS, turn), scores={"empathy": 0.25})
    found = re.search(r"heat ([0-4])", turn.text)
    level = Heat(int(found[1]) if found else 0)
    here = Evidence(found.start(), found.end()) if found else Evidence(0, len(turn.text))
    cues = (Sign(Cue.THANKS, 0.75, Evidence(0, 1)),) if "thank" in turn.text else ()
    cues += _signs({"your supervisor": Cue.ASKS_SUPERVISOR}, turn)
    chances = [0.0] * 5
    chances[level] = 1.0
    return Reading(
        heat=HeatReading(level=level, expected=float(level), probabilities=tuple(chances), evidence=here),
        cues=cues,
        abuse=next(iter(_signs(ABUSES, turn)), None),
        scores={"angry": level / 4},
    )


def _signs(words: Mapping[str, T], turn: Turn) -> tuple[Sign[T], ...]:
    """A sign for each of the words in the turn, with the word as evidence."""
    return tuple(
        Sign(term, 0.9, Evidence(turn.text.index(word), turn.text.index(word) + len(word)))
        for word, term in words.items()
        if word in turn.text
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
    number = before.turns
    techniques = dict(before.techniques)
    for sign in reading.techniques:
        count = techniques[sign.term].count if sign.term in techniques else 0
        techniques[sign.term] = Use(count=count + 1, number=number, turn_id=turn.id)
    abuse = before.abuse
    if reading.abuse and reading.abuse.term.is_personal:
        abuse = (*abuse, AbuseNoticed(kind=reading.abuse.term, turn_id=turn.id, number=number))
    asked = [each for each in reading.cues if each.term is Cue.ASKS_SUPERVISOR]
    return replace(
        before,
        turns=before.turns + 1,
        abuse=abuse,
        techniques=techniques,
        noticed=(
            *before.noticed,
            *(Noticed(term=each.term, turn_id=turn.id, number=number) for each in asked),
        ),
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
