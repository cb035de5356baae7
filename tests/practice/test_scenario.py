"""Scenarios and personas: what is shipped can be played; a mistake in a file is told with its place."""

from __future__ import annotations

from importlib import resources

import pytest

from coolhead.errors import NotFoundError
from coolhead.guidance.document import DocumentError, problems_in
from coolhead.practice.hearing.quantity import quantities
from coolhead.practice.persona import shipped_persona, shipped_personas, shipped_who_suit
from coolhead.practice.scenario import load_scenario, shipped_scenario, shipped_scenarios

SOFA = (
    resources.files("coolhead.practice")
    .joinpath("content/scenarios/grey-sofa.yaml")
    .read_text(encoding="utf-8")
)


def test_every_shipped_scenario_names_personas_that_exist() -> None:
    for scenario in shipped_scenarios().values():
        assert set(scenario.personas) <= set(shipped_personas())
        assert shipped_who_suit(scenario, abusive=False)


def test_there_are_eight_personas_and_only_the_abusive_one_is_warned_of() -> None:
    assert len(shipped_personas()) == 8
    assert [each.id for each in shipped_personas().values() if each.warning] == ["abusive"]
    assert not any(each.is_abusive for each in shipped_who_suit(shipped_scenario("grey-sofa"), abusive=False))


def test_no_gist_of_a_shipped_scenario_contradicts_its_facts() -> None:
    for scenario in shipped_scenarios().values():
        told = {(each.kind, each.value) for each in quantities(scenario.gist)}
        assert told <= scenario.quantities


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ("about: [number]", "about: [nmber]", 'did you mean "number"?'),
        ("given: volunteered", "given: unasked", "is not a way of giving"),
        ("thing: the sofa", "thnig: the sofa", 'unknown key "thnig"'),
        ("id: colour", "id: order", 'the name "order" is already used'),
        (
            "gist: you ordered the sofa in Moss, waited nine weeks, and Harbour Grey arrived",
            "gist: hello",
            "no key",
        ),
    ],
)
def test_a_mistake_is_told_with_line_and_column(right: str, wrong: str, told: str) -> None:
    text = SOFA.replace(right, wrong, 1)
    with pytest.raises(DocumentError) as caught:
        load_scenario(text, "mine.yaml")
    assert told in caught.value.message
    first = caught.value.problems[0]
    assert caught.value.message.startswith(f"mine.yaml:{first.line}:{first.column}: ")
    assert problems_in(load_scenario, text) == caught.value.problems


def test_a_name_that_does_not_exist_is_told_with_those_that_do() -> None:
    with pytest.raises(NotFoundError, match="grey-sofa"):
        shipped_scenario("green-sofa")
    with pytest.raises(NotFoundError, match="icy-polite"):
        shipped_persona("polite")
