"""Limits on abuse as one client wants them: a YAML file, checked as a whole before it is used.

Says at which step each kind of abuse begins, what may be said at each step, and whether a channel may be
paused. A threat always goes straight to a supervisor, and swearing at the situation is not abuse of a person:
neither can be changed here. Where a conversation stands by these limits, `boundary` tells.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field

from coolhead.codebook import Abuse, Term
from coolhead.guidance.document import (
    Document,
    Loc,
    Strict,
    open_document,
    word_check,
)


class BoundaryStep(Term):
    """What the ladder asks for now."""

    NONE = "none", "no abuse of a person, or the last one has been answered with a limit"
    WARN = "warn", "set a respectful limit and go on helping"
    FINAL_WARNING = "final_warning", "say for the last time what happens if it goes on"
    END = "end", "end the conversation, or hand it over"
    HAND_OVER = "hand_over", "a threat: stop handling it alone and bring in a supervisor"

    @property
    def is_last(self) -> bool:
        """True for what ends the agent's part of the conversation."""
        return self in (BoundaryStep.END, BoundaryStep.HAND_OVER)


CLIMBING = {kind.value: kind for kind in (Abuse.INSULT, Abuse.HARASSMENT)}
STEPS = {step.value: step for step in BoundaryStep if step is not BoundaryStep.NONE}
ORDER = tuple(STEPS.values())

Kind = Annotated[Abuse, BeforeValidator(word_check("a kind of abuse that climbs the ladder", CLIMBING))]
Step = Annotated[BoundaryStep, BeforeValidator(word_check("a step of the ladder", STEPS))]
Line = Annotated[str, Field(min_length=1, max_length=400)]
Words = Annotated[tuple[Line, ...], Field(min_length=1, max_length=6)]


class Rung(Strict):
    """One step of the ladder, and words for it."""

    step: Step = Field(description="What the agent does.")
    say: Words = Field(description="Words in a calm voice; the agent fills `[…]`.")


class HandOver(Strict):
    """How the agent hands the conversation to a supervisor."""

    say: Words = Field(description="Words to the customer; the agent fills `[…]`.")


class Pause(Strict):
    """For how long a channel may be closed to a customer after the last step."""

    hours: int = Field(ge=1, le=720, description="Hours until it opens again by itself.")
    reason: str = Field(
        min_length=1, max_length=400, description="What the customer reads when they come back meanwhile."
    )


class Limits(Strict):
    """All that a client wants done about abuse."""

    name: str = Field(min_length=1, max_length=80, description="What people call these limits.")
    ladder: tuple[Rung, ...] = Field(
        min_length=1,
        max_length=6,
        description="Climbed by a rung for each abuse after the last limit; ends with `end` or `hand_over`.",
    )
    begins: dict[Kind, Step] = Field(
        description="At which step each kind begins; a kind left out does not count. "
        "A threat always goes straight to a supervisor."
    )
    hand_over: HandOver = Field(
        description="For a threat, and whenever the agent hands over after abuse; no reason is asked for."
    )
    pause: Pause | None = Field(
        default=None, description="Whether a channel may be closed after the last step; left out: never."
    )

    def counts(self, kind: Abuse) -> bool:
        """True when abuse of that kind asks for a step."""
        return kind is Abuse.THREAT or kind in self.begins

    def goes_straight(self, kind: Abuse) -> bool:
        """True when abuse of that kind goes to a supervisor without a warning."""
        return kind is Abuse.THREAT or self.begins.get(kind) is BoundaryStep.HAND_OVER

    def rung_of(self, kind: Abuse) -> int:
        """The place on the ladder, from 0, at which that kind begins; 0 for what goes straight."""
        steps = [rung.step for rung in self.ladder]
        step = self.begins.get(kind)
        return steps.index(step) if step in steps else 0

    def words(self, step: BoundaryStep) -> tuple[str, ...]:
        """What may be said at `step`; nothing for `NONE`."""
        if step is BoundaryStep.HAND_OVER:
            return self.hand_over.say
        return next((rung.say for rung in self.ladder if rung.step is step), ())


def load(source: Path | str) -> Limits:
    """The limits in a file (`Path`) or in a text (`str`).

    Raises:
        FileError: the file cannot be read.
        DocumentError: something in it is wrong; every problem that was found, with line and column.
    """
    return _parse(open_document(source, "limits"))


@cache
def default_limits() -> Limits:
    """The limits that are shipped: warn, warn for the last time, then end or hand over."""
    return _parse(Document("limits.yaml", shipped_text()))


def shipped_text() -> str:
    """The shipped limits as they are written, with their comments."""
    return resources.files("coolhead.guidance").joinpath("content/limits.yaml").read_text(encoding="utf-8")


def _parse(document: Document) -> Limits:
    return document.whole(Limits, _impossible)


def _impossible(limits: Limits) -> Iterator[tuple[Loc, str]]:
    """Where and why the ladder cannot be climbed as it is written."""
    steps = [rung.step for rung in limits.ladder]
    for number, step in enumerate(steps):
        if number and ORDER.index(step) <= ORDER.index(steps[number - 1]):
            yield ("ladder", number, "step"), f'"{step}" cannot come after "{steps[number - 1]}".'
        if step.is_last and number < len(steps) - 1:
            yield ("ladder", number, "step"), f'nothing can follow "{step}".'
    if not steps[-1].is_last:
        yield ("ladder", len(steps) - 1, "step"), 'the ladder must end with "end" or "hand_over".'
    for kind, step in limits.begins.items():
        if step not in steps and step is not BoundaryStep.HAND_OVER:
            yield ("begins", kind.value), f'"{step}" is not on the ladder.'
