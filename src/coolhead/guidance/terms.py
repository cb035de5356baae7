"""What a client's promises have to keep to: its published policy, and what its people may give."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from coolhead.codebook import Speaker
from coolhead.guidance.authority import Authority
from coolhead.guidance.card import Cited
from coolhead.guidance.facts import Fact
from coolhead.guidance.policy import Policy


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What holds for one client.

    Attributes:
        policy: its policies; None while it has published none.
        agent: what an agent may give.
        supervisor: what a supervisor may give.
    """

    policy: Policy | None = None
    agent: Authority = field(default_factory=Authority)
    supervisor: Authority = field(default_factory=Authority)

    @property
    def facts(self) -> Mapping[str, Fact]:
        """The policy's facts by name; none without a policy."""
        return self.policy.facts if self.policy else {}

    def authority(self, speaker: Speaker) -> Authority:
        """What the one who speaks may give."""
        return self.supervisor if speaker is Speaker.SUPERVISOR else self.agent

    def cited(self, *names: str) -> tuple[Cited, ...]:
        """Where readers find the facts of these names; each section once, none for unknown facts."""
        policy = self.policy
        if policy is None:
            return ()
        sections = [policy.section_of(name) for name in names if name in policy.facts]
        return tuple(
            Cited(policy=policy.name, section=section.id, title=section.title)
            for section in dict.fromkeys(sections)
        )
