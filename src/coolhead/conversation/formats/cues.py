"""What WebVTT and SRT share: timed cues, and the speaker named in front of their words."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from coolhead.codebook import Channel
from coolhead.conversation.formats.fields import not_a_time
from coolhead.conversation.formats.moments import Moment, parse_moment
from coolhead.conversation.formats.prefixes import looks_like_name, split_prefix
from coolhead.conversation.formats.source import Origin
from coolhead.conversation.formats.speakers import is_prefix, plain
from coolhead.conversation.formats.utterances import Draft, Utterance

_TIMING = re.compile(r"\s*(\S+)\s+-->\s+(\S+)(?:\s.*)?")
_TAG = re.compile(r"</?[^<>]*>")
_SENTENCE_ENDS = (".", "!", "?", "…", '"', "”", "—", "-")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """One timed caption.

    Attributes:
        line: the line of its times, from 1.
        start: seconds.
        end: seconds.
        text: its lines, with tags.
    """

    line: int
    start: Moment
    end: Moment
    text: str


def cues_of(text: str, origin: Origin) -> Iterator[Cue]:
    """The cues of a subtitle file; blocks without times (headers, notes, styles) are passed over.

    Raises:
        FileError: a cue's times cannot be read.
    """
    lines = text.splitlines()
    at = 0
    while at < len(lines):
        if "-->" not in lines[at]:
            at += 1
            continue
        end = next((after for after in range(at + 1, len(lines)) if not lines[after].strip()), len(lines))
        yield _cue(lines[at], at + 1, "\n".join(lines[at + 1 : end]), origin)
        at = end


def draft_of(parts: Iterable[tuple[Cue, str, str]], origin: Origin) -> Draft:
    """The conversation of a file's cues.

    Args:
        parts: a cue, the speaker that its tag names (or nothing), and its words.
        origin: the file and its options.

    Raises:
        FileError: the first words have no speaker.
    """
    return Draft(
        id=origin.stem,
        utterances=list(_utterances(parts, origin)),
        line=1,
        channel=Channel.CALL,
        is_speech=True,
    )


def without_tags(text: str) -> str:
    """The words of a cue as one line, without markup."""
    return " ".join(html.unescape(_TAG.sub("", text)).split())


def _cue(timing: str, line: int, text: str, origin: Origin) -> Cue:
    match = _TIMING.fullmatch(timing)
    try:
        start, end = (parse_moment(stamp) for stamp in match.groups()) if match else (None, None)
    except ValueError:
        start = end = None
    if start is None or end is None:
        raise not_a_time(origin, "What stands beside -->", line)
    return Cue(line=line, start=start, end=end, text=text)


def _utterances(parts: Iterable[tuple[Cue, str, str]], origin: Origin) -> Iterator[Utterance]:
    """Labels each part; one without a label goes on with the speaker before it."""
    told = {plain(name) for name in origin.options.speakers}
    label, before, ended = "", "", True

    def is_label(name: str) -> bool:
        sure = plain(name) in told or is_prefix(name)
        return sure or name == label or (ended and looks_like_name(name))

    for number, (cue, tagged, text) in enumerate(parts, start=1):
        words = without_tags(text)
        ended = not before or before.endswith(_SENTENCE_ENDS)
        if tagged:
            label = tagged
        elif found := split_prefix(words, is_label):
            label, words = found
        if words and not label:
            raise origin.error(
                "The first cue does not say who speaks.",
                hint='Begin cues with "Agent:" or "Customer:", or in WebVTT with a voice tag: <v Agent>.',
                line=cue.line,
            )
        before = words or before
        yield Utterance(label=label, text=words, line=cue.line, number=number, start=cue.start, end=cue.end)
