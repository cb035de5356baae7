"""An entry of a playbook as the fields of a form, and back; the fields follow `guidance.form`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import FormData

from coolhead.guidance.amend import Plain
from coolhead.guidance.document import Complaint
from coolhead.guidance.form import CONDITIONS, ENTRY, SETTINGS, TIMES, Control, Shape
from coolhead.guidance.playbook import Entry, check_entry

SIDES = ("when", "unless")
TURNS = 4
"""How far back a time reaches that nobody has filled in yet."""

START: dict[Shape, Any] = {Shape.FLAG: True, Shape.WORDS: [], Shape.RANGE: {}, Shape.TIMES: {}}
"""What a condition is before it is filled in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A condition of a form as it stands: `value` is plain data, as in the file."""

    side: str
    control: Control
    value: Any

    @property
    def id(self) -> str:
        """The name of its fields, and of the place of its errors."""
        return f"{self.side}.{self.control.name}"


def read_entry(form: FormData) -> Plain:
    """The entry that a form holds, as plain data; what is left empty, or is as if left out, is left out."""
    entry: Plain = {}
    for name in Entry.model_fields:
        if name in SIDES:
            conditions = {
                control.name: _condition(form, f"{name}.{control.name}", control)
                for control in CONDITIONS.values()
                if f"{name}.{control.name}" in form.getlist("has")
            }
            if conditions or name == "when":
                entry[name] = conditions
        else:
            value = _value(form, name, ENTRY[name])
            if value not in (None, "", []) and (value != ENTRY[name].given or form.get(f"kept.{name}")):
                entry[name] = value
    return entry


def read_settings(form: FormData) -> Plain:
    """The playbook's own keys that a form holds."""
    values = {name: _value(form, name, control) for name, control in SETTINGS.items()}
    return {name: value for name, value in values.items() if value not in (None, "")}


def with_condition(entry: Plain, side: str, name: str) -> Plain:
    """The entry with one more condition, to be filled in."""
    if side not in SIDES or name not in CONDITIONS:
        return entry
    return entry | {side: {**entry.get(side, {}), name: START[CONDITIONS[name].shape]}}


def without_condition(entry: Plain, side: str, name: str) -> Plain:
    """The entry without that condition."""
    return entry | {side: {key: value for key, value in entry.get(side, {}).items() if key != name}}


def conditions_of(entry: Plain, side: str) -> Iterator[Filled]:
    """The conditions of one side, in the order of the entry; unknown ones are left to the text."""
    conditions = entry.get(side)
    for name, value in (conditions if isinstance(conditions, dict) else {}).items():
        if name in CONDITIONS:
            start = START[CONDITIONS[name].shape]
            fits = isinstance(value, type(start))
            yield Filled(side=side, control=CONDITIONS[name], value=value if fits else start)


def shown(entry: Plain) -> Plain:
    """The entry with every key that a form has; what a form cannot show is shown as missing."""
    lists = {name for name, each in ENTRY.items() if each.shape in (Shape.LINES, Shape.WORDS)}
    return {
        name: value if name not in lists or isinstance(value, list) else []
        for name, value in (dict.fromkeys(Entry.model_fields) | entry).items()
    }


def to_add(entry: Plain, side: str) -> list[Control]:
    """The conditions that the side does not have yet."""
    has = entry.get(side) or {}
    return [control for control in CONDITIONS.values() if control.name not in has]


def complaints_by_field(entry: Plain, taken: Iterable[str] = ()) -> dict[str, list[str]]:
    """What is wrong with the entry, by the field where it is shown; `taken` are names of other entries."""
    _, found = check_entry(entry)
    if entry.get("name") in set(taken):
        found.append(Complaint(("name",), f'the name "{entry["name"]}" is already used.'))
    by_field: dict[str, list[str]] = {}
    for each in found:
        field = _field(each)
        said = f"Wording {int(each.loc[1]) + 1}: {each.message}" if _is_wording(each) else each.message
        by_field.setdefault(field, []).append(said[:1].upper() + said[1:])
    return by_field


def fields() -> list[str]:
    """Every place where a complaint can be shown."""
    conditions = [f"{side}.{name}" for side in SIDES for name in CONDITIONS]
    return [*ENTRY, *SIDES, *conditions]


def _is_wording(complaint: Complaint) -> bool:
    return len(complaint.loc) > 1 and complaint.loc[0] == "say"


def _field(complaint: Complaint) -> str:
    loc = [str(part) for part in complaint.loc]
    return ".".join(loc[:2]) if loc and loc[0] in SIDES and len(loc) > 1 else (loc[0] if loc else "name")


def _value(form: FormData, name: str, control: Control) -> Any:
    given = [str(each).strip() for each in form.getlist(name)]
    match control.shape:
        case Shape.LINES | Shape.WORDS:
            return [" ".join(each.split()) for each in given if each]
        case Shape.FLAG:
            return given[-1:] == ["true"]
        case Shape.NUMBER:
            return _number(given[0]) if given and given[0] else None
        case _:
            return " ".join(given[0].split()) if given else None


def _condition(form: FormData, name: str, control: Control) -> Any:
    match control.shape:
        case Shape.RANGE:
            ends = {end: str(form.get(f"{name}.{end}", "")).strip() for end in ("at_least", "at_most")}
            return {end: given if control.choices else _number(given) for end, given in ends.items() if given}
        case Shape.TIMES:
            return dict(_times(form, name))
        case _:
            return _value(form, name, control)


def _times(form: FormData, name: str) -> Iterator[tuple[str, str]]:
    techniques = form.getlist(f"{name}.technique")
    whens, turns = form.getlist(f"{name}.time"), form.getlist(f"{name}.turns")
    for technique, when, count in zip(techniques, whens, turns, strict=False):
        if technique:
            back = str(count).strip() or TURNS
            yield str(technique), f"in the last {back} turns" if when == TIMES[2] else str(when)


def split_time(when: object) -> tuple[str, str]:
    """The time of a technique as the two fields of the form: which kind, and how many turns."""
    counted = re.fullmatch(r"in the last (\S+) turns?", str(when))
    return (TIMES[2], counted[1]) if counted else (str(when), str(TURNS))


def _number(text: str) -> int | float | str:
    """The number that was typed, or what was typed when it is none: the check then tells of it."""
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text
