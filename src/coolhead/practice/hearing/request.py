"""The questions in an agent's turn that no fact answers: may I, is that right, which one, anything else."""

from __future__ import annotations

import re

from coolhead.practice.hearing.clause import Clause, Role
from coolhead.practice.hearing.form import CHECK
from coolhead.practice.seen import Request

_WORDS: tuple[tuple[Request, re.Pattern[str]], ...] = (
    (Request.CHECK, CHECK),
    *(
        (request, re.compile(words, re.IGNORECASE))
        for request, words in (
            (
                Request.ANYTHING_ELSE,
                r"^\W*(all|are we|everything) (good|set|sorted|done|clear|fine)\b|(is|was) there anything\b"
                r"|forgotten anything|anything (else|more|left|open)|something else\b|is (there"
                r"|that) (everything|all)\b|(all|fully) (sorted|settled|solved)|still open|\belse (can|could"
                r"|may) (i|we)",
            ),
            (
                Request.SMALLTALK,
                r"how are you\b(?! (feeling|managing|coping|getting))|how (has|was) your (day|morning"
                r"|evening|week)|how('s| is) your (day|morning|evening)|nice weather",
            ),
            (
                Request.PRESENCE,
                r"\bstill (there|with me|here)|(can|do) you (still )?hear me|hello\?|are you there",
            ),
            (
                Request.CHOOSE,
                r"\bwhich (one |of (these|those|them|the two) |way |option )?(would|do|shall|suits|works"
                r"|is better|sounds)\b|\bwhich\b.*\b(prefer|like best|rather|suits? you|works? (best"
                r"|better))|what would (help|suit|be|work) (you )?(more|better|best)|what would you (prefer"
                r"|rather)|would you (rather|prefer)|your (choice|call)|up to you|either of",
            ),
        )
    ),
)
_WAITING = re.compile(
    r"\bbear with|\bone (moment|second|minute)|\bhold (on|the line)|\bgive me (a|one|two) (moment|second"
    r"|minute|sec)|\bjust a (moment|second|minute)",
    re.IGNORECASE,
)
_STATED = re.compile(r"\bup to you\b|\byour (call|choice)\b", re.IGNORECASE)


def requests_of(clause: Clause) -> tuple[Request, ...]:
    """What kinds of question it is by its words, if no fact answers it."""
    asks = clause.asks or clause.role in (Role.ASKS, Role.PROPOSES) or _STATED.search(clause.text)
    found = tuple(request for request, words in _WORDS if asks and words.search(clause.text))
    if not found and (clause.role is Role.PROPOSES or _WAITING.search(clause.text)):
        return (Request.CONSENT,)
    return found
