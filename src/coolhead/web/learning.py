"""The learning path on screen: what to practise next, lessons, one's own progress."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from coolhead.codebook import Technique
from coolhead.errors import ForbiddenError
from coolhead.practice.learning.drill import Drill
from coolhead.practice.learning.lesson import shipped_lessons
from coolhead.practice.learning.suggest import DAYS
from coolhead.services.access import Right, Viewer
from coolhead.services.training.learning import Home
from coolhead.storage.assignments import Assignment, Task
from coolhead.storage.clients import Client
from coolhead.web.method import drawn
from coolhead.web.needs import Here, Services
from coolhead.web.pages import page
from coolhead.web.progress_charts import lines_of
from coolhead.web.security import Person
from coolhead.web.words import due_words

Text = Annotated[str, Form()]

router = APIRouter(prefix="/practice")


async def client_of(here: Services, person: Viewer, asked: str) -> tuple[Client, list[Client]]:
    """The client as whose agent somebody practises, the first of theirs where none is named; and all of them.

    Raises:
        ForbiddenError: they may practise at none.
        NotFoundError: they may not know of the client that is named.
    """
    if asked:
        person.require(Right.PRACTISE, asked)
    known = await here.accounts.list_clients(person)
    clients = [each for each in known if person.may(Right.PRACTISE, each.id)]
    chosen = next((each for each in clients if asked in ("", each.id)), None)
    if chosen is None:
        raise ForbiddenError("There is no client for which you practise.", hint="Ask an admin for a role.")
    return chosen, clients


def address_of(kind: Task, subject_id: str, client_id: str) -> str:
    """Where somebody does what was assigned."""
    path = {
        Task.DRILL: f"/practice/drills/{subject_id}",
        Task.SCENARIO: f"/practice/start/{subject_id}",
        Task.LESSON: f"/practice/lessons/{subject_id}",
    }[kind]
    return f"{path}?{urlencode({'client': client_id})}"


def task_address(assignment: Assignment) -> str:
    """Where somebody does this assignment."""
    return address_of(assignment.kind, assignment.subject_id, assignment.client_id)


@router.get("")
async def home(request: Request, here: Here, person: Person, client: str = "") -> Response:
    """What to practise: the next thing first, then all there is."""
    at, clients = await client_of(here, person, client)
    found = await here.learning.home(person, at.id)
    by_industry = sorted(found.scenarios, key=lambda each: (each.content.industry, each.content.title))
    return page(
        request,
        person,
        "practice_home.html",
        client=at,
        clients=clients,
        home=found,
        next_step=_next_step(found, at.id),
        industries=[
            (name, list(group))
            for name, group in groupby(by_industry, key=lambda each: each.content.industry)
        ],
        task_address=task_address,
        days=DAYS,
    )


@router.get("/progress")
async def progress(request: Request, here: Here, person: Person, client: str = "") -> Response:
    """One's own progress, technique by technique."""
    at, clients = await client_of(here, person, client)
    report = await here.progressing.mine(person, at.id)
    return page(
        request,
        person,
        "practice_progress.html",
        client=at,
        clients=clients,
        report=report,
        lines=lines_of(report.techniques),
        of=None,
        record=None,
        heading="Your progress",
        trained_by=trained_by([each.content for each in await here.material.drills(person, at.id)]),
    )


@router.get("/lessons/{lesson_id}")
async def lesson(request: Request, here: Here, person: Person, lesson_id: str, client: str = "") -> Response:
    """One page on the method, with the drills that train it."""
    at, _ = await client_of(here, person, client)
    found = await here.learning.lesson(person, at.id, lesson_id)
    return page(
        request,
        person,
        "practice_lesson.html",
        client=at,
        page=found,
        text=drawn(found.lesson.text),
        in_method=lesson_id in shipped_lessons(),
    )


@router.post("/lessons/{lesson_id}/read")
async def read(here: Here, person: Person, lesson_id: str, client: Text = "") -> Response:
    """Keeps that it was read."""
    await here.assigning.read_lesson(person, client, lesson_id)
    return RedirectResponse(address_of(Task.LESSON, lesson_id, client), status_code=303)


def trained_by(drills: Iterable[Drill]) -> dict[Technique, Drill]:
    """A drill for each technique that has one."""
    return {each.technique: each for each in reversed(list(drills))}


def _next_step(home: Home, client_id: str) -> dict[str, str]:
    """The one thing to do next: title, why, the words of the button, where it is."""
    query = urlencode({"client": client_id})
    still = next((each for each in home.assigned if each.done_at is None), None)
    if still:
        by = f"{still.assignment.assigned_by} asks for it, {due_words(still.days_left)}."
        return _step(still.assignment.title, by, task_address(still.assignment))
    if home.due:
        known = home.due[0]
        many = "One thing comes" if known.due == 1 else f"{known.due} things come"
        return _step(
            known.drill.title,
            f"{many} again today, so that it stays. Two minutes.",
            f"/practice/drills/{known.drill.id}?{query}",
        )
    if home.suggested:
        first = home.suggested[0]
        return _step(
            first.drill.title,
            f"From your live conversations: {first.why}",
            f"/practice/drills/{first.drill.id}?{query}",
        )
    fresh = next((each for each in home.drills if not each.met), None)
    if fresh:
        return _step(
            fresh.drill.title,
            f"{fresh.drill.about} Two minutes.",
            f"/practice/drills/{fresh.drill.id}?{query}",
        )
    return {}


def _step(title: str, why: str, href: str) -> dict[str, str]:
    return {"title": title, "why": why, "href": href}
