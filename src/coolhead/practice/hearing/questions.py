"""The questions in an agent's turn, and which of the customer's facts would answer each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from coolhead.practice.hearing.answer import (
    BROAD,
    LEAST,
    OF_A_FORM,
    UNKNOWN,
    by_phrases,
    fits,
    follows_up,
    worth,
)
from coolhead.practice.hearing.clause import Clause, Role
from coolhead.practice.hearing.form import question_in
from coolhead.practice.hearing.question_form import FOUND_OUT, ORDER
from coolhead.practice.hearing.sense import Sense
from coolhead.practice.memory import ABOUT, Memory
from coolhead.practice.scenario import Fact, Scenario
from coolhead.practice.seen import Asked
from coolhead.practice.stock import is_stock
from coolhead.practice.topic import Topic

_OPEN = (Topic.WHAT_HAPPENED, Topic.MORE)
_BUILT_IN = (*_OPEN, Topic.WANTS, Topic.FEELING, Topic.WORST, Topic.NAME)
"""Every scenario answers these, with or without a fact."""

_THEIR_OWN = {Topic.ADDRESS, Topic.CONTACT, Topic.IDENTITY}
"""What everybody knows of themselves: no other fact stands in for it."""

_CERTAIN, _CERTAIN_OF_IT = 2.2, 2.6
"""Worth of its words alone above which a fact answers even a question that could be answered without one."""

_SURE, _DOUBT = 1.6, 0.5
"""How much more its words must be worth for each bit that meaning is surer of the topic than that."""

_NAMED = 3.0
"""Worth of three words that a fact has among what asks for it."""

_ALSO = ((FOUND_OUT, "how did you find out"), (ORDER, "what came first of all"))
"""What one fact tells, in whatever words it is asked for, with what stands among the words of that fact."""


_WHEN_FREE = {Topic.AVAILABLE, Topic.CONTACT}
_TIME = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|tomorrow|today|tonight|morning|afternoon|evening|noon"
    r"|o'clock|(?:at|by) (?:\d|half past|quarter))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Questions:
    """What a turn asks for, in its order, and the last question that nothing answers; empty for none."""

    asked: tuple[Asked, ...]
    left_over: str


def questions_in(said: Sequence[Sense], scenario: Scenario, memory: Memory) -> Questions:
    """What the turn asks for, each fact and each topic once."""
    found: list[Asked] = []
    left = ""
    for each in said:
        if each.asks:
            about = (
                _named(each.clause.text, scenario, memory)
                if each.general
                else _about(each, scenario, memory, go_on=bool(found))
            )
            left = each.clause.text if about is None else left
            known = {_what(asked) for asked in found}
            found += [asked for asked in about or () if _what(asked) not in known]
    return Questions(tuple(found), left)


def proposed_time(said: Sequence[Clause], scenario: Scenario, memory: Memory) -> tuple[Asked, ...]:
    """The fact that tells whether a time suits which is put to them ("Would Thursday work?")."""
    proposed = any(each.role is Role.PROPOSES and _TIME.search(each.text) for each in said)
    if not proposed:
        return ()
    fact = next((each for each in scenario.facts if _WHEN_FREE & {*each.about} == {Topic.AVAILABLE}), None)
    if fact is None and Topic.AVAILABLE in scenario.answers:
        asked = _topic("", Topic.AVAILABLE, scenario, memory)
        return () if asked.again else (asked,)
    return (_fact("", fact, Topic.AVAILABLE, memory),) if fact and not memory.told.get(fact.id) else ()


def _what(asked: Asked) -> str:
    return asked.fact or asked.topic


def _named(text: str, scenario: Scenario, memory: Memory) -> list[Asked] | None:
    """The fact that has these very words among what asks for it."""
    asked = " ".join((text, *(words for asks, words in _ALSO if asks.search(text))))
    best = max(scenario.facts, key=lambda fact: by_phrases(asked, fact))
    if by_phrases(asked, best) < _NAMED:
        return None
    return [_fact(text, best, best.about[0] if best.about else Topic.REASON, memory)]


def _about(sense: Sense, scenario: Scenario, memory: Memory, *, go_on: bool) -> list[Asked] | None:
    """What one question asks for; None when nothing tells. `go_on`: another stands before it in the turn."""
    text, told = question_in(sense.clause.text), sense.topics
    latest = next((fact for fact in scenario.facts if fact.id == memory.latest), None)
    if latest and follows_up(text, latest):
        return [_fact(text, latest, told[0] if told else Topic.DATE, memory)]
    if ORDER.search(text) and (named := _named(text, scenario, memory)):
        return named
    if told and _answered_alone(told[0], scenario) and _by_words(text, scenario, memory) <= _needed(sense):
        return _with_form(text, _topic(text, told[0], scenario, memory), told, scenario, memory)
    worths = {fact.id: worth(text, fact, told, scenario, memory) for fact in scenario.facts}
    best = max(scenario.facts, key=lambda fact: worths[fact.id])
    by_fact = worths[best.id]
    unknown = bool(told) and told[0] not in _BUILT_IN and not scenario.has_fact_about(told[0])
    if by_fact < (UNKNOWN if unknown else LEAST):
        return [_topic(text, told[0], scenario, memory)] if told else None
    if go_on and told and told[0] in BROAD and told[0] not in best.about and not fits(text, best):
        return []
    topic = next((each for each in told if each in best.about), best.about[0] if best.about else Topic.REASON)
    return _with_form(text, _fact(text, best, topic, memory), told, scenario, memory)


def _with_form(
    text: str, first: Asked, told: Sequence[Topic], scenario: Scenario, memory: Memory
) -> list[Asked]:
    """The same, with what else of a form is asked for in the same breath."""
    found = [first]
    if first.topic in OF_A_FORM and re.search(r"\band\b|,|&|\bplus\b", text):
        for topic in told:
            if topic in OF_A_FORM and topic is not first.topic:
                fact = next((each for each in scenario.facts if topic in each.about), None)
                found.append(
                    _fact(text, fact, topic, memory) if fact else _topic(text, topic, scenario, memory)
                )
    return found


def _answered_alone(topic: Topic, scenario: Scenario) -> bool:
    """True for a topic that is answered without a fact, where the scenario has none about it."""
    known = topic in _BUILT_IN or topic in _THEIR_OWN or topic in scenario.answers or is_stock(topic)
    return topic in _OPEN or (known and not scenario.has_fact_about(topic))


def _needed(sense: Sense) -> float:
    """How well a fact's words must fit to be told instead of what they feel, want, or went through."""
    certain = _CERTAIN_OF_IT if sense.topics[0] in _BUILT_IN else _CERTAIN
    return certain + _SURE * max(0.0, sense.sure - _DOUBT)


def _by_words(text: str, scenario: Scenario, memory: Memory) -> float:
    """How well the best fact answers a question by its words, whatever it is about."""
    return max(worth(text, fact, (), scenario, memory) for fact in scenario.facts)


def _fact(text: str, fact: Fact, topic: Topic, memory: Memory) -> Asked:
    """A question that a fact answers: again when it was told for this, or unasked."""
    for_another = any(memory.told.get(f"{ABOUT}{each}") for each in fact.about)
    again = bool(memory.told.get(fact.id)) and (bool(memory.told.get(f"{ABOUT}{topic}")) or not for_another)
    return Asked(topic=topic, fact=fact.id, again=again, words=text)


def _topic(text: str, topic: Topic, scenario: Scenario, memory: Memory) -> Asked:
    again = topic not in _OPEN and bool(memory.told.get(f"{ABOUT}{topic}"))
    answered = topic in _BUILT_IN or topic in scenario.answers
    return Asked(topic=topic, fact=None, again=again, answered=answered, words=text)
