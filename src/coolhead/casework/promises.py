"""An entry of the promise ledger: its states, the legal moves between them, and what time makes of it.

Whether an entry is near its time or late is never kept: it follows from the clock. Pure; moments are given.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from coolhead.casework.hours import Hours
from coolhead.codebook import Promiser, Term
from coolhead.errors import ConflictError, InputError

LONGEST_WHAT = 500
LONGEST_WORDS = 200
LONGEST_REASON = 500
LEAD = timedelta(hours=1)
"""Business time before an entry is due in which it is near its time."""


class State(Term):
    """Where an entry stands."""

    PROPOSED = "proposed", "found in the talk; nobody has accepted it yet"
    OPEN = "open", "accepted or added by a person; to be kept"
    KEPT = "kept", "what was promised was done"
    BROKEN = "broken", "it was not done, or not in time"
    RELEASED = "released", "the customer let go of it"
    DROPPED = "dropped", "no entry: rejected, merged into another, or no longer found in the talk"


class Move(Term):
    """What can be done to an entry."""

    PROPOSE = "propose", "the talk shows the promise (again)"
    WITHDRAW = "withdraw", "the talk, heard in its right order, shows it no more"
    ADD = "add", "a person enters it"
    ACCEPT = "accept", "a person takes the proposal into the ledger"
    REJECT = "reject", "a person says that the proposal is no promise"
    EDIT = "edit", "what, who or by when is changed"
    MERGE = "merge", "two entries that tell of one promise become one"
    KEEP = "keep", "it was done"
    BREAK = "break", "it was not done, or not in time"
    RELEASE = "release", "the customer let go of it"
    REOPEN = "reopen", "it is to be kept after all"
    UNDO = "undo", "the last move is taken back"


LEGAL: dict[Move, dict[State, State]] = {
    Move.PROPOSE: {State.DROPPED: State.PROPOSED, State.PROPOSED: State.PROPOSED},
    Move.WITHDRAW: {State.PROPOSED: State.DROPPED},
    Move.ACCEPT: {State.PROPOSED: State.OPEN},
    Move.REJECT: {State.PROPOSED: State.DROPPED},
    Move.EDIT: {State.PROPOSED: State.PROPOSED, State.OPEN: State.OPEN},
    Move.MERGE: {State.PROPOSED: State.DROPPED, State.OPEN: State.DROPPED},
    Move.KEEP: {State.OPEN: State.KEPT},
    Move.BREAK: {State.OPEN: State.BROKEN},
    Move.RELEASE: {State.OPEN: State.RELEASED},
    Move.REOPEN: dict.fromkeys((State.KEPT, State.BROKEN, State.RELEASED), State.OPEN),
}
"""The state that each move leads to, by the state it starts from; what is missing is not legal."""

WITH_REASON = frozenset({Move.BREAK, Move.RELEASE, Move.REOPEN})
BY_HAND = frozenset({Move.ACCEPT, Move.REJECT, Move.KEEP, Move.BREAK, Move.RELEASE, Move.REOPEN})
"""Moves that a person makes on one entry without changing its words."""
NEVER_UNDONE = frozenset({Move.PROPOSE, Move.WITHDRAW, Move.ADD})


class Standing(StrEnum):
    """What the clock makes of an open entry."""

    UNTIMED = "untimed"
    AHEAD = "ahead"
    NEAR = "near"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What was promised.

    Attributes:
        what: verb phrase ("send a surveyor"), 1 to `LONGEST_WHAT` characters.
        who: who is to keep it.
        when: the words that say by when; None when unsaid.
        due: the latest moment that keeps it; None when no time is named.
    """

    what: str
    who: Promiser
    when: str | None
    due: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A promise in the ledger.

    Attributes:
        id: 32 hexadecimal digits.
        turn_id: the turn in which it was made; None for one that a person added.
        start: offset of its first character in the turn's masked text; None for one that was added.
        end: offset after its last character; None for one that was added.
        said_at: when it was made; words of time count from here.
        owner_id: the account of who accepted or added it; None before, or when they have none.
        owner: their name; empty before.
        by_hand: True once a person has accepted, rejected, edited, merged or added it: what the talk shows
            later no longer changes it.
        version: counts its changes from 1.
        moved_at: when it was changed last.
    """

    id: str
    client_id: str
    conversation_id: str
    turn_id: str | None
    start: int | None
    end: int | None
    said_at: datetime
    terms: Terms
    state: State
    owner_id: str | None
    owner: str
    by_hand: bool
    version: int
    moved_at: datetime

    @property
    def is_live(self) -> bool:
        """True while something is still to be done about it."""
        return self.state in (State.PROPOSED, State.OPEN)

    @property
    def due(self) -> datetime | None:
        """When it is to be kept; None when no time was said."""
        return self.terms.due

    def standing(self, now: datetime, hours: Hours) -> Standing:
        """What the clock makes of it."""
        due = self.terms.due
        if due is None:
            return Standing.UNTIMED
        if now > due:
            return Standing.OVERDUE
        return Standing.NEAR if now >= near_from(self.said_at, due, hours) else Standing.AHEAD


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A change of an entry, as it is kept for good.

    Attributes:
        version: the entry's after the change.
        account_id: who made it; None for Coolhead itself and for programs.
        by: their name, or the program's; empty for Coolhead itself.
        before: the state before; None for a new entry.
        reason: in words; may be empty.
        was: the terms before, where the change touched them.
        other_id: with `merge`, the other entry.
    """

    promise_id: str
    version: int
    at: datetime
    move: Move
    account_id: str | None
    by: str
    before: State | None
    after: State
    reason: str = ""
    was: Terms | None = None
    other_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class By:
    """Who changes an entry; as in `Moved`."""

    account_id: str | None = None
    name: str = ""


COOLHEAD = By()


def begun(entry: Entry, move: Move, by: By) -> Moved:
    """The first change of a new entry."""
    return Moved(
        promise_id=entry.id,
        version=entry.version,
        at=entry.moved_at,
        move=move,
        account_id=by.account_id,
        by=by.name,
        before=None,
        after=entry.state,
    )


def changed(
    before: Entry,
    after: Entry,
    move: Move,
    by: By,
    now: datetime,
    *,
    reason: str = "",
    other_id: str | None = None,
) -> tuple[Entry, Moved]:
    """The entry as its next version, and the change as it is kept."""
    entry = replace(after, version=before.version + 1, moved_at=now)
    moved = Moved(
        promise_id=entry.id,
        version=entry.version,
        at=now,
        move=move,
        account_id=by.account_id,
        by=by.name,
        before=before.state,
        after=entry.state,
        reason=reason,
        was=None if before.terms == entry.terms else before.terms,
        other_id=other_id,
    )
    return entry, moved


def near_from(said_at: datetime, due: datetime, hours: Hours) -> datetime:
    """From when on an entry is near its time: an hour of business before, or half the time it was given."""
    return max(hours.back_business(due, LEAD), min(due, said_at + (due - said_at) / 2))


def state_after(entry: Entry, move: Move, reason: str = "") -> State:
    """The state that the move leads to.

    Raises:
        ConflictError: the move is not legal from the entry's state.
        InputError: the move needs a reason.
    """
    after = LEGAL.get(move, {}).get(entry.state)
    if after is None:
        possible = sorted(move.words for move in BY_HAND if entry.state in LEGAL[move])
        raise ConflictError(
            f"A promise that is {entry.state.words} cannot be moved by {move.words!r}.",
            hint=f"What can be done with it: {', '.join(possible)}." if possible else "It stays as it is.",
        )
    if move in WITH_REASON and not reason.strip():
        raise InputError(f"To {move.words} a promise needs a reason.", hint="Say in a few words why.")
    return after


def state_before(entry: Entry, last: Moved) -> State:
    """The state that taking back the entry's last change leads to.

    Raises:
        ConflictError: that change cannot be taken back.
    """
    if last.version != entry.version or last.move in NEVER_UNDONE or last.before is None:
        raise ConflictError("There is nothing to take back.", hint="Edit or move the promise instead.")
    return last.before


def merged_terms(entry: Entry, other: Entry) -> Terms:
    """What `entry` says once it takes up `other`: its own words, and the other's time where it has none.

    Raises:
        ConflictError: they belong to two conversations, or one of them cannot be merged.
    """
    if entry.id == other.id or entry.conversation_id != other.conversation_id:
        raise ConflictError("Only two promises of one conversation can become one.")
    if not entry.is_live:
        raise ConflictError(
            f"A promise that is {entry.state.words} takes up no other.", hint="Reopen it first."
        )
    state_after(other, Move.MERGE)
    if entry.state is State.PROPOSED and other.state is State.OPEN:
        raise ConflictError(
            "An open promise cannot become part of a proposal.", hint="Merge the proposal into the open one."
        )
    if entry.terms.when or entry.terms.due:
        return entry.terms
    return replace(entry.terms, when=other.terms.when, due=other.terms.due)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A promise that the talk shows, and where; as in `Entry`."""

    turn_id: str
    start: int
    end: int
    said_at: datetime
    terms: Terms


@dataclass(frozen=True, slots=True, kw_only=True)
class Differences:
    """What the talk shows that the ledger does not say yet.

    Attributes:
        new: promises without an entry.
        changed: entries nobody has touched, with what the talk shows now.
        gone: proposals nobody has touched that the talk shows no more.
    """

    new: tuple[Found, ...]
    changed: tuple[tuple[Entry, Found], ...]
    gone: tuple[Entry, ...]


def differences(entries: Sequence[Entry], found: Sequence[Found]) -> Differences:
    """Compares the entries of some turns, dropped ones too, with all that these turns show.

    A promise is the same one when it stands in the same turn on the same words, or on some of them.
    """
    left = {entry.id: entry for entry in entries if entry.turn_id is not None}
    pairs: dict[int, Entry] = {}
    for alike in (_same_words, _overlapping):
        for place, each in enumerate(found):
            if place in pairs:
                continue
            match = next((entry for entry in left.values() if alike(entry, each)), None)
            if match:
                pairs[place] = left.pop(match.id)
    return Differences(
        new=tuple(each for place, each in enumerate(found) if place not in pairs),
        changed=tuple(
            (entry, found[place])
            for place, entry in sorted(pairs.items())
            if not entry.by_hand
            and (
                entry.state is State.DROPPED
                or entry.terms != found[place].terms
                or _moved(entry, found[place])
            )
        ),
        gone=tuple(entry for entry in left.values() if not entry.by_hand and entry.state is State.PROPOSED),
    )


def _same_words(entry: Entry, found: Found) -> bool:
    return entry.turn_id == found.turn_id and not _moved(entry, found)


def _overlapping(entry: Entry, found: Found) -> bool:
    if entry.turn_id != found.turn_id or entry.start is None or entry.end is None:
        return False
    return entry.start < found.end and found.start < entry.end


def _moved(entry: Entry, found: Found) -> bool:
    return (entry.start, entry.end) != (found.start, found.end)
