"""Who can be met in practice: a scenario's personas, and whether somebody wants abusive ones at all."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from coolhead.codebook import Issue
from coolhead.errors import InputError, NotFoundError
from coolhead.practice.chance import pick
from coolhead.practice.learning.fitting import Habit, Meeting, meetings
from coolhead.practice.persona import Persona, who_suits
from coolhead.practice.scenario import Scenario
from coolhead.services.access import Right, Viewer
from coolhead.services.clock import Clock
from coolhead.services.training import pieces
from coolhead.services.training.material import Material
from coolhead.services.training.pieces import PERSONAS, SCENARIOS
from coolhead.storage import practice
from coolhead.storage.database import Database

RECENT = 50
"""How many of somebody's latest runs count as played."""

DRAFT = -1
"""In the place of a version: what was played was not published."""


class WarnedFirstError(InputError):
    """The persona comes with a warning, which the person has not answered yet; `hint` is the warning."""

    code = "warned_first"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A scenario that can be begun.

    Attributes:
        version: the client's published one; 0 is the one that is shipped, `DRAFT` a draft that is tried.
        personas: who could tell it; abusive ones only where the person wants them offered.
        abusive: how many abusive ones could tell it, offered or not.
        wants_abusive: what the person has chosen.
    """

    version: int
    scenario: Scenario
    personas: tuple[Persona, ...]
    abusive: int
    wants_abusive: bool

    def cast(self, persona_id: str, seed: int) -> Persona:
        """The persona of that id; where none is named, one by chance who is not abusive.

        Raises:
            NotFoundError: nobody of that id is offered.
        """
        if not persona_id:
            suited = [each for each in self.personas if not each.is_abusive]
            return pick(suited or self.personas, seed, "persona")
        found = next((each for each in self.personas if each.id == persona_id), None)
        if found is None:
            raise NotFoundError("Nobody of that name can tell this.", hint="Choose one of those listed.")
        return found


class Casting:
    """The use cases of choosing whom to meet."""

    def __init__(self, database: Database, material: Material, clock: Clock) -> None:
        self._database = database
        self._material = material
        self._clock = clock

    async def offer(self, viewer: Viewer, client_id: str, scenario_id: str, *, trying: str = "") -> Offer:
        """A scenario with those who could tell it; `trying` names a piece whose draft is taken.

        Raises:
            NotFoundError: there is no such scenario, or the viewer may not know of the client.
            ForbiddenError: the viewer may not practise, or not try a draft.
            DocumentError: the draft has problems.
        """
        viewer.require(Right.PRACTISE, client_id)
        version, scenario = await self._scenario(viewer, client_id, scenario_id, trying)
        async with self._database.read() as connection:
            wants = await practice.wants_abusive(connection, viewer.id)
        suited = who_suits(scenario, await self._personas(viewer, client_id))
        if trying.startswith(PERSONAS.prefix):
            tried = await self._material.draft(viewer, client_id, PERSONAS, _id_in(trying))
            version, suited, wants = DRAFT, (tried,), True
        return Offer(
            version=version,
            scenario=scenario,
            personas=tuple(each for each in suited if wants or not each.is_abusive),
            abusive=sum(each.is_abusive for each in suited),
            wants_abusive=wants,
        )

    async def meetings(
        self,
        viewer: Viewer,
        client_id: str,
        habits: Collection[Habit],
        *,
        issues: Sequence[Issue] = (),
        most: int = 1,
    ) -> tuple[Meeting, ...]:
        """With whom the person can practise these habits; see `fitting.meetings`.

        Raises:
            NotFoundError: the viewer may not know of the client.
            ForbiddenError: the viewer may not practise there.
        """
        offered = await self._material.scenarios(viewer, client_id)
        personas = await self._personas(viewer, client_id)
        async with self._database.read() as connection:
            wants = await practice.wants_abusive(connection, viewer.id)
            played = await practice.list_of(connection, viewer.id, {client_id}, limit=RECENT)
        return meetings(
            habits,
            [each.content for each in offered],
            [each for each in personas if wants or not each.is_abusive],
            issues=issues,
            played={each.scenario_id for each in played},
            most=most,
        )

    async def wish(self, viewer: Viewer, *, abusive: bool) -> None:
        """Keeps whether abusive customers may be offered to the person.

        Raises:
            ForbiddenError: the viewer may not practise.
        """
        viewer.require(Right.PRACTISE)
        async with self._database.write() as connection:
            await practice.wish_abusive(connection, viewer.id, abusive=abusive, now=self._clock())

    async def _scenario(
        self, viewer: Viewer, client_id: str, scenario_id: str, trying: str
    ) -> tuple[int, Scenario]:
        """The version and the scenario that is in force at the client, or its draft where that is tried."""
        if trying == SCENARIOS.prefix + scenario_id:
            return DRAFT, await self._material.draft(viewer, client_id, SCENARIOS, scenario_id)
        offered = await self._material.scenario(viewer, client_id, scenario_id)
        return offered.version, offered.content

    async def _personas(self, viewer: Viewer, client_id: str) -> Sequence[Persona]:
        """The personas that are in force at the client."""
        return [each.content for each in await self._material.personas(viewer, client_id)]


def _id_in(name: str) -> str:
    return pieces.id_of(pieces.piece_named(name))
