"""JSON in a file: one object a line, one document, or a list of them, each with the line it begins on.

Knows no format; one bad record does not stop the next.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from json import JSONDecodeError, JSONDecoder
from typing import NoReturn

from coolhead.conversation.formats.source import Origin, Source
from coolhead.errors import FileError

LINES = (".jsonl", ".ndjson")
"""Endings of names that promise one object a line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One JSON object.

    Attributes:
        value: the object.
        line: the line it begins on.
        name: names a conversation that has no id: the file's name, with a number where there may be several.
        text: the JSON it was read from.
    """

    value: dict[str, object]
    line: int
    name: str
    text: str

    def line_of(self, words: str) -> int:
        """The line of the first string that is exactly these words; the record's own line without one."""
        for spelled in (json.dumps(words, ensure_ascii=False), json.dumps(words)):
            if (at := self.text.find(spelled)) >= 0:
                return self.line + self.text.count("\n", 0, at)
        return self.line


def records(source: Source, origin: Origin) -> Iterator[Record | FileError]:
    """Each object of the file; what cannot be read stands as its error, and the next go on."""
    by_line = any(ending in origin.path.name.lower() for ending in LINES)
    for number, part in enumerate(_parts(source, origin, by_line), start=1):
        if isinstance(part, FileError):
            yield part
            continue
        value, line, text = part
        if isinstance(value, dict):
            name = f"{origin.stem}-{number}" if by_line or number > 1 else origin.stem
            yield Record(value=value, line=line, name=name, text=text)
        else:
            hint = "Each conversation is a JSON object."
            yield origin.error("This is not a JSON object.", hint=hint, line=line)


_Part = tuple[object, int, str]
"""A value, the line it begins on, and its JSON."""


def _parts(source: Source, origin: Origin, by_line: bool) -> Iterator[_Part | FileError]:
    for number, raw in source.lines():
        if isinstance(raw, FileError):
            yield raw
        elif raw.strip():
            try:
                text, line = source.decode(raw, number), number
                if not by_line and _goes_on(text):
                    text, line = source.document(b"\n" * (number - 1) + raw), 1
                yield from _values(text.rstrip(), line, origin)
            except FileError as error:
                yield error
            by_line = True


def _goes_on(text: str) -> bool:
    """True when the line is the beginning of a document of several lines."""
    try:
        json.loads(text)
    except JSONDecodeError as error:
        return error.pos >= len(text.rstrip())
    except (ValueError, RecursionError):
        return False
    return False


def _values(text: str, line: int, origin: Origin) -> Iterator[_Part]:
    """The values in one JSON text: itself, or each item of its list."""
    at = _skip(text, 0)
    if not text.startswith("[", at):
        value, end = _load(text, at, line, origin)
        if (rest := _skip(text, end)) < len(text):
            _refuse(JSONDecodeError("Extra data", text, rest), text, line, origin)
        yield value, line + text.count("\n", 0, at), text[at:end]
        return
    at = _skip(text, at + 1)
    while not text.startswith("]", at):
        value, end = _load(text, at, line, origin)
        yield value, line + text.count("\n", 0, at), text[at:end]
        at = _skip(text, end)
        if text.startswith(",", at):
            at = _skip(text, at + 1)
        elif not text.startswith("]", at):
            _refuse(JSONDecodeError("Expecting ',' delimiter", text, at), text, line, origin)


def _load(text: str, at: int, line: int, origin: Origin) -> tuple[object, int]:
    try:
        return _DECODER.raw_decode(text, at)
    except JSONDecodeError as error:
        _refuse(error, text, line, origin)
    except RecursionError:
        hint = "A conversation needs no such depth; check what wrote this."
        raise origin.error("The JSON is nested too deeply.", hint=hint, line=line) from None
    except ValueError:
        hint = "Write numbers of ordinary size."
        raise origin.error("The JSON holds a number that cannot be one.", hint=hint, line=line) from None


def _refuse(error: JSONDecodeError, text: str, line: int, origin: Origin) -> NoReturn:
    cut_off = error.pos >= len(text) or error.msg.startswith("Unterminated string")
    message = "The JSON ends too early." if cut_off else f"This is not JSON: {error.msg.lower()}."
    hint = (
        "It looks cut off: export or copy it again." if cut_off else "Correct it there, or export it again."
    )
    raise origin.error(message, hint=hint, line=line + error.lineno - 1, column=error.colno) from None


def _skip(text: str, at: int) -> int:
    """The first place from there that is not white space."""
    space = _SPACE.match(text, at)
    return at if space is None else space.end()


_SPACE = re.compile(r"[ \t\r\n]*")
_DECODER = JSONDecoder()
