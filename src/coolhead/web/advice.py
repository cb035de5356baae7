"""What the library offers beside the card: a note, better words for a draft."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coolhead.codebook import Speaker
from coolhead.conversation.turn import Turn
from coolhead.guidance.rewrite import rewrite
from coolhead.perception.reading import Reading
from coolhead.picture.note import Note, write_note
from coolhead.picture.state import Picture
from coolhead.services.live import Whole
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
    """

    why: str
    text: str
    whole: str


def note_for(whole: Whole) -> Note:
    """The note of the conversation so far, each sentence with the turns it comes from."""
    return write_note(
        [Told(turn=moment.turn, reading=moment.reading, picture=whole.picture) for moment in whole.moments]
    )


async def better_words(here: Services, picture: Picture, draft: str) -> Better | None:
    """A better wording for what the agent is about to say; None when there is none, or too little to read."""
    if len(draft.strip()) < SHORTEST_DRAFT:
        return None
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(here.threads, _better, here.engine, picture, draft)


def _better(engine: Engine, picture: Picture, draft: str) -> Better | None:
    place = picture.recent[-1].place + 1 if picture.recent else 0.0
    moment = engine.hear(picture, Turn(id="draft", speaker=Speaker.AGENT, text=draft, place=place))
    if moment.turn.text != draft:
        return None
    found = rewrite(draft, picture, moment.reading)
    if found is None:
        return None
    return Better(
        why=found.why, text=found.text, whole=draft[: found.start] + found.text + draft[found.end :]
    )
