"""Dates of birth: a date that is called so, or that answers the question for it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from coolhead.conversation.privacy.finding import Finding, PersonalData
from coolhead.conversation.privacy.kind import Evidence, Kind, words
from coolhead.conversation.privacy.line import Line
from coolhead.conversation.privacy.number import Number

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:r?uary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)(?![a-z])\.?"
)
_DAY = r"(?:3[01]|[12]\d|0?[1-9]|0 [1-9])(?: ?(?:st|nd|rd|th))?"
_YEAR = r"(?:(?:1 ?9|2 ?0) ?\d ?\d|['’]?\d ?\d)(?!\d)"
_DATE = re.compile(
    rf"(?<![\d/.-])(?:the )?(?:"
    rf"{_DAY}(?: day)?(?:,? of)?[ ,./-]{{0,3}}{_MONTH}(?:[ ,./-]{{0,3}}(?:of |in )?{_YEAR})?"
    rf"|{_MONTH}[ ,./-]{{0,3}}(?:the )?{_DAY}(?!\d)(?:[ ,./-]{{0,3}}(?:of |in )?{_YEAR})?"
    rf"|(?:3[01]|[12]?\d)(?:st|nd|rd|th) (?:of (?:the )?|the )?(?:1[0-2]|\d)(?:st|nd|rd|th),?(?: of| "
    rf"in)? ?(?:{_YEAR})?"
    rf"|(?:3[01]|[12]?\d)(?:st|nd|rd|th),? (?:of )?(?:1[0-2]|0? ?\d),? {_YEAR}"
    rf"|{_MONTH}[ ,]{{1,2}}(?:of |in )?{_YEAR}"
    rf"|(?:19|20) ?\d\d[ ,]{{1,2}}{_MONTH}[ ,]{{1,2}}{_DAY}(?!\d)"
    r"|(?:19|20)\d\d ?[-/.] ?(?:1[0-2]|0?\d) ?[-/.] ?(?:3[01]|[12]\d|0?\d)(?!\d)"
    r"|(?:3[01]|[12]\d|0?\d) ?([-/.]) ?(?:3[01]|[12]\d|0?\d) ?\1 ?(?:(?:19|20)\d\d|\d\d)(?!\d)"
    rf"|{_MONTH}[ ,]{{0,2}}(?:of |in )?(?:19|20) ?\d ?\d(?!\d)"
    r")",
)
_YEAR_ALONE = re.compile(r"(?<!\d)(?:19 ?\d ?\d|20 ?[012] ?\d)(?![\d])")
_SHORT_YEAR = re.compile(r"(?<!\d)\d ?\d(?![\d])")
_HAS_YEAR = re.compile(rf"{_YEAR}\W*$")
_PARTY = (
    r"(?! (?:party|present|gift|cake|dinner|treat|surprise|card|celebration|trip|weekend|order|month|meal))"
)
_CUE = words(
    r"dates? of birth", r"d ?\.? ?o ?\.? ?b\.?", r"birth ?-?dates?", r"(?:year|month|day)s? of "
    r"birth", "birth",
    "born", rf"b(?:irth)?-?days?{_PARTY}",
)  # fmt: skip
_ASKED = words(
    r"dates? of birth", r"d ?\.? ?o ?\.? ?b\.?", r"birth ?-?dates?", r"(?:year|month|day)s? of "
    r"birth", "born", "birth",
    rf"b(?:irth)?-?days?{_PARTY}",
)  # fmt: skip
_YEAR_ASKED = words(
    r"(?:what|which) year were you born",
    r"years? of birth",
    "birth year",
    r"born in (?:what|which) year",
    r"year (?:that )?you were born",
    r"year (?:\w+ ){1,5}birth",
)
_BORN_IN = re.compile(r"\b(?:i was|he was|she was|i'm|was|i am) born (?:back )?in $")
_JOIN = re.compile(
    r"\W*(?:(?:is|was|are|it's|its|that|that's|which|on|the|as|a|my|her|his|your|for|verify|if|you|need|want)\W+)*"
)
_CALLED = re.compile(r"\W*(?:(?:is|was|it's|its|on|as|in|to|of|this|the)\W+){0,4}")
_IS = re.compile(r"[:=]|\bis\b|\bwas\b|'s\b")
_REACH = 48
_LONGEST_CUE = 20
_BEHIND = 30


class BirthDate:
    """Finds dates that words or the question call a birth date."""

    name = "date of birth"

    def find(self, line: Line) -> Iterator[Finding]:
        """Every date that is named in the line; the first one that answers the question."""
        asked = bool(_ASKED.search(line.context.request)) or "BIRTH_DATE" in line.context.given[:1]
        cues = [match.span() for match in _CUE.finditer(line.low)]
        if not asked and not cues:
            return
        last = 0
        for date in _DATE.finditer(line.low):
            end = date.start() + len(date.group().rstrip(" ,.'-/"))
            named = _named(line.low, cues, last, date.start(), end)
            if named or asked:
                score, why = (0.95, Evidence.NAMED) if named else (0.77, Evidence.ASKED)
                yield _birth(date.start(), end, score, self.name, why)
                asked = asked and not _HAS_YEAR.search(date.group())
            last = end
        yield from self._years(line)

    def _years(self, line: Line) -> Iterator[Finding]:
        asked = bool(_YEAR_ASKED.search(line.context.request))
        years = list(_YEAR_ALONE.finditer(line.low))
        if asked and not years and line.scan.is_bare:
            years = list(_SHORT_YEAR.finditer(line.low))
        for year in years:
            if asked or _BORN_IN.search(line.low, 0, year.start()):
                yield _birth(*year.span(), 0.76, self.name, Evidence.ASKED if asked else Evidence.NAMED)


def _named(low: str, cues: list[tuple[int, int]], last: int, start: int, end: int) -> bool:
    """True when a cue stands before the date with no other date between, or right behind it."""
    has_year = bool(_HAS_YEAR.search(low, start, end))
    first = bisect_left(cues, (start - _REACH - _LONGEST_CUE, 0))
    for cue_start, cue_end in cues[first : bisect_left(cues, (end + _BEHIND + 1, 0))]:
        if last <= cue_end <= start and start - cue_end <= _REACH:
            called = bool(_CALLED.fullmatch(low, cue_end, start))
            is_day = low[cue_start:cue_end].endswith(("day", "days"))
            return has_year or (called and (not is_day or bool(_IS.search(low, cue_end, start))))
        if end <= cue_start <= end + _BEHIND and _JOIN.fullmatch(low, end, cue_start):
            return True
    return False


def _birth(start: int, end: int, score: float, name: str, why: str) -> Finding:
    return Finding(start=start, end=end, type=PersonalData.BIRTH_DATE, score=score, recogniser=name, why=why)


def _is_date(digits: str) -> bool:
    """True for day, month and year in some order, two or four digits of the year, zeros said or not."""
    size = len(digits)
    if size == 8:
        first, second, year = int(digits[:2]), int(digits[2:4]), int(digits[4:])
        if digits[:2] in ("19", "20") and 1 <= int(digits[4:6]) <= 12 and 1 <= int(digits[6:]) <= 31:
            return True
        return _is_day(first, second) and 1900 <= year <= 2030
    if size == 6:
        return _is_day(int(digits[:2]), int(digits[2:4])) or (
            digits[2:4] in ("19", "20") and _is_day(int(digits[0]), int(digits[1]))
        )
    if size == 7:
        return any(_is_day(int(digits[:i]), int(digits[i:3])) for i in (1, 2)) and digits[3:5] in ("19", "20")
    return size == 5 and any(_is_day(int(digits[:i]), int(digits[i:3])) for i in (1, 2))


def _is_day(one: int, other: int) -> bool:
    return 1 <= min(one, other) <= 12 and 1 <= max(one, other) <= 31


def _fit(number: Number, _evidence: Evidence) -> float:
    if number.glued or not number.whole or len(number.code) > number.size:
        return 0
    said_short = number.groups == (1, 1, 2) and "0" not in number.digits[:2]
    return 1 if said_short or _is_date(number.digits) else 0


DIGITS = Kind(name="date of birth in digits", type=PersonalData.BIRTH_DATE, cue=_ASKED, fit=_fit)

RECOGNISERS = (BirthDate(), DIGITS)
