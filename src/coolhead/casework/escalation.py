"""One call for a supervisor: its states and the moves between them. The only place that says what is legal.

    requested → briefed → accepted → joined or taken over → returned → closed

or declined with a reason, or nobody was free and the customer was promised a call-back, or it was not needed
any more. What nobody answers rises to the next level. Knows no storage, no rights and no clock.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import IntEnum

from coolhead.codebook import Term
from coolhead.errors import ConflictError, InputError

LONGEST_REASON = 500


class State(Term):
    """How far a call for help has come; the definition is what the agent is told."""

    REQUESTED = "requested", "waiting for someone to look"
    BRIEFED = "briefed", "someone is reading the briefing"
    ACCEPTED = "accepted", "someone is coming"
    JOINED = "joined", "a supervisor is in the conversation with you"
    TAKEN_OVER = "taken_over", "a supervisor has taken the conversation over"
    RETURNED = "returned", "the conversation is yours again"
    CLOSED = "closed", "this is over"
    DECLINED = "declined", "nobody will come, and there is a reason"
    CALL_BACK = "call_back", "nobody was free; the customer is called back"

    @property
    def is_open(self) -> bool:
        """True while something is still to come."""
        return self not in (State.CLOSED, State.DECLINED, State.CALL_BACK)

    @property
    def is_waiting(self) -> bool:
        """True while no supervisor has said yes."""
        return self in (State.REQUESTED, State.BRIEFED)


class Origin(Term):
    """Why a supervisor is called."""

    AGENT = "agent", "the agent asks for help"
    ADVICE = "advice", "the playbook advises it"
    CUSTOMER = "customer", "the customer wants a supervisor"
    ABUSE = "abuse", "the agent hands over after abuse"
    THREAT = "threat", "a threat of harm was made"
    FORGOTTEN = "forgotten", "the customer is upset and nobody has answered"


class Level(IntEnum):
    """Who is called."""

    SUPERVISORS = 1
    ADMINS = 2

    @property
    def words(self) -> str:
        """The level as people read it."""
        return self.name.lower()


class Move(Term):
    """What someone does about a call for help."""

    BRIEF = "brief", "reads the briefing"
    ACCEPT = "accept", "says that they will come"
    JOIN = "join", "writes in the conversation beside the agent"
    TAKE_OVER = "take_over", "becomes the one who answers"
    GIVE_BACK = "give_back", "returns the conversation to the agent"
    CLOSE = "close", "says that it is over"
    DECLINE = "decline", "says no, with a reason"
    CALL_BACK = "call_back", "promises the customer a call-back, since nobody is free"
    WITHDRAW = "withdraw", "needs no help any more"
    RISE = "rise", "passes to the next level, since nobody has answered"


WAITING = frozenset({State.REQUESTED, State.BRIEFED})
ANSWERED = frozenset({State.ACCEPTED, State.JOINED, State.TAKEN_OVER})
LEGAL: dict[Move, tuple[frozenset[State], State]] = {
    Move.BRIEF: (frozenset({State.REQUESTED}), State.BRIEFED),
    Move.ACCEPT: (frozenset({State.BRIEFED}), State.ACCEPTED),
    Move.JOIN: (frozenset({State.ACCEPTED}), State.JOINED),
    Move.TAKE_OVER: (frozenset({State.ACCEPTED, State.JOINED}), State.TAKEN_OVER),
    Move.GIVE_BACK: (frozenset({State.JOINED, State.TAKEN_OVER}), State.RETURNED),
    Move.CLOSE: (ANSWERED | {State.RETURNED}, State.CLOSED),
    Move.DECLINE: (WAITING | {State.ACCEPTED}, State.DECLINED),
    Move.CALL_BACK: (WAITING, State.CALL_BACK),
    Move.WITHDRAW: (WAITING, State.CLOSED),
    Move.RISE: (WAITING | {State.ACCEPTED}, State.REQUESTED),
}
"""From which states each move may be made, and where it leads."""

OWN = frozenset({Move.JOIN, Move.TAKE_OVER, Move.GIVE_BACK})
"""Moves of the supervisor who has accepted, and of nobody else."""

REASONED = frozenset({Move.DECLINE, Move.CALL_BACK})
"""Moves that need words: why not, or what was promised."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who makes a move; `id` is None for what happens by itself."""

    id: str | None
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalation:
    """One call for a supervisor.

    Attributes:
        turn_id: the turn that gave rise to it; None when none did.
        words: what the one who asked adds; may be empty.
        asked_by_id: the account that asked; None when it came by itself.
        agent_id: who had the conversation, and gets it back; None when nobody had.
        moved_at: the last move, or when it was asked for.
        supervisor_id: who has accepted; None before.
        reason: of the last move that needed one.
        version: how many moves were made; a move that builds on an older version is refused.
    """

    id: str
    client_id: str
    conversation_id: str
    origin: Origin
    turn_id: str | None
    words: str
    asked_by_id: str | None
    asked_by: str
    agent_id: str | None
    agent: str
    asked_at: datetime
    moved_at: datetime
    state: State = State.REQUESTED
    level: Level = Level.SUPERVISORS
    supervisor_id: str | None = None
    supervisor: str = ""
    reason: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveMade:
    """One move that was made: the escalation's `number`-th, and how it stood then."""

    escalation_id: str
    number: int
    move: Move
    state: State
    level: Level
    by_id: str | None
    by: str
    reason: str
    at: datetime


def moves_from(escalation: Escalation) -> frozenset[Move]:
    """What may be done now, by somebody; `OWN` moves only by its supervisor."""
    top = escalation.level is max(Level)
    return frozenset(
        move
        for move, (states, _) in LEGAL.items()
        if escalation.state in states and not (move is Move.RISE and top)
    )


def moved(escalation: Escalation, move: Move, by: Actor, at: datetime, reason: str = "") -> Escalation:
    """The escalation after a move.

    Raises:
        ConflictError: the move is not legal now, or it is another supervisor's.
        InputError: the move needs a reason, or the reason is too long.
    """
    if move not in moves_from(escalation):
        raise ConflictError(
            f"That cannot be done any more: {escalation.state.words}.",
            hint="Look at it again; it has moved on.",
        )
    if move in OWN and by.id != escalation.supervisor_id:
        raise ConflictError(
            f"{escalation.supervisor} has accepted this.", hint="Leave it to them, or ask them."
        )
    words = " ".join(reason.split())
    if move in REASONED and not words:
        raise InputError("This needs a reason.", hint="Say in a few words why.")
    if len(words) > LONGEST_REASON:
        raise InputError(f"A reason has at most {LONGEST_REASON} characters.", hint="Say it in fewer words.")
    after = replace(
        escalation,
        state=LEGAL[move][1],
        moved_at=at,
        reason=words or escalation.reason,
        version=escalation.version + 1,
    )
    if move is Move.ACCEPT:
        return replace(after, supervisor_id=by.id, supervisor=by.name)
    if move is Move.RISE:
        return replace(after, level=Level(escalation.level + 1), supervisor_id=None, supervisor="")
    return after


def record(after: Escalation, move: Move, by: Actor) -> MoveMade:
    """What is kept of the move that led to `after`."""
    return MoveMade(
        escalation_id=after.id,
        number=after.version,
        move=move,
        state=after.state,
        level=after.level,
        by_id=by.id,
        by=by.name,
        reason=after.reason if move in REASONED or move is Move.CLOSE else "",
        at=after.moved_at,
    )


def rises_at(escalation: Escalation, patience: timedelta) -> datetime | None:
    """When it rises unless something is done; None when it does not."""
    return escalation.moved_at + patience if Move.RISE in moves_from(escalation) else None
