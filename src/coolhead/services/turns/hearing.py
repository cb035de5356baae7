"""Turns and the conversation so far become the conversation's next stand: pure, run in worker threads."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from coolhead.casework.wrap_up import peak, proposed
from coolhead.codebook import Speaker
from coolhead.conversation.turn import Turn
from coolhead.services.events import happenings
from coolhead.services.text import readable
from coolhead.storage.conversations import CURVE_POINTS, Stand, StandingCard, Summary
from coolhead.storage.events import EventKind, NewEvent
from coolhead.storage.moments import KeptMoment

if TYPE_CHECKING:
    from coolhead.engine import Engine, Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A turn as it comes in.

    Attributes:
        id: unique within the conversation; a repeated id is the same turn.
        start: seconds from the conversation's start; None when not known.
        end: seconds from the conversation's start; None when not known.
        number: its position in the conversation where the sender counts turns; used when `start` is None.
    """

    id: str
    speaker: Speaker
    text: str
    start: float | None = None
    end: float | None = None
    number: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What came of hearing turns.

    Attributes:
        stand: the conversation now.
        fresh: moments of the new turns.
        all: every moment of the conversation after a replay; None when the new turns simply came last.
        events: what to tell.
    """

    stand: Stand
    fresh: list[KeptMoment]
    all: list[KeptMoment] | None
    events: list[NewEvent]


def placed(said: Iterable[Said], last: tuple[float, str] | None) -> list[Turn]:
    """The turns with their places: by the clock, else by the sender's number, else after the last one."""
    place = last[0] if last else -1.0
    turns = []
    for each in said:
        if each.start is not None:
            own = each.start
        else:
            own = float(each.number) if each.number is not None else place + 1.0
        place = max(place, own)
        turns.append(
            Turn(
                id=each.id,
                speaker=each.speaker,
                text=readable(each.text),
                start=each.start,
                end=each.end,
                place=own,
            )
        )
    return sorted(turns, key=lambda turn: turn.order)


def hear_next(engine: Engine, stand: Stand, turns: Sequence[Turn], now: datetime) -> Heard:
    """Hears turns that all come after the last one heard."""
    fresh, events = [], []
    for turn in turns:
        moment = engine.hear(stand.picture, turn)
        kept = _kept(moment, now)
        stand = _after(stand, moment, now)
        fresh.append(kept)
        events += [
            happenings.turn_heard(stand.summary, kept),
            *(happenings.from_engine(event) for event in moment.events),
        ]
    return Heard(stand=stand, fresh=fresh, all=None, events=events)


def hear_again(
    engine: Engine,
    stand: Stand,
    since: Stand | None,
    before: Sequence[KeptMoment],
    turns: Sequence[Turn],
    answered: Collection[str],
    now: datetime,
) -> Heard:
    """Puts late turns in their places by replaying what comes after them.

    Args:
        engine: hears.
        stand: the conversation now; its version moves on.
        since: an earlier stand of it, before every late turn; None to begin at the conversation's start.
        before: every moment kept so far, in order.
        turns: the new turns, in order.
        answered: turns whose cards the agent has answered.
        now: the present moment.
    """
    fresh_ids = {turn.id for turn in turns}
    again = _back_at(engine, stand, since)
    moments = [moment for moment in before if since and since.last and moment.turn.order <= since.last]
    received = {moment.turn.id: moment.received_at for moment in before}
    later = [*(moment.turn for moment in before[len(moments) :]), *turns]
    events = []
    for turn in sorted(later, key=lambda turn: turn.order):
        moment = engine.hear(again.picture, turn)
        moments.append(_kept(moment, received.get(turn.id, now)))
        again = _after(again, moment, now)
        if turn.id in fresh_ids:
            events += [happenings.from_engine(event) for event in moment.events]
    card = again.summary.card
    if card and card.turn_id in answered:
        again = replace(again, summary=replace(again.summary, card=None))
    fresh = [moment for moment in moments if moment.turn.id in fresh_ids]
    replayed = happenings.about(EventKind.REPLAYED, again.summary)
    return Heard(stand=again, fresh=fresh, all=moments, events=[replayed, *events])


def answer_to(
    said: Sequence[Said], known: dict[str, KeptMoment], heard: Heard
) -> list[tuple[KeptMoment, bool]]:
    """Each turn's moment, in the order in which they were sent; with True when it is new, once."""
    moment_of = known | {moment.turn.id: moment for moment in heard.all or heard.fresh}
    new = {moment.turn.id for moment in heard.fresh}
    answer = []
    for each in said:
        answer.append((moment_of[each.id], each.id in new))
        new.discard(each.id)
    return answer


def _back_at(engine: Engine, stand: Stand, since: Stand | None) -> Stand:
    """The conversation as of `since`, with what people have changed meanwhile."""
    if since:
        old = since.summary
        summary = replace(stand.summary, card=old.card, last_words=old.last_words)
        return Stand(summary=summary, picture=since.picture, last=since.last)
    start = engine.start(started_at=stand.picture.started_at, channel=stand.picture.channel)
    return Stand(summary=replace(stand.summary, card=None, last_words=""), picture=start, last=None)


def _kept(moment: Moment, received_at: datetime) -> KeptMoment:
    return KeptMoment(
        turn=moment.turn,
        reading=moment.reading,
        card=moment.card,
        heat=moment.picture.heat,
        received_at=received_at,
    )


def _after(stand: Stand, moment: Moment, now: datetime) -> Stand:
    picture, turn = moment.picture, moment.turn
    summary = replace(
        stand.summary,
        active_at=now,
        version=stand.summary.version + 1,
        turns=picture.turns,
        last_words=turn.text if turn.by_customer else stand.summary.last_words,
        heat=picture.heat,
        level=picture.level,
        trend=picture.trend,
        stage=picture.stage,
        risk=picture.risk,
        alerts=len(picture.alerts),
        issue=(clear := proposed(picture)).issue,
        resolved=clear.outcome,
        peak=peak(picture),
        curve=tuple(round(point.score, 1) for point in picture.course[-CURVE_POINTS:]),
        card=_standing(stand.summary, moment),
    )
    return Stand(summary=summary, picture=picture, last=turn.order)


def _standing(summary: Summary, moment: Moment) -> StandingCard | None:
    """New advice replaces old; old advice stands until the agent has spoken."""
    if moment.card:
        return StandingCard(turn_id=moment.turn.id, card=moment.card)
    return summary.card if moment.turn.by_customer else None
