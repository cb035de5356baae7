"""What shows that a word is a name, and of what; numbers, addresses and masks in a text."""

from __future__ import annotations

import re

from coolhead.practice.disguise.plain import is_plain

_TITLES = frozenset({"mr", "mrs", "ms", "miss", "dr"})
_PLACE_BEFORE = frozenset({"in", "from", "to", "at", "near", "via", "towards", "between", "outside"})
PLACE_AFTER = frozenset(
    {"street", "road", "avenue", "lane", "square", "airport", "station", "park", "hospital"}
)
_THING_BEFORE = frozenset({"the", "a", "an", "my", "your", "our", "this", "that", "new", "old"})
INTRODUCES = re.compile(
    r"\b(?:my name is|name'?s|this is|i am|i'm|speaking with|ask for|called|colleague) ([a-z][a-z'’-]+)",
    re.IGNORECASE,
)
NAMES = re.compile(
    r"\bmy name(?:'s| is) (?!(?:a|at|from|in|my|missing|not|on|spel\w+|still|swapped|the|wrong|your)\b)"
    r"([a-z][a-z'’-]+)",
    re.IGNORECASE,
)
WORD = re.compile(r"[^\W\d_][^\W\d_]*(?:['’-][^\W\d_]+)*")
NUMBER = re.compile(r"(?<![^\W_])(?=[\w.-]*\d)[A-Za-z]{0,12}[-/]?\d(?:[\w]|[.,:/-](?=\w))*")
PARTS = re.compile(
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)*|(?:https?://|www\.)\S+|\b[\w-]+\.(?:com|org|net|co\.\w+|de|eu|io)\b"
)
"""Addresses of mail and of sites."""

MASK = re.compile(r"\[([A-Z][A-Z_ ]+)\]")


def sort_of(before: str, after: str) -> str:
    """Which list a name's stand-in comes from, by the words beside it."""
    if before.lower() in _TITLES:
        return "last"
    if after in PLACE_AFTER or before.lower() in _PLACE_BEFORE:
        return "place"
    if before.lower() in _THING_BEFORE:
        return "thing"
    return "last" if before[:1].isupper() and not is_plain(before) else "first"


def begins_sentence(text: str, at: int) -> bool:
    """True where a sentence begins."""
    return not text[:at].strip(" \n\t\"'“”‘’(–-*") or text[:at].rstrip(" \n\t\"'“”‘’(–-*")[-1:] in ".!?:;…"


def is_month(match: re.Match[str], text: str) -> bool:
    """True for "May" and "March" where they can only be months."""
    if not match.group()[:1].isupper():
        return False
    before = text[: match.start()].rstrip().split(" ")[-1].lower()
    dated = re.fullmatch(r"\d+(st|nd|rd|th)?", before) or re.match(r" \d", text[match.end() :])
    return bool(dated) or before in {
        "in",
        "since",
        "until",
        "by",
        "of",
        "from",
        "last",
        "this",
        "next",
        "early",
    }
