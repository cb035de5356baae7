"""Cuts a turn into clauses, each of which says one thing; knows grammar and nothing of promises."""

from __future__ import annotations

import re
from dataclasses import dataclass

_STOP = re.compile(
    r"""
      (?<!\bmr)(?<!\bmrs)(?<!\bms)(?<!\bdr)(?<!\bst)(?<!\b[ap])[.!?…]++(?=["')\]]*(?:\s|$))
    | [;\n]+ | \s[-–]\s | [—] | :\s
    """,
    re.VERBOSE | re.IGNORECASE,
)
_SUBJECT = r"(?:i|we|you|he|she|they|it|that|this|there|someone|somebody|one|nobody)"
_AUX = (
    r"(?:['’]?ll|['’]?d|['’]?ve|['’]?re|['’]?m|['’]?s|\s(?:will|would|shall|should|can|could|may|might|must|have|has|had|am"
    r"|are|is|was|were|do|does|did|won['’]?t|can['’]?t|don['’]?t|need|want|hope))"
)
_FUTURE = (
    r"(?:(?:i|you|we|they|he|she|it|that|there|who)['’]ll|(?:i|we|you|they|he|she|it|this|that)\s(?:will|shall)"
    r"|im\s(?:going|sending|putting|ringing|booking)|youll|theyll|itll|thatll|ill)"
)
_JOIN = r"(?:and|but|so|then|or|plus|because|cos|cause|as)"
_BREAK = re.compile(
    rf"""
      ,\s++(?={_JOIN}?\s*+(?:then\s+)?{_SUBJECT}{_AUX}\b)
    | (?:,|(?<!\s))\s++(?={_JOIN}\s+(?:then\s+|also\s+)?(?:{_SUBJECT}{_AUX}|{_FUTURE})\b)
    | (?:,|(?<!\s))\s++
      (?=and\s+(?:the|a|an|my|our|your)\s+(?:\w+\s+){{1,3}}(?:will|is|are|comes?|goes|rings?)\b)
    | (?:,|(?<!\s))\s++(?=and\s+(?-i:[A-Z])\w+(?:['’]ll|\swill)\b)
    | ,\s++(?=(?:and|then|but|so)\s)
    | (?<!\s)\s++(?={_FUTURE}\b)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_HOLDS_ON = re.compile(
    r"(?:\b(?:that|if|when|once|what|where|who|which|how|why|as|until|till|til|whether|before|after|while|because"
    r"|so|and|but|or|then|sure|know|think|hope|see|guess|promise|say|said|assure|assured|ensure|guarantee|guaranteed|believe|expect|is|case"
    r"|hopefully|ideally|whatever|soon|moment|minute|time|everything|all|than)|^\W*)$",
    re.IGNORECASE,
)
_LEADS = re.compile(
    r"^\W*(?:(?:and|but|so|then|also|please note that)\s+)?"
    r"(?:if|once|when|whenever|while|although|though|as|since|after|before|until|unless|should"
    r"|in case|in the event|given|upon|to|because|until then|in the meantime|for)\b",
    re.IGNORECASE,
)


_HANGS = re.compile(
    r"^\W*(?:(?:and|but|so|then)\s+)?(?:if|once|when|unless|as soon as|after|before|until)\b(?!.*,)",
    re.IGNORECASE,
)


_DAY = (
    r"(?:to(?:day|morrow|night)|(?:mon|tues|wednes|thurs|fri|satur|sun)day|the\s\d+(?:st|nd|rd|th)"
    r"|first\sthing)"
)
_TIME_FIRST = re.compile(
    rf"^\W*(?:(?:and|but|so|then)\s)?(?:(?:on|from|by|as\sof)\s)?"
    rf"(?:(?:next\s|this\s)?{_DAY}|(?:this|next)\s(?:week|month|morning|afternoon|evening))"
    r"(?:\s(?:morning|afternoon|evening|night|noon|lunchtime|first|thing|at|by|to|on|from|[\d:.]+|am|pm|one|two|three"
    rf"|four|five|six|seven|eight|nine|ten|eleven|twelve|{_DAY})){{0,5}}$",
    re.IGNORECASE,
)
"""The time of what follows ("On the 9th | I'll write")."""


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause by its offsets in the turn.

    Attributes:
        start: offset of its first character.
        end: offset after its last character, the mark that ends its sentence left out.
        asked: true when its sentence ends in a question mark.
        closes: true when its sentence ends with it.
    """

    start: int
    end: int
    asked: bool
    closes: bool


def clauses(text: str) -> tuple[Clause, ...]:
    """The clauses of a turn in order; a leading "if …," or "once …," stays with what hangs on it."""
    found = []
    for start, end, asked in _sentences(text):
        cuts = _cuts(text, start, end)
        for place, (first, last) in enumerate(zip([start, *cuts], [*cuts, end], strict=True)):
            if trimmed := _trim(text, first, last):
                found.append(Clause(*trimmed, asked=asked, closes=place == len(cuts)))
    return tuple(found)


def _sentences(text: str) -> list[tuple[int, int, bool]]:
    found = []
    start = 0
    for stop in _STOP.finditer(text):
        found.append((start, stop.start(), "?" in stop[0]))
        start = stop.end()
    return [*found, (start, len(text), False)]


def _cuts(text: str, start: int, end: int) -> list[int]:
    cuts: list[int] = []
    first = start
    for match in _BREAK.finditer(text, start, end):
        before = text[first : match.start()]
        leads = _LEADS.match(before) and (text[match.start()] == "," or _HANGS.match(before))
        if leads or _HOLDS_ON.search(before) or _TIME_FIRST.match(before):
            continue
        cuts.append(match.end())
        first = match.end()
    return cuts


def _trim(text: str, first: int, last: int) -> tuple[int, int] | None:
    piece = text[first:last]
    if not re.search(r"\w", piece):
        return None
    start = first + len(piece) - len(piece.lstrip(" \t,\"'"))
    return start, first + len(piece.rstrip(" \t,"))
