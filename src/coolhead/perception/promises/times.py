"""Which words of time belong to a clause, in it or beside it; knows no weights and no clock."""

from __future__ import annotations

import re
from collections.abc import Sequence

from coolhead.perception.promises.clauses import Clause
from coolhead.perception.when import Kind, Phrase

_ASIDE = re.compile(r"\W*(?:while|although|though|since|as|given|even though)\b[^,]*,", re.IGNORECASE)
_ASIDE_AFTER = re.compile(
    r",\s(?!and\b|to\b|i\b|we\b|you\b|it\b)|\s(?:and|but|so)\s(?:the|an?|our|my|your|he|she|it|they|we|i|you|nobody)\b",
    re.IGNORECASE,
)
"""What goes on after the words of time about something else."""

_WAITS = re.compile(
    r"(?:(?:just|please|so|and|ok|okay|right)\W+)*(?:give (?:me|us)|allow (?:me|us)|leave (?:it"
    r"|that|this) with (?:me|us)"
    r"|bear with (?:me|us)|let (?:me|us) have|if you (?:can )?(?:give|leave) \w+(?: \w+){0,2})\s*",
    re.IGNORECASE,
)
_CLEAREST = (Kind.TIME, Kind.AGAIN, Kind.EVENT, Kind.NOW)


def by_when(text: str, clause: Clause, beside: Sequence[Clause], phrases: Sequence[Phrase]) -> Phrase | None:
    """The clearest words of time in the clause; else those that stand alone beside it ("Friday 11am, …")."""
    aside = _ASIDE.match(text, clause.start, clause.end)
    start = aside.end() if aside else clause.start
    inside = [phrase for phrase in phrases if start <= phrase.start < clause.end]
    for kind in _CLEAREST:
        clearest = next((phrase for phrase in inside if phrase.kind is kind), None)
        if clearest:
            return clearest
    if any(phrase.kind is Kind.OPEN for phrase in inside):
        return None
    return next(
        (
            phrase
            for other in beside
            for phrase in phrases
            if phrase.kind is Kind.TIME and _only_time(text, other, phrase)
        ),
        None,
    )


def awaited(text: str, earlier: Clause, phrases: Sequence[Phrase]) -> bool:
    """True after "Give me until 4:30"."""
    return any(
        _WAITS.fullmatch(text, earlier.start, phrase.start) and phrase.end >= earlier.end
        for phrase in phrases
        if phrase.kind is Kind.TIME and earlier.start < phrase.start < earlier.end
    )


def _only_time(text: str, clause: Clause, phrase: Phrase) -> bool:
    """True for a clause that says no more than a time, or asks to be given it ("Give me until 4:30")."""
    if not clause.start <= phrase.end <= clause.end or phrase.end < clause.end:
        return False
    return phrase.start <= clause.start or bool(_WAITS.fullmatch(text, clause.start, phrase.start))


def without(text: str, clause: Clause, phrases: Sequence[Phrase]) -> str:
    """The clause's words with those of time cut out."""
    pieces, place = [], clause.start
    for phrase in phrases:
        adjective = text[phrase.start : phrase.end].lower() in ("immediate", "instant", "prompt")
        if clause.start <= phrase.start < clause.end and phrase.kind is not Kind.EVENT and not adjective:
            pieces.append(text[place : phrase.start])
            place = min(phrase.end, clause.end)
            if len("".join(pieces).split()) > 1 and _ASIDE_AFTER.match(text, place, clause.end):
                return re.sub(r"\s+", " ", "".join(pieces))
    return re.sub(r"\s+", " ", "".join([*pieces, text[place : clause.end]]))
