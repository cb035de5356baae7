"""The forecast moves with what is heard; its trees are what the package holds."""

from __future__ import annotations

import pytest

from coolhead.codebook import Cue, Misstep, Technique
from coolhead.picture.forecast import LEAST, MOST, Trees, probability
from tests.picture.lines import agent, customer, hear


def test_a_tree_goes_left_up_to_its_border_and_counts_what_is_absent_as_nothing() -> None:
    tree = ((0.0, "heat", 0.5, 1, 2), (-1.0, "", 0.0, 0, 0), (2.0, "", 0.0, 0, 0))
    trees = Trees(0.25, (tree, tree))
    assert trees.log_odds({"heat": 0.5}) == pytest.approx(-1.75)
    assert trees.log_odds({"heat": 0.6}) == pytest.approx(4.25)
    assert trees.log_odds({}) == pytest.approx(-1.75)


def test_no_forecast_is_certain() -> None:
    assert probability(-50) == LEAST
    assert probability(50) == MOST


def test_nothing_is_forecast_before_the_customer_has_spoken() -> None:
    assert hear(agent("Hello, this is Ama.", Technique.GREETING))[-1].picture.risk == 0.0


def test_a_dismissed_customer_is_likelier_to_heat_up_than_one_who_was_heard() -> None:
    said = customer("I have been waiting for three weeks now and nobody rings me.", 2)
    dismissed = agent("You have to be patient.", missteps=[Misstep.DISMISSIVE, Misstep.NEGATIVE_LANGUAGE])
    acknowledged = agent("I am sorry. I will see to it myself.", Technique.APOLOGY, Technique.OWNERSHIP)
    assert hear(said, dismissed)[-1].picture.risk > hear(said, acknowledged)[-1].picture.risk


def test_a_grateful_customer_is_unlikely_to_heat_up() -> None:
    tense = hear(customer("It is late and I am worried.", 1))[-1].picture.risk
    thanks = customer("Lovely, thank you so much.", 0, cues=[Cue.THANKS, Cue.CONFIRMS])
    assert hear(thanks)[-1].picture.risk < tense
