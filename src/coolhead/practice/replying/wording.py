"""Turns a plan into what the customer says: authored blocks by act, persona and heat, dressed in a voice.

No sentence comes twice in a run; which blocks there are is told by `content/wording/*.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, field_validator
from pydantic_core import PydanticCustomError

from coolhead.codebook import Channel
from coolhead.guidance.document import Strict, one_of, open_document
from coolhead.practice.act import Act, Step
from coolhead.practice.chance import fraction, shuffled
from coolhead.practice.memory import Memory, counted, opening
from coolhead.practice.persona import Persona
from coolhead.practice.replying.voice import Voice
from coolhead.practice.scenario import Scenario
from coolhead.practice.shipped import texts_in

SLOTS = (
    "client",
    "agent",
    "thing",
    "lasted",
    "want",
    "named",
    "feeling",
    "vague",
    "truth",
    "wrong",
    "one",
    "other",
)
ANYONE = "anyone"
_SLOT = re.compile(r"\{(\w+)\}")
_THANKS = re.compile(r"\b(thanks?|appreciate|bless you|cheers)\b", re.IGNORECASE)
MOST_AWAY = 2
"""Levels of heat from which a wording may be borrowed when those of this heat are used up."""

_ALSO_IN_BANK = (Act.DEMAND, Act.VENT, Act.ANSWER_OTHER)
"""Acts for which the bank has words when those of the scenario are used up."""

_OWN_WORDS = 0.85
"""Share of blocks that come from the persona's own words where it has some."""


class BlockGroup(Strict):
    """Wordings of one act for some personas and a range of heat.

    Attributes:
        by: ids of personas, or "anyone".
        heat: the lowest and the highest level of heat at which it is said ("0-4").
        on: where it can be said at all: "spoken" on calls, "written" everywhere else.
    """

    by: Annotated[tuple[str, ...], Field(min_length=1)]
    heat: Annotated[str, Field(pattern=r"^[0-4]-[0-4]$")]
    on: Literal["spoken", "written", "both"] = "both"
    say: Annotated[tuple[str, ...], Field(min_length=1)]

    @field_validator("say")
    @classmethod
    def _slots_known(cls, say: tuple[str, ...]) -> tuple[str, ...]:
        for line in say:
            for name in _SLOT.findall(line):
                if name not in SLOTS:
                    text = f'"{{{name}}}" is not a slot; write one of: {", ".join(SLOTS)}.'
                    raise PydanticCustomError("wrong_word", "{text}", {"text": text})
        return say

    @property
    def levels(self) -> range:
        """The levels at which it is said."""
        return range(int(self.heat[0]), int(self.heat[2]) + 1)

    def suits(self, persona: str, level: int, *, written: bool) -> bool:
        """True when this persona says it at this heat, there."""
        return (
            level in self.levels
            and (persona in self.by or ANYONE in self.by)
            and self.on != ("spoken" if written else "written")
        )


class WordingFile(Strict):
    """Groups of blocks, by act."""

    acts: dict[Annotated[Act, one_of("an act", Act)], tuple[BlockGroup, ...]]


@dataclass(frozen=True, slots=True)
class Block:
    """One wording, at one level of heat."""

    text: str
    own: bool


@dataclass(frozen=True, slots=True)
class Bank:
    """Every wording: by act, persona and level of heat."""

    groups: dict[Act, tuple[BlockGroup, ...]]

    def blocks(self, act: Act, persona: str, level: int, *, written: bool) -> tuple[Block, ...]:
        """The wordings of an act that this persona uses at this heat, written or on a call."""
        return tuple(
            Block(text, persona in group.by)
            for group in self.groups.get(act, ())
            if group.suits(persona, level, written=written)
            for text in group.say
        )


def load_wording(sources: Iterable[tuple[Path | str, str]]) -> Bank:
    """The bank in files (`Path`) or texts (`str`), each with the name that people call it.

    Raises:
        FileError: a file cannot be read.
        DocumentError: it holds no wording; each problem names file, line and column.
    """
    groups: dict[Act, tuple[BlockGroup, ...]] = {}
    for source, name in sources:
        read = open_document(source, name).whole(WordingFile)
        for act, some in read.acts.items():
            groups[act] = (*groups.get(act, ()), *some)
    return Bank(groups)


@cache
def shipped_bank() -> Bank:
    """The wordings that are shipped."""
    return load_wording(texts_in("wording"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Who says it: what wording needs to know of a run.

    Attributes:
        level: of heat, 0–4.
        number: of the reply in the run, from 0.
    """

    scenario: Scenario
    persona: Persona
    seed: int
    number: int
    level: int

    @property
    def written(self) -> bool:
        """True when they type."""
        return self.scenario.channel is not Channel.CALL


def say(steps: Sequence[Step], speaker: Speaker, memory: Memory, bank: Bank) -> tuple[str, Memory]:
    """The reply, and the memory with its sentences; an empty text when nothing is left to say."""
    said = memory.said
    voice = Voice.of(speaker.persona, speaker.seed, written=speaker.written)
    parts: list[str] = []
    for place, step in enumerate(steps):
        block = _block(step, place, speaker, said, memory.openings if not parts else frozenset(), bank)
        if block and not _superfluous(step, block, parts):
            said |= counted(block)
            own_words = not step.lines
            parts.append(
                voice.raised(block, speaker.level, speaker.seed, speaker.number) if own_words else block
            )
    begins_with_line = bool(speaker.number and steps and steps[0].lines)
    text = voice.dress(
        " ".join(parts),
        speaker.scenario.names,
        speaker.level,
        (speaker.seed, speaker.number),
        may_fill=begins_with_line,
    )
    openings = memory.openings | {opening(text)}
    return text, replace(memory, said=said | counted(text), openings=openings)


def _superfluous(step: Step, block: str, parts: Sequence[str]) -> bool:
    """True for a lead after other words, and for thanks after thanks."""
    if step.is_lead:
        return bool(parts)
    return step.act is Act.EASE and any(_THANKS.search(block) and _THANKS.search(part) for part in parts)


def _block(
    step: Step, place: int, speaker: Speaker, said: frozenset[str], openings: frozenset[str], bank: Bank
) -> str:
    """The wording of one step: unsaid so far, and where possible not begun as an earlier reply was."""
    slots = _slots(step, speaker.scenario)
    keys = (speaker.number, place, step.act.value)
    for options in _ranked(step, speaker, bank, keys):
        fitting = [filled for each in options if (filled := _filled(each, slots))]
        fresh = [each for each in fitting if not counted(each) & said]
        new = [each for each in fresh if opening(each) not in openings]
        if new or fresh:
            return (new or fresh)[0]
    return ""


def _ranked(step: Step, speaker: Speaker, bank: Bank, keys: tuple[int, int, str]) -> Iterable[Sequence[str]]:
    """Groups of wordings to try in turn: this heat first, then the nearest; the persona's own words first."""
    if step.lines:
        yield shuffled(step.lines, speaker.seed, *keys)
        yield step.less
        if step.act not in _ALSO_IN_BANK:
            return
    own_first = fraction(speaker.seed, *keys, "own") < _OWN_WORDS
    for away in range(MOST_AWAY + 1):
        for level in {speaker.level - away, speaker.level + away}:
            blocks = bank.blocks(step.act, speaker.persona.id, level, written=speaker.written)
            for own in (own_first, not own_first):
                texts = [each.text for each in blocks if each.own is own]
                yield shuffled(texts, speaker.seed, *keys, int(own))


def _slots(step: Step, scenario: Scenario) -> Mapping[str, str]:
    known = {
        "client": scenario.client,
        "agent": scenario.agent,
        "thing": scenario.thing,
        "lasted": scenario.lasted,
        "want": scenario.want,
        "feeling": scenario.feeling.right[0],
    }
    return {**known, **step.slots}


def _filled(text: str, slots: Mapping[str, str]) -> str:
    """The text with its slots filled and sentences begun with capitals; empty when a slot has no words."""
    names = _SLOT.findall(text)
    if not all(slots.get(name) for name in names):
        return ""
    filled = _SLOT.sub(lambda slot: slots[slot.group(1)], text)
    return re.sub(r"(^|[.!?…] )([a-z])", lambda found: found.group(1) + found.group(2).upper(), filled)
