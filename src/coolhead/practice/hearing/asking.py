"""The words that tell what a question asks for; knows no scenario."""

from __future__ import annotations

import re
from functools import cache
from typing import Annotated

from pydantic import AfterValidator, Field

from coolhead.guidance.document import Strict, open_document
from coolhead.practice.shipped import text_of
from coolhead.practice.topic import Topic

FILE = "asking.yaml"


def _compiles(expression: str) -> str:
    try:
        re.compile(expression)
    except re.error as error:
        raise ValueError(f'"{expression}" is no regular expression: {error}.') from error
    return expression


class AskingFile(Strict):
    """Regular expressions for small letters by topic, the most telling topic first."""

    topics: dict[Topic, Annotated[tuple[Annotated[str, AfterValidator(_compiles)], ...], Field(min_length=1)]]


_WHY = re.compile(
    r"^\W*(?:(?:and|so|but|ok|okay|may i ask|can i ask|could i ask|if you don't mind(?: me"
    r" asking)?|tell me|could you"
    r" tell me|do you mind me asking|just)\W+)*(?:why (?:is|do|does|are|must|would|has"
    r"|have|did you|can|was) (?!.*\b"
    r"(?:think|happen|work))|how come\W*$|why\W*$|why (?:that|so|it)\b)|why (?:is|does|do) (?:it|this|that) "
    r"(?:is |so |matter|mean|has to|have to|need)|why (?:it|this|that) (?:is|matters|has"
    r"|was)|why (?:you|do you) need",
)
"""Asks why something matters to them, whatever else is in the question ("Why do you need it so soon?")."""


@cache
def _tells() -> tuple[tuple[Topic, re.Pattern[str]], ...]:
    """What tells each topic, as shipped.

    Raises:
        DocumentError: the file is not as it should be.
    """
    read = open_document(text_of(FILE), FILE).whole(AskingFile)
    return tuple((topic, re.compile("|".join(words))) for topic, words in read.topics.items())


def topics(question: str) -> tuple[Topic, ...]:
    """What a question asks for, the most telling first; empty when no words tell."""
    question = question.lower()
    found = tuple(topic for topic, tells in _tells() if tells.search(question))
    if not _WHY.search(question) or Topic.EXPLANATION in found:
        return found
    return (Topic.REASON, *(topic for topic in found if topic is not Topic.REASON))
