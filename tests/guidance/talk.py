"""Conversations built by hand: `customer(...)` and `agent(...)` turns, heard by the real step and coach."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import Enum

from coolhead.codebook import (
    Abuse,
    Behaviour,
    Cue,
    Heat,
    Issue,
    Misstep,
    Promiser,
    Speaker,
    Technique,
    Trigger,
)
from coolhead.conversation.turn import Turn
from coolhead.guidance.card import Card
from coolhead.guidance.coach import Considered, advise, explain
from coolhead.guidance.playbook import Playbook, default_playbook
from coolhead.guidance.scene import Scene
from coolhead.perception.reading import Evidence, HeatReading, Promise, Reading, Sign, Timing
from coolhead.picture.state import Picture
from coolhead.picture.step import step

NOWHERE = Evidence()


@dataclass(frozen=True)
class Said:
    speaker: Speaker
    text: str
    reading: Reading
    risk: float | None = None


def _signs(kind: type[Enum], words: Iterable[str], text: str, quote: str) -> tuple[Sign, ...]:
    known = {member.value: member for member in kind}
    start = text.find(quote) if quote else -1
    evidence = Evidence(start, start + len(quote)) if start >= 0 else NOWHERE
    return tuple(Sign(known[word], 0.9, evidence) for word in words if word in known)


def customer(
    heat: int,
    *words: str,
    text: str = "It still does not work and I have been waiting for days.",
    quote: str = "",
    abuse: str = "",
    issue: str = "",
    next_best: Iterable[str] = (),
    risk: float | None = None,
) -> Said:
    """A customer turn; `words` are triggers, cues and behaviours; `risk` replaces the forecast."""
    shares = tuple(1.0 if level == heat else 0.0 for level in range(5))
    reading = Reading(
        heat=HeatReading(level=Heat(heat), expected=float(heat), probabilities=shares, evidence=NOWHERE),
        behaviours=_signs(Behaviour, words, text, quote),
        triggers=_signs(Trigger, words, text, quote),
        cues=_signs(Cue, words, text, quote),
        abuse=_signs(Abuse, [abuse], text, quote)[0] if abuse else None,
        next_best=tuple(Technique(word) for word in next_best),
        issue={Issue(issue): 1.0} if issue else {},
    )
    return Said(Speaker.CUSTOMER, text, reading, risk)


def agent(
    *words: str, text: str = "Let me look at that.", promise: bool = False, pace: float | None = None
) -> Said:
    """An agent turn; `words` are techniques and missteps; `promise` makes an undated one."""
    made = Promise(what="call back", who=Promiser.AGENT, when=None, due=None, evidence=NOWHERE)
    reading = Reading(
        techniques=_signs(Technique, words, text, ""),
        missteps=_signs(Misstep, words, text, ""),
        promises=(made,) if promise else (),
        timing=Timing(words_per_minute=pace),
    )
    return Said(Speaker.AGENT, text, reading)


def _unsmoothed(picture: Picture) -> Picture:
    """The picture with a course that follows each turn at once, whatever the filter's constants are."""
    course = tuple(replace(point, score=25.0 * point.level) for point in picture.course)
    return replace(picture, course=course, level=course[-1].level if course else picture.level)


@dataclass
class Talk:
    """A conversation under way; `cards` holds what was shown after each turn."""

    playbook: Playbook = field(default_factory=default_playbook)
    picture: Picture = field(default_factory=Picture)
    cards: list[Card | None] = field(default_factory=list)
    last: tuple[Turn, Reading] | None = None

    def hear(self, *all_said: Said) -> Card | None:
        """The card after the last of `all_said`."""
        for said in all_said:
            number = self.picture.turns
            turn = Turn(id=f"t{number}", speaker=said.speaker, text=said.text, place=float(number))
            self.picture, _ = step(self.picture, turn, said.reading)
            self.picture = replace(_unsmoothed(self.picture), risk=said.risk or self.picture.risk)
            self.last = (turn, said.reading)
            card = advise(self.playbook, self.picture, turn, said.reading)
            if card:
                self.picture = self.picture.with_card(card.id, card.techniques, turn)
            self.cards.append(card)
        return self.cards[-1] if self.cards else None

    @property
    def shown(self) -> list[str]:
        """Names of the entries shown so far, in order."""
        return [card.id for card in self.cards if card]

    @property
    def scene(self) -> Scene:
        """The moment after the last turn."""
        assert self.last
        return Scene(self.picture, *self.last)

    def explain(self) -> dict[str, Considered]:
        """What the coach makes of every entry after one more look at the last turn."""
        assert self.last
        return {each.entry.name: each for each in explain(self.playbook, self.picture, *self.last)}
