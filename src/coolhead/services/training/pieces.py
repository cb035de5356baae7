"""Practice material as documents: each scenario, persona, drill, lesson is one of its own, `scenario.<id>`.

A client's published text takes the place of the shipped one; an empty text takes the piece off the list.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any, Generic, TypeVar

from coolhead.errors import NotFoundError
from coolhead.guidance.document import DocumentError, Problem
from coolhead.practice.learning.drill import load_drill, shipped_drills
from coolhead.practice.learning.lesson import load_lesson, page_text, shipped_lessons
from coolhead.practice.persona import load_persona, shipped_personas
from coolhead.practice.scenario import load_scenario, shipped_scenarios
from coolhead.practice.shipped import text_of
from coolhead.services.access import Right
from coolhead.services.documents.documents import Kind

T = TypeVar("T")

PIECE_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_ID = 40
PIECES_KEPT = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class Family(Generic[T]):
    """One sort of practice material.

    Attributes:
        name: as it stands in addresses, files and the database.
        title: of one piece, as people read it.
        about: what it is for, in a sentence.
        load: reads a text that people call by the second argument; raises `DocumentError`.
        shipped: gives the shipped pieces by id.
        shipped_text: gives the text of a shipped piece.
        template: what a new piece begins with; `ID` stands for its id.
    """

    name: str
    title: str
    about: str
    load: Callable[[str, str], T]
    shipped: Callable[[], Mapping[str, T]]
    shipped_text: Callable[[str], str]
    template: Callable[[], str]
    suffix: str = "yaml"

    @property
    def prefix(self) -> str:
        """What the names of its kinds begin with."""
        return f"{self.name}."


def _shipped_text(folder: str, piece_id: str) -> str:
    return text_of(f"{folder}/{piece_id}.yaml")


SCENARIOS = Family(
    name="scenario",
    title="Scenario",
    about="What happened to a customer, what they know, want and would settle for.",
    load=load_scenario,
    shipped=shipped_scenarios,
    shipped_text=partial(_shipped_text, "scenarios"),
    template=partial(text_of, "templates/scenario.yaml"),
)
PERSONAS = Family(
    name="persona",
    title="Persona",
    about="How a customer behaves and talks, whatever happened to them.",
    load=load_persona,
    shipped=shipped_personas,
    shipped_text=partial(_shipped_text, "personas"),
    template=partial(text_of, "templates/persona.yaml"),
)
DRILLS = Family(
    name="drill",
    title="Drill",
    about="Two minutes on one technique, item by item.",
    load=load_drill,
    shipped=shipped_drills,
    shipped_text=partial(_shipped_text, "drills"),
    template=partial(text_of, "templates/drill.yaml"),
)
LESSONS = Family(
    name="lesson",
    title="Lesson",
    about="A page on one part of the method.",
    load=load_lesson,
    shipped=shipped_lessons,
    shipped_text=lambda piece_id: page_text(piece_id) or "",
    template=partial(text_of, "templates/lesson.md"),
    suffix="md",
)
FAMILIES: Mapping[str, Family[Any]] = {each.name: each for each in (SCENARIOS, PERSONAS, DRILLS, LESSONS)}


def family_named(name: str) -> Family[Any]:
    """The family of that name.

    Raises:
        NotFoundError: there is none.
    """
    if name not in FAMILIES:
        raise NotFoundError("There is no such material.", hint=f"Choose one of: {', '.join(FAMILIES)}.")
    return FAMILIES[name]


def is_id(text: str) -> bool:
    """True for what a piece may be called in addresses and files."""
    return len(text) <= LONGEST_ID and PIECE_ID.fullmatch(text) is not None


def piece_named(name: str) -> Kind[Any]:
    """The kind of document that a piece of material is, by its name: `scenario.<id>`.

    Raises:
        NotFoundError: no piece can have that name.
    """
    family, _, piece_id = name.partition(".")
    if family not in FAMILIES or not is_id(piece_id):
        raise NotFoundError("There is no such material.", hint="Choose a piece from the list.")
    return _piece(family, piece_id)


def piece(family: Family[T], piece_id: str) -> Kind[T | None]:
    """The kind of document that a piece is; its content is None when it was taken off the list.

    Raises:
        NotFoundError: no piece can have that id.
    """
    kind: Kind[T | None] = piece_named(family.prefix + piece_id)
    return kind


def id_of(kind: Kind[Any]) -> str:
    """The id of the piece that a kind is."""
    return kind.name.partition(".")[2]


def family_of(kind: Kind[Any]) -> Family[Any]:
    """The family that a piece belongs to."""
    return FAMILIES[kind.name.partition(".")[0]]


@lru_cache(maxsize=PIECES_KEPT)
def _piece(family_name: str, piece_id: str) -> Kind[Any]:
    family = FAMILIES[family_name]
    is_shipped = piece_id in family.shipped()
    return Kind(
        name=f"{family.prefix}{piece_id}",
        title=f"{family.title} {piece_id}",
        load=partial(_load, family, piece_id),
        shipped=partial(family.shipped_text, piece_id) if is_shipped else str,
        default=partial(family.shipped().get, piece_id),
        unpublished="The shipped text is in force." if is_shipped else "Nothing is published yet.",
        suffix=family.suffix,
        right=Right.TRAIN,
        is_shipped=is_shipped,
    )


def _load(family: Family[T], piece_id: str, text: str) -> T | None:
    if not text.strip():
        return None
    content = family.load(text, f"{piece_id}.{family.suffix}")
    given = getattr(content, "id", piece_id)
    if given != piece_id:
        line = next((at for at, each in enumerate(text.split("\n"), 1) if each.startswith("id:")), 1)
        problem = Problem(line, 1, f'the id must stay "{piece_id}"; make a copy to have another.')
        raise DocumentError(piece_id, [problem])
    return content
