"""Scenarios read from YAML, with everything that is wrong with them, and the shipped ones."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from coolhead.guidance.document import Document, Loc, open_document
from coolhead.practice.hearing.phrase import holds, holds_near
from coolhead.practice.scenario.story import Scenario
from coolhead.practice.shipped import by_id, of_id


def load_scenario(source: Path | str, name: str = "the scenario") -> Scenario:
    """The scenario in a file (`Path`) or a text (`str`) that people call `name`.

    Raises:
        FileError: the file cannot be read.
        DocumentError: it is not a scenario; each problem names file, line and column.
    """
    return read_scenario(open_document(source, name))


def read_scenario(document: Document) -> Scenario:
    """The scenario that a document holds.

    Raises:
        DocumentError: it is not one.
    """
    return document.whole(Scenario, _contradictions)


def _contradictions(scenario: Scenario) -> Iterator[tuple[Loc, str]]:
    """What no single field shows: names used twice, and a restatement that would not be understood."""
    yield from _used_twice("facts", [each.id for each in scenario.facts])
    if scenario.hidden_cause.id in {each.id for each in scenario.facts}:
        yield ("hidden_cause", "id"), f'the name "{scenario.hidden_cause.id}" is already used by a fact.'
    if scenario.so_far and scenario.so_far[-1].by != "customer":
        yield ("so_far", len(scenario.so_far) - 1, "by"), "the last turn must be the customer's, who waits."
    seen: set[str] = set()
    for kind in ("settles_for", "partly", "never"):
        for number, remedy in enumerate(getattr(scenario, kind)):
            if remedy.id in seen:
                yield (kind, number, "id"), f'the name "{remedy.id}" is already used.'
            seen.add(remedy.id)
    for number, settling in enumerate(scenario.settles_for):
        if not holds_near(settling.offer, settling.words):
            yield (
                ("settles_for", number, "offer"),
                "holds none of its own words, so it would not be recognised.",
            )
    if not any(holds(scenario.gist, fact.keys) for fact in scenario.all_facts):
        yield ("gist",), "holds no key of any fact, so it would not be recognised as right."


def _used_twice(key: str, ids: list[str]) -> Iterator[tuple[Loc, str]]:
    for number, each in enumerate(ids):
        if each in ids[:number]:
            yield (key, number, "id"), f'the name "{each}" is already used.'


@cache
def shipped_scenarios() -> dict[str, Scenario]:
    """The scenarios that are shipped, by id, in the order of their ids."""
    return by_id("scenarios", load_scenario)


def shipped_scenario(scenario_id: str) -> Scenario:
    """The shipped scenario of that id.

    Raises:
        NotFoundError: there is none.
    """
    return of_id(scenario_id, shipped_scenarios(), "scenario")
