"""Which customers train a habit."""

from __future__ import annotations

import pytest

from coolhead.codebook import Issue, Misstep, Technique
from coolhead.practice.learning.fitting import MOVES, Habit, meetings, moved_by
from coolhead.practice.persona import shipped_personas
from coolhead.practice.scenario import shipped_scenarios

CALM = [each for each in shipped_personas().values() if not each.is_abusive]


def test_every_habit_moves_customers() -> None:
    assert set(MOVES) == {*Technique, *Misstep}


@pytest.mark.parametrize(
    ("habit", "persona"),
    [
        (Technique.EXPLAINS, "anxious"),
        (Technique.CHOICE, "indecisive"),
        (Misstep.JARGON, "vulnerable"),
        (Misstep.OVERPROMISE, "icy-polite"),
        (Misstep.INTERRUPTS, "chatty"),
    ],
)
def test_who_is_moved_most_by_it_tells_it(habit: Habit, persona: str) -> None:
    scenarios = shipped_scenarios().values()
    found = meetings({habit}, scenarios, CALM, most=3)
    assert len(found) == 3
    assert {each.persona.id for each in found if each.persona} == {persona}
    assert found == meetings({habit}, reversed([*scenarios]), CALM, most=3)


def test_what_went_wrong_about_something_is_practised_about_that_and_what_is_new_comes_first() -> None:
    scenarios = shipped_scenarios().values()
    billing = {each.id for each in scenarios if each.issue is Issue.BILLING}
    first, second = meetings({Misstep.DISMISSIVE}, scenarios, CALM, issues=[Issue.BILLING], most=2)
    assert {first.scenario.id, second.scenario.id} <= billing
    again, *_ = meetings(
        {Misstep.DISMISSIVE}, scenarios, CALM, issues=[Issue.BILLING], played={first.scenario.id}
    )
    assert again == second


def test_where_nobody_is_moved_more_than_others_anybody_may_tell_it() -> None:
    (found,) = meetings({Technique.THANKS}, shipped_scenarios().values(), CALM)
    assert found.persona is None
    assert moved_by(CALM[0], {Technique.THANKS}) == 1.0
    assert meetings({Technique.THANKS}, [], CALM) == ()


def test_a_limit_is_practised_with_abusive_customers_where_they_are_wanted() -> None:
    (found,) = meetings({Technique.BOUNDARY}, shipped_scenarios().values(), [*shipped_personas().values()])
    assert found.persona
    assert found.persona.is_abusive
