"""The ladder of limits: warn, warn for the last time, end or hand over; swearing alone never climbs it."""

from __future__ import annotations

import pytest

from coolhead.guidance.boundary import boundary
from coolhead.guidance.limits import BoundaryStep, default_limits
from tests.guidance.talk import Said, Talk, agent, customer

insult = customer(4, "abusive", abuse="insult")
harassment = customer(4, "abusive", abuse="harassment")
threat = customer(4, "abusive", abuse="threat")
swearing = customer(3, "angry", abuse="profanity")
limit = agent("boundary")


@pytest.mark.parametrize(
    ("said", "step"),
    [
        ((customer(3, "angry"),), BoundaryStep.NONE),
        ((swearing, agent(), swearing), BoundaryStep.NONE),
        ((insult,), BoundaryStep.WARN),
        ((insult, agent("empathy")), BoundaryStep.WARN),
        ((insult, limit), BoundaryStep.NONE),
        ((insult, limit, customer(2)), BoundaryStep.NONE),
        ((insult, limit, insult), BoundaryStep.FINAL_WARNING),
        ((insult, limit, insult, limit, insult), BoundaryStep.END),
        ((insult, limit, insult, limit, insult, limit, insult), BoundaryStep.END),
        ((harassment,), BoundaryStep.FINAL_WARNING),
        ((harassment, limit, harassment), BoundaryStep.END),
        ((threat,), BoundaryStep.HAND_OVER),
        ((insult, limit, threat), BoundaryStep.HAND_OVER),
        ((threat, agent("escalation")), BoundaryStep.NONE),
        ((threat, agent("empathy")), BoundaryStep.HAND_OVER),
    ],
)
def test_each_step(said: tuple[Said, ...], step: BoundaryStep) -> None:
    talk = Talk()
    talk.hear(*said)
    assert boundary(talk.picture, default_limits()).step is step


def test_what_was_said_and_done_is_kept() -> None:
    talk = Talk()
    talk.hear(insult, limit, harassment)
    found = boundary(talk.picture, default_limits())
    assert found.warnings == 1
    assert [abuse.turn_id for abuse in found.abuse] == ["t0", "t2"]
