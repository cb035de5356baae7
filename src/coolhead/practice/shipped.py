"""What ships with practice: its content files, and the pieces that are read from them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from importlib import resources
from typing import Protocol, TypeVar

from coolhead.errors import NotFoundError

CONTENT = resources.files("coolhead.practice").joinpath("content")


class _Piece(Protocol):
    @property
    def id(self) -> str: ...


P = TypeVar("P", bound=_Piece)


def text_of(path: str) -> str:
    """The text of a content file."""
    return CONTENT.joinpath(path).read_text(encoding="utf-8")


def texts_in(folder: str) -> Iterator[tuple[str, str]]:
    """The text and the name of each YAML file in a folder of the content, by their names."""
    files = (each for each in CONTENT.joinpath(folder).iterdir() if each.name.endswith(".yaml"))
    for file in sorted(files, key=lambda each: each.name):
        yield file.read_text(encoding="utf-8"), file.name


def by_id(folder: str, load: Callable[[str, str], P]) -> dict[str, P]:
    """The pieces in a folder of the content, by id, in the order of their files' names."""
    pieces = [load(text, name) for text, name in texts_in(folder)]
    return {each.id: each for each in pieces}


def of_id(piece_id: str, known: Mapping[str, P], what: str) -> P:
    """The piece of that id.

    Raises:
        NotFoundError: there is none; says which `what` there are.
    """
    if piece_id not in known:
        raise NotFoundError(f'There is no {what} "{piece_id}".', hint=f"Choose one of: {', '.join(known)}.")
    return known[piece_id]
