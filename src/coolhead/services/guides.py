"""Each client's guidance: the engine that coaches by what the client has published, and its remedies."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coolhead.guidance.limits import Limits
from coolhead.guidance.solutions import Solutions
from coolhead.services.documents import LIMITS, PLAYBOOK, SOLUTIONS, Documents

if TYPE_CHECKING:
    from coolhead.engine import Engine

GUIDING = (PLAYBOOK, LIMITS, SOLUTIONS)
GUIDES_KEPT = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """What guides the conversations of one client.

    Attributes:
        engine: perceives as for every client, and coaches by this client's playbook and limits.
        limits: how abuse is answered.
        solutions: the remedies that the desk offers.
    """

    engine: Engine
    limits: Limits
    solutions: Solutions


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
        playbook, limits, solutions = numbers
        engine = self._engine
        if playbook:
            engine = engine.with_playbook(await self._documents.content(client_id, PLAYBOOK, playbook))
        in_force = await self._documents.content(client_id, LIMITS, limits)
        if limits:
            engine = engine.with_limits(in_force)
        return Guide(
            engine=engine,
            limits=in_force,
            solutions=await self._documents.content(client_id, SOLUTIONS, solutions),
        )
