"""What is offered to a customer: who may grant it, the choice in words, what they answered, what it may cost.

Reads turns quietly: an answer is only proposed when an offer was said and one clear answer followed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from coolhead.casework.finding import words_in
from coolhead.codebook import Cue
from coolhead.conversation.turn import Turn
from coolhead.guidance.money import Money
from coolhead.guidance.solutions import Grant, Remedy
from coolhead.perception.reading import Reading

LONG = 4
"""Letters from which a word can tell two offers apart."""

SAID = 0.5
"""Share of an offer's telling words that the agent's turn must hold to count as offering it."""

ORDINALS = (("first", "former"), ("second", "latter"), ("third",), ("fourth",), ("fifth",))
_EMPTY = re.compile(
    r"about|after|again|also|back|been|before|could|does|down|every|from|give|have|here|into|just|like|make"
    r"|more|need|only|over|please|really|right|send|some|than|thanks?|that|their|them|then|there|these|they"
    r"|this|those|time|today|want|well|were|what|when|where|which|will|with|would|yeah|yours?"
)
"""Words that tell no offer from another."""


class Answer(StrEnum):
    """What became of an offer."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One thing that was offered.

    Attributes:
        what: as colleagues say it.
        say: as it was offered, following "I can".
        grant: who had to grant it.
    """

    what: str
    say: str
    grant: Grant


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What the turns make clear of an offer.

    Attributes:
        answer: accepted or refused.
        chosen: which of the choices was accepted, from 0; None when refused.
        turn_id: the customer's turn that shows it.
    """

    answer: Answer
    chosen: int | None
    turn_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """What gestures may cost in a month, in the currency's minor units.

    Attributes:
        limit: the most that may be spent.
        reserved: offered, and not answered yet.
        spent: accepted.
    """

    limit: int
    reserved: int
    spent: int

    @property
    def left(self) -> int:
        """What may still be offered; never below 0, also when the limit was lowered."""
        return max(0, self.limit - self.reserved - self.spent)

    def allows(self, amount: int) -> bool:
        """True when so much more may be offered."""
        return amount <= self.left


def grantor(grants: Mapping[Grant, Money | None], amount: Money | None = None) -> Grant | None:
    """The nearest who may grant a remedy at that amount (None: whatever it is); None when nobody may."""
    for who in Grant:
        if who in grants:
            most = grants[who]
            if most is None or amount is None or amount <= most:
                return who
    return None


def authority(remedy: Remedy, *, mine: bool) -> str:
    """Who may grant it and up to what, in words; `mine` says "you" of the agent."""
    told = []
    for who in Grant:
        if who not in remedy.grants:
            continue
        most = remedy.grants[who]
        name = "you" if mine and who is Grant.AGENT else who.words
        told.append(f"{name} up to {most.words}" if most else name)
    return ", ".join(told)


def choice_of(remedy: Remedy) -> Choice:
    """The remedy as something that is offered."""
    return Choice(what=remedy.what, say=remedy.say, grant=grantor(remedy.grants) or Grant.SPECIALIST)


def in_words(choices: Sequence[Choice]) -> str:
    """The choice as the agent puts it to the customer: "I can A, or B. Which would suit you better?"."""
    told = [_offered(choice) for choice in choices]
    if len(told) == 1:
        return f"I can {told[0]}. Would that help?"
    *first, last = told
    better = "better" if len(told) == 2 else "best"
    return f"I can {', '.join(first)}, or {last}. Which would suit you {better}?"


def seen_in(choices: Sequence[Choice], after: Sequence[tuple[Turn, Reading]]) -> Seen | None:
    """The customer's answer in the turns that followed; None while none is clear.

    The agent must have said the offer, and the customer's next turn must accept or refuse, not both. Of
    several things the accepted one must be named: by its place, or by words that no other one has.
    """
    said = next((at for at, (turn, _) in enumerate(after) if _offers(turn, choices)), None)
    if said is None:
        return None
    answer = next(((turn, reading) for turn, reading in after[said + 1 :] if turn.by_customer), None)
    if answer is None:
        return None
    turn, reading = answer
    cues = {sign.term for sign in reading.cues}
    if Cue.REJECTS in cues and Cue.CONFIRMS not in cues:
        return Seen(answer=Answer.REFUSED, chosen=None, turn_id=turn.id)
    if Cue.CONFIRMS in cues and Cue.REJECTS not in cues:
        chosen = 0 if len(choices) == 1 else _named(choices, turn.text)
        if chosen is not None:
            return Seen(answer=Answer.ACCEPTED, chosen=chosen, turn_id=turn.id)
    return None


def _offered(choice: Choice) -> str:
    words = choice.say.strip().rstrip(".")
    match choice.grant:
        case Grant.AGENT:
            return words
        case Grant.SUPERVISOR:
            return f"ask my supervisor to {_without_me(words)}"
        case Grant.SPECIALIST:
            return f"ask our specialists to {_without_me(words)}"


def _without_me(words: str) -> str:
    """The words without what only the agent could do in person."""
    return re.sub(r"\bmyself\b ?", "", words)


def _offers(turn: Turn, choices: Sequence[Choice]) -> bool:
    if turn.by_customer:
        return False
    said = _telling(turn.text)
    return any(
        wanted and len(wanted & said) >= SAID * len(wanted) for wanted in map(_telling, _sayings(choices))
    )


def _named(choices: Sequence[Choice], answer: str) -> int | None:
    """The one choice that the answer names; None when it names none, or several."""
    words = {word.folded for word in words_in(answer)}
    by_place = {at for at, names in enumerate(ORDINALS[: len(choices)]) if words & set(names)}
    telling = [_telling(say) for say in _sayings(choices)]
    own = [each - frozenset().union(*telling[:at], *telling[at + 1 :]) for at, each in enumerate(telling)]
    by_words = {at for at, each in enumerate(own) if each & _telling(answer)}
    named = by_place or by_words
    return next(iter(named)) if len(named) == 1 and not (by_place and by_words - by_place) else None


def _sayings(choices: Sequence[Choice]) -> list[str]:
    return [re.sub(r"\[[^\]]*\]", " ", choice.say) for choice in choices]


def _telling(text: str) -> frozenset[str]:
    words = {word.folded for word in words_in(text)}
    return frozenset(word for word in words if len(word) >= LONG and not _EMPTY.fullmatch(word))
