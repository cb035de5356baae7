"""A scenario: what happened to a customer, what they know, want and would settle for; read from YAML.

Knows no persona and no state: the same scenario is told by different people.
"""

from coolhead.practice.scenario.parts import (
    Difficulty,
    DifficultyWord,
    Fact,
    Feeling,
    Given,
    Grievance,
    Happening,
    Name,
    Remedy,
    Said,
    Settling,
    Text,
    Words,
)
from coolhead.practice.scenario.reading import (
    load_scenario,
    read_scenario,
    shipped_scenario,
    shipped_scenarios,
)
from coolhead.practice.scenario.story import Scenario

__all__ = [
    "Difficulty",
    "DifficultyWord",
    "Fact",
    "Feeling",
    "Given",
    "Grievance",
    "Happening",
    "Name",
    "Remedy",
    "Said",
    "Scenario",
    "Settling",
    "Text",
    "Words",
    "load_scenario",
    "read_scenario",
    "shipped_scenario",
    "shipped_scenarios",
]
