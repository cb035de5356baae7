"""Weighs what a number is by the words around it and by what was asked before.

The nearest word that fits the number's form decides, then the question that the line answers, then what was
being dictated. A kind is data (words and forms); it must not read the text itself.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from coolhead.conversation.privacy.finding import Finding, PersonalData
from coolhead.conversation.privacy.line import Line
from coolhead.conversation.privacy.number import Number


class Evidence(StrEnum):
    """What speaks for a kind, the strongest first."""

    NAMED = "named in the line"
    HINTED = "hinted at in the line"
    ASKED = "asked for just before"
    HINTED_BEFORE = "hinted at just before"
    CONTINUED = "being given over several turns"

    @property
    def in_line(self) -> bool:
        """True for words of the same line."""
        return self in (Evidence.NAMED, Evidence.HINTED)


_SCORES = {
    Evidence.NAMED: 0.92,
    Evidence.HINTED: 0.8,
    Evidence.ASKED: 0.72,
    Evidence.HINTED_BEFORE: 0.62,
    Evidence.CONTINUED: 0.6,
}
_LEFT_REACH = 110
_RIGHT_REACH = 45
_ALMOST_NONE = 3
_WHOLE = 9
_A_WORD = 0.015
_A_SENTENCE = 0.1
_A_NUMBER = 0.1
_BEHIND = 0.08
_JOIN = re.compile(
    r"\W*(?:(?:and [\d -]+|is|was|are|those|these|that|that's|thats|this|which|as|for|on|being|the|my|a|"
    r"our|your|her|his|it|its|it's|"
    r"would|be|still|then|so|um|uh|yeah)\W+)*"
)
_LEADS_ON = re.compile(r"\W*(?:(?:number|no|is|was|are|it's|details?)\W+){0,3}[+(]?\d")
_SENTENCE = re.compile(r"[.!?;](?=\s)|\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of number.

    Attributes:
        name: the recogniser's name.
        type: what it is; None for something harmless.
        cue: words that name it.
        hint: words that only point to it; None when there are none.
        fit: from 0 (cannot be) to 1 (has its form), given the evidence.
        uses_code: the letters at the number belong to it.
    """

    name: str
    type: PersonalData | None
    cue: re.Pattern[str]
    hint: re.Pattern[str] | None = None
    fit: Callable[[Number, Evidence], float]
    uses_code: bool = False

    def find(self, line: Line) -> Iterator[Finding]:
        """Every number of the line that may be of this kind."""
        if not line.numbers:
            return
        asked = self._asked(line)
        places = [(self._places(line, self.cue), Evidence.NAMED)]
        if self.hint:
            places.append((self._places(line, self.hint), Evidence.HINTED))
        for number in line.numbers:
            for cues, evidence in places:
                yield from self._from_line(line, number, cues, evidence)
            for evidence, late in asked:
                if evidence is Evidence.CONTINUED and number.size < _WHOLE and not line.context.only_goes_on:
                    continue
                yield from self._finding(number, evidence, _SCORES[evidence] - late)

    def _places(self, line: Line, pattern: re.Pattern[str]) -> list[tuple[int, int]]:
        return [match.span() for match in pattern.finditer(line.low)]

    def _from_line(
        self, line: Line, number: Number, cues: list[tuple[int, int]], evidence: Evidence
    ) -> Iterator[Finding]:
        at = bisect_left(cues, (number.start, 0))
        while at and cues[at - 1][1] > number.start:
            at -= 1
        if at and number.start - cues[at - 1][1] <= _LEFT_REACH:
            yield from self._finding(
                number, evidence, _SCORES[evidence] - _distance(line, cues[at - 1][1], number)
            )
        if at < len(cues) and cues[at][0] - number.end <= _RIGHT_REACH:
            start, end = cues[at]
            if _JOIN.fullmatch(line.low, number.end, start) and not _LEADS_ON.match(line.low, end):
                words = line.words_between(number.end, start)
                yield from self._finding(number, evidence, _SCORES[evidence] - _BEHIND - words * _A_WORD)

    def _asked(self, line: Line) -> list[tuple[Evidence, float]]:
        """What was asked before speaks for this kind, with a small loss the longer ago it was."""
        context = line.context
        for pattern, evidence in ((self.cue, Evidence.ASKED), (self.hint, Evidence.HINTED_BEFORE)):
            last = _last_end(pattern, context.request)
            if last and not (
                self.type and context.request.startswith(f"[{self.type.value.lower()}]", last + 1)
            ):
                return [(evidence, min(0.06, (len(context.request) - last) / 2500))]
        if self.type and self.type.value in context.given and line.scan.other_words <= _ALMOST_NONE:
            return [(Evidence.CONTINUED, 0.02 * context.given.index(self.type.value))]
        for age, turn in enumerate(reversed(context.recent), 1):
            if self.cue.search(turn):
                return [(Evidence.ASKED, 0.04 * age)]
        return []

    def _finding(self, number: Number, evidence: Evidence, score: float) -> Iterator[Finding]:
        fit = self.fit(number, evidence)
        if fit <= 0:
            return
        code = self.uses_code or number.glued
        start, end = (number.code_start, number.code_end) if code else (number.start, number.end)
        yield Finding(
            start=start, end=end, type=self.type, score=score * fit, recogniser=self.name, why=evidence.value
        )


def _last_end(pattern: re.Pattern[str] | None, text: str) -> int:
    """Where the last match ends; 0 when there is none."""
    return max((match.end() for match in pattern.finditer(text)), default=0) if pattern else 0


def _distance(line: Line, cue_end: int, number: Number) -> float:
    """How much a cue loses for what stands between it and the number."""
    between = line.low[cue_end : number.start]
    numbers = len(re.findall(r"\d[\d\s,.-]*", between))
    sentences = len(_SENTENCE.findall(between))
    return len(between.split()) * _A_WORD + sentences * _A_SENTENCE + numbers * _A_NUMBER


def words(*alternatives: str) -> re.Pattern[str]:
    """One pattern of several wordings, each beginning and ending at a word's edge."""
    return re.compile(r"(?<![a-z0-9])(?:" + "|".join(alternatives) + r")(?![a-z0-9])")
