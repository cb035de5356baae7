"""The questions in an agent's turn: which of the customer's facts would answer them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from coolhead.practice.clause import Clause, Role
from coolhead.practice.memory import Memory
from coolhead.practice.phrase import all_held, holds, words
from coolhead.practice.request import request_of
from coolhead.practice.scenario import Fact, Scenario
from coolhead.practice.seen import Asked
from coolhead.practice.topic import Topic, topics

_BUILT_IN = (Topic.WHAT_HAPPENED, Topic.WANTS, Topic.FEELING, Topic.NAME)
"""Every scenario answers these, with or without a fact."""

_OF_A_FORM = {Topic.NUMBER, Topic.NAME, Topic.IDENTITY, Topic.ADDRESS, Topic.CONTACT}
"""Asked for in one breath ("your name and order number")."""

_TOPIC = (2.0, 1.4, 0.9)
"""What it is worth that a fact is about the topic of a question: the most telling, the next, any other."""

_LEAST = 0.9
"""Worth below which a fact is no answer."""

_FRESH = 0.3
"""What it is worth that a fact was not told yet."""

_UNKNOWN = 1.3
"""Worth below which a fact is beside the point when no fact is about the topic of the question."""


@dataclass(frozen=True, slots=True)
class Questions:
    """What a turn asks for, in its order, and whether a question is left that nothing answers."""

    asked: tuple[Asked, ...]
    left_over: bool


def questions_in(said: Sequence[Clause], scenario: Scenario, memory: Memory) -> Questions:
    """What the turn asks for, each fact and each topic once."""
    found: list[Asked] = []
    left = False
    for clause in said:
        if clause.role is not Role.ASKS:
            continue
        if request_of(clause) is not None:
            continue
        about = _about(clause.text, scenario, memory, found)
        left = left or about is None
        found += about or ()
    return Questions(tuple(found), left)


def _about(text: str, scenario: Scenario, memory: Memory, found: Sequence[Asked]) -> list[Asked] | None:
    """What one question asks for beside what was found before; None when nothing tells."""
    told = topics(text)
    known = {each.fact or each.topic for each in found}
    worth = {fact.id: _worth(text, fact, told, memory) for fact in scenario.facts}
    best = max(scenario.facts, key=lambda fact: worth[fact.id] * (fact.id not in known))
    if told and _answered_alone(told[0], scenario) and worth[best.id] <= _TOPIC[0]:
        return _also(text, _topic(told[0], memory), told[1:], scenario, memory, known)
    if worth[best.id] < _LEAST or best.id in known:
        return [] if best.id in known and worth[best.id] >= _LEAST else _nothing(told, memory, known)
    unanswered = bool(told) and not any(told[0] in fact.about for fact in scenario.facts)
    if unanswered and told[0] not in _BUILT_IN and worth[best.id] < _UNKNOWN:
        return [_topic(told[0], memory)]
    topic = next((each for each in told if each in best.about), best.about[0] if best.about else Topic.REASON)
    return _also(text, _fact(best, topic, memory), told, scenario, memory, known)


def _also(
    text: str,
    first: Asked,
    told: Sequence[Topic],
    scenario: Scenario,
    memory: Memory,
    known: set[str | Topic],
) -> list[Asked]:
    """The same, with what else of a form is asked for in the same breath."""
    found = [first]
    if first.topic in _OF_A_FORM and re.search(r"\band\b|,|&|\bplus\b", text):
        for topic in told:
            if topic not in _OF_A_FORM or topic is first.topic:
                continue
            fact = next((each for each in scenario.facts if topic in each.about), None)
            found.append(_fact(fact, topic, memory) if fact else _topic(topic, memory))
    return [each for each in found if (each.fact or each.topic) not in known]


def _nothing(told: Sequence[Topic], memory: Memory, known: set[str | Topic]) -> list[Asked] | None:
    """The topic of a question that no fact answers, if it has one."""
    topic = next((each for each in told if each in _BUILT_IN or each is not Topic.REASON), None)
    if topic is None:
        return None
    return [] if topic in known else [_topic(topic, memory)]


def _answered_alone(topic: Topic, scenario: Scenario) -> bool:
    """True for a topic that is answered without a fact, where the scenario has none about it."""
    return topic in _BUILT_IN and (
        topic is Topic.WHAT_HAPPENED or not any(topic in fact.about for fact in scenario.facts)
    )


def _worth(text: str, fact: Fact, told: Sequence[Topic], memory: Memory) -> float:
    """How well a fact answers a question."""
    about = max(
        (_TOPIC[min(place, 2)] for place, topic in enumerate(told) if topic in fact.about), default=0.0
    )
    asked = sum(1.2 + 0.6 * (_telling(each) - 1) for each in all_held(text, fact.asked))
    keys = 0.5 * len(all_held(text, fact.keys)) + 1.0 * holds(text, fact.wrong)
    said = {each.stem for each in words(text) if not each.small}
    shared = 0.3 * len(said & {each.stem for each in words(f"{fact.truth} {fact.says[0]}") if not each.small})
    worth = about + min(asked, 3.0) + min(keys, 1.0) + min(shared, 0.9)
    return worth + (_FRESH if worth and not memory.told.get(fact.id) else 0.0)


def _telling(phrase: str) -> int:
    return max(1, sum(not each.small for each in words(phrase)))


def _fact(fact: Fact, topic: Topic, memory: Memory) -> Asked:
    return Asked(topic=topic, fact=fact.id, again=bool(memory.told.get(fact.id)))


def _topic(topic: Topic, memory: Memory) -> Asked:
    again = topic is not Topic.WHAT_HAPPENED and bool(memory.told.get(f"topic-{topic}"))
    return Asked(topic=topic, fact=None, again=again)
