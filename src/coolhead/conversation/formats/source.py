"""Bytes of a file, a pipe or standard input as lines or as one document, never more than a record at a time.

Knows nothing of what the bytes mean.
"""

from __future__ import annotations

import gzip
import io
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from coolhead.conversation.formats.options import ReadOptions
from coolhead.errors import FileError

MAX_RECORD = 64 * 2**20
"""Bytes that one record may have: a line, or a whole document of a form that is one document."""

HEAD = 64 * 2**10
"""Bytes that are looked at to tell what a file is."""

STDIN = Path("-")
"""The path that stands for standard input."""

_GZIP = b"\x1f\x8b"
_UTF8_BOM = b"\xef\xbb\xbf"
_UTF16_BOMS = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where conversations come from, and what was said about how to read them.

    Attributes:
        path: the file as the person named it.
        options: what the person said about it.
        explain: is told each guess in one sentence, once.
    """

    path: Path
    options: ReadOptions
    explain: Callable[[str], None]

    @property
    def stem(self) -> str:
        """The file's name without its endings; names conversations that have no id."""
        return "stdin" if self.path == STDIN else self.path.name.split(".")[0] or self.path.name

    def error(
        self, message: str, *, hint: str = "", line: int | None = None, column: int | None = None
    ) -> FileError:
        """An error at a place in this file."""
        return FileError(message, hint=hint, path=self.path, line=line, column=column)


class Source:
    """An open file, read once from the front.

    Attributes:
        head: the first bytes (up to 64 KiB), after decompression.
        size: bytes on disk; None for a pipe and for compressed files, whose length is not known ahead.
        line: number of the last line that was read, from 1; 0 before the first.
    """

    def __init__(self, stream: io.BufferedReader, origin: Origin, size: int | None) -> None:
        self._stream = stream
        self._origin = origin
        self.head = stream.peek(HEAD)[:HEAD]
        self.size = size
        self.line = 0

    def refuse_unreadable(self) -> None:
        """Raises FileError for what no reader can take: nothing, UTF-16, or bytes that are not text."""
        if not self.head.strip(b"\x00 \r\n\t" + _UTF8_BOM):
            what = "holds no text" if self.head else "is empty"
            raise self._origin.error(f"The file {what}.", hint="Check that the export finished.", line=1)
        if self.head.startswith(_UTF16_BOMS) or _alternates(self.head):
            hint = f'Save it as UTF-8, for example: iconv -f UTF-16 -t UTF-8 "{self._origin.path}" > new-file'
            raise self._origin.error("The file is UTF-16, not UTF-8.", hint=hint, line=1)
        if b"\x00" in self.head:
            hint = "Give a transcript; audio and office files cannot be read here."
            raise self._origin.error("The file is binary, not text.", hint=hint, line=1)

    def lines(self) -> Iterator[tuple[int, bytes | FileError]]:
        """Each line with its number; a line over the limit is skipped and stands as its error."""
        while raw := self._stream.readline(MAX_RECORD + 1):
            self.line += 1
            if len(raw) > MAX_RECORD:
                self._skip_line()
                yield self.line, self._too_large("This line")
            else:
                yield self.line, raw.removeprefix(_UTF8_BOM) if self.line == 1 else raw

    def document(self, before: bytes = b"") -> str:
        """All that is left, after `before` which was read already, as one text.

        Raises:
            FileError: it is over the limit, or not UTF-8.
        """
        raw = before + self._stream.read(MAX_RECORD + 1 - len(before))
        if len(raw) > MAX_RECORD:
            self.line = self.line or 1
            raise self._too_large("The document")
        return self.decode(raw.removeprefix(_UTF8_BOM), 1)

    def decode(self, raw: bytes, line: int) -> str:
        """The bytes as text; `line` is the number of their first line.

        Raises:
            FileError: they are not UTF-8; names line and column of the first wrong byte.
        """
        try:
            return raw.decode("utf-8")
        except UnicodeDecodeError as error:
            before = raw[: error.start]
            column = error.start - before.rfind(b"\n")
            raise not_utf8(self._origin, line + before.count(b"\n"), raw[error.start], column) from None

    def _skip_line(self) -> None:
        while (part := self._stream.readline(2**20)) and not part.endswith(b"\n"):
            pass

    def _too_large(self, what: str) -> FileError:
        limit = MAX_RECORD // 2**20
        hint = "Write one conversation a line (JSONL), or split the file."
        return self._origin.error(
            f"{what} is longer than {limit} MB, the most one record may have.", hint=hint, line=self.line
        )


def not_utf8(origin: Origin, line: int, byte: int, column: int | None = None) -> FileError:
    """The error of a byte that is not UTF-8."""
    hint = f'If it is Latin-1 or Windows-1252: iconv -f WINDOWS-1252 -t UTF-8 "{origin.path}" > new-file'
    return origin.error(f"Byte 0x{byte:02X} is not UTF-8.", hint=hint, line=line, column=column)


@contextmanager
def open_source(origin: Origin) -> Iterator[Source]:
    """Opens the file, a gzip file as what is inside it.

    Raises:
        OSError: it cannot be opened.
        FileError: nothing in it can be text.
    """
    with ExitStack() as stack:
        if origin.path == STDIN:
            raw: BinaryIO = sys.stdin.buffer
        else:
            raw = stack.enter_context(origin.path.open("rb", buffering=0))
        size = None if origin.path == STDIN else os.fstat(raw.fileno()).st_size or None
        stream = _buffered(raw)
        if stream.peek(2).startswith(_GZIP):
            stream, size = _buffered(cast("BinaryIO", gzip.GzipFile(fileobj=stream))), None
        source = Source(stream, origin, size)
        source.refuse_unreadable()
        yield source


def _buffered(raw: BinaryIO) -> io.BufferedReader:
    return io.BufferedReader(cast("io.RawIOBase", raw), HEAD)


def _alternates(head: bytes) -> bool:
    """True for UTF-16 text without a mark: every second byte is zero."""
    sample = head[:64]
    return len(sample) >= 4 and any(not any(sample[side::2]) for side in (0, 1)) and any(sample)
