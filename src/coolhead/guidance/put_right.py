"""The card that follows a turn in which the agent promised too much."""

from __future__ import annotations

from datetime import datetime

from coolhead.codebook import Technique
from coolhead.conversation.turn import Turn
from coolhead.guidance.card import Card
from coolhead.guidance.overpromise import Overpromise, Saying, overpromises
from coolhead.guidance.pledges import LIMIT
from coolhead.guidance.terms import Terms
from coolhead.perception.reading import Reading
from coolhead.picture.state import Picture

CARD_ID = "over-promise"
COOL_DOWN = 4
"""Turns after such a card in which none follows: the agent needs a moment to put it right."""

QUOTED = 80

_NOTICED = {True: "more than you may give", False: "more than the policy allows"}


def put_right(before: Picture, turn: Turn, reading: Reading, terms: Terms) -> Card | None:
    """The card for an agent's turn that promises more than `terms` allow; None is the normal answer.

    `before` has not heard `turn` yet.
    """
    if turn.by_customer or _lately(before):
        return None
    said = saying(before, turn, reading, turn.said_at(before.started_at))
    found = overpromises(said, terms.facts, terms.authority(turn.speaker))
    return _card(found[0], turn, terms) if found else None


def saying(before: Picture, turn: Turn, reading: Reading, said_at: datetime | None) -> Saying:
    """The agent's turn as the guard takes it."""
    return Saying(
        text=turn.text,
        promises=reading.promises,
        said_at=said_at,
        earlier=tuple(each.text for each in before.recent),
    )


def _lately(before: Picture) -> bool:
    last = next((card for card in reversed(before.cards) if card.card_id == CARD_ID), None)
    return last is not None and before.turns - last.number <= COOL_DOWN


def _card(found: Overpromise, turn: Turn, terms: Terms) -> Card:
    said = " ".join(turn.text[found.start : found.end].split()).rstrip(".")
    quoted = said if len(said) <= QUOTED else said[:QUOTED].rsplit(" ", 1)[0] + "…"
    return Card(
        id=CARD_ID,
        title="Put right what was promised",
        say=f"I said more than I can keep. {found.instead}",
        techniques=(Technique.EXPLAINS, Technique.OWNERSHIP),
        why=f"You said “{quoted}”. {found.why}",
        learn="explanation/method/say-what-you-will-do.md",
        noticed=tuple(dict.fromkeys(_NOTICED[name == LIMIT] for name in found.beyond)),
        cites=terms.cited(*found.cites),
    )
