"""Better words for the agent's own draft: one sentence at a time, or none when that is not safe.

The rules are in `wording`; this module finds the sentence, and sees to it that no fact of the draft is lost
and none is added. What the agent must fill in stands in square brackets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from coolhead.codebook import Heat, Misstep
from coolhead.guidance.phrases import trouble
from coolhead.guidance.wording import promises, refusals, stock, tone
from coolhead.guidance.wording.draft import Draft, Rule
from coolhead.perception.reading import Evidence, Reading
from coolhead.picture.state import Picture

BLANK = re.compile(r"\[[^\[\]]+\]")
_SENTENCE = re.compile(r"[^.!?\n]+(?:[.](?=\w)[^.!?\n]*)*[.!?]*")
_FACT = re.compile(r"\d[\d.,:/%-]*\d|\d|\b(?:[A-Z]{2,}|[A-Z][a-z]+)\b")
_DAY = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|june|july|august|september"
    r"|october|november|december|today|tonight|tomorrow|noon|midnight)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Mending:
    """A rule: what it mends, how, why that is better, and which missteps in the draft call for it."""

    misstep: Misstep
    rule: Rule
    why: str
    called_by: frozenset[Misstep]


def _mending(misstep: Misstep, rule: Rule, why: str, *also: Misstep) -> _Mending:
    return _Mending(misstep, rule, why, frozenset({misstep, *also}))


_TONES = (Misstep.RUDE, Misstep.DISMISSIVE, Misstep.DEFENSIVE)
_SHARP = "The draft sounds sharp; say what you can do."
_PASSED_OVER = "The draft passes over the feeling; name it instead."
_BLAME = "The draft looks for whose fault it is; look ahead instead."
_MENDINGS = (
    _mending(Misstep.RUDE, tone.soften, _SHARP, *_TONES),
    _mending(Misstep.DISMISSIVE, tone.name_the_feeling, _PASSED_OVER, *_TONES),
    _mending(Misstep.DEFENSIVE, tone.look_ahead, _BLAME, *_TONES),
    _mending(Misstep.OVERPROMISE, promises.promise_less, "The draft guarantees what is not in your hands."),
    _mending(
        Misstep.NEGATIVE_LANGUAGE, refusals.turn_round, "The draft says what cannot be done; say what can."
    ),
    _mending(
        Misstep.ASKS_AGAIN, tone.use_what_is_known, "They gave you that already; show that you have it."
    ),
    _mending(
        Misstep.SCRIPTED, stock.say_it_yourself, "This is a stock phrase; say what you mean in this case."
    ),
    _mending(Misstep.VAGUE_COMMITMENT, promises.put_a_date_on_it, "The promise has no date; say by when."),
    _mending(Misstep.JARGON, stock.say_it_plainly, "The draft uses words that only insiders know."),
    _mending(Misstep.DISMISSIVE, tone.feeling_first, "The draft passes over the feeling; name it first."),
)
"""Worst first, what fits any draft last: one mended sentence at a time is enough. The patterns tell apart
what is sharp, dismissive or defensive. No words can mend interruptions or early remedies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewrite:
    """A better wording for a part of a draft.

    Attributes:
        start: offset in the draft of the first character to replace.
        end: offset after the last one.
        text: what to put there; `[…]` marks what the agent must fill in.
        misstep: what the draft does.
        why: one sentence on what is better.
    """

    start: int
    end: int
    text: str
    misstep: Misstep
    why: str


def rewrite(draft: str, picture: Picture, reading: Reading) -> Rewrite | None:
    """A better wording for the first misstep of `draft` that can be mended safely; None when there is none.

    `picture` is the conversation before the draft is sent, `reading` what the draft would show if it were.
    """
    signs = {sign.term: sign for sign in reading.missteps}
    context = Draft(
        text=draft,
        heat=picture.course[-1].level if picture.course else Heat.CALM,
        trouble=trouble(picture),
        missteps=frozenset(signs),
    )
    for mending in _MENDINGS:
        if not mending.called_by & signs.keys():
            continue
        sign = signs.get(mending.misstep)
        for start, end in _sentences(draft, sign.evidence if sign else Evidence()):
            better = mending.rule(draft[start:end], context)
            if better and better != draft[start:end] and keeps_facts(draft[start:end], better, draft):
                return Rewrite(start=start, end=end, text=better, misstep=mending.misstep, why=mending.why)
    return None


def keeps_facts(before: str, after: str, draft: str) -> bool:
    """True when each number, day and name of `before` is still in `after`, and none is new to `draft`."""
    told = facts(BLANK.sub(" ", after))
    return facts(before) <= told <= facts(draft)


def facts(text: str) -> set[str]:
    """The numbers, days and names in a text, small letters.

    A capital at the start of a sentence makes no name, nor do the insiders' terms that have plain words.
    """
    found = {day.group().lower() for day in _DAY.finditer(text)}
    for match in _FACT.finditer(text):
        word = match.group()
        starts = re.search(r"(?:^|[.!?:;\n]\s*|[\"“(]\s*)$", text[: match.start()])
        if word[0].isdigit() or word.isupper() or not starts:
            found.add(word.lower())
    return found - stock.INSIDERS


def _sentences(draft: str, evidence: Evidence) -> Iterator[tuple[int, int]]:
    """The spans of the draft's sentences, trimmed; first the one that the evidence points to."""
    spans = []
    for match in _SENTENCE.finditer(draft):
        start = match.start() + len(match.group()) - len(match.group().lstrip())
        if draft[start : match.end()].strip():
            spans.append((start, match.end()))
    at = evidence.start
    yield from sorted(spans, key=lambda span: at is None or not span[0] <= at < span[1])
