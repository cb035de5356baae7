"""Which form a file has, by its name and first bytes, and which form a JSON object has, by its keys."""

from __future__ import annotations

import re
from collections.abc import Mapping

from coolhead.conversation.formats.codebook_jsonl import turns_key
from coolhead.conversation.formats.contact_lens import is_contact_lens
from coolhead.conversation.formats.fields import find_key
from coolhead.conversation.formats.options import Field, Format
from coolhead.conversation.formats.source import Origin
from coolhead.conversation.formats.table import is_row
from coolhead.conversation.formats.vcon import is_vcon
from coolhead.conversation.formats.wtf import is_wtf

JSON_FORMATS = frozenset((Format.CODEBOOK, Format.CONTACT_LENS, Format.VCON, Format.WTF))
"""Forms that are JSON objects; a table can be, too."""

ENDINGS = {
    ".csv": Format.TABLE,
    ".tsv": Format.TABLE,
    ".srt": Format.SRT,
    ".vtt": Format.WEBVTT,
    ".json": None,
    ".jsonl": None,
    ".ndjson": None,
    ".vcon": None,
}
"""Endings of names that hold conversations, each also with `.gz`, and their form; None for any JSON."""

_SRT_BEGINS = re.compile(rb"\s*(?:\d+\s+)?\d+:\d\d:\d\d[,.]\d+\s+-->")


def form_of(head: bytes, origin: Origin) -> Format | None:
    """The form of a file; None for JSON, whose objects tell theirs by `shape_of`.

    First bytes that are unmistakable win over the name.

    Args:
        head: the first bytes, which are text.
        origin: the file, and the format that the person named.

    Raises:
        FileError: neither name nor bytes tell.
    """
    told = origin.options.format
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith((b"{", b"[")) and told in (None, Format.TABLE, *JSON_FORMATS):
        return None
    if told is not None:
        return None if told in JSON_FORMATS else told
    if start.startswith(b"WEBVTT"):
        return Format.WEBVTT
    if _SRT_BEGINS.match(start):
        return Format.SRT
    ending = ending_of(origin.path.name)
    if ending in ENDINGS:
        return ENDINGS[ending]
    if _is_header(start.splitlines()[0]):
        return Format.TABLE
    hint = f"Name it with --format: {', '.join(Format)}."
    raise origin.error("Neither the name nor the first bytes tell what form this is.", hint=hint, line=1)


def shape_of(value: Mapping[str, object], columns: Mapping[Field, str]) -> Format:
    """The form of a JSON object; `CODEBOOK`, whose reader explains what it misses, when no other fits."""
    if is_vcon(value):
        return Format.VCON
    if is_wtf(value):
        return Format.WTF
    if is_contact_lens(value):
        return Format.CONTACT_LENS
    if turns_key(value, columns) is None and is_row(value, columns):
        return Format.TABLE
    return Format.CODEBOOK


def ending_of(name: str) -> str:
    """The last ending of a name, in lower case, before `.gz`."""
    stem = name.lower().removesuffix(".gz")
    return f".{stem.rpartition('.')[2]}" if "." in stem else ""


def _is_header(line: bytes) -> bool:
    names = re.split(r"[,;\t|]", line.decode("utf-8", "replace"))
    names = [name.strip(' "') for name in names]
    return all(find_key(names, field, {}) is not None for field in (Field.SPEAKER, Field.TEXT))
