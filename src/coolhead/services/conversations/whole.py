"""A conversation with everything that belongs to it, as screens, exports and notes take it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from coolhead.casework.escalation import Escalation
from coolhead.casework.hours import Hours
from coolhead.casework.promises import Entry
from coolhead.conversation.turn import Turn
from coolhead.perception.reading import Reading
from coolhead.picture.note import Note, write_note
from coolhead.picture.state import Picture
from coolhead.storage import (
    clients,
    contests,
    dispositions,
    escalations,
    limits,
    moments,
    notes,
    offers,
    promises,
    whispers,
)
from coolhead.storage.contests import Contest
from coolhead.storage.conversations import Stand, Summary
from coolhead.storage.dispositions import Confirmed
from coolhead.storage.limits import LimitStep, Pause
from coolhead.storage.moments import KeptMoment
from coolhead.storage.notes import EditedNote
from coolhead.storage.offers import Offer
from coolhead.storage.whispers import Whisper


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A kept turn with the conversation's picture, as the note is written from."""

    turn: Turn
    reading: Reading
    picture: Picture


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """A conversation with everything that belongs to it; lists are oldest first.

    Attributes:
        call: the latest call for a supervisor; None when there was none.
        limit_steps: abuse that was noticed and the limits set.
        pause: the pause that came from it, ended or not; None when there was none.
        edited_note: the note in a person's words; None while nobody has edited it.
        disposition: what a person has confirmed; None so far.
        offers: what the customer was offered, and what they answered.
        ledger: its promises with all that became of them, dropped ones too.
        hours: its client's, in whose time zone promises fall due.
    """

    summary: Summary
    picture: Picture
    moments: list[KeptMoment]
    whispers: list[Whisper]
    contests: list[Contest]
    call: Escalation | None
    limit_steps: list[LimitStep]
    pause: Pause | None
    edited_note: EditedNote | None
    disposition: Confirmed | None
    offers: list[Offer]
    ledger: list[Entry]
    hours: Hours

    def drafted_note(self) -> Note:
        """The note that Coolhead writes from the turns so far, each sentence with its turns."""
        return write_note(
            [Heard(turn=each.turn, reading=each.reading, picture=self.picture) for each in self.moments]
        )


async def whole_of(connection: AsyncConnection, stand: Stand) -> Whole:
    """The conversation of that stand with all that belongs to it, as the connection sees it."""
    conversation_id = stand.summary.id
    return Whole(
        summary=stand.summary,
        picture=stand.picture,
        moments=await moments.list_of(connection, conversation_id),
        whispers=await whispers.list_of(connection, conversation_id),
        contests=await contests.list_of(connection, conversation_id),
        call=await escalations.latest_of(connection, conversation_id),
        limit_steps=await limits.list_steps(connection, conversation_id),
        pause=await limits.find_pause(connection, conversation_id),
        edited_note=await notes.find(connection, conversation_id),
        disposition=await dispositions.find(connection, conversation_id),
        offers=await offers.list_of(connection, conversation_id),
        ledger=await promises.list_of(connection, conversation_id),
        hours=await clients.hours_of(connection, stand.summary.client_id),
    )
