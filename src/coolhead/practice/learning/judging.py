"""Whether an answer to an item of a drill is right: its words first, then what the engine reads in it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coolhead.codebook import Misstep, Speaker
from coolhead.conversation.privacy import mask
from coolhead.conversation.turn import Turn
from coolhead.engine import Engine
from coolhead.errors import InputError
from coolhead.perception.reading import Reading
from coolhead.perception.when import Kind, find_phrases
from coolhead.practice.hearing.words import is_nonsense
from coolhead.practice.learning.drill import Drill, Item, found, held, missing

MOST_CHARACTERS = 1_000
"""Of one answer."""

LIKELY = 0.7
"""A misstep spoils an answer only when it is far likelier than not: a wrong "wrong" costs trust."""

PERHAPS = 0.15
"""Likelihood from which on the right words are taken to show the technique. The engine's own threshold is set
for live conversations, where silence is better than a wrong word."""

NEAR = 0.5
"""Cosine of an answer and the nearest right one from which on it may be that in other words."""

NEARER = 0.18
"""By how much it has to be nearer to a right answer than to the poor one."""

_TIMES = (Kind.TIME, Kind.AGAIN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What the judge says of an answer.

    Attributes:
        text: the answer as it may be kept: masked.
        why: one sentence.
        better: another wording that is right.
    """

    text: str
    right: bool
    why: str
    better: str


def judge(engine: Engine, drill: Drill, item: Item, answer: str) -> Judged:
    """Whether `answer` does what the drill trains; the same words always get the same answer.

    Raises:
        InputError: the answer is too long to be read.
    """
    if len(answer) > MOST_CHARACTERS:
        raise InputError(f"An answer is at most {MOST_CHARACTERS:,} characters long.", hint="Say it in less.")
    lacking = missing(answer, (*item.must, *drill.must))
    if len(lacking) == 1 and _is_near(engine, item, answer):
        lacking = ()
    wrong = _without_words(item, answer) or _worded_wrong(drill, item, answer, lacking)
    if not wrong:
        wrong = _perceived_wrong(drill, answer, _read(engine, drill, item, answer))
    return Judged(
        text=mask(answer).text,
        right=not wrong,
        why=wrong or drill.because,
        better=_better(item, answer),
    )


def misjudged(engine: Engine, drill: Drill) -> tuple[tuple[str, str], ...]:
    """What the judge gets wrong of a drill's own answers: item's id and what is wrong; empty for nothing."""
    found_wrong = []
    for item in drill.items:
        for good in item.good:
            judged = judge(engine, drill, item, good)
            if not judged.right:
                found_wrong.append((item.id, f"“{good}” is judged wrong: {judged.why}"))
        if judge(engine, drill, item, item.poor).right:
            found_wrong.append((item.id, f"“{item.poor}” is judged right."))
    return tuple(found_wrong)


def _better(item: Item, answer: str) -> str:
    """The first good wording that is not the answer itself; empty when there is none."""
    said = answer.strip().lower()
    return next((good for good in item.good if good.lower() != said), "")


def _read(engine: Engine, drill: Drill, item: Item, answer: str) -> Reading:
    """What the answer shows, right after what the customer said."""
    customer = item.given if drill.given_by == "customer" else item.before or ""
    before = engine.hear(engine.start(), Turn(id="t0", speaker=Speaker.CUSTOMER, text=customer, place=0.0))
    turn = Turn(id="t1", speaker=Speaker.AGENT, text=answer, place=1.0)
    return engine.hear(before.picture, turn).reading


def _without_words(item: Item, answer: str) -> str:
    if not answer.strip() or is_nonsense(answer):
        return "There are no words in it to read. Anything is a start."
    return "That is the sentence as it stood." if _same(answer, item.given) else ""


def _is_near(engine: Engine, item: Item, answer: str) -> bool:
    """True when an answer means about what a right one does, and rather that than what the poor one does."""
    vector = engine.vector(answer)
    right = max(_cosine(vector, engine.vector(good)) for good in item.good)
    return right >= NEAR and right - _cosine(vector, engine.vector(item.poor)) >= NEARER


def _cosine(one: NDArray[np.float32], other: NDArray[np.float32]) -> float:
    lengths = float(np.linalg.norm(one) * np.linalg.norm(other))
    return float(one @ other) / lengths if lengths else 0.0


def _worded_wrong(drill: Drill, item: Item, answer: str, lacking: tuple[str, ...]) -> str:
    """What the words alone show to be wrong, in a sentence; empty for nothing."""
    for phrases in (*item.must_not, *drill.must_not):
        if words := found(answer, phrases):
            return f"Leave out “{words}”."
    for phrases in lacking[:1]:
        if phrases in item.must:
            return f"Something that matters here is missing: {_in_words(phrases)}."
        return f"{drill.hint} Something like {_in_words(phrases)} is missing."
    if drill.in_order and not _in_order(answer, item.must):
        return f"All of it is there, in another order. {drill.hint}"
    if drill.one_question and answer.count("?") != 1:
        return "Ask one question." if "?" not in answer else "One question at a time."
    if len(answer.split()) > drill.most_words:
        return f"Right or not, it is long: say it in {drill.most_words} words at most."
    return ""


def _perceived_wrong(drill: Drill, answer: str, reading: Reading) -> str:
    """What the engine sees wrong or does not see, in a sentence; empty for a right answer."""
    spoilt = {sign.term for sign in reading.missteps if sign.score >= LIKELY} & set(drill.avoid)
    if spoilt:
        worst = next(each for each in Misstep if each in spoilt)
        return f"It reads as {worst.words}: {worst.definition}."
    if drill.dated and not any(phrase.kind in _TIMES for phrase in find_phrases(answer)):
        return "There is a promise, and no time in it." if reading.promises else drill.hint
    shown = {sign.term for sign in reading.techniques} & set(drill.shown_by)
    perhaps = reading.scores.get(drill.technique.value, 0.0) >= PERHAPS
    if not (shown or perhaps) and not any(held(answer, each) for each in drill.forms):
        return drill.hint
    return ""


def _in_order(answer: str, must: tuple[str, ...]) -> bool:
    """True when what must be there, and is, can be read in that order."""
    rest = answer.replace("’", "'")
    for phrases in must:
        if not held(answer, phrases):
            continue
        words = held(rest, phrases)
        if not words:
            return False
        rest = rest.partition(words)[2]
    return True


def _same(one: str, other: str) -> bool:
    def plain(text: str) -> str:
        return "".join(each for each in text.lower() if each.isalnum())

    return plain(one) == plain(other)


def _in_words(phrases: str) -> str:
    """The first few of the phrases, as people read them: “Monday” or “the 4th”."""
    named = [each.strip().replace("*", "…") for each in phrases.split("|")][:3]
    return " or ".join(f"“{each}”" for each in named)
