"""The table that says how a customer is moved by what an agent does; read from `content/rules.yaml`."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field

from coolhead.codebook import Term
from coolhead.guidance.document import DocumentError, Strict, one_of, open_document
from coolhead.practice.seen import Deed
from coolhead.practice.shipped import text_of


class Dimension(Term):
    """One side of the inner state."""

    HEAT = "heat", "how worked up, 0–4"
    TRUST = "trust", "that this agent means it, 0–1"
    HEARD = "heard", "feels understood, 0–1"
    CLARITY = "clarity", "knows what happens next, 0–1"
    HOPE = "hope", "that it will be solved, 0–1"


DeedWord = Annotated[Deed, one_of("something an agent does", Deed)]
DimensionWord = Annotated[Dimension, one_of("a side of the inner state", Dimension)]


class Rule(Strict):
    """What one deed of an agent does to a customer.

    Attributes:
        when: the deed.
        unless: it does not fire beside any of these.
        moves: by how much, as felt in the middle of the scale (heat 2; 0.5 for the others).
        again: what each further time in a run is worth, as a share of the time before.
        why: one sentence for the debrief, to follow what the agent said.
        source: where this is known from.
    """

    name: Annotated[str, Field(pattern=r"^[a-z_]+$")]
    when: DeedWord
    unless: tuple[DeedWord, ...] = ()
    moves: Annotated[dict[DimensionWord, Annotated[float, Field(ge=-1.6, le=1.6)]], Field(min_length=1)]
    again: Annotated[float, Field(gt=0, le=1.5)] = 0.6
    why: Annotated[str, Field(min_length=1)]
    source: Annotated[str, Field(min_length=1)]

    def fires(self, deeds: Collection[Deed]) -> bool:
        """True when these deeds bring it about."""
        return self.when in deeds and not any(each in deeds for each in self.unless)


class RuleTable(Strict):
    """All rules, in the order in which they apply."""

    rules: Annotated[tuple[Rule, ...], Field(min_length=1)]


def load_rules(source: Path | str, name: str = "the rules") -> tuple[Rule, ...]:
    """The rules in a file (`Path`) or a text (`str`) that people call `name`.

    Raises:
        FileError: the file cannot be read.
        DocumentError: it is not a table of rules, or two have one name.
    """
    document = open_document(source, name)
    table, problems = document.read(RuleTable)
    names = [rule.name for rule in table.rules] if table else []
    problems += [
        document.problem(("rules", number, "name"), f'the name "{each}" is already used.')
        for number, each in enumerate(names)
        if each in names[:number]
    ]
    if table is None or problems:
        raise DocumentError(document.name, problems)
    return table.rules


@cache
def shipped_rules() -> tuple[Rule, ...]:
    """The rules that are shipped."""
    return load_rules(text_of("rules.yaml"), "rules.yaml")
