"""A person's phone number, by its form or because the words or the question say so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from coolhead.conversation.privacy.finding import Finding, PersonalData
from coolhead.conversation.privacy.kind import Evidence, Kind, words
from coolhead.conversation.privacy.line import Line
from coolhead.conversation.privacy.number import Number

# Freephone and shared-cost ranges of companies in the UK, the US, Australia, India and the Philippines.
_COMPANY = re.compile(
    r"(?:0800|0808)\d{5,7}|08(?:4[345]|7[01])\d{7}|03\d{9}|1?8(?:00|33|44|55|66|77|88)\d{7}|1800\d{6,8}|"
    r"1300\d{6}|13\d{4}|116\d{3}"
)
_OPENING = re.compile(r"(?:\+ ?|\(\+?|\+\()$")
_UK = re.compile(r"(?:0|44)[127]\d{8,9}")
_AUSTRALIA = re.compile(r"(?:0|61)[23478]\d{8}")
_PHILIPPINES = re.compile(r"(?:0|63)9\d{9}")
_INDIA = re.compile(r"(?:0|91)?[6-9]\d{9}")
_FRANCE_GERMANY = re.compile(r"0[1-9]\d{8,10}")


def _form(number: Number) -> str:
    """The country whose numbers look so; empty for none."""
    digits, groups = number.digits, number.groups
    if number.plus and 8 <= len(digits) <= 15:
        return "international"
    if digits.startswith("0") and groups == (2, 3, 4):
        return "NZ"
    if groups in ((3, 3, 4), (1, 3, 3, 4)) or (len(digits) == 10 and groups == (3, 7)):
        return "US"
    if _UK.fullmatch(digits) or _AUSTRALIA.fullmatch(digits) or _PHILIPPINES.fullmatch(digits):
        return "UK, AU or PH"
    if _INDIA.fullmatch(digits) and (
        groups in ((5, 5), (10,), (2, 10), (2, 5, 5)) or all(g <= 3 for g in groups)
    ):
        return "IN"
    if _FRANCE_GERMANY.fullmatch(digits) and len(groups) > 2:
        return "EU"
    return ""


class PhoneForm:
    """Finds phone numbers by their form; freephone numbers are a company's."""

    name = "phone by form"

    def find(self, line: Line) -> Iterator[Finding]:
        """Every number that looks like a phone number, a company's as harmless."""
        for number in line.numbers:
            if number.glued:
                continue
            company = bool(_COMPANY.fullmatch(number.digits)) and not number.plus
            form = "company" if company else _form(number)
            if form:
                yield Finding(
                    start=_start(line, number),
                    end=number.end,
                    type=None if company else PersonalData.PHONE,
                    score=0.79 if company else 0.66 if form == "international" else 0.6,
                    recogniser=self.name,
                    why=f"form of a phone number ({form})",
                )


def _start(line: Line, number: Number) -> int:
    """Where the number begins with its plus sign and the bracket around its area code."""
    opening = _OPENING.search(line.low, max(0, number.start - 3), number.start)
    if opening is None or ("(" in opening.group() and ")" not in line.low[number.start : number.end]):
        return number.start
    return opening.start()


class NamedPhone:
    """The kind, with the plus sign and the bracket before the digits."""

    name = "phone by its name"

    def find(self, line: Line) -> Iterator[Finding]:
        """Every number named or asked for as a phone number."""
        starts = {number.start: number for number in line.numbers}
        for found in _NAMED.find(line):
            yield Finding(
                start=_start(line, starts[found.start]),
                end=found.end,
                type=found.type,
                score=found.score,
                recogniser=self.name,
                why=found.why,
            )


def _fit(number: Number, evidence: Evidence) -> float:
    size = number.size
    if number.glued or size > (15 if number.plus else 14):
        return 0
    if evidence in (Evidence.HINTED, Evidence.HINTED_BEFORE):
        return 0.9 if 9 <= size <= 12 else 0
    if size >= 7:
        return 1
    if evidence is Evidence.NAMED:
        return 0.75 if size >= 5 and number.whole else 0
    return 0.9 if size >= 3 and number.whole and number.alone else 0


_NAMED = Kind(
    name="phone by its name",
    type=PersonalData.PHONE,
    cue=words(
        r"(?<!to your )(?<!on your )(?:tele)?phone(?: (?:number|no\.?|num|#))?",
        r"(?:mobile|cell(?:phone|ular)?|tel|landline|handset|mob|ph)(?: (?:phone|number|no\.?|num|#))*",
        r"cp (?:number|no\.?)",
        r"whats ?app(?: number)?|viber|g ?cash(?: number)?|telegram",
        r"(?:contact|call ?back|daytime|evening|home|work|office|best|registered|alternat(?:iv)?e|other|"
        r"new|old|"
        r"primary|secondary|reachable|emergency|preferred|current|personal)(?: (?:contact|phone|mobile|"
        r"cell))* "
        r"(?:numbers?|no\.?|details?)",
        r"(?:call|ring|text|reach|phone|contact|message|msg|sms|whatsapp|buzz|get|try|dial|catch)"
        r" (?:me|him|her|them|you|my \w+|his \w+)(?: back)?",
        r"(?:my|his|her|your|their) (?:(?:own|main|direct|new|old|other|current|uk|us|local|actual|usual|"
        r"second) )?"
        r"(?:number|no\.?)(?:'s)?(?! (?:\w+ )?(?:code|card|account))",
        r"(?:my|his|her|their|your) contact",
        r"(?!that's|it's|what's|there's|here's|let's|who's)\w+'s (?:phone |mobile |cell |contact |own )?"
        r"(?:number|mobile|cell)(?: is)?",
        r"numbers? (?:is )?(?:that )?(?:to call|to reach|to ring|(?:we|i|they|he|she) (?:can|could|"
        r"should|may))",
        r"(?:what|which|a|good|any) number",
        r"(?:what|which|best) number",
        r"area code|(?:with|including) (?:the |your )?(?:country|area|dialling) code",
        r"(?:number|where) (?:you'd|you would|shall|should|can|do) .{0,12}?(?:text|sms|call)(?: sent)?",
        r"(?:alternat(?:iv)?e|other|second|emergency|best|your) contacts?",
        r"(?:best|good|right) number",
        r"reach(?:ed)? (?:you|me)",
        r"last (?:3|5|6|7|six|three)(?: digits)?(?! (?:on|at|of))",
        r"(?:driver|courier|engineer) (?:should|can|could|to) (?:call|ring|text)",
    ),
    hint=words("number", "call", "ring", "text", "reach", r"i(?:'m| am) (?:on|at)"),
    fit=_fit,
)

RECOGNISERS = (PhoneForm(), NamedPhone())
