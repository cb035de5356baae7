"""Scenarios read from YAML, with everything that is wrong with them, and the shipped ones."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import resources
from pathlib import Path

from coolhead.errors import NotFoundError
from coolhead.guidance.document import Document, DocumentError, Loc, Problem, open_document
from coolhead.practice.hearing.phrase import holds, holds_near
from coolhead.practice.scenario.story import Scenario


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
    scenario, problems = document.read(Scenario)
    if scenario is not None:
        problems = [document.problem(loc, message) for loc, message in _contradictions(scenario)]
    if scenario is None or problems:
        raise DocumentError(document.name, problems)
    return scenario


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
    folder = resources.files("coolhead.practice").joinpath("content/scenarios")
    files = sorted((each for each in folder.iterdir() if each.name.endswith(".yaml")), key=lambda f: f.name)
    read = [load_scenario(each.read_text(encoding="utf-8"), each.name) for each in files]
    return {each.id: each for each in read}


def shipped_scenario(scenario_id: str) -> Scenario:
    """The shipped scenario of that id.

    Raises:
        NotFoundError: there is none.
    """
    known = shipped_scenarios()
    if scenario_id not in known:
        raise NotFoundError(
            f'There is no scenario "{scenario_id}".', hint=f"Choose one of: {', '.join(known)}."
        )
    return known[scenario_id]


def problems_in(text: str, name: str) -> tuple[Problem, ...]:
    """Everything wrong with a scenario as it is being written; empty when it can be played."""
    try:
        load_scenario(text, name)
    except DocumentError as error:
        return error.problems
    return ()
