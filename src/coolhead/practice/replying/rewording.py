"""Whether a language model's wording of a reply may take the place of the built-in one.

The model lends words and decides nothing: what is said, and what is not, was chosen before. Whatever cannot
be seen to keep to it is dropped. Knows no model and no network.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from coolhead.perception.reading import Reading
from coolhead.practice.act import Act
from coolhead.practice.hearing.phrase import all_held, telling
from coolhead.practice.hearing.quantity import quantities
from coolhead.practice.replying.wording import shipped_bank
from coolhead.practice.scenario import Scenario

LONGEST, SHORTEST = 1.7, 0.4
"""How much longer, and shorter, than the built-in words others may be, as a share of their length."""
SPARE = 30
"""Characters that may be added whatever the length."""

_NO = re.compile(
    r"\b(no|not|never|nothing|nobody|none|neither|nor|without|wrong|cannot)\b|n['’]t\b", re.IGNORECASE
)
_UNSEEMLY = re.compile(r"[*_#<>{}\[\]|`]|\b(customer|agent|reply) *:|\blanguage model\b", re.IGNORECASE)
_DIGITS = re.compile(r"\d+(?:[.,:]\d+)*")
_CAPITAL = re.compile(r"(?<=[\w,;] )[A-Z][\w’'-]*")
_AGREES = frozenset({Act.ACCEPT, Act.CONSENT, Act.THANK, Act.CLOSE, Act.TO_RIGHT, Act.GO_WITH_MANAGER})
_REFUSES = frozenset({Act.REJECT, Act.REFUSE, Act.CORRECT, Act.REFUSE_HANDOVER})
_MANAGER = re.compile(
    r"\b(manager|supervisor|boss|team ?leader|in charge|above you|superior)\b", re.IGNORECASE
)
_EXPRESSIVE = """
    absolutely actually basically certainly completely constantly definitely eventually exactly finally
    frankly fully genuinely gladly honestly indeed literally merely obviously perfectly plainly possibly
    practically precisely probably properly quickly quietly quite really seriously simply slowly somehow
    strangely surely suddenly terribly totally truly utterly absurd annoying bizarre clueless crazy
    cross disgraceful exhausted exhausting fair fine frustrated frustrating furious glad grateful
    hopeless horrible impossible incredible insane irritated lost mad miserable nasty nonsense odd
    pathetic pleased poor ridiculous rough sad scandal shame sick silly sore stuck terrible tired tiring
    unbelievable unfair upset upsetting useless weird wonderful worn bother care chance clue deal end
    fuss game hassle hope idea joke luck mess mood nerve nightmare patience point rubbish sense sort
    stuff trouble truth way whatever bloody believe bet count deserve ends expect feel figure follow
    forget guess hang happen imagine keep leave let listen look manage matter mean mind notice pretend
    put realise remember repeat run say see seem show sit sound stand stop suppose take talk tell think
    try turn understand wait want waste wish wonder work worry yeah hm hmm oh ah well right okay sure
    please sorry thanks cheers
"""
"""Words that tell how somebody feels and nothing of what happened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a model is asked to reword.

    Attributes:
        act: the main act of the reply.
        built_in: the reply as it was worded.
        manner: how this customer behaves, in a sentence.
        written: typed, not spoken.
    """

    act: Act
    built_in: str
    manner: str
    written: bool


def check(act: Act, built_in: str, reworded: str, scenario: Scenario) -> str | None:
    """The words that may be said instead of `built_in`; None where they do not keep to it.

    They keep to it when the act is the same, every number and name is there and no other, no fact and no
    remedy of the scenario is told that was not, and every further word is one that customers here use anyway.
    """
    text = re.sub(r"\s+", " ", reworded.strip().strip('"“”')).strip()
    kept = (
        _fits(built_in, text),
        _numbers(built_in) == _numbers(text),
        _names(text) <= _names(built_in) | {*re.findall(r"[\w’'-]+", built_in)},
        ("?" in built_in) == ("?" in text),
        _acts_alike(act, built_in, text),
        not _tells_more(built_in, text, scenario),
        telling(text) <= telling(built_in) | _usual_words(),
    )
    return text if all(kept) else None


def is_read_alike(built_in: Reading, reworded: Reading) -> bool:
    """True when the engine reads both alike: as hot to a level, no worse abuse, the same of what decides."""
    if built_in.heat is None or reworded.heat is None:
        return False
    if abs(built_in.heat.expected - reworded.heat.expected) > 1:
        return False
    before, after = built_in.abuse, reworded.abuse
    if after is not None and (before is None or before.term is not after.term):
        return False
    return {sign.term for sign in reworded.cues} <= {sign.term for sign in built_in.cues}


def _fits(built_in: str, text: str) -> bool:
    is_as_long = SHORTEST * len(built_in) <= len(text) <= LONGEST * len(built_in) + SPARE
    return is_as_long and not _UNSEEMLY.search(text)


def _numbers(text: str) -> set[tuple[str, str]]:
    counted = {(each.kind, each.value) for each in quantities(text)}
    return counted | {("digits", each.strip(".,:")) for each in _DIGITS.findall(text)}


def _names(text: str) -> set[str]:
    return {*_CAPITAL.findall(text)} - {"I", "I'm", "I've", "I'd", "I'll", "I’m", "I’ve", "I’d", "I’ll"}


def _acts_alike(act: Act, built_in: str, text: str) -> bool:
    if bool(_MANAGER.search(built_in)) != bool(_MANAGER.search(text)):
        return False
    denies = bool(_NO.search(text))
    if act in _AGREES:
        return not denies or bool(_NO.search(built_in))
    if act in _REFUSES:
        return denies or not _NO.search(built_in)
    return True


def _tells_more(built_in: str, text: str, scenario: Scenario) -> bool:
    """True when a key of a fact or a word of a remedy is in `text` and not in `built_in`."""
    phrases = [fact.keys for fact in scenario.all_facts]
    phrases += [each.words for each in (*scenario.settles_for, *scenario.partly, *scenario.never)]
    return any({*all_held(text, each)} - {*all_held(built_in, each)} for each in phrases)


@cache
def _usual_words() -> frozenset[str]:
    """The stems of the words in which customers who insult nobody say here what is no fact."""
    groups = shipped_bank().groups
    return telling(_EXPRESSIVE) | frozenset(
        stem
        for act, some in groups.items()
        for group in some
        if act is not Act.INSULT and set(group.by) != {"abusive"}
        for text in group.say
        for stem in telling(text)
    )
