"""Looking back on practice runs: the debrief, two courses side by side, and what people write for themselves.

A reflection is read by its writer alone; nothing here gives anybody else's.
"""

from __future__ import annotations

from dataclasses import dataclass

from coolhead.errors import ConflictError, InputError
from coolhead.practice.debrief import Beside, Course, Debrief, better_course, compare, debrief
from coolhead.services.access import Viewer
from coolhead.services.clock import Clock
from coolhead.services.text import readable
from coolhead.services.training.practising import Practising, Session
from coolhead.storage import practice
from coolhead.storage.database import Database
from coolhead.storage.practice import KeptRun, Reflection

LONGEST_REFLECTION = 4000


@dataclass(frozen=True, slots=True, kw_only=True)
class LookBack:
    """A run with all there is to learn from it.

    Attributes:
        first: the run of which it answers a turn differently, where it is one such.
        others: the runs in which turns of this one were answered differently, the latest first.
    """

    session: Session
    told: Debrief
    reflection: Reflection | None
    first: KeptRun | None
    others: list[KeptRun]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two courses of one scenario side by side; `better` says which ended cooler."""

    first: Session
    second: Session
    turns: tuple[Beside, ...]
    better: Course


class LookingBack:
    """The use cases of somebody who has practised."""

    def __init__(self, database: Database, practising: Practising, clock: Clock) -> None:
        self._database = database
        self._practising = practising
        self._clock = clock

    async def debrief(self, viewer: Viewer, run_id: str) -> LookBack:
        """The debrief of a run that is over.

        Raises:
            NotFoundError: the person has no such run.
            ConflictError: the run goes on.
        """
        session = await self._practising.read(viewer, run_id)
        if not session.run.over:
            raise ConflictError("This run goes on.", hint="Stop it to read its debrief; nothing is lost.")
        player = await self._practising.player(session.kept.client_id)
        told = await self._practising.think(debrief, player, session.run)
        async with self._database.read() as connection:
            reflection = await practice.reflection_of(connection, run_id)
            others = await practice.list_again(connection, run_id)
            first = await practice.find(connection, session.kept.again_of or "", viewer.id)
        return LookBack(
            session=session,
            told=told,
            reflection=reflection,
            first=first[0] if first else None,
            others=others,
        )

    async def compare(self, viewer: Viewer, run_id: str, other_id: str) -> Comparison:
        """Two runs side by side.

        Raises:
            NotFoundError: the person has not both of these runs.
            InputError: they are not two courses of one scenario.
        """
        first = await self._practising.read(viewer, run_id)
        second = await self._practising.read(viewer, other_id)
        if first.kept.id == second.kept.id or first.kept.scenario_id != second.kept.scenario_id:
            raise InputError(
                "Only two courses of the same scenario can be compared.",
                hint="Open the debrief of one of them; it lists its other courses.",
            )
        return Comparison(
            first=first,
            second=second,
            turns=compare(first.run, second.run),
            better=better_course(first.run, second.run),
        )

    async def reflect(self, viewer: Viewer, run_id: str, worked: str, differently: str) -> None:
        """Keeps what the person writes for themselves after a run, over what they wrote before.

        Raises:
            NotFoundError: the person has no such run.
            InputError: it is too long.
        """
        texts = [readable(each).strip() for each in (worked, differently)]
        if max(map(len, texts)) > LONGEST_REFLECTION:
            raise InputError(
                f"A reflection is at most {LONGEST_REFLECTION:,} characters long.", hint="Say it in less."
            )
        await self._practising.read(viewer, run_id)
        reflection = Reflection(worked=texts[0], differently=texts[1], written_at=self._clock())
        async with self._database.write() as connection:
            await practice.write_reflection(connection, run_id, reflection)
