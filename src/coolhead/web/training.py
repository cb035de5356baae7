"""Training on screen: what a trainer assigns, who has done it, and how a client's people come along."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from coolhead.errors import ForbiddenError, InputError
from coolhead.services.access import Right, Viewer
from coolhead.services.training.assigning import LONGEST_NOTE, PRACTISE, Wanted
from coolhead.storage.accounts import Role
from coolhead.storage.assignments import Task
from coolhead.storage.clients import Client
from coolhead.web.needs import Here, Services
from coolhead.web.pages import page
from coolhead.web.progress_charts import lines_of
from coolhead.web.security import Person

A_WEEK = timedelta(days=7)
Text = Annotated[str, Form()]

router = APIRouter(prefix="/training")


@router.get("")
async def board(request: Request, here: Here, person: Person, client: str = "") -> Response:
    """Who has done what, and a form to assign more."""
    at, clients = await _client_of(here, person, client)
    return page(
        request,
        person,
        "training.html",
        client=at,
        clients=clients,
        lines=await here.assigning.board(person, at.id),
        people=await here.assigning.people(person, at.id),
        roles=[role for role in Role if role in PRACTISE],
        drills=[each.content for each in await here.material.drills(person, at.id)],
        scenarios=[each.content for each in await here.material.scenarios(person, at.id)],
        lessons=[(each.id, each.content.title) for each in await here.material.lessons(person, at.id)],
        today=here.assigning.today(at.hours),
        in_a_week=here.assigning.today(at.hours) + A_WEEK,
        longest_note=LONGEST_NOTE,
    )


@router.get("/progress")
async def progress(request: Request, here: Here, person: Person, client: str = "", who: str = "") -> Response:
    """The progress of one of the client's people, or of all of them together."""
    at, clients = await _client_of(here, person, client)
    record = await here.progressing.of(person, at.id, who) if who else None
    report = record.report if record else await here.progressing.team(person, at.id)
    return page(
        request,
        person,
        "practice_progress.html",
        client=at,
        clients=clients,
        report=report,
        lines=lines_of(report.techniques),
        of=who,
        heading=record.member.name if record else f"Everyone at {at.name}",
        record=record,
        trained_by={},
        people=await here.assigning.people(person, at.id),
    )


@router.post("/assignments")
async def assign(
    here: Here,
    person: Person,
    what: Text,
    due_on: Text,
    client: Text,
    for_whom: Annotated[list[str] | None, Form()] = None,
    note: Text = "",
) -> Response:
    """Assigns something; `what` is its kind and id, `for_whom` roles and people."""
    kind, subject_id = _what(what)
    chosen = for_whom or []
    wanted = Wanted(
        kind=kind,
        subject_id=subject_id,
        people=[each for each in chosen if each not in set(Role)],
        roles=[Role(each) for each in chosen if each in set(Role)],
        due_on=_day(due_on),
        note=note,
    )
    await here.assigning.assign(person, client, wanted)
    return _back(client)


@router.post("/assignments/{assignment_id}/withdraw")
async def withdraw(here: Here, person: Person, assignment_id: str) -> Response:
    """Takes it back."""
    taken = await here.assigning.withdraw(person, assignment_id)
    return _back(taken.client_id)


async def _client_of(here: Services, person: Viewer, asked: str) -> tuple[Client, list[Client]]:
    """The client whose people somebody trains, the first of theirs where none is named; and all of them."""
    person.require(Right.TRAIN, asked or None)
    known = await here.accounts.list_clients(person)
    clients = [each for each in known if person.may(Right.TRAIN, each.id)]
    chosen = next((each for each in clients if asked in ("", each.id)), None)
    if chosen is None:
        raise ForbiddenError("There is no client for which you train.", hint="Ask an admin for a role.")
    return chosen, clients


def _what(text: str) -> tuple[Task, str]:
    kind, _, subject_id = text.partition(":")
    if kind not in set(Task) or not subject_id:
        raise InputError("It is not said what to practise.", hint="Choose a drill, a scenario or a lesson.")
    return Task(kind), subject_id


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InputError("That is no day.", hint="Choose it in the field.") from error


def _back(client_id: str) -> Response:
    return RedirectResponse(f"/training?{urlencode({'client': client_id})}", status_code=303)
