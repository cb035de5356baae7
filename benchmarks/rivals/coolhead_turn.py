"""Coolhead's reading of one turn by itself, everything included, as the rivals read it."""

from __future__ import annotations

from collections.abc import Callable

from coolhead.codebook import Speaker
from coolhead.conversation.turn import Turn
from coolhead.engine import Engine


def load() -> Callable[[str, str], float]:
    """Probability that a customer who says this is frustrated or worse."""
    engine = Engine.load()
    start = engine.start()

    def read(text: str, _: str) -> float:
        moment = engine.hear(start, Turn(id="0", speaker=Speaker.CUSTOMER, text=text))
        return sum(moment.reading.heat.probabilities[2:]) if moment.reading.heat else 0.0

    return read
