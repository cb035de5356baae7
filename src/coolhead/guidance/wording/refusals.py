"""From "I can't" to what can be done."""

from __future__ import annotations

import re

from coolhead.guidance.wording.draft import OFFER, WHEN, Draft, core, either, find, match, opened
from coolhead.guidance.wording.times import TIME

_WHO = r"(?P<who>i|we|they|our (?:team|engineers?|technicians?|drivers?))"
_CANNOT = either(
    r"can'?t",
    r"can ?not",
    r"(?:am|are|'m|'re|is) not able to",
    r"(?:am|are|'m|'re|is) unable to",
    r"aren'?t able to",
    r"won'?t be able to",
    r"will not be able to",
)
_BARRED = r"\b(?:not|isn't|aren't) (?:possible|available|eligible|allowed|permitted)\b"
_OWNERS = r"(?:i|we|you|they|it|the|your|our|this|that|he|she)"
_TURNED = (
    (rf"(?P<act>.+?) (?:before|until|till) (?P<on>{TIME})", "The earliest {who} can {act} is {on}{tail}."),
    (rf"(?P<act>.+?) (?:until|till) (?P<on>{_OWNERS} .+)", "As soon as {on}, {who} can {act}{tail}."),
    (rf"(?P<act>.+?) unless (?P<on>{_OWNERS} .+)", "If {on}, {who} can {act}{tail}."),
    (
        r"(?P<act>.+?) without (?P<on>(?:your|the|a|an|our|this|that|his|her) [\w' -]+)",
        "With {on}, {who} can {act}{tail}.",
    ),
)
_TANGLED = r"\b(?:ever|either|any ?more|even|nor|neither|but|because|so|until|unless|if|thats|that's)\b"
_OFFERS = either(
    r"\b(?:i|we) can\b(?!'?t| ?not)",
    r"\b(?:i|we) (?:could|will|'ll)\b(?! not| be unable)",
    r"\b(?:i|we)'ll\b",
    r"\b(?:let me|would you|instead|alternatively|what i can|if you'd|please|you can|however)\b",
)
LONGEST = 25
"""Words of a sentence that an offer may be added to; longer ones say more than one thing."""


def turn_round(sentence: str, draft: Draft) -> str | None:
    """What can be done, from what the sentence says cannot."""
    if sentence.rstrip().endswith("?"):
        return None
    start, rest = opened(core(sentence))
    for rule in (_not_before, _dont_know, _nothing_to_do, _have_to):
        better = rule(rest)
        if better:
            return start + better
    return _add_an_offer(sentence, rest, draft)


def _not_before(said: str) -> str | None:
    """Says when, on what or with what: from "can't … before, until, unless, without …"."""
    refusal = match(rf"{_WHO} ?{_CANNOT} (?P<act>\w.*?)(?P<tail>[,;] .*)?", said)
    if not refusal or find(r"n't\b|\bnot\b|\bnever\b", refusal.group("act")):
        return None
    who = "I" if refusal.group("who").lower() == "i" else refusal.group("who").lower()
    for pattern, form in _TURNED:
        found = match(pattern, refusal.group("act"))
        act = _positive(found.group("act")) if found else None
        if found and act:
            better = form.format(who=who, act=act, on=found.group("on"), tail=refusal.group("tail") or "")
            return better[:1].upper() + better[1:]
    return None


def _positive(act: str) -> str | None:
    """The verb phrase without the words that only go with "not"; None when that is not safe."""
    act = re.sub(r" (?:yet|at all)\b", "", act, flags=re.IGNORECASE)
    act = re.sub(r"\bany(one|body|thing|where)\b", r"some\1", act, flags=re.IGNORECASE)
    act = re.sub(r"\bany (\w+s)\b", r"\1", act, flags=re.IGNORECASE)
    return None if find(_TANGLED, act) or find(r"\bany\b", act) else act


def _dont_know(said: str) -> str | None:
    words = r"(?: (?:when|where|why|what|who|how|if|whether|which) [^,;]+)?"
    found = match(rf"(?:i|we) (?:don'?t|do not) know(?P<what>{words})", said)
    return f"Let me find out{found.group('what')}; I'll tell you by {WHEN}." if found else None


def _nothing_to_do(said: str) -> str | None:
    about = r"(?: about (?:it|this|that)| for you| here)?"
    nothing = rf"there(?:'?s| is) nothing (?:else |more |further )?(?:that )?(?:i|we) can do{about}"
    return "What I can do is [a step you can take, even a small one]." if match(nothing, said) else None


def _have_to(said: str) -> str | None:
    must = either(
        r"you(?:'ll| will)? (?:have|need) to", r"you must", r"you'?ve got to", r"you(?:'re| are) required to"
    )
    found = match(rf"{must} (?P<act>\w[^,;:]*)", said)
    if not found or len(found.group("act").split()) > 10 or find(_TANGLED, found.group("act")):
        return None
    if find(
        r"^(?:wait|understand|be|know|reali[sz]e|accept|appreciate|listen|calm|stop|have|relax|get|do)\b",
        found["act"],
    ):
        return None
    return f"Please {found.group('act')}, and I'll [what you do then]."


def _add_an_offer(sentence: str, said: str, draft: Draft) -> str | None:
    """Leaves the no as it is and adds the can, where the whole draft offers nothing."""
    refuses = find(rf"^(?:[\w'’-]+ ?){{0,5}}?{_CANNOT} ", said) or find(_BARRED, said)
    if not refuses or find(_OFFERS, draft.text) or find(r"^(?:if|when|because|and|or|he|she)\b", said):
        return None
    if match(r"(?:that|this|it)(?:'?s| is) not possible", said):
        return f"What I can do instead is {OFFER}."
    if len(sentence.split()) > LONGEST:
        return None
    return f"{core(sentence)}. What I can do is {OFFER}."
