"""YAML that people write by hand: read with every place kept, so that each problem names line and column.

Knows nothing of playbooks; the pydantic model that it is given says what is right.
"""

from __future__ import annotations

import difflib
import itertools
import re
import typing
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from io import StringIO
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from coolhead.errors import FileError

Loc = tuple[int | str, ...]
M = TypeVar("M", bound=BaseModel)
W = TypeVar("W", bound=StrEnum)

MAX_CHARACTERS = 1_000_000
MAX_DEPTH = 100
"""Brackets open at once; a parser's time grows with their square."""
MAX_WRITTEN_OUT = 2 * MAX_CHARACTERS
"""Characters of all values, those that aliases repeat counted each time; without aliases none has so many."""


class Strict(BaseModel):
    """A block of a hand-written file: unknown keys are errors, and it never changes."""

    model_config = ConfigDict(extra="forbid", frozen=True)


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing wrong in a file; line and column count from 1."""

    line: int
    column: int
    message: str


@dataclass(frozen=True, slots=True)
class Complaint:
    """One thing wrong in plain data.

    Attributes:
        loc: keys and indexes that lead to it.
        at_key: True when the key is wrong, not its value.
    """

    loc: Loc
    message: str
    at_key: bool = False


class DocumentError(FileError):
    """A hand-written file has problems; the message lists all that were found, one a line."""

    code = "invalid_document"

    def __init__(self, name: str, problems: Sequence[Problem]) -> None:
        first, *others = sorted(set(problems))
        lines = [first.message, *(f"{name}:{each.line}:{each.column}: {each.message}" for each in others)]
        super().__init__("\n".join(lines), path=name, line=first.line, column=first.column)
        self.problems = (first, *others)


class Document:
    """The content of one YAML file, its name, and where everything in it stands.

    Attributes:
        name: the path, or what else people call the text.
        root: the content as plain dicts, lists and scalars.
    """

    def __init__(self, name: str, text: str) -> None:
        """Reads `text`.

        Raises:
            DocumentError: it is not YAML.
        """
        self.name = name
        if len(text) > MAX_CHARACTERS:
            raise DocumentError(name, [Problem(1, 1, f"longer than {MAX_CHARACTERS:,} characters.")])
        if _deepest(text) > MAX_DEPTH:
            raise DocumentError(name, [Problem(1, 1, f"more than {MAX_DEPTH} brackets are open at once.")])
        try:
            self.root: Any = YAML(typ="rt").load(StringIO(text))
        except MarkedYAMLError as error:
            raise DocumentError(name, [_syntax_problem(error)]) from error
        except (YAMLError, ValueError, RecursionError) as error:
            raise DocumentError(name, [Problem(1, 1, f"not YAML: {_first_line(error)}")]) from error
        if _written_out(self.root, {}) > MAX_WRITTEN_OUT:
            raise DocumentError(name, [Problem(1, 1, "aliases (`*name`) repeat too much, or themselves.")])

    def problem(self, loc: Loc, message: str, *, at_key: bool = False) -> Problem:
        """A problem with what stands at `loc`: with its key, or else with its value."""
        line, column = self._place(loc, at_key=at_key)
        return Problem(line + 1, column + 1, message)

    def read(self, model: type[M], loc: Loc = ()) -> tuple[M | None, list[Problem]]:
        """What stands at `loc` as a `model`, or None and everything wrong with it."""
        read, found = checked(model, self._at(loc))
        return read, [self.problem((*loc, *each.loc), each.message, at_key=each.at_key) for each in found]

    def whole(self, model: type[M], wrong: Callable[[M], Iterable[tuple[Loc, str]]] | None = None) -> M:
        """All of it as a `model`.

        Args:
            model: says what is right of each field.
            wrong: tells what no single field shows, and where; asked only where each field is right.

        Raises:
            DocumentError: it is none; with everything that is wrong.
        """
        read, problems = self.read(model)
        if read is not None and wrong is not None:
            problems = [self.problem(loc, message) for loc, message in wrong(read)]
        if read is None or problems:
            raise DocumentError(self.name, problems)
        return read

    def _at(self, loc: Loc) -> Any:
        node = self.root
        for part in loc:
            node = node[part]
        return node

    def _place(self, loc: Loc, *, at_key: bool) -> tuple[int, int]:
        """The place of the deepest known part of `loc`: a scalar, or the key of a block or list."""
        node, place = self.root, (0, 0)
        for part in loc:
            if isinstance(node, CommentedMap) and part in node:
                inside = isinstance(node[part], CommentedMap | CommentedSeq) or node[part] is None
                place = node.lc.key(part) if inside or at_key else node.lc.value(part)
            elif isinstance(node, CommentedSeq) and isinstance(part, int) and part < len(node):
                place = node.lc.item(part)
            else:
                break
            node = node[part]
        return place


def checked(model: type[M], given: object) -> tuple[M | None, list[Complaint]]:
    """What is given as a `model`, or None and everything wrong with it."""
    try:
        return model.model_validate(given), []
    except ValidationError as error:
        return None, [_complaint(model, each) for each in _without_echoes(error.errors(include_url=False))]


def problems_in(load: Callable[[str], object], text: str) -> tuple[Problem, ...]:
    """Everything that is wrong with a text, as `load` tells; empty when nothing is."""
    try:
        load(text)
    except DocumentError as error:
        return error.problems
    return ()


def open_document(source: Path | str, name: str) -> Document:
    """The YAML in a file (`Path`), or in a text (`str`) that people call `name`.

    Raises:
        FileError: the file cannot be read, or is not UTF-8.
        DocumentError: it is not YAML.
    """
    return Document(*read_text(source, name))


def read_text(source: Path | str, name: str) -> tuple[str, str]:
    """The name of a hand-written file and its text; a text (`str`) is called `name`.

    Raises:
        FileError: the file cannot be read, or is not UTF-8.
    """
    if isinstance(source, str):
        return name, source
    try:
        return str(source), source.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        hint = "Save it as UTF-8."
        raise FileError(f"not UTF-8 at byte {error.start}.", hint=hint, path=source) from error
    except OSError as error:
        raise FileError(f"cannot be read: {error.strerror}.", hint="Check the path.", path=source) from error


def one_of(kind: str, words: type[W]) -> BeforeValidator:
    """A validator that takes one word of `words` and names the nearest for a wrong one."""
    return BeforeValidator(word_check(kind, {word.value: word for word in words}))


def word_check(kind: str, words: dict[str, Any]) -> Callable[[object], Any]:
    """A function that turns a word into its value, or says which `kind` of word it should be."""

    def check(given: object) -> Any:
        if isinstance(given, str) and given in words:
            return words[given]
        raise wrong_word(kind, given, words)

    return check


def wrong_word(kind: str, given: object, words: Iterable[str]) -> PydanticCustomError:
    """The error for a word outside a closed vocabulary."""
    text = f'"{given}" is not {kind}{nearest(str(given), words)}'
    return PydanticCustomError("wrong_word", "{text}", {"text": text})


def nearest(given: str, words: Iterable[str]) -> str:
    """What to write instead: the nearest of `words`, or all of them when none is near."""
    known = sorted(words)
    close = difflib.get_close_matches(given, known, n=1, cutoff=0.6)
    return f'; did you mean "{close[0]}"?' if close else f"; write one of: {', '.join(known)}."


_WANTED = {
    "string": "text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "tuple": "a list",
    "model": "a block of keys",
    "dict": "a block of keys",
}


def _complaint(model: type[BaseModel], error: ErrorDetails) -> Complaint:
    loc = error["loc"]
    at_key = error["type"] == "extra_forbidden" or loc[-1:] == ("[key]",)
    return Complaint(tuple(part for part in loc if part != "[key]"), _message(model, error), at_key)


def _message(model: type[BaseModel], error: ErrorDetails) -> str:
    loc, kind = error["loc"], error["type"]
    name = next((part for part in reversed(loc) if isinstance(part, str) and part != "[key]"), "the file")
    if kind == "extra_forbidden":
        return f'unknown key "{name}"{nearest(str(loc[-1]), _keys_at(model, loc[:-1]))}'
    if kind == "missing":
        return f'"{name}" is missing.'
    if kind == "too_short":
        return f'"{name}" must not be empty.'
    wanted = _WANTED.get(kind.split("_")[0])
    if wanted and kind.endswith(("_type", "_parsing", "_from_float")):
        return f'"{name}" must be {wanted}.'
    if kind in ("wrong_word", "wrong_place"):
        return error["msg"]
    return f'"{name}": {error["msg"][:1].lower()}{error["msg"][1:]}.'


def _without_echoes(errors: list[ErrorDetails]) -> list[ErrorDetails]:
    """Leaves out what another error explains: lists short of their wrong items, keys that are misspelt."""
    misspelt = [each["loc"] for each in errors if each["type"] == "extra_forbidden"]

    def echoes(error: ErrorDetails) -> bool:
        loc = error["loc"]
        if error["type"] == "too_short":
            return any(other["loc"][: len(loc)] == loc and other is not error for other in errors)
        return error["type"] == "missing" and any(
            at[:-1] == loc[:-1] and difflib.get_close_matches(str(at[-1]), [str(loc[-1])]) for at in misspelt
        )

    return [error for error in errors if not echoes(error)]


def _keys_at(model: type[BaseModel], loc: Loc) -> list[str]:
    """The keys that the block at `loc` may have."""
    for part in loc:
        if isinstance(part, str) and part in model.model_fields:
            model = next(_models_in(model.model_fields[part].annotation), model)
    return list(model.model_fields)


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in typing.get_args(annotation):
        yield from _models_in(argument)


def _syntax_problem(error: MarkedYAMLError) -> Problem:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    said = re.sub(r"\s+", " ", str(error.problem or error.context or "cannot be read")).strip()
    return Problem(line + 1, column + 1, f"not YAML here: {said}.")


def _deepest(text: str) -> int:
    """The most brackets that are open at once; those in quotes are counted too."""
    steps = (1 if mark in "[{" else -1 for mark in re.findall(r"[\[\]{}]", text))
    return max(itertools.accumulate(steps), default=0)


def _written_out(node: object, known: dict[int, int]) -> int:
    """About how many characters a value has with every alias written out; what holds itself has too many."""
    if not isinstance(node, dict | list | tuple):
        return len(node) if isinstance(node, str) else 1
    if id(node) not in known:
        known[id(node)] = MAX_WRITTEN_OUT + 1
        parts = itertools.chain(node, node.values()) if isinstance(node, dict) else node
        known[id(node)] = 1 + sum(_written_out(part, known) for part in parts)
    return known[id(node)]


def _first_line(error: BaseException) -> str:
    return next(iter(str(error).splitlines()), "") or "nested too deeply"
