"""A persona: how a customer behaves and talks, whatever happened to them; read from YAML."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from coolhead.codebook import Behaviour
from coolhead.guidance.document import Strict, one_of, open_document
from coolhead.practice.act import Act
from coolhead.practice.customer import CustomerState
from coolhead.practice.scenario import Difficulty, Name, Scenario, Text
from coolhead.practice.seen import Deed
from coolhead.practice.shipped import by_id, of_id

BehaviourWord = Annotated[Behaviour, one_of("a behaviour", Behaviour)]
DeedWord = Annotated[Deed, one_of("something an agent does", Deed)]
ActWord = Annotated[Act, one_of("an act", Act)]
Share = Annotated[float, Field(ge=0, le=1)]

_HARDER = {Difficulty.EASY: -1.0, Difficulty.NORMAL: 0.0, Difficulty.HARD: 1.0}


class Start(Strict):
    """The inner state before the first word, at normal difficulty."""

    heat: Annotated[float, Field(ge=0, le=4)]
    trust: Share
    heard: Share
    clarity: Share
    hope: Share


class Style(Strict):
    """How they talk.

    Attributes:
        kind: spoken sentences or typed chat; voices made from the text follow it.
        dialect: 0 plain, 1 relaxed, 2 slang and contractions, 3 heavy.
        length: how many parts a reply has at most.
        lower_case: share of people of this kind who type without capitals.
        no_full_stop: share of them who leave out the last full stop.
        shouts: share of angry replies whose sentences end in exclamation marks.
        emoji: share of replies that end in one.
        emojis: those that they use.
        fillers: what they begin a sentence with, now and then.
    """

    kind: Literal["spoken", "chat"]
    dialect: Annotated[int, Field(ge=0, le=3)] = 0
    length: Annotated[int, Field(ge=1, le=4)] = 3
    lower_case: Share = 0.0
    no_full_stop: Share = 0.0
    shouts: Share = 0.0
    emoji: Share = 0.0
    emojis: tuple[Text, ...] = ()
    fillers: tuple[Text, ...] = ()


class Persona(Strict):
    """How a customer behaves.

    Attributes:
        behaviour: the codebook's word for it; none for those it has no word for.
        warning: what one should know before meeting them; empty for most.
        sensitive: how much more (or less) than most they are moved by what an agent does.
        leans: how much likelier (or less) than most they are to do something.
    """

    id: Name
    name: Text
    about: Text
    behaviour: BehaviourWord | None = None
    warning: Annotated[str, Field(max_length=400)] = ""
    start: Start
    style: Style
    sensitive: dict[DeedWord, Annotated[float, Field(ge=0, le=3)]] = Field(default_factory=dict)
    leans: dict[ActWord, Annotated[float, Field(ge=0, le=5)]] = Field(default_factory=dict)

    @property
    def is_abusive(self) -> bool:
        """True for one whom an agent may refuse to meet."""
        return self.behaviour is Behaviour.ABUSIVE

    def begins(self, difficulty: Difficulty) -> CustomerState:
        """The inner state before the first word."""
        harder = _HARDER[difficulty]
        return CustomerState(
            heat=min(3.9, max(0.6, self.start.heat + 0.35 * harder)),
            trust=max(0.05, self.start.trust - 0.07 * harder),
            heard=self.start.heard,
            clarity=self.start.clarity,
            hope=max(0.05, self.start.hope - 0.07 * harder),
        )


def load_persona(source: Path | str, name: str = "the persona") -> Persona:
    """The persona in a file (`Path`) or a text (`str`) that people call `name`.

    Raises:
        FileError: the file cannot be read.
        DocumentError: it is not a persona; each problem names file, line and column.
    """
    return open_document(source, name).whole(Persona)


@cache
def shipped_personas() -> dict[str, Persona]:
    """The personas that are shipped, by id, in the order of their ids."""
    return by_id("personas", load_persona)


def shipped_persona(persona_id: str) -> Persona:
    """The shipped persona of that id.

    Raises:
        NotFoundError: there is none.
    """
    return of_id(persona_id, shipped_personas(), "persona")


def who_suits(scenario: Scenario, known: Sequence[Persona]) -> tuple[Persona, ...]:
    """Those of the personas that could tell the scenario; all of them where it names none."""
    named = {each.id: each for each in known}
    return tuple(named[each] for each in scenario.personas if each in named) or tuple(known)


def shipped_who_suit(scenario: Scenario, *, abusive: bool) -> tuple[Persona, ...]:
    """The shipped personas that could tell `scenario`; abusive ones only when they are wanted."""
    suited = who_suits(scenario, tuple(shipped_personas().values()))
    return tuple(each for each in suited if abusive or not each.is_abusive)
