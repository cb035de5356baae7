"""Tables with one row a turn: CSV, TSV, and JSONL whose objects are rows. Reads all, writes CSV."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import chain, groupby

from coolhead.conversation.formats.fields import find_key, utterances_of
from coolhead.conversation.formats.options import Field
from coolhead.conversation.formats.records import Record
from coolhead.conversation.formats.source import MAX_RECORD, Origin, Source, not_utf8
from coolhead.conversation.formats.utterances import Draft, conversation_of
from coolhead.conversation.turn import Conversation, Turn
from coolhead.errors import FileError

_ROW = 500
"""Bytes that a row takes in memory besides its cells."""

COLUMNS = ("conversation", "speaker", "text", "start", "end")
"""The columns that are written, in order."""

_MARKED = re.compile("[\udc80-\udcff]")
"""How Python marks bytes that are not UTF-8."""

_DELIMITERS = ",;\t|"
_COMMAND = ("=", "+", "-", "@", "\t")
"""What makes a spreadsheet run a cell; such a text is written with an apostrophe before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row.

    Attributes:
        line: where it begins in the file, from 1.
        cells: the cells by column.
        fault: what is wrong with it; its conversation is then refused.
    """

    line: int
    cells: Mapping[str, object]
    fault: FileError | None = None


def read(source: Source, origin: Origin) -> Iterator[Conversation | FileError]:
    """The conversations of a CSV or TSV file.

    Raises:
        FileError: there is no column for the text or the speaker, or a cell is over the limit.
    """
    rows = _rows(source, origin)
    small = source.size is not None and source.size <= MAX_RECORD
    yield from _conversations(rows, origin, may_be_mixed=small)


def of_records(records: Iterable[Record | FileError], origin: Origin) -> Iterator[Conversation | FileError]:
    """The conversations of JSON objects that are rows; those of one conversation must stand together."""
    yield from _conversations(_record_rows(records, origin), origin, may_be_mixed=False)


def is_row(value: Mapping[str, object], columns: Mapping[Field, str]) -> bool:
    """True for an object with a text of its own."""
    key = find_key(value, Field.TEXT, columns)
    return key is not None and isinstance(value[key], str)


def write_csv(conversations: Iterable[Conversation]) -> Iterator[str]:
    """CSV a piece at a time: the header, then each conversation's rows.

    Times are ISO 8601 where the conversation's start is known, else seconds.
    """
    yield _csv_lines([COLUMNS])
    for conversation in conversations:
        yield _csv_lines([_cells(turn, conversation) for turn in conversation.turns])


def _record_rows(records: Iterable[Record | FileError], origin: Origin) -> Iterator[Row]:
    """A row that cannot be read is put to the conversation of the one before it, which is then refused."""
    before: Mapping[str, object] = {}
    for record in records:
        if isinstance(record, FileError):
            yield Row(line=record.line or 1, cells=before, fault=record)
            continue
        if not before:
            _explain_columns(list(record.value), origin)
        before = record.value
        yield Row(line=record.line, cells=before)


def _rows(source: Source, origin: Origin) -> Iterator[Row]:
    lines = _text_lines(source)
    header_line = next(lines, "")
    delimiter = max(_DELIMITERS, key=header_line.count)
    reader = csv.reader(chain([header_line], lines), delimiter=delimiter)
    begins = 1
    try:
        header = [name.strip() for name in next(reader, [])]
        _explain_columns(header, origin)
        begins = reader.line_num + 1
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield _row(cells, header, begins, origin)
            begins = reader.line_num + 1
    except csv.Error as error:
        hint = 'Look for a quotation mark " that is never closed, and for line ends other than LF or CRLF.'
        raise origin.error(f"The table breaks here: {error}.", hint=hint, line=begins) from None


def _text_lines(source: Source) -> Iterator[str]:
    """Lines as text; bytes that are not UTF-8 stay marked, and are refused with their row."""
    for _, raw in source.lines():
        if isinstance(raw, FileError):
            raise raw
        yield raw.decode("utf-8", "surrogateescape")


def _row(cells: Sequence[str], header: Sequence[str], line: int, origin: Origin) -> Row:
    fault = None
    if len(cells) > len(header):
        hint = "Put texts with commas in quotation marks."
        message = f"The row has {len(cells)} cells, the header {len(header)}."
        fault = origin.error(message, hint=hint, line=line)
    wrong = next((found[0] for cell in cells if not cell.isascii() and (found := _MARKED.search(cell))), None)
    if wrong is not None:
        fault = not_utf8(origin, line, ord(wrong) - 0xDC00)
    return Row(line=line, cells=dict(zip(header, map(_unquoted, cells), strict=False)), fault=fault)


def _quoted(text: str) -> str:
    return f"'{text}" if text.lstrip("'").startswith(_COMMAND) else text


def _unquoted(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(_COMMAND) else cell


def _explain_columns(header: Sequence[str], origin: Origin) -> None:
    """Says which column is taken for what; refuses a table without speakers or texts."""
    told = origin.options.columns
    found: dict[Field, str | None] = {field: find_key(header, field, told) for field in Field}
    del found[Field.TURNS]
    names = ", ".join(f'"{name}"' for name in header)
    for field in (Field.SPEAKER, Field.TEXT, *(told.keys() - {Field.TURNS})):
        if found[field] is None:
            hint = f"Name it with --column {field}=NAME; the columns are {names[:200]}."
            raise origin.error(f"No column for the {field}.", hint=hint, line=1)
    taken = {field: key for field, key in found.items() if key is not None}
    if any(key.lower() != field and field not in told for field, key in taken.items()):
        shown = ", ".join(f'"{key}" as the {field}' for field, key in taken.items())
        origin.explain(f"Column {shown}; --column FIELD=NAME changes it.")


def _conversations(
    rows: Iterable[Row], origin: Origin, *, may_be_mixed: bool
) -> Iterator[Conversation | FileError]:
    seen: set[int] = set()
    for name, group in _groups(rows, origin, may_be_mixed=may_be_mixed):
        if hash(name) in seen:
            hint = "Sort the table by its conversation; only a CSV under 64 MB may have them mixed."
            yield origin.error(
                f'The rows of conversation "{name}" are not together.', hint=hint, line=group[0].line
            )
            continue
        seen.add(hash(name))
        faults = [row.fault for row in group if row.fault]
        if faults:
            yield faults[0]
            continue
        try:
            yield conversation_of(_draft(name, group, origin), origin)
        except FileError as error:
            yield error


def _groups(rows: Iterable[Row], origin: Origin, *, may_be_mixed: bool) -> Iterator[tuple[str, list[Row]]]:
    """The rows of each conversation: gathered from all of a small file, else as they stand together."""

    def name(row: Row) -> str:
        key = find_key(row.cells, Field.CONVERSATION, origin.options.columns)
        return str(row.cells[key]) if key is not None and row.cells[key] not in (None, "") else origin.stem

    if not may_be_mixed:
        yield from ((key, _bounded(group, origin)) for key, group in groupby(rows, name))
        return
    gathered: dict[str, list[Row]] = {}
    for row in rows:
        gathered.setdefault(name(row), []).append(row)
    yield from gathered.items()


def _bounded(group: Iterable[Row], origin: Origin) -> list[Row]:
    """The rows of one conversation; cut off, with a fault, where they are more than one record may be."""
    rows: list[Row] = []
    size = 0
    for row in group:
        size += _ROW + sum(len(str(cell)) for cell in row.cells.values())
        if size <= MAX_RECORD or not rows:
            rows.append(row)
        elif rows[-1].fault is None:
            hint = "Name the column that tells conversations apart with --column conversation=NAME."
            message = f"The conversation is longer than {MAX_RECORD // 2**20} MB, the most one may have."
            rows.append(replace(row, fault=origin.error(message, hint=hint, line=row.line)))
    return rows


def _draft(name: str, rows: Sequence[Row], origin: Origin) -> Draft:
    utterances = [
        entry
        for number, row in enumerate(rows, start=1)
        for entry in utterances_of([row.cells], row.line, origin, first=number)
    ]
    return Draft(id=name, utterances=utterances, line=rows[0].line)


def _cells(turn: Turn, conversation: Conversation) -> list[str]:
    def moment(seconds: float | None) -> str:
        if seconds is None:
            return ""
        begun = conversation.started_at
        return str(seconds) if begun is None else (begun + timedelta(seconds=seconds)).isoformat()

    return [conversation.id, str(turn.speaker), _quoted(turn.text), moment(turn.start), moment(turn.end)]


def _csv_lines(rows: Iterable[Sequence[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue()
