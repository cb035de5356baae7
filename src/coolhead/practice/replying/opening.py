"""How a customer begins."""

from __future__ import annotations

from coolhead.codebook import Heat
from coolhead.practice.act import Act, Step
from coolhead.practice.chance import fraction
from coolhead.practice.customer import CustomerState
from coolhead.practice.persona import Persona
from coolhead.practice.scenario import Scenario


def opening_steps(scenario: Scenario, persona: Persona, seed: int, state: CustomerState) -> list[Step]:
    """The customer's first words: the matter, and how they feel about it.

    Args:
        scenario: what it is about.
        persona: who tells it.
        seed: of the run.
        state: as it begins.
    """
    steps = [Step(Act.OPEN)] if fraction(seed, "lead") < (0.9 if state.level >= 3 else 0.65) else []
    steps.append(Step(Act.OPEN, scenario.openings))
    if state.level >= 3 or (state.level == Heat.FRUSTRATED and fraction(seed, "vent") < 0.45):
        steps.append(Step(Act.VENT))
    if state.level >= 3 and fraction(seed, "insult") < 0.35 * persona.leans.get(Act.INSULT, 0.0):
        steps.append(Step(Act.INSULT))
    elif fraction(seed, "aside") < 0.25 * persona.leans.get(Act.ASIDE, 0.0):
        steps.append(Step(Act.ASIDE))
    return steps
