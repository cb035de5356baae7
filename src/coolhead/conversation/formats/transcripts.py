"""Transcripts as recognisers and models leave them inside a vCon: any shape of who said what.

Knows the shapes, not the vCon around them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence

from coolhead.conversation.formats.fields import utterances_of
from coolhead.conversation.formats.prefixes import prefixed_lines
from coolhead.conversation.formats.source import Origin
from coolhead.conversation.formats.utterances import Utterance
from coolhead.conversation.formats.wtf import is_wtf, segments_of

_LISTS = (
    "utterances",
    "turns",
    "segments",
    "messages",
    "conversation",
    "transcript",
    "Transcript",
    "monologues",
)


def transcript_of(
    body: object, is_label: Callable[[str], bool], line: int, origin: Origin
) -> list[Utterance]:
    """The utterances in a transcript's body; empty when its shape is not known or it names no speakers.

    Known shapes: a WTF transcript; a list of objects with speaker and words; an object that holds such a list
    under a usual name; Deepgram's `results` (utterances, paragraphs or words); text of lines such as
    `Agent: Hello`; and any of them as JSON in a string.

    Args:
        body: what stands in the analysis.
        is_label: tells labels in front of plain lines from other words.
        line: where the vCon begins.
        origin: the file and its options.

    Raises:
        FileError: an entry's time is none.
    """
    if isinstance(body, str):
        parsed = _json(body)
        if parsed is None:
            return _of_lines(body, is_label, line)
        body = parsed
    if is_wtf(body) and isinstance(body, dict):
        return (
            segments_of(body, line, origin)
            if any("speaker" in _object(part) for part in body["segments"])
            else []
        )
    entries = _entries(body)
    if not entries or not all(_tells_speaker(entry) for entry in entries):
        return []
    return utterances_of(entries, line, origin)


def _of_lines(text: str, is_label: Callable[[str], bool], line: int) -> list[Utterance]:
    return [
        Utterance(label=label, text=words, line=line, number=number)
        for number, (label, words) in enumerate(prefixed_lines(text, is_label), start=1)
    ]


def _json(text: str) -> object:
    if not text.lstrip().startswith(("{", "[")):
        return None
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _entries(body: object) -> Sequence[object]:
    """The list in a body, however deep the usual shapes hide it."""
    if isinstance(body, list):
        return body
    held = _object(body)
    if results := _object(held.get("results")):
        return list(_deepgram(results))
    for name in _LISTS:
        found = held.get(name)
        if isinstance(found, list) and found:
            return found
        if isinstance(found, dict) and (deeper := _entries(found)):
            return deeper
    return []


def _deepgram(results: dict[str, object]) -> Iterator[dict[str, object]]:
    """Deepgram's result: utterances where it was asked for them, else each channel's paragraphs or words."""
    if utterances := results.get("utterances"):
        yield from (_object(entry) for entry in _list(utterances))
        return
    channels = _list(results.get("channels"))
    for index, channel in enumerate(channels):
        best = _object(next(iter(_list(_object(channel).get("alternatives"))), None))
        own = {"speaker": index} if len(channels) > 1 else {}
        paragraphs = _list(_object(best.get("paragraphs")).get("paragraphs"))
        yield from (_paragraph(_object(part)) | own for part in paragraphs)
        if not paragraphs:
            yield from (_word(_object(word)) | own for word in _list(best.get("words")))


def _paragraph(paragraph: dict[str, object]) -> dict[str, object]:
    sentences = (_object(sentence).get("text") for sentence in _list(paragraph.get("sentences")))
    kept = {key: held for key, held in paragraph.items() if key in ("speaker", "start", "end")}
    return kept | {"text": " ".join(text for text in sentences if isinstance(text, str))}


def _word(word: dict[str, object]) -> dict[str, object]:
    kept = {key: held for key, held in word.items() if key in ("speaker", "start", "end")}
    return kept | {"text": word.get("punctuated_word") or word.get("word")}


def _tells_speaker(entry: object) -> bool:
    if isinstance(entry, list):
        return len(entry) == 2
    keys = {key.lower() for key in _object(entry)}
    return bool(
        keys
        & {"speaker", "speaker_label", "role", "party", "parties", "participant", "participantid", "from"}
    )


def _object(value: object) -> dict[str, object]:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
