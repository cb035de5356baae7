"""The order of the model's outputs: targets, heads, calibration and thresholds all follow it."""

from __future__ import annotations

from coolhead.codebook import Abuse, Behaviour, Cue, Issue, Misstep, Resolved, Technique, Trigger

HEAT_STEPS = ("1", "2", "3", "4")
"""One output a step: the probability that heat is at least this."""

GROUPS: dict[str, tuple[str, ...]] = {
    "heat": HEAT_STEPS,
    "behaviours": tuple(Behaviour),
    "abuse": tuple(kind for kind in Abuse if kind is not Abuse.NONE),
    "triggers": tuple(Trigger),
    "cues": tuple(Cue),
    "next_best": tuple(Technique),
    "techniques": tuple(Technique),
    "missteps": tuple(Misstep),
}
"""Outputs of one turn, each read from the turn's own words."""

CUSTOMER_GROUPS = ("heat", "behaviours", "abuse", "triggers", "cues")
AGENT_GROUPS = ("techniques", "missteps")

CONVERSATION_GROUPS: dict[str, tuple[str, ...]] = {
    "issue": tuple(Issue),
    "resolved": tuple(Resolved),
    "csat": ("1", "2", "3", "4", "5"),
}
"""Outputs of the conversation so far."""

TURN_OUTPUTS = sum(len(names) for names in GROUPS.values())


def slices(groups: dict[str, tuple[str, ...]]) -> dict[str, slice]:
    """Where each group's outputs lie in the vector of all of them."""
    places, start = {}, 0
    for group, names in groups.items():
        places[group] = slice(start, start + len(names))
        start += len(names)
    return places


SLICES = slices(GROUPS)
CONVERSATION_SLICES = slices(CONVERSATION_GROUPS)
