"""vCon, the IETF's conversation container, in the spellings of 0.0.1 to 0.4.0: reading.

What is read: typed dialog, and the transcripts of recorded dialog in analysis (or, from early drafts, in
attachments).
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from coolhead.codebook import Channel, Speaker
from coolhead.conversation.formats.codebook_jsonl import channel_of
from coolhead.conversation.formats.fields import not_a_time
from coolhead.conversation.formats.letters import without_quotes, words_of
from coolhead.conversation.formats.moments import parse_moment
from coolhead.conversation.formats.parties import Parties
from coolhead.conversation.formats.records import Record
from coolhead.conversation.formats.source import Origin
from coolhead.conversation.formats.speakers import is_prefix, plain
from coolhead.conversation.formats.transcripts import transcript_of
from coolhead.conversation.formats.utterances import Draft, Utterance, aware
from coolhead.errors import FileError

_SUPPORTED = frozenset(("cc", "wtf", "wtf_transcription", "wtf-transcription"))
"""Extensions that a vCon may call critical."""

_Object = Mapping[str, object]


def is_vcon(value: object) -> bool:
    """True for a vCon, plain, signed or encrypted."""
    if not isinstance(value, dict):
        return False
    signed = "payload" in value and ("signatures" in value or "signature" in value)
    return signed or "ciphertext" in value or "vcon" in value or ("dialog" in value and "parties" in value)


def draft_of(record: Record, origin: Origin) -> Draft:
    """The conversation of one vCon.

    Raises:
        FileError: it is encrypted, needs an extension that is not supported, or holds only recordings.
    """
    vcon = _opened(record, origin)
    _refuse_critical(vcon, record, origin)
    parties = Parties.of(_objects(vcon.get("parties")))
    dialogs = _objects(vcon.get("dialog"))
    starts = [_start(dialog, index, record, origin) for index, dialog in enumerate(dialogs)]
    typed = list(_typed(dialogs, starts, parties, record))
    spoken = list(_spoken(vcon, starts, parties, record, origin))
    if not typed and not spoken:
        raise _nothing(vcon, record, origin)
    entries = [replace(entry, number=number) for number, entry in enumerate([*typed, *spoken], start=1)]
    roles = parties.roles(
        {entry.label for entry in entries},
        _originator(dialogs),
        outbound=_is_outbound(dialogs),
        origin=origin,
    )
    return Draft(
        id=_id(vcon, dialogs) or record.name,
        utterances=entries,
        line=record.line,
        channel=_channel(dialogs, is_spoken=bool(spoken)),
        started_at=min((start for start in starts if start), default=None),
        roles=roles,
        customer=parties.name_of(Speaker.CUSTOMER, roles),
        agent=parties.name_of(Speaker.AGENT, roles),
        is_speech=not typed,
        any_order=True,
    )


def _opened(record: Record, origin: Origin) -> _Object:
    """The vCon itself, out of its signature when it has one."""
    vcon: object = record.value
    if record.value.get("payload") is not None and "parties" not in record.value:
        origin.explain("The vCon is signed; its signature is not checked.")
        try:
            vcon = json.loads(_base64url(str(record.value["payload"])))
        except (ValueError, RecursionError):
            hint = "Ask for the vCon unsigned, or signed again."
            raise origin.error(
                "The signed vCon's payload is not a vCon.", hint=hint, line=record.line
            ) from None
    if isinstance(vcon, dict) and "ciphertext" in vcon:
        raise origin.error("The vCon is encrypted.", hint="Decrypt it first.", line=record.line)
    if not is_vcon(vcon) or not isinstance(vcon, dict):
        hint = 'A vCon has "parties" and "dialog"; if it is another form, leave --format out.'
        raise origin.error("This is not a vCon.", hint=hint, line=record.line)
    return vcon


def _refuse_critical(vcon: _Object, record: Record, origin: Origin) -> None:
    critical = vcon.get("critical") or vcon.get("must_support") or []
    names = critical if isinstance(critical, list) else [critical]
    missing = [str(name) for name in names if str(name).casefold() not in _SUPPORTED]
    if missing:
        raise origin.error(
            f"The vCon may only be read with support for {', '.join(missing)}, which Coolhead has not.",
            hint="Ask for it without that extension being critical.",
            line=record.line_of("critical") if "critical" in vcon else record.line_of("must_support"),
        )


def _nothing(vcon: _Object, record: Record, origin: Origin) -> FileError:
    if any(_is_transcript(entry) for entry in _transcript_entries(vcon)):
        message = "No transcript of the vCon tells its speakers apart in a shape that can be read."
        hint = "Transcribe it with speaker diarisation, for example as a WTF transcript."
    elif any(str(dialog.get("type")).startswith("recording") for dialog in _objects(vcon.get("dialog"))):
        message = "The vCon holds only a recording, without a transcript."
        hint = "Transcribe the recording first and put the transcript into the vCon's analysis."
    else:
        message = "The vCon holds no dialog with words."
        hint = "If it is a redacted or amended copy, read the vCon that it refers to."
    return origin.error(message, hint=hint, line=record.line)


def _typed(
    dialogs: Sequence[_Object], starts: Sequence[datetime | None], parties: Parties, record: Record
) -> Iterator[Utterance]:
    """The text dialogs, each one utterance of its originator."""
    timed = len(set(starts)) == len(starts) or len(set(starts)) > 1
    for dialog, start in zip(dialogs, starts, strict=True):
        if dialog.get("type") != "text":
            continue
        who = _speaker_index(dialog)
        seconds = dialog.get("duration")
        lasts = timedelta(seconds=seconds) if isinstance(seconds, int | float) and seconds > 0 else None
        yield Utterance(
            label=parties.label(who if who is not None else 0),
            text=_text(dialog),
            line=record.line,
            number=0,
            start=start if timed else None,
            end=start + lasts if timed and start and lasts else None,
        )


def _text(dialog: _Object) -> str:
    body = _body(dialog)
    if isinstance(body, dict):
        body = body.get("text") or body.get("body") or body.get("content")
    mediatype = str(dialog.get("mediatype") or dialog.get("mimetype") or "")
    if not isinstance(body, str):
        return ""
    words = words_of(body, mediatype)
    return without_quotes(words) if "message_id" in dialog or mediatype.startswith("multipart/") else words


def _spoken(
    vcon: _Object, starts: Sequence[datetime | None], parties: Parties, record: Record, origin: Origin
) -> Iterator[Utterance]:
    """The best transcript of each recorded dialog."""
    kinds = [dialog.get("type") for dialog in _objects(vcon.get("dialog"))]
    best: dict[int, list[Utterance]] = {}
    for entry in _transcript_entries(vcon):
        index = _first_index(entry.get("dialog")) or 0
        if not _is_transcript(entry) or (index < len(kinds) and kinds[index] == "text"):
            continue
        found = [_named(said, parties) for said in _utterances(entry, parties, record, origin)]
        if len({said.label for said in found}) > len({said.label for said in best.get(index, ())}):
            best[index] = found
    for index, found in sorted(best.items()):
        start = starts[index] if index < len(starts) else None
        if len({said.label for said in found}) > 1 or len(parties.labels) < 2:
            yield from (_since(said, start) for said in found)


def _utterances(entry: _Object, parties: Parties, record: Record, origin: Origin) -> list[Utterance]:
    told = {plain(name) for name in origin.options.speakers}

    def is_label(label: str) -> bool:
        is_party = parties.match(label) in parties.labels
        return is_party or plain(label) in told or is_prefix(label)

    body = _body(entry)
    if isinstance(body, list):
        body = [_by_party(item, parties) for item in body]
    return transcript_of(body, is_label, record.line, origin)


def _by_party(item: object, parties: Parties) -> object:
    """An item that names its speaker by a party's index, with the party's label instead."""
    if not isinstance(item, dict) or "speaker" in item:
        return item
    index = _first_index(item.get("party", item.get("parties")))
    kept = {key: held for key, held in item.items() if key not in ("party", "parties")}
    return item if index is None else kept | {"speaker": parties.label(index)}


def _named(said: Utterance, parties: Parties) -> Utterance:
    return replace(said, label=parties.match(said.label))


def _since(said: Utterance, start: datetime | None) -> Utterance:
    """The utterance with wall-clock times, so that several dialogs share one course of time."""
    if start is None or not isinstance(said.start, float):
        return said
    end = start + timedelta(seconds=said.end) if isinstance(said.end, float) else None
    return replace(said, start=start + timedelta(seconds=said.start), end=end)


def _transcript_entries(vcon: _Object) -> list[_Object]:
    """Analyses, and the attachments in which the first draft of WTF put transcripts."""
    attached = [entry for entry in _objects(vcon.get("attachments")) if "wtf" in _kind(entry)]
    return [*_objects(vcon.get("analysis")), *attached]


def _is_transcript(entry: _Object) -> bool:
    return "transcript" in _kind(entry) or "wtf" in _kind(entry)


def _kind(entry: _Object) -> str:
    return " ".join(str(entry.get(key, "")) for key in ("type", "purpose", "schema")).lower()


def _body(entry: _Object) -> object:
    """The inline content, decoded; None when it is elsewhere or cannot be decoded."""
    body = entry.get("body")
    if entry.get("encoding") == "base64url" and isinstance(body, str):
        try:
            return _base64url(body).decode()
        except ValueError:
            return None
    return body


def _base64url(text: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except binascii.Error as error:
        raise ValueError(str(error)) from None


def _start(dialog: _Object, index: int, record: Record, origin: Origin) -> datetime | None:
    try:
        start = parse_moment(dialog.get("start"))
    except ValueError:
        raise not_a_time(origin, f'"start" of dialog {index}', record.line) from None
    return aware(start, origin) if isinstance(start, datetime) else None


def _speaker_index(dialog: _Object) -> int | None:
    originator = _first_index(dialog.get("originator"))
    return originator if originator is not None else _first_index(dialog.get("parties"))


def _originator(dialogs: Sequence[_Object]) -> int | None:
    return next((index for dialog in dialogs if (index := _speaker_index(dialog)) is not None), None)


def _is_outbound(dialogs: Sequence[_Object]) -> bool:
    about = dialogs[0].get("meta") if dialogs else None
    return isinstance(about, dict) and str(about.get("direction")).lower() in ("out", "outbound")


def _first_index(held: object) -> int | None:
    """The first index in an index, a list, or lists in a list."""
    if isinstance(held, list):
        return next((index for item in held if (index := _first_index(item)) is not None), None)
    return held if isinstance(held, int) and not isinstance(held, bool) else None


def _channel(dialogs: Sequence[_Object], *, is_spoken: bool) -> Channel:
    if is_spoken:
        return Channel.CALL
    application = next((dialog["application"] for dialog in dialogs if dialog.get("application")), None)
    if application is None and any("message_id" in dialog for dialog in dialogs):
        return Channel.EMAIL
    return channel_of(application)


def _id(vcon: _Object, dialogs: Sequence[_Object]) -> str:
    """The contact centre's own id where one stands, else the vCon's."""
    own = {
        dialog.get("interaction_id") for dialog in dialogs if isinstance(dialog.get("interaction_id"), str)
    }
    return str(own.pop() if len(own) == 1 else vcon.get("uuid") or "")


def _objects(held: object) -> list[_Object]:
    return [entry if isinstance(entry, dict) else {} for entry in held] if isinstance(held, list) else []
