"""Each client's guidance: the engine that coaches by what the client has published, and its remedies."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coolhead.guidance.grants import authority_of
from coolhead.guidance.limits import Limits
from coolhead.guidance.policy import Policy, default_policy
from coolhead.guidance.solutions import Grant, Solutions
from coolhead.guidance.stated import stated
from coolhead.guidance.terms import Terms
from coolhead.services.documents.documents import LIMITS, PLAYBOOK, POLICIES, SOLUTIONS, Documents

if TYPE_CHECKING:
    from coolhead.engine import Engine

GUIDING = (PLAYBOOK, LIMITS, SOLUTIONS, POLICIES)
GUIDES_KEPT = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """What guides the conversations of one client.

    Attributes:
        engine: perceives as for every client, and coaches by this client's playbook, limits and terms.
        limits: how abuse is answered.
        solutions: the remedies that the desk offers, with the facts of the policies in their words.
        terms: what promises have to keep to.
    """

    engine: Engine
    limits: Limits
    solutions: Solutions
    terms: Terms


class Guides:
    """The guide of each client as of now; made once for each set of versions."""

    def __init__(self, documents: Documents, engine: Engine) -> None:
        self._documents = documents
        self._engine = engine
        self._made: OrderedDict[tuple[str, tuple[int, ...]], Guide] = OrderedDict()

    async def of(self, client_id: str) -> Guide:
        """The client's guide; what is published from now on is in the next one."""
        numbers = await self._documents.numbers(client_id)
        key = (client_id, tuple(numbers.get(kind.name, 0) for kind in GUIDING))
        if key not in self._made:
            self._made[key] = await self._make(*key)
        self._made.move_to_end(key)
        while len(self._made) > GUIDES_KEPT:
            self._made.popitem(last=False)
        return self._made[key]

    async def _make(self, client_id: str, numbers: tuple[int, ...]) -> Guide:
        playbook, limits, solutions, policies = numbers
        remedies = await self._documents.content(client_id, SOLUTIONS, solutions)
        terms = terms_of(await self._documents.content(client_id, POLICIES, policies), remedies)
        remedies = stated(remedies, terms.facts)
        engine = self._engine.with_terms(terms)
        if playbook:
            engine = engine.with_playbook(await self._documents.content(client_id, PLAYBOOK, playbook))
        in_force = await self._documents.content(client_id, LIMITS, limits)
        if limits:
            engine = engine.with_limits(in_force)
        return Guide(engine=engine, limits=in_force, solutions=remedies, terms=terms)


def terms_of(policy: Policy, solutions: Solutions) -> Terms:
    """What promises have to keep to; the shipped policy, which is only a template, is nobody's."""
    return Terms(
        policy=None if policy == default_policy() else policy,
        agent=authority_of(Grant.AGENT, solutions),
        supervisor=authority_of(Grant.SUPERVISOR, solutions),
    )
