"""The rubric that practice and quality review share: what was due, what was done, and what it scores.

Reads the moments of any conversation; knows nothing of simulated customers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from coolhead.codebook import Abuse, Heat, Misstep, Technique, Term
from coolhead.engine import Moment

MISSTEP_COST = 0.25
"""Share of the points for "does no harm" that each turn with a misstep costs."""


class Criterion(Term):
    """One line of the rubric."""

    LISTENS = "listens", "asks to be told, restates, asks to the point"
    ACKNOWLEDGES = "acknowledges", "names the feeling, says sorry for the thing itself"
    OWNS = "owns", "takes it on, says what can be done and why"
    SOLVES = "solves", "offers a remedy, and a choice where there is one"
    COMMITS = "commits", "says who does what, by when"
    CLOSES = "closes", "checks that nothing is left, and thanks"
    SETS_LIMITS = "sets_limits", "answers abuse with a respectful limit"
    NO_HARM = "no_harm", "no turn that tends to make things worse"
    OUTCOME = "outcome", "the customer ends calmer than at the peak"


_SHOWN_BY: dict[Criterion, tuple[Technique, ...]] = {
    Criterion.LISTENS: (Technique.INVITES_STORY, Technique.PARAPHRASE, Technique.CLARIFYING_QUESTION),
    Criterion.ACKNOWLEDGES: (Technique.EMPATHY, Technique.APOLOGY, Technique.HUMAN_MOMENT),
    Criterion.OWNS: (Technique.OWNERSHIP, Technique.POSITIVE_LANGUAGE, Technique.EXPLAINS),
    Criterion.SOLVES: (Technique.SOLUTION, Technique.CHOICE, Technique.ESCALATION),
    Criterion.COMMITS: (Technique.COMMITMENT, Technique.TIME_BOUND, Technique.FOLLOW_UP),
    Criterion.CLOSES: (Technique.CONFIRMS_RESOLUTION, Technique.THANKS),
}
POINTS: dict[Criterion, int] = {
    Criterion.LISTENS: 18,
    Criterion.ACKNOWLEDGES: 14,
    Criterion.OWNS: 10,
    Criterion.SOLVES: 8,
    Criterion.COMMITS: 10,
    Criterion.CLOSES: 5,
    Criterion.SETS_LIMITS: 10,
    Criterion.NO_HARM: 15,
    Criterion.OUTCOME: 20,
}
"""What each line is worth where it applies; the score is the share of the points that apply, times 100."""

_ENOUGH = 2
"""Different techniques of a line that earn all of its points; one earns 70 %."""
_FIRST = 0.7


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a scorecard.

    Attributes:
        points: earned.
        of: that could be earned.
        why: one sentence.
        turns: ids of the turns that show it.
    """

    criterion: Criterion
    points: float
    of: int
    why: str
    turns: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorecard:
    """The lines that apply to a conversation.

    Attributes:
        penalty: points taken off for hints.
    """

    lines: tuple[Line, ...]
    penalty: int = 0

    @property
    def score(self) -> int:
        """0–100: the share of the points that apply, less the penalty."""
        possible = sum(line.of for line in self.lines)
        earned = sum(line.points for line in self.lines)
        return max(0, round(100 * earned / possible) - self.penalty) if possible else 0


def scorecard(moments: Sequence[Moment], *, penalty: int = 0) -> Scorecard:
    """The scorecard of a conversation, from all of its moments in order."""
    lines = [_technique_line(criterion, moments) for criterion in _SHOWN_BY]
    extra = (_limits(moments), _no_harm(moments), _outcome(moments))
    return Scorecard(lines=(*lines, *(line for line in extra if line)), penalty=penalty)


def _technique_line(criterion: Criterion, moments: Sequence[Moment]) -> Line:
    shown: dict[Technique, list[str]] = {}
    for moment in moments:
        for sign in moment.reading.techniques:
            if sign.term in _SHOWN_BY[criterion]:
                shown.setdefault(sign.term, []).append(moment.turn.id)
    share = 0.0 if not shown else 1.0 if len(shown) >= _ENOUGH else _FIRST
    words = ", ".join(term.words for term in shown)
    missing = ", ".join(term.words for term in _SHOWN_BY[criterion])
    return Line(
        criterion=criterion,
        points=share * POINTS[criterion],
        of=POINTS[criterion],
        why=f"Shown: {words}." if shown else f"Nothing of this was seen: {missing}.",
        turns=tuple(dict.fromkeys(turn for turns in shown.values() for turn in turns)),
    )


def _limits(moments: Sequence[Moment]) -> Line | None:
    """Applies only where somebody was insulted, harassed or threatened."""
    abuse = [at for at, moment in enumerate(moments) if _is_abuse(moment)]
    if not abuse:
        return None
    limits = [
        at
        for at, moment in enumerate(moments)
        if at > abuse[0] and any(sign.term is Technique.BOUNDARY for sign in moment.reading.techniques)
    ]
    of = POINTS[Criterion.SETS_LIMITS]
    return Line(
        criterion=Criterion.SETS_LIMITS,
        points=of if limits else 0,
        of=of,
        why="A limit followed the abuse." if limits else "Abuse was left without a limit.",
        turns=tuple(moments[at].turn.id for at in (limits or abuse[:1])),
    )


def _is_abuse(moment: Moment) -> bool:
    return moment.reading.abuse is not None and moment.reading.abuse.term not in (Abuse.NONE, Abuse.PROFANITY)


def _no_harm(moments: Sequence[Moment]) -> Line:
    harmed = [moment for moment in moments if moment.reading.missteps]
    terms: dict[Misstep, None] = dict.fromkeys(
        sign.term for moment in harmed for sign in moment.reading.missteps
    )
    of = POINTS[Criterion.NO_HARM]
    return Line(
        criterion=Criterion.NO_HARM,
        points=of * max(0.0, 1 - MISSTEP_COST * len(harmed)),
        of=of,
        why=f"Seen: {', '.join(term.words for term in terms)}." if harmed else "Nothing made it worse.",
        turns=tuple(moment.turn.id for moment in harmed),
    )


def _outcome(moments: Sequence[Moment]) -> Line | None:
    """How far below its peak the heat ended; calm at the end earns all."""
    course = moments[-1].picture.course if moments else ()
    if not course:
        return None
    peak = max(course, key=lambda point: point.level)
    end = min(course[-1].level, course[-2].level) if len(course) > 1 else course[-1].level
    of = POINTS[Criterion.OUTCOME]
    share = 1.0 if end is Heat.CALM else (peak.level - end) / max(peak.level, 1)
    return Line(
        criterion=Criterion.OUTCOME,
        points=of * max(0.0, share),
        of=of,
        why=f"From {peak.level.words} at the peak to {Heat(end).words} at the end.",
        turns=(peak.turn_id, course[-1].turn_id),
    )
