"""The one way in: any file to conversations, one at a time."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache
from gzip import BadGzipFile
from pathlib import Path

from coolhead.conversation.formats import codebook_jsonl, contact_lens, srt, table, vcon, webvtt, wtf
from coolhead.conversation.formats.detect import form_of, shape_of
from coolhead.conversation.formats.options import Format, ReadOptions
from coolhead.conversation.formats.records import Record, records
from coolhead.conversation.formats.source import Origin, Source, open_source
from coolhead.conversation.formats.utterances import Draft, conversation_of
from coolhead.conversation.turn import Conversation
from coolhead.errors import FileError

_DRAFTS: dict[Format, Callable[[Record, Origin], Draft]] = {
    Format.CODEBOOK: codebook_jsonl.draft_of,
    Format.CONTACT_LENS: contact_lens.draft_of,
    Format.VCON: vcon.draft_of,
    Format.WTF: wtf.draft_of,
}
_READERS: dict[Format, Callable[[Source, Origin], Iterator[Conversation | FileError]]] = {
    Format.SRT: srt.read,
    Format.TABLE: table.read,
    Format.WEBVTT: webvtt.read,
}


def read_conversations(
    path: Path, *, options: ReadOptions | None = None, explain: Callable[[str], None] = lambda _: None
) -> Iterator[Conversation | FileError]:
    """Reads the conversations of one file, each when it is asked for.

    What cannot be read comes as its error, in its place, and the next go on; nothing is raised. Only one
    record is held at a time, so a large file needs no more memory than a small one
    (docs/reference/formats.md has the limits).

    Args:
        path: a file, a pipe, or `-` for standard input; gzip is unpacked on the way.
        options: what the person said about the files.
        explain: is told, once each, what was guessed (columns, speakers) and how to say otherwise.
    """
    told = lru_cache(maxsize=1000)(lambda message: explain(f"{path}: {message}"))
    origin = Origin(path=path, options=options or ReadOptions(), explain=told)
    line = None
    found = False
    try:
        with open_source(origin) as source:
            try:
                for item in _items(source, origin):
                    found = True
                    yield item
            finally:
                line = source.line or None
        if not found:
            raise origin.error(
                "The file holds no conversation.", hint="Check that the export finished.", line=1
            )
    except FileError as error:
        yield error
    except (OSError, EOFError, zlib.error) as error:
        yield unreadable(origin.path, error, line=line)


def unreadable(path: Path, error: Exception, *, line: int | None = None) -> FileError:
    """The error of a file or folder that the system does not give."""
    match error:
        case FileNotFoundError():
            message, hint = "There is no such file.", "Check the name and the folder."
        case PermissionError():
            message, hint = (
                "There is no permission to read it.",
                "Ask its owner, or change its mode with chmod.",
            )
        case IsADirectoryError():
            message, hint = "This is a folder.", "Name the files in it."
        case EOFError() | zlib.error() | BadGzipFile():
            line = line or 1
            message, hint = "The compressed file ends too early or is damaged.", "Copy or download it again."
        case _:
            reason = (error.strerror if isinstance(error, OSError) else None) or "it cannot be unpacked"
            message, hint = (
                f"The system cannot read it: {reason}.",
                "Check the disk and the links on the way to it.",
            )
    return FileError(message, hint=hint, path=path, line=line)


def _items(source: Source, origin: Origin) -> Iterator[Conversation | FileError]:
    form = form_of(source.head, origin)
    if form is not None:
        yield from _READERS[form](source, origin)
        return
    found = records(source, origin)
    for record in found:
        if isinstance(record, FileError):
            yield record
        elif (
            shape := origin.options.format or shape_of(record.value, origin.options.columns)
        ) is Format.TABLE:
            yield from table.of_records(_chained(record, found), origin)
        else:
            yield _conversation(record, _DRAFTS[shape], origin)


def _chained(first: Record, others: Iterator[Record | FileError]) -> Iterator[Record | FileError]:
    yield first
    yield from others


def _conversation(
    record: Record, draft_of: Callable[[Record, Origin], Draft], origin: Origin
) -> Conversation | FileError:
    try:
        return conversation_of(_located(draft_of(record, origin), record), origin)
    except FileError as error:
        return error


def _located(draft: Draft, record: Record) -> Draft:
    """The draft with each entry's line, where the record has several."""
    if "\n" not in record.text:
        return draft
    lines = {label: record.line_of(label) for label in {entry.label for entry in draft.utterances}}
    return replace(draft, utterances=[replace(entry, line=lines[entry.label]) for entry in draft.utterances])
