"""The questions in an agent's turn: which of the customer's facts would answer them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from coolhead.practice.memory import Memory
from coolhead.practice.scenario import Fact, Scenario, holds_any
from coolhead.practice.seen import Asked, Request
from coolhead.practice.topic import Topic, topics

_ASKS = re.compile(
    r"\?\W*$|^\W*((please |could you |can you |would you |i('ll| will)? (just )?need( to know)? )?(tell"
    r"|give|confirm|"
    r"describe|walk me|talk me|take me|send|provide|explain)\b|i('ll| will)? (just )?need (your|the|to know)|"
    r"(what|when|where|which|who|how|why|do|does|did|is|are|have|has|can|could|would) .*\?)",
    re.IGNORECASE,
)
_REQUESTS: tuple[tuple[Request, re.Pattern[str]], ...] = tuple(
    (request, re.compile(words, re.IGNORECASE))
    for request, words in (
        (
            Request.CHECK,
            r"(is|was|are) (that|this|it|all of that|all that) (right|correct|it|fair|about right|all)\b"
            r"|(have|did) i"
            r" (got|get|understood|understand|missed|miss)|do i have (that|it|this)|am i (right|missing"
            r"|with you)"
            r"|(right|correct)\?|does that (cover|sum)|what did i miss|leave anything out",
        ),
        (
            Request.ANYTHING_ELSE,
            r"anything (else|more|left|open)|is (there|that) (everything|all|something else)|(all"
            r"|fully) (sorted|settled"
            r"|solved)|still open",
        ),
        (
            Request.CHOOSE,
            r"which (one |of (those|these|the two) |way |option )?(would|do|shall|suits|works|is better"
            r"|sounds)|what "
            r"would you (prefer|rather)|would you (rather|prefer)|your (choice|call)|up to you|either of",
        ),
        (
            Request.CONSENT,
            r"^\W*(may|shall) (i|we)\b|(can|could) (i|we) (just )?(put you|place you|ask|look|check"
            r"|have a|take a|call|ring"
            r"|send|do|note|transfer|start|book|arrange)|(would|does|will|is|are) (that|this|it"
            r"|you) (be )?(ok(ay)?|all"
            r" right|alright|work|help|suit|fine|acceptable|good|do|happy|happy with|enough)\b"
            r"|ok(ay)? with you|all right"
            r" with you|sound (good|ok|fair|right)|do you mind|would you (mind|be)|would you like me to"
            r"|do you want me to"
            r"|happy (for me|with)|bear with|hold (on|the line)|one moment|agree",
        ),
        (Request.SMALLTALK, r"how are you\b(?! feeling)|how('s| is) your (day|morning|evening)|nice weather"),
        (Request.PRESENCE, r"(are you )?still (there|with me)|can you hear me|hello\?"),
    )
)
_BUILT_IN = (Topic.WHAT_HAPPENED, Topic.WANTS, Topic.FEELING, Topic.NAME)
"""Every scenario answers these, with or without a fact."""


def is_question(sentence: str) -> bool:
    """True when a sentence asks for something."""
    return _ASKS.search(sentence) is not None


def requests_in(said: Sequence[str]) -> tuple[Request, ...]:
    """The questions that no fact answers, each once."""
    found = [
        request
        for sentence in said
        if is_question(sentence) or re.search(r"bear with|one moment|up to you|your call", sentence.lower())
        for request, words in _REQUESTS
        if words.search(sentence)
    ]
    return tuple(dict.fromkeys(found))


def asked_in(said: Sequence[str], scenario: Scenario, memory: Memory) -> tuple[tuple[Asked, ...], bool]:
    """What the turn asks for, each once and in its order, and whether a question is left over."""
    found: list[Asked] = []
    left = False
    for sentence in said:
        if not is_question(sentence):
            continue
        about = _about(sentence, scenario, memory)
        known = [each for each in about if each.fact or each.topic in _BUILT_IN]
        if not about or (not known and _requested(sentence)):
            left = left or not _requested(sentence)
        elif known and _requested(sentence) and not _direct(sentence):
            continue
        else:
            found += known[:2] or about[:1]
    unique = dict.fromkeys(found)
    return tuple(unique), left


def _requested(sentence: str) -> bool:
    return any(words.search(sentence) for _, words in _REQUESTS)


def _direct(sentence: str) -> bool:
    """True when what also reads as a request asks for a fact all the same ("can I have your …")."""
    return re.search(
        r"\b(your|take|have|get|need)\b.*\?", sentence, re.IGNORECASE
    ) is not None and not re.search(
        r"\b(right|correct|anything|which|rather|prefer|shall|would)\b", sentence, re.IGNORECASE
    )


def _about(sentence: str, scenario: Scenario, memory: Memory) -> list[Asked]:
    """The facts that a question asks for: by the scenario's own words first, else by its topics."""
    named = [fact for fact in scenario.facts if holds_any(sentence, fact.asked)]
    if named:
        return [_asked(fact, fact.about[0] if fact.about else Topic.REASON, memory) for fact in named]
    found: list[Asked] = []
    unknown: list[Asked] = []
    for topic in topics(sentence):
        about = [fact for fact in scenario.facts if topic in fact.about]
        if topic in (Topic.WHAT_HAPPENED,):
            if not found:
                found.append(Asked(topic=topic, fact=None))
        elif about:
            fresh = [fact for fact in about if not memory.told.get(fact.id)]
            one = _asked((fresh or about)[0], topic, memory)
            if not found:
                found.append(one)
        elif topic in _BUILT_IN:
            if not found:
                found.append(Asked(topic=topic, fact=None, again=bool(memory.told.get(f"topic-{topic}"))))
        elif topic is not Topic.REASON:
            unknown.append(Asked(topic=topic, fact=None, again=bool(memory.told.get(f"topic-{topic}"))))
    return found + unknown


def _asked(fact: Fact, topic: Topic, memory: Memory) -> Asked:
    return Asked(topic=topic, fact=fact.id, again=bool(memory.told.get(fact.id)))
