from __future__ import annotations

from coolhead.guidance.conditions import Conditions
from coolhead.guidance.form import CONDITIONS, ENTRY, SETTINGS, Shape
from coolhead.guidance.playbook import Entry, Playbook, check_entry


def test_every_key_of_the_models_has_a_control_that_says_what_it_is() -> None:
    assert set(CONDITIONS) == set(Conditions.model_fields)
    assert set(ENTRY) == set(Entry.model_fields) - {"when", "unless"}
    assert set(SETTINGS) == set(Playbook.model_fields) - {"entries"}
    for control in (*CONDITIONS.values(), *ENTRY.values(), *SETTINGS.values()):
        assert control.about


def test_the_shapes_are_read_off_the_types() -> None:
    shapes = {name: CONDITIONS[name].shape for name in ("heat", "risk", "cues", "not_yet", "undated_promise")}
    assert shapes == {
        "heat": Shape.RANGE,
        "risk": Shape.RANGE,
        "cues": Shape.WORDS,
        "not_yet": Shape.TIMES,
        "undated_promise": Shape.FLAG,
    }
    assert CONDITIONS["heat"].choices[0].value == "calm"
    assert not CONDITIONS["risk"].whole
    assert (ENTRY["say"].shape, ENTRY["say"].most) == (Shape.LINES, 6)
    assert (ENTRY["after"].shape, ENTRY["after"].given) == (Shape.CHOICE, "customer")
    assert (ENTRY["cool_down"].shape, ENTRY["cool_down"].most, ENTRY["cool_down"].given) == (
        Shape.NUMBER,
        100,
        8,
    )


def test_each_complaint_about_an_entry_says_where() -> None:
    entry, found = check_entry(
        {
            "name": "x",
            "title": "",
            "when": {"cues": ["thank"], "heat": {"at_least": "angry", "at_most": "calm"}},
            "techniques": ["empathy"],
            "say": ["Hello {nobody}."],
            "why": "w",
        }
    )
    assert entry is None
    assert {each.loc[:2] for each in found} == {("title",), ("when", "cues"), ("when", "heat"), ("say", 0)}
    entry, found = check_entry(
        {"name": "x", "title": "t", "when": {}, "techniques": ["empathy"], "say": ["{nobody}"], "why": "w"}
    )
    assert entry is not None
    assert [each.loc for each in found] == [("when",), ("say", 0)]
