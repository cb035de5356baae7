"""What a clause of an agent's does: asks, proposes, restates, refuses or tells; knows no scenario."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from coolhead.codebook import Term
from coolhead.practice.hearing import form
from coolhead.practice.hearing.sentence import clauses, sentences


class Role(Term):
    """What a clause does."""

    ASKS = "asks", "asks for something that the customer knows"
    PROPOSES = "proposes", "puts something to them as a question"
    RESTATES = "restates", "says back what they told, or what was said and done before"
    RECOUNTS = "recounts", "tells what was, which may be theirs or news"
    REFUSES = "refuses", "says what will not be done"
    RELIEVES = "relieves", "says what they need not do, or what will not happen to them"
    TELLS = "tells", "anything else: what is, is being done, or will be"


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a sentence.

    Attributes:
        asks: it is put as a question, whatever else it does.
        marked: its sentence says of itself that it says something back ("So you …", "Let me check …").
    """

    text: str
    role: Role
    marked: bool = False
    asks: bool = False


_OF_US = re.compile(r"^\W*(?:\w+\W+)?(?:i|we)\b", re.IGNORECASE)
_UNMARKED = (form.COMMAND, form.FRAGMENT, form.UNMARKED, form.NO_MARK, form.REQUESTED_ITEM)
_ORDERED = (form.QUESTION, form.INVERTED, form.BEGINS_A_QUESTION, *_UNMARKED)
_UNDERTAKEN = re.compile(
    rf"^\W*(?:and |then |so )*(?!so\b|{form.OF_THEIRS})(?:i|we|you|he|she|it|they|that"
    rf"|\w+ \w+)(?:{form.FUTURE}"
    r"| won't| can't| cannot| (?:do not|don't|needn't|don't even) (?:have|need) to)\b",
    re.IGNORECASE,
)
"""Somebody will, can or need not: nothing that lies in the past."""


_OF_THEIRS = re.compile(
    r"^\W*(?:and |so |but |then )*(?:can|could|would) (?:your|his|her|their|he|she|they)\b"
    r"|^\W*(?:and |so |but |then )*(?:could|would|might) (?!i\b|we\b|you\b)[\w' ]+ have (?:been |\w+ed\b)",
    re.IGNORECASE,
)
"""Asks what is possible with them or was possible before ("Could she shower?"): nobody offers that."""

_WISH_PUT_TO_THEM = re.compile(
    r"^\W*(?:and |so |then |but )*you(?:'d| would)\b.*\b(?:wouldn't you|would you|right|correct)\W*$",
    re.IGNORECASE,
)
"""Asks whether a wish is theirs ("You'd rather have a letter, wouldn't you?"), and undertakes nothing."""


def is_question(sentence: str) -> bool:
    """True when a sentence asks for something, with or without its mark."""
    asks = sentence.rstrip("\"'”’)! ").endswith("?") or form.QUESTION.search(sentence) is not None
    return asks or any(each.search(sentence) for each in (*_UNMARKED, form.TAG_UNMARKED))


def clauses_of(text: str) -> tuple[Clause, ...]:
    """Every clause of a turn, in order.

    What follows "Let me make sure I have it." or comes before "Have I got that right?" is said back too.
    """
    every = sentences(text)
    checked = max((at for at, each in enumerate(every) if form.CHECK.search(each)), default=0)
    found: list[Clause] = []
    goes_on = False
    for at, sentence in enumerate(every):
        says_back = form.SAYS_BACK.search(sentence) is not None
        theirs = not is_question(sentence) and not _OF_US.search(sentence)
        goes_on = says_back or (goes_on and theirs)
        marked = goes_on or any(each.search(sentence) for each in (form.SO, form.TAG, form.RIGHT_IN))
        found += _clauses(sentence, marked=marked or (theirs and at < checked))
    return tuple(found)


def asked_last(every: Sequence[Clause]) -> tuple[Clause, ...]:
    """The same clauses, the last of them a question, whatever its form."""
    return (*every[:-1], replace(every[-1], role=Role.ASKS, asks=True))


def _clauses(sentence: str, *, marked: bool) -> list[Clause]:
    asks = is_question(sentence)
    parts = clauses(sentence)
    asking = [asks and any(each.search(part) for each in _ORDERED) for part in parts]
    asking = asking if any(asking) else [asks] * len(parts)
    return [
        Clause(part, _role(part, marked=marked, asks=asked), marked, asked)
        for part, asked in zip(parts, asking, strict=True)
    ]


def _role(part: str, *, marked: bool, asks: bool) -> Role:
    question = form.question_in(part) if asks else part
    if asks and not marked and not _declares(question):
        return Role.PROPOSES if _proposes(question) else Role.ASKS
    undertaken = _UNDERTAKEN.search(question) is not None and not (asks and _WISH_PUT_TO_THEM.search(part))
    if not undertaken and (marked or form.THEIRS.search(part) or asks):
        return Role.RESTATES
    plain = form.HARMLESS.sub(" ", part)
    if form.NEGATIVE.search(plain):
        return Role.RELIEVES if form.RELIEF.search(plain) and not form.CANNOT.search(plain) else Role.REFUSES
    if form.PAST.search(part) and not form.PERFECT.search(part) and not undertaken:
        return Role.RECOUNTS
    return Role.TELLS


def _proposes(part: str) -> bool:
    """True when a question puts something to them rather than asking what they know."""
    if _OF_THEIRS.search(part):
        return False
    if form.offers(part):
        return True
    return form.PROPOSAL.search(part) is not None and form.LEADS_TO_FACT.search(part) is None


def _declares(part: str) -> bool:
    """True for a question in the order of a statement ("you ordered a blue one?")."""
    if any(each.search(part) for each in _ORDERED) or form.PROPOSAL.search(part):
        return False
    return any(each.search(part) for each in (form.THEIRS, form.PAST, form.STATEMENT))
