"""Hypothesis strategies for what flows through the engine: any valid turn, reading, and history.

A turn with its reading is made from one drawn seed: a whole conversation costs a few draws, and a failing one
still shrinks to its fewest turns.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from typing import TypeVar

from hypothesis import strategies as st

from coolhead.codebook import (
    Abuse,
    Behaviour,
    Cue,
    Heat,
    Issue,
    Misstep,
    Promiser,
    Resolved,
    Speaker,
    Technique,
    Term,
    Trigger,
)
from coolhead.conversation.turn import Turn
from coolhead.perception.reading import Evidence, HeatReading, Promise, Reading, Sign, Timing

T = TypeVar("T", bound=Term)

PIECES = (
    "where",
    "is",
    "my",
    "parcel?",
    "you",
    "said",
    "Monday.",
    "no!",
    "I",
    "\n",
    "…",
    "  ",
    "“",
    "🙃",
    "\x00",
    "İ",
)
SHARES = (0.0, 0.02, 0.3, 0.5, 0.7, 0.95, 1.0)
EARLIEST = datetime(2026, 3, 18, tzinfo=UTC)

seeds = st.integers(0, 2**32 - 1)


def heard(longest: int = 8) -> st.SearchStrategy[list[tuple[Turn, Reading]]]:
    """Turns in order, each with any valid reading."""
    return st.lists(seeds, max_size=longest).map(
        lambda drawn: [turn_and_reading(seed, number) for number, seed in enumerate(drawn)]
    )


def heats() -> st.SearchStrategy[HeatReading]:
    """Any valid heat."""
    return seeds.map(lambda seed: _heat(_random(seed), ""))


def turn_and_reading(seed: int, number: int = 0) -> tuple[Turn, Reading]:
    """A turn and what it may show; the same seed gives the same."""
    random = _random(seed)
    text = " ".join(random.choices(PIECES, k=random.randrange(9)))
    turn = Turn(id=f"t{number}", speaker=random.choice(list(Speaker)), text=text, place=float(number))
    return turn, _customer(random, text) if turn.by_customer else _agent(random, text)


def _random(seed: int) -> Random:
    return Random(seed)  # noqa: S311 -- makes test data, guards nothing


def _customer(random: Random, text: str) -> Reading:
    abuse = random.choice([None, *list(Abuse)[1:]])
    return Reading(
        heat=_heat(random, text),
        behaviours=_signs(random, Behaviour, text),
        abuse=Sign(abuse, random.choice(SHARES), _evidence(random, text)) if abuse else None,
        triggers=_signs(random, Trigger, text),
        cues=_signs(random, Cue, text),
        next_best=tuple(random.sample(list(Technique), random.randrange(4))),
        issue={random.choice(list(Issue)): 1.0},
        resolved={Resolved.YES: 0.25, Resolved.NO: 0.75},
        csat=random.choice([None, 1.0, 4.9]),
        scores={term: random.choice(SHARES) for term in ("angry", "unheard", "rejects")},
    )


def _agent(random: Random, text: str) -> Reading:
    return Reading(
        techniques=_signs(random, Technique, text),
        missteps=_signs(random, Misstep, text),
        promises=tuple(_promise(random, text) for _ in range(random.randrange(3))),
        timing=Timing(silence=random.choice([None, 0.0, 7.5])),
        scores={term: random.choice(SHARES) for term in ("empathy", "scripted")},
    )


def _heat(random: Random, text: str) -> HeatReading:
    weights = random.choices((0, 1, 5, 60), k=5)
    total = sum(weights)
    calm, tense, frustrated, angry, furious = (weight / total if total else 0.2 for weight in weights)
    chances = (calm, tense, frustrated, angry, furious)
    return HeatReading(
        level=tuple(Heat)[chances.index(max(chances))],
        expected=sum(level * chance for level, chance in enumerate(chances)),
        probabilities=chances,
        evidence=_evidence(random, text),
    )


def _signs(random: Random, terms: type[T], text: str) -> tuple[Sign[T], ...]:
    shown: Sequence[T] = random.sample(list(terms), random.randrange(4))
    return tuple(Sign(term, random.choice(SHARES), _evidence(random, text)) for term in shown)


def _promise(random: Random, text: str) -> Promise:
    return Promise(
        what=random.choice(["send a surveyor", "refund $90", "ring you back"]),
        who=random.choice(list(Promiser)),
        when=random.choice([None, "by Thursday", "within 24 hours"]),
        due=random.choice([None, EARLIEST + timedelta(seconds=random.randrange(10**6))]),
        evidence=_evidence(random, text),
    )


def _evidence(random: Random, text: str) -> Evidence:
    """A span within the text, or a sentence on timing."""
    if random.random() < 0.25:
        return Evidence(timing="began 1.2 s before the customer had finished")
    start = random.randint(0, len(text))
    return Evidence(start=start, end=random.randint(start, len(text)))
