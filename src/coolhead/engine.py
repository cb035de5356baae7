"""The face of the library: hear a turn, get the moment.

    engine = Engine.load()
    picture = engine.start(channel=Channel.CALL)
    for turn in turns:
        moment = engine.hear(picture, turn)
        picture = moment.picture

The live desk, batch analysis, review and role-play all come through here. Given the same turns in the same
order it gives the same moments: no clock, no chance, nothing kept between calls but caches.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from coolhead.codebook import Channel
from coolhead.conversation.privacy import mask
from coolhead.conversation.turn import Conversation, Turn
from coolhead.guidance.card import Card
from coolhead.guidance.coach import advise
from coolhead.guidance.limits import Limits, default_limits
from coolhead.guidance.playbook import Playbook, default_playbook
from coolhead.guidance.put_right import put_right
from coolhead.guidance.terms import Terms
from coolhead.perception.encoder import Floats
from coolhead.perception.perceiver import Perceiver
from coolhead.perception.reading import Reading
from coolhead.picture.events import Event
from coolhead.picture.state import RECENT_TURNS, Picture
from coolhead.picture.step import step


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """All there is to know right after a turn.

    Attributes:
        turn: the turn heard, masked.
        reading: what it shows.
        picture: what the conversation has come to.
        events: what changed.
        card: what the agent should see now; None is the normal answer.
    """

    turn: Turn
    reading: Reading
    picture: Picture
    events: tuple[Event, ...]
    card: Card | None


class Engine:
    """Perception, picture and guidance joined; safe to share between threads."""

    def __init__(
        self,
        perceiver: Perceiver,
        playbook: Playbook,
        limits: Limits | None = None,
        terms: Terms | None = None,
    ) -> None:
        self._perceiver = perceiver
        self._playbook = playbook
        self._limits = limits or default_limits()
        self._terms = terms or Terms()

    @classmethod
    def load(cls, playbook: Playbook | None = None) -> Engine:
        """An engine with the shipped model and `playbook`, or the default playbook.

        Raises:
            SetupError: the model's files are missing or damaged.
        """
        return cls(Perceiver.load(), playbook or default_playbook())

    def with_playbook(self, playbook: Playbook) -> Engine:
        """The same engine coaching by another playbook; the model is shared."""
        return Engine(self._perceiver, playbook, self._limits, self._terms)

    def with_limits(self, limits: Limits) -> Engine:
        """The same engine holding to other limits on abuse; the model is shared."""
        return Engine(self._perceiver, self._playbook, limits, self._terms)

    def with_terms(self, terms: Terms) -> Engine:
        """The same engine holding promises to these terms; the model is shared."""
        return Engine(self._perceiver, self._playbook, self._limits, terms)

    def start(self, *, started_at: datetime | None = None, channel: Channel = Channel.CHAT) -> Picture:
        """The picture before anyone has spoken; `started_at` carries the conversation's UTC offset."""
        return Picture(started_at=started_at, channel=channel)

    def hear(self, picture: Picture, turn: Turn) -> Moment:
        """The moment after `turn`, which comes after every turn that `picture` has heard."""
        masked = _masked(turn, picture.recent)
        reading = self._perceiver.read(masked, picture.recent, masked.said_at(picture.started_at))
        return self.hear_read(picture, masked, reading)

    def vector(self, text: str) -> Floats:
        """What words of an agent mean by themselves, masked: a vector [384] for models of practice."""
        return self._perceiver.vector(text)

    def hear_all(self, conversation: Conversation) -> list[Moment]:
        """The moments of a whole conversation, as `hear` would give them one by one, read in bulk."""
        picture = self.start(started_at=conversation.started_at, channel=conversation.channel)
        turns = _all_masked(sorted(conversation.turns, key=lambda turn: turn.order))
        moments = []
        for turn, reading in zip(
            turns, self._perceiver.read_all(turns, conversation.started_at), strict=True
        ):
            moments.append(self.hear_read(picture, turn, reading))
            picture = moments[-1].picture
        return moments

    def hear_read(self, before: Picture, turn: Turn, reading: Reading) -> Moment:
        """The moment after a turn that was masked and read before, without reading it again."""
        picture, events = step(before, turn, reading)
        card = put_right(before, turn, reading, self._terms) or advise(
            self._playbook, picture, turn, reading, self._limits, self._terms
        )
        if card:
            picture = picture.with_card(card.id, card.techniques, turn)
        return Moment(turn=turn, reading=reading, picture=picture, events=events, card=card)


def _masked(turn: Turn, before: Sequence[Turn]) -> Turn:
    """The turn without personal data; the turns before it tell what a bare number is."""
    return replace(turn, text=mask(turn.text, [earlier.text for earlier in before]).text)


def _all_masked(turns: Iterable[Turn]) -> list[Turn]:
    masked: list[Turn] = []
    for turn in turns:
        masked.append(_masked(turn, masked[-RECENT_TURNS:]))
    return masked
