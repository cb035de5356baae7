"""What a scenario is made of: facts, remedies, feelings, happenings, and the words for them."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field

from coolhead.codebook import Channel, Issue, Term
from coolhead.guidance.document import Strict, one_of
from coolhead.practice.hearing.phrase import hinges
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
Mark = Annotated[str, Field(pattern=r"^[0-9a-f]{8}$")]
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
    def hinges(self) -> frozenset[str]:
        """A word of each phrase that tells of it; a question with none of these holds no phrase."""
        return hinges((*self.asked, *self.keys, *self.wrong))

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
