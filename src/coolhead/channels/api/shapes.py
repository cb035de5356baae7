"""What the API takes and gives, as its reference describes it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Self

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    model_validator,
)

from coolhead.codebook import Channel, Speaker
from coolhead.picture.note import NoteSentence
from coolhead.picture.state import Picture
from coolhead.services.conversations.whole import Whole
from coolhead.services.text import readable
from coolhead.services.turns.hearing import Said
from coolhead.storage.conversations import Summary
from coolhead.storage.dispositions import Confirmed
from coolhead.storage.moments import KeptMoment
from coolhead.storage.offers import Offer

LONGEST_TEXT = 20_000
LARGEST_BATCH = 500
LONGEST_CALL_S = 1_000_000.0


def _repaired(value: object) -> object:
    return readable(value) if isinstance(value, str) else value


def in_this_age(moment: datetime) -> datetime:
    """The moment, as it was given.

    Raises:
        ValueError: it is long ago or far off, as a clock that runs wrong has it.
    """
    if not 1990 <= moment.year <= 2200:
        raise ValueError("the year should be between 1990 and 2200")
    return moment


Name = Annotated[str, BeforeValidator(_repaired), Field(max_length=200)]
Key = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$")]
Seconds = Annotated[float, Field(strict=True, ge=0, le=LONGEST_CALL_S, allow_inf_nan=False)]
Text = Annotated[str, BeforeValidator(_repaired), Field(min_length=1, max_length=LONGEST_TEXT)]


class ConversationIn(BaseModel):
    """A conversation to open; all fields are optional."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "reference": "call-88213",
                    "channel": "call",
                    "customer": "Daniel Okafor",
                    "agent": "Mara",
                    "started_at": "2026-03-18T14:20:00+01:00",
                }
            ]
        },
    )

    reference: Key | None = Field(
        default=None,
        description="Your own name for it. Opening it again under the same name gives the same conversation.",
    )
    channel: Channel = Field(default=Channel.CHAT, description="How it is held.")
    customer: Name = Field(default="", description="The customer's name; empty when not known.")
    customer_key: Key | None = Field(
        default=None, description="The customer as your system knows them; by it a paused channel is known."
    )
    agent: Name = Field(default="", description="The agent's name; empty when not known.")
    started_at: Annotated[AwareDatetime, AfterValidator(in_this_age)] | None = Field(
        default=None,
        description="When it began, with its UTC offset, in which promises fall due; null for now.",
    )


class TurnIn(BaseModel):
    """What one side said."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "id": "7",
                    "speaker": "customer",
                    "text": "This is the third time I have called about the same bill.",
                    "start": 31.2,
                    "end": 36.0,
                }
            ]
        },
    )

    id: Key = Field(description="Unique within the conversation; sending it again changes nothing.")
    speaker: Speaker = Field(description="Who spoke.")
    text: Text = Field(
        description="The words. Personal data in them is masked before anything is stored; control "
        "characters and broken Unicode are replaced."
    )
    start: Seconds | None = Field(
        default=None, description="Seconds from the conversation's start to the first word."
    )
    end: Seconds | None = Field(
        default=None, description="Seconds from the conversation's start to the last word."
    )
    number: Annotated[int, Field(strict=True, ge=0, le=1_000_000)] | None = Field(
        default=None,
        description="The turn's position, counted from 0, where there is no `start` and turns may come late.",
    )

    @model_validator(mode="after")
    def _ends_after_start(self) -> Self:
        if self.start is not None and self.end is not None and self.end < self.start:
            raise ValueError("end is before start")
        return self

    def said(self) -> Said:
        """The turn as services take it."""
        return Said(
            id=self.id,
            speaker=self.speaker,
            text=self.text,
            start=self.start,
            end=self.end,
            number=self.number,
        )


class TurnsIn(BaseModel):
    """Several turns, in any order; all are heard or none."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "turns": [
                        {"id": "1", "speaker": "agent", "text": "Good morning, Mara here.", "number": 0},
                        {"id": "2", "speaker": "customer", "text": "My bill is wrong again.", "number": 1},
                    ]
                }
            ]
        },
    )

    turns: Annotated[list[TurnIn], Field(min_length=1, max_length=LARGEST_BATCH)]


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnsOut:
    """The moments of the turns sent, in the order in which they were sent."""

    turns: list[KeptMoment]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteOut:
    """The wrap-up note.

    Attributes:
        text: the words: as a person edited them, else as Coolhead drafted them.
        version: counts what people have written; 0 while it is the draft.
        edited_by: who has edited it; null for the draft.
        drafted: the sentences that Coolhead drafted, each with the ids of the turns it comes from.
    """

    text: str
    edited_by: str | None
    edited_at: datetime | None
    version: int
    drafted: tuple[NoteSentence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationOut:
    """A conversation with all its turns.

    Attributes:
        conversation: its summary; `card` in it is the advice that stands now.
        turns: every turn with its reading and the advice that followed it, in order.
        picture: what it has come to; `alerts` and `promises` are in it.
        note: the wrap-up note; its text is empty while the customer has said nothing.
        disposition: what a person has confirmed; null so far. What is proposed stands in `conversation`.
        offers: what the customer was offered, and what they answered.
    """

    conversation: Summary
    turns: list[KeptMoment]
    picture: Picture
    note: NoteOut
    disposition: Confirmed | None
    offers: list[Offer]


def conversation_out(whole: Whole) -> ConversationOut:
    """The conversation as the API gives it."""
    edited, drafted = whole.edited_note, whole.drafted_note()
    note = NoteOut(
        text=edited.text if edited else drafted.text,
        edited_by=edited.edited_by if edited else None,
        edited_at=edited.edited_at if edited else None,
        version=edited.version if edited else 0,
        drafted=drafted.sentences,
    )
    return ConversationOut(
        conversation=whole.summary,
        turns=whole.moments,
        picture=whole.picture,
        note=note,
        disposition=whole.disposition,
        offers=whole.offers,
    )
