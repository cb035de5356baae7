"""The pure step: the picture after one more turn, and what changed. No clock, no chance, nothing kept.

The same turns and readings in the same order give the same picture, bit for bit; live desk, batch analysis,
review and role-play all move by this.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from coolhead.codebook import Behaviour, Cue, Misstep, Technique, Trigger
from coolhead.conversation.turn import Turn
from coolhead.perception.reading import Reading, Sign
from coolhead.picture.alerts import alerts_after
from coolhead.picture.events import AlertRaised, Event, LevelChanged, PromiseMade, StageChanged
from coolhead.picture.forecast import risk_after
from coolhead.picture.heat import next_level, next_point, trend
from coolhead.picture.questions import next_questions
from coolhead.picture.stage import next_stage
from coolhead.picture.state import (
    RECENT_TURNS,
    AbuseNoticed,
    Noticed,
    Picture,
    Promised,
    ShownCard,
    Use,
)

Done = TypeVar("Done", Technique, Misstep)

FOLLOWED_WITHIN = 3
"""Turns after a card in which the agent's words still count as following it."""


def step(picture: Picture, turn: Turn, reading: Reading) -> tuple[Picture, tuple[Event, ...]]:
    """The picture after `turn` (masked), which shows `reading`, and what changed."""
    number = picture.turns
    after = replace(
        picture,
        turns=number + 1,
        recent=(*picture.recent, turn)[-RECENT_TURNS:],
        questions=next_questions(picture.questions, turn, reading, number),
        issue=reading.issue or picture.issue,
        resolved=reading.resolved or picture.resolved,
        csat=picture.csat if reading.csat is None else reading.csat,
    )
    hear = _hear_customer if turn.by_customer else _hear_agent
    after = hear(after, turn, reading, number)
    after = replace(after, stage=next_stage(picture, after, turn, reading))
    after = replace(after, risk=risk_after(picture, after, turn, reading))
    if turn.by_customer:
        after = replace(after, alerts=(*after.alerts, *alerts_after(after, turn, reading)))
    return after, _events(picture, after, turn)


def _hear_customer(picture: Picture, turn: Turn, reading: Reading, number: int) -> Picture:
    point = next_point(picture.course, reading, turn.id, number)
    course = (*picture.course, point) if point else picture.course
    signs: tuple[Sign[Trigger | Cue | Behaviour], ...] = (
        *reading.triggers,
        *reading.cues,
        *reading.behaviours,
    )
    noticed = tuple(Noticed(term=sign.term, turn_id=turn.id, number=number) for sign in signs)
    abuse = reading.abuse
    return replace(
        picture,
        course=course,
        level=next_level(picture.level, course) if point else picture.level,
        trend=trend(course) if point else picture.trend,
        noticed=picture.noticed + noticed,
        abuse=(*picture.abuse, AbuseNoticed(kind=abuse.term, turn_id=turn.id, number=number))
        if abuse and abuse.term.is_personal
        else picture.abuse,
        next_best=reading.next_best,
    )


def _hear_agent(picture: Picture, turn: Turn, reading: Reading, number: int) -> Picture:
    promised = tuple(Promised(turn_id=turn.id, promise=promise) for promise in reading.promises)
    shown = {sign.term for sign in reading.techniques}
    return replace(
        picture,
        techniques=_used(picture.techniques, reading.techniques, turn, number),
        missteps=_used(picture.missteps, reading.missteps, turn, number),
        promises=picture.promises + promised,
        cards=tuple(_followed(card, shown, turn, number) for card in picture.cards),
        next_best=(),
    )


def _used(so_far: dict[Done, Use], signs: Iterable[Sign[Done]], turn: Turn, number: int) -> dict[Done, Use]:
    used = dict(so_far)
    for term in dict.fromkeys(sign.term for sign in signs):
        count = used[term].count if term in used else 0
        used[term] = Use(count=count + 1, number=number, turn_id=turn.id)
    return used


def _followed(card: ShownCard, shown: set[Technique], turn: Turn, number: int) -> ShownCard:
    if card.followed_by or number - card.number > FOLLOWED_WITHIN or shown.isdisjoint(card.techniques):
        return card
    return replace(card, followed_by=turn.id)


def _events(before: Picture, after: Picture, turn: Turn) -> tuple[Event, ...]:
    events: list[Event] = []
    if after.level is not before.level:
        events.append(LevelChanged(turn_id=turn.id, before=before.level, after=after.level))
    if after.stage is not before.stage:
        events.append(StageChanged(turn_id=turn.id, before=before.stage, after=after.stage))
    events += [PromiseMade(promised=promised) for promised in after.promises[len(before.promises) :]]
    events += [AlertRaised(alert=alert) for alert in after.alerts[len(before.alerts) :]]
    return tuple(events)
