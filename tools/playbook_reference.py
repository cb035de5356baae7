"""Writes docs/reference/playbook.md from the playbook's own models: every key, its values, its meaning.

.venv/bin/python tools/playbook_reference.py > docs/reference/playbook.md
"""

from __future__ import annotations

import typing
from collections.abc import Iterator
from enum import Enum
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from coolhead.guidance.conditions import SINCE_WORDS, Conditions, CountRange, HeatRange, ShareRange, Since
from coolhead.guidance.phrases import SLOTS
from coolhead.guidance.playbook import Entry, Playbook

RANGES = {HeatRange: "a heat", CountRange: "a whole number", ShareRange: "0 to 1"}


OPENING = """# Playbook reference

This page is made from the models that read playbooks (`tools/playbook_reference.py`). How to write one:
[write a playbook](../how-to/write-a-playbook.md). Try yours with `coolhead playbook check FILE` and
`coolhead playbook try FILE --on PATH`."""

CONDITIONS = """Under `when` all conditions must hold; under `unless` none may. A list holds when any of its
words does. A range has `at_least`, `at_most` or both, ends included."""

TIMES = """map techniques to a time (N from 1 to 99). “Since heat rose” counts from the last customer turn
that was hotter than the one before it."""


def reference() -> str:
    """The whole page."""
    times = ", ".join(f"`{word}`" for word in SINCE_WORDS)
    slots = [f"| `{{{slot}}}` | {meaning} |" for slot, meaning in SLOTS.items()]
    parts = [
        *(OPENING, "## The file", _table(Playbook), "## An entry", _table(Entry)),
        *(
            "## Conditions",
            CONDITIONS,
            _table(Conditions),
            f"`not_yet` and `done` {TIMES} The times: {times}.",
            "## Slots",
        ),
        "`say` and `why` may hold these in curly brackets; square brackets are blanks for the agent.",
        "\n".join(["| slot | stands for |", "| --- | --- |", *slots]),
        "Facts of the client's policies may stand there too, as `{refund_days}`: [policies](policies.md).",
        *("## Words", *_vocabularies()),
    ]
    return "\n\n".join(parts) + "\n"


def _table(model: type[BaseModel]) -> str:
    rows = [
        f"| `{name}` | {_values(info)} | {info.description}{_default(info)} |"
        for name, info in model.model_fields.items()
    ]
    return "\n".join(["| key | value | meaning |", "| --- | --- | --- |", *rows])


def _values(info: FieldInfo) -> str:
    kinds = list(_leaves(info.annotation))
    listed = "list of " if "tuple" in str(info.annotation) else ""
    for kind in kinds:
        if kind in RANGES:
            return f"range: {RANGES[kind]}"
        if kind is Since:
            return "technique: time"
        if isinstance(kind, type) and issubclass(kind, Enum):
            return f"{listed}[{_title(kind)}](#{_title(kind).replace(' ', '-')})"
        if kind in (Conditions, Entry):
            return f"{listed}{'conditions' if kind is Conditions else 'entries'}"
    names = {str: "text", int: "whole number", bool: "`true` or `false`"}
    words = [f"`{kind}`" for kind in kinds if isinstance(kind, str)]
    return " or ".join(words) or listed + next(names[kind] for kind in kinds if kind in names)


def _leaves(annotation: Any) -> Iterator[Any]:
    arguments = typing.get_args(annotation)
    if not arguments:
        yield annotation
    inner = [leaf for argument in arguments for leaf in _leaves(argument)]
    yield from sorted(inner, key=lambda leaf: leaf is not Since)


def _default(info: FieldInfo) -> str:
    if info.default is PydanticUndefined:
        return " **Required.**"
    if info.default is None or info.default == "" or isinstance(info.default, BaseModel):
        return ""
    return f" Default: `{str(info.default).lower() if isinstance(info.default, bool) else info.default}`."


def _vocabularies() -> Iterator[str]:
    seen: list[type[Enum]] = []
    for model in (Conditions, Entry, HeatRange):
        for info in model.model_fields.values():
            seen += [
                k
                for k in _leaves(info.annotation)
                if isinstance(k, type) and issubclass(k, Enum) and k not in seen
            ]
    for kind in seen:
        words = [(word.words if issubclass(kind, int) else word.value, word.definition) for word in kind]  # type: ignore[attr-defined]  # every vocabulary has words and definitions
        rows = [f"| `{word}` | {meaning} |" for word, meaning in words]
        yield "\n".join([f"### {_title(kind).capitalize()}", "", "| word | shows |", "| --- | --- |", *rows])


def _title(kind: type[Enum]) -> str:
    return "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in kind.__name__).strip()


if __name__ == "__main__":
    print(reference(), end="")
