"""How a conversation is wrapped up: what it was about and whether it was solved, and how two notes differ."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from coolhead.codebook import Heat, Issue, Resolved
from coolhead.picture.note import CLEAR
from coolhead.picture.state import Picture

ALIKE = 0.4
"""Share of words that two notes must have in common to be compared word by word."""

_PARTS = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Disposition:
    """What a conversation was about, and whether the customer got what they came for; None while unclear."""

    issue: Issue | None
    outcome: Resolved | None


class Change(StrEnum):
    """What became of some words of a note."""

    KEPT = "kept"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Passage:
    """Some words of a note, and what became of them."""

    change: Change
    text: str


def proposed(picture: Picture) -> Disposition:
    """What the picture says of the conversation; it names only what is likelier than not to be meant."""
    issue = max(picture.issue, key=lambda each: picture.issue[each], default=Issue.OTHER)
    outcome = max(picture.resolved, key=lambda each: picture.resolved[each], default=None)
    clear = issue is not Issue.OTHER and picture.issue[issue] >= CLEAR
    return Disposition(issue=issue if clear else None, outcome=outcome)


def peak(picture: Picture) -> Heat:
    """The hottest that the customer was."""
    return max((point.level for point in picture.course), default=Heat.CALM)


def compare(before: str, after: str) -> tuple[Passage, ...]:
    """How a note became another one: its words in order, kept, added and removed.

    Notes that have little in common are told one after the other: words strewn over both would say nothing.
    """
    if SequenceMatcher(a=before.split(), b=after.split(), autojunk=False).ratio() < ALIKE:
        passages = [Passage(Change.REMOVED, before), Passage(Change.ADDED, after)]
        return tuple(passage for passage in passages if passage.text)
    old, new = _PARTS.findall(before), _PARTS.findall(after)
    passages = []
    for kind, a, b, c, d in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if kind == "equal":
            passages.append(Passage(Change.KEPT, "".join(old[a:b])))
            continue
        passages += [
            Passage(Change.REMOVED, "".join(old[a:b])),
            Passage(Change.ADDED, "".join(new[c:d])),
        ]
    return tuple(passage for passage in passages if passage.text)
