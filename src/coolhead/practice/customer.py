"""The customer's inner state, and how what an agent did moves it. Pure; knows no words."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

from coolhead.codebook import Heat
from coolhead.practice.rules import Dimension, Rule
from coolhead.practice.seen import Deed, Seen

MOST_HEAT = 4.0
MOST_COOLING = 0.9
"""Levels of heat that a customer loses in one turn at most, however good it was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerState:
    """How the customer is inside.

    Attributes:
        heat: how worked up, 0–4, the codebook's levels.
        trust: that this agent means it, 0–1.
        heard: feels understood, 0–1.
        clarity: knows what happens next, 0–1.
        hope: that it will be solved, 0–1.
    """

    heat: float
    trust: float
    heard: float
    clarity: float
    hope: float

    @property
    def level(self) -> Heat:
        """The codebook's level nearest to the heat."""
        return Heat(min(4, int(self.heat + 0.5)))


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleFired:
    """A rule that moved the state, and by how much after sensitivity and repetition."""

    name: str
    deed: Deed
    moved: dict[Dimension, float]
    why: str


def move(
    state: CustomerState,
    seen: Seen,
    sensitive: Mapping[Deed, float],
    rules: tuple[Rule, ...],
    before: Mapping[str, int],
) -> tuple[CustomerState, tuple[RuleFired, ...]]:
    """The state after what was seen, and every rule that fired, in the order of the table.

    A rule's numbers are what it does to one in the middle of the scale; the nearer to an end, the less it
    moves further towards it: x + d · 2 · room / top. So no state leaves its range.

    Args:
        state: before the agent's turn.
        seen: what the turn did.
        sensitive: the persona's multipliers, by deed; 1 where none is given.
        rules: the table.
        before: how often each rule fired earlier in the run, by its name.
    """
    fired: list[RuleFired] = []
    before_turn = state.heat
    for rule in rules:
        if not rule.fires(seen.deeds):
            continue
        weight = sensitive.get(rule.when, 1.0) * rule.again ** before.get(rule.name, 0)
        moved = {}
        for dimension, by in rule.moves.items():
            now: float = getattr(state, dimension)
            then = _moved(now, by * weight, MOST_HEAT if dimension is Dimension.HEAT else 1.0)
            state = replace(state, **{dimension.value: then})
            moved[dimension] = then - now
        fired.append(RuleFired(name=rule.name, deed=rule.when, moved=moved, why=rule.why))
    return _slowed(before_turn, state, tuple(fired))


def _slowed(
    before: float, state: CustomerState, fired: tuple[RuleFired, ...]
) -> tuple[CustomerState, tuple[RuleFired, ...]]:
    """Nobody cools down at once, whatever was done in one turn: a fall f becomes c · (1 - exp(-f / c))."""
    fall = before - state.heat
    if fall <= 0:
        return state, fired
    slowed = MOST_COOLING * (1 - math.exp(-fall / MOST_COOLING))
    share = slowed / fall
    scaled = tuple(
        replace(
            each,
            moved={name: by * share if name is Dimension.HEAT else by for name, by in each.moved.items()},
        )
        for each in fired
    )
    return replace(state, heat=before - slowed), scaled


def heated(state: CustomerState, by: float) -> CustomerState:
    """The state after something other than the agent's words raised the heat, or lowered it."""
    return replace(state, heat=_moved(state.heat, by, MOST_HEAT))


def _moved(value: float, by: float, top: float) -> float:
    room = value if by < 0 else top - value
    return min(top, max(0.0, value + max(-0.9, min(0.9, 2 * by / top)) * room))


DIMENSIONS = tuple(field.name for field in fields(CustomerState))
