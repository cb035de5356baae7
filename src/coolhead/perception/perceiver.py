"""The whole of perception: what the words, the promises and the clock show of a turn, in one reading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Protocol, Self

from coolhead.codebook import Misstep
from coolhead.conversation.turn import Turn
from coolhead.perception.encoder import Floats
from coolhead.perception.promises import find_promises
from coolhead.perception.promises.scorer import shipped
from coolhead.perception.reading import Reading, Sign
from coolhead.perception.text import TextModel
from coolhead.perception.timing import interruption, timing

SEEN = 8
"""Turns before the present one that count."""


class TextReader(Protocol):
    """Reads the words of a turn; `TextModel` is the one that ships."""

    def read(self, turn: Turn, before: Sequence[Turn]) -> Reading:
        """What the words show after the earlier turns, oldest first."""

    def vector(self, text: str) -> Floats:
        """What words of an agent mean by themselves [384]."""


class Perceiver:
    """Reads turns: the same turn after the same turns always gives the same reading; threads may share it."""

    def __init__(self, text: TextReader) -> None:
        self._text = text

    @classmethod
    def load(cls) -> Self:
        """A perceiver with the models that ship.

        Raises:
            SetupError: when a model's files are missing or damaged.
        """
        shipped()
        return cls(TextModel())

    def read(self, turn: Turn, before: Sequence[Turn], said_at: datetime | None) -> Reading:
        """What a turn shows.

        Args:
            turn: the present turn, masked.
            before: the earlier turns, oldest first; the last eight count.
            said_at: when it was said, with the conversation's UTC offset; None when no clock is known.
        """
        seen = before[-SEEN:]
        reading = self._text.read(turn, seen)
        promises = find_promises(turn, seen, said_at, reading.scores)
        return replace(
            reading,
            promises=promises,
            missteps=_with(reading.missteps, interruption(turn, seen)),
            timing=timing(turn, seen),
        )

    def vector(self, text: str) -> Floats:
        """What words of an agent mean by themselves, masked: a vector [384]."""
        return self._text.vector(text)

    def read_all(self, turns: Sequence[Turn], started_at: datetime | None) -> list[Reading]:
        """What each turn of a conversation shows after the turns before it; the same as `read` gives."""
        return [
            self.read(turn, turns[max(0, place - SEEN) : place], turn.said_at(started_at))
            for place, turn in enumerate(turns)
        ]


def _with(missteps: tuple[Sign[Misstep], ...], cut: Sign[Misstep] | None) -> tuple[Sign[Misstep], ...]:
    """The missteps and the interruption, which the clock or the dash shows better than the words do."""
    if cut is None:
        return missteps
    return (*(sign for sign in missteps if sign.term is not Misstep.INTERRUPTS), cut)
