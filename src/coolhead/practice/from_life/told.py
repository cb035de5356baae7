"""What was told in a conversation, as the facts, openings and vents of a scenario."""

from __future__ import annotations

import re
from typing import Any

from coolhead.codebook import Heat
from coolhead.practice.disguise import is_plain
from coolhead.practice.from_life.lived import LivedTurn, heat_of
from coolhead.practice.hearing.sentence import sentences
from coolhead.practice.topic import Topic

MOST_FACTS = 8
LEAST_FACTS = 5
LONGEST = 560
"""Characters of one text; a longer turn is shortened at a sentence."""

_TELLING = (
    (Topic.AMOUNT, re.compile(r"[£$€]|\b(pounds|euros|dollars|charged?|paid|pay|fee|price|cost)\b", re.I)),
    (Topic.TOLD, re.compile(r"\b(told|said|promised|says|colleague|wrote)\b", re.IGNORECASE)),
    (Topic.TRIED, re.compile(r"\b(tried|called|rang|restarted|e-?mailed|checked|asked)\b", re.IGNORECASE)),
    (Topic.SINCE, re.compile(r"\b(days|weeks|months|years|hours|since)\b", re.IGNORECASE)),
    (Topic.DATE, re.compile(r"\b(\w+day|yesterday|tomorrow|\d+(st|nd|rd|th))\b", re.IGNORECASE)),
    (Topic.NUMBER, re.compile(r"\b(?=\w*\d)(?=\w*[A-Z])\w{4,}\b|\b(order|booking|reference|number)\b")),
)
_FRAMES = (
    ("As I wrote: {}", "{} That is how it is."),
    ("Once more, then: {}", "{} It should be in your notes."),
)


def facts_of(
    told: list[tuple[LivedTurn, str]], entered: int, names: set[str], stock: dict[str, Any]
) -> list[dict[str, Any]]:
    """What the customer told, as facts; stock ones where that is too little."""
    found: list[dict[str, Any]] = []
    taken: set[Topic] = set()
    for at, (turn, text) in enumerate(told):
        for sentence in sentences(text) if turn.reading.heat is not None else ():
            keys = [key for key in _keys(sentence) if key not in names]
            if len(found) == MOST_FACTS or not keys or not _tells(sentence):
                continue
            about = [topic for topic, tells in _TELLING if tells.search(sentence) and topic not in taken]
            taken.update(about)
            frames = _FRAMES[len(found) % len(_FRAMES)]
            found.append(
                {
                    "id": f"told-{len(found) + 1}",
                    "about": [topic.value for topic in about] or [Topic.WHAT_HAPPENED.value],
                    "given": "volunteered" if at <= entered else "asked",
                    "says": [sentence, *(frame.format(sentence) for frame in frames)],
                    "truth": sentence.rstrip(".!?"),
                    "keys": keys,
                }
            )
    missing = max(LEAST_FACTS - len(found), 0)
    return found + [{"given": "asked", **each} for each in stock["facts"][:missing]]


def _tells(sentence: str) -> bool:
    words = sentence.split()
    return 5 <= len(words) <= 45 and sentence[:1].isupper() and not sentence.rstrip().endswith("?")


def _keys(sentence: str) -> list[str]:
    """What a restatement of a sentence would hold: its numbers and names, then its longest words."""
    words = [word.strip(".,;:!?\"'()“”") for word in sentence.split()]
    marked = [
        each for each in words[1:] if re.search(r"\d", each) or (each[:1].isupper() and not is_plain(each))
    ]
    long = sorted((word for word in words if len(word) > 5 and word.islower()), key=len, reverse=True)
    return list(dict.fromkeys(each for each in (*marked[:3], *long[:3]) if each))


def openings_of(told: list[tuple[LivedTurn, str]], group: dict[str, Any]) -> list[str]:
    """How they began, and stock openings."""
    first = next(text for turn, text in told if turn.reading.heat is not None)
    return list(dict.fromkeys((first, *group["openings"])))


def vents_of(told: list[tuple[LivedTurn, str]], facts: set[str], stock: dict[str, Any]) -> list[str]:
    """What they said in anger, and stock sentences."""
    hot = [
        sentence
        for turn, text in told
        if turn.reading.heat is not None and heat_of(turn) >= Heat.FRUSTRATED
        for sentence in sentences(text)
        if 4 <= len(sentence.split()) <= 25 and sentence.rstrip(".!?") not in facts
    ]
    return list(dict.fromkeys((*hot[:6], *stock["vents"])))


def shortened(text: str) -> str:
    """The text, cut at a sentence where it is too long."""
    text = " ".join(text.split())
    while len(text) > LONGEST:
        parts = sentences(text)
        text = " ".join(parts[:-1]) if len(parts) > 1 else text[:LONGEST].rsplit(" ", 1)[0]
    return text
