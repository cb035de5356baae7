"""What anybody would answer where a scenario tells nothing: by topic, or by the form of the question."""

from __future__ import annotations

from functools import cache
from typing import Annotated

from pydantic import Field

from coolhead.guidance.document import Strict, open_document
from coolhead.practice.shipped import text_of

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
    return open_document(text_of(FILE), FILE).whole(StockFile).answers


def is_stock(kind: str) -> bool:
    """True when anybody can answer it."""
    return kind in stock()
