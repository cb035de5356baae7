"""A turn once heard: what the note and the outcome are made of. `engine.Moment` is one."""

from __future__ import annotations

from typing import Protocol

from coolhead.conversation.turn import Turn
from coolhead.perception.reading import Reading
from coolhead.picture.state import Picture


class Heard(Protocol):
    """A masked turn, what it shows, and what the conversation has come to with it."""

    @property
    def turn(self) -> Turn:
        """The turn, masked."""
        ...

    @property
    def reading(self) -> Reading:
        """What it shows."""
        ...

    @property
    def picture(self) -> Picture:
        """The picture right after it."""
        ...
