"""Joins what a turn agrees to with what it promises in its own words; knows no weights."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from coolhead.codebook import Promiser
from coolhead.conversation.turn import Turn
from coolhead.perception.promises.agreed import Assent, assent, takes_back
from coolhead.perception.promises.clauses import Clause
from coolhead.perception.promises.wishes import Wish
from coolhead.perception.promises.wording import promiser
from coolhead.perception.reading import Evidence, Promise
from coolhead.perception.when import find_phrases, resolve_due
from coolhead.perception.when.words import vocabulary

_IN_PERSON = re.compile(r"(?:call|ring|phone|e-?mail|text|write|message|update|tell|speak)\b", re.IGNORECASE)
_EMPTY = vocabulary(
    "the customer their them and for you your have get make sure company with here there back"
)
_STEM = 5


def assents(turn: Turn, each: Sequence[Clause], wish: Wish | None) -> dict[int, Assent]:
    """The clauses that do nothing but say yes to the wish, by place."""
    if wish is None or takes_back(turn.text):
        return {}
    said = {
        place: assent(turn.text[clause.start : clause.end])
        for place, clause in enumerate(each)
        if not clause.asked
    }
    return {place: kind for place, kind in said.items() if kind}


def with_wish(
    found: Sequence[Promise], wish: Wish, turn: Turn, each: Sequence[Clause], said_at: datetime | None
) -> tuple[Promise, ...]:
    """The promises of a turn and what it promises by agreeing, unless they say that themselves."""
    due = resolve_due(wish.when, said_at)
    if takes_back(turn.text) or any(_says_it(promise, wish, due) for promise in found):
        return tuple(found)
    for at, promise in enumerate(found):
        if _repeats(promise, wish, turn):
            return (*found[:at], replace(promise, when=wish.when, due=due), *found[at + 1 :])
    place = _place(wish, turn, each)
    if place is None:
        return tuple(found)
    agreed = Promise(
        what=wish.what,
        who=_who_agrees(turn, each[place], wish),
        when=wish.when,
        due=due,
        evidence=Evidence(each[place].start, each[place].end),
    )
    return tuple(sorted((*found, agreed), key=lambda promise: promise.evidence.start or 0))


def _place(wish: Wish, turn: Turn, each: Sequence[Clause]) -> int | None:
    """The first clause that agrees; after an offer was accepted any turn does that does not take it back."""
    least = _least(wish, turn)
    agreeing = (place for place, kind in assents(turn, each, wish).items() if kind >= least)
    return next(agreeing, 0 if wish.offered and each else None)


def _says_it(promise: Promise, wish: Wish, due: datetime | None) -> bool:
    """True when a promise in its own words is the one wished for, or gives it another time."""
    if promise.when is None:
        return False
    same_time = due is not None and promise.due == due
    return wish.offered or same_time or bool(_stems(promise.what) & _stems(wish.what))


def _repeats(promise: Promise, wish: Wish, turn: Turn) -> bool:
    """True when a promise says the deed again and leaves the time to the wish."""
    words = turn.text[promise.evidence.start : promise.evidence.end]
    same = promise.what.split()[0] == wish.what.split()[0] and bool(_stems(promise.what) & _stems(wish.what))
    return promise.when is None and not find_phrases(words) and same


def _least(wish: Wish, turn: Turn) -> Assent:
    """How clearly it takes to agree: "ok" answers a question; a demand may only have been heard."""
    more = turn.text.rstrip().endswith("?") and "else" not in turn.text
    return Assent.YES if wish.asked and not more else Assent.GLADLY


def _who_agrees(turn: Turn, clause: Clause, wish: Wish) -> Promiser:
    words = turn.text[clause.start : clause.end]
    who = promiser(words, turn.speaker)
    if who is not Promiser.COMPANY:
        return who
    personal = _IN_PERSON.match(wish.what) and not re.search(r"\bwe\b", words, re.IGNORECASE)
    return promiser(f"I {wish.what}" if personal else wish.what, turn.speaker)


def _stems(words: str) -> frozenset[str]:
    return frozenset(word[:_STEM] for word in re.findall(r"[a-z]{3,}", words.lower()) if word not in _EMPTY)
