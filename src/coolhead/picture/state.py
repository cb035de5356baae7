"""The picture of a conversation: immutable, with a JSON form, the same after every replay."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime

from pydantic import TypeAdapter

from coolhead.codebook import (
    Abuse,
    Behaviour,
    Channel,
    Cue,
    Heat,
    Issue,
    Misstep,
    Resolved,
    Technique,
    Term,
    Trigger,
)
from coolhead.conversation.turn import Turn
from coolhead.perception.reading import Promise

RECENT_TURNS = 8


class Stage(Term):
    """How far the conversation has come."""

    LISTEN = "listen", "the customer has not yet been heard out"
    ACKNOWLEDGE = "acknowledge", "they were heard; the feeling or the failure has not been named"
    CLARIFY = "clarify", "the facts needed to solve it are not all in"
    SOLVE = "solve", "a remedy is being found or offered"
    COMMIT = "commit", "a remedy is agreed; who does what by when is being fixed"
    CLOSE = "close", "agreed and promised; what is left is to confirm and to thank"


class Trend(Term):
    """Where heat has been going over the last customer turns."""

    RISING = "rising", "hotter than before"
    STEADY = "steady", "about the same"
    FALLING = "falling", "cooler than before"


class AlertKind(Term):
    """Why a supervisor should look."""

    RISING_ANGER = "rising_anger", "anger that rises or holds"
    ABUSE = "abuse", "insult or harassment of the agent or staff"
    THREAT = "threat", "threat of harm to people or property"
    SAFETY = "safety", "someone may come to harm"
    ASKS_SUPERVISOR = "asks_supervisor", "the customer wants a supervisor"


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatPoint:
    """Heat after one customer turn.

    Attributes:
        turn_id: the customer turn.
        number: of the turn in the conversation, from 0, agent turns counted.
        level: the level read in that turn alone.
        score: smoothed heat of the conversation, 0–100; 25 a level.
    """

    turn_id: str
    number: int
    level: Heat
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Noticed:
    """A trigger, cue or behaviour in the turn where it was shown."""

    term: Trigger | Cue | Behaviour
    turn_id: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AbuseNoticed:
    """Abuse aimed at a person, in the turn where it was shown."""

    kind: Abuse
    turn_id: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """How often the agent's side has done something, and when last (turn number and id)."""

    count: int
    number: int
    turn_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Something one side asked; `answered_by` is the turn of the other side that answered it."""

    turn_id: str
    number: int
    by_customer: bool
    text: str
    answered_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Promised:
    """A promise, in the turn where it was made."""

    turn_id: str
    promise: Promise


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """A moment that calls a supervisor's attention; `reason` is one sentence for people."""

    turn_id: str
    kind: AlertKind
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownCard:
    """A card the agent was shown.

    Attributes:
        card_id: the playbook entry's name.
        techniques: what it advised.
        turn_id: the turn after which it was shown.
        number: that turn's number.
        followed_by: the agent's turn that did what it advised; None so far.
    """

    card_id: str
    techniques: tuple[Technique, ...]
    turn_id: str
    number: int
    followed_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """What a conversation has come to.

    Attributes:
        turns: how many turns have been heard.
        recent: the last turns heard (masked), oldest first, at most `RECENT_TURNS`.
        course: heat after each customer turn.
        level: the conversation's level now, with hysteresis (it does not flicker between two levels).
        risk: probability (0–1) that heat rises by a level or the customer asks for a supervisor within the
            next two customer turns.
        techniques: what the agent's side has done so far.
        issue: probability of each issue; empty before the first reading.
        csat: what this customer would answer now, 1–5; None before the first reading.
        next_best: what would help in the next agent turn, best first; empty after an agent turn.
    """

    started_at: datetime | None = None
    channel: Channel = Channel.CHAT
    turns: int = 0
    recent: tuple[Turn, ...] = ()

    course: tuple[HeatPoint, ...] = ()
    level: Heat = Heat.CALM
    trend: Trend = Trend.STEADY
    risk: float = 0.0
    stage: Stage = Stage.LISTEN

    noticed: tuple[Noticed, ...] = ()
    abuse: tuple[AbuseNoticed, ...] = ()
    techniques: dict[Technique, Use] = field(default_factory=dict)
    missteps: dict[Misstep, Use] = field(default_factory=dict)
    questions: tuple[Question, ...] = ()
    promises: tuple[Promised, ...] = ()
    alerts: tuple[Alert, ...] = ()

    issue: dict[Issue, float] = field(default_factory=dict)
    resolved: dict[Resolved, float] = field(default_factory=dict)
    csat: float | None = None

    next_best: tuple[Technique, ...] = ()
    cards: tuple[ShownCard, ...] = ()

    @property
    def heat(self) -> float:
        """Smoothed heat now, 0–100; 0 before the customer has spoken."""
        return self.course[-1].score if self.course else 0.0

    def with_card(self, card_id: str, techniques: tuple[Technique, ...], turn: Turn) -> Picture:
        """The picture after the agent was shown a card following `turn`, the last turn heard."""
        shown = ShownCard(card_id=card_id, techniques=techniques, turn_id=turn.id, number=self.turns - 1)
        return replace(self, cards=(*self.cards, shown))

    def to_json(self) -> str:
        """The picture as JSON; `from_json` gives an equal picture back."""
        return _ADAPTER.dump_json(self).decode()

    @staticmethod
    def from_json(text: str | bytes) -> Picture:
        """The picture that `to_json` wrote.

        Raises:
            pydantic.ValidationError: the JSON is not a picture.
        """
        return _ADAPTER.validate_json(text)


_ADAPTER = TypeAdapter(Picture)
