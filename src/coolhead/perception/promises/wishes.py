"""What the customer asked for or accepted, with its time; the agent's "yes" makes a promise of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from coolhead.conversation.turn import Turn
from coolhead.perception.promises.clauses import clauses
from coolhead.perception.promises.verbs import ACTS
from coolhead.perception.promises.wording import deed, deed_asked
from coolhead.perception.when import Kind, find_phrases
from coolhead.perception.when.lengths import span
from coolhead.perception.when.words import tokenize

_LEADS = r"^\W*(?:(?:so|and|but|then|ok|okay|please|well|right|fine|yes|yeah|hi|hello|look|just|also)\b\W*)*"
_ASKS = re.compile(
    rf"""{_LEADS}(?:do\ you\ think\ (?:you\ )?|and\ )?(?P<aux>can|could|will|would|are|is)\s
      (?P<who>you(?:\ (?:guys|lot|people))?|i|they|someone|somebody|anyone|anybody|it|that|this
        |he|she|we|there
        |(?:the|a|an|my|our|your)\ (?:[\w'’]+\ ){{0,3}}?[\w'’]+(?=\s(?:be|{ACTS}|\w+ing|arrive|land)\b))\b\s?
      (?:please\s|at\ least\s|just\s|be\ able\ to\s|going\ to\s|maybe\s|possibly\s|definitely\s)*
      (?P<deed>.*)$""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_NEEDS = re.compile(
    rf"{_LEADS}(?:i|we)(?:['’]d|\swould|\sreally|\sjust|\sdo)*\s"
    r"(?:need|want|expect|like|prefer|appreciate|was\shoping\sfor|must\shave|have\sto\shave)\s(?P<deed>.+)$",
    re.IGNORECASE | re.DOTALL,
)
_MUST = re.compile(
    rf"{_LEADS}(?P<who>it|that|this|he|she|they|somebody|someone)\s(?:has|needs|have|need|had\sbetter|must|better)\s(?:to\s)?(?P<deed>.+)$",
    re.IGNORECASE | re.DOTALL,
)
_ORDERS = re.compile(rf"{_LEADS}(?P<deed>(?:{ACTS}|have|make sure)\b.+)$", re.IGNORECASE | re.DOTALL)
_SUGGESTS = re.compile(
    rf"{_LEADS}(?:what\sabout|how\sabout|(?:is\sthere\s)?any\s(?:chance|way)(?:\s(?:of|you|that))*(?:\s(?:can|could))?"
    r"|(?:can\swe\s|shall\swe\s)?say|let['’]?s\s(?:say|do))\b(?P<deed>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_OWN_DOING = re.compile(
    rf"{_LEADS}(?:i|we)(?:['’]?ll|\s(?:will|can|could|may|shall|am|'m|are)\b)|{_LEADS}(?:can|could)\s(?:it|this|that)\swait\b|{_LEADS}(?:shall|should|may)\s(?:i|we)\b"
    rf"|{_LEADS}(?:can|could)\s(?:i|we)\s(?!have\b|get\b|expect\b|see\b|speak\b|talk\b|be\b|say\b)"
    rf"|{_LEADS}are\s(?:you|they)\s(?:open|closed|there|in|on|here)\b",
    re.IGNORECASE,
)
_TOLD = re.compile(
    r"\b(?:said|told|promised|was|were|came|went|bought|paid|rang|ordered|sent|got|had|been|since|ago|yesterday"
    r"|last|didn['’]?t|never|why|when\swill|open|closed)\b|^\W*if\b",
    re.IGNORECASE,
)
_TELLS = re.compile(
    r"\b(?:do|does|did|is|are|was|were|have|has|had|can|could|will|would|should|may|i|we|you|they)\b",
    re.IGNORECASE,
)
"""Makes a question with a time in it more than a time asked for ("Tomorrow, then?")."""

_OFFERS = re.compile(
    r"""\b(?:would\ you\ like\ (?:me|us)\ to|(?:do\ you\ )?want\ (?:me|us)\ to|shall\ (?:i|we)
      |should\ (?:i|we)
      |(?<!how\ )(?<!what\ )(?:can\ i|i\ (?:can|could)|we\ (?:can|could))
      |(?:good|best|right)\ time\ (?:for\ (?:me|us)\ )?to)\s+
      (?!ask|help|assist|check|know|say|see|just|only|understand|tell|assure|confirm|offer|suggest|promise|imagine
        |appreciate|take\ (?:your|some|the|a|down)|get\ your|have\ your)
      (?P<deed>.+)$""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_SUITS = re.compile(
    r"\b(?:would|will|does)\s(?P<thing>an?\s.+?)\s(?:suit|work|do|be\s(?:all\sright|alright|ok|okay|good))\b",
    re.IGNORECASE,
)
_ACCEPTS = re.compile(
    r"""^\W*(?:oh\W+)?(?:yes|yeah|yep|yup|ya|aye|ok|okay|sure|please|go\ ahead|go\ on|go\ for\ it
      |alright|all\ right
      |(?:that|it)(?:['’]d|\ would)\ be\ (?:great|lovely|good|fine|perfect)
      |\w+['’]s\ (?:great|fine|good|perfect)
      |sounds\ (?:good|great|fine)|that\ works|do\ that|do\ it|fine|perfect|deal|great|lovely
      |i['’]?d\ like\ that)\b
      (?!.*\b(?:but|not|no|don['’]?t|wait)\b)""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_CHOICE = re.compile(r"\bor\b|\bwhen\b|\bwhat (?:time|day)\b|\bwhich\b|\bsuits?\b", re.IGNORECASE)
_OF_AN_EVENT = re.compile(r"\b(?:when|once|if|as soon as|unless)\b[^,]*$", re.IGNORECASE)
_LONGEST_CHOICE = 7
_LONGEST_BARE = 3
"""Words beside the time in a question that does no more than name one ("Tomorrow at two, then?")."""

_NAMELESS = "make it"
"""The deed where only a time was named ("How about Thursday at two?")."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What the customer would have the company do, and by when.

    Attributes:
        what: the deed as a verb phrase.
        when: the words that say by when.
        asked: true for a question, to which a bare "yes" is an answer.
        offered: true when the agent's side had offered it and the customer has accepted.
    """

    what: str
    when: str
    asked: bool
    offered: bool = False


def find_wish(before: Sequence[Turn]) -> Wish | None:
    """What the customer's last turn asks for or accepts, where a time is named for it."""
    if not before or not before[-1].by_customer:
        return None
    return _accepted(before) or _chosen(before) or _asked(before[-1])


def _asked(customer: Turn) -> Wish | None:
    for clause in reversed(clauses(customer.text)):
        words = customer.text[clause.start : clause.end]
        named = _named(words)
        if not named or _OWN_DOING.match(words) or _TOLD.search(words):
            continue
        if wish := _wished(words, named, asked=clause.asked):
            return wish
    return None


def _wished(words: str, named: str, *, asked: bool) -> Wish | None:
    rest = words.replace(named, "")
    if match := _ASKS.match(rest):
        return Wish(_requested(match["aux"], match["who"], match["deed"]), named, asked=True)
    if match := _SUGGESTS.match(rest):
        return Wish(deed_asked(match["deed"]) or _NAMELESS, named, asked=True)
    if match := _NEEDS.match(rest):
        return Wish(_needed(match["deed"]), named, asked=asked)
    if match := _MUST.match(rest):
        return Wish(_requested("will", match["who"], match["deed"]), named, asked=asked)
    if match := re.match(
        rf"{_LEADS}(?:tell|promise|assure)\sme\s(?:that\s)?(?P<deed>.+)$", rest, re.IGNORECASE
    ):
        return Wish(deed_asked(match["deed"]), named, asked=True)
    if match := _ORDERS.match(rest):
        return Wish(deed_asked(match["deed"]), named, asked=True)
    if match := re.match(rf"{_LEADS}you(?:['’]?ll|\swill)\s(?P<deed>.+)$", rest, re.IGNORECASE):
        return Wish(deed_asked(match["deed"]), named, asked=True)
    bare = asked and not _TELLS.search(rest) and len(rest.split()) <= _LONGEST_BARE
    return Wish(_NAMELESS, named, asked=True) if bare else None


def _requested(aux: str, who: str, rest: str) -> str:
    """The deed of "can you …", "will it …", "is somebody …"."""
    if who.lower().startswith("you"):
        return deed_asked(rest) or _NAMELESS
    if who.lower() in ("i", "we"):
        gets = re.sub(r"^(?:have|get|expect|see)\b", "get the customer", rest, flags=re.IGNORECASE)
        return deed_asked(gets)
    link = aux if aux.lower() in ("is", "are") else "will"
    return deed_asked(f"{who} {link} {rest}") or _NAMELESS


def _needed(wanted: str) -> str:
    """The deed of "I need …"."""
    if match := re.match(r"(?:you\sto|to\shear|to\sget)\s(?P<deed>.+)$", wanted, re.IGNORECASE):
        return deed_asked(match["deed"] if wanted.lower().startswith("you") else "call the customer")
    if match := re.match(r"(?P<who>.+?)\sto\s(?P<deed>.+)$", wanted, re.IGNORECASE):
        return deed_asked(f"{match['who']} will {match['deed']}")
    if match := re.match(
        r"an?\s(?:call|ring|callback)\b(?:\sback)?(?:\sfrom\s(?P<who>.+))?", wanted, re.IGNORECASE
    ):
        return deed_asked(f"have {match['who']} call me" if match["who"] else "call me")
    placed = re.match(
        r"(?:it|them|this|that)\b|.*\b(?:here|there|fixed|done|sorted|back)\b", wanted, re.IGNORECASE
    )
    return deed_asked(f"get {wanted}" if placed else f"get me {wanted}")


def _accepted(before: Sequence[Turn]) -> Wish | None:
    """What the agent offered in the turn before and the customer has just accepted."""
    if len(before) < 2 or before[-2].by_customer or not _ACCEPTS.match(before[-1].text):
        return None
    for clause in reversed(clauses(before[-2].text)):
        words = before[-2].text[clause.start : clause.end]
        offer, named = _OFFERS.search(words), _named(words)
        if named and _SUGGESTS.match(words):
            return Wish(_NAMELESS, named, asked=True, offered=True)
        if named and (suits := _SUITS.search(words)):
            return Wish(deed(f"arrange {suits['thing'].replace(named, '')}"), named, asked=True, offered=True)
        if offer and named:
            return Wish(deed(offer["deed"].replace(named, "")), named, asked=True, offered=True)
    return None


def _chosen(before: Sequence[Turn]) -> Wish | None:
    """The time that the customer has chosen when the agent asked for one ("Thursday or Friday?")."""
    if len(before) < 2 or before[-2].by_customer or len(before[-1].text.split()) > _LONGEST_CHOICE:
        return None
    named = _named(before[-1].text)
    if (
        not named
        or _TOLD.search(before[-1].text)
        or re.search(r"\b(?:not|no|i|i['’]ll)\b", before[-1].text, re.IGNORECASE)
    ):
        return None
    for clause in reversed(clauses(before[-2].text)):
        words = before[-2].text[clause.start : clause.end]
        offer = _OFFERS.search(words)
        if offer and (_CHOICE.search(before[-2].text) or clause.asked):
            times = [words[one.start : one.end] for one in find_phrases(words) if one.kind is Kind.TIME]
            act = deed("" if times else offer["deed"])
            return Wish(act or _NAMELESS, named, asked=True, offered=True)
    return None


def _named(words: str) -> str | None:
    """The last words that name a time; a mere length ("4 hours?!") names none."""
    times = [
        phrase
        for phrase in find_phrases(words)
        if phrase.kind is Kind.TIME
        and not _OF_AN_EVENT.search(words[: phrase.start])
        and span(tokenize(words[phrase.start : phrase.end]), 0) is None
    ]
    if not times:
        return None
    named = words[times[-1].start : times[-1].end]
    suggested = re.search(r"\b(?:what|how) $", words[: times[-1].start], re.IGNORECASE)
    return named.removeprefix("about ") if suggested else named
