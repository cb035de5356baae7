"""A whole conversation heard: its moments, where it turned, its note, its record in codebook form."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal

from coolhead.conversation.turn import Conversation
from coolhead.engine import Engine, Moment
from coolhead.perception.reading import Evidence, Promise, Reading, Sign
from coolhead.picture.note import Note, write_note
from coolhead.picture.outcome import Outcome, outcome
from coolhead.picture.state import HeatPoint, Picture

TURNING_STEP = 15.0


@dataclass(frozen=True, slots=True, kw_only=True)
class TurningPoint:
    """A customer turn at which heat moved by `TURNING_STEP` or more (of 100).

    Attributes:
        number: the customer turn's number in the conversation, from 0.
        change: points of heat, positive when it rose.
        after: number of the agent turn just before; None when the agent had not spoken in between.
    """

    number: int
    change: float
    after: int | None

    @property
    def direction(self) -> Literal["rose", "fell"]:
        """Which way heat went."""
        return "rose" if self.change > 0 else "fell"


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """All that Coolhead says of one conversation after the last turn."""

    conversation: Conversation
    moments: tuple[Moment, ...]
    outcome: Outcome
    note: Note

    @property
    def picture(self) -> Picture:
        """What the conversation came to."""
        return self.moments[-1].picture

    @property
    def turning_points(self) -> list[TurningPoint]:
        """Where heat bent, in the order of the conversation."""
        course = self.picture.course
        return [
            TurningPoint(
                number=now.number, change=now.score - before.score, after=self._agent_between(before, now)
            )
            for before, now in pairwise(course)
            if abs(now.score - before.score) >= TURNING_STEP
        ]

    def _agent_between(self, before: HeatPoint, now: HeatPoint) -> int | None:
        agent_turns = [
            n for n in range(before.number + 1, now.number) if not self.moments[n].turn.by_customer
        ]
        return agent_turns[-1] if agent_turns else None


def analyse(engine: Engine, conversation: Conversation) -> Analysis:
    """Hears `conversation`, which has at least one turn, from the first turn to the last."""
    moments = tuple(engine.hear_all(conversation))
    return Analysis(
        conversation=conversation, moments=moments, outcome=outcome(moments), note=write_note(moments)
    )


def to_record(analysis: Analysis) -> dict[str, Any]:
    """The analysis as one object of the codebook's file form, holding predicted labels.

    Beside the codebook's fields each turn has `scores` (term to probability, 0-1) and `evidence` (term to
    offsets in `text`, or to a sentence on timing); customer turns `heat_score` (0-100) and `risk` (0-1);
    every turn `card` (null, or what the agent would have been shown after it). The conversation has `alerts`
    (`turn` counts from 0) and `note` (sentences with the turns they come from).
    """
    conversation, result = analysis.conversation, analysis.outcome
    numbers = {moment.turn.id: number for number, moment in enumerate(analysis.moments)}
    return {
        "id": conversation.id,
        "channel": conversation.channel,
        "started_at": conversation.started_at.isoformat() if conversation.started_at else None,
        "industry": conversation.industry or None,
        "issue": result.issue,
        "issue_text": result.issue_text,
        "resolved": result.resolved,
        "escalated": result.escalated,
        "deescalated": result.deescalated,
        "csat": result.csat,
        "alerts": [
            {"turn": numbers[alert.turn_id], "kind": alert.kind, "reason": alert.reason}
            for alert in analysis.picture.alerts
        ],
        "note": [
            {"text": sentence.text, "turns": [numbers[turn_id] for turn_id in sentence.turn_ids]}
            for sentence in analysis.note.sentences
        ],
        "turns": [_turn_record(moment) for moment in analysis.moments],
    }


def _turn_record(moment: Moment) -> dict[str, Any]:
    turn = moment.turn
    labels = _customer_labels(moment) if turn.by_customer else _agent_labels(moment.reading)
    return {
        "id": turn.id,
        "speaker": turn.speaker,
        "text": turn.text,
        "start": turn.start,
        "end": turn.end,
        **labels,
        "scores": moment.reading.scores,
        "evidence": _evidence(moment.reading),
        "card": _card_record(moment),
    }


def _customer_labels(moment: Moment) -> dict[str, Any]:
    reading, picture = moment.reading, moment.picture
    return {
        "heat": reading.heat.level if reading.heat else 0,
        "heat_score": round(picture.heat, 1),
        "risk": round(picture.risk, 3),
        "behaviours": _terms(reading.behaviours),
        "abuse": reading.abuse.term if reading.abuse else "none",
        "triggers": _terms(reading.triggers),
        "cues": _terms(reading.cues),
        "next_best": list(reading.next_best),
    }


def _agent_labels(reading: Reading) -> dict[str, Any]:
    return {
        "techniques": _terms(reading.techniques),
        "missteps": _terms(reading.missteps),
        "promises": [_promise_record(promise) for promise in reading.promises],
    }


def _promise_record(promise: Promise) -> dict[str, Any]:
    due = promise.due.isoformat() if promise.due else None
    return {"what": promise.what, "who": promise.who, "when": promise.when, "due": due}


def _card_record(moment: Moment) -> dict[str, Any] | None:
    card = moment.card
    if card is None:
        return None
    return {"id": card.id, "techniques": list(card.techniques), "say": card.say, "why": card.why}


def _terms(signs: tuple[Sign[Any], ...]) -> list[str]:
    return [sign.term for sign in signs]


def _evidence(reading: Reading) -> dict[str, dict[str, int | str | None]]:
    shown = {sign.term.value: _place(sign.evidence) for sign in reading.signs}
    if reading.heat:
        shown["heat"] = _place(reading.heat.evidence)
    return shown


def _place(evidence: Evidence) -> dict[str, int | str | None]:
    if evidence.timing:
        return {"timing": evidence.timing}
    return {"start": evidence.start, "end": evidence.end}
