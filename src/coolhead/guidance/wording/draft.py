"""What a rule is given, and the few steps that all rules share."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from coolhead.codebook import Heat, Misstep

WHEN = "[day and time]"
OFFER = "[the nearest thing you can offer]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a rule may know besides the sentence.

    Attributes:
        text: the whole draft.
        heat: of the customer's last turn.
        trouble: what went wrong for the customer, to follow "sorry about"; None when not clear.
        missteps: all that the draft shows.
    """

    text: str
    heat: Heat
    trouble: str | None
    missteps: frozenset[Misstep]


Rule = Callable[[str, Draft], str | None]

_OPENING = re.compile(
    r"^(?:(?P<sorry>(?:i'?m|i am|we'?re|we are)?\s*(?:very |so |really |truly )?sorry)"
    r"(?: sir| madam| ma'am)?,?(?: but)?,?\s+"
    r"|(?:unfortunately|regrettably|sadly|well|no|look|listen|but|yeah|right|again|sir|madam|ma'am),?\s+"
    r"|i'?m afraid(?: that)?,?\s+)+",
    re.IGNORECASE,
)


def core(sentence: str) -> str:
    """The sentence without its final marks."""
    return sentence.strip().rstrip(".!?… ")


def opened(text: str) -> tuple[str, str]:
    """What to keep of how a sentence opens ("I'm sorry about that. " or nothing), and the rest."""
    opening = _OPENING.match(text)
    if not opening:
        return "", text
    return ("I'm sorry about that. " if opening.group("sorry") else ""), text[opening.end() :]


def capital(text: str) -> str:
    """The text with its first letter large."""
    return text[:1].upper() + text[1:]


def either(*alternatives: str) -> str:
    """A pattern that matches any of `alternatives`."""
    return f"(?:{'|'.join(alternatives)})"


def find(pattern: str, text: str) -> re.Match[str] | None:
    """Where `pattern` occurs in `text`, in small or large letters."""
    return re.search(pattern, text, re.IGNORECASE)


def match(pattern: str, text: str) -> re.Match[str] | None:
    """The match of `pattern` with the whole of `text`, in small or large letters."""
    return re.fullmatch(pattern, text, re.IGNORECASE)
