"""WebVTT captions: voice tags or names in front say who speaks. Reads and writes."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from coolhead.conversation.formats.cues import Cue, cues_of, draft_of, without_tags
from coolhead.conversation.formats.source import Origin, Source
from coolhead.conversation.formats.utterances import conversation_of
from coolhead.conversation.turn import Conversation, Turn
from coolhead.errors import InputError

_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?\s+([^\s<>][^<>]*)>")
_SHORTEST = 0.001
"""Seconds; a cue that ends as it begins is not valid."""


def read(source: Source, origin: Origin) -> Iterator[Conversation]:
    """The one conversation of a file.

    Raises:
        FileError: as `conversation_of`; or times that cannot be read; or words without a speaker.
    """
    parts = [part for cue in cues_of(source.document(), origin) for part in _voices(cue)]
    yield conversation_of(draft_of(parts, origin), origin)


def write_webvtt(conversation: Conversation) -> str:
    """The conversation as WebVTT, a cue a turn with a voice tag.

    A turn without an end lasts until the next one begins.

    Raises:
        InputError: a turn has no start time.
    """
    return "\n\n".join(["WEBVTT", *_cues(conversation.turns)]) + "\n"


def _voices(cue: Cue) -> Iterator[tuple[Cue, str, str]]:
    """The cue by its voice tags; whole when it has none."""
    before, *voices = _VOICE.split(cue.text)
    if without_tags(before) or not voices:
        yield cue, "", before
    for name, words in zip(voices[::2], voices[1::2], strict=True):
        yield cue, html.unescape(name).strip(), words


def _cues(turns: Sequence[Turn]) -> Iterator[str]:
    for turn, after in zip_longest(turns, turns[1:]):
        if turn.start is None:
            hint = "Write it as vCon, JSONL or CSV, which need no times."
            raise InputError(f"Turn {turn.id} has no start time, which WebVTT needs.", hint=hint)
        end = turn.end if turn.end is not None else after.start if after else None
        end = max(turn.start + _SHORTEST, end if end is not None else turn.start)
        words = html.escape(" ".join(turn.text.split()), quote=False)
        yield f"{_clock(turn.start)} --> {_clock(end)}\n<v {turn.speaker.value.title()}>{words}</v>"


def _clock(seconds: float) -> str:
    milliseconds = round(seconds * 1000)
    minutes, rest = divmod(milliseconds, 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest // 1000:02}.{rest % 1000:03}"
