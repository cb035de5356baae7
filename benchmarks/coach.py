"""`python -m benchmarks coach`: the cards that agents would have seen, against the labels.

A card is right when it advises one of the techniques that the labels name as best for the next agent turn.
Its yardstick is what the same moments give a card that always says "name the feeling and say sorry".
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from benchmarks.figures import show
from benchmarks.labelled import add_options, choose
from coolhead.codebook import Technique
from coolhead.conversation.turn import Turn
from coolhead.engine import Engine
from coolhead.guidance.card import Card

ALWAYS = {Technique.EMPATHY, Technique.APOLOGY}
ROUGH = 2
"""Heat that a customer turn of a rough conversation reaches."""


class Shown(Protocol):
    """What the figures need of a moment."""

    @property
    def turn(self) -> Turn:
        """The turn."""

    @property
    def card(self) -> Card | None:
        """What was shown after it."""


def measure(heard: Iterable[tuple[Sequence[dict[str, Any]], Sequence[Shown]]]) -> dict[str, float]:
    """Every figure by name, from the labelled turns and the moments of each conversation."""
    turns = rough_turns = rough_cards = calm = disturbed = repairs = 0
    cards: list[tuple[set[str], set[str]]] = []
    for gold, moments in heard:
        customer = [(g, m) for g, m in zip(gold, moments, strict=True) if m.turn.by_customer]
        hottest = max((g["heat"] for g, _ in customer), default=0)
        shown = [({*m.card.techniques}, {*g.get("next_best", ())}) for g, m in customer if m.card]
        all_cards = sum(moment.card is not None for moment in moments)
        turns, repairs = turns + len(customer), repairs + all_cards - len(shown)
        calm, disturbed = calm + (hottest == 0), disturbed + (hottest == 0 and all_cards > 0)
        if hottest >= ROUGH:
            rough_turns, rough_cards = rough_turns + len(customer), rough_cards + len(shown)
        cards += shown
    return {
        "customer_turns": turns,
        "cards": len(cards),
        "cards_a_rough_turn": rough_cards / max(rough_turns, 1),
        "right": sum(bool(advised & best) for advised, best in cards) / max(len(cards), 1),
        "right_always_the_same": sum(bool(ALWAYS & best) for _, best in cards) / max(len(cards), 1),
        "advised_and_wanted": sum(len(a & b) for a, b in cards) / max(sum(len(a) for a, _ in cards), 1),
        "repairs_after_agent_turns": repairs,
        "calm_conversations_with_a_card": disturbed / max(calm, 1),
    }


def main(arguments: Sequence[str]) -> None:
    """Measures and prints: a table, or one JSON object."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks coach", description=__doc__)
    add_options(parser)
    given = parser.parse_args(arguments)
    engine = Engine.load()
    heard = ((each.gold, engine.hear_all(each.conversation)) for each in choose(given).every)
    show(measure(heard), as_json=given.json)
