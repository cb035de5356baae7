"""Sentences of a turn, punctuated or not: where they end, and which of them ask. Knows only text."""

from __future__ import annotations

import re

_END = re.compile(r"(?<=[.!?…])[\"'”’)]*\s+|\n+")
_ABBREVIATED = re.compile(r"\b(?:mr|mrs|ms|dr|st|e\.g|i\.e|approx|inc|ltd|vs)\.$", re.IGNORECASE)
_NUMBERED = re.compile(r"\b(?:no|nr)\.$", re.IGNORECASE)
"""An abbreviation where a number follows ("no. 12"), else the end of a sentence ("I said no.")."""

_ASKS = re.compile(
    r"\b(?:(?:what|when|where|who)(?:'?s)?|which|whose|why|how|(?:may|shall) i|any ?(?:thing|one|body)"
    r"|(?:can|could|would|will|do|did|have|are) (?:you|i|we|they)"
    r"|(?:is|are|was) (?:it|there|that|this|your|the))\b",
    re.IGNORECASE,
)
LONGEST_SPOKEN_QUESTION = 16
"""Words; speech without punctuation has no other end."""


def sentences(text: str) -> list[str]:
    """The sentences of a text in order, trimmed; a text without punctuation is one sentence."""
    found: list[list[str]] = []
    for piece in filter(None, map(str.strip, _END.split(text))):
        if found and _goes_on(found[-1][-1], piece):
            found[-1].append(piece)
        else:
            found.append([piece])
    return [" ".join(pieces) for pieces in found]


def _goes_on(before: str, piece: str) -> bool:
    """True when the full stop between both ends no sentence."""
    return bool(_ABBREVIATED.search(before)) or (piece[0].isdecimal() and bool(_NUMBERED.search(before)))


def questions_in(text: str) -> list[str]:
    """The sentences that ask; in speech without punctuation, the words from the last question word on."""
    marked = [sentence for sentence in sentences(text) if sentence.rstrip("\"'”’)!").endswith("?")]
    if marked or re.search(r"[.!?]", text):
        return marked
    asked = list(_ASKS.finditer(text))
    if not asked:
        return []
    return [" ".join(text[asked[-1].start() :].split()[:LONGEST_SPOKEN_QUESTION])]
