"""What the agent's side did and offered, as verb phrases taken from its own words. Knows only text.

"I've put twenty pound on your meter" was done: "put twenty pound on the customer's meter"; "would you like me
to send a taxi?" was offered: "to send a taxi". Promises are no deeds: perception finds those.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from coolhead.picture.quote import shortened
from coolhead.picture.sentence import sentences

LONGEST = 100
"""Characters of a deed."""

WORK = (
    "added|booked|cancelled|canceled|changed|closed|corrected|credited|filed|fixed|issued|marked|moved"
    "|opened|ordered|raised|rebooked|refunded|registered|removed|reported|reset|restored|reversed|sent"
    "|switched|transferred|updated|waived"
)
"""Verbs that tell of something done even without "have"."""

NOT_DONE = (
    "asked|been|called|checked|confirmed|examined|failed|followed|found|got|had|heard|identified|let"
    "|listened|lived|located|looked|made|missed|needed|noted|noticed|read|realised|realized|received"
    "|reviewed|said|seen|taken|thought|told|tried|understood|verified|wanted|worked"
)
NOT_DOING = (
    "actively|afraid|asking|being|calling|checking|committed|doing|ensuring|escalating|experiencing"
    "|exploring|facing|feeling|getting|going|having|hearing|holding|hoping|investigating|listening|looking"
    "|processing|pulling|reaching|reading|really|reviewing|saying|seeing|sitting|speaking|staying"
    "|standing|taking|talking|telling|thinking|trying|waiting|willing|wondering|working|writing"
)
NOT_OFFERED = (
    "also|appreciate|ask|assist|assure|be|believe|call|can|check|clearly|confirm|count|do|ensure"
    "|explain|explore|feel|find|get|go|guarantee|hardly|have|hear|help|hold|imagine|just|know|look"
    "|never|not|offer|only|please|proceed|promise|pull|read|relate|say|see|speak|start|take|tell|think"
    "|understand|verify"
)
"""First words of what agents say of themselves without telling a deed."""

_STOP = (
    r"(?=[.,](?!\d)|[;:!?…—–]|\s-\s|$|\s(?:so|because|but|cause|cos|if|when|whenever|which|though|unless|while"
    r"|and (?:i|we|you|it|that|then|they|he|she|the|there|your|is|shall|would|will|if)(?:['’]\w+)?)\b)"
)
_ADVERBS = (
    r"(?:(?:just|already|also|now|even|gone ahead and|personally|actually|certainly|definitely|then|only) )*"
)
_REST = r" .{3,120}?)" + _STOP
_HAVE_DONE = re.compile(
    rf"\b(?:i|we)(?:['’]?ve| have) {_ADVERBS}"
    rf"((?:\w{{3,}}ed|put|sent|given|set|written|cut|paid|left|done|brought){_REST}",
    re.IGNORECASE,
)
_DID = re.compile(rf"\b(?:i|we) {_ADVERBS}((?:{WORK}){_REST}", re.IGNORECASE)
_DOING = re.compile(rf"\b(?:i|we)(?:['’]?(?:m|re)| am| are) {_ADVERBS}(\w{{3,}}ing{_REST}", re.IGNORECASE)
_OFFER = re.compile(
    r"\b(?:(?:i|we) (?:can|could|may|(?:['’]?d|would) be (?:able|happy|glad) to|(?:am|are) able to)"
    r"|would you like (?:me|us) to|d(?:o |['’])you want (?:me|us) to|want me to|shall (?:i|we)"
    rf"|(?:may|can|could|should) i) {_ADVERBS}(\w{{2,}}{_REST}",
    re.IGNORECASE,
)
_PERSONS = tuple(
    (re.compile(rf"\b{said}\b", re.IGNORECASE), told)
    for said, told in (
        (r"you(?:['’]re| are)", "the customer is"),
        (r"you(?:['’]ve| have)", "the customer has"),
        (r"you(?:['’]ll| will)", "the customer will"),
        (r"yours", "the customer's"),
        (r"your", "the customer's"),
        (r"you(?:rself)?", "the customer"),
        (r"my", "the agent's"),
        (r"myself", "in person"),
        (r"me", "the agent"),
    )
)


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing done, or offered; `words` is a verb phrase ("to …" when offered)."""

    words: str
    offered: bool


def deeds_in(text: str) -> list[Deed]:
    """What the agent says was done, is being done, or could be done, sentence by sentence."""
    return [deed for sentence in sentences(text) for deed in _deeds(sentence)]


def third_person(words: str) -> str:
    """What the agent said to the customer, as told to a colleague."""
    for said, told in _PERSONS:
        words = said.sub(told, words)
    return shortened(words[:1].lower() + words[1:], LONGEST)


def _deeds(sentence: str) -> list[Deed]:
    done = _found(sentence, (_HAVE_DONE, _DID), NOT_DONE) + _found(sentence, (_DOING,), NOT_DOING)
    offered = _found(sentence, (_OFFER,), NOT_OFFERED)
    return [
        *(Deed(third_person(words), offered=False) for words in done),
        *(Deed(f"to {third_person(words)}", offered=True) for words in offered),
    ]


def _found(sentence: str, patterns: tuple[re.Pattern[str], ...], not_meant: str) -> list[str]:
    matches = [match[1] for pattern in patterns for match in pattern.finditer(sentence)]
    return [words for words in matches if not re.match(rf"(?:{not_meant})\b", words, re.IGNORECASE)]
