"""Writes docs/reference/webhooks.md: what is posted for each kind of event, made by the code that posts it.

.venv/bin/python tools/webhook_reference.py > docs/reference/webhooks.md
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from coolhead.casework import follow_up
from coolhead.casework.escalation import Escalation, MoveMade, Origin
from coolhead.casework.escalation import Move as Help
from coolhead.casework.escalation import State as HelpState
from coolhead.casework.follow_up import FollowUp, Why
from coolhead.casework.offers import Answer as OfferAnswer
from coolhead.casework.offers import Choice
from coolhead.casework.promises import Entry, Move, Moved, State, Terms
from coolhead.channels.api.examples import AT, CARD, MOMENT, SUMMARY
from coolhead.codebook import Abuse, Channel, Heat, Issue, Promiser, Resolved
from coolhead.guidance.limits import BoundaryStep
from coolhead.guidance.solutions import Grant
from coolhead.perception.reading import Evidence, Promise
from coolhead.picture.events import AlertRaised, LevelChanged, PromiseMade, StageChanged
from coolhead.picture.state import Alert, AlertKind, Promised, Stage
from coolhead.services.events import happenings
from coolhead.services.sending.dispatch import body_of
from coolhead.storage.contests import Answer, CardAnswer, Contest, Field
from coolhead.storage.conversations import Status
from coolhead.storage.dispositions import Confirmed
from coolhead.storage.events import EventKind, NewEvent, StoredEvent
from coolhead.storage.limits import LimitStep, Pause
from coolhead.storage.notes import EditedNote
from coolhead.storage.offers import Offer
from coolhead.storage.webhooks import TEST_KIND, Message
from coolhead.storage.whispers import Whisper

MARA, SUPERVISOR = "5d41402abc4b2a76b9719d911017c592", "7d793037a0760186574b0282f2f435e7"
DUE = AT + timedelta(hours=4)
ENTRY = Entry(
    id="1b6453892473a467d07372d45eb05abc",
    client_id="northline",
    conversation_id=SUMMARY.id,
    turn_id="8",
    start=0,
    end=33,
    said_at=AT,
    terms=Terms(what="call you back", who=Promiser.AGENT, when="by six", due=DUE),
    state=State.OPEN,
    owner_id=MARA,
    owner="Mara",
    by_hand=True,
    version=2,
    moved_at=AT,
)
ACCEPTED = Moved(
    promise_id=ENTRY.id,
    version=2,
    at=AT,
    move=Move.ACCEPT,
    account_id=MARA,
    by="Mara",
    before=State.PROPOSED,
    after=State.OPEN,
    reason="",
    was=None,
    other_id=None,
)
CALL_BACK = FollowUp(
    id="aab3238922bcc25a6f606eb525ffdc56",
    client_id="northline",
    conversation_id=SUMMARY.id,
    kind=follow_up.Kind.CALL,
    due=DUE,
    why=(Why.HOT,),
    address="",
    subject="",
    text="Ask whether the fee is off the bill.",
    state=follow_up.State.SCHEDULED,
    owner_id=MARA,
    owner="Mara",
    version=2,
    made_at=AT,
    moved_at=AT,
)
CALL = Escalation(
    id="9a0364b9e99bb480dd25e1f0284c8555",
    client_id="northline",
    conversation_id=SUMMARY.id,
    origin=Origin.AGENT,
    turn_id=None,
    words="He wants the fee back, and I may not grant it.",
    asked_by_id=MARA,
    asked_by="Mara",
    agent_id=MARA,
    agent="Mara",
    asked_at=AT,
    moved_at=AT,
)
BRIEFED = replace(
    CALL, state=HelpState.BRIEFED, supervisor_id=SUPERVISOR, supervisor="Ines", version=1, moved_at=AT
)
STEP = LimitStep(
    id="45c48cce2e2d7fbdea1afc51c7c6ad26",
    conversation_id=SUMMARY.id,
    step=BoundaryStep.WARN,
    turn_id="7",
    kind=Abuse.INSULT,
    start=0,
    end=12,
    words="I want to help. Please speak to me without insults.",
    by_id=MARA,
    by="Mara",
    at=AT,
)
PAUSE = Pause(
    id="d3d9446802a44259755d38e6d163e820",
    client_id="northline",
    conversation_id=SUMMARY.id,
    channel=Channel.CHAT,
    customer_key="daniel@example.com",
    customer="Daniel Okafor",
    reason="The chat was closed after repeated insults.",
    by_id=MARA,
    by="Mara",
    at=AT,
    until=AT + timedelta(hours=24),
)
OFFER = Offer(
    id="6512bd43d9caa6e02c990b0a82652dca",
    conversation_id=SUMMARY.id,
    gesture_id=None,
    turns_before=7,
    choices=(Choice(what="waive the late fee", say="take the late fee off", grant=Grant.AGENT),),
    answer=OfferAnswer.OPEN,
    chosen=None,
    offered_by="Mara",
    account_id=MARA,
    offered_at=AT,
)
EXAMPLES: Mapping[EventKind, tuple[str, NewEvent]] = {
    EventKind.OPENED: ("A conversation began.", happenings.about(EventKind.OPENED, SUMMARY)),
    EventKind.TURN_HEARD: (
        "A turn was said and read; `conversation` is as it stands right after it.",
        happenings.turn_heard(SUMMARY, MOMENT),
    ),
    EventKind.LEVEL_CHANGED: (
        "The heat level moved (0 calm to 4 furious).",
        happenings.from_engine(LevelChanged(turn_id="7", before=Heat.TENSE, after=Heat.FRUSTRATED)),
    ),
    EventKind.STAGE_CHANGED: (
        "The conversation needs something else now.",
        happenings.from_engine(StageChanged(turn_id="8", before=Stage.LISTEN, after=Stage.ACKNOWLEDGE)),
    ),
    EventKind.PROMISE_MADE: (
        "The agent promised something.",
        happenings.from_engine(
            PromiseMade(
                promised=Promised(
                    turn_id="8",
                    promise=Promise(
                        what="call you back",
                        who=Promiser.AGENT,
                        when="by six",
                        due=DUE,
                        evidence=Evidence(0, 33),
                    ),
                )
            )
        ),
    ),
    EventKind.PROMISE_MOVED: (
        "An entry of the promise ledger changed; `moved` tells how.",
        happenings.promise_moved(ENTRY, ACCEPTED),
    ),
    EventKind.PROMISE_DUE: (
        "A promise is near its time.",
        happenings.promise_timed(EventKind.PROMISE_DUE, ENTRY),
    ),
    EventKind.PROMISE_OVERDUE: (
        "A promise is past its time.",
        happenings.promise_timed(EventKind.PROMISE_OVERDUE, ENTRY),
    ),
    EventKind.FOLLOW_UP_MOVED: (
        "A call-back or a letter was proposed, planned, moved, done or given up; `moved` tells how.",
        happenings.follow_up_moved(
            CALL_BACK,
            follow_up.Moved(
                follow_up_id=CALL_BACK.id,
                version=2,
                at=AT,
                move=follow_up.Move.SCHEDULE,
                account_id=MARA,
                by="Mara",
                before=follow_up.State.PROPOSED,
                after=follow_up.State.SCHEDULED,
            ),
        ),
    ),
    EventKind.FOLLOW_UP_DUE: (
        "A follow-up is near its time.",
        happenings.follow_up_timed(EventKind.FOLLOW_UP_DUE, CALL_BACK),
    ),
    EventKind.FOLLOW_UP_OVERDUE: (
        "A follow-up is past its time.",
        happenings.follow_up_timed(EventKind.FOLLOW_UP_OVERDUE, CALL_BACK),
    ),
    EventKind.ALERT_RAISED: (
        "A supervisor should look.",
        happenings.from_engine(
            AlertRaised(alert=Alert(turn_id="7", kind=next(iter(AlertKind)), reason="Heat rises fast."))
        ),
    ),
    EventKind.REPLAYED: (
        "A late turn was put in its place; what was told of the turns after it may have changed.",
        happenings.about(EventKind.REPLAYED, SUMMARY),
    ),
    EventKind.ASSIGNED: (
        "Somebody took the conversation.",
        happenings.about(EventKind.ASSIGNED, replace(SUMMARY, agent_id=MARA)),
    ),
    EventKind.WHISPERED: (
        "A supervisor wrote to the agent.",
        happenings.whispered(
            Whisper(
                id="c20ad4d76fe97759aa27a0c99bff6710",
                conversation_id=SUMMARY.id,
                author_id=SUPERVISOR,
                author="Ines",
                text="You may waive the fee.",
                at=AT,
            )
        ),
    ),
    EventKind.CARD_ANSWERED: (
        "The agent did what a card says, or put it off.",
        happenings.card_answered(
            CardAnswer(
                conversation_id=SUMMARY.id,
                turn_id="7",
                card_id=CARD.id,
                answer=Answer.DONE,
                account_id=MARA,
                at=AT,
            )
        ),
    ),
    EventKind.LABEL_CONTESTED: (
        "Somebody says that a label is wrong.",
        happenings.label_contested(
            Contest(
                id="c51ce410c124a10e0db5e4b97fc2af39",
                conversation_id=SUMMARY.id,
                turn_id="7",
                field=Field.BEHAVIOURS,
                shown="angry",
                should_be=None,
                comment="He is only tired.",
                account_id=MARA,
                at=AT,
            )
        ),
    ),
    EventKind.NOTE_EDITED: (
        "Somebody edited the note; its text is read from the conversation.",
        happenings.note_edited(
            EditedNote(
                conversation_id=SUMMARY.id,
                version=1,
                text="Called about a bill.",
                edited_by="Mara",
                editor_id=MARA,
                edited_at=AT,
            )
        ),
    ),
    EventKind.ESCALATION_ASKED: ("A supervisor was called.", happenings.escalation_asked(CALL)),
    EventKind.ESCALATION_MOVED: (
        "A call for a supervisor went on.",
        happenings.escalation_moved(
            BRIEFED,
            MoveMade(
                escalation_id=CALL.id,
                number=1,
                move=Help.BRIEF,
                state=HelpState.BRIEFED,
                level=CALL.level,
                by_id=SUPERVISOR,
                by="Ines",
                reason="",
                at=AT,
            ),
        ),
    ),
    EventKind.LIMIT_STEP: ("Abuse was noticed, or a limit was set.", happenings.limit_step(STEP)),
    EventKind.CHANNEL_PAUSED: (
        "A channel was closed to a customer for a while.",
        happenings.paused(EventKind.CHANNEL_PAUSED, PAUSE),
    ),
    EventKind.PAUSE_ENDED: (
        "The channel is open again.",
        happenings.paused(
            EventKind.PAUSE_ENDED,
            replace(PAUSE, ended_at=PAUSE.until, ended_by_id=SUPERVISOR, ended_by="Ines"),
        ),
    ),
    EventKind.DISPOSITION_CONFIRMED: (
        "Somebody confirmed what it was about and how it ended.",
        happenings.disposition_confirmed(
            Confirmed(
                conversation_id=SUMMARY.id,
                version=1,
                issue=Issue.BILLING,
                outcome=Resolved.YES,
                confirmed_by="Mara",
                account_id=MARA,
                confirmed_at=AT,
            )
        ),
    ),
    EventKind.OFFER_MADE: ("The customer was offered something.", happenings.offer_made(OFFER)),
    EventKind.OFFER_ANSWERED: (
        "They took it, or did not.",
        happenings.offer_answered(
            replace(OFFER, answer=OfferAnswer.ACCEPTED, chosen=0, answered_by="Mara", answered_at=AT)
        ),
    ),
    EventKind.ENDED: (
        "The conversation is over.",
        happenings.about(
            EventKind.ENDED,
            replace(SUMMARY, status=Status.ENDED, ended_at=AT + timedelta(minutes=9), card=None),
        ),
    ),
}
OPENING = """# Webhooks

This page is made by the code that posts the messages (`tools/webhook_reference.py`). How to set one up:
[Tell other systems what happens](../how-to/webhooks.md).

Each event is one `POST` with a JSON body, signed as [Standard Webhooks](https://www.standardwebhooks.com)
1.0.0 describes, so that any of its libraries can check it.

| header | holds |
| --- | --- |
| `webhook-id` | the message's name; the same however often it is sent, also by hand |
| `webhook-timestamp` | when this try was made, in seconds since 1970 |
| `webhook-signature` | `v1,` and the base64 of the HMAC-SHA256 of `id.timestamp.body` |

The key of the HMAC is what follows `whsec_` in the secret, decoded from base64. For a day after a new secret
was made the header holds two signatures, by the new secret and by the old one, with a space between.

Answer with any 2xx within 20 seconds. Anything else, a redirect too, is a failure. A message is tried again
after 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h and 24 h (each up to a fifth later, and not before the
`Retry-After` of your answer has passed), and given up then. `410 Gone` switches the webhook off at once;
three days in which every delivery fails do so too, and admins are told by mail. Messages may come twice and
out of order: keep the `webhook-id`s that you have seen, and go by `event_id`, which counts up.

Messages go to the open internet over HTTPS only; addresses in private networks need the setting
`COOLHEAD_WEBHOOK_NETWORKS`. Personal data in what was said is masked, as everywhere. The log of deliveries is
kept for 30 days.

| field | holds |
| --- | --- |
| `type` | the kind of event; one of those below |
| `timestamp` | when it happened, UTC |
| `event_id` | counts up over the whole installation |
| `client_id`, `conversation_id` | whose it is |
| `turn_id` | the turn that it belongs to; null when it belongs to none |
| `data` | what happened, by kind |

New fields may be added; fields that are there keep their meaning.
"""


def reference() -> str:
    """The page, as Markdown."""
    parts = [OPENING]
    for number, kind in enumerate(EventKind, start=4711):
        words, told = EXAMPLES[kind]
        event = StoredEvent(
            id=number,
            conversation_id=SUMMARY.id,
            client_id="northline",
            kind=told.kind,
            turn_id=told.turn_id,
            at=AT,
            data=told.data,
        )
        parts.append(_section(kind.value, words, _message(kind.value), event))
    parts.append(_section(TEST_KIND, "Somebody pressed Send a test.", _message(TEST_KIND), None))
    return "\n".join(parts)


def _message(kind: str) -> Message:
    return Message(id="0" * 32, webhook_id="0" * 32, event_id=None, kind=kind, made_at=AT)


def _section(kind: str, words: str, message: Message, event: StoredEvent | None) -> str:
    body = json.dumps(json.loads(body_of(message, event)), indent=2, ensure_ascii=False)
    return f"## `{kind}`\n\n{words}\n\n```json\n{body}\n```\n"


if __name__ == "__main__":
    sys.stdout.write(reference())
