"""What anybody would answer where a scenario tells nothing: by topic, or by the form of the question."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Annotated

from pydantic import Field

from coolhead.guidance.document import DocumentError, Strict, open_document

FILE = "answers.yaml"


class StockFile(Strict):
    """Answers by topic, by request, and by the form of a question; each in some wordings."""

    answers: dict[str, Annotated[tuple[str, ...], Field(min_length=3)]]


@cache
def stock() -> dict[str, tuple[str, ...]]:
    """The answers that are shipped, by the word of a topic, a request or a form.

    Raises:
        DocumentError: the file holds none.
    """
    file = resources.files("coolhead.practice").joinpath("content").joinpath(FILE)
    document = open_document(file.read_text(encoding="utf-8"), FILE)
    read, problems = document.read(StockFile)
    if read is None:
        raise DocumentError(document.name, problems)
    return read.answers


def is_stock(kind: str) -> bool:
    """True when anybody can answer it."""
    return kind in stock()
