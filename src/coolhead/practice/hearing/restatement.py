"""What an agent's turn says back of the customer's story: the facts it holds, and those it gets wrong."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from coolhead.codebook import Misstep, Technique
from coolhead.perception.reading import Reading
from coolhead.practice.hearing.clause import Clause, Role
from coolhead.practice.hearing.phrase import all_held, holds, place, words
from coolhead.practice.hearing.quantity import Quantity, quantities
from coolhead.practice.memory import Memory
from coolhead.practice.scenario import Fact, Scenario
from coolhead.practice.seen import Deed, Mistaken

_HARDLY_EVER_WRONG = frozenset({"1"})
_A_STORY = 2
"""Facts of theirs that are recounted where nothing else tells that it is their story."""

_YOURS = re.compile(r"\byour (?:\w+ )?$", re.IGNORECASE)
_DENIED = re.compile(r"(?:n't|\b(?:not|no|never))(?: \w+){0,2} ?$", re.IGNORECASE)
"""What stands before words of theirs that are said not to be so."""


@dataclass(frozen=True, slots=True)
class Restated:
    """What was said back.

    Attributes:
        tried: something was said back at all, whatever it was.
        covered: ids of the facts that it holds.
    """

    tried: bool
    covered: tuple[str, ...]
    mistaken: tuple[Mistaken, ...]

    @property
    def deed(self) -> Deed | None:
        """What it comes to."""
        if self.mistaken:
            return Deed.RESTATED_WRONG
        if self.covered:
            return Deed.RESTATED_RIGHT
        return Deed.RESTATED_NOTHING if self.tried else None


def restated(said: Sequence[Clause], reading: Reading, scenario: Scenario, memory: Memory) -> Restated:
    """What the turn says back of the scenario's facts."""
    perceived = any(sign.term is Technique.PARAPHRASE for sign in reading.techniques)
    blamed = any(sign.term is Misstep.DEFENSIVE for sign in reading.missteps)
    told = [each for each in said if each.role is Role.RESTATES and (each.marked or perceived or not blamed)]
    if told or perceived:
        told = [each for each in said if each in told or each.role is Role.RECOUNTS]
    if perceived and not told:
        told = [each for each in said if each.role in (Role.TELLS, Role.REFUSES)]
    covered = _covered(told, scenario)
    if not told and not blamed:
        recounted = _covered([each for each in said if each.role is Role.RECOUNTS], scenario)
        covered = recounted if len(recounted) >= _A_STORY else ()
    marked = any(each.marked and each.role is Role.RESTATES for each in said)
    return Restated(perceived and marked, covered, tuple(_mistaken(said, told, scenario, memory)))


def _covered(told: Sequence[Clause], scenario: Scenario) -> tuple[str, ...]:
    text = ". ".join(each.text for each in told)
    return tuple(fact.id for fact in scenario.all_facts if holds(text, fact.keys))


def _mistaken(
    said: Sequence[Clause], told: Sequence[Clause], scenario: Scenario, memory: Memory
) -> tuple[Mistaken, ...]:
    found: dict[str, str] = {}
    for clause in said:
        for fact in scenario.all_facts:
            if wrong := _wrong_words(clause, fact, told=clause in told):
                found.setdefault(fact.id, wrong)
    for clause in told:
        for quantity in _wrong_quantities(clause.text, scenario, memory):
            if meant := _meant(clause.text, quantity, scenario):
                found.setdefault(meant.id, quantity.text)
    return tuple(Mistaken(fact=fact, words=words) for fact, words in found.items())


def _wrong_words(clause: Clause, fact: Fact, *, told: bool) -> str:
    """The words that only somebody who has this fact wrong would use."""
    if told:
        at = place(clause.text, fact.wrong)
        return clause.text[at[0] : at[1]] if at and not _DENIED.search(clause.text[: at[0]]) else ""
    if clause.role in (Role.ASKS, Role.PROPOSES):
        return ""
    at = place(clause.text, fact.wrong)
    return clause.text[at[0] : at[1]] if at and _YOURS.search(clause.text[: at[0]]) else ""


def _wrong_quantities(text: str, scenario: Scenario, memory: Memory) -> list[Quantity]:
    """Numbers that neither the scenario holds nor the agent has brought in."""
    return [
        each
        for each in quantities(text)
        if (each.kind, each.value) not in scenario.quantities
        and f"{each.kind}:{each.value}" not in memory.numbers
        and each.value not in _HARDLY_EVER_WRONG
    ]


def _meant(text: str, wrong: Quantity, scenario: Scenario) -> Fact | None:
    """The fact that counts this otherwise: of several the one whose other words stand beside the number."""
    counting = [
        fact for fact in scenario.all_facts if wrong.kind in {each.kind for each in quantities(fact.truth)}
    ]
    said = {each.stem for each in words(text) if not each.small}
    return max(
        counting,
        key=lambda fact: (
            len(all_held(text, (*fact.keys, *fact.asked))),
            len(said & {each.stem for each in words(fact.truth)}),
        ),
        default=None,
    )
