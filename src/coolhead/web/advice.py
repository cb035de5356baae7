"""What the library offers beside the card: a note, better words for a draft or less of a promise."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coolhead.codebook import Speaker
from coolhead.conversation.turn import Turn
from coolhead.guidance.card import Cited
from coolhead.guidance.overpromise import overpromises
from coolhead.guidance.put_right import saying
from coolhead.guidance.rewrite import rewrite
from coolhead.guidance.terms import Terms
from coolhead.perception.reading import Reading
from coolhead.picture.note import Note, write_note
from coolhead.picture.state import Picture
from coolhead.services.conversations.whole import Whole
from coolhead.web.needs import Services

if TYPE_CHECKING:
    from coolhead.engine import Engine

SHORTEST_DRAFT = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A turn as the note takes it; of the pictures it looks at the last one only."""

    turn: Turn
    reading: Reading
    picture: Picture


@dataclass(frozen=True, slots=True, kw_only=True)
class Better:
    """A better wording for a draft.

    Attributes:
        why: one sentence on what is better.
        text: the new sentence.
        whole: the draft with the new sentence in it.
        cites: the parts of the client's policies that it rests on.
    """

    why: str
    text: str
    whole: str
    cites: tuple[Cited, ...] = ()


def note_for(whole: Whole) -> Note:
    """The note of the conversation so far, each sentence with the turns it comes from."""
    return write_note(
        [Told(turn=moment.turn, reading=moment.reading, picture=whole.picture) for moment in whole.moments]
    )


async def better_words(
    here: Services, picture: Picture, draft: str, terms: Terms, speaker: Speaker
) -> Better | None:
    """A better wording for what the agent is about to say; None when there is none, or too little to read.

    Args:
        here: the services.
        picture: the conversation so far.
        draft: what is about to be said.
        terms: what promises have to keep to; a promise that goes too far comes before any other misstep.
        speaker: whose authority counts.
    """
    if len(draft.strip()) < SHORTEST_DRAFT:
        return None
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(here.threads, _better, here.engine, picture, draft, terms, speaker)


def _better(engine: Engine, picture: Picture, draft: str, terms: Terms, speaker: Speaker) -> Better | None:
    place = picture.recent[-1].place + 1 if picture.recent else 0.0
    turn = Turn(id="draft", speaker=Speaker.AGENT, text=draft, place=place)
    moment = engine.hear(picture, turn)
    if moment.turn.text != draft:
        return None
    said = saying(picture, turn, moment.reading, turn.said_at(picture.started_at))
    for over in overpromises(said, terms.facts, terms.authority(speaker)):
        whole = draft[: over.start] + over.instead + draft[over.end :]
        return Better(why=over.why, text=over.instead, whole=whole, cites=terms.cited(*over.cites))
    found = rewrite(draft, picture, moment.reading)
    if found is None:
        return None
    return Better(
        why=found.why, text=found.text, whole=draft[: found.start] + found.text + draft[found.end :]
    )
