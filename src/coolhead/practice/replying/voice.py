"""One person's way of writing or speaking, drawn once a run: capitals, full stops, slang, fillers, emoji."""

from __future__ import annotations

import re
from dataclasses import dataclass

from coolhead.practice.chance import fraction, pick
from coolhead.practice.persona import Persona

_FILLER_SHARE = 0.3
_SLANG: tuple[tuple[int, str, str], ...] = (
    (2, r"\bgoing to\b(?= \w)", "gonna"),
    (2, r"\bwant to\b", "wanna"),
    (2, r"\bkind of\b", "kinda"),
    (2, r"\bbecause\b", "cause"),
    (3, r"\byou\b", "u"),
    (3, r"\bplease\b", "pls"),
    (3, r"\bnothing\b", "nothin"),
)
_MOST_EMOJI_HEAT = 3
_SHOUTING_HEAT = 3
_BEGINNING = re.compile(r"(^|[.!?…:] )([A-Z][a-z’']*)(?![\w-])")
_INTERJECTION = re.compile(
    r"(oh|ah|so|well|hmm?|yes|no|ok(ay)?|right|fine|sorry|look|listen|thank|thanks|hello|hi|wow|ha|goodness|anyway|good)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """The habits of one run's customer."""

    lower_case: bool
    no_full_stop: bool
    dialect: int
    fillers: tuple[str, ...]
    emojis: tuple[str, ...]
    emoji: float
    shouts: float

    @classmethod
    def of(cls, persona: Persona, seed: int, *, written: bool) -> Voice:
        """The voice that this persona has under this seed; how one types shows only in writing."""
        style = persona.style
        return cls(
            lower_case=written and fraction(seed, persona.id, "lower case") < style.lower_case,
            no_full_stop=written and fraction(seed, persona.id, "full stop") < style.no_full_stop,
            dialect=style.dialect,
            fillers=style.fillers,
            emojis=style.emojis if written else (),
            emoji=style.emoji,
            shouts=style.shouts,
        )

    def raised(self, text: str, level: int, seed: int, number: int) -> str:
        """The text as it is shouted, when this person shouts here."""
        if level >= _SHOUTING_HEAT and fraction(seed, number, "shouts") < self.shouts:
            return re.sub(r"(?<=\w)\.$", "!", text)
        return text

    def dress(
        self, text: str, names: frozenset[str], level: int, place: tuple[int, int], *, may_fill: bool
    ) -> str:
        """The text as this person would put it; `names`, codes and numbers are left as they are.

        Args:
            text: the reply.
            names: words that keep their capitals.
            level: of heat.
            place: the run's seed and the number of the reply.
            may_fill: it may begin with a word that fills time ("Look,").
        """
        if not text:
            return text
        seed, number = place
        if (
            self.fillers
            and may_fill
            and not _INTERJECTION.match(text)
            and fraction(seed, number, "filler") < _FILLER_SHARE
        ):
            text = f"{pick(self.fillers, seed, number, 'which filler')} {_begun_small(text, names)}"
        for least, slang, instead in _SLANG:
            if self.dialect >= least:
                text = re.sub(slang, instead, text)
        if self.lower_case:
            text = _lowered(text, names)
        if self.no_full_stop:
            text = re.sub(r"(?<![.])\.$", "", text)
        if self.emojis and level <= _MOST_EMOJI_HEAT and fraction(seed, number, "emoji") < self.emoji:
            text = f"{text} {pick(self.emojis, seed, number, 'which emoji')}"
        return text


def _begun_small(text: str, names: frozenset[str]) -> str:
    """The text with a small first letter, unless it begins with "I", a name or a code."""
    first = _BEGINNING.match(text)
    return _small(first, names) + text[first.end() :] if first and first.group(2) != "I" else text


def _lowered(text: str, names: frozenset[str]) -> str:
    return re.sub(r"\bI\b", "i", _BEGINNING.sub(lambda found: _small(found, names), text))


def _small(found: re.Match[str], names: frozenset[str]) -> str:
    word = found.group(2)
    return found.group(1) + (word if word in names else word.lower())
