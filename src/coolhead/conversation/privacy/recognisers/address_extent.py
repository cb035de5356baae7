"""How far an address goes on after its street: town, state, postcode, flat; knows no recogniser."""

from __future__ import annotations

import re
from enum import Enum

from coolhead.conversation.privacy.line import Line
from coolhead.conversation.privacy.spoken import vocabulary

_TOKEN = re.compile(r"(?:[,\s]|[-–—](?=\s))*([^\s,;!?()\[\]]+)")
_CONNECTORS = vocabulary(
    "in near opposite upon de la le di del der am of the behind beside opp off by on floor next"
)
_ENDS = vocabulary(
    "and but so if because please thanks thank cheers my is it's its it was that that's which who with "
    "for where when i i'm we you can could they he she to at from not instead or as po opo sir ma'am "
    "then also just last this have has will would should right correct ok okay yes no there now today "
    "tomorrow between before after about hi hello your our phone mobile email dob born date number "
    "since been are all do does did don't what why how still expiry until contact call name order "
    "arrived hasn't never every dear regards"
)
_UNITS = vocabulary("flat apt apartment unit floor road street lane city town nagar brgy barangay")
_NUMBER = re.compile(
    r"\d{4,6}(?:-\d{4})?|\d{3}|[a-z]{1,2}\d{1,2}[a-z]?|\d[a-z][a-z\d]|#\d{1,3}-\d{1,4}|\d{1,4}[a-z]?|\d{1,2}[ºª°]|[a-z]"
)
_STATE_WITH_ZIP = re.compile(r"[A-Z]{2} \d{5}")
_FLOOR = re.compile(
    r"(?:\d{1,2}(?:st|nd|rd|th)|ground|first|second|third|fourth|fifth|top) "
    r"(?:floor|cross|main|block|stage|phase|avenue|street|road)\b",
    re.IGNORECASE,
)
_ABBREVIATION = re.compile(
    r"(?:^|\W)(?:st|rd|ave|brgy|apt|no|blk|subd|bldg|dr|ln|str|ext|extn|sto|sta|mt|[a-z])\.$", re.IGNORECASE
)
_LONGEST = 18
_MOST_PLAIN_WORDS = 5


class _Part(Enum):
    """What a word does in an address."""

    PLACE = "belongs to it"
    PLAIN = "belongs to it where capitals tell nothing"
    LINK = "belongs to it when more follows"
    END = "ends it"


def extent(line: Line, end: int) -> int:
    """Where an address ends of which the part up to `end` is known."""
    text = line.normal.text
    plain = 0
    kept = at = end
    for _ in range(_LONGEST):
        word = _TOKEN.match(text, at)
        if word is None or _sentence_ends(text, at):
            break
        floor = _FLOOR.match(text, word.start(1))
        part = _Part.PLACE if floor else _part(line, word)
        plain += part is _Part.PLAIN
        if part is _Part.END or plain > _MOST_PLAIN_WORDS:
            break
        at = floor.end() if floor else word.end()
        kept = kept if part is _Part.LINK else at
    while kept and text[kept - 1] in " ,.-":
        kept -= 1
    return kept


def _part(line: Line, match: re.Match[str]) -> _Part:
    word = match.group(1)
    low = word.rstrip(".,").lower()
    if "@" in word or (low in _ENDS and not _STATE_WITH_ZIP.match(line.normal.text, match.start(1))):
        return _Part.END
    if word[0] in "#0123456789" or _NUMBER.fullmatch(low):
        is_place = _NUMBER.fullmatch(low) and line.scan.bare[match.start(1)] != "\x00"
        return _Part.PLACE if is_place else _Part.END
    if word[0].isupper() or low in _UNITS:
        return _Part.PLACE
    if low in _CONNECTORS:
        return _Part.LINK
    return _Part.PLAIN if line.in_small_letters else _Part.END


def _sentence_ends(text: str, at: int) -> bool:
    """True after a full stop that is none of an abbreviation ("Brgy.", "St.", "R.")."""
    return text[at - 1 : at] == "." and not _ABBREVIATION.search(text, max(0, at - 7), at)
