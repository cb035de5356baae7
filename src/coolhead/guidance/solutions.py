"""Remedies for the desk: what solves which problem, what else would, who may grant it, what to say.

A small YAML table like the playbook; the default one is general, a client's own replaces it.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path
from typing import Annotated

from pydantic import Field

from coolhead.codebook import Term, Trigger
from coolhead.guidance.conditions import IssueWord, TriggerWord
from coolhead.guidance.document import Document, DocumentError, Strict, one_of, open_document
from coolhead.picture.state import Picture

LIKELY = 0.2
"""Probability from which an issue's solutions are worth showing."""

Line = Annotated[str, Field(min_length=1, max_length=300)]


class Grant(Term):
    """Who may grant a solution."""

    AGENT = "agent", "the agent, at once"
    SUPERVISOR = "supervisor", "a supervisor has to agree"
    SPECIALIST = "specialist", "another team does it"


class Solution(Strict):
    """One row: a problem, what solves it, and how to offer that."""

    issue: IssueWord = Field(description="What the conversation is about.")
    triggers: tuple[TriggerWord, ...] = Field(default=(), description="What makes this row fit better.")
    problem: Line = Field(description="The problem, in a few words.")
    solution: Line = Field(description="What solves it.")
    alternatives: tuple[Line, ...] = Field(default=(), max_length=4, description="What else would help.")
    grant: Annotated[Grant, one_of("someone who grants", Grant)] = Field(description="Who may grant it.")
    say: Line = Field(description="How to offer it; `[…]` is for the agent to fill.")


class Solutions(Strict):
    """All the rows there are."""

    name: str = Field(min_length=1, max_length=80, description="What people call this table.")
    rows: tuple[Solution, ...] = Field(min_length=1, description="The solutions.")


def load(source: Path | str) -> Solutions:
    """The solutions in a file (`Path`) or in a text (`str`).

    Raises:
        FileError: the file cannot be read.
        DocumentError: something in it is wrong; every problem that was found, with line and column.
    """
    return _parse(open_document(source, "solutions"))


@cache
def default_solutions() -> Solutions:
    """The table that is shipped: what helps in most trades."""
    return _parse(Document("solutions.yaml", shipped_text()))


def shipped_text() -> str:
    """The shipped table as it is written, with its comments."""
    return resources.files("coolhead.guidance").joinpath("content/solutions.yaml").read_text(encoding="utf-8")


def fitting(solutions: Solutions, picture: Picture, *, most: int = 4) -> tuple[Solution, ...]:
    """The rows that fit what the conversation is about, best first and at most `most`.

    A row counts its issue's probability, and half as much again for each of its triggers that was shown.
    """
    shown = {noticed.term for noticed in picture.noticed if isinstance(noticed.term, Trigger)}
    ranked = [
        (picture.issue.get(row.issue, 0.0) * (1 + len(shown & set(row.triggers)) / 2), row)
        for row in solutions.rows
        if picture.issue.get(row.issue, 0.0) >= LIKELY
    ]
    return tuple(row for _, row in sorted(ranked, key=lambda pair: -pair[0])[:most])


def _parse(document: Document) -> Solutions:
    solutions, problems = document.read(Solutions)
    if solutions is None:
        raise DocumentError(document.name, problems)
    return solutions
