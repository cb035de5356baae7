"""When to practise something again: Leitner boxes. Pure; the day it is comes from the caller."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

BOXES = (1, 3, 7, 16, 35)
"""Days until an item in each box is due again: boxes after Sebastian Leitner, "So lernt man lernen" (1972),
each gap about twice the one before. Spaced practice keeps more than massed (Cepeda and others, 2006)."""

PER_DRILL = 10
"""Items in one drill at most: two minutes, with some twelve seconds for each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What is known of one person and one item.

    Attributes:
        box: index into `BOXES`.
        due_on: the first day on which to meet it again.
    """

    box: int
    due_on: date


def after(card: Card | None, *, right: bool, today: date) -> Card:
    """The card after an answer: a box further when right, back in the first when not.

    An item never met (`None`) counts as one of the first box.
    """
    box = min((card.box if card else 0) + 1, len(BOXES) - 1) if right else 0
    return Card(box=box, due_on=today + timedelta(days=BOXES[box]))


def is_due(card: Card | None, today: date) -> bool:
    """True for what was met before and is due again."""
    return card is not None and card.due_on <= today


def order(items: Sequence[str], cards: Mapping[str, Card], today: date) -> tuple[str, ...]:
    """Which items to practise today, at most `PER_DRILL`, in order.

    First what is due, the longest overdue first; then what is new, as the drill has it; then the rest, the
    soonest due first.
    """

    def rank(at: int) -> tuple[int, date, int]:
        card = cards.get(items[at])
        if card is None:
            return 1, today, at
        return (0 if is_due(card, today) else 2), card.due_on, at

    return tuple(items[at] for at in sorted(range(len(items)), key=rank)[:PER_DRILL])
