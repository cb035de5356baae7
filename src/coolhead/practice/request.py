"""The questions in an agent's turn that no fact answers: may I, is that right, which one, anything else."""

from __future__ import annotations

import re
from collections.abc import Sequence

from coolhead.practice.clause import Clause, Role
from coolhead.practice.seen import Request

_WORDS: tuple[tuple[Request, re.Pattern[str]], ...] = tuple(
    (request, re.compile(words, re.IGNORECASE))
    for request, words in (
        (
            Request.CHECK,
            r"\b(is|was|are|were) (that|this|it|all of that|all that) (right|correct|it|so|fair|about right"
            r"|accurate|all|what happened)\b|\b(have|did|do) i (got|get|understood|understand|missed|miss"
            r"|have|hear|heard|follow)\b(?! your)|\bam i (right|missing|with you)|, ?(right|correct|yes"
            r"|isn't it|wasn't it)\W*\?$|does that (cover|sum|sound about)|what did i miss"
            r"|leave anything out|\b(anything|something) (i've |i )?(wrong|missed|missing)",
        ),
        (
            Request.ANYTHING_ELSE,
            r"anything (else|more|left|open)|something else\b|is (there|that) (everything|all)\b|(all"
            r"|fully) (sorted|settled|solved)|still open|\belse (can|could|may) (i|we)",
        ),
        (Request.SMALLTALK, r"how are you\b(?! \w+ing)|how('s| is) your (day|morning|evening)|nice weather"),
        (Request.PRESENCE, r"\bstill (there|with me|here)|can you hear me|hello\?|are you there"),
        (
            Request.CHOOSE,
            r"\bwhich (one |of (these|those|them|the two) |way |option )?(would|do|shall|suits|works"
            r"|is better|sounds)\b|\bwhich\b.*\b(prefer|like best|rather|suits? you|works? (best|better))"
            r"|what would you (prefer|rather)|would you (rather|prefer)|your (choice|call)|up to you"
            r"|either of",
        ),
    )
)
_WAITING = re.compile(
    r"\bbear with|\bone (moment|second|minute)|\bhold (on|the line)|\bgive me (a|one|two) (moment|second"
    r"|minute|sec)|\bjust a (moment|second|minute)",
    re.IGNORECASE,
)
_STATED = re.compile(r"\bup to you\b|\byour (call|choice)\b", re.IGNORECASE)


def requests_in(said: Sequence[Clause]) -> tuple[Request, ...]:
    """The questions that no fact answers, each once."""
    return tuple(dict.fromkeys(request for each in said for request in _requests(each)))


def request_of(clause: Clause) -> Request | None:
    """What kind of question it is, if no fact answers it."""
    return next(iter(_requests(clause)), None)


def _requests(clause: Clause) -> list[Request]:
    asks = clause.asks or clause.role in (Role.ASKS, Role.PROPOSES) or _STATED.search(clause.text)
    found = [request for request, words in _WORDS if asks and words.search(clause.text)]
    if not found and (clause.role is Role.PROPOSES or _WAITING.search(clause.text)):
        return [Request.CONSENT]
    return found
