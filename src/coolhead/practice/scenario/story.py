"""The scenario itself: what happened, as the customer lived it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from typing import Annotated

from pydantic import Field

from coolhead.codebook import Channel
from coolhead.guidance.document import Strict
from coolhead.practice.hearing.phrase import telling
from coolhead.practice.hearing.quantity import quantities
from coolhead.practice.scenario.parts import (
    ChannelWord,
    Difficulty,
    DifficultyWord,
    Fact,
    Feeling,
    Grievance,
    Happening,
    IssueWord,
    Lines3,
    Mark,
    Name,
    Remedy,
    Said,
    Settling,
    Text,
    TopicWord,
)
from coolhead.practice.topic import Topic


class Scenario(Strict):
    """What happened, as the customer lived it.

    Attributes:
        customer: the name they go by; whose forms of address count as using it.
        personas: who could tell it; any when empty.
        made_from: the mark of the conversation that it was made from, to go with it.
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
        answers: by topic, what they say to a question that no fact is about, or that a fact about it leaves
            open; told only when asked.
        thing: what it is about, a noun phrase with "the".
    """

    id: Name
    title: Text
    made_from: Mark | None = None
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
    answers: dict[TopicWord, Lines3] = Field(default_factory=dict)
    patience: Annotated[int, Field(ge=4, le=30)] = 10
    happens: tuple[Happening, ...] = ()

    @cached_property
    def all_facts(self) -> tuple[Fact, ...]:
        """The facts, the hidden cause last."""
        return (*self.facts, self.hidden_cause)

    def has_fact_about(self, topic: Topic) -> bool:
        """True when a fact answers questions about it."""
        return any(topic in fact.about for fact in self.facts)

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

    def prepare(self) -> None:
        """Works out what hearing needs of it, so that no reply waits for that."""
        _ = self.quantities, self.rarity, [fact.hinges for fact in self.facts]

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """Every text of it: what a customer may rightly say."""
        return tuple(_texts(self.model_dump(exclude={"made_from"})))

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


def _texts(node: object) -> Iterator[str]:
    if isinstance(node, str):
        yield str(node)
    elif isinstance(node, dict):
        for each in node.values():
            yield from _texts(each)
    elif isinstance(node, tuple | list):
        for each in node:
            yield from _texts(each)
