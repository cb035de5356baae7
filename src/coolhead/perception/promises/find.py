"""Finds what the company's side promises in a turn: who will do what, and by when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime

from coolhead.conversation.turn import Turn
from coolhead.perception.promises.agreed import Agreed, find_agreed
from coolhead.perception.promises.clauses import Clause, clauses
from coolhead.perception.promises.features import features
from coolhead.perception.promises.refused import is_no_promise
from coolhead.perception.promises.scorer import Scorer, shipped
from coolhead.perception.promises.wording import deed, promiser
from coolhead.perception.reading import Evidence, Promise
from coolhead.perception.when import Kind, Phrase, find_phrases, resolve_due

_ASIDE = re.compile(r"\W*(?:while|although|though|since|as|given|even though)\b[^,]*,", re.IGNORECASE)
_CLEAREST = (Kind.TIME, Kind.AGAIN, Kind.EVENT, Kind.NOW)


def find_promises(
    turn: Turn,
    before: Sequence[Turn],
    said_at: datetime | None,
    commitment: float | None = None,
    scorer: Scorer | None = None,
) -> tuple[Promise, ...]:
    """Every promise in an agent's or a supervisor's turn, in the order of its words.

    Args:
        turn: the turn; a customer's holds none.
        before: the earlier turns, oldest first.
        said_at: when the turn was said, with its UTC offset; None when no clock is known.
        commitment: the text model's score (0–1) for `commitment` in this turn, if there is one.
        scorer: weighs the clauses; the one that ships by default.
    """
    if turn.by_customer:
        return ()
    scorer = scorer or shipped()
    each = clauses(turn.text)
    phrases = find_phrases(turn.text)
    agreed = find_agreed(turn, before, each)
    found: list[Promise] = []
    for place, shown in enumerate(features(each, phrases, turn, before)):
        clause = each[place]
        if agreed and agreed.place == place:
            found.append(_agreed(agreed, clause, turn, said_at))
            continue
        if is_no_promise(turn.text[clause.start : clause.end], clause):
            continue
        if scorer.probability(shown, commitment) >= scorer.threshold:
            found.append(_promise(turn, each, place, phrases, said_at, _day_named(found)))
    return tuple(found)


def _promise(
    turn: Turn,
    each: Sequence[Clause],
    place: int,
    phrases: Sequence[Phrase],
    said_at: datetime | None,
    day_named: date | None,
) -> Promise:
    clause = each[place]
    phrase = _by_when(turn, each, place, phrases)
    when = turn.text[phrase.start : phrase.end] if phrase else None
    words = turn.text[clause.start : clause.end]
    return Promise(
        what=deed(_without(turn.text, clause, phrases)) or deed(words) or words,
        who=promiser(words, turn.speaker),
        when=when,
        due=resolve_due(when, said_at, day_named=day_named) if when else None,
        evidence=Evidence(clause.start, clause.end),
    )


def _by_when(turn: Turn, each: Sequence[Clause], place: int, phrases: Sequence[Phrase]) -> Phrase | None:
    """The clearest words of time in the clause; else those that stand alone before it ("Friday 11am, …")."""
    clause = each[place]
    aside = _ASIDE.match(turn.text, clause.start, clause.end)
    start = aside.end() if aside else clause.start
    inside = [phrase for phrase in phrases if start <= phrase.start < clause.end]
    for kind in _CLEAREST:
        clearest = next((phrase for phrase in inside if phrase.kind is kind), None)
        if clearest:
            return clearest
    if place == 0:
        return None
    earlier = each[place - 1]
    return next(
        (
            phrase
            for phrase in phrases
            if phrase.kind is Kind.TIME and phrase.start <= earlier.start and phrase.end >= earlier.end
        ),
        None,
    )


def _without(text: str, clause: Clause, phrases: Sequence[Phrase]) -> str:
    """The clause's words with those of time cut out."""
    pieces, place = [], clause.start
    for phrase in phrases:
        if clause.start <= phrase.start < clause.end and phrase.kind is not Kind.EVENT:
            pieces.append(text[place : phrase.start])
            place = min(phrase.end, clause.end)
    return re.sub(r"\s+", " ", "".join([*pieces, text[place : clause.end]]))


def _day_named(found: Sequence[Promise]) -> date | None:
    """The day that "that afternoon" goes back to: of the last promise with one."""
    return next((promise.due.date() for promise in reversed(found) if promise.due), None)


def _agreed(agreed: Agreed, clause: Clause, turn: Turn, said_at: datetime | None) -> Promise:
    return Promise(
        what=agreed.what,
        who=promiser(turn.text[clause.start : clause.end], turn.speaker),
        when=agreed.when,
        due=resolve_due(agreed.when, said_at),
        evidence=Evidence(clause.start, clause.end),
    )
