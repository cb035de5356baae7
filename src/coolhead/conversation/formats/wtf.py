"""World Transcription Format: a transcript with segments, alone or inside a vCon. Knows no other format."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from coolhead.codebook import Channel
from coolhead.conversation.formats.fields import utterances_of
from coolhead.conversation.formats.records import Record
from coolhead.conversation.formats.source import Origin
from coolhead.conversation.formats.utterances import Draft, Utterance


def is_wtf(value: object) -> bool:
    """True for the body of a WTF transcript."""
    return (
        isinstance(value, dict)
        and isinstance(value.get("segments"), list)
        and isinstance(value.get("transcript"), dict)
    )


def draft_of(record: Record, origin: Origin) -> Draft:
    """The conversation of one transcript; segments in any order, joined by speaker.

    Raises:
        FileError: there are no segments, or one of them cannot be read.
    """
    if not is_wtf(record.value):
        hint = 'A WTF transcript has "transcript" and "segments"; if it is another form, leave --format out.'
        raise origin.error("This is not a WTF transcript.", hint=hint, line=record.line)
    return Draft(
        id=record.name,
        utterances=segments_of(record.value, record.line, origin),
        line=record.line,
        channel=Channel.CALL,
        is_speech=True,
        any_order=True,
    )


def segments_of(body: Mapping[str, object], line: int, origin: Origin) -> list[Utterance]:
    """The segments of a WTF body; a speaker's id stands as its name where the body has a list of speakers.

    Raises:
        FileError: the segments are not a list of objects with speaker and text.
    """
    segments = body.get("segments")
    if not isinstance(segments, list) or not segments:
        hint = "Ask the recogniser for segments with speakers."
        raise origin.error("The transcript has no segments.", hint=hint, line=line)
    if not any(isinstance(segment, dict) and "speaker" in segment for segment in segments):
        hint = "Transcribe it again with speaker diarisation switched on."
        raise origin.error("The transcript does not tell who speaks.", hint=hint, line=line)
    names = _names(body.get("speakers"))
    found = utterances_of(segments, line, origin)
    return [replace(entry, label=names.get(entry.label, entry.label)) for entry in found]


def _names(speakers: object) -> dict[str, str]:
    """The name or role by speaker id, from an object by id or a list of objects."""
    if isinstance(speakers, dict):
        entries = [(str(key), about) for key, about in speakers.items()]
    elif isinstance(speakers, list):
        entries = [(str(about.get("id")), about) for about in speakers if isinstance(about, dict)]
    else:
        return {}
    names: dict[str, str] = {}
    for key, about in entries:
        known = (
            (about.get("role") or about.get("label") or about.get("name"))
            if isinstance(about, dict)
            else about
        )
        if isinstance(known, str) and known:
            names[key] = names[f"Speaker {key}"] = known
    return names
