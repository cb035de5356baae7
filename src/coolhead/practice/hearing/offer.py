"""The remedies that an agent's turn offers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from heapq import nlargest
from itertools import pairwise

from coolhead.practice.hearing.clause import Clause, Role
from coolhead.practice.hearing.phrase import all_near, holds_near, stems_of, telling, words
from coolhead.practice.hearing.pledge import UNDERTAKES, WHEN
from coolhead.practice.scenario import Remedy, Scenario

_OFFERING = {Role.TELLS, Role.PROPOSES}
_NEGATIVE = {"not", "no", "nothing", "owe"}
_ENOUGH = 2.0
"""Words of a remedy, of no other remedy's, that tell it without a phrase of its."""

_LESS = stems_of(("half", "part", "partial", "percent", "per cent", "reduce", "discount", "split"))
"""Words that make less of what else stands in the clause."""

_IT = re.compile(r"\b(?:it|that|this|one|them)\b", re.IGNORECASE)
_ADVISES = re.compile(
    r"\b(?:i'd|i would) (?:take|go|choose|pick|have|say)|\bi(?:'d| would)? (?:recommend|suggest|advise)\b"
    r"|\bmy advice\b|\bif i were you\b",
    re.IGNORECASE,
)
_ENOUGH_ADVISED = 1.0
"""The same where one of several is advised."""

_ONE = re.compile(r"\b(?:one|it|them|that|this|so|do)\b", re.IGNORECASE)
"""What stands for a thing named in the clause before ("no visit today, but I can get you one tomorrow")."""


_REGRETS = re.compile(
    r"^\W*(?:i|we)(?:'m|'re| am| are)?(?: \w+)? (?:sorry|apologi[sz]e)\b(?!.*\b(?:i|we)(?:'ll| will| can)\b)"
    r"|\b(?:any(?:one|body)|every(?:one|body)) would (?:be|feel)\b",
    re.IGNORECASE,
)
"""To be sorry for a thing, or to feel for them, is not to offer anything."""

_WAIVED = re.compile(
    r"\b(?:don't|do not|won't|will not|needn't|no need to|without) (?:even )?(?:have to |need to |be "
    r"|to )?(?:pay(?:ing)?|charged?|billed|repay|pay back)(?: for| back)?\b",
    re.IGNORECASE,
)
"""Not to have to pay something is to have it waived."""


def offered(said: Sequence[Clause], scenario: Scenario, last: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The ids of the remedies that are offered, in the order of the scenario; `last` were offered before."""
    said = [each for each in said if not _REGRETS.search(each.text)]
    welcome = (*scenario.settles_for, *scenario.partly)
    every = (*welcome, *scenario.never)
    found = {remedy for each in said for remedy in _in_clause(each, every)}
    found |= {remedy for each in said for remedy in _waived(each, welcome)}
    found |= {remedy for before, after in pairwise(said) for remedy in _taken_up(before, after, every)}
    if not found:
        found = {remedy for each in said for remedy in _meant(each, every)}
    if not found and len(last) == 1 and any(_goes_on(each) for each in said):
        found = {*last} & {each.id for each in welcome}
    return tuple(each.id for each in every if each.id in found)


def _goes_on(clause: Clause) -> bool:
    """True when a time is put on what was offered before ("You'll have it by ten")."""
    return clause.role is Role.TELLS and all(each.search(clause.text) for each in (_IT, UNDERTAKES, WHEN))


def _in_clause(clause: Clause, every: Sequence[Remedy]) -> list[str]:
    if clause.role in _OFFERING:
        return _held(clause.text, every)
    if clause.role is Role.RELIEVES:
        return [each.id for each in every if holds_near(clause.text, _negative(each))]
    return []


def _held(text: str, every: Sequence[Remedy]) -> list[str]:
    """The remedies named in a clause."""
    named = [(each.id, stems_of(found)) for each in every if (found := all_near(text, each.words))]
    return [each for each, words in named if not any(_is_part(words, other) for _, other in named)]


def _is_part(words: frozenset[str], other: frozenset[str]) -> bool:
    """True when that is hardly more than a part of the other thing named, or less of it is ("half")."""
    part = len(words) < len(other) and bool(words & other) and len(words - other) <= 1
    return part or bool(other & _LESS and not words & _LESS)


def _negative(remedy: Remedy) -> tuple[str, ...]:
    """The words of a remedy that themselves say what need not be ("nothing to pay")."""
    return tuple(each for each in remedy.words if _NEGATIVE & {word.stem for word in words(each)})


def _waived(clause: Clause, welcome: Sequence[Remedy]) -> list[str]:
    if clause.role is not Role.RELIEVES or not _WAIVED.search(clause.text):
        return []
    return _held(_WAIVED.sub("waive", clause.text), welcome)


def _meant(clause: Clause, every: Sequence[Remedy]) -> list[str]:
    """The remedy whose words come together in a clause that undertakes something, though not as a phrase."""
    if clause.role not in _OFFERING or not (UNDERTAKES.search(clause.text) or _ADVISES.search(clause.text)):
        return []
    spoken = {
        each.id: stems_of((*each.words, each.name, getattr(each, "offer", None) or "")) for each in every
    }
    among = Counter(word for each in spoken.values() for word in each)
    said = telling(clause.text)
    weights = {each: sum(1 / among[word] for word in said & held) for each, held in spoken.items()}
    enough = _ENOUGH_ADVISED if _ADVISES.search(clause.text) else _ENOUGH
    best, next_best = nlargest(2, [*weights.values(), 0.0, 0.0])
    return [each for each, weight in weights.items() if weight == best >= enough and best > next_best]


def _taken_up(before: Clause, after: Clause, every: Sequence[Remedy]) -> list[str]:
    """What was refused in one way and is offered in another, by a word that stands for it."""
    if before.role is not Role.REFUSES or after.role not in _OFFERING or not _ONE.search(after.text):
        return []
    return [] if _held(after.text, every) else _held(before.text, every)
