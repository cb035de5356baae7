"""Which simulated customers train a habit: those whom it moves more than most. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from coolhead.codebook import Issue, Misstep, Technique
from coolhead.practice.chance import fraction
from coolhead.practice.persona import Persona, who_suits
from coolhead.practice.scenario import Scenario
from coolhead.practice.seen import Deed

Habit = Technique | Misstep
"""What can go wrong: a technique that is missed, or a misstep."""

MOVES: Mapping[Habit, tuple[Deed, ...]] = {
    Technique.GREETING: (Deed.GREETED,),
    Technique.USES_NAME: (Deed.USED_NAME,),
    Technique.INVITES_STORY: (Deed.LISTENED,),
    Technique.CLARIFYING_QUESTION: (Deed.ASKED_TOO_MUCH,),
    Technique.PARAPHRASE: (Deed.RESTATED_RIGHT,),
    Technique.EMPATHY: (Deed.FEELING_RIGHT, Deed.EMPATHY),
    Technique.HUMAN_MOMENT: (Deed.HUMAN,),
    Technique.APOLOGY: (Deed.APOLOGY_SINCERE, Deed.APOLOGY_SCRIPTED),
    Technique.OWNERSHIP: (Deed.OWNED,),
    Technique.POSITIVE_LANGUAGE: (Deed.POSITIVE, Deed.SAID_NO),
    Technique.EXPLAINS: (Deed.EXPLAINED,),
    Technique.SOLUTION: (Deed.OFFERED_WANTED,),
    Technique.CHOICE: (Deed.CHOICE, Deed.RECOMMENDED),
    Technique.COMMITMENT: (Deed.DATED, Deed.VAGUE),
    Technique.TIME_BOUND: (Deed.DATED, Deed.VAGUE),
    Technique.FOLLOW_UP: (Deed.FOLLOWS_UP,),
    Technique.ESCALATION: (Deed.HANDS_OVER,),
    Technique.BOUNDARY: (Deed.SET_LIMIT,),
    Technique.THANKS: (Deed.THANKED,),
    Technique.CONFIRMS_RESOLUTION: (Deed.CHECKED_SOLVED,),
    Misstep.NEGATIVE_LANGUAGE: (Deed.SAID_NO,),
    Misstep.DEFENSIVE: (Deed.BLAMED,),
    Misstep.DISMISSIVE: (Deed.DISMISSED,),
    Misstep.PREMATURE_SOLUTION: (Deed.TOO_EARLY, Deed.LISTENED),
    Misstep.OVERPROMISE: (Deed.OVERPROMISED,),
    Misstep.VAGUE_COMMITMENT: (Deed.VAGUE,),
    Misstep.SCRIPTED: (Deed.SCRIPTED, Deed.APOLOGY_SCRIPTED),
    Misstep.JARGON: (Deed.JARGON,),
    Misstep.INTERRUPTS: (Deed.INTERRUPTED,),
    Misstep.ASKS_AGAIN: (Deed.ASKED_AGAIN,),
    Misstep.RUDE: (Deed.RUDE,),
}
"""What an agent does, in the customer's eyes, with a technique or a misstep."""

AS_MOST = 1.0
"""How much somebody is moved whom a deed moves as it does most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A customer to practise a habit with.

    Attributes:
        persona: who tells it; None where it moves nobody more than others, so that anybody may.
    """

    scenario: Scenario
    persona: Persona | None


def meetings(
    habits: Collection[Habit],
    scenarios: Iterable[Scenario],
    personas: Sequence[Persona],
    *,
    issues: Sequence[Issue] = (),
    played: Collection[str] = (),
    most: int = 1,
) -> tuple[Meeting, ...]:
    """With whom to practise these habits, the most fitting first.

    About the same as in the conversations where it went wrong comes first, then what was not played yet, then
    who is moved most by it; among those alike it is drawn, always the same for the same habits.

    Args:
        habits: what to practise.
        scenarios: those that can be played.
        personas: those who may be met; abusive ones only where the person wants that.
        issues: what those conversations were about, the most frequent first.
        played: ids of scenarios that the person has played.
        most: how many.
    """
    found = []
    for scenario in scenarios:
        moved, persona = _most_moved(habits, scenario, personas)
        about = issues.index(scenario.issue) if scenario.issue in issues else len(issues)
        lot = fraction(0, *sorted(each.value for each in habits), scenario.id)
        rank = (about, scenario.id in played, -moved, lot)
        found.append((rank, Meeting(scenario=scenario, persona=persona)))
    found.sort(key=lambda each: each[0])
    return tuple(meeting for _, meeting in found[:most])


def moved_by(persona: Persona, habits: Collection[Habit]) -> float:
    """How much more (or less) than most the persona is moved by the habits."""
    deeds = {deed for habit in habits for deed in MOVES[habit]}
    return max((persona.sensitive.get(deed, AS_MOST) for deed in deeds), default=AS_MOST)


def _most_moved(
    habits: Collection[Habit], scenario: Scenario, personas: Sequence[Persona]
) -> tuple[float, Persona | None]:
    best = max(who_suits(scenario, personas), key=lambda each: moved_by(each, habits), default=None)
    moved = moved_by(best, habits) if best else AS_MOST
    return moved, best if moved > AS_MOST else None
