"""A stored conversation as a scenario is made from it, and where it is entered."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from coolhead.codebook import Channel, Issue, Speaker
from coolhead.errors import InputError
from coolhead.perception.reading import Reading

LEAST_HARM = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class LivedTurn:
    """A stored turn; `text` masked."""

    speaker: Speaker
    text: str
    reading: Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Lived:
    """A stored conversation.

    Attributes:
        customer: the customer's name as the record has it; may be empty.
        agent: the name of who answered; may be empty.
        keys: by which other systems know the customer and the conversation.
        company: the client's name.
        mark: of the conversation, as `mark_of` gives it.
    """

    turns: Sequence[LivedTurn]
    channel: Channel
    issue: Issue
    customer: str
    agent: str
    keys: tuple[str, ...]
    company: str
    mark: str


def mark_of(conversation_id: str) -> str:
    """What the scenarios made from a conversation carry, so that they are found when it is deleted."""
    return hashlib.blake2b(conversation_id.encode(), digest_size=4).hexdigest()


def entry_of(turns: Sequence[LivedTurn]) -> int:
    """The place of the customer's turn that whoever practises answers: right before it went wrong.

    It went wrong where the heat rose most over what the company's side said, a misstep in it counting as much
    as a level of heat; the first such place of several. Where it neither rose nor anybody made a misstep,
    it is the hottest moment.

    Raises:
        InputError: no customer spoke.
    """
    spoken = [at for at, turn in enumerate(turns) if turn.reading.heat is not None]
    if not spoken:
        raise InputError("No customer spoke in this conversation.", hint="Choose another one.")
    harm = {
        before: _rise(turns, before, after) + _missteps(turns[before + 1 : after])
        for before, after in zip(spoken, [*spoken[1:], len(turns)], strict=True)
        if after > before + 1
    }
    worst = max(harm.values(), default=0.0)
    if worst >= LEAST_HARM:
        return next(at for at, by in harm.items() if by == worst)
    return max(spoken, key=lambda at: heat_of(turns[at]))


def _rise(turns: Sequence[LivedTurn], before: int, after: int) -> float:
    return heat_of(turns[after]) - heat_of(turns[before]) if after < len(turns) else 0.0


def _missteps(turns: Sequence[LivedTurn]) -> float:
    return 1.0 if any(turn.reading.missteps for turn in turns) else 0.0


def heat_of(turn: LivedTurn) -> float:
    """The heat of a customer's turn, 0-4; 0 for others."""
    return turn.reading.heat.expected if turn.reading.heat else 0.0


def customers_in(turns: Sequence[LivedTurn]) -> list[LivedTurn]:
    """The customer's turns."""
    return [turn for turn in turns if turn.reading.heat is not None]
