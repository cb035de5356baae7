"""A customer's contacts over time: what became of promises, and which contact repeats an earlier one.

Pure; moments are given. Knows no storage and no screen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from coolhead.casework.promises import Entry, State
from coolhead.codebook import Abuse, Behaviour, Channel, Cue, Heat, Issue, Resolved, Term, Trigger

REPEAT_WITHIN = timedelta(days=30)
"""A contact about the same issue that begins at most this long after an earlier one ended repeats it."""

NEVER_REPEATED = frozenset({Issue.OTHER, Issue.INFORMATION})
"""Two of these are two matters: the one is no issue of its own, the other a question that was answered."""


class Fate(Term):
    """What became of a promise."""

    KEPT = "kept", "what was promised was done"
    BROKEN = "broken", "it was not done, or not in time"
    RELEASED = "released", "the customer let go of it"
    OVERDUE = "overdue", "its time has passed, and nobody has said what became of it"
    OPEN = "open", "it is still to be kept"
    UNCONFIRMED = "unconfirmed", "it was said, but nobody has taken it into the ledger"

    @property
    def is_broken(self) -> bool:
        """True when the customer waits, or waited, in vain."""
        return self in (Fate.BROKEN, Fate.OVERDUE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pledge:
    """A promise of a contact and what became of it; `at` is when it was settled or was due, else was made."""

    promise_id: str
    turn_id: str | None
    what: str
    due: datetime | None
    fate: Fate
    at: datetime


@dataclass(frozen=True, slots=True)
class Shown:
    """Something a turn showed."""

    term: Cue | Trigger | Behaviour | Abuse
    turn_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """One conversation of a customer.

    Attributes:
        ended_at: None while it goes on.
        agent: their name; empty when nobody answered.
        issue: what it was about, as confirmed, else as far as it was clear; None while it is not.
        outcome: whether they got what they came for, as confirmed, else as read; None while not known.
        peak: the hottest that they were; `peak_turn` is where, None when nothing was read.
        shown: what their turns showed, in order.
        pledges: what they were promised, in order.
    """

    conversation_id: str
    channel: Channel
    opened_at: datetime
    ended_at: datetime | None
    agent: str = ""
    issue: Issue | None = None
    outcome: Resolved | None = None
    peak: Heat = Heat.CALM
    peak_turn: str | None = None
    shown: tuple[Shown, ...] = ()
    pledges: tuple[Pledge, ...] = ()


def pledge_of(entry: Entry, now: datetime) -> Pledge | None:
    """What became of an entry of the promise ledger; None for one that was no promise."""
    if entry.state is State.DROPPED:
        return None
    late = entry.state is State.OPEN and entry.terms.due is not None and entry.terms.due < now
    fates = {
        State.PROPOSED: Fate.UNCONFIRMED,
        State.OPEN: Fate.OVERDUE if late else Fate.OPEN,
        State.KEPT: Fate.KEPT,
        State.BROKEN: Fate.BROKEN,
        State.RELEASED: Fate.RELEASED,
    }
    return Pledge(
        promise_id=entry.id,
        turn_id=entry.turn_id,
        what=entry.terms.what,
        due=entry.terms.due,
        fate=fates[entry.state],
        at=(entry.terms.due if late and entry.terms.due else entry.moved_at),
    )


def repeats(contacts: Sequence[Contact]) -> dict[str, str]:
    """The contacts that repeat an earlier one, by id, with the id of the latest contact that they repeat.

    A contact repeats another that is about the same issue, began before it, and had ended (or was still open)
    no longer than `REPEAT_WITHIN` before it began.
    """
    found: dict[str, str] = {}
    before: list[Contact] = []
    for contact in sorted(contacts, key=_order):
        if contact.issue is not None and contact.issue not in NEVER_REPEATED:
            earlier = [each for each in before if _is_repeated(each, contact)]
            if earlier:
                found[contact.conversation_id] = earlier[-1].conversation_id
        before.append(contact)
    return found


def _is_repeated(earlier: Contact, contact: Contact) -> bool:
    over = earlier.ended_at or contact.opened_at
    return earlier.issue is contact.issue and contact.opened_at - over <= REPEAT_WITHIN


def _order(contact: Contact) -> tuple[datetime, str]:
    return contact.opened_at, contact.conversation_id
