"""How well a fact of a scenario answers a question: by its topic, and by the words that both hold."""

from __future__ import annotations

import re
from collections.abc import Sequence

from coolhead.practice.hearing.phrase import all_held, all_near, holds, may_hold, stems_of, telling, weight
from coolhead.practice.hearing.quantity import DATES, MONEY, quantities
from coolhead.practice.memory import Memory
from coolhead.practice.scenario import Fact, Scenario
from coolhead.practice.topic import Topic

_TOPIC = (2.0, 1.5, 1.0)
"""What it is worth that a fact is about the topic of a question: the most telling, the next, any other."""

OF_A_FORM = {Topic.NUMBER, Topic.NAME, Topic.IDENTITY, Topic.ADDRESS, Topic.CONTACT}
"""Asked for in so many words, and in one breath ("your name and order number")."""

_FORM = 3.6
_PAST = re.compile(r"\b(?:was|were|did|had|has|have)\b", re.IGNORECASE)
"""To have been at home is no time at which somebody can be reached."""

BROAD = {Topic.DATE, Topic.WHERE, Topic.ITEM, Topic.REASON}
_BROAD_WORTH = 1.6
"""The same for a topic that a single word tells ("when"): what else is in the question tells more."""

_FRESH = 0.3
"""What it is worth that a fact was not told yet."""

_ENOUGH = 2
"""Words that a question and a fact must share when nothing else speaks for it."""

_HOLLOW = stems_of(
    (
        "say tell know give come happen think want need ask speak talk see call day time order long",
        "exactly most use",
    )
)
"""Words that questions of any kind hold, whatever they ask for."""

LEAST = 0.85
"""Worth below which a fact is no answer."""

UNKNOWN = 1.3
"""The same when no fact is about the topic of the question."""


_OF_THAT = (
    (
        re.compile(r"\b(?:when|(?:what|which) (?:day|date)) (?:was|is) (?:that|this)\W*$", re.IGNORECASE),
        DATES,
    ),
    (re.compile(r"\bhow much (?:was|is) (?:that|this)\W*$", re.IGNORECASE), MONEY),
)
"""Asks of what was just told for a kind of thing that it may hold ("And what day was that?")."""


def follows_up(text: str, latest: Fact) -> bool:
    """True when the question is about the fact that was told last, and that holds what it asks for."""
    wanted = next((kinds for asks, kinds in _OF_THAT if asks.search(text)), None)
    return wanted is not None and any(
        each.kind in wanted for line in (*latest.says, latest.truth) for each in quantities(line)
    )


def worth(text: str, fact: Fact, told: Sequence[Topic], scenario: Scenario, memory: Memory) -> float:
    """How well `fact` answers the question `text`, which is about the topics `told`; 0 when it does not."""
    about = max(
        (_about(topic, place, text) for place, topic in enumerate(told) if topic in fact.about), default=0.0
    )
    whole = about + by_phrases(text, fact)
    shared = (telling(text) - _HOLLOW) & scenario.rarity[fact.id].keys()
    if not whole and len(shared) < _ENOUGH:
        return 0.0
    whole += min(sum(scenario.rarity[fact.id][each] for each in shared), 1.5)
    return whole + (0.0 if memory.told.get(fact.id) else _FRESH)


def fits(text: str, fact: Fact) -> bool:
    """True when the question holds words of the fact, not its topic alone."""
    return len(telling(text)) > 1 or by_phrases(text, fact) > 0


def _about(topic: Topic, place: int, text: str) -> float:
    when_free = topic is Topic.AVAILABLE and not _PAST.search(text)
    if place == 0 and (topic in OF_A_FORM or when_free):
        return _FORM
    worth = _TOPIC[min(place, len(_TOPIC) - 1)]
    return min(worth, _BROAD_WORTH - place) if topic in BROAD else worth


def by_phrases(text: str, fact: Fact) -> float:
    """What the fact's own phrases in the question are worth: what asks for it, and what names it."""
    if not may_hold(text, fact.hinges):
        return 0.0
    named = all_near(text, fact.asked)
    asked = max((0.9 + 0.7 * weight(text, each) for each in named), default=0.0)
    keys = sum(1.6 if " " in each else 1.4 for each in all_held(text, fact.keys)) + holds(text, fact.wrong)
    return max(asked, keys) + 0.3 * min(asked, keys)
