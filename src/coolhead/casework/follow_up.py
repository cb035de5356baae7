"""A follow-up: a call-back or a letter after a conversation; its states, legal moves, when it is proposed.

Whether it is near its time or late follows from the clock and is never kept. Pure; moments are given.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from coolhead.casework.hours import Hours
from coolhead.casework.promises import Standing, near_from
from coolhead.codebook import Channel, Heat, Resolved, Term
from coolhead.errors import ConflictError, InputError

LONGEST_REASON = 500
ADDRESS = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>.]+")
NUMBER = re.compile(r"\+?[\d ()/.-]{6,30}")
SOON = timedelta(hours=4)
LATER = timedelta(hours=9)
"""Business time after which the follow-up of a rough conversation is due: what is unsolved waits half a day,
anything else about a whole one."""


class Kind(Term):
    """How the customer is reached."""

    CALL = "call", "call back"
    EMAIL = "email", "write an e-mail"


class State(Term):
    """Where a follow-up stands."""

    PROPOSED = "proposed", "Coolhead proposes it; nobody has taken it on yet"
    SCHEDULED = "scheduled", "somebody will do it"
    MOVED = "moved", "somebody will do it, at another time than first planned"
    DONE = "done", "the customer was called, or the letter was sent"
    FAILED = "failed", "it could not be done"
    DISMISSED = "dismissed", "it is not needed"


class Move(Term):
    """What can be done to a follow-up."""

    PROPOSE = "propose", "the conversation was rough"
    ADD = "add", "a person plans it"
    SCHEDULE = "schedule", "a person takes the proposal on"
    DISMISS = "dismiss", "a person says that it is not needed"
    EDIT = "edit", "the draft, the address or the way is changed"
    MOVE = "move", "it is put off, or brought forward"
    DO = "do", "it is done"
    SEND = "send", "the letter is sent"
    FAIL = "fail", "it could not be done"
    REOPEN = "reopen", "it is to be done after all"


WAITING = (State.SCHEDULED, State.MOVED)
LIVE = (State.PROPOSED, *WAITING)
LEGAL: dict[Move, dict[State, State]] = {
    Move.SCHEDULE: {State.PROPOSED: State.SCHEDULED},
    Move.DISMISS: {State.PROPOSED: State.DISMISSED},
    Move.EDIT: {state: state for state in LIVE},
    Move.MOVE: dict.fromkeys(WAITING, State.MOVED),
    Move.DO: dict.fromkeys(WAITING, State.DONE),
    Move.SEND: dict.fromkeys(WAITING, State.DONE),
    Move.FAIL: dict.fromkeys(WAITING, State.FAILED),
    Move.REOPEN: dict.fromkeys((State.DONE, State.FAILED, State.DISMISSED), State.SCHEDULED),
}
"""The state that each move leads to, by the state it starts from; what is missing is not legal."""

WITH_REASON = frozenset({Move.DISMISS, Move.MOVE, Move.FAIL, Move.REOPEN})
BY_HAND = frozenset({Move.SCHEDULE, Move.DISMISS, Move.DO, Move.FAIL, Move.REOPEN})
"""Moves that a person makes without changing what is written or when it is due."""


class Why(Term):
    """What made a conversation rough."""

    HOT = "hot", "they were angry"
    UNSOLVED = "unsolved", "it is not solved"
    OWED = "owed", "something that was promised is still to be done"


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """A follow-up.

    Attributes:
        id: 32 hexadecimal digits.
        due: the moment by which it is to be done.
        why: what made Coolhead propose it; empty for one that a person planned.
        address: where the letter goes, or the number to call; empty while not known.
        subject: of the letter; empty for a call.
        text: the letter, or what to say.
        owner_id: the account of who is to do it; None for nobody.
        owner: their name; empty for nobody.
        version: counts its changes from 1.
        moved_at: when it was changed last.
    """

    id: str
    client_id: str
    conversation_id: str
    kind: Kind
    due: datetime
    why: tuple[Why, ...]
    address: str
    subject: str
    text: str
    state: State
    owner_id: str | None
    owner: str
    version: int
    made_at: datetime
    moved_at: datetime

    @property
    def is_waiting(self) -> bool:
        """True while somebody is to do it."""
        return self.state in WAITING

    def standing(self, now: datetime, hours: Hours) -> Standing:
        """What the clock makes of it."""
        if now > self.due:
            return Standing.OVERDUE
        return Standing.NEAR if now >= near_from(self.made_at, self.due, hours) else Standing.AHEAD


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A change of a follow-up, as it is kept for good.

    Attributes:
        version: the follow-up's after the change.
        account_id: who made it; None for Coolhead itself.
        by: their name; empty for Coolhead itself.
        before: the state before; None for a new one.
        reason: in words; may be empty.
        was_due: when it was due before, where the change moved that.
    """

    follow_up_id: str
    version: int
    at: datetime
    move: Move
    account_id: str | None
    by: str
    before: State | None
    after: State
    reason: str = ""
    was_due: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """What the rule looks at when a conversation has ended.

    Attributes:
        peak: the hottest that the customer was.
        outcome: whether they got what they came for; None when nothing was read.
        promised: True when something promised to them is still to be done.
    """

    peak: Heat
    outcome: Resolved | None
    promised: bool


def roughness(ended: Ended) -> tuple[Why, ...]:
    """Why a conversation was rough; empty when it was not, and nobody needs to follow up.

    It was when they were angry; or frustrated, and either it is not wholly solved or something is still owed.
    """
    found = []
    if ended.peak >= Heat.ANGRY:
        found.append(Why.HOT)
    if ended.peak >= Heat.FRUSTRATED and ended.outcome in (Resolved.NO, Resolved.PARTLY):
        found.append(Why.UNSOLVED)
    if ended.peak >= Heat.FRUSTRATED and ended.promised:
        found.append(Why.OWED)
    return tuple(found)


def kind_after(channel: Channel) -> Kind:
    """How a customer of that channel is reached by default: who called is called."""
    return Kind.CALL if channel is Channel.CALL else Kind.EMAIL


def address_in(kind: Kind, customer_key: str | None) -> str:
    """The customer's key where a letter or a call can reach it, as many systems use one; else empty."""
    key = (customer_key or "").strip()
    reachable = ADDRESS if kind is Kind.EMAIL else NUMBER
    return key if reachable.fullmatch(key) else ""


def due_after(why: tuple[Why, ...], ended_at: datetime, hours: Hours) -> datetime:
    """By when to follow up on a rough conversation, always while the client is at work."""
    return hours.add_business(ended_at, SOON if Why.UNSOLVED in why else LATER)


def in_hours(at: datetime, hours: Hours) -> datetime:
    """The moment itself while the client is at work, else when it next opens."""
    return hours.next_open(at)


def state_after(before: FollowUp, move: Move, reason: str = "") -> State:
    """The state that the move leads to.

    Raises:
        ConflictError: the move is not legal from here.
        InputError: the move needs a reason, or the reason is too long.
    """
    after = LEGAL.get(move, {}).get(before.state)
    if after is None:
        raise ConflictError(
            f"A follow-up that is {before.state.words} cannot: {move.words}.",
            hint="Look at what it says now; somebody may have changed it.",
        )
    if move is Move.SEND and before.kind is not Kind.EMAIL:
        raise ConflictError("A call cannot be sent.", hint="Make it a letter first, or mark it done.")
    if move in WITH_REASON and not reason:
        raise InputError("This needs a reason.", hint="A few words will do.")
    if len(reason) > LONGEST_REASON:
        raise InputError(f"A reason has at most {LONGEST_REASON} characters.", hint="Say it in fewer words.")
    return after


def changed(
    before: FollowUp,
    after: FollowUp,
    move: Move,
    *,
    account_id: str | None,
    by: str,
    now: datetime,
    reason: str = "",
) -> tuple[FollowUp, Moved]:
    """The follow-up as it is after the move, a version on, and the change to keep with it."""
    after = replace(after, version=before.version + 1, moved_at=now)
    return after, Moved(
        follow_up_id=before.id,
        version=after.version,
        at=now,
        move=move,
        account_id=account_id,
        by=by,
        before=before.state,
        after=after.state,
        reason=reason,
        was_due=before.due if before.due != after.due else None,
    )
