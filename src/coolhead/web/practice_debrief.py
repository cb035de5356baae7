"""Looking back on screen: a run's debrief, two courses side by side, and what people write for themselves."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import takewhile
from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from coolhead.practice.debrief import ENDED, Course
from coolhead.services.training.looking_back import LONGEST_REFLECTION
from coolhead.web.needs import Here
from coolhead.web.pages import page
from coolhead.web.practice_curve import Room, heat_curve, two_curves
from coolhead.web.security import Person

Text = Annotated[str, Form()]
VERDICTS = {
    Course.FIRST: "The first course ended cooler.",
    Course.SECOND: "The second course ended cooler.",
    Course.SAME: "Both ended about as hot.",
}

router = APIRouter(prefix="/practice")


def rounds_of(turn_ids: Iterable[str]) -> list[int]:
    """The numbers of the agent's turns in which these turns of a run are: `t1` and `t2` are in the first."""
    numbers = {(int(each.removeprefix("t")) + 1) // 2 for each in turn_ids}
    return sorted(each for each in numbers if each >= 0)


@router.get("/runs/{run_id}/debrief")
async def read(request: Request, here: Here, person: Person, run_id: str) -> Response:
    """What the run can teach."""
    look = await here.looking_back.debrief(person, run_id)
    return page(
        request,
        person,
        "practice_debrief.html",
        look=look,
        kept=look.session.kept,
        run=look.session.run,
        scenario=look.session.run.scenario,
        told=look.told,
        rounds_of=rounds_of,
        curves=[heat_curve(look.told.curve, room) for room in Room],
        ending=ENDED[look.session.kept.ending] if look.session.kept.ending else "",
        longest=LONGEST_REFLECTION,
        saved="saved" in request.query_params,
    )


@router.post("/runs/{run_id}/reflection")
async def reflect(
    here: Here, person: Person, run_id: str, worked: Text = "", differently: Text = ""
) -> Response:
    """Keeps what the person writes for themselves."""
    await here.looking_back.reflect(person, run_id, worked, differently)
    return RedirectResponse(f"/practice/runs/{run_id}/debrief?saved=1#reflection", status_code=303)


@router.get("/compare/{run_id}/{other_id}")
async def compare(request: Request, here: Here, person: Person, run_id: str, other_id: str) -> Response:
    """Two courses of one scenario side by side."""
    both = await here.looking_back.compare(person, run_id, other_id)
    alike = sum(1 for _ in takewhile(lambda each: each.same, both.turns))
    return page(
        request,
        person,
        "practice_compare.html",
        both=both,
        sides=(both.first, both.second),
        scenario=both.first.run.scenario,
        alike=alike,
        apart=both.turns[alike:],
        endings=ENDED,
        verdict=VERDICTS[both.better],
        curves=[two_curves(both.first.run.rounds, both.second.run.rounds, room) for room in Room],
    )
