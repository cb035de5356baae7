"""What a customer remembers of a run: what was told, said, agreed and done. Types alone."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from coolhead.practice.hearing.sentence import sentences
from coolhead.practice.seen import Deed

_NOT_WORDS = re.compile(r"[^\w ]+")
ABOUT = "topic-"
"""What begins the key of a topic among what was told."""

COUNTED_WORDS = 3
"""A shorter sentence ("Yes." "Right then.") may come again, as it does with people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """What the customer remembers.

    Attributes:
        told: how often each fact was told, by id; and each topic asked about, by "topic-…".
        latest: the fact that was told last, or the topic that was answered without one; empty for none.
        said: the customer's own sentences, bare of case and punctuation.
        openings: the first two words of each reply.
        heard: the agent's sentences, bare.
        numbers: days and numbers that the agent brought in, "kind:value".
        deeds: how often the agent has done each thing.
        fired: how often each rule has fired.
        offered: ids of the remedies that the agent offered last.
        agreed: id of the remedy that was accepted.
        dated: that remedy has a date.
        asked_when: the customer has just asked by when.
        asked_manager: the customer has asked for a manager.
        warned: the customer has said whom they will tell.
        wavered: how often they could not decide.
        thanked: they have said thank you.
        happened: numbers of the scenario's happenings that have been told.
        nonsense: empty or meaningless turns so far.
        insulted: how often they have insulted the agent.
    """

    told: dict[str, int] = field(default_factory=dict)
    latest: str = ""
    said: frozenset[str] = frozenset()
    openings: frozenset[str] = frozenset()
    heard: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    deeds: dict[Deed, int] = field(default_factory=dict)
    fired: dict[str, int] = field(default_factory=dict)
    offered: tuple[str, ...] = ()
    agreed: str | None = None
    dated: bool = False
    asked_when: bool = False
    asked_manager: bool = False
    warned: bool = False
    wavered: int = 0
    thanked: bool = False
    happened: frozenset[int] = frozenset()
    nonsense: int = 0
    insulted: int = 0

    def telling(self, fact: str) -> Memory:
        """The memory with a fact told."""
        return replace(self, told={**self.told, fact: self.told.get(fact, 0) + 1}, latest=fact)

    def asked_about(self, topic: str) -> Memory:
        """The memory with a topic asked about."""
        key = f"{ABOUT}{topic}"
        return replace(self, told={**self.told, key: self.told.get(key, 0) + 1}, latest=key)

    def did(self, *deeds: Deed) -> bool:
        """True when the agent has done any of these before."""
        return any(self.deeds.get(deed) for deed in deeds)


def bare(sentence: str) -> str:
    """A sentence without case, punctuation and emoji, to tell whether it was said before."""
    return " ".join(_NOT_WORDS.sub(" ", sentence.lower().replace("'", "").replace("’", "")).split())


def counted(text: str) -> frozenset[str]:
    """The bare sentences of a text that are long enough not to be said twice."""
    return frozenset(each for each in map(bare, sentences(text)) if len(each.split()) >= COUNTED_WORDS)


def opening(text: str) -> str:
    """The first two words of a text, bare."""
    return " ".join(bare(text).split()[:2])
