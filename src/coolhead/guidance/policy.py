"""A client's policies: Markdown for people, with typed facts in front that the engine reads too.

Between two lines `---` stand the name and the facts, as YAML; below them the sections, which cite the facts
(`{refund_days}`). Every fact given is cited and every fact cited is given, so that page and engine agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from itertools import pairwise
from pathlib import Path
from typing import Any

from pydantic import Field

from coolhead.guidance.document import (
    Document,
    DocumentError,
    Loc,
    Problem,
    Strict,
    nearest,
    read_text,
    wrong_word,
)
from coolhead.guidance.facts import CITATION, KNOWN, OWN, TYPES, Chapter, Fact
from coolhead.guidance.policy_text import sentences

NAME = "policies"
_HEADING = re.compile(r"##\s+(.+?)\s*#*\s*")
_FENCE = re.compile(r"\s{0,3}(?:```|~~~)")
_BRACES = re.compile(r"\{[^{}\n]*\}?|\}")
"""A citation, or what was meant as one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence of a policy in plain words, with the facts it cites and the section it stands in."""

    text: str
    facts: tuple[str, ...]
    section: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of a policy.

    Attributes:
        id: its anchor on the page.
        markdown: its text below the heading, in which facts are cited.
    """

    id: str
    title: str
    markdown: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, kw_only=True)
class Policy:
    """The policies of a client.

    Attributes:
        name: the title of the page.
        facts: by their names.
        intro: Markdown before the first section; may be empty.
    """

    name: str
    facts: Mapping[str, Fact] = field(hash=False)
    intro: str
    sections: tuple[Section, ...]

    @property
    def sentences(self) -> Iterator[Sentence]:
        """Every sentence of every section, in order."""
        return (sentence for section in self.sections for sentence in section.sentences)

    def section_of(self, fact: str) -> Section:
        """The first section that cites a fact that the policy gives."""
        return next(each for each in self.sections if any(fact in said.facts for said in each.sentences))


class _OwnFact(Strict):
    type: str = Field(description="A type of the table of types.")
    value: Any = Field(description="The value, as its type wants it.")
    says: str = Field(min_length=1, max_length=200, description="What it tells, in a few words.")


class _Front(Strict):
    name: str = Field(min_length=1, max_length=80, description="The title of the page.")
    facts: dict[str, Any] = Field(default={}, description="Facts that Coolhead knows, by name.")
    own_facts: dict[str, _OwnFact] = Field(default={}, description="Facts of your own, by name.")


def load(source: Path | str) -> Policy:
    """The policies in a file (`Path`) or in a text (`str`).

    Raises:
        FileError: the file cannot be read.
        DocumentError: something in it is wrong; every problem that was found, with line and column.
    """
    return _Reader(*read_text(source, NAME)).read()


@cache
def default_policy() -> Policy:
    """The shipped policies: a template to begin from, nobody's promise until somebody publishes it."""
    return load(shipped_text())


def shipped_text() -> str:
    """The shipped policies as they are written, with their comments."""
    return resources.files("coolhead.guidance").joinpath("content/policies.md").read_text(encoding="utf-8")


class _Reader:
    """Reads one text; collects every problem on the way."""

    def __init__(self, name: str, text: str) -> None:
        self._name = name
        self._lines = text.removeprefix("\ufeff").splitlines()
        self._found: list[Problem] = []
        self._body = self._end_of_front() + 1
        self._front = Document(name, "\n".join(self._lines[: self._body - 1]))

    def read(self) -> Policy:
        front, found = self._front.read(_Front)
        self._found += found
        facts = self._facts(front) if front else {}
        policy = Policy(
            name=front.name if front else "",
            facts=facts,
            intro="\n".join(self._lines[self._body : self._starts()[0][0]]).strip(),
            sections=tuple(self._sections(facts)),
        )
        if front:
            self._check_citations(facts)
            self._check_sections(policy)
        if self._found:
            raise DocumentError(self._name, self._found)
        return policy

    def _end_of_front(self) -> int:
        """The index of the line that closes the front matter."""
        lines = [line.rstrip() for line in self._lines]
        if lines[:1] != ["---"]:
            raise DocumentError(self._name, [Problem(1, 1, "begin with a line `---`, then name and facts.")])
        if "---" not in lines[1:]:
            raise DocumentError(self._name, [Problem(1, 1, "the facts must end with a line `---`.")])
        return lines.index("---", 1)

    def _facts(self, front: _Front) -> dict[str, Fact]:
        read: dict[str, Fact] = {}
        for name, given in front.facts.items():
            known = KNOWN.get(name)
            if known is None:
                message = f'"{name}" is not a known fact{nearest(name, KNOWN)}'
                self._wrong(("facts", name), message, at_key=True)
                continue
            self._read_fact(read, name, known.type, given, known.says, ("facts", name))
        for name, own in front.own_facts.items():
            at: Loc = ("own_facts", name)
            if not OWN.fullmatch(name):
                self._wrong(at, f'"{name}": the name of an own fact begins with "our_".', at_key=True)
            elif own.type not in TYPES:
                self._wrong((*at, "type"), wrong_word("a type of fact", own.type, TYPES).message())
            else:
                self._read_fact(read, name, own.type, own.value, own.says, (*at, "value"))
        return read

    def _read_fact(
        self, read: dict[str, Fact], name: str, kind: str, given: object, says: str, loc: Loc
    ) -> None:
        try:
            read[name] = Fact(name=name, type=kind, value=TYPES[kind].read(given), says=says)
        except ValueError as error:
            self._wrong(loc, f'"{name}": {error}.')

    def _wrong(self, loc: Loc, message: str, *, at_key: bool = False) -> None:
        self._found.append(self._front.problem(loc, message, at_key=at_key))

    def _starts(self) -> list[tuple[int, str]]:
        """The sections' first lines with their titles; closed by the end of the text."""
        starts: list[tuple[int, str]] = []
        for number, line in self._prose():
            heading = _HEADING.fullmatch(line)
            if heading:
                starts.append((number, heading[1]))
        return [*starts, (len(self._lines), "")]

    def _prose(self) -> Iterator[tuple[int, str]]:
        """The lines of the body with their indexes, without blocks of code."""
        fenced = False
        for number, line in enumerate(self._lines[self._body :], self._body):
            if _FENCE.match(line):
                fenced = not fenced
            elif not fenced:
                yield number, line

    def _sections(self, facts: Mapping[str, Fact]) -> Iterator[Section]:
        for (start, title), (end, _) in pairwise(self._starts()):
            name = _slug(title)
            text = "\n".join(self._lines[start + 1 : end]).strip()
            said = tuple(
                Sentence(text=words, facts=cited, section=name) for words, cited in sentences(text, facts)
            )
            yield Section(id=name, title=title, markdown=text, sentences=said)

    def _check_citations(self, facts: Mapping[str, Fact]) -> None:
        given = {*facts, *(self._front.root.get("facts") or ()), *(self._front.root.get("own_facts") or ())}
        for number, line in self._prose():
            for braces in _BRACES.finditer(line):
                message = _wrong_citation(braces[0], given, facts)
                if message:
                    self._found.append(Problem(number + 1, braces.start() + 1, message))

    def _check_sections(self, policy: Policy) -> None:
        last = len(self._lines)
        for number, line in self._prose():
            if line.startswith("# "):
                message = "the title of the page is its `name`; a section begins with `## `."
                self._found.append(Problem(number + 1, 1, message))
        here = [section.id for section in policy.sections]
        for (number, title), name in zip(self._starts(), here, strict=False):
            if here.count(name) > 1:
                self._found.append(Problem(number + 1, 1, f'there are two sections "{title}".'))
        for chapter in Chapter:
            if chapter.value not in here:
                message = f'the section "{chapter.definition}" is missing; write `## {chapter.definition}`.'
                self._found.append(Problem(last, 1, message))
        cited = {name for sentence in policy.sentences for name in sentence.facts}
        for name in policy.facts.keys() - cited:
            loc: Loc = ("facts", name) if name in KNOWN else ("own_facts", name)
            message = f'no section cites "{name}"; write {{{name}}} where readers learn it.'
            self._wrong(loc, message, at_key=True)


def _wrong_citation(braces: str, given: set[str], facts: Mapping[str, Fact]) -> str | None:
    """What is wrong with what stands in braces; None when it is right."""
    citation = CITATION.fullmatch(braces)
    if citation is None:
        return (
            f'"{braces}" cites no fact; write {{refund_days}} or, on one line, {{opened_returns: yes | no}}.'
        )
    name = citation[1]
    if name not in given:
        known = " It is a known fact: give it under `facts` first." if name in KNOWN else ""
        return f'"{name}" is no fact of this policy{nearest(name, given) if not known else "."}{known}'
    if citation[2] and name in facts and facts[name].type != "yes_no":
        return f'"{name}" is not yes or no, so it cannot choose between two wordings.'
    return None


def _slug(title: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-") or "section"
