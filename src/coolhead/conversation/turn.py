"""The words of a conversation: who said what, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from coolhead.codebook import Channel, Speaker


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One speaker's words until the other one speaks.

    Attributes:
        id: unique within the conversation; a second turn of the same id is the same turn.
        speaker: who spoke.
        text: the words as said or typed.
        start: seconds from the conversation's start to the first word; None when no times are known.
        end: seconds from the conversation's start to the last word; None when not known.
        place: sort key within the conversation: `start` where known, else the number of the turn.
    """

    id: str
    speaker: Speaker
    text: str
    start: float | None = None
    end: float | None = None
    place: float = 0.0

    @property
    def order(self) -> tuple[float, str]:
        """What turns are sorted by; ids break ties so that every arrival order ends the same."""
        return (self.place, self.id)

    @property
    def by_customer(self) -> bool:
        """True when the customer spoke, false for the agent and the supervisor."""
        return self.speaker is Speaker.CUSTOMER

    def said_at(self, started_at: datetime | None) -> datetime | None:
        """When the turn began by the wall clock; None when no clock is known or none goes that far."""
        if started_at is None:
            return None
        try:
            return started_at + timedelta(seconds=self.start or 0.0)
        except (OverflowError, ValueError):
            return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """A whole conversation as a file holds it; turns are in order.

    Attributes:
        id: unique within the file's folder or the client.
        channel: how it was held.
        started_at: when it began, with its UTC offset; None when not known.
        customer: the customer's name as the source gives it; empty when not known.
        agent: the agent's name as the source gives it; empty when not known.
        industry: what the company does, as the source gives it; empty when not known.
    """

    id: str
    turns: tuple[Turn, ...]
    channel: Channel = Channel.CHAT
    started_at: datetime | None = None
    customer: str = ""
    agent: str = ""
    industry: str = ""
