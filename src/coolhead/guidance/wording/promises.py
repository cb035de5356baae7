"""From a promise with no date, or too much of one, to a promise that can be kept."""

from __future__ import annotations

import re

from coolhead.guidance.wording.draft import WHEN, Draft, capital, core, either, find, match
from coolhead.guidance.wording.times import DAY

_SOON = either(
    r"(?:very )?(?:soon|shortly|asap|as soon as possible)",
    r"as (?:soon|quickly) as (?:i|we) can",
    r"as quickly as possible",
    r"in due course",
    r"at some point",
    r"when (?:i|we) can",
    r"in the near future",
    r"at the earliest",
    r"(?:some ?time )?in the coming days",
)
_PROMISER = (
    r"(?:i|we|they|you|someone|somebody|a colleague|a member of (?:the|our) team|(?:the|our) [\w ]{2,30}?)"
)
_WILL = r"(?:'ll| will| (?:are|am|is) going to|'(?:m|re|s) going to)(?: also| then| personally)?"
_DATABLE = either(
    r"(?:get|come|be) (?:back|in touch)",
    r"be reaching out|reach out|reply|respond|follow up",
    r"(?:call|ring|contact|email|update|inform|notify|refund) you",
    r"let (?:you|them) know",
    r"(?:send|provide) (?:you )?(?:a|an|the|your)",
    r"(?:receive|get|hear|have)",
    r"(?:look into|check|review|investigate|process|arrange|schedule|ship|deliver|sort|fix|raise|write|book)",
)
_CONDITION = r"\b(?:if|when|once|unless|because|but|which|so|until|although|while|after|before|as well|too)\b"
_DATED = rf"\b(?:by|within|today|tonight|now|immediately|{DAY}|tomorrow|\d+ (?:minutes|hours|days|weeks))\b"
LONGEST = 16
"""Words of a promise that a date may be put behind; in longer ones it would belong to something else."""

_THING = r"(?P<what>(?:it|this|that|they|you|(?:the|your) [\w ]{2,30}?))"
_SWEAR = r"(?:and )?(?:i|we) (?:can )?(?:guarantee|promise|assure)(?: you)?(?: that)?,?"
_SWORN = rf"{_SWEAR} {_THING}(?:'ll| will) (?P<act>.+)"
_SURE = rf"{_THING}(?:'ll| will) (?:definitely|certainly|absolutely|surely) (?P<act>.+)"
_STRONG = r" ?\b(?:definitely|certainly|absolutely|surely|without fail|for sure)\b"


def put_a_date_on_it(sentence: str, draft: Draft) -> str | None:  # noqa: ARG001 a rule's signature
    """The same promise with a blank for its date."""
    said = core(sentence)
    promises = find(rf"^(?:ok(?:ay)?,? |so |sure,? |alright,? )?{_PROMISER}{_WILL} {_DATABLE}\b", said)
    if not promises or find(_DATED, said) or sentence.rstrip().endswith("?"):
        return None
    soon = find(rf",? \b{_SOON}$", said)
    if soon:
        return f"{capital(said[: soon.start()])} by {WHEN}."
    if find(r" as soon as (?:i|we) (?:hear|know|have|get) [^,]+$", said):
        return f"{capital(said)}, and by {WHEN} either way."
    if find(rf"[,;:]|{_CONDITION}|\b{_SOON}\b", said) or len(said.split()) > LONGEST:
        return None
    return f"{capital(said)} by {WHEN}."


def promise_less(sentence: str, draft: Draft) -> str | None:  # noqa: ARG001 a rule's signature
    """What should happen, and what the agent will do about it, instead of a guarantee."""
    said = core(sentence)
    if match(r"(?:it|this|that) (?:will never|won'?t)(?: ever)? happen again", said):
        return "I'll [what you will change], so that it is less likely to happen again."
    found = match(_SWORN, said) or match(_SURE, said)
    if not found or len(said.split()) > LONGEST:
        return None
    if find(r"[,;]|\b(?:guarantee\w*|promise|never|but|and|not)\b", found.group("act")):
        return None
    act = re.sub(_STRONG, "", found.group("act"), flags=re.IGNORECASE).strip()
    should = f"{capital(found.group('what'))} should {act}."
    return f"{should} I'll check on [day], and tell you if anything has changed."
