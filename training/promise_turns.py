"""The agents' turns of labelled conversations, cut into clauses, with the clause that makes each promise.

Gold promises are verb phrases, not spans, so each is given to the clause that shares most words with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from random import Random
from typing import Any

import numpy as np

from coolhead.codebook import Speaker
from coolhead.conversation.turn import Turn
from coolhead.perception.promises.clauses import Clause, clauses
from coolhead.perception.promises.features import features
from coolhead.perception.promises.find import PLAIN_SHARE, meant_turns
from coolhead.perception.promises.plain import is_plain
from coolhead.perception.promises.refused import is_no_promise
from coolhead.perception.promises.spelling import Spelling
from coolhead.perception.when import find_phrases
from coolhead.perception.when.words import vocabulary
from training.augment import STYLES
from training.corpus import Labelled

COPIED_AS = ("lower", "speech", "typos")
"""Styles in one of which every conversation is learned once more."""

_FUTURE = re.compile(r"\b(?:will|\w*['’]ll|ill|youll|theyll|itll|thatll)\b", re.IGNORECASE)
_EMPTY = vocabulary(
    """
    the a an to of for in on by at and or you your it its i we our my is be will with that this from as have
    has he she they them their customer
    """
)


@dataclass(slots=True)
class AgentTurn:
    """One agent turn, cut into clauses.

    Attributes:
        conversation: its id.
        turn: as written, like the turns `before` it.
        words: as they were meant; the clauses are cut from these.
        each: the clauses.
        shown: the features of each.
        promises: the labels.
        gold: for each of the promises the clause that makes it.
    """

    conversation: str
    turn: Turn
    before: list[Turn]
    words: str
    each: tuple[Clause, ...]
    shown: list[set[str]]
    promises: list[dict[str, Any]]
    gold: list[int]

    def needed(self, threshold: float) -> list[float]:
        """For each clause the chance that makes it a promise; more than 1 where grammar rules it out."""
        pairs = zip(self.each, self.shown, strict=True)
        return [self._needed(one, shown, threshold) for one, shown in pairs]

    def _needed(self, one: Clause, shown: set[str], threshold: float) -> float:
        if is_no_promise(self.words[one.start : one.end], one):
            return 2.0
        return threshold * (PLAIN_SHARE if is_plain(shown) else 1)


def agent_turns(conversations: Sequence[Labelled], spelling: Spelling) -> list[AgentTurn]:
    """Every turn of an agent or a supervisor, with its labels and its words as they were meant."""
    turns = []
    for conversation in conversations:
        spoken = [
            Turn(id=str(place), speaker=Speaker(each.labels["speaker"]), text=each.text, place=float(place))
            for place, each in enumerate(conversation.turns)
        ]
        for place, labelled in enumerate(conversation.turns):
            if not labelled.by_customer and labelled.learn:
                promises = labelled.labels.get("promises", [])
                turns.append(_agent_turn(conversation.id, spoken[: place + 1], promises, spelling))
    return turns


def _agent_turn(id_: str, turns: list[Turn], promises: list[dict[str, Any]], spelling: Spelling) -> AgentTurn:
    *before, turn = turns
    meant, earlier = meant_turns(turn, before, spelling)
    each = clauses(meant.text)
    shown = features(each, find_phrases(meant.text), replace(turn, text=meant.text), earlier)
    gold = _aligned(meant.text, each, promises) if each else []
    return AgentTurn(id_, turn, before, meant.text, each, shown, promises, gold)


def _aligned(text: str, each: Sequence[Clause], promises: Sequence[dict[str, Any]]) -> list[int]:
    """The clause that makes each promise: the words of time tell most, then the words of the deed."""
    taken: list[int] = []
    for promise in promises:
        fits = [
            _fit(text[one.start : one.end], promise) - 0.3 * one.asked - 0.6 * (place in taken)
            for place, one in enumerate(each)
        ]
        taken.append(int(np.argmax(fits)))
    return taken


def _fit(words: str, promise: dict[str, Any]) -> float:
    wanted = stems(promise["what"])
    shared = len(wanted & stems(words)) / max(len(wanted), 1)
    timed = bool(promise["when"]) and promise["when"].lower() in words.lower()
    return shared + 2 * timed + 0.35 * bool(_FUTURE.search(words))


def stems(words: str) -> frozenset[str]:
    """The beginnings of the words that mean something."""
    found = re.findall(r"[^\W_]+", words.lower().replace("e-mail", "email"))
    return frozenset(word[:5] for word in found if word not in _EMPTY and len(word) > 1)


def restyled(conversations: Sequence[Labelled]) -> Iterator[Labelled]:
    """Each conversation once more, in a style and with slips drawn by its name; the labels stay."""
    for conversation in conversations:
        chance = Random(f"promises-{conversation.id}")  # noqa: S311 - a fixed draw, not secrecy
        style = STYLES[chance.choice(COPIED_AS)]
        copied = deepcopy(conversation)
        for turn in copied.turns:
            turn.text = style(turn.text, turn.labels.get("heat", 0), chance)
        yield copied
