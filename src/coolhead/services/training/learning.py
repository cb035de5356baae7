"""The learning path as one person meets it: what is assigned, due again, suggested, and all there is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from coolhead.codebook import Technique
from coolhead.practice.learning.drill import Drill
from coolhead.practice.learning.fitting import Habit, Meeting
from coolhead.practice.learning.lesson import Lesson
from coolhead.practice.learning.spacing import is_due
from coolhead.practice.learning.suggest import Suggestion
from coolhead.practice.scenario import Scenario
from coolhead.services.access import Right, Viewer
from coolhead.services.clock import Clock
from coolhead.services.training.assigning import Assigning, Mine
from coolhead.services.training.casting import Casting
from coolhead.services.training.drilling import today_at
from coolhead.services.training.material import Material, Offered
from coolhead.services.training.progressing import Progressing
from coolhead.storage import drills
from coolhead.storage.database import Database
from coolhead.storage.drills import DrillRun

MEETINGS = 3
"""Customers on the page of a lesson."""

RECENT = 50
"""How far back drills are looked at for the latest result of each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A drill, and what the person has done of it.

    Attributes:
        due: items that are due again.
        met: items that the person has answered before, of `len(drill.items)`.
        last: the latest time that it was done; None for never.
    """

    drill: Drill
    due: int
    met: int
    last: DrillRun | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """All there is to practise.

    Attributes:
        assigned: by trainers, what is open first.
        suggested: from live conversations.
        drills: every drill, those with items due again first.
        lessons: id and title of each page.
        read: ids of the lessons that the person has read.
    """

    assigned: list[Mine]
    suggested: tuple[Suggestion, ...]
    drills: list[Known]
    scenarios: list[Offered[Scenario]]
    lessons: list[tuple[str, str]]
    read: frozenset[str]

    @property
    def due(self) -> list[Known]:
        """The drills with items that are due again."""
        return [each for each in self.drills if each.due]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A lesson with the drills that train it.

    Attributes:
        techniques: what those drills train.
        meetings: customers with whom it is needed.
        read_at: when the person said that they had read it; None for never.
    """

    id: str
    lesson: Lesson
    drills: list[Drill]
    techniques: tuple[Technique, ...]
    meetings: tuple[Meeting, ...]
    read_at: datetime | None


class Learning:
    """What there is for somebody who practises."""

    def __init__(
        self,
        database: Database,
        material: Material,
        assigning: Assigning,
        progressing: Progressing,
        casting: Casting,
        clock: Clock,
    ) -> None:
        self._database = database
        self._material = material
        self._assigning = assigning
        self._progressing = progressing
        self._casting = casting
        self._clock = clock

    async def home(self, viewer: Viewer, client_id: str) -> Home:
        """What to do next, and all the rest.

        Raises:
            NotFoundError: the viewer may not know of the client.
            ForbiddenError: the viewer may not practise there.
        """
        return Home(
            assigned=await self._assigning.mine(viewer, client_id),
            suggested=await self._progressing.suggest(viewer, client_id),
            drills=await self._known(viewer, client_id),
            scenarios=await self._material.scenarios(viewer, client_id),
            lessons=[
                (each.id, each.content.title) for each in await self._material.lessons(viewer, client_id)
            ],
            read=frozenset(await self._assigning.lessons_read(viewer, client_id)),
        )

    async def drill(self, viewer: Viewer, client_id: str, drill_id: str) -> Known:
        """A drill before it is begun.

        Raises:
            NotFoundError: there is none, or the viewer may not know of the client.
            ForbiddenError: the viewer may not practise there.
        """
        offered = await self._material.drill(viewer, client_id, drill_id)
        known = await self._known(viewer, client_id)
        return next(each for each in known if each.drill.id == offered.content.id)

    async def lesson(self, viewer: Viewer, client_id: str, lesson_id: str) -> Page:
        """A lesson with the drills that train it.

        Raises:
            NotFoundError: there is none, or the viewer may not know of the client.
            ForbiddenError: the viewer may not practise there.
        """
        offered = await self._material.lesson(viewer, client_id, lesson_id)
        trained = [
            each.content
            for each in await self._material.drills(viewer, client_id)
            if lesson_id in each.content.lessons
        ]
        habits: set[Habit] = {each.technique for each in trained}
        habits.update(misstep for each in trained for misstep in each.against)
        met = await self._casting.meetings(viewer, client_id, habits, most=MEETINGS) if habits else ()
        return Page(
            id=lesson_id,
            lesson=offered.content,
            drills=trained,
            techniques=tuple(dict.fromkeys(each.technique for each in trained)),
            meetings=met,
            read_at=(await self._assigning.lessons_read(viewer, client_id)).get(lesson_id),
        )

    async def _known(self, viewer: Viewer, client_id: str) -> list[Known]:
        viewer.require(Right.PRACTISE, client_id)
        offered = await self._material.drills(viewer, client_id)
        async with self._database.read() as connection:
            today = await today_at(connection, client_id, self._clock())
            cards = await drills.list_cards(connection, viewer.id, client_id)
            ended = await drills.list_ended(connection, viewer.id, client_id, RECENT)
        last = {each.drill_id: each for each in reversed(ended)}
        known = []
        for each in offered:
            items = {item.id for item in each.content.items}
            met = [kept.card for kept in cards if kept.drill_id == each.id and kept.item_id in items]
            known.append(
                Known(
                    drill=each.content,
                    due=sum(is_due(card, today) for card in met),
                    met=len(met),
                    last=last.get(each.id),
                )
            )
        return sorted(known, key=lambda each: (-each.due, each.drill.title))
