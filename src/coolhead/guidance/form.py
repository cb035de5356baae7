"""What a form for a playbook looks like: every control with its words and bounds, read off the models.

So a new condition or key appears in the form by itself. Knows no HTML.
"""

from __future__ import annotations

import typing
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from coolhead.codebook import Heat
from coolhead.guidance.conditions import SINCE_WORDS, Conditions, Since
from coolhead.guidance.playbook import Entry, Playbook


class Shape(StrEnum):
    """How a control is filled in."""

    LINE = "line"
    LINES = "lines"
    NUMBER = "number"
    FLAG = "flag"
    CHOICE = "choice"
    WORDS = "words"
    RANGE = "range"
    TIMES = "times"


@dataclass(frozen=True, slots=True)
class Word:
    """One word to choose: as it stands in the file, as people read it, and what shows it."""

    value: str
    words: str
    meaning: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """One field of a form.

    Attributes:
        name: the key in the file.
        words: the key as people read it.
        about: what it means, one sentence.
        choices: the words to choose from; empty for free text and numbers.
        most: how many words or lines there may be, the longest text, or the largest number; None: no bound.
        whole: False for a number with a fraction.
        given: what holds when it is left out; None when it must be given or is simply absent.
        required: True when it must be given.
    """

    name: str
    words: str
    about: str
    shape: Shape
    choices: tuple[Word, ...] = ()
    most: int | None = None
    whole: bool = True
    given: Any = None
    required: bool = False


def _controls(model: type[BaseModel], but: tuple[str, ...] = ()) -> tuple[Control, ...]:
    return tuple(_control(name, info) for name, info in model.model_fields.items() if name not in but)


def _control(name: str, info: FieldInfo) -> Control:
    leaves = list(_leaves(info.annotation))
    return Control(
        name=name,
        words=name.replace("_", " "),
        about=info.description or "",
        shape=_shape(info, leaves),
        choices=tuple(_choices(leaves)),
        most=_most(info.metadata),
        whole=float not in leaves,
        given=None if info.default is PydanticUndefined else info.default,
        required=info.is_required(),
    )


def _shape(info: FieldInfo, leaves: list[Any]) -> Shape:
    if Since in leaves:
        return Shape.TIMES
    if _ranged(info.annotation):
        return Shape.RANGE
    if "tuple" in str(info.annotation):
        return Shape.LINES if str in leaves else Shape.WORDS
    if bool in leaves:
        return Shape.FLAG
    if int in leaves:
        return Shape.NUMBER
    return Shape.LINE if str in leaves else Shape.CHOICE


def _ranged(annotation: Any) -> bool:
    return any("at_least" in model.model_fields for model in _models_in(annotation))


def _leaves(annotation: Any) -> Iterator[Any]:
    """The plain types and words that an annotation is built of; those of a range too."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        for info in annotation.model_fields.values():
            yield from _leaves(info.annotation)
        return
    arguments = typing.get_args(annotation)
    if not arguments:
        yield annotation
    for argument in arguments:
        yield from _leaves(argument)


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in typing.get_args(annotation):
        yield from _models_in(argument)


def _choices(leaves: list[Any]) -> Iterator[Word]:
    for leaf in leaves:
        if isinstance(leaf, str):
            yield Word(leaf, leaf)
    kinds = [leaf for leaf in leaves if isinstance(leaf, type) and issubclass(leaf, Enum)]
    for kind in dict.fromkeys(kinds):
        for each in kind:
            word: Any = each
            value = word.words if isinstance(word, Heat) else word.value
            yield Word(value, word.words, word.definition)


def _most(bounds: list[Any]) -> int | None:
    for bound in bounds:
        for name in ("max_length", "le"):
            if getattr(bound, name, None) is not None:
                return int(getattr(bound, name))
    return None


ENTRY = {each.name: each for each in _controls(Entry, but=("when", "unless"))}
"""The controls of an entry but for its conditions."""

CONDITIONS = {each.name: each for each in _controls(Conditions)}
"""The controls of the conditions, for `when` as for `unless`."""

SETTINGS = {each.name: each for each in _controls(Playbook, but=("entries",))}
"""The controls of the playbook as a whole."""

TIMES = SINCE_WORDS
"""The times of `not_yet` and `done`; the last one holds a number in place of its N."""
