"""What a change tells the world: events with their data as JSON, as the API reference describes them."""

from __future__ import annotations

import json
from dataclasses import dataclass

from pydantic import TypeAdapter

from coolhead.casework.escalation import Escalation, MoveMade
from coolhead.casework.follow_up import FollowUp
from coolhead.casework.follow_up import Moved as FollowUpMoved
from coolhead.casework.promises import Entry, Moved
from coolhead.picture.events import AlertRaised, Event, LevelChanged, PromiseMade, StageChanged
from coolhead.storage.contests import CardAnswer, Contest
from coolhead.storage.conversations import Summary
from coolhead.storage.dispositions import Confirmed
from coolhead.storage.events import EventKind, NewEvent
from coolhead.storage.limits import LimitStep, Pause
from coolhead.storage.moments import KeptMoment
from coolhead.storage.notes import EditedNote
from coolhead.storage.offers import Offer
from coolhead.storage.whispers import Whisper


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryTold:
    """Data of `opened`, `assigned`, `replayed` and `ended`."""

    conversation: Summary


@dataclass(frozen=True, slots=True, kw_only=True)
class MomentTold:
    """Data of `turn_heard`."""

    conversation: Summary
    moment: KeptMoment


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseTold:
    """Data of `promise_moved`, `promise_due` and `promise_overdue`; `moved` is None for the latter two."""

    promise: Entry
    moved: Moved | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationTold:
    """Data of `escalation_asked` and `escalation_moved`; `moved` is None for the former."""

    escalation: Escalation
    moved: MoveMade | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpTold:
    """Data of `follow_up_moved`, `follow_up_due`, `follow_up_overdue`; `moved` is None for the latter two."""

    follow_up: FollowUp
    moved: FollowUpMoved | None


SUMMARY = TypeAdapter(SummaryTold)
MOMENT = TypeAdapter(MomentTold)
ENGINE_EVENT: TypeAdapter[Event] = TypeAdapter(Event)
WHISPER = TypeAdapter(Whisper)
ANSWER = TypeAdapter(CardAnswer)
CONTEST = TypeAdapter(Contest)
PROMISE = TypeAdapter(PromiseTold)
DISPOSITION = TypeAdapter(Confirmed)
OFFER = TypeAdapter(Offer)
ESCALATION = TypeAdapter(EscalationTold)
FOLLOW_UP = TypeAdapter(FollowUpTold)
LIMIT_STEP = TypeAdapter(LimitStep)
PAUSE = TypeAdapter(Pause)


def about(kind: EventKind, summary: Summary) -> NewEvent:
    """The conversation as a whole changed in the way that `kind` names."""
    return NewEvent(kind=kind, data=_text(SUMMARY.dump_json(SummaryTold(conversation=summary))))


def turn_heard(summary: Summary, moment: KeptMoment) -> NewEvent:
    """A turn was heard; `summary` is the conversation right after it."""
    told = MomentTold(conversation=summary, moment=moment)
    return NewEvent(kind=EventKind.TURN_HEARD, turn_id=moment.turn.id, data=_text(MOMENT.dump_json(told)))


def from_engine(event: Event) -> NewEvent:
    """What a step told."""
    match event:
        case LevelChanged() | StageChanged():
            turn_id = event.turn_id
        case PromiseMade():
            turn_id = event.promised.turn_id
        case AlertRaised():
            turn_id = event.alert.turn_id
    return NewEvent(kind=EventKind(event.kind), turn_id=turn_id, data=_text(ENGINE_EVENT.dump_json(event)))


def whispered(whisper: Whisper) -> NewEvent:
    """A supervisor wrote to the agent."""
    return NewEvent(kind=EventKind.WHISPERED, data=_text(WHISPER.dump_json(whisper)))


def card_answered(answer: CardAnswer) -> NewEvent:
    """The agent answered a card."""
    return NewEvent(
        kind=EventKind.CARD_ANSWERED, turn_id=answer.turn_id, data=_text(ANSWER.dump_json(answer))
    )


def label_contested(contest: Contest) -> NewEvent:
    """Somebody contested a label."""
    return NewEvent(
        kind=EventKind.LABEL_CONTESTED, turn_id=contest.turn_id, data=_text(CONTEST.dump_json(contest))
    )


def note_edited(note: EditedNote) -> NewEvent:
    """Somebody edited the note; its text is read from the conversation."""
    told = {"edited_by": note.edited_by, "version": note.version}
    return NewEvent(kind=EventKind.NOTE_EDITED, data=json.dumps(told))


def offer_made(offer: Offer) -> NewEvent:
    """The customer is offered something."""
    return NewEvent(kind=EventKind.OFFER_MADE, data=_text(OFFER.dump_json(offer)))


def offer_answered(offer: Offer) -> NewEvent:
    """The customer has accepted or refused an offer, or the agent has put that right."""
    return NewEvent(kind=EventKind.OFFER_ANSWERED, data=_text(OFFER.dump_json(offer)))


def disposition_confirmed(confirmed: Confirmed) -> NewEvent:
    """Somebody confirmed what it was about and how it ended."""
    return NewEvent(kind=EventKind.DISPOSITION_CONFIRMED, data=_text(DISPOSITION.dump_json(confirmed)))


def promise_moved(entry: Entry, moved: Moved) -> NewEvent:
    """An entry of the promise ledger is as `entry` after the change `moved`."""
    told = PromiseTold(promise=entry, moved=moved)
    return NewEvent(kind=EventKind.PROMISE_MOVED, turn_id=entry.turn_id, data=_text(PROMISE.dump_json(told)))


def promise_timed(kind: EventKind, entry: Entry) -> NewEvent:
    """The entry is near its time, or past it, as `kind` tells."""
    told = PromiseTold(promise=entry, moved=None)
    return NewEvent(kind=kind, turn_id=entry.turn_id, data=_text(PROMISE.dump_json(told)))


def follow_up_moved(after: FollowUp, moved: FollowUpMoved) -> NewEvent:
    """A follow-up is as `after` after the change `moved`."""
    told = FollowUpTold(follow_up=after, moved=moved)
    return NewEvent(kind=EventKind.FOLLOW_UP_MOVED, data=_text(FOLLOW_UP.dump_json(told)))


def follow_up_timed(kind: EventKind, planned: FollowUp) -> NewEvent:
    """The follow-up is near its time, or past it, as `kind` tells."""
    told = FollowUpTold(follow_up=planned, moved=None)
    return NewEvent(kind=kind, data=_text(FOLLOW_UP.dump_json(told)))


def escalation_asked(asked: Escalation) -> NewEvent:
    """A supervisor was called."""
    told = EscalationTold(escalation=asked, moved=None)
    return NewEvent(
        kind=EventKind.ESCALATION_ASKED, turn_id=asked.turn_id, data=_text(ESCALATION.dump_json(told))
    )


def escalation_moved(after: Escalation, made: MoveMade) -> NewEvent:
    """A call for a supervisor is as `after` after the move `made`."""
    told = EscalationTold(escalation=after, moved=made)
    return NewEvent(kind=EventKind.ESCALATION_MOVED, data=_text(ESCALATION.dump_json(told)))


def limit_step(step: LimitStep) -> NewEvent:
    """Abuse was noticed, or a limit was set."""
    return NewEvent(kind=EventKind.LIMIT_STEP, turn_id=step.turn_id, data=_text(LIMIT_STEP.dump_json(step)))


def paused(kind: EventKind, pause: Pause) -> NewEvent:
    """A channel was closed to a customer, or is open again, as `kind` tells."""
    return NewEvent(kind=kind, data=_text(PAUSE.dump_json(pause)))


def _text(data: bytes) -> str:
    return data.decode()
