"""Payment card numbers, by check digit and issuer range, by form, or because they were asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate

from coolhead.conversation.privacy.finding import Finding, PersonalData
from coolhead.conversation.privacy.kind import Evidence, Kind, words
from coolhead.conversation.privacy.line import Line
from coolhead.conversation.privacy.number import Number
from coolhead.conversation.privacy.recognisers.check_digits import luhn

_DIGITS = re.compile(r"\d(?:[\W_]{0,12}\d){12,}")
_GROUP = re.compile(r"\d+")
_LONGEST_WINDOW = 19
# Issuer ranges and lengths: ISO/IEC 7812 as the networks publish them.
_ISSUERS = re.compile(
    r"4(?:\d{12}|\d{15}|\d{18})|(?:5[1-5]|2[2-7])\d{14}|3[47]\d{13}|3(?:0[0-5]|[689]\d)\d{11}|35\d{14}"
    r"|6(?:\d{14,18})|(?:50|5[6-9])\d{11,17}|8[12]\d{14}|9[0-9]\d{14}"
)


def is_card(digits: str) -> bool:
    """True for 13 to 19 digits of an issuer's range with a right check digit."""
    return 13 <= len(digits) <= 19 and bool(_ISSUERS.fullmatch(digits)) and luhn(digits)


class CheckedCard:
    """Finds card numbers by their check digit, however they are grouped."""

    name = "card by check digit"

    def find(self, line: Line) -> Iterator[Finding]:
        """Every stretch of groups that is a card number."""
        for run in _DIGITS.finditer(line.low):
            groups = [match.span() for match in _GROUP.finditer(line.low, *run.span())]
            lengths = [0, *accumulate(end - start for start, end in groups)]
            for first in range(len(groups)):
                yield from self._from_group(line, groups, lengths, first)

    def _from_group(
        self, line: Line, groups: list[tuple[int, int]], lengths: list[int], first: int
    ) -> Iterator[Finding]:
        for last in range(first, len(groups)):
            size = lengths[last + 1] - lengths[first]
            if size > _LONGEST_WINDOW:
                return
            if size < 13 or not _stands_alone(groups, lengths, first, last):
                continue
            start, end = groups[first][0], groups[last][1]
            if is_card("".join(filter(str.isdigit, line.low[start:end]))):
                sizes = [end - start for start, end in groups[first : last + 1]]
                score = 1.0 if first == 0 and last == len(groups) - 1 and _is_usual(sizes) else 0.88
                yield Finding(
                    start=start,
                    end=end,
                    type=PersonalData.CARD,
                    score=score,
                    recogniser=self.name,
                    why="check digit",
                )


def _is_usual(sizes: list[int]) -> bool:
    """True for groups in which cards are written or read out; order numbers come in others."""
    return len(sizes) == 1 or max(sizes) <= 3 or sizes in ([4, 6, 5], [4, 6, 4]) or set(sizes[:-1]) == {4}


def _stands_alone(groups: list[tuple[int, int]], lengths: list[int], first: int, last: int) -> bool:
    """In a longer run of single digits every tenth window has a right check digit by chance."""
    size = lengths[last + 1] - lengths[first]
    at_left, at_right = first == 0, last == len(groups) - 1
    if at_left and at_right:
        return True
    if at_left or at_right:
        return size in (15, 16) and lengths[-1] <= 40
    return size >= 2 * (last - first + 1)


def _fit(number: Number, evidence: Evidence) -> float:
    if number.glued:
        return 0
    if number.size >= 13:
        return 1 if number.size in (15, 16) else 0.93 if number.size <= 19 else 0.4
    if evidence in (Evidence.HINTED, Evidence.HINTED_BEFORE):
        return 0.7 if number.size >= 8 and number.whole else 0
    if evidence is Evidence.NAMED:
        return 0.8 if number.size >= 4 and number.whole else 0
    return 0.9 if number.size >= 2 and number.whole and number.alone else 0


_GO_ON = words(
    "go on",
    "go ahead",
    "next",
    "and then",
    "carry on",
    "continue",
    "the rest",
    "keep going",
    "got it",
    "mm?-?hmm?",
    "uh-? ?huh",
    "after that",
)
_ALMOST_NONE = 2


def _in_fours(number: Number) -> bool:
    spoken = number.size == 16 and max(number.groups) <= 3 and len(number.groups) >= 6
    return (spoken or number.groups == (4, 4, 4, 4)) and number.digits[0] in "23456"


def _in_one(number: Number) -> bool:
    return number.groups == (16,) and number.digits[0] in "3456"


NAMED_CARD = Kind(
    name="card by its name",
    type=PersonalData.CARD,
    cue=words(
        r"(?:credit |debit |bank |payment |visa |amex )?(?<!philsys )(?<!id )(?<!sss )(?<!pan "
        r")(?<!aadhaar )(?<!aadhar )"
        r"(?<!identity )(?<!medicare )(?<!gift )(?<!loyalty )(?<!library )(?<!sim )(?<!membership "
        r")(?<!rewards )"
        r"(?<!reward )(?<!points )(?<!health )(?<!green )(?<!business )(?<!club )(?<!store )(?<!staff )"
        r"(?<!student )(?<!key )cards? (?:numbers?|no\.?|num|#|"
        r"details?)",
        r"long (?:card )?numbers?",
        r"(?:15|16)[- ]digits?(?: (?:card|number))*",
        r"(?<!4 )(?<!4-)(?:numbers?|digits) (?:on|across|from) (?:the|your|my|its) (?:front|(?:\w+ )?card)",
        r"(?:first|second|third|fourth|last|next|2th|3th|4th) (?:group|block|set)(?: of (?:4|digits|"
        r"numbers))?",
        r"last (?:8|12)(?: digits| numbers)?",
        r"(?:first|next|following|1st) (?:4|6|8)(?: digits| numbers| ones)?",
        r"(?:credit|debit) card(?: is)?",
        r"(?:on|my|the|a|new|old|this|that|with|from|to|of) card(?= \d{4}[ -]?\d{4})",
        r"card ?:",
        r"card starts(?: with)?",
        r"(?:go ahead|whenever you'?re ready) with the card",
        r"card details",
        r"(?:number|digits) (?:of|for) (?:the|your|my) card",
        r"cc ?(?:number|no|#|:)",
        r"across the front",
    ),
    hint=words(r"cards?", "visa", "master ?card", "amex", "american express", "maestro", "rupay", "discover"),
    fit=_fit,
)


class ContinuedCard:
    """Digits that follow "go on" when nothing tells what is being read out."""

    name = "card by going on"

    def find(self, line: Line) -> Iterator[Finding]:
        """Bare digits in such a turn, too few for a whole card number."""
        context = line.context
        if not (context.only_goes_on and _GO_ON.search(context.request)) or context.recent or context.given:
            return
        for number in line.numbers:
            if number.whole and 4 <= number.size <= 12 and line.scan.other_words <= _ALMOST_NONE:
                yield Finding(
                    start=number.start,
                    end=number.end,
                    type=PersonalData.CARD,
                    score=0.5,
                    recogniser=self.name,
                    why="digits that go on",
                )


class CardForm:
    """Sixteen digits in fours or in one piece that nothing else explains."""

    name = "card by form"

    def find(self, line: Line) -> Iterator[Finding]:
        """Numbers such as 4000 1234 5678 9010, right or wrong in their check digit."""
        for number in line.numbers:
            if not number.glued and (_in_fours(number) or _in_one(number)):
                yield Finding(
                    start=number.start,
                    end=number.end,
                    type=PersonalData.CARD,
                    score=0.56,
                    recogniser=self.name,
                    why="sixteen digits",
                )


RECOGNISERS = (CheckedCard(), NAMED_CARD, CardForm(), ContinuedCard())
