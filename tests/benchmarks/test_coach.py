"""The coach's figures, on conversations small enough to count by hand."""

from __future__ import annotations

from benchmarks.coach import measure
from tests.guidance.talk import agent, customer
from tests.guidance.test_trial import moments


def test_figures_that_can_be_counted_by_hand() -> None:
    rough = moments(customer(2, "broken_promise"), agent(), customer(2), agent("rude"), customer(0))
    right = [{"heat": 2, "next_best": ["ownership", "explains"]}, {}, {"heat": 2}, {}, {"heat": 0}]
    calm = moments(customer(0), agent())
    found = measure([(right, rough), ([{"heat": 0}, {}], calm)])
    assert [moment.card.id for moment in rough if moment.card] == ["own-broken-promise", "repair-sharp-tone"]
    assert found == {
        "customer_turns": 4,
        "cards": 1,
        "cards_a_rough_turn": 1 / 3,
        "right": 1.0,
        "right_always_the_same": 0.0,
        "advised_and_wanted": 0.5,
        "repairs_after_agent_turns": 1,
        "calm_conversations_with_a_card": 0.0,
    }
