"""How conversations stand as a whole."""

from __future__ import annotations

import pytest

from coolhead.codebook import Cue, Issue, Resolved, Speaker, Technique
from coolhead.picture.outcome import Outcome, is_deescalated, is_escalated, outcome
from tests.picture.conversations import boiler, gym
from tests.picture.lines import agent, customer, hear


def test_a_visit_put_right() -> None:
    assert outcome(boiler()) == Outcome(
        issue=Issue.BOOKING_CHANGE,
        issue_text="boiler engineer never arrived on Friday",
        resolved=Resolved.YES,
        escalated=False,
        deescalated=True,
        csat=4,
    )


def test_an_abusive_end() -> None:
    found = outcome(gym())
    assert (found.resolved, found.escalated, found.deescalated, found.csat) == (Resolved.NO, True, False, 1)


@pytest.mark.parametrize(
    ("heats", "cooled"),
    [
        ([2, 0, 0], True),
        ([3, 2, 1, 1], True),
        ([3, 1, 2], False),
        ([3, 2, 1], False),
        ([1, 0, 0], False),
        ([2, 1, 0], False),
        ([4, 2, 2], True),
        ([2], False),
    ],
)
def test_deescalated_follows_the_codebook(heats: list[int], cooled: bool) -> None:
    course = hear(*(customer("words", heat) for heat in heats))[-1].picture.course
    assert is_deescalated([point.level for point in course]) is cooled


def test_handed_over_is_when_a_supervisor_spoke_or_the_wish_for_one_was_met_last() -> None:
    asks = customer("Your manager, please.", 2, cues=[Cue.ASKS_SUPERVISOR])
    hands_over = agent("I am putting her on.", Technique.ESCALATION)
    explains = agent("She is away today.", Technique.EXPLAINS)
    assert is_escalated(hear(asks, hands_over))
    assert is_escalated(hear(customer("Hm."), agent("This is Rosa.", speaker=Speaker.SUPERVISOR)))
    assert not is_escalated(hear(asks, explains))
    assert not is_escalated(hear(customer("Hm."), hands_over))
