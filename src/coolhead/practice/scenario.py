"""A scenario: what happened to a customer, what they know, want and would settle for; read from YAML.

Knows no persona and no state: the same scenario is told by different people.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache, cached_property
from importlib import resources
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from coolhead.codebook import Channel, Issue, Term
from coolhead.errors import NotFoundError
from coolhead.guidance.document import Document, DocumentError, Loc, Problem, Strict, one_of, open_document
from coolhead.practice.hearing.phrase import holds, holds_near, telling
from coolhead.practice.hearing.quantity import Quantity, quantities
from coolhead.practice.topic import Topic


class Difficulty(Term):
    """How hard a scenario is played."""

    EASY = "easy", "starts cooler, tells more on their own, waits longer"
    NORMAL = "normal", "as the scenario is written"
    HARD = "hard", "starts hotter, tells little, waits less, and something happens on the way"


class Given(Term):
    """When a customer tells a fact."""

    VOLUNTEERED = "volunteered", "told when there is room to tell"
    ASKED = "asked", "told only when asked"


TopicWord = Annotated[Topic, one_of("a topic", Topic)]
IssueWord = Annotated[Issue, one_of("an issue", Issue)]
ChannelWord = Annotated[Channel, one_of("a channel", Channel)]
DifficultyWord = Annotated[Difficulty, one_of("a difficulty", Difficulty)]
GivenWord = Annotated[Given, one_of("a way of giving", Given)]
Text = Annotated[str, Field(min_length=1, max_length=600)]
Name = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]
Words = Annotated[tuple[Text, ...], Field(min_length=1)]
Lines3 = Annotated[tuple[Text, ...], Field(min_length=3)]


class Fact(Strict):
    """One thing that the customer knows.

    Attributes:
        about: what a question may be about for this fact to answer it.
        asked: further words in a question that this fact answers, of this scenario alone.
        says: how the customer tells it.
        truth: it in a few words, to put a wrong restatement right.
        keys: words by which a restatement is known to hold it.
        wrong: words that a restatement would get wrong about it.
    """

    id: Name
    about: tuple[TopicWord, ...] = ()
    asked: tuple[Text, ...] = ()
    given: GivenWord = Given.ASKED
    says: Lines3
    truth: Text
    keys: Words
    wrong: tuple[Text, ...] = ()

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        """What it counts."""
        return quantities(f"{self.truth}. {' '.join(self.says)}")


class Remedy(Strict):
    """Something that an agent may offer.

    Attributes:
        name: a noun phrase the customer can use: "the fitter with the right covers".
        words: what an offer of it is known by; any one of them.
        offer: how an agent could offer it, with a date, as a whole sentence.
        says: the customer's answer to it.
    """

    id: Name
    name: Text
    words: Words
    offer: Text | None = None
    says: Lines3


class Settling(Remedy):
    """A remedy that the customer takes; it says how it can be offered."""

    offer: Text


class Grievance(Strict):
    """What really upset them.

    Attributes:
        sorry_for: a noun phrase to follow "sorry about".
        keys: words by which a specific apology is known.
    """

    sorry_for: Text
    keys: Words


class Feeling(Strict):
    """What they feel.

    Attributes:
        right: names that they recognise, the best first.
        wrong: names that they would put right.
        says: how they put it themselves.
    """

    right: Words
    wrong: Words
    says: Lines3


class Happening(Strict):
    """Something that happens to the customer on the way, and makes it harder."""

    difficulty: DifficultyWord = Difficulty.HARD
    after: Annotated[int, Field(ge=1, le=20, description="agent turns")]
    heat: Annotated[float, Field(ge=0, le=1)] = 0.4
    says: Lines3


class Said(Strict):
    """A turn that was said before a scenario is entered."""

    by: Literal["customer", "agent"]
    says: Text


class Scenario(Strict):
    """What happened, as the customer lived it.

    Attributes:
        customer: the name they go by; whose forms of address count as using it.
        personas: who could tell it; any when empty.
        gist: the heart of it as an agent could say it back: "you ordered …".
        misreadings: restatements that are wrong, for drills and trials.
        hidden_cause: what explains it all; told only to one who has listened.
        want: a verb phrase to follow "I want to".
        settles_for: any of these ends it well, given trust and a date.
        partly: they help, and do not end it.
        never: they make it worse.
        difficulty: how hard it is meant to be played.
        so_far: what was said before it is entered, in order; the last is the customer's. Empty where the
            customer begins with an opening.
        patience: agent turns before waiting itself upsets them, at normal difficulty.
        lasted: how long it has been going on, in a few words.
        thing: what it is about, a noun phrase with "the".
    """

    id: Name
    title: Text
    about: Text
    industry: Text
    client: Text
    issue: IssueWord
    channel: ChannelWord = Channel.CHAT
    customer: Text
    agent: Text = "Sam"
    personas: tuple[Name, ...] = ()
    difficulty: DifficultyWord = Difficulty.NORMAL
    thing: Text
    lasted: Text
    gist: Text
    misreadings: Annotated[tuple[Text, ...], Field(min_length=2)]
    so_far: tuple[Said, ...] = ()
    openings: Annotated[tuple[Text, ...], Field(min_length=5)]
    facts: Annotated[tuple[Fact, ...], Field(min_length=5)]
    hidden_cause: Fact
    grievance: Grievance
    feeling: Feeling
    want: Text
    wants: Lines3
    vents: Annotated[tuple[Text, ...], Field(min_length=6)]
    settles_for: Annotated[tuple[Settling, ...], Field(min_length=1)]
    partly: tuple[Remedy, ...] = ()
    never: tuple[Remedy, ...] = ()
    patience: Annotated[int, Field(ge=4, le=30)] = 10
    happens: tuple[Happening, ...] = ()

    @cached_property
    def all_facts(self) -> tuple[Fact, ...]:
        """The facts, the hidden cause last."""
        return (*self.facts, self.hidden_cause)

    def fact(self, fact_id: str) -> Fact:
        """The fact of that id, which must exist."""
        return next(each for each in self.all_facts if each.id == fact_id)

    def remedy(self, remedy_id: str) -> Remedy:
        """The remedy of that id, which must exist."""
        return next(each for each in (*self.settles_for, *self.partly, *self.never) if each.id == remedy_id)

    @cached_property
    def rarity(self) -> dict[str, dict[str, float]]:
        """For each fact the words it is told in, with what it is worth that a question holds them too.

        The fewer facts of the scenario hold a word, the more it tells: 0.6 for one fact, 0.3 for two, 0.2 …
        """
        held = {fact.id: telling(f"{fact.truth}. {fact.says[0]}") for fact in self.facts}
        among = Counter(word for each in held.values() for word in each)
        return {fact: {word: 0.6 / among[word] for word in each} for fact, each in held.items()}

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """Every text of it: what a customer may rightly say."""
        return tuple(_texts(self.model_dump()))

    @cached_property
    def names(self) -> frozenset[str]:
        """The words that are written with a capital inside sentences."""
        every = " . ".join((*self.texts, self.client))
        inside = re.findall(r"(?<=[\w,;] )[A-Z][a-z’']*(?![\w-])", every)
        small = {*re.findall(r"(?<![\w-])[a-z][a-z’']*", every)}
        known = {each for each in inside if each.lower() not in small and not each.startswith(("I'", "I’"))}
        return frozenset((*known, *self.client.split(), *self.customer.split())) - {"I"}

    @cached_property
    def quantities(self) -> frozenset[tuple[str, str]]:
        """Kind and value of every number, day and code that belongs to it, wrong restatements left out."""
        wrong = {*self.misreadings, *(word for fact in self.all_facts for word in fact.wrong)}
        told = " . ".join(text for text in self.texts if text not in wrong)
        return frozenset((each.kind, each.value) for each in quantities(told))


def load_scenario(source: Path | str, name: str = "the scenario") -> Scenario:
    """The scenario in a file (`Path`) or a text (`str`) that people call `name`.

    Raises:
        FileError: the file cannot be read.
        DocumentError: it is not a scenario; each problem names file, line and column.
    """
    return read_scenario(open_document(source, name))


def read_scenario(document: Document) -> Scenario:
    """The scenario that a document holds.

    Raises:
        DocumentError: it is not one.
    """
    scenario, problems = document.read(Scenario)
    if scenario is not None:
        problems = [document.problem(loc, message) for loc, message in _contradictions(scenario)]
    if scenario is None or problems:
        raise DocumentError(document.name, problems)
    return scenario


def _contradictions(scenario: Scenario) -> Iterator[tuple[Loc, str]]:
    """What no single field shows: names used twice, and a restatement that would not be understood."""
    yield from _used_twice("facts", [each.id for each in scenario.facts])
    if scenario.hidden_cause.id in {each.id for each in scenario.facts}:
        yield ("hidden_cause", "id"), f'the name "{scenario.hidden_cause.id}" is already used by a fact.'
    if scenario.so_far and scenario.so_far[-1].by != "customer":
        yield ("so_far", len(scenario.so_far) - 1, "by"), "the last turn must be the customer's, who waits."
    seen: set[str] = set()
    for kind in ("settles_for", "partly", "never"):
        for number, remedy in enumerate(getattr(scenario, kind)):
            if remedy.id in seen:
                yield (kind, number, "id"), f'the name "{remedy.id}" is already used.'
            seen.add(remedy.id)
    for number, settling in enumerate(scenario.settles_for):
        if not holds_near(settling.offer, settling.words):
            yield (
                ("settles_for", number, "offer"),
                "holds none of its own words, so it would not be recognised.",
            )
    if not any(holds(scenario.gist, fact.keys) for fact in scenario.all_facts):
        yield ("gist",), "holds no key of any fact, so it would not be recognised as right."


def _used_twice(key: str, ids: list[str]) -> Iterator[tuple[Loc, str]]:
    for number, each in enumerate(ids):
        if each in ids[:number]:
            yield (key, number, "id"), f'the name "{each}" is already used.'


@cache
def shipped_scenarios() -> dict[str, Scenario]:
    """The scenarios that are shipped, by id, in the order of their ids."""
    folder = resources.files("coolhead.practice").joinpath("content/scenarios")
    files = sorted((each for each in folder.iterdir() if each.name.endswith(".yaml")), key=lambda f: f.name)
    read = [load_scenario(each.read_text(encoding="utf-8"), each.name) for each in files]
    return {each.id: each for each in read}


def shipped_scenario(scenario_id: str) -> Scenario:
    """The shipped scenario of that id.

    Raises:
        NotFoundError: there is none.
    """
    known = shipped_scenarios()
    if scenario_id not in known:
        raise NotFoundError(
            f'There is no scenario "{scenario_id}".', hint=f"Choose one of: {', '.join(known)}."
        )
    return known[scenario_id]


def problems_in(text: str, name: str) -> tuple[Problem, ...]:
    """Everything wrong with a scenario as it is being written; empty when it can be played."""
    try:
        load_scenario(text, name)
    except DocumentError as error:
        return error.problems
    return ()


def _texts(node: object) -> Iterator[str]:
    if isinstance(node, str):
        yield str(node)
    elif isinstance(node, dict):
        for each in node.values():
            yield from _texts(each)
    elif isinstance(node, tuple | list):
        for each in node:
            yield from _texts(each)
