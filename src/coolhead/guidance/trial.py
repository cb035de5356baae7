"""A playbook tried on conversations that were already heard with it: what each entry would have done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from coolhead.codebook import Technique
from coolhead.conversation.turn import Turn
from coolhead.guidance.card import Card
from coolhead.guidance.playbook import Entry, Playbook
from coolhead.perception.reading import Reading


class Heard(Protocol):
    """What the trial needs of a moment."""

    @property
    def turn(self) -> Turn:
        """The turn."""

    @property
    def reading(self) -> Reading:
        """What it shows."""

    @property
    def card(self) -> Card | None:
        """What the playbook under trial showed after it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fired:
    """One card of the trial; `done_anyway` says whether the agent's next turn did any of what it advised."""

    conversation_id: str
    turn_id: str
    done_anyway: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryTrial:
    """What one entry did over all conversations."""

    entry: Entry
    fired: tuple[Fired, ...]

    @property
    def done_anyway(self) -> int:
        """How many of its cards the agent would hardly have needed."""
        return sum(each.done_anyway for each in self.fired)


def try_playbook(
    playbook: Playbook, conversations: Iterable[tuple[str, Sequence[Heard]]]
) -> tuple[EntryTrial, ...]:
    """Every entry of `playbook` with the cards it gave, in the order of the playbook.

    `conversations` are ids with the moments that an engine coaching by `playbook` gave.
    """
    fired: dict[str, list[Fired]] = {entry.name: [] for entry in playbook.entries}
    for conversation_id, moments in conversations:
        for number, moment in enumerate(moments):
            if moment.card and moment.card.id in fired:
                done = _done_next(moment.card.techniques, moments[number + 1 :])
                fired[moment.card.id].append(
                    Fired(conversation_id=conversation_id, turn_id=moment.turn.id, done_anyway=done)
                )
    return tuple(EntryTrial(entry=entry, fired=tuple(fired[entry.name])) for entry in playbook.entries)


def _done_next(techniques: tuple[Technique, ...], later: Sequence[Heard]) -> bool:
    answer = next((moment for moment in later if not moment.turn.by_customer), None)
    return answer is not None and any(sign.term in techniques for sign in answer.reading.techniques)
