"""What a person may say about files before they are read; knows no format's insides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum
from types import MappingProxyType
from typing import Self

from coolhead.codebook import Speaker
from coolhead.errors import InputError

IGNORED = "ignore"


class Format(StrEnum):
    """A form in which files hold conversations; the value is the name that `--format` takes."""

    CODEBOOK = "codebook"
    CONTACT_LENS = "contact-lens"
    SRT = "srt"
    TABLE = "table"
    VCON = "vcon"
    WEBVTT = "webvtt"
    WTF = "wtf"


class Field(StrEnum):
    """What a table's column or a JSON turn's key can hold; the value is the name that `--column` takes."""

    CONVERSATION = "conversation"
    SPEAKER = "speaker"
    TEXT = "text"
    START = "start"
    END = "end"
    TURNS = "turns"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """How to read files; the defaults find out by themselves.

    Attributes:
        format: the form of every file; None to tell it from name and first bytes.
        speakers: who a name in the files is; None as a value leaves that speaker's turns out.
        columns: which column (or JSON key) holds a field, where the name would not be recognised.
    """

    format: Format | None = None
    speakers: Mapping[str, Speaker | None] = field(default_factory=lambda: MappingProxyType({}))
    columns: Mapping[Field, str] = field(default_factory=lambda: MappingProxyType({}))

    @classmethod
    def of(
        cls, *, format: str | None = None, speakers: Iterable[str] = (), columns: Iterable[str] = ()
    ) -> Self:
        """Makes options of what a person typed.

        Args:
            format: a value of `Format`, or None.
            speakers: each `NAME=agent`, `=customer`, `=supervisor` or `=ignore`.
            columns: each `FIELD=COLUMN`, with a value of `Field` on the left.

        Raises:
            InputError: a word is not known; the hint lists those that are.
        """
        return cls(
            format=None if format is None else Format(_known(format, Format, "--format")),
            speakers=MappingProxyType(dict(_speaker(pair) for pair in speakers)),
            columns=MappingProxyType(dict(_column(pair) for pair in columns)),
        )


def _speaker(pair: str) -> tuple[str, Speaker | None]:
    name, role = _halves(pair, "--speaker", "Dana=agent")
    role = _known(role.lower(), (*Speaker, IGNORED), "--speaker")
    return name, None if role == IGNORED else Speaker[role.upper()]


def _column(pair: str) -> tuple[Field, str]:
    name, column = _halves(pair, "--column", "speaker=Author")
    return Field(_known(name.lower(), Field, "--column")), column


def _halves(pair: str, flag: str, example: str) -> tuple[str, str]:
    left, equals, right = (part.strip() for part in pair.rpartition("="))
    if not (left and equals and right):
        raise InputError(f'{flag} "{pair}" is not a pair.', hint=f'Write it like {flag} "{example}".')
    return left, right


def _known(word: str, words: Iterable[str], flag: str) -> str:
    choices = [str(choice) for choice in words]
    if word in choices:
        return word
    near = get_close_matches(word, choices, n=1)
    meant = f' Did you mean "{near[0]}"?' if near else ""
    raise InputError(f'{flag} does not know "{word}".{meant}', hint=f"It takes {', '.join(choices)}.")
