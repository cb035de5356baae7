"""The remedies that an agent's turn offers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from coolhead.practice.clause import Clause, Role
from coolhead.practice.phrase import holds_near, words
from coolhead.practice.scenario import Remedy, Scenario

_OFFERING = {Role.TELLS, Role.PROPOSES}
_NEGATIVE = {"not", "no", "nothing", "owe"}
_ONE = re.compile(r"\b(?:one|it|them|that|this|so|do)\b", re.IGNORECASE)
"""What stands for a thing named in the clause before ("no visit today, but I can get you one tomorrow")."""


_WAIVED = re.compile(
    r"\b(?:don't|do not|won't|will not|needn't|no need to|without) (?:even )?(?:have to |need to |be |to )?"
    r"(?:pay(?:ing)?|charged?|billed|repay|pay back)(?: for| back)?\b",
    re.IGNORECASE,
)
"""Not to have to pay something is to have it waived."""


def offered(said: Sequence[Clause], scenario: Scenario) -> tuple[str, ...]:
    """The ids of the remedies that are offered, in the order of the scenario."""
    welcome = (*scenario.settles_for, *scenario.partly)
    every = (*welcome, *scenario.never)
    found = {remedy for each in said for remedy in _in_clause(each, every)}
    found |= {remedy for each in said for remedy in _waived(each, welcome)}
    found |= {remedy for before, after in pairwise(said) for remedy in _taken_up(before, after, every)}
    return tuple(each.id for each in every if each.id in found)


def _in_clause(clause: Clause, every: Sequence[Remedy]) -> list[str]:
    if clause.role in _OFFERING:
        return _held(clause.text, every)
    if clause.role is Role.RELIEVES:
        return [each.id for each in every if holds_near(clause.text, _negative(each))]
    return []


def _waived(clause: Clause, welcome: Sequence[Remedy]) -> list[str]:
    if clause.role is not Role.RELIEVES or not _WAIVED.search(clause.text):
        return []
    return _held(_WAIVED.sub("waive", clause.text), welcome)


def _held(text: str, every: Sequence[Remedy]) -> list[str]:
    return [each.id for each in every if holds_near(text, each.words)]


def _negative(remedy: Remedy) -> tuple[str, ...]:
    """The words of a remedy that themselves say what need not be ("nothing to pay")."""
    return tuple(each for each in remedy.words if _NEGATIVE & {word.stem for word in words(each)})


def _taken_up(before: Clause, after: Clause, every: Sequence[Remedy]) -> list[str]:
    """What was refused in one way and is offered in another, by a word that stands for it."""
    if before.role is not Role.REFUSES or after.role not in _OFFERING or not _ONE.search(after.text):
        return []
    return [] if _held(after.text, every) else _held(before.text, every)
