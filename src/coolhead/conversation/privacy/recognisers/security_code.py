"""The three or four digits that are printed on a payment card beside its number."""

from __future__ import annotations

import re
from collections.abc import Iterator

from coolhead.conversation.privacy.finding import Finding, PersonalData
from coolhead.conversation.privacy.kind import Evidence, Kind, words
from coolhead.conversation.privacy.line import Line
from coolhead.conversation.privacy.number import Number

_EXPIRY = r"(?:exp\w*:? )?(?:0?[1-9]|1[0-2])[ /-]{1,3}(?:20)?\d\d(?!\d)"
_AFTER_CARD = re.compile(
    rf"\d(?:[ -]?\d){{12,18}}[ ,;/|]{{1,3}}(?:{_EXPIRY}[ ,;/|]{{1,3}}(\d{{3,4}})(?!\d)"
    rf"|(\d{{3,4}})[ ,;/|]{{1,3}}{_EXPIRY})"
)


def _fit(number: Number, evidence: Evidence) -> float:
    if number.glued or number.size not in (3, 4):
        return 0
    if evidence is Evidence.HINTED_BEFORE:
        return 0.9 if number.size == 3 and number.alone else 0
    if evidence is Evidence.HINTED:
        return 0
    return 1 if number.size == 3 else 0.85


SECURITY_CODE = Kind(
    name="security code by its name",
    type=PersonalData.CVV,
    cue=words(
        r"cv[vcn] ?2?(?: (?:number|code))?",
        "cvvs?",
        "csc",
        r"sec(?:urity)? (?:code|no|num)",
        r"sec(?= ?:? ?\d)",
        "back code",
        r"(?:code|number|digits|numbers) (?:\w+ ){0,2}(?:next to|by|beside|behind|under|above) (?:the|your)"
        r" (?:\w+ )?(?:signature|strip|card)",
        r"(?:flip|turn) (?:it|the card|your card|the card over|it over)(?: over)?\W+(?:\w+ ){0,4}(?:last "
        r"|the )?(?:3|digits|numbers)",
        "cid",
        r"card (?:verification|security|validation)(?: (?:value|code|number))?",
        r"(?:last |final |other )?(?:3|three|4|four)[- ](?:\w+ )?(?:digits?|numbers?|figures?|digit code|"
        r"digit number)"
        r" (?:\w+ ){0,4}(?:back|reverse|strip|signature|rear|front of (?:the|your) (?:amex|american))",
        r"last (?:3|three)(?: digits)? (?:on|at|from) the (?:back|reverse)",
        r"(?:3|three) (?:little |small |tiny )?(?:numbers?|digits?)(?: (?:on|at) (?:the|its) back)?",
        r"(?:3|three) (?:on|at|from) the (?:back|reverse)",
        r"security (?:code|number|digits)",
        r"(?:code|number|digits|numbers|it|what) (?:\w+ ){0,3}(?:on|at|from|off) the (?:back|reverse|rear|"
        r"flip side)"
        r"(?: of (?:the|your|my) card)?",
        r"back of (?:the|your|my) (?:\w+ )?card",
        r"signature (?:strip|panel)",
        r"(?:4|four)[- ]digit (?:code|number)",
        r"(?:4|four)[- ](?:small |little )?(?:digits?|numbers?) (?:\w+ ){0,4}(?:front|face|above)",
        r"verification (?:value|number)",
    ),
    hint=words(r"(?:little|small|tiny|short|card) (?:code|numbers?)|code on (?:it|there|the card|your card)"),
    fit=_fit,
)


class CodeAfterCard:
    """Three or four digits right behind a card number, after or before its expiry date."""

    name = "security code behind the card"

    def find(self, line: Line) -> Iterator[Finding]:
        """Every such code."""
        for match in _AFTER_CARD.finditer(line.low):
            start, end = match.span(1 if match[1] else 2)
            yield Finding(
                start=start,
                end=end,
                type=PersonalData.CVV,
                score=0.9,
                recogniser=self.name,
                why="behind a card number and its expiry date",
            )


RECOGNISERS = (SECURITY_CODE, CodeAfterCard())
