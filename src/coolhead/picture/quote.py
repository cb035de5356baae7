"""Words of a turn for people to read: short quotations, cut at a word. Knows only text and evidence."""

from __future__ import annotations

import re

from coolhead.perception.reading import Evidence
from coolhead.picture.sentence import sentences

LONGEST = 90
"""Characters of a quotation."""


_JOINS = re.compile(r"^\W*(?:and|so|but)\s+", re.IGNORECASE)
"""What joined the words to those before them."""


def quoted(text: str, evidence: Evidence) -> str:
    """The evidence's words in quotation marks; what the clock shows without; else the first sentence."""
    if evidence.start is not None and evidence.end is not None:
        return quotation(_whole_words(text, evidence.start, evidence.end))
    if evidence.timing:
        return evidence.timing
    return quotation(next(iter(sentences(text)), ""))


def quotation(words: str, longest: int = LONGEST) -> str:
    """The words in quotation marks, on one line, without a full stop, and cut at a word where too long."""
    return f"“{shortened(_JOINS.sub('', words), longest)}”"


def shortened(words: str, longest: int = LONGEST) -> str:
    """The words on one line, cut at a word where too long."""
    line = " ".join(words.split()).strip(' .,;:–—-"“”')
    if len(line) <= longest:
        return line
    return line[: longest - 1].rsplit(" ", 1)[0].rstrip(" .,;:–—-") + " …"


def _whole_words(text: str, start: int, end: int) -> str:
    """The span widened to whole words."""
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return text[start:end]
