"""Two states of a document side by side, as people read them: a playbook by entry, any text by line.

Compares plain data, so that a draft with mistakes can be compared too.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import zip_longest
from typing import Any

from coolhead.guidance.amend import Plain, entries_in, settings_in

CONTEXT = 2
"""Unchanged lines shown around a change."""

ALIKE = 0.3
"""Two sentences that share less than this are shown whole, not word by word."""


class Fate(StrEnum):
    """What became of something."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words, and whether they were added, removed or stay."""

    fate: Fate
    text: str


@dataclass(frozen=True, slots=True)
class KeyChange:
    """One key of an entry, in words, with what was there and what is there now."""

    key: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class EntryChange:
    """One entry that is not the same; `keys` holds every key of a new one."""

    name: str
    title: str
    fate: Fate
    keys: tuple[KeyChange, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a text; a number is None on the side where the line is not."""

    fate: Fate
    old: int | None
    new: int | None
    text: str


def compare_playbooks(before: str, after: str) -> tuple[EntryChange, ...]:
    """What changed from one playbook's text to another's: its settings first, then entry by entry.

    Raises:
        DocumentError: one of them is not YAML.
    """
    old, new = _by_name(entries_in(before)), _by_name(entries_in(after))
    settings = compare_entries(settings_in(before), settings_in(after))
    found = [EntryChange("", "The playbook as a whole", Fate.CHANGED, settings)] if settings else []
    for name, entry in new.items():
        if name not in old:
            found.append(_entry(entry, Fate.ADDED, compare_entries({}, entry)))
        elif changes := compare_entries(old[name], entry):
            found.append(_entry(entry, Fate.CHANGED, changes))
    gone = [_entry(entry, Fate.REMOVED, ()) for name, entry in old.items() if name not in new]
    return (*found, *gone)


def compare_entries(before: Plain, after: Plain) -> tuple[KeyChange, ...]:
    """What changed from one state of an entry to another, key by key."""
    old, new = dict(_flat(before)), dict(_flat(after))
    keys = [*new, *(key for key in old if key not in new)]
    return tuple(
        KeyChange(key, _marked(old.get(key, ""), new.get(key, "")))
        for key in keys
        if old.get(key) != new.get(key)
    )


def compare_lines(before: str, after: str) -> tuple[tuple[Line, ...], ...]:
    """What changed from one text to another, in groups of lines that stand near each other."""
    old, new = before.splitlines(), after.splitlines()
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    return tuple(
        tuple(line for code in group for line in _lines(code, old, new))
        for group in matcher.get_grouped_opcodes(CONTEXT)
    )


def in_words(value: Any) -> str:
    """A value of an entry as people read it: `{at_least: angry}` is "at least angry"."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return _either([_word(each) for each in value])
    if isinstance(value, dict):
        if value.keys() <= {"at_least", "at_most"}:
            return " and ".join(f"{_word(end)} {_word(bound)}" for end, bound in value.items())
        return ", ".join(f"{_word(key)} {in_words(each)}" for key, each in value.items())
    return str(value) if value is not None else "nothing"


def conditions_in_words(conditions: Any) -> tuple[tuple[str, str], ...]:
    """Each condition of `when` or `unless`, and its value in words."""
    if not isinstance(conditions, dict):
        return ()
    return tuple((_word(name), in_words(value)) for name, value in conditions.items())


def _by_name(entries: Sequence[Plain]) -> dict[str, Plain]:
    return {str(entry.get("name", f"entry {number}")): entry for number, entry in enumerate(entries, 1)}


def _entry(entry: Plain, fate: Fate, keys: tuple[KeyChange, ...]) -> EntryChange:
    return EntryChange(str(entry.get("name", "")), str(entry.get("title", "")), fate, keys)


def _flat(entry: Plain) -> Iterator[tuple[str, str]]:
    """Every key and condition with its value in words, wordings one by one."""
    for key, value in entry.items():
        if key in ("when", "unless"):
            for name, words in conditions_in_words(value):
                yield f"{key}: {name}", words
        elif key == "say" and isinstance(value, list):
            for number, line in enumerate(value, 1):
                yield f"wording {number}", str(line)
        elif key != "name":
            yield _word(key), in_words(value)


def _marked(before: str, after: str) -> tuple[Piece, ...]:
    """The words of both, told apart; sentences that have little in common are told apart as a whole."""
    old, new = _tokens(before), _tokens(after)
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    if not old or not new or matcher.ratio() < ALIKE:
        both = (Piece(Fate.REMOVED, before), Piece(Fate.ADDED, after))
        return tuple(piece for piece in both if piece.text)
    return tuple(
        piece
        for tag, i, j, k, m in matcher.get_opcodes()
        for piece in _pieces(tag, "".join(old[i:j]), "".join(new[k:m]))
    )


def _pieces(tag: str, old: str, new: str) -> Iterator[Piece]:
    if tag == "equal":
        yield Piece(Fate.SAME, old)
        return
    if old:
        yield Piece(Fate.REMOVED, old)
    if new:
        yield Piece(Fate.ADDED, new)


def _lines(code: tuple[str, int, int, int, int], old: list[str], new: list[str]) -> Iterator[Line]:
    tag, i, j, k, m = code
    if tag == "equal":
        for there, here in zip_longest(range(i, j), range(k, m)):
            yield Line(Fate.SAME, there + 1, here + 1, new[here])
        return
    for number in range(i, j):
        yield Line(Fate.REMOVED, number + 1, None, old[number])
    for number in range(k, m):
        yield Line(Fate.ADDED, None, number + 1, new[number])


def _tokens(text: str) -> list[str]:
    return re.findall(r"\s+|\w+|[^\w\s]", text)


def _either(words: list[str]) -> str:
    return " or ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def _word(value: Any) -> str:
    return str(value).replace("_", " ")
