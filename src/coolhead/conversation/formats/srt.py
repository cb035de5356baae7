"""SubRip subtitles with the speaker in front of the words. Read only."""

from __future__ import annotations

from collections.abc import Iterator

from coolhead.conversation.formats.cues import Cue, cues_of, draft_of
from coolhead.conversation.formats.source import Origin, Source
from coolhead.conversation.formats.utterances import conversation_of
from coolhead.conversation.turn import Conversation


def read(source: Source, origin: Origin) -> Iterator[Conversation]:
    """The one conversation of a file.

    Raises:
        FileError: as `conversation_of`; or times that cannot be read; or words without a speaker.
    """
    parts = [part for cue in cues_of(source.document(), origin) for part in _parts(cue)]
    yield conversation_of(draft_of(parts, origin), origin)


def _parts(cue: Cue) -> Iterator[tuple[Cue, str, str]]:
    """The cue whole, or line by line where each begins with the dash of a change of speaker."""
    lines = cue.text.splitlines()
    dashed = len(lines) > 1 and all(line.startswith("-") for line in lines)
    yield from ((cue, "", text) for text in (lines if dashed else [cue.text]))
