"""One line as the recognisers see it: its normal text, its numbers, and what was asked just before.

This module must not know any kind of personal data by name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from coolhead.conversation.privacy.number import Number, Scan
from coolhead.conversation.privacy.spoken import Normal, normalise, vocabulary

_PLACEHOLDER = re.compile(r"\[([A-Z_]{2,14})\]")
_WORD = re.compile(r"[a-z']+|\d+")
_SAYS_GO_ON = vocabulary(
    "ok okay yes yeah yep yup aha ah uh huh mm mhm mmhm hmm hm go on ahead carry continue got it that "
    "right sure "
    "thanks thank you and then next please perfect great good alright all cool lovely fine what comes "
    "after the "
    "rest of i'm im listening ready when are keep going so far noted 2 3 4 6 four three two digits digit "
    "number "
    "numbers with me mate love sir ma'am po opo sige haan ji bit part last first final ones one is there "
    "more have "
    "i first following eight so was that's comes"
)
_SENTENCE = re.compile(r"[^.?!\n]+[.?!]*")
_ASKS = re.compile(
    r"\?|(?:^|\band )\W*(?:the|your)\b|\b(?:can|could|may|would|please|pls|plz|kindly|what|what's|whats|"
    r"which|where|when|give|tell|need|confirm|"
    r"provide|share|verify|enter|spell|read|say|take|grab|type|go ahead|sorry|missed|repeat|again|catch|"
    r"for security|require|let me have|ready)\b"
)
_CAPITALISED = re.compile(r"(?<=\W)[A-Z][a-z]")
_SHORT_REQUEST = 14
_LONGEST_CONTEXT = 600
_LONGEST_MEMORY = 4


def lower(text: str) -> str:
    """The text in lower case with every character in its place."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(char.lower() if len(char.lower()) == 1 else char for char in text)


@dataclass(frozen=True)
class Context:
    """What was said just before, as far as it tells what a bare answer is.

    Attributes:
        request: what the turn before asks for, normal and in lower case; empty when it asks nothing.
        recent: what had been asked before a string of "go on", "okay"; the newest last.
        only_goes_on: the turn before says no more than "okay, go on"; it may read back the digits so far.
        given: kinds whose placeholders stand in the last turn that gave something.
    """

    request: str = ""
    recent: tuple[str, ...] = ()
    given: tuple[str, ...] = ()
    only_goes_on: bool = False

    @classmethod
    def of(cls, before: Sequence[str] | str) -> Context:
        """Reads the turns before, the oldest first; a single text is the turn just before."""
        turns = [before] if isinstance(before, str) else list(before[-_LONGEST_MEMORY:])
        turns = [turn[-_LONGEST_CONTEXT:] for turn in turns if turn and not turn.isspace()]
        if not turns:
            return cls()
        last = _plain(turns[-1])
        goes_on = _only_goes_on(last)
        recent = tuple(_requests(_plain(turn)) for turn in turns[:-1]) if goes_on else ()
        return cls(request=_requests(last), recent=recent, given=_given(turns), only_goes_on=goes_on)


@dataclass(frozen=True)
class Line:
    """A line to mask.

    Attributes:
        normal: the line with spoken numbers as digits.
        context: what was said before.
        text: the normal text; in lower case when the whole line is in capitals.
        low: the normal text in lower case, same length.
    """

    normal: Normal
    context: Context
    text: str = field(init=False)
    low: str = field(init=False)

    def __post_init__(self) -> None:
        low = lower(self.normal.text)
        object.__setattr__(self, "low", low)
        object.__setattr__(self, "text", _calm(self.normal.text, low))

    @cached_property
    def scan(self) -> Scan:
        """The search for numbers in this line."""
        return Scan(self.text)

    @property
    def numbers(self) -> tuple[Number, ...]:
        """The numbers that could stand for something, with their parts."""
        return self.scan.numbers

    @cached_property
    def in_small_letters(self) -> bool:
        """True for a line whose names are not told by capitals, as in recognised speech."""
        return " i " in self.normal.text or not _CAPITALISED.search(self.normal.text)

    def words_between(self, start: int, end: int) -> int:
        """How many words stand between two places."""
        return len(self.low[start:end].split())


def _plain(turn: str) -> str:
    return lower(normalise(turn).text)


def _given(turns: Sequence[str]) -> tuple[str, ...]:
    """Kinds given in the last turn, or before one that only says "go on"; newest first."""
    last = -2 if len(turns) > 1 and _only_goes_on(lower(turns[-1])) else -1
    return tuple(_PLACEHOLDER.findall(turns[last]))


def _requests(turn: str) -> str:
    """The sentences of a turn that ask for something, or are so short that they may."""
    sentences = _SENTENCE.findall(turn)
    return " ".join(s for s in sentences if _ASKS.search(s) or len(s.split()) <= _SHORT_REQUEST)


def _only_goes_on(turn: str) -> bool:
    """True when a turn says no more than "okay, go on" or "next four?"."""
    return all(word in _SAYS_GO_ON or word.isdigit() for word in _WORD.findall(turn))


def _calm(text: str, low: str) -> str:
    """A line shouted in capitals reads in lower case; spelt single letters stay as they are."""
    words = re.findall(r"[A-Za-z]{4,}", text)
    shouted = sum(word.isupper() for word in words)
    if shouted < 3 or shouted * 2 < len(words):
        return text
    return re.sub(
        r"(?<![A-Za-z\d])[A-Z]{2,}(?![A-Za-z\d])", lambda match: low[match.start() : match.end()], text
    )
