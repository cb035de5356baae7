"""Remedies for the desk: what solves which problem, what else would, who may grant it; and gestures.

A small YAML table like the playbook; the default one is general, a client's own replaces it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Annotated, Self

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from coolhead.codebook import Term, Trigger
from coolhead.guidance.conditions import IssueWord, TriggerWord
from coolhead.guidance.document import (
    Document,
    Loc,
    Strict,
    nearest,
    one_of,
    open_document,
)
from coolhead.guidance.facts import KNOWN, cited_in, may_be_cited
from coolhead.guidance.money import Money
from coolhead.picture.state import Picture

LIKELY = 0.2
"""Probability from which an issue's solutions are worth showing."""

Line = Annotated[str, Field(min_length=1, max_length=300)]


class Grant(Term):
    """Who may grant a remedy, from the nearest to the farthest."""

    AGENT = "agent", "the agent, at once"
    SUPERVISOR = "supervisor", "a supervisor has to agree"
    SPECIALIST = "specialist", "another team does it"


class GestureKind(Term):
    """What makes up for something that went wrong, beyond solving it."""

    CREDIT = "credit", "money off, or paid back"
    REPLACEMENT = "replacement", "another one, at no cost"
    APOLOGY = "apology", "an apology written by hand"


ANY_AMOUNT = "any"


def _wrong(text: str) -> PydanticCustomError:
    return PydanticCustomError("wrong_word", "{text}", {"text": text})


def _money(given: object) -> Money:
    if isinstance(given, Money):
        return given
    try:
        return Money.read(str(given))
    except ValueError as error:
        raise _wrong(f'"{given}" is not an amount: {error}.') from error


def _grants(given: object) -> object:
    """One word stands for that one, at any amount; else each with the most that they may grant."""
    if not isinstance(given, Mapping):
        return {given: None}
    return {who: None if most == ANY_AMOUNT else most for who, most in given.items()}


Amount = Annotated[Money, BeforeValidator(_money)]
Grantor = Annotated[Grant, one_of("someone who grants", Grant)]
Grants = Annotated[dict[Grantor, Amount | None], BeforeValidator(_grants), Field(min_length=1)]


class Remedy(Strict):
    """Something that helps, who may grant it up to which amount, and how to offer it."""

    what: Line = Field(description="What it is, as colleagues say it.")
    say: Line = Field(description="How to offer it, as it follows “I can …”; `[…]` is for the agent to fill.")
    grants: Grants = Field(
        description="Who may grant it: `agent`, or each with the most they may, as in "
        "`{agent: EUR 25, supervisor: EUR 250, specialist: any}`."
    )


class Solution(Strict):
    """One row: a problem, what solves it, and what else would."""

    issue: IssueWord = Field(description="What the conversation is about.")
    triggers: tuple[TriggerWord, ...] = Field(default=(), description="What makes this row fit better.")
    problem: Line = Field(description="The problem, in a few words; no other row has the same ones.")
    solution: Remedy = Field(description="What solves it.")
    alternatives: tuple[Remedy, ...] = Field(default=(), max_length=4, description="What else would help.")

    @property
    def remedies(self) -> tuple[Remedy, ...]:
        """The solution, then its alternatives."""
        return (self.solution, *self.alternatives)


class Gesture(Strict):
    """One way to make up for something, and what it may cost."""

    kind: Annotated[GestureKind, one_of("a gesture", GestureKind)] = Field(description="Which kind it is.")
    what: Line = Field(description="What it is, as colleagues say it.")
    say: Line = Field(description="How to offer it, as it follows “I would like to …”.")
    costs: Amount = Field(description="What it usually costs.")
    most: Amount | None = Field(default=None, description="The most it may cost; left out, what it costs.")

    @property
    def highest(self) -> Money:
        """The most that one may cost."""
        return self.most or self.costs


class Salvage(Strict):
    """The gestures that may be made, and what they may cost in a month."""

    agent: Amount = Field(description="What each agent may spend in a month.")
    team: Amount = Field(description="What all agents together may spend in a month.")
    gestures: tuple[Gesture, ...] = Field(min_length=1, description="The gestures.")


class Solutions(Strict):
    """All the rows there are."""

    name: str = Field(min_length=1, max_length=80, description="What people call this table.")
    rows: tuple[Solution, ...] = Field(min_length=1, description="The solutions.")
    salvage: Salvage | None = Field(default=None, description="Gestures; left out, there are none.")

    @model_validator(mode="after")
    def _is_of_one_piece(self) -> Self:
        problems = [row.problem for row in self.rows]
        twice = next((each for each in problems if problems.count(each) > 1), None)
        if twice:
            raise _wrong(f'two rows are about "{twice}"; say how their problems differ.')
        currencies = sorted({amount.currency for amount in self._amounts()})
        if len(currencies) > 1:
            raise _wrong(f"amounts are in {' and '.join(currencies)}; a client has one currency.")
        return self

    def _amounts(self) -> Iterator[Money]:
        for row in self.rows:
            for remedy in row.remedies:
                yield from filter(None, remedy.grants.values())
        if self.salvage:
            yield from (self.salvage.agent, self.salvage.team)
            for gesture in self.salvage.gestures:
                yield from (gesture.costs, gesture.highest)


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
    return document.whole(Solutions, _wrong_citations)


def _wrong_citations(solutions: Solutions) -> Iterator[tuple[Loc, str]]:
    """Where words cite a fact that no policy can give."""
    for number, row in enumerate(solutions.rows):
        for place, remedy in enumerate(row.remedies):
            at: Loc = ("solution",) if place == 0 else ("alternatives", place - 1)
            for name in cited_in(remedy.say) + cited_in(remedy.what):
                if not may_be_cited(name):
                    yield ("rows", number, *at, "say"), f'"{name}" is not a fact{nearest(name, KNOWN)}'
