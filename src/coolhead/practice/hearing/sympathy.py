"""What an agent says to a feeling: which one it names, and how it says sorry."""

from __future__ import annotations

import re

from coolhead.codebook import Misstep, Technique
from coolhead.perception.reading import Reading
from coolhead.practice.hearing.clause import is_question
from coolhead.practice.hearing.phrase import all_near, holds, place
from coolhead.practice.scenario import Scenario
from coolhead.practice.seen import Deed

STOCK = re.compile(
    r"(any|the|this|your|for) inconvenience|valued customer|you feel that way|sorry if\b|sorry,? but\b"
    r"|sorry for the delay in|thank you for your (patience|understanding)$",
    re.IGNORECASE,
)
_SORRY = re.compile(r"\bsorry\b|\bapolog", re.IGNORECASE)
_ASKS_WHETHER_SORRY = re.compile(
    r"^\W*(?:and |so |but )?(?:has|have|did|was|were|would) (?:any|some|no|the|they|we|he|she|it|there|an)"
    r".*(?:\bsorry\b|\bapolog)",
    re.IGNORECASE,
)
"""Asks about an apology of somebody's, and makes none ("Has anyone apologised to you?")."""

_NAMES = re.compile(
    r"\b(must|sounds?|seems?|looks?|feel\w*|felt|imagine|understand\w*|hear|see|tell|no wonder|anyone"
    r"|anybody|who wouldn't|would be|i'd be|that's|that is|that was|it's|it is|was|were|how|leaves?|left"
    r"|makes?|made|after|so|very|completely|rightly|you're|you are|you were|your (?:anger|worry|fear"
    r"|frustration|disappointment)|right to be|every (?:right|reason))\b",
    re.IGNORECASE,
)
_AFTERTHOUGHT = 3
_OWN = re.compile(
    r"\b(?:i'm|i am|we're|we are)(?: very| so| really)? (?:afraid|worried|glad|sorry|confused)\b",
    re.IGNORECASE,
)
_YOU = re.compile(r"\b(?:you|your)\b", re.IGNORECASE)
_NOT = re.compile(r"(?:n't|\bnot|\bno need to|\bnever)(?: \w+){0,3}$", re.IGNORECASE)
"""What stands before a feeling that they are told not to have."""


def feeling(said: list[str], reading: Reading, scenario: Scenario) -> tuple[str, Deed | None]:
    """The feeling that is named, and whether it is theirs."""
    perceived = any(sign.term is Technique.EMPATHY for sign in reading.techniques)
    naming = [_OWN.sub(" ", each) for each in _with_afterthoughts(said) if _names(each, perceived=perceived)]
    right = next((found for each in naming if (found := _named(each, scenario.feeling.right))), "")
    if right:
        return right, Deed.FEELING_RIGHT
    theirs = [each for each in naming if _YOU.search(each)]
    wrong = next((found for each in theirs if (found := _named(each, scenario.feeling.wrong))), "")
    if wrong:
        return wrong, Deed.FEELING_WRONG
    return "", Deed.EMPATHY if perceived else None


def _with_afterthoughts(said: list[str]) -> list[str]:
    """The sentences, a word or two that follow one joined to it ("You must feel awful. Ashamed, even.")."""
    joined: list[str] = []
    for each in said:
        if joined and len(each.split()) <= _AFTERTHOUGHT:
            joined[-1] = f"{joined[-1]} {each}"
        else:
            joined.append(each)
    return joined


def _named(sentence: str, feelings: tuple[str, ...]) -> str:
    """The first of `feelings` that a sentence names and does not deny."""
    at = place(sentence, feelings)
    if at is None:
        return next(iter(all_near(sentence, feelings)), "")
    return "" if _NOT.search(sentence[: at[0]].rstrip()) else sentence[at[0] : at[1]]


def _names(sentence: str, *, perceived: bool) -> bool:
    """True when a sentence could name a feeling of theirs."""
    if STOCK.search(sentence):
        return False
    return (perceived and not is_question(sentence)) or _NAMES.search(sentence) is not None


def apology(said: list[str], reading: Reading, scenario: Scenario) -> Deed | None:
    """How it says sorry, if it does: for the thing itself, barely, or by a stock phrase."""
    sorry = [each for each in said if _SORRY.search(each) and not _ASKS_WHETHER_SORRY.search(each)]
    perceived = any(sign.term is Technique.APOLOGY for sign in reading.techniques)
    perceived = perceived and not any(_ASKS_WHETHER_SORRY.search(each) for each in said)
    scripted = any(sign.term is Misstep.SCRIPTED for sign in reading.missteps)
    if not sorry and not perceived:
        return Deed.SCRIPTED if scripted else None
    words = " ".join(sorry or said)
    keys = (*scenario.grievance.keys, *(key for fact in scenario.all_facts for key in fact.keys))
    specific = holds(words, keys)
    if STOCK.search(words) or (scripted and not specific):
        return Deed.APOLOGY_SCRIPTED
    return Deed.APOLOGY_SINCERE if specific else Deed.APOLOGY_PLAIN
