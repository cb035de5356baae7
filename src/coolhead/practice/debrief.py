"""What a run can teach: score, heat curve, the moments that mattered, better words, questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest

from coolhead.codebook import Term
from coolhead.engine import Moment
from coolhead.guidance.rewrite import rewrite
from coolhead.practice.act import Ending
from coolhead.practice.chance import shuffled
from coolhead.practice.customer import RuleFired
from coolhead.practice.hint import HINT_COST, hint_for
from coolhead.practice.rules import Dimension
from coolhead.practice.run import Practice, Round, Run
from coolhead.practice.scorecard import Scorecard, scorecard
from coolhead.practice.seen import Deed

BEND = 0.2
"""Levels of heat; a smaller change in one turn is no bend of the curve."""

MOMENTS = 3

ENDED: Mapping[Ending, str] = {
    Ending.SETTLED: "Settled: agreed, dated and closed.",
    Ending.HANDED_OVER: "Handed over to a supervisor.",
    Ending.GAVE_UP: "The customer left.",
    Ending.ENDED_BY_AGENT: "You ended it after abuse. That is a right, not a failure.",
    Ending.STOPPED: "You stopped. That is always all right.",
}
"""How a run ended, said to who practised; nobody is blamed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CurvePoint:
    """Heat after a round.

    Attributes:
        inner: what the customer felt, 0–4.
        read: what the engine read in the words, 0–4.
        because: what the agent did, in words, where the curve bends; empty elsewhere.
    """

    number: int
    inner: float
    read: float
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TurningPoint:
    """A moment that mattered.

    Attributes:
        number: of the agent's turn.
        said: the agent's words.
        answered: the customer's.
        by: levels of heat it moved; below 0 is cooler.
        why: what the rules that moved it most say.
        better: another way to say it; empty where it was good.
    """

    number: int
    said: str
    answered: str
    by: float
    why: tuple[str, ...]
    better: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Debrief:
    """All there is to look at after a run."""

    ending: Ending | None
    scorecard: Scorecard
    curve: tuple[CurvePoint, ...]
    moments: tuple[TurningPoint, ...]
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """One agent turn of two courses side by side; None where a course has ended.

    Attributes:
        same: both agents said the same, so that the customer answered the same.
    """

    number: int
    first: Round | None
    second: Round | None
    same: bool


_QUESTIONS: tuple[tuple[Deed | None, str], ...] = (
    (None, "What worked, and how could you tell from the customer's answer?"),
    (None, "What would you do differently from which turn on?"),
    (Deed.TOO_EARLY, "What did you not know yet when you offered the first remedy?"),
    (Deed.VAGUE, "Which promise had no date, and what date could you have given?"),
    (Deed.SAID_NO, "What could you have said you can do, where you said you cannot?"),
    (Deed.BLAMED, "Where did you explain whose fault it was, and whom did that help?"),
    (Deed.DISMISSED, "Which feeling did you pass over, and what is its name?"),
    (Deed.ASKED_AGAIN, "What had they already told you when you asked for it?"),
    (Deed.RESTATED_WRONG, "What did you get wrong, and how did you take the correction?"),
    (Deed.SET_LIMIT, "How did it feel to set a limit, and what did you say right after it?"),
    (Deed.RESTATED_RIGHT, "What changed after you had said their story back to them?"),
)
MOST_QUESTIONS = 4


def debrief(practice: Practice, run: Run) -> Debrief:
    """The debrief of a run, over or not."""
    moments = practice.moments(run)
    return Debrief(
        ending=run.ending,
        scorecard=scorecard(moments, penalty=HINT_COST * len(run.hints)),
        curve=_curve(run),
        moments=_turning_points(run, moments),
        questions=_questions(run),
    )


def compare(first: Run, second: Run) -> tuple[Beside, ...]:
    """Two courses of one scenario side by side, agent turn by agent turn."""
    pairs = zip_longest(first.rounds[1:], second.rounds[1:])
    return tuple(
        Beside(number=number, first=one, second=other, same=_words(one) == _words(other))
        for number, (one, other) in enumerate(pairs, 1)
    )


def _words(round_: Round | None) -> str | None:
    return round_.agent.turn.text if round_ and round_.agent else None


def _curve(run: Run) -> tuple[CurvePoint, ...]:
    points = []
    for before, each in zip((None, *run.rounds), run.rounds, strict=False):
        heat = each.customer.reading.heat
        bends = before is not None and abs(each.state.heat - before.state.heat) >= BEND
        because = tuple(fired.deed.definition for fired in _strongest(each.fired)) if bends else ()
        points.append(
            CurvePoint(
                number=each.number,
                inner=each.state.heat,
                read=heat.expected if heat else 0.0,
                because=because,
            )
        )
    return tuple(points)


def _strongest(fired: Sequence[RuleFired], most: int = 2) -> list[RuleFired]:
    """The rules that moved heat most, those of the prevailing direction alone."""
    total = sum(each.moved.get(Dimension.HEAT, 0.0) for each in fired)
    with_it = [each for each in fired if each.moved.get(Dimension.HEAT, 0.0) * total > 0]
    return sorted(with_it, key=lambda each: -abs(each.moved[Dimension.HEAT]))[:most]


def _turning_points(run: Run, moments: Sequence[Moment]) -> tuple[TurningPoint, ...]:
    changes = [(each.state.heat - before.state.heat, each) for before, each in pairwise(run.rounds)]
    chosen = sorted(changes, key=lambda change: -abs(change[0]))[:MOMENTS]
    return tuple(
        TurningPoint(
            number=each.number,
            said=_words(each) or "",
            answered=each.reply,
            by=by,
            why=tuple(fired.why for fired in _strongest(each.fired)),
            better=_better(run, each, moments) if by > 0 else "",
        )
        for by, each in sorted(chosen, key=lambda change: change[1].number)
    )


def _better(run: Run, each: Round, moments: Sequence[Moment]) -> str:
    """The agent's own words mended where that is safe, else what the method does next at this point."""
    agent = each.agent
    if agent is None:
        return ""
    before = next(previous for previous, moment in pairwise(moments) if moment.turn.id == agent.turn.id)
    mended = rewrite(agent.turn.text, before.picture, agent.reading)
    if mended:
        return agent.turn.text[: mended.start] + mended.text + agent.turn.text[mended.end :]
    earlier = run.rounds[each.number - 1]
    return hint_for(run.scenario, earlier.memory, earlier.customer.card).say


def _questions(run: Run) -> tuple[str, ...]:
    done = {deed for each in run.rounds if each.seen for deed in each.seen.deeds}
    always = [text for deed, text in _QUESTIONS if deed is None]
    due = [text for deed, text in _QUESTIONS if deed in done]
    return (*always, *shuffled(due, run.seed, "questions")[: MOST_QUESTIONS - len(always)])


class Course(Term):
    """Which of two courses went better."""

    FIRST = "first", "the first ended cooler"
    SECOND = "second", "the second ended cooler"
    SAME = "same", "no difference to speak of"


def better_course(first: Run, second: Run) -> Course:
    """Which course ended cooler, by a bend or more."""
    by = first.last.state.heat - second.last.state.heat
    return Course.SAME if abs(by) < BEND else Course.SECOND if by > 0 else Course.FIRST
