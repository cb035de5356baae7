"""The three or four digits that are printed on a payment card beside its number."""

from __future__ import annotations

from coolhead.conversation.privacy.finding import PersonalData
from coolhead.conversation.privacy.kind import Evidence, Kind, words
from coolhead.conversation.privacy.number import Number


def _fit(number: Number, evidence: Evidence) -> float:
    if number.glued or number.size not in (3, 4):
        return 0
    return 1 if number.size == 3 else 0.85


SECURITY_CODE = Kind(
    name="security code by its name",
    type=PersonalData.CVV,
    cue=words(
        r"cv[vcn] ?2?(?: (?:number|code))?",
        "cvvs?",
        "csc",
        "cid",
        r"card (?:verification|security|validation)(?: (?:value|code|number))?",
        r"(?:last |final |other )?(?:3|three|4|four)[- ](?:\w+ )?(?:digits?|numbers?|figures?|digit code|digit number)"
        r" (?:\w+ ){0,4}(?:back|reverse|strip|signature|rear|front of (?:the|your) (?:amex|american))",
        r"last (?:3|three)(?: digits)? (?:on|at|from) the (?:back|reverse)",
        r"(?:3|three) (?:little |small |tiny )?(?:numbers?|digits?)(?: (?:on|at) (?:the|its) back)?",
        r"(?:3|three) (?:on|at|from) the (?:back|reverse)",
        r"security (?:code|number|digits)",
        r"(?:code|number|digits|numbers|it|what) (?:\w+ ){0,3}(?:on|at|from) the (?:back|reverse|rear|flip side)"
        r"(?: of (?:the|your|my) card)?",
        r"back of (?:the|your|my) (?:\w+ )?card",
        r"signature (?:strip|panel)",
        r"(?:4|four)[- ]digit (?:code|number)",
        r"verification (?:value|number)",
    ),
    fit=_fit,
)

RECOGNISERS = (SECURITY_CODE,)
