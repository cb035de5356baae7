"""The parties of a vCon: what each is called, and which is the agent and which the customer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from coolhead.codebook import Speaker
from coolhead.conversation.formats.source import Origin
from coolhead.conversation.formats.speakers import plain, speaker_of

_NAMES = ("name", "mailto", "email", "tel", "sip", "uuid")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parties:
    """All parties of one vCon, in its order.

    Attributes:
        labels: what each is called here: its name, else its address, else `party 0` and so on.
        names: the name each has in its entry; empty where it has none.
        known: who a party is by its own entry; None where that does not say.
    """

    labels: tuple[str, ...]
    names: tuple[str, ...]
    known: tuple[Speaker | None, ...]

    @classmethod
    def of(cls, parties: Sequence[Mapping[str, object]]) -> Self:
        """The parties of a vCon's list."""
        labels = tuple(_label(party, index) for index, party in enumerate(parties))
        names = (party.get("name") for party in parties)
        return cls(
            labels=labels,
            names=tuple(name if isinstance(name, str) else "" for name in names),
            known=tuple(_role(party) for party in parties),
        )

    def label(self, index: int) -> str:
        """What the party at an index is called, also where the vCon has no such party."""
        return self.labels[index] if 0 <= index < len(self.labels) else f"party {index}"

    def match(self, name: str) -> str:
        """The label of the party that a transcript means by a name; the name itself when it is none."""
        for label in self.labels:
            if plain(label) == plain(name):
                return label
        first_names = [label for label in self.labels if plain(label).split()[:1] == [plain(name)]]
        return first_names[0] if len(first_names) == 1 else name

    def roles(
        self, used: set[str], originator: int | None, *, outbound: bool, origin: Origin
    ) -> dict[str, Speaker]:
        """Who each party is, by its label; parties that stay unknown are left out.

        Of two parties, the one beside a known one is the other side. When neither is known, the one who
        began the contact is read as the customer (as the agent when the vCon calls it outbound), which is
        explained.

        Args:
            used: the labels that speak; nothing is guessed when all of them are known.
            originator: index of the party who began.
            outbound: the vCon says that the company called.
            origin: the file, to explain a guess.
        """
        roles = {label: role for label, role in zip(self.labels, self.known, strict=True) if role}
        told = {plain(name) for name in origin.options.speakers}
        unknown = [label for label in self.labels if label in used - set(roles) and plain(label) not in told]
        if not unknown or len(self.labels) != 2:
            return roles
        if roles:
            side = next(iter(roles.values()))
            roles[unknown[0]] = Speaker.AGENT if side is Speaker.CUSTOMER else Speaker.CUSTOMER
        elif originator in (0, 1) and len(unknown) == 2:
            roles = self._by_originator(originator, outbound, origin)
        return roles

    def name_of(self, speaker: Speaker, roles: Mapping[str, Speaker]) -> str:
        """The name of the first party on a side; empty when it has none."""
        sides = zip(self.labels, self.names, strict=True)
        return next((name for label, name in sides if roles.get(label) is speaker), "")

    def _by_originator(self, originator: int, outbound: bool, origin: Origin) -> dict[str, Speaker]:
        sides = (Speaker.AGENT, Speaker.CUSTOMER) if outbound else (Speaker.CUSTOMER, Speaker.AGENT)
        began, other = self.labels[originator], self.labels[1 - originator]
        origin.explain(
            f'"{began}", who began the contact, is read as the {sides[0]} and "{other}" as the {sides[1]}; '
            f'--speaker "{began}={sides[1]}" --speaker "{other}={sides[0]}" turns it round.'
        )
        return {began: sides[0], other: sides[1]}


def _label(party: Mapping[str, object], index: int) -> str:
    names = (party.get(key) for key in _NAMES)
    return next((name for name in names if isinstance(name, str) and name.strip()), f"party {index}")


def _role(party: Mapping[str, object]) -> Speaker | None:
    inner = party.get("meta")
    told = [party.get("role"), inner.get("role") if isinstance(inner, dict) else None, party.get("type")]
    spelled = (speaker_of(word) for word in (*told, party.get("name")) if isinstance(word, str))
    return next((speaker for speaker in spelled if speaker), None)
