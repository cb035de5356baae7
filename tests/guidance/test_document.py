"""Aliases in hand-written YAML: they save words, and cannot be made to fill the memory."""

from __future__ import annotations

import pytest

from coolhead.guidance import limits, playbook, policy, solutions
from coolhead.guidance.document import Document, DocumentError


def multiplied(levels: int) -> str:
    """A few hundred characters that stand for ten to the power of `levels` values."""
    names = [f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 10)}]" for level in range(1, levels)]
    return "\n".join(["a0: &a0 [x, x, x, x, x, x, x, x, x, x]", *names]) + "\n"


def test_aliases_that_grow_out_of_proportion_are_refused_in_every_document() -> None:
    bomb = multiplied(9)
    for load, text in (
        (playbook.load, bomb + "entries:\n  - {id: a, when: {stage: *a8}}\n"),
        (solutions.load, bomb),
        (limits.load, bomb),
        (policy.load, f"---\nname: x\n{bomb}---\n\n# A\n\ntext\n"),
    ):
        with pytest.raises(DocumentError, match="aliases"):
            load(text)


def test_a_long_text_repeated_is_counted_by_its_length() -> None:
    text = f'long: &long "{"x" * 10_000}"\nlist: [{", ".join(["*long"] * 300)}]\n'
    with pytest.raises(DocumentError, match="aliases"):
        Document("file", text)


def test_ordinary_aliases_are_written_out() -> None:
    assert Document("file", "a: &a [1, 2]\nb: *a\n").root["b"] == [1, 2]
