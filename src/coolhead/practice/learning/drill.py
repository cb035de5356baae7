"""A drill: two minutes on one technique, item by item; read from YAML.

`coolhead.practice.learning.judging` tells whether an answer is right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from coolhead.codebook import Misstep, Technique
from coolhead.guidance.document import Document, Loc, Strict, one_of, open_document
from coolhead.practice.hearing.stem import stem
from coolhead.practice.scenario import Name, Text, Words
from coolhead.practice.shipped import by_id, of_id

TechniqueWord = Annotated[Technique, one_of("a technique", Technique)]
MisstepWord = Annotated[Misstep, one_of("a misstep", Misstep)]
Phrases = Annotated[str, Field(min_length=1, max_length=600, pattern=r"[\w’']")]
"""Words of which any one will do, parted by bars: `"worried | anxious | scar*"`. A star stands for any
ending, an ellipsis for up to six words between."""

_WORD = re.compile(r"[\w'-]+")


class Item(Strict):
    """One thing to answer.

    Attributes:
        given: what stands on the screen: a customer's words, or a sentence of one's own to better.
        before: the customer's words that such a sentence answers.
        know: what the one who answers knows besides; it stands on the screen too.
        good: answers that are right, the best first; the first is shown as the better wording.
        poor: an answer that misses what is trained; the judge must see that.
        must: each of these has to be in the answer.
        must_not: none of these may be.
    """

    id: Name
    given: Text
    before: Text | None = None
    know: Text | None = None
    good: Words
    poor: Text
    must: tuple[Phrases, ...] = ()
    must_not: tuple[Phrases, ...] = ()


class Drill(Strict):
    """One technique, trained in one way.

    Attributes:
        about: when it helps, in a sentence or two.
        ask: the task, an imperative.
        given_by: who says what is given.
        seconds: for the whole drill.
        lessons: names of the pages on the method that explain it.
        against: missteps of live conversations that it is suggested for, besides the technique missed.
        shows: techniques of which the engine has to see one; the trained one where none is named.
        forms: phrases that show it as well, where the engine does not see it.
        dated: words that say by when have to be in it.
        avoid: missteps that spoil an answer.
        must: each of these has to be in every answer.
        must_not: none of these may be.
        in_order: what an item's answer must have, it must have in that order.
        one_question: there is one question in it, no more and no less.
        most_words: how long an answer may be.
        because: one sentence for a right answer: what it does for the customer.
        hint: one sentence for an answer that does not show the technique.
    """

    id: Name
    title: Text
    technique: TechniqueWord
    about: Text
    ask: Text
    given_by: Literal["customer", "agent"] = "customer"
    seconds: Annotated[int, Field(ge=30, le=600)] = 120
    lessons: tuple[Name, ...] = ()
    against: tuple[MisstepWord, ...] = ()
    shows: tuple[TechniqueWord, ...] = ()
    forms: tuple[Phrases, ...] = ()
    dated: bool = False
    avoid: tuple[MisstepWord, ...] = ()
    must: tuple[Phrases, ...] = ()
    must_not: tuple[Phrases, ...] = ()
    in_order: bool = False
    one_question: bool = False
    most_words: Annotated[int, Field(ge=5, le=200)] = 45
    because: Text
    hint: Text
    items: Annotated[tuple[Item, ...], Field(min_length=10)]

    @property
    def shown_by(self) -> tuple[Technique, ...]:
        """The techniques of which the engine has to see one."""
        return self.shows or (self.technique,)

    def item(self, item_id: str) -> Item | None:
        """The item of that id; None when there is none (any more)."""
        return next((each for each in self.items if each.id == item_id), None)


def load_drill(source: Path | str, name: str = "the drill") -> Drill:
    """The drill in a file (`Path`) or a text (`str`) that people call `name`.

    Raises:
        FileError: the file cannot be read.
        DocumentError: it is not a drill; each problem names file, line and column.
    """
    return read_drill(open_document(source, name))


def read_drill(document: Document) -> Drill:
    """The drill that a document holds.

    Raises:
        DocumentError: it is not one.
    """
    return document.whole(Drill, _contradictions)


def _contradictions(drill: Drill) -> Iterator[tuple[Loc, str]]:
    """What no single field shows."""
    ids = [each.id for each in drill.items]
    for number, each in enumerate(drill.items):
        if each.id in ids[:number]:
            yield ("items", number, "id"), f'the name "{each.id}" is already used.'
        if drill.given_by == "agent" and each.before is None:
            yield ("items", number), '"before" is missing: the customer\'s words that the sentence answers.'
        for at, good in enumerate(each.good):
            for phrases in missing(good, (*drill.must, *each.must))[:1]:
                yield ("items", number, "good", at), f'has none of "{phrases}", which it must.'
            if len(good.split()) > drill.most_words:
                yield ("items", number, "good", at), f"is longer than {drill.most_words} words."


def missing(text: str, must: tuple[str, ...]) -> tuple[str, ...]:
    """Those of `must` that `text` does not have, in any form of their words."""
    return tuple(each for each in must if not held(text, each))


def held(text: str, phrases: str) -> str:
    """As `found`, and where nothing is, the first that is there in another form: "paying" for "pay".

    What is asked for is looked for like this; what is forbidden is so only as it is written.
    """
    return found(text, phrases) or _other_form(text.replace("’", "'"), phrases)


def found(text: str, phrases: str) -> str:
    """The first of the phrases (parted by bars) that is in `text`, as it stands there; empty for none."""
    match = _pattern(phrases).search(text.replace("’", "'"))
    return match.group() if match else ""


def _other_form(text: str, phrases: str) -> str:
    words = list(_WORD.finditer(text))
    stems = [stem(each.group().lower()) for each in words]
    for wanted in _stems(phrases):
        for at in range(len(stems) - len(wanted) + 1):
            if tuple(stems[at : at + len(wanted)]) == wanted:
                return text[words[at].start() : words[at + len(wanted) - 1].end()]
    return ""


@cache
def _stems(phrases: str) -> tuple[tuple[str, ...], ...]:
    """The phrases that are plain words, stemmed."""
    plain = [each.split() for each in phrases.replace("’", "'").split("|") if not re.search(r"[*…]", each)]
    return tuple(tuple(stem(word.lower()) for word in each) for each in plain if each)


@cache
def _pattern(phrases: str) -> re.Pattern[str]:
    return re.compile(
        "|".join(_phrase(each.strip()) for each in phrases.replace("’", "'").split("|") if each.strip()),
        re.IGNORECASE,
    )


def _phrase(phrase: str) -> str:
    words = r"\s+".join(re.escape(word).replace(r"\*", r"[\w'-]*") for word in phrase.split())
    words = words.replace(r"\s+…\s+", r"\W+(?:[\w'-]+\W+){0,6}?")
    return rf"(?<![\w'-]){words}(?![\w'-])"


@cache
def shipped_drills() -> dict[str, Drill]:
    """The drills that are shipped, by id, in the order of their ids."""
    return by_id("drills", load_drill)


def shipped_drill(drill_id: str) -> Drill:
    """The shipped drill of that id.

    Raises:
        NotFoundError: there is none.
    """
    return of_id(drill_id, shipped_drills(), "drill")
