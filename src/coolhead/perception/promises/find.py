"""Finds what the company's side promises in a turn: who will do what, and by when."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from datetime import date, datetime

from coolhead.codebook import Promiser
from coolhead.conversation.turn import Turn
from coolhead.perception.promises.clauses import Clause, clauses
from coolhead.perception.promises.consent import assents, with_wish
from coolhead.perception.promises.features import features
from coolhead.perception.promises.meant import Meant, as_meant
from coolhead.perception.promises.plain import is_plain
from coolhead.perception.promises.refused import is_no_promise
from coolhead.perception.promises.scorer import Scorer, shipped
from coolhead.perception.promises.spelling import Spelling
from coolhead.perception.promises.times import awaited, by_when, without
from coolhead.perception.promises.verbs import ACTS
from coolhead.perception.promises.wishes import find_wish
from coolhead.perception.promises.wording import deed, promiser
from coolhead.perception.reading import Evidence, Promise
from coolhead.perception.when import Kind, Phrase, find_phrases, resolve_due

_NAMELESS = "do it"
"""The deed of a clause that says only a time ("On Saturday")."""

PLAIN_SHARE = 0.3
"""Share of the threshold that is enough for what has the very form of a promise."""

_HEARD_CLOSELY = 2
"""Turns before in which a wish or an offer may stand."""

_TIMED = (Kind.TIME, Kind.NOW)
_GOES_ON = re.compile(rf"and\s(?:then\s|also\s)?(?:{ACTS})\b", re.IGNORECASE)
_AND_MORE = re.compile(r"(?:and|then)\s(?:then\s)?(?=(?:the|an?|my|our|your|her|his)\s\w)", re.IGNORECASE)


def find_promises(
    turn: Turn,
    before: Sequence[Turn],
    said_at: datetime | None,
    heard: Mapping[str, float] | None = None,
    scorer: Scorer | None = None,
) -> tuple[Promise, ...]:
    """Every promise in an agent's or a supervisor's turn, in the order of its words.

    Args:
        turn: the turn; a customer's holds none.
        before: the earlier turns, oldest first.
        said_at: when the turn was said, with its UTC offset; None when no clock is known.
        heard: the text model's scores (0–1) for this turn, if there are any.
        scorer: weighs the clauses; the one that ships by default.
    """
    if turn.by_customer:
        return ()
    scorer = scorer or shipped()
    meant, earlier = meant_turns(turn, before, scorer.spelling)
    found = _found(replace(turn, text=meant.text), earlier, said_at, heard, scorer)
    return tuple(_as_written(promise, meant) for promise in found)


def meant_turns(turn: Turn, before: Sequence[Turn], spelling: Spelling) -> tuple[Meant, list[Turn]]:
    """The turn's words and the earlier turns as they were meant; of these the last few are heard closely."""
    far, near = before[:-_HEARD_CLOSELY], before[-_HEARD_CLOSELY:]
    earlier = [replace(one, text=as_meant(one.text, spelling).text) for one in near]
    return as_meant(turn.text, spelling), [*far, *earlier]


def _as_written(promise: Promise, meant: Meant) -> Promise:
    start, end = promise.evidence.start, promise.evidence.end
    if start is None or end is None:
        return promise
    return replace(promise, evidence=Evidence(*meant.back(start, end)))


def _found(
    turn: Turn,
    before: Sequence[Turn],
    said_at: datetime | None,
    heard: Mapping[str, float] | None,
    scorer: Scorer,
) -> tuple[Promise, ...]:
    each = clauses(turn.text)
    phrases = find_phrases(turn.text)
    wish = find_wish(before)
    yes = assents(turn, each, wish)
    found: list[Promise] = []
    who = Promiser.COMPANY
    for place, shown in enumerate(features(each, phrases, turn, before)):
        clause = each[place]
        words = turn.text[clause.start : clause.end]
        if place in yes or is_no_promise(words, clause):
            continue
        follows = bool(found) and _goes_on(words, shown)
        answers = place > 0 and "time:none" in shown and awaited(turn.text, each[place - 1], phrases)
        least = scorer.threshold * (PLAIN_SHARE if is_plain(shown) else 1)
        if follows or answers or scorer.probability(shown, heard) >= least:
            who = who if follows else promiser(words, turn.speaker)
            beside = [*each[max(place - 1, 0) : place], *each[place + 1 : place + 2]]
            for part in _parts(turn.text, clause, phrases):
                found.append(_promise(turn.text, part, beside, phrases, said_at, _day_named(found), who))
    return with_wish(found, wish, turn, each, said_at) if wish else tuple(found)


def _goes_on(words: str, shown: Set[str]) -> bool:
    """True for a second deed with a time of its own ("…, and text you on Saturday")."""
    return "time:TIME" in shown and bool(_GOES_ON.match(words))


def _parts(text: str, clause: Clause, phrases: Sequence[Phrase]) -> list[Clause]:
    """The clause, or its halves when each has a deed or a thing and a time.

    "email it today and call you Friday", "you'll have the key on Monday and the papers by the ninth".
    """
    times = [one for one in phrases if one.kind in _TIMED and clause.start <= one.start < clause.end]
    if len(times) < 2:
        return [clause]
    deeds, things = (form.finditer(text, clause.start, clause.end) for form in (_GOES_ON, _AND_MORE))
    for cut in (*deeds, *things):
        first = Clause(clause.start, cut.start() - 1, clause.asked, closes=False)
        last = Clause(cut.start(), clause.end, clause.asked, clause.closes)
        in_last = [one for one in times if one.start > cut.end() and one.kind is Kind.TIME]
        if in_last and any(one.end <= cut.start() for one in times):
            return [first, last]
    return [clause]


def _promise(
    text: str,
    clause: Clause,
    beside: Sequence[Clause],
    phrases: Sequence[Phrase],
    said_at: datetime | None,
    day_named: date | None,
    who: Promiser,
) -> Promise:
    phrase = by_when(text, clause, beside, phrases)
    when = text[phrase.start : phrase.end] if phrase else None
    return Promise(
        what=deed(without(text, clause, phrases)) or _NAMELESS,
        who=who,
        when=when,
        due=resolve_due(when, said_at, day_named=day_named) if when else None,
        evidence=Evidence(clause.start, clause.end),
    )


def _day_named(found: Sequence[Promise]) -> date | None:
    """The day that "that afternoon" goes back to: of the last promise with one."""
    return next((promise.due.date() for promise in reversed(found) if promise.due), None)
