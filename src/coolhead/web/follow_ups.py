"""Follow-ups on screen: what is proposed, due today, overdue, waiting and settled, each with its draft."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from coolhead.casework.follow_up import FollowUp, Kind, Move
from coolhead.errors import InputError
from coolhead.services.access import Right, Viewer
from coolhead.services.casework.follow_ups import Wording
from coolhead.services.casework.plan import Asked, Plan, Show
from coolhead.services.events.feed import while_same
from coolhead.storage.conversations import Summary
from coolhead.storage.events import EventKind, StoredEvent
from coolhead.web.needs import Here, Services
from coolhead.web.pages import page
from coolhead.web.promises import exact
from coolhead.web.security import Asking, Person
from coolhead.web.stream import partial, stream
from coolhead.web.templating import draw

PAGE = 50
SHOWN = {
    Show.PROPOSED: "Proposed",
    Show.TODAY: "Due today",
    Show.OVERDUE: "Overdue",
    Show.WAITING: "Planned",
    Show.SETTLED: "Done",
}
EVERYONE, MINE = "all", "me"
TIMED = {EventKind.FOLLOW_UP_DUE: "Soon due", EventKind.FOLLOW_UP_OVERDUE: "Overdue"}
CHANGED = frozenset({EventKind.FOLLOW_UP_MOVED, *TIMED, EventKind.ENDED})
Text = Annotated[str, Form()]
Version = Annotated[int, Form(ge=1, le=2**31 - 1)]

router = APIRouter(prefix="/follow-ups")


def timed_toasts(happened: Iterable[StoredEvent], viewer: Viewer) -> str:
    """Tells the viewer of those of their own follow-ups that are near their time or late."""
    html = ""
    for event in happened:
        if event.kind not in TIMED:
            continue
        planned = json.loads(event.data)["follow_up"]
        if planned["owner_id"] == viewer.id:
            hint = f"{Kind(planned['kind']).definition.capitalize()}: the draft stands under Follow-ups."
            html = partial("toast", draw("_toast.html", message=TIMED[event.kind], hint=hint))
    return html


async def planned_of(here: Services, viewer: Viewer, summary: Summary) -> dict[str, Any]:
    """What `_planned.html` needs beside the conversation and its client's hours."""
    return {
        "follow_ups": await here.follow_ups.list_of(viewer, summary.id),
        "may_follow_up": viewer.may(Right.FOLLOW_UP, summary.client_id),
        "follow_kinds": list(Kind),
        "customer": await here.customers.of(viewer, summary),
    }


@router.get("")
async def index(
    request: Request,
    here: Here,
    person: Person,
    show: Show = Show.WAITING,
    who: str = "",
    client: str = "",
    offset: int = 0,
) -> Response:
    """Follow-ups, a page at a time: by default one's own and nobody's, everyone's for supervisors."""
    who = who or (EVERYONE if person.may(Right.WATCH) else MINE)
    offset = max(0, offset)
    values = await _lines(here, person, _asked(show, who, client), offset)
    following = {"show": show.value, "who": who, "client": client}
    return page(
        request,
        person,
        "follow_ups.html",
        **values,
        filters=[(name, _address(each, who, client), each is show) for each, name in SHOWN.items()],
        clients=await here.accounts.list_clients(person),
        show=show,
        who=who,
        client_id=client,
        more=_address(show, who, client, offset + PAGE) if offset + PAGE < values["total"] else "",
        follow=f"/follow-ups/stream?{urlencode(following)}",
    )


@router.get("/stream")
async def follow(
    here: Here, person: Person, ask: Asking, show: Show = Show.WAITING, who: str = MINE, client: str = ""
) -> Response:
    """Keeps an open list up to date."""
    asked = _asked(show, who, client)

    async def drawn(happened: list[StoredEvent]) -> str:
        if happened and not any(event.kind in CHANGED for event in happened):
            return ""
        values = await _lines(here, person, asked, 0)
        lines = draw("_follow_ups.html", show=show, who=who, **values)
        return partial("follow-ups", lines) + timed_toasts(happened, person)

    return stream(while_same(here.live.follow_client(person, client or None), person, ask), drawn)


@router.get("/{follow_up_id}")
async def one(request: Request, here: Here, person: Person, follow_up_id: str) -> Response:
    """One follow-up: its draft to change and send, and its history."""
    line, moves = await here.follow_ups.read(person, follow_up_id)
    return page(
        request,
        person,
        "follow_up.html",
        where=line.client.name,
        line=line,
        one=line.follow_up,
        hours=line.client.hours,
        moves=moves,
        kinds=list(Kind),
        mail_is_on=here.mail_is_on,
    )


@router.post("/in/{conversation_id}")
async def add(
    here: Here, person: Person, conversation_id: str, kind: Annotated[Kind, Form()], exactly: Text = ""
) -> Response:
    """Plans one by hand."""
    summary = (await here.live.read_stand(person, conversation_id)).summary
    due = exact(exactly, (await here.accounts.find_client(summary.client_id)).hours)
    if due is None:
        raise InputError("A follow-up needs a time.", hint="Choose it in the field.")
    return _to(await here.follow_ups.add(person, conversation_id, kind, due))


@router.post("/{follow_up_id}/move")
async def move(
    here: Here,
    person: Person,
    follow_up_id: str,
    version: Version,
    move: Annotated[Move, Form()],
    reason: Text = "",
) -> Response:
    """Takes it on, says that it is done, failed or not needed, or opens it again."""
    return _to(await here.follow_ups.move(person, follow_up_id, version, move, reason))


@router.post("/{follow_up_id}/put-off")
async def put_off(
    here: Here, person: Person, follow_up_id: str, version: Version, exactly: Text = "", reason: Text = ""
) -> Response:
    """Moves it to another time."""
    line, _ = await here.follow_ups.read(person, follow_up_id)
    due = exact(exactly, line.client.hours)
    if due is None:
        raise InputError("It has to be moved to some time.", hint="Choose it in the field.")
    return _to(await here.follow_ups.put_off(person, follow_up_id, version, due, reason))


@router.post("/{follow_up_id}/edit")
async def edit(
    here: Here,
    person: Person,
    follow_up_id: str,
    version: Version,
    kind: Annotated[Kind, Form()],
    address: Text = "",
    subject: Text = "",
    text: Text = "",
    anew: Annotated[bool, Form()] = False,
) -> Response:
    """Keeps what is written, or drafts it anew."""
    wording = Wording(kind=kind, address=address, subject=subject, text=text)
    return _to(await here.follow_ups.edit(person, follow_up_id, version, wording, anew=anew))


@router.post("/{follow_up_id}/send")
async def send(
    here: Here,
    person: Person,
    follow_up_id: str,
    version: Version,
    address: Text = "",
    subject: Text = "",
    text: Text = "",
) -> Response:
    """Sends the letter as it is written."""
    wording = Wording(kind=Kind.EMAIL, address=address, subject=subject, text=text)
    return _to(await here.follow_ups.send(person, follow_up_id, version, wording))


def _to(one: FollowUp) -> Response:
    return RedirectResponse(f"/follow-ups/{one.id}", status_code=303)


def _asked(show: Show, who: str, client: str) -> Asked:
    return Asked(show=show, client_id=client or None, mine=who != EVERYONE)


def _address(show: Show, who: str, client: str, offset: int = 0) -> str:
    values = {"show": show.value, "who": who, "client": client, "offset": offset or ""}
    return f"/follow-ups?{urlencode({name: value for name, value in values.items() if value})}"


async def _lines(here: Services, person: Viewer, asked: Asked, offset: int) -> dict[str, Any]:
    found: Plan = await here.follow_ups.list_page(person, asked, limit=PAGE, offset=offset)
    return {
        "lines": found.lines,
        "total": found.total,
        "many_clients": len({line.client.id for line in found.lines}) > 1,
    }
