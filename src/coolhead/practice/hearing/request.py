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
                Request.CONSENT,
                r"how (does|do|would|did) (that|this|it) (sound|look to you|suit)|what do you (think"
                r"|say)( (of|to|about)"
                r" (that|this|it))?\W*$",
            ),
            (
                Request.YOUR_TURN,
                r"\bquestions? (for|to) (me|us)\b|(like|want|wish) to ask( me| us)?( (anything"
                r"|something))?\W*$"
                r"|(do|have) you (have |got )?(any )?questions\b|^\W*any questions\b",
            ),
            (
                Request.REPEAT,
                r"(repeat|say) (that|it|this|yourself)\b(?! (was|is))|say again\b|what was (it|that) again\b"
                r"|once more\b|^\W*(pardon|come"
                r" again)\b|what (do|did)"
                r" you mean|more (specific|precise|exact)\b|what makes you (say|think)|how do you mean"
                r"|didn't (catch"
                r"|get|understand) (that|it|you)\b|\bclarify\b",
            ),
            (
                Request.RELATION,
                r"are you (\w+ )?(angry|mad|upset|cross|annoyed|disappointed) (with|at|in) (me|us)\b"
                r"|(do|can|could|would"
                r"|will) you (still )?(trust|believe|forgive|hate) (me|us)\b|is (it|this|that) my"
                r" fault|think i('m| am)"
                r" (lying|stupid)|leav(e|ing) us\b|stay with us\b",
            ),
            (
                Request.ANYTHING_ELSE,
                r"\b(?:any|another|some) (?:other )?(?:point|matter|thing|issue|concern)s?\b.*\b(?:want|like"
                r"|need|wish)\b.*\bto (?:raise|take up|pass|bring|look|mention|deal)"
                r"|^\W*(all|are we|everything) (good|set|sorted|done|clear|fine)\b|(is|was) there"
                r" anything (else|i can"
                r"|we can|left|open|still)\b|anything (else|more|left|open)(?! (you'd|to add|happen"
                r"|about))|something else\b|is (there"
                r"|that) (everything|all)\b|(all|fully) (sorted|settled|solved)|still open|\belse (can|could"
                r"|may) (i|we)",
            ),
            (
                Request.SMALLTALK,
                r"how are you\b(?! (all )?(feeling|managing|coping|getting|holding|sleeping|bearing))"
                r"|how (has|was) your (day|morning"
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
                r"|rather)|would you (rather|prefer)|your (choice|call)|up to you|either of"
                r"|\b(?:(?:would|do) you (?:like|want|need)|suits? you better)\b.* or "
                r"(?!(?:not|no|any\w*|something|is|are|was|did|do|have)\b)",
            ),
        )
    ),
)
_WAITING = re.compile(
    r"\bbear with|\bone (moment|second|minute)|\bhold (on|the line)|\bgive me (a|one|two) (moment|second"
    r"|minute|sec)|\bjust a (moment|second|minute)",
    re.IGNORECASE,
)
_DEED = re.compile(
    r"\b(?:can|could|would|will) you (?:please |just |maybe |also |possibly |be able to "
    r"|\w+ly )*(?!tell|give|be\b"
    r"|describe|explain|walk|talk|go (?:through|into|on|over)|share|elaborate|expand|fill"
    r" me|say|know|have|remember"
    r"|recall|confirm|let)\w",
    re.IGNORECASE,
)
"""Asks them to do something; whether there is a topic in it decides what else it is."""

_ELSE_OF_THE_MATTER = re.compile(
    r"\b(?:did|have|has|had|was|were) (?!there\b)(?!you (?:have|want|need|wish|got|had)\b)"
    r"(?:\w+ ){0,3}?anything else\b(?! (?:you|on your mind)\b)",
    re.IGNORECASE,
)
"""Asks what else was so or happened ("Was anything else changed?"), and not whether there is more to say."""

_STATED = re.compile(r"\bup to you\b|\byour (call|choice)\b", re.IGNORECASE)


def requests_of(clause: Clause) -> tuple[Request, ...]:
    """What kinds of question it is by its words, if no fact answers it."""
    asks = clause.asks or clause.role in (Role.ASKS, Role.PROPOSES) or _STATED.search(clause.text)
    found = tuple(request for request, words in _WORDS if asks and words.search(clause.text))
    if _ELSE_OF_THE_MATTER.search(clause.text):
        found = tuple(request for request in found if request is not Request.ANYTHING_ELSE)
    if not found and clause.role is Role.ASKS and _DEED.search(clause.text):
        return (Request.DEED,)
    if not found and (clause.role is Role.PROPOSES or _WAITING.search(clause.text)):
        return (Request.CONSENT,)
    return found
