"""Which key or column holds what, by the names that exports give them.

Finds speaker, words and times in one entry of a table or of JSON alike; knows no format.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from functools import lru_cache

from coolhead.conversation.formats.moments import Moment, parse_moment
from coolhead.conversation.formats.options import Field
from coolhead.conversation.formats.source import Origin
from coolhead.conversation.formats.utterances import Utterance
from coolhead.errors import FileError

_SPELLINGS = {
    Field.CONVERSATION: (
        "conversation conversationid convid convoid conv dialogid dialogueid dialog dialogue callid "
        "call chatid chat contactid sessionid session ticketid ticket threadid thread interactionid "
        "caseid case transcriptid"
    ),
    Field.SPEAKER: (
        "role speakerrole participantrole authorrole sendertype authortype speaker speakerlabel "
        "author sender from participant participantid who party parties spokenby name"
    ),
    Field.TEXT: (
        "text message content utterance body transcript msg messagetext messagebody words value "
        "sentence line comment said"
    ),
    Field.START: (
        "start starttime begin begintime startseconds startsec startms starttimems beginms begins "
        "starts offset offsetms offsetmillis beginoffset beginoffsetmillis startoffset startoffsetms "
        "timestamp timestampms datetime time sentat createdat absolutetime date ts at"
    ),
    Field.END: (
        "end endtime stop stoptime finish endseconds endsec endms endtimems ends endoffset "
        "endoffsetms endoffsetmillis"
    ),
    Field.TURNS: (
        "turns messages utterances original chatlogs chat conversation conversations dialogue dialog "
        "log traj trajectory segments transcript messagesdisplay"
    ),
}
_NAMES = {field: tuple(words.split()) for field, words in _SPELLINGS.items()}
_DURATION = ("duration", "durationseconds", "durationms")
_MILLISECONDS = re.compile(r".*(?:ms|millis|milliseconds)")


def find_key(keys: Iterable[str], field: Field, told: Mapping[Field, str]) -> str | None:
    """The key that holds a field: the one that was told, else the best known name; None without either."""
    present = tuple(keys)
    if field in told:
        return told[field] if told[field] in present else None
    return _first(present, _NAMES[field])


def utterances_of(entries: Sequence[object], line: int, origin: Origin, *, first: int = 1) -> list[Utterance]:
    """The entries of a list of turns: objects, pairs of speaker and text, in the file's order.

    Args:
        entries: the items of the list.
        line: where the list's conversation begins.
        origin: the file and its options.
        first: the number of the first entry in its conversation.

    Raises:
        FileError: an entry is neither, has no speaker, or a time that is none.
    """
    return [_utterance(entry, number, line, origin) for number, entry in enumerate(entries, start=first)]


def moment_in(
    entry: Mapping[str, object], field: Field, number: int, line: int, origin: Origin
) -> Moment | None:
    """The time that an entry gives for `Field.START` or `Field.END`; None when it gives none.

    Raises:
        FileError: what stands there is not a time.
    """
    key = find_key(entry, field, origin.options.columns)
    return None if key is None else _moment(entry, key, number, line, origin)


def _utterance(entry: object, number: int, line: int, origin: Origin) -> Utterance:
    if isinstance(entry, list | tuple) and len(entry) == 2 and all(isinstance(part, str) for part in entry):
        return Utterance(label=entry[0], text=entry[1], line=line, number=number)
    if not isinstance(entry, dict):
        hint = "Each turn is an object with a speaker and a text."
        raise origin.error(f"Turn {number} is not an object.", hint=hint, line=line)
    start = moment_in(entry, Field.START, number, line, origin)
    end = moment_in(entry, Field.END, number, line, origin)
    if end is None and start is not None:
        end = _after(start, entry, number, line, origin)
    label = _label(entry, number, line, origin)
    return Utterance(label=label, text=_words(entry, origin), line=line, number=number, start=start, end=end)


def _label(entry: Mapping[str, object], number: int, line: int, origin: Origin) -> str:
    key = find_key(entry, Field.SPEAKER, origin.options.columns)
    label = entry.get(key) if key is not None else None
    if isinstance(label, dict):
        label = label.get("role") or label.get("name") or label.get("id")
    if isinstance(label, int) and not isinstance(label, bool):
        label = f"Speaker {label}"
    if not isinstance(label, str) or not label.strip():
        raise origin.error(
            f"Turn {number} does not say who speaks.",
            hint='Add a "speaker", or name the key that holds it, for example --column speaker=author.',
            line=line,
        )
    return label.strip()


def _words(entry: Mapping[str, object], origin: Origin) -> str:
    """The words; empty for entries without any, such as an assistant's tool calls."""
    key = find_key(entry, Field.TEXT, origin.options.columns)
    words = entry.get(key) if key is not None else None
    if isinstance(words, list):
        parts = [part.get("text") if isinstance(part, dict) else part for part in words]
        return " ".join(part for part in parts if isinstance(part, str))
    if isinstance(words, int | float) and not isinstance(words, bool):
        return str(words)
    return words if isinstance(words, str) else ""


def _after(
    start: Moment, entry: Mapping[str, object], number: int, line: int, origin: Origin
) -> Moment | None:
    key = _first(tuple(entry), _DURATION)
    length = None if key is None else _moment(entry, key, number, line, origin)
    if not isinstance(length, float):
        return None
    return start + length if isinstance(start, float) else start + timedelta(seconds=length)


def _moment(entry: Mapping[str, object], key: str, number: int, line: int, origin: Origin) -> Moment | None:
    try:
        return parse_moment(entry[key], milliseconds=bool(_MILLISECONDS.fullmatch(_plain(key))))
    except (ValueError, OverflowError):
        raise not_a_time(origin, f'"{key}" of turn {number}', line) from None


def not_a_time(origin: Origin, what: str, line: int) -> FileError:
    """The error of a value that stands where a time should."""
    hint = (
        "Write seconds from the start (12.5), a clock (00:01:12.5) or ISO 8601 (2026-03-18T14:20:00+08:00)."
    )
    return origin.error(f"{what} is not a time.", hint=hint, line=line)


@lru_cache(maxsize=1024)
def _first(keys: tuple[str, ...], names: tuple[str, ...]) -> str | None:
    by_plain: dict[str, str] = {}
    for key in keys:
        by_plain.setdefault(_plain(key), key)
    return next((by_plain[name] for name in names if name in by_plain), None)


def _plain(key: str) -> str:
    return re.sub(r"[^a-z0-9]", "", key.lower())
