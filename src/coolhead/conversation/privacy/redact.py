"""Masks a stream of lines, plain or JSONL, one line in and one line out; knows no files and no terminal."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from coolhead.conversation.privacy.finding import Masked
from coolhead.conversation.privacy.masking import mask
from coolhead.errors import FileError

_LINES_BEFORE = 3


def redact(
    lines: Iterable[str], *, as_json: bool = False, on_error: Callable[[FileError], None]
) -> Iterator[str]:
    """Masks line by line, with no more memory for a long stream than for a short one.

    The first line that is not empty decides for the stream: with an opening brace it is JSONL of
    `{id, before, text}` (`before`, the turn or list of turns before, may be left out), else plain lines, of
    which each is read with the three before it.

    Args:
        lines: the stream, with or without line ends.
        as_json: yield `{id, text, spans: [{start, end, type}]}`, spans by code points of the text as given;
            `id` of a plain line is its number, counted from 1.
        on_error: told of each line that cannot be read; the stream goes on.

    Yields:
        the masked line, or `{id, text}` for JSONL, or the object described at `as_json`; without line ends.
    """
    numbered = ((number, line.rstrip("\r\n")) for number, line in enumerate(lines, 1))
    before: deque[str] = deque(maxlen=_LINES_BEFORE)
    is_jsonl: bool | None = None
    for number, line in numbered:
        if is_jsonl is None and line.strip():
            is_jsonl = line.lstrip("\ufeff \t").startswith("{")
        if is_jsonl:
            yield from _record(line, number, as_json, on_error)
            continue
        masked = mask(line, tuple(before))
        before.append(masked.text)
        yield _write(number, masked, with_spans=True) if as_json else masked.text


def _record(line: str, number: int, as_json: bool, on_error: Callable[[FileError], None]) -> Iterator[str]:
    if not line.strip():
        return
    try:
        record = _read(line, number)
    except FileError as error:
        on_error(error)
        return
    masked = mask(record["text"], _turns(record.get("before")))
    yield _write(record.get("id", number), masked, with_spans=as_json)


def _read(line: str, number: int) -> dict[str, Any]:
    try:
        record = json.loads(line.lstrip("\ufeff"))
    except (ValueError, RecursionError) as error:
        column = error.colno if isinstance(error, json.JSONDecodeError) else None
        raise FileError(
            "this line is not JSON",
            hint="Write one object a line: {id, before, text}.",
            line=number,
            column=column,
        ) from None
    if not isinstance(record, dict) or not isinstance(record.get("text"), str):
        raise FileError(
            'this line has no "text"', hint="Write one object a line: {id, before, text}.", line=number
        )
    return record


def _turns(before: object) -> tuple[str, ...]:
    if isinstance(before, str):
        return (before,)
    return tuple(turn for turn in before if isinstance(turn, str)) if isinstance(before, list) else ()


def _write(identity: object, masked: Masked, *, with_spans: bool) -> str:
    record: dict[str, object] = {"id": identity, "text": masked.text}
    if with_spans:
        record["spans"] = [{"start": s.start, "end": s.end, "type": s.type.value} for s in masked.spans]
    written = json.dumps(record, ensure_ascii=False)
    return written if _is_encodable(written) else json.dumps(record)


def _is_encodable(text: str) -> bool:
    """False for half a surrogate pair, which JSON can hold and UTF-8 cannot."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
