"""Tells an agent's pledges that go beyond the policy or their authority, and what can be promised instead.

Pure, and quiet rather than wrong: a pledge that the policy does not speak of, or only nearly misses, passes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from coolhead.guidance.authority import Authority
from coolhead.guidance.facts import Fact
from coolhead.guidance.money import Money
from coolhead.guidance.pledges import LIMIT, Pledge, amounts, pledges
from coolhead.perception.reading import Promise
from coolhead.perception.when import find_phrases, resolve_due
from coolhead.perception.when.parts import Span
from coolhead.perception.when.reader import read
from coolhead.perception.when.words import tokenize

WORKDAYS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """An agent's words, with what is known when they are said.

    Attributes:
        promises: those found in `text`.
        said_at: when, with the UTC offset; None when no clock is known, and then no time is checked.
        earlier: the turns before; an amount named there may be what "in full" means.
    """

    text: str
    promises: tuple[Promise, ...]
    said_at: datetime | None
    earlier: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Overpromise:
    """A sentence that promises too much.

    Attributes:
        start: offset of the sentence.
        end: offset after it.
        beyond: what it goes beyond: names of facts, or `LIMIT`.
        instead: words to say in its place.
        why: what the policy says, or the authority.
    """

    start: int
    end: int
    beyond: tuple[str, ...]
    instead: str
    why: str

    @property
    def cites(self) -> tuple[str, ...]:
        """The facts that it rests on."""
        return tuple(name for name in self.beyond if name != LIMIT)


_INSTEAD = {
    "refund_days": "The money is with you within {}.",
    "replacement_days": "The replacement is with you within {}.",
    "delivery_days": "It is with you within {}.",
    "technician_days": "A technician is with you within {}.",
    "complaint_days": "You have the decision on your complaint within {}.",
    "return_days": "You can send it back within {}.",
    "return_postage_paid": "You can send it back; the postage is yours to pay.",
    "opened_returns": "We can take it back as long as it has not been opened.",
    "restocking_fee": "For restocking {} is kept back; the rest is paid back to you.",
}
_WHY = {
    "refund_days": "A refund takes up to {}.",
    "replacement_days": "A replacement takes up to {}.",
    "delivery_days": "A delivery takes up to {}.",
    "technician_days": "A technician's visit takes up to {}.",
    "complaint_days": "The decision on a complaint takes up to {}.",
    "return_days": "Things can be sent back within {}.",
    "return_postage_paid": "The postage for a return is not paid.",
    "opened_returns": "What was opened is not taken back.",
    "restocking_fee": "The restocking fee is {}.",
}
_SENTENCE = re.compile(r"[^.!?\n]+(?:[.](?=\w)[^.!?\n]*)*[.!?]*")


def overpromises(saying: Saying, facts: Mapping[str, Fact], authority: Authority) -> tuple[Overpromise, ...]:
    """The sentences that promise more than policy and authority allow; none is the normal answer."""
    beyond = [
        pledge
        for pledge in pledges(saying.text, saying.promises)
        if _goes_beyond(pledge, saying, facts, authority)
    ]
    found = []
    for sentence in _SENTENCE.finditer(saying.text):
        inside = [each for each in beyond if sentence.start() <= each.start < sentence.end()]
        if inside:
            names = tuple(dict.fromkeys(sorted((each.about for each in inside), key=LIMIT.__ne__)))
            start = sentence.start() + len(sentence[0]) - len(sentence[0].lstrip())
            found.append(_overpromise(start, sentence.end(), names, facts, authority))
    return tuple(found)


def _overpromise(
    start: int, end: int, names: Sequence[str], facts: Mapping[str, Fact], authority: Authority
) -> Overpromise:
    instead, why = [], []
    for name in names:
        if name == LIMIT:
            instead.append(_up_to(authority))
            why.append(f"You may give {_at_most(authority)} yourself.")
        else:
            instead.append(_INSTEAD[name].format(facts[name].words))
            why.append(_WHY[name].format(facts[name].words))
    return Overpromise(
        start=start, end=end, beyond=tuple(names), instead=" ".join(instead), why=" ".join(why)
    )


def _up_to(authority: Authority) -> str:
    if authority.limit is None or not authority.limit.minor:
        return f"I'll ask {authority.above} about that and tell you what they say."
    return (
        f"I can give you up to {authority.limit.words} myself, and I'll ask {authority.above} about the rest."
    )


def _at_most(authority: Authority) -> str:
    return f"up to {authority.limit.words}" if authority.limit and authority.limit.minor else "nothing"


def _goes_beyond(pledge: Pledge, saying: Saying, facts: Mapping[str, Fact], authority: Authority) -> bool:
    if pledge.about == LIMIT:
        return _too_much(pledge, saying, authority.limit)
    fact = facts.get(pledge.about)
    if fact is None:
        return False
    if isinstance(fact.value, Money):
        return fact.value.minor > 0
    if isinstance(fact.value, bool):
        return not fact.value
    if pledge.days is not None:
        return pledge.days > int(str(fact.value))
    return pledge.due is not None and _too_soon(pledge, saying, int(str(fact.value)))


def _too_much(pledge: Pledge, saying: Saying, limit: Money | None) -> bool:
    if limit is None:
        return False
    given = pledge.amount
    if given is None:
        named = [each for text in saying.earlier for each in amounts(text) if each.currency == limit.currency]
        given = max(named, default=None)
    return given is None or (given.currency == limit.currency and given.minor > limit.minor)


def _too_soon(pledge: Pledge, saying: Saying, days: int) -> bool:
    """True when due before `days` working days have passed, and nothing said after it puts that right."""
    if saying.said_at is None or pledge.due is None or _counts(pledge.when, days):
        return False
    earliest = _working_days_on(saying.said_at.date(), days)
    if pledge.due.date() >= earliest:
        return False
    for phrase in find_phrases(saying.text[pledge.end :]):
        words = saying.text[pledge.end :][phrase.start : phrase.end]
        due = resolve_due(words, saying.said_at)
        if _counts(words, days) or (due and due.date() >= earliest):
            return False
    return True


def _counts(words: str, days: int) -> bool:
    """True for "within five days" where the policy says five working days: near enough to pass."""
    spans = [found.part for found in read(tokenize(words)) if isinstance(found.part, Span)]
    return any(not span.unit.within_a_day and span.amount >= days for span in spans)


def _working_days_on(day: date, count: int) -> date:
    """The day `count` working days later; holidays are not known, so it is the earliest there can be."""
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < WORKDAYS
    return day
