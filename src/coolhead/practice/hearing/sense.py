"""What each clause of a turn asks for, by its words and by its meaning together; knows no scenario."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from math import log

from coolhead.practice.hearing.asking import topics
from coolhead.practice.hearing.clause import Clause, Role
from coolhead.practice.hearing.form import CHECK, RIGHT_IN, TAG, TAG_UNMARKED, offers, question_in
from coolhead.practice.hearing.meaning import Kind
from coolhead.practice.hearing.question_form import GENERAL
from coolhead.practice.hearing.request import requests_of
from coolhead.practice.seen import Request
from coolhead.practice.topic import Topic

Meant = Callable[[str], Mapping[Kind, float]]
"""The probability of each kind of question, from its words."""

_LEAST = 0.03
"""Taken for certain not to be below this: the model has not seen every wording."""

_FIRST, _ANY, _REQUESTED = 2.0, 0.3, 2.0
"""What words add to the logarithm: the topic that they tell first, each that they tell, and a request."""

_UNDOUBTED = 0.6
"""Probability from which meaning makes a request of a question, or a question of an offer."""

_LIKELY = 0.4
"""The same where no words speak against it."""

_CERTAIN = 0.9
"""Probability from which meaning overrules the form of an offer ("Can I help with anything besides?")."""

_TELLING = 0.25
"""Probability from which a topic that no words tell is one of the question's."""


_GOES_ON = re.compile(
    r"^\W*(?:(?:so|and|now|well|right|ok|okay|then)\W+)*(?:(?:what|when|where(?:abouts)?|who|which|why|how)\b"
    r"|(?:is|are|was|were|did|do|does|has|have|had) (?:you|it|this|that|there|they|the|your|any\w*"
    r"|some\w*)\b)",
    re.IGNORECASE,
)


_CONFIRMED = (TAG, TAG_UNMARKED, RIGHT_IN)
"""What asks whether the statement that it belongs to is so."""

_NEVER_STATED = {Topic.WHAT_HAPPENED, Topic.COMPENSATION, Topic.FEELING, Topic.WORST, Topic.REASON}
"""Answered by a story, a feeling or a wish, which confirms no statement."""

_MERE_IT = re.compile(
    r"^\W*(?:(?:and|so|ok|okay|now)\W+)*(?:do|have|would|could|can) you"
    r" (?:happen to |still |perhaps |maybe )*"
    r"(?:have|got|know|remember|recall|give me|tell me|read me|find) (?:it|that|one|them|those)"
    r"(?: for me| on you| handy| there| (?:to|at) hand| ready| with you| please)*\W*$"
    r"|^\W*(?:and |so )?what (?:are they|is it|was it)\W*$",
    re.IGNORECASE,
)
"""Names by a mere "it" what it asks for."""

_EITHER = re.compile(r"\bor\b", re.IGNORECASE)
_MEANING = re.compile(r"\b(?:do|did) you mean\b|\bmakes you (?:say|think)\b", re.IGNORECASE)
_AGAIN_WHAT = re.compile(r"\bagain\W+(?:what|when|where|who|which|how)\b", re.IGNORECASE)
"""Asks for something once more by its name ("Could you say that again, what was the problem?")."""

_WISHES = re.compile(r"\byou(?:'d| would) (?:rather|prefer|like|want)\b", re.IGNORECASE)
"""A statement about what they would have, which is so or is not."""

_AM_I_RIGHT = re.compile(r"\b(?:am i right|is it (?:right|true|correct)|correct) that\b", re.IGNORECASE)
"""Asks for what follows, and not whether something was said back rightly."""


@dataclass(frozen=True, slots=True)
class Sense:
    """A clause and what it asks for: requests, which no fact answers, or topics, the most telling first.

    Attributes:
        checks: it is a statement that asks whether it is so ("You rang us before, didn't you?").
        general: nothing of the story answers it, whatever words it holds, but a fact that names it.
        sure: how likely it asks for the first topic, by its meaning alone, 0–1.
    """

    clause: Clause
    requests: tuple[Request, ...] = ()
    topics: tuple[Topic, ...] = ()
    asks: bool = False
    checks: bool = False
    general: bool = False
    sure: float = 0.0


def _goes_on(clause: Clause) -> bool:
    """True for a question that begins as if it said something back ("So what is it about?")."""
    return (
        clause.asks
        and _GOES_ON.search(clause.text) is not None
        and not any(each.search(clause.text) for each in (CHECK, TAG))
    )


def _is_check(clause: Clause) -> bool:
    """True for a statement that asks whether it is so."""
    tagged = clause.role is Role.TELLS and TAG.search(clause.text) is not None
    return clause.asks and (tagged or (clause.role is Role.RESTATES and not _goes_on(clause)))


def by_words(text: str) -> Mapping[Kind, float]:
    """Nothing is known of the meaning: the words decide alone."""
    del text
    return {}


def sense_of(clause: Clause, meant: Meant) -> Sense:
    """What a clause asks for."""
    if clause.asks and any(each.search(clause.text) for each in GENERAL):
        return Sense(clause, asks=True, general=True)
    if _is_check(clause):
        return _checked(clause, meant)
    asks = clause.role is Role.ASKS or (clause.role is Role.RESTATES and _goes_on(clause))
    requested = requests_of(clause)
    if not (asks or requested or clause.role is Role.PROPOSES):
        return Sense(clause)
    asked = question_in(clause.text)
    told = topics(asked)
    requests = _left(clause.text, requested, told)
    chances = meant(asked) if asks or clause.role is Role.PROPOSES else {}
    if told and _AGAIN_WHAT.search(clause.text):
        chances = {kind: chance for kind, chance in chances.items() if kind is not Request.REPEAT}
    offered = clause.role is Role.PROPOSES and offers(clause.text) and not _EITHER.search(clause.text)
    if offered and not _certainly_otherwise(chances):
        return Sense(clause, requests or (Request.CONSENT,))
    if not chances:
        return Sense(clause, requests, told, asks and not requests)
    order = _ordered(chances, told, requests)
    best = order[0]
    likely = chances[best] >= (_UNDOUBTED if told or _by_its_words(clause, requests) else _LIKELY)
    if isinstance(best, Request) and (likely or requests):
        return Sense(clause, (best,) if chances[best] >= _CERTAIN else requests or (best,))
    if requests and not likely:
        return Sense(clause, requests)
    found = tuple(
        kind for kind in order if isinstance(kind, Topic) and (kind in told or chances[kind] >= _TELLING)
    )
    return Sense(clause, (), found, asks=bool(found) or asks, sure=chances[found[0]] if found else 0.0)


def _ordered(
    chances: Mapping[Kind, float], told: tuple[Topic, ...], requests: tuple[Request, ...] = ()
) -> list[Kind]:
    """Every kind, the likeliest first by meaning and words together."""
    weighed = {kind: log(chance + _LEAST) for kind, chance in chances.items()}
    for place, topic in enumerate(told):
        weighed[topic] += _ANY + (0 if place else _FIRST)
    for request in requests:
        weighed[request] += _REQUESTED
    return sorted(weighed, key=lambda kind: -weighed[kind])


def senses_of(clauses: Iterable[Clause], meant: Meant) -> list[Sense]:
    """What each clause of a turn asks for; "Do you have it handy?" asks for what was named before it."""
    found: list[Sense] = []
    for clause in clauses:
        sense = sense_of(clause, meant)
        if clause.asks and found and _MERE_IT.search(clause.text):
            named = found[-1].topics or topics(question_in(found[-1].clause.text))
            if named:
                both = replace(clause, text=f"{found[-1].clause.text} {clause.text}")
                sense = replace(sense, clause=both, requests=(), topics=named, asks=True)
        found.append(sense)
    return found


def _certainly_otherwise(chances: Mapping[Kind, float]) -> bool:
    """True when meaning is sure of something else than that leave is asked for."""
    return any(chance >= _CERTAIN for kind, chance in chances.items() if kind is not Request.CONSENT)


def _checked(clause: Clause, meant: Meant) -> Sense:
    """What a statement that is put as a question asks for."""
    stated = clause.text
    for each in _CONFIRMED:
        stated = each.sub("", stated)
    is_tagged = stated != clause.text
    if is_tagged and _WISHES.search(stated):
        return Sense(clause, asks=True, checks=True)
    by_words = topics(stated)
    told = tuple(topic for topic in by_words if topic not in _NEVER_STATED)
    requests = tuple(each for each in requests_of(clause) if not (is_tagged and each is Request.CHECK))
    if not told and requests:
        return Sense(clause, requests, asks=is_tagged, checks=is_tagged)
    if chances := meant(stated) if told or not by_words else {}:
        told = tuple(
            kind
            for kind in _ordered(chances, told)
            if isinstance(kind, Topic) and (kind in told or _is_likely(kind, chances[kind]))
        )
    return Sense(clause, (), told, asks=bool(told) or is_tagged, checks=True)


def _is_likely(topic: Topic, chance: float) -> bool:
    return topic not in _NEVER_STATED and chance >= _LIKELY


def _left(text: str, requests: tuple[Request, ...], told: tuple[Topic, ...]) -> tuple[Request, ...]:
    """The requests that are none of the topics told: to be asked for a picture is not to be sent for one."""
    if told and _AM_I_RIGHT.search(text):
        return ()
    first = told[0] if told else None
    taken = {Request.DEED, Request.YOUR_TURN} if told else set()
    taken |= {Request.REPEAT} if told and not _MEANING.search(text) else set()
    taken |= {Request.CHOOSE} if first in (Topic.CONTACT, Topic.AVAILABLE) else set()
    taken |= {Request.CONSENT} if told and _EITHER.search(text) else set()
    plain = first in (Topic.MORE, Topic.WANTS, Topic.CONTACT)
    taken |= {Request.ANYTHING_ELSE, Request.CHECK} if plain else set()
    return tuple(each for each in requests if each not in taken)


def _by_its_words(clause: Clause, requests: tuple[Request, ...]) -> bool:
    """True when its words make it a request, and not only that it is put like an offer."""
    return bool(requests) and not (clause.role is Role.PROPOSES and requests == (Request.CONSENT,))
