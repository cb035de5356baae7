"""Promises whose words are the customer's or an earlier offer's: the agent's turn only says yes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from coolhead.conversation.turn import Turn
from coolhead.perception.promises.clauses import Clause, clauses
from coolhead.perception.promises.wording import deed
from coolhead.perception.when import Kind, find_phrases

_AGREES = re.compile(
    r"""^\W*
      (?:yes|yeah|yep|of\ course|certainly|absolutely|sure|definitely|no\ problem|okay|ok|right|done|deal
        |understood|sorted|perfect|great|lovely)?\W*
      (?:sir|madam|ma['’]?am|then)?\W*
      (?:(?:i|we|they|it|that|he|she)(?:['’]?ll|\s(?:will|can))\s*
           (?:certainly\s|definitely\s|surely\s)?
           (?:do\s(?:that|it|so|both)|make\ssure\s(?:of\s(?:it|that)|it\s(?:is|does))|sort\s(?:that|it)
             |be\s(?:there|done)|have\sit)?
        |will\sdo|consider\sit\sdone|you\shave\smy\sword|you['’]?ve\sgot\sit|you\sgot\sit
        |that['’]?s\s(?:a\spromise|agreed)
        |it\swill\sbe|agreed)
      \W*(?:then|for\syou|sir|madam|ma['’]?am)?\W*$""",
    re.VERBOSE | re.IGNORECASE,
)
_ASKS = re.compile(
    r"""^\W*(?:(?:so|and|but|then|ok|okay|please)\W+)*
      (?:can|could|will|would|are|is)\s(?:you|i|they|someone|somebody|it|he|she|we|the|my)\b\s?
      (?:please\s|at\ least\s|just\s|be\ able\ to\s)*(?P<deed>.*)$""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_OFFERS = re.compile(
    r"""\b(?:would\ you\ like\ (?:me|us)\ to|(?:do\ you\ )?want\ (?:me|us)\ to|shall\ (?:i|we)
      |should\ (?:i|we)|can\ i|i\ (?:can|could)|we\ (?:can|could))\s+(?P<deed>.+)$""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_ACCEPTS = re.compile(
    r"""^\W*(?:yes|yeah|yep|yup|ya|ok|okay|sure|please|go\ ahead|go\ on
      |that\ would\ be\ (?:great|lovely|good|fine)
      |that\ works|do\ that|do\ it|fine|perfect|deal)\b(?!.*\b(?:but|not|no|don['’]?t)\b)""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_TAKES_BACK = re.compile(
    r"\b(?:sorry|unfortunately|afraid|can['’]?t|cannot|not|isn['’]?t|won['’]?t)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Agreed:
    """A promise made by saying yes.

    Attributes:
        place: which clause of the turn says it.
        what: the deed, in the words of the one who named it.
        when: that one's words that say by when.
    """

    place: int
    what: str
    when: str


def find_agreed(turn: Turn, before: Sequence[Turn], each: Sequence[Clause]) -> Agreed | None:
    """The promise that a turn makes by agreeing to what the customer asked, or after they accepted an offer.

    Only where the other turn named a time: "Can you have it here by Friday?", "Yes, we'll do that".
    """
    if not each or not before or not before[-1].by_customer:
        return None
    asked = _asked(before[-1])
    for place, clause in enumerate(each[:3]) if asked else ():
        if not clause.asked and _AGREES.match(turn.text[clause.start : clause.end]):
            return Agreed(place, *asked) if asked else None
    offered = _accepted_offer(before)
    if offered is None or _TAKES_BACK.search(turn.text):
        return None
    own = any(_named(turn.text[clause.start : clause.end]) for clause in each if not clause.asked)
    return None if own else Agreed(0, *offered)


def _asked(customer: Turn) -> tuple[str, str] | None:
    for clause in reversed(clauses(customer.text)):
        words = customer.text[clause.start : clause.end]
        asks = _ASKS.match(words)
        if asks and (named := _named(words)):
            return deed(asks["deed"].replace(named, "")), named
    return None


def _accepted_offer(before: Sequence[Turn]) -> tuple[str, str] | None:
    """What the agent offered in the turn before and the customer has just accepted."""
    if len(before) < 2 or before[-2].by_customer or not _ACCEPTS.match(before[-1].text):
        return None
    for clause in reversed(clauses(before[-2].text)):
        words = before[-2].text[clause.start : clause.end]
        offer = _OFFERS.search(words)
        if clause.asked and offer and (named := _named(words)):
            return deed(offer["deed"].replace(named, "")), named
    return None


def _named(words: str) -> str | None:
    """The last words that name a time."""
    times = [phrase for phrase in find_phrases(words) if phrase.kind is Kind.TIME]
    return words[times[-1].start : times[-1].end] if times else None
