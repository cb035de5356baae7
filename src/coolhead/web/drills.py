"""Drills on screen: before one begins, one item at a time with the comment right after it, the result."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from coolhead.practice.learning.judging import MOST_CHARACTERS
from coolhead.practice.learning.spacing import PER_DRILL
from coolhead.services.training.drilling import Sitting
from coolhead.web.learning import client_of
from coolhead.web.needs import Here
from coolhead.web.pages import is_htmx, page, part
from coolhead.web.security import Person

Text = Annotated[str, Form()]
Number = Annotated[int, Form(ge=1, le=1000)]

router = APIRouter(prefix="/practice")


@router.get("/drills/{drill_id}")
async def start(request: Request, here: Here, person: Person, drill_id: str, client: str = "") -> Response:
    """What the drill is about."""
    at, _ = await client_of(here, person, client)
    known = await here.learning.drill(person, at.id, drill_id)
    titles = {each.id: each.content.title for each in await here.material.lessons(person, at.id)}
    lessons = [(each, titles[each]) for each in known.drill.lessons if each in titles]
    asked = min(PER_DRILL, len(known.drill.items))
    return page(request, person, "drill_start.html", client=at, known=known, lessons=lessons, asked=asked)


@router.post("/drills/{drill_id}")
async def begin(
    here: Here,
    person: Person,
    drill_id: str,
    client: Text = "",
    timed: Annotated[bool, Form()] = False,
) -> Response:
    """Begins it."""
    sitting = await here.drilling.begin(person, client, drill_id, timed=timed)
    return _to(sitting)


@router.get("/drill-runs/{drill_run_id}")
async def one(request: Request, here: Here, person: Person, drill_run_id: str) -> Response:
    """The open item, the comment on the last one, or the result."""
    sitting = await here.drilling.read(person, drill_run_id)
    result = sitting.run.ended_at is not None and "result" in request.query_params
    return page(request, person, "drill_run.html", **_values(sitting, result=result))


@router.post("/drill-runs/{drill_run_id}/answer")
async def answer(
    request: Request, here: Here, person: Person, drill_run_id: str, number: Number, text: Text = ""
) -> Response:
    """Answers the open item, which has that number."""
    return _answered(request, await here.drilling.answer(person, drill_run_id, number, text))


@router.post("/drill-runs/{drill_run_id}/next")
async def go_on(request: Request, here: Here, person: Person, drill_run_id: str, number: Number) -> Response:
    """Opens the next item, after the comment on that number."""
    return _answered(request, await here.drilling.go_on(person, drill_run_id, number))


@router.post("/drill-runs/{drill_run_id}/contest")
async def contest(
    request: Request, here: Here, person: Person, drill_run_id: str, number: Number
) -> Response:
    """Counts the latest answer as right."""
    return _answered(request, await here.drilling.contest(person, drill_run_id, number))


@router.post("/drill-runs/{drill_run_id}/clock")
async def untime(request: Request, here: Here, person: Person, drill_run_id: str) -> Response:
    """Turns the clock off."""
    return _answered(request, await here.drilling.untime(person, drill_run_id))


@router.post("/drill-runs/{drill_run_id}/stop")
async def stop(here: Here, person: Person, drill_run_id: str) -> Response:
    """Ends it where it is, and shows the result."""
    await here.drilling.stop(person, drill_run_id)
    return RedirectResponse(f"/practice/drill-runs/{drill_run_id}?result", status_code=303)


def _answered(request: Request, sitting: Sitting) -> Response:
    return part("_drill.html", **_values(sitting)) if is_htmx(request) else _to(sitting)


def _to(sitting: Sitting) -> Response:
    return RedirectResponse(f"/practice/drill-runs/{sitting.run.id}", status_code=303)


def _values(sitting: Sitting, *, result: bool = False) -> dict[str, Any]:
    """What the page is drawn from; `result` once the comment on the last answer was read."""
    run = sitting.run
    item = sitting.item or (sitting.drill.item(run.answers[-1].item) if run.answers else None)
    missed = [each for each in run.answers if not each.right]
    return {
        "sitting": sitting,
        "run": run,
        "drill": sitting.drill,
        "item": item,
        "result": result or (run.ended_at is not None and not run.answers),
        "missed": [(sitting.drill.item(each.item), each) for each in missed],
        "longest": MOST_CHARACTERS,
        "client_query": urlencode({"client": run.client_id}),
    }
