"""The playbook: a YAML file that a team lead can read, checked as a whole before it is used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field

from coolhead.guidance.conditions import Conditions, Since, TechniqueWord
from coolhead.guidance.document import (
    Complaint,
    Document,
    DocumentError,
    Loc,
    Problem,
    Strict,
    checked,
    nearest,
    open_document,
)
from coolhead.guidance.facts import CITATION, KNOWN, may_be_cited
from coolhead.guidance.phrases import SLOT, SLOTS

Line = Annotated[str, Field(min_length=1, max_length=400)]


class Entry(Strict):
    """One piece of advice, and when it helps."""

    name: str = Field(
        pattern=r"^[a-z][a-z0-9-]*$", max_length=60, description="Unique; small letters, digits and hyphens."
    )
    title: str = Field(
        min_length=1,
        max_length=60,
        description="What to do, in a few words; the agent's largest text.",
    )
    after: Literal["customer", "agent"] = Field(
        default="customer",
        description="Whose turn it follows: `customer`, or `agent` to repair a misstep.",
    )
    when: Conditions = Field(description="All of these must hold.")
    unless: Conditions = Field(default=Conditions(), description="None of these may hold.")
    techniques: tuple[TechniqueWord, ...] = Field(
        min_length=1, max_length=3, description="What following the advice would show, most important first."
    )
    say: tuple[Line, ...] = Field(
        min_length=1,
        max_length=6,
        description="Example wordings, shown in turn; the agent fills `[…]`.",
    )
    why: Line = Field(description="One sentence on why it helps now.")
    learn: str = Field(default="", description="Link to a page on the method, from the docs folder.")
    cool_down: int = Field(default=8, ge=0, le=100, description="Turns before it may be shown again.")
    not_again_once_done: bool = Field(default=False, description="Never shown again once it was followed.")
    priority: int = Field(default=50, ge=0, le=100, description="Which entry wins when several match.")


class Playbook(Strict):
    """All the advice there is, and how sparingly it is given."""

    name: str = Field(min_length=1, max_length=80, description="What people call this playbook.")
    rest: int = Field(
        default=2, ge=0, le=50, description="Turns after a card in which only an urgent one may follow."
    )
    urgent_from: int = Field(
        default=80,
        ge=0,
        le=101,
        description="Priority from which only its cool-down holds an entry back.",
    )
    entries: tuple[Entry, ...] = Field(min_length=1, description="The advice.")

    def is_urgent(self, entry: Entry) -> bool:
        """True when only the cool-down of `entry` may hold it back."""
        return entry.priority >= self.urgent_from

    def entry(self, name: str) -> Entry | None:
        """The entry called `name`, or None."""
        return next((entry for entry in self.entries if entry.name == name), None)


def load(source: Path | str) -> Playbook:
    """The playbook in a file (`Path`) or in a text (`str`).

    Raises:
        FileError: the file cannot be read.
        DocumentError: something in it is wrong; every problem that was found, with line and column.
    """
    return _parse(open_document(source, "playbook"))


def check_entry(given: dict[str, Any]) -> tuple[Entry | None, list[Complaint]]:
    """An entry as plain data as an `Entry`, or None, and everything wrong with it but its place in a file."""
    entry, found = checked(Entry, given)
    if entry:
        more = _impossible(entry)
    else:
        say = given.get("say")
        more = _unknown_slots(str(given.get("why", "")), map(str, say if isinstance(say, list) else ()))
    return entry, [*found, *(Complaint(loc, message) for loc, message in more)]


def check_settings(given: dict[str, object]) -> list[Complaint]:
    """Everything wrong with the keys of the playbook as a whole, its entries aside."""
    return [each for each in checked(Playbook, given)[1] if each.loc[:1] != ("entries",)]


@cache
def default_playbook() -> Playbook:
    """The playbook that is shipped; it covers the whole method."""
    return _parse(Document("default.yaml", shipped_text()))


def shipped_text() -> str:
    """The shipped playbook as it is written, with its comments."""
    return resources.files("coolhead.guidance").joinpath("content/default.yaml").read_text(encoding="utf-8")


def _parse(document: Document) -> Playbook:
    playbook, problems = document.read(Playbook)
    problems += _problems_of_entries(document)
    if problems or playbook is None:
        raise DocumentError(document.name, problems)
    return playbook


def _problems_of_entries(document: Document) -> list[Problem]:
    """What no single field shows: names used twice, and entries that can never fire."""
    entries = document.root.get("entries") if isinstance(document.root, dict) else None
    found: list[Problem] = []
    seen: dict[str, int] = {}
    for number, raw in enumerate(entries if isinstance(entries, list) else ()):
        name = raw.get("name") if isinstance(raw, dict) else None
        here = document.problem(("entries", number, "name"), "")
        if isinstance(name, str) and name in seen:
            message = f'the name "{name}" is already used on line {seen[name]}.'
            found.append(document.problem(("entries", number, "name"), message))
        elif isinstance(name, str):
            seen[name] = here.line
        entry, _ = document.read(Entry, ("entries", number))
        if entry:
            found += [document.problem(("entries", number, *loc), said) for loc, said in _impossible(entry)]
    return found


def _impossible(entry: Entry) -> Iterator[tuple[Loc, str]]:
    """Where and why `entry` can never fire, or would always, or speaks of a slot that does not exist."""
    if not entry.when.given:
        yield ("when",), "no condition: this would match every turn."
    if entry.after == "agent":
        for key in {"triggers", "cues", "behaviours", "abuse"} & set(entry.when.given):
            yield ("when", key), f'never matches: an agent turn shows no "{key}".'
    yield from _forbidden_by_unless(entry)
    yield from _undone_and_done(entry)
    yield from _ranges_apart(entry.when)
    yield from _unknown_slots(entry.why, entry.say)


def _forbidden_by_unless(entry: Entry) -> Iterator[tuple[Loc, str]]:
    for key in entry.when.given:
        wanted, barred = getattr(entry.when, key), getattr(entry.unless, key)
        if wanted == barred or (isinstance(wanted, tuple) and barred and set(wanted) <= set(barred)):
            yield ("unless", key), f'never matches: "unless" forbids what "when" asks for in "{key}".'


def _undone_and_done(entry: Entry) -> Iterator[tuple[Loc, str]]:
    undone, done = entry.when.not_yet or {}, entry.when.done or {}
    for technique in undone.keys() & done.keys():
        if _covers(undone[technique], done[technique]):
            yield (
                ("when", "done", technique.value),
                (
                    f'never matches: "{technique}" cannot be done {done[technique].words} '
                    f"and not yet done {undone[technique].words}."
                ),
            )


def _covers(wide: Since, narrow: Since) -> bool:
    """True when every turn that counts for `narrow` counts for `wide` too, whatever the conversation."""
    if wide.turns is not None and narrow.turns is not None:
        return wide.turns >= narrow.turns
    return wide.words in ("ever", narrow.words)


def _ranges_apart(when: Conditions) -> Iterator[tuple[Loc, str]]:
    for low_name, high_name in (("heat", "peak"), ("customer_turns", "turns")):
        low, high = getattr(when, low_name), getattr(when, high_name)
        lowest, highest = low and low.at_least, high and high.at_most
        if lowest is not None and highest is not None and lowest > highest:
            yield ("when", low_name), f'never matches: "{low_name}" cannot be above "{high_name}".'


def _unknown_slots(why: str, say: Iterable[str]) -> Iterator[tuple[Loc, str]]:
    lines: list[tuple[Loc, str]] = [(("why",), why)]
    lines += [(("say", number), line) for number, line in enumerate(say)]
    for loc, line in lines:
        for slot in SLOT.findall(line):
            citation = CITATION.fullmatch(f"{{{slot}}}")
            if slot not in SLOTS and not (citation and may_be_cited(citation[1])):
                yield loc, f'unknown slot "{{{slot}}}"{nearest(slot, (*SLOTS, *KNOWN))}'
