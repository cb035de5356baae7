"""All that a reply is chosen from, at one moment of a run."""

from __future__ import annotations

from dataclasses import dataclass

from coolhead.practice.chance import fraction
from coolhead.practice.customer import CustomerState
from coolhead.practice.memory import Memory
from coolhead.practice.persona import Persona
from coolhead.practice.scenario import Difficulty, Fact, Given, Scenario
from coolhead.practice.seen import Deed, Seen
from coolhead.practice.topic import Topic

_ONLY_ASKED = {
    Topic.NUMBER, Topic.NAME, Topic.IDENTITY, Topic.ADDRESS, Topic.CONTACT, Topic.AVAILABLE, Topic.AMOUNT,
    Topic.EVIDENCE,
}  # fmt: skip
"""Nobody tells these unasked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A moment of a run, after the agent's turn has moved the customer.

    Attributes:
        number: of the agent's turn, from 1.
        memory: the run so far, the agent's turn counted in.
    """

    scenario: Scenario
    persona: Persona
    difficulty: Difficulty
    seed: int
    number: int
    state: CustomerState
    seen: Seen
    memory: Memory

    def chance(self, purpose: str) -> float:
        """A number in [0, 1) for one purpose at this turn."""
        return fraction(self.seed, self.number, purpose)

    def saw(self, *deeds: Deed) -> bool:
        """True when the agent's turn did any of these."""
        return any(deed in self.seen.deeds for deed in deeds)

    @property
    def untold(self) -> tuple[Fact, ...]:
        """Facts that the customer would tell unasked and has not; on an easy run, all that can be told."""
        first = [fact for fact in self._left if fact.given is Given.VOLUNTEERED]
        if self.difficulty is not Difficulty.EASY:
            return tuple(first)
        return (*first, *(fact for fact in self.tellable if fact not in first))

    @property
    def tellable(self) -> tuple[Fact, ...]:
        """Facts not told yet that make part of a story: no numbers, addresses, or details without a topic."""
        part = [fact for fact in self._left if fact.about or fact.given is Given.VOLUNTEERED]
        return tuple(fact for fact in part if not _ONLY_ASKED & {*fact.about})

    @property
    def _left(self) -> list[Fact]:
        return [fact for fact in self.scenario.facts if not self.memory.told.get(fact.id)]

    @property
    def is_ready(self) -> bool:
        """True when the customer would take a good offer now."""
        least = {Difficulty.EASY: 0.26, Difficulty.NORMAL: 0.32, Difficulty.HARD: 0.38}[self.difficulty]
        return self.state.heat < 2.7 and self.state.trust >= least and self.state.heard >= least

    @property
    def would_confide(self) -> bool:
        """True when the customer would tell what they have held back."""
        untold = not self.memory.told.get(self.scenario.hidden_cause.id)
        listened = self.memory.did(Deed.RESTATED_RIGHT) or self.number >= 3
        return untold and listened and self.state.heard >= 0.55 and self.state.trust >= 0.4
