"""Verbs of service and their forms; knows no sentence."""

from __future__ import annotations

import re

from coolhead.perception.when.words import vocabulary

ACTS = (
    "add|apply|arrange|ask|assign|bring|book|call|cancel|carry|change|chase|check|clear|close|collect|come"
    "|complete|confirm|contact|cover|credit|deal|deliver|dispatch|do|drop|email|e-mail|escalate|extend|fetch"
    "|fit|fix|flag|follow|forward|freeze|get|give|go|hand|hold|install|investigate|issue|keep|knock|leave"
    "|let|look|mail|make|mark|meet|message|mend|monitor|move|notify|open|order|pass|pay|phone|pick|post"
    "|process|push|put|raise|reach|record|refund|release|remind|remove|repair|replace|reply|report|resend"
    "|reserve|return|reverse|review|ring|schedule|see|send|set|ship|sort|speak|start|stay|stop|swap|switch"
    "|take|talk|tell|text|transfer|unlock|update|upgrade|visit|waive|write"
)
"""What a company's people do for a customer, in base form, as alternatives of a pattern."""

_ACTS = frozenset(ACTS.split("|"))
_IRREGULAR = {
    "been": "be", "begun": "begin", "bought": "buy", "brought": "bring", "built": "build",
    "caught": "catch", "chosen": "choose", "cut": "cut", "dealt": "deal", "done": "do", "drawn": "draw",
    "driven": "drive", "found": "find", "given": "give", "got": "get", "held": "hold", "honored": "honor",
    "honoured": "honour", "kept": "keep", "left": "leave", "let": "let", "made": "make", "met": "meet",
    "paid": "pay", "put": "put", "read": "read", "rung": "ring", "sent": "send", "set": "set",
    "shown": "show", "shut": "shut", "spoken": "speak", "taken": "take", "told": "tell",
    "withdrawn": "withdraw", "written": "write",
}  # fmt: skip
_ADDS_E = re.compile(
    r"(?:at|iz|is|ang|arg|ng|dg|os|as|us|[aeiou]v|lv|rv|rc|nc|[cu]|eas|ot|ak|ik|ok|ir|ur|id|ut|ag|ar|or|pl|bl|dl|dul|ul|fil|tl)$"
)
_PLAIN = vocabulary(
    """
    call ring look check wait text email mail book keep speak repeat bring wear clear hear appear
    bear repair clarif pick ask remind order commit visit edit credit audit submit bank correct hold
    """
)


def base_form(stem: str) -> str:
    """The verb whose "-ing" or "-ed" was cut off: "send" of "sending", "put" of "putting", and the like."""
    lower = stem.lower()
    for known in (lower, lower + "e"):
        if known in _ACTS:
            return known
    if lower in _PLAIN:
        return stem
    if len(stem) > 2 and stem[-1] == stem[-2] and lower[-1] not in "lszo":
        return stem[:-1]
    if lower.endswith(("cancell", "travell", "controll")):
        return stem[:-1]
    return stem + "e" if _ADDS_E.search(lower) and len(stem) > 2 else stem


def is_act(verb: str) -> bool:
    """True for a verb of `ACTS`."""
    return verb in _ACTS


def of_participle(word: str) -> str | None:
    """The verb of "processed", "sent", "carried"; None for what is no participle."""
    lower = word.lower()
    if lower in _IRREGULAR:
        return _IRREGULAR[lower]
    if lower.endswith("ied") and len(lower) > 4:
        return lower[:-3] + "y"
    if lower.endswith("ed") and len(lower) > 4 and not lower.endswith("eed"):
        return base_form(lower[:-2])
    return None


def of_third_person(word: str) -> str:
    """The verb of "rings", "does", "carries", "fetches"."""
    lower = word.lower()
    special = {"has": "have", "is": "be", "does": "do", "goes": "go"}
    if lower in special:
        return special[lower]
    if lower.endswith("ies") and len(lower) > 4:
        return lower[:-3] + "y"
    if re.search(r"(?:ss|sh|ch|x|zz)es$", lower):
        return lower[:-2]
    return lower[:-1]
