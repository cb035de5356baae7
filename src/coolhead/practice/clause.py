"""What a clause of an agent's does: asks, proposes, restates, refuses or tells; knows no scenario."""

from __future__ import annotations

import re
from dataclasses import dataclass

from coolhead.codebook import Term
from coolhead.practice.sentence import clauses, sentences


class Role(Term):
    """What a clause does."""

    ASKS = "asks", "asks for something that the customer knows"
    PROPOSES = "proposes", "puts something to them as a question"
    RESTATES = "restates", "says back what they told, or what was said and done before"
    RECOUNTS = "recounts", "tells what was, which may be theirs or news"
    REFUSES = "refuses", "says what will not be done"
    RELIEVES = "relieves", "says what they need not do, or what will not happen to them"
    TELLS = "tells", "anything else: what is, is being done, or will be"


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a sentence.

    Attributes:
        asks: it is put as a question, whatever else it does.
        marked: its sentence says of itself that it says something back ("So you …", "Let me check …").
    """

    text: str
    role: Role
    marked: bool = False
    asks: bool = False


_WH = r"(?:what|when|where|who|whom|whose|which|why|how)"
_FILLER = (
    r"^\W*(?:(?:hi|hiya|hey|hello|hullo|good (?:morning|afternoon|evening|day)|ok|okay|well|right|alright"
    r"|all right|oh|and|so|now|then|thanks|thank you|great|sure|yes|no|sorry|please|(?:mr|mrs|ms|miss"
    r"|dr)\.? \w+|just|first|lastly|finally|also|(?-i:[A-Z]\w+)(?=,))\b\W*)*"
)
_AUXILIARY = (
    r"(?:do|does|did|is|are|was|were|am|have|has|had|can|could|would|will|shall|should|may|don't|didn't"
    r"|isn't|aren't|wasn't|haven't|hasn't|can't|couldn't|wouldn't|won't)"
)
_PERSON = (
    r"(?:you|it|there|that|this|the|your|my|our|any\w*|some\w*|every\w*|we|i|they|he|she|a|an|all|those"
    r"|these)"
)
_UNMARKED = re.compile(
    rf"(?:{_FILLER}|, (?={_WH}))(?:{_AUXILIARY} {_PERSON}\b|{_WH}(?:'s"
    rf"|'re)?(?: \w+){{0,3}}? {_AUXILIARY} (?:{_PERSON}\b|(?-i:[A-Z]))|{_WH}'s (?:{_PERSON}\b|up\b|going\b"
    rf"|wrong\b|happen)|{_WH} (?:\w+ )?happened\b|which \w+\W*$|by when\b)",
    re.IGNORECASE,
)
_BEGINS = re.compile(rf"^\W*{_WH}\b", re.IGNORECASE)
_COMMAND = re.compile(
    rf"{_FILLER}(?:(?:could|can|would|will) you )?(?:please )?(?:just )?(?:tell|give (?:me|us)|confirm"
    rf"|describe|remind|name"
    r"|spell|walk me|talk me|take me|fill me in|read (?:me|it|out)|let me (?:know|have))\b|\bi(?:'ll| will"
    r"|'d| would|'m| am|'ve)?(?: just| also| only)* (?:need|like|love|have|going|want|got)"
    rf"(?: to)? (?:know|ask|hear|your|confirm|check|understand)\b|\bi (?:was|am|'m) wondering\b"
    rf"|\bwondering {_WH}|\b(?:may|can|could) i (?:just |please )?(?:ask|check|have|take|get|know)\b.*",
    re.IGNORECASE,
)
_LEADS_TO_FACT = re.compile(
    rf"\b(?!how about|what about|what if|why don't|why not){_WH}\b|\b(?:can|could|may) (?:i|we) (?:just "
    rf"|please |also )*(?:have|take|get|grab|ask (?:you )?for|check"
    r"|confirm) (?:your|the|a|an)\b|\b(?:can|could|would|will) you (?:please |just |maybe |also )*(?:tell"
    r"|give|confirm|describe|remind|name|spell|read|walk|talk|take me|explain|share|drop|show|provide"
    r"|let me (?:know|have)|send me (?:your|the)|look up|happen to)\b|\b(?:would|will|could|can) you (?:know"
    r"|have|be (?:in|home|at home|there|free|available|around))\b",
    re.IGNORECASE,
)
_PROPOSES = re.compile(
    rf"{_FILLER}(?:would|could|can|shall|should|may|will (?:it|that|this|the)|wouldn't|couldn't|can't"
    rf"|do you (?:want|mind|fancy"
    r"|agree|need me)|want (?:me|us)|how about|what about|what if|why (?:don't|not)|which (?:one |of \w+ "
    r"|option |way )*(?:would|do|suits|works|sounds|is better)|what would you (?:prefer|rather|say)"
    r"|ok(?:ay)? (?:if|for|to)|is it (?:ok|all right|alright|fine)|are you (?:happy|ok|okay|all right|fine"
    r"|comfortable) (?:with|for|to|if))\b"
    r"|(?<!you )(?<!everyone )(?<!everybody )(?<!they )(?<!he )(?<!she )(?<!still )\b(?:ok|okay|fine"
    r"|an option|any (?:use|good|help)|acceptable|all right|alright|suit you|work for you|happy with"
    r"|something for you|enough|agreeable|help)(?: for you| with you| to you| by you| then| at all)?\?*$",
    re.IGNORECASE,
)
_PAST_VERB = (
    r"(?:were|was|had|did|got|said|told|came|went|took|gave|made|paid|bought|sent|wrote|rang|spoke|saw|kept"
    r"|left|lost|found|sat|stood|felt|heard|thought|knew|began|broke|ran|drove|flew|spent|met|held|brought"
    r"|chose|swapped|put up|carried|(?!need|proceed|exceed|indeed|speed|feed)\w{2,}ed)"
)
_BETWEEN = r"(?: (?:both|all|each|then|just|only|already|never|also|even|first|actually|clearly|simply))*"
_THEIRS = re.compile(
    rf"(?<!if )(?<!would )(?<!could )(?<!can )(?<!when )\byou(?:'ve|'d| have| had)?{_BETWEEN}(?: been"
    rf"| had)? (?:{_PAST_VERB}|been|gone|seen|done|given|taken|written|spoken|told|sat|stood|waiting)\b"
    r"|\byou(?:'d| would) (?:like|rather|prefer)\b(?!\?)|\byou(?:'re| are) (?:asking|asked|told|saying"
    r"|telling|waiting|charged|being|still|without|left|worried that|owed)\b"
    r"|(?<!if )(?<!what )(?<!whatever )(?<!do )\byou (?:want|hope|expect|wish)\b"
    rf"|\b(?:they|he|she|somebody|someone|nobody|no one|none of us|my colleagues?|the \w+|a \w+|one of (?:us"
    rf"|our \w+)){_BETWEEN} (?:had |has |have )?(?:said|told|promised|offered|asked|sent|gave"
    rf"|refused) (?:to )?you\b"
    r"|\b(?:i|we) (?:then |also |only |first )?(?:offered|promised|told|asked|charged|billed|cancelled"
    r"|refused) you\b",
    re.IGNORECASE,
)
_WAS = re.compile(
    rf"\b(?:was|were|had|did|didn't|wasn't|weren't)\b|^\W*(?:the|a|an|my|our|your|his|her) (?:(?!is\b|are\b"
    rf"|was\b|be\b)\w+ ){{1,2}}{_PAST_VERB}\b",
    re.IGNORECASE,
)
_TAG = re.compile(
    r",\W*(?:right|correct|yes|yeah|is that (?:right|correct|so|it|fair)|isn't it|isn't that right"
    r"|didn't (?:you|they|it)|wasn't it|haven't you|am i right|have i got that right|did i (?:get"
    r"|follow) (?:that|it)(?: right)?)\W*\?*$",
    re.IGNORECASE,
)
_PERFECT = re.compile(
    r"\b(?:i|we)(?:'ve| have)\b|\b(?:has|have|'s) (?:now |just |already )*been\b", re.IGNORECASE
)
_FUTURE = (
    r"(?:'ll| will| can| could| shall| would| should| might| may|'m going|'re going"
    rf"|'d (?!been\b|like\b|{_PAST_VERB}\b)"
    r"| am going| are going)"
)
_MARKED = re.compile(
    rf"{_FILLER}(?:if i(?:'ve| have)? (?:understand|understood|got|get|hear|heard|follow|read)"
    rf"|let me (?:just )?(?:see if"
    r"|check(?: that| if| whether)? i|make sure|play|say (?:it|that) back|repeat|sum|recap|go over|get this)"
    r"|(?:as |like )?you(?:'ve)? (?:said|told (?:me|us)|mentioned|wrote|explained|described)|what i(?:'m"
    r"| am)? (?:hear|understand|gather)|i(?:'m| am) hearing|(?:what )?you(?:'re| are) (?:telling|saying)"
    r"|in other words|to (?:sum|recap|be sure|make sure|check)|just to (?:check|confirm|be sure|make sure"
    r"|recap|sum)|as i understand|am i right|do i have|have i got|i (?:understand|see|hear|gather|take it"
    r"|read|can see)(?: from \w+ \w+)? (?:that|you|your|it)|i(?:'ve| have) (?:got|noted|written)|correct me"
    r"|you mean|meaning|from what you|the way i understand|my understanding)\b",
    re.IGNORECASE,
)
_SO = re.compile(
    rf"^\W*(?:(?:ok|okay|right|alright|all right|well|and|oh|i see|got it|thanks"
    rf"|thank you)\W+)*so\b\W*(?!that\b)(?!(?:\w+ ){{0,2}}\w+{_FUTURE})(?!(?:shall|should|can|could|would"
    rf"|will|may|how|what|when|where|who|which|why|let|i|sorry)\b)",
    re.IGNORECASE,
)
_HARMLESS = re.compile(
    r"\b(?:don't (?:worry|hesitate|mind|you worry)|no (?:problem|worries|later than|doubt)|not (?:a problem"
    r"|only|to mention)|(?:at |for )?no (?:extra |additional |further )?(?:cost|charge|fee)s?|without (?:any"
    r"|a|the|your|further) (?:\w+ )?\w+|why (?:don't|not)|whether or not|if not|can't (?:apologi[sz]e|thank"
    r"|imagine)|can(?:'t|not) wait|(?:couldn't|wouldn't|won't|can't|isn't|aren't|wasn't|weren't|don't|didn't"
    r"|hasn't|haven't|doesn't) (?:i|we|you|it|he|she|they|that|this|your|our|there)|no wonder"
    r"|not (?:surprised|surprising)|no matter)\b",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"\b(?:not|no|never|nothing|nobody|none|cannot|unable|impossible|without|unfortunately we only|n't)\b"
    r"|n't\b|\b(?:refuse|declin(?:e|ing)|out of the question|afraid (?:that )?(?:we|i) only)\b",
    re.IGNORECASE,
)
_RELIEF = re.compile(
    r"\byou(?:r \w+)?(?: really| certainly)? (?:don't|do not|won't|will not|needn't|need not|never"
    r"|wouldn't)\b|\b(?:no need|nothing to pay|you owe (?:us )?nothing|without (?:you|your|any|a)\b"
    r"|no (?:charge|cost|fee|debit|deduction))|\bnothing (?:will|is|gets)\b|\bno \w+ (?:will"
    r"|is going to) (?:be )?|\b(?:i|we)(?:'re| are)? (?:won't|will not|not|don't|never)(?: \w+)? (?:charg"
    r"|tak|deduct|bill|debit|collect|ask you|send you away)\w*|\bit (?:won't|will not|doesn't) cost\b"
    r"|\bnobody (?:will|is going to)\b",
    re.IGNORECASE,
)
_CANNOT = re.compile(
    r"\b(?:can't|cannot|can not|unable|impossible|not (?:possible|allowed|able|permitted)|no way)\b",
    re.IGNORECASE,
)


def is_question(sentence: str) -> bool:
    """True when a sentence asks for something, with or without its mark."""
    asks = sentence.rstrip("\"'”’)! ").endswith("?") or _UNMARKED.search(sentence) is not None
    return asks or _COMMAND.search(sentence) is not None


def is_proposal(sentence: str) -> bool:
    """True when a question puts something to them rather than asking what they know."""
    return _PROPOSES.search(sentence) is not None and _LEADS_TO_FACT.search(sentence) is None


def clauses_of(text: str) -> tuple[Clause, ...]:
    """Every clause of a turn, in order."""
    return tuple(each for sentence in sentences(text) for each in _clauses(sentence))


def _clauses(sentence: str) -> list[Clause]:
    marked = any(each.search(sentence) for each in (_MARKED, _SO, _TAG))
    asks = is_question(sentence)
    parts = clauses(sentence)
    asking = [asks and any(form.search(each) for form in (_UNMARKED, _COMMAND, _BEGINS)) for each in parts]
    asking = asking if any(asking) else [asks] * len(parts)
    return [
        Clause(part, _role(part, marked=marked, asks=asked), marked, asked)
        for part, asked in zip(parts, asking, strict=True)
    ]


def _role(part: str, *, marked: bool, asks: bool) -> Role:
    future = re.search(
        rf"^\W*(?:and |then )*(?:i|we|you|he|she|it|they|that|\w+ \w+)(?:{_FUTURE}"
        r"| won't| can't| cannot| (?:do not|don't|needn't|don't even) (?:have|need) to)\b",
        part,
        re.IGNORECASE,
    )
    if asks and not marked and not _declares(part):
        return Role.PROPOSES if is_proposal(part) else Role.ASKS
    if not future and (marked or _THEIRS.search(part)):
        return Role.RESTATES
    plain = _HARMLESS.sub(" ", part)
    if _NOT.search(plain):
        return Role.RELIEVES if _RELIEF.search(plain) and not _CANNOT.search(plain) else Role.REFUSES
    if _WAS.search(part) and not _PERFECT.search(part) and not future:
        return Role.RECOUNTS
    return Role.TELLS


def _declares(part: str) -> bool:
    """True for a question in the order of a statement ("you ordered a blue one?")."""
    asked = _UNMARKED.search(part) or _COMMAND.search(part) or re.search(rf"\b{_WH}\b", part, re.IGNORECASE)
    return not asked and (_THEIRS.search(part) or _WAS.search(part)) is not None
