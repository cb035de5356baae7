"""Promises: the section on the desk, the ledger page with its filters, and the badge in the navigation."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Annotated, Any
from urllib.parse import urlencode
from uuid import uuid4

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import HTMLResponse, Response

from coolhead.casework.hours import Hours
from coolhead.casework.promises import Entry, Move, State
from coolhead.codebook import Promiser
from coolhead.errors import InputError
from coolhead.services.access import Right, Viewer
from coolhead.services.casework.ledger import Asked, Ledger, Show
from coolhead.services.casework.promises import Wanted
from coolhead.services.conversations.whole import Whole
from coolhead.services.events.feed import while_same
from coolhead.storage.events import EventKind, StoredEvent
from coolhead.web.needs import Here, Services
from coolhead.web.pages import page, part
from coolhead.web.security import Asking, Person, signed_in
from coolhead.web.stream import partial, stream
from coolhead.web.templating import draw

PAGE = 50
SHOWN = {
    Show.TODAY: "Due today",
    Show.OVERDUE: "Overdue",
    Show.OPEN: "Open",
    Show.PROPOSED: "Proposed",
    Show.SETTLED: "Settled",
    Show.ALL: "All",
}
MINE = "me"
DONE = {
    Move.ACCEPT: "Accepted",
    Move.REJECT: "Left out: that was no promise",
    Move.EDIT: "Changed",
    Move.MERGE: "Made one of both",
    Move.KEEP: "Kept",
    Move.BREAK: "Marked as not kept",
    Move.RELEASE: "The customer let go of it",
    Move.REOPEN: "Open again",
    Move.UNDO: "Taken back",
    Move.ADD: "Added",
}
TIMED = {EventKind.PROMISE_DUE: "Soon due", EventKind.PROMISE_OVERDUE: "Overdue"}
CHANGED = frozenset({EventKind.PROMISE_MOVED, *TIMED, EventKind.REPLAYED})
Text = Annotated[str, Form()]
Version = Annotated[int, Form(ge=1, le=2**31 - 1)]

router = APIRouter(prefix="/promises", dependencies=[Depends(signed_in)])


def ledger_of(whole: Whole, viewer: Viewer, *, acting: bool = True) -> dict[str, Any]:
    """What the promises of a conversation are drawn from: those to be answered first, then the rest."""
    entries = [entry for entry in whole.ledger if entry.state is not State.DROPPED]
    return {
        "promises": sorted(entries, key=lambda entry: entry.state is not State.PROPOSED),
        "hours": whole.hours,
        "may_promise": acting and viewer.may(Right.PROMISE, whole.summary.client_id),
        "promisers": list(Promiser),
        "new_promise_id": uuid4().hex,
    }


def timed_toasts(happened: Iterable[StoredEvent], viewer: Viewer) -> str:
    """Tells the viewer of those of their own promises that are near their time or late; the badge with it."""
    html = ""
    for event in happened:
        if event.kind not in TIMED:
            continue
        promise = json.loads(event.data)["promise"]
        if promise["owner_id"] == viewer.id:
            told = draw("_toast.html", message=TIMED[event.kind], hint=f"{promise['terms']['what']}.")
            html = partial("toast", told)
    return html


async def badge_of(here: Services, viewer: Viewer) -> str:
    """The number of the viewer's promises that press, as it stands in the navigation."""
    return draw("_badge.html", pressing=await here.promises.count_pressing(viewer))


@router.get("")
async def ledger(
    request: Request,
    here: Here,
    person: Person,
    show: Show = Show.OPEN,
    who: str = "",
    client: str = "",
    offset: int = 0,
) -> Response:
    """The ledger, a page at a time: one's own by default for who keeps promises, else everyone's."""
    who = who or (MINE if person.may(Right.WORK) and not person.may(Right.WATCH) else "all")
    asked = _asked(person, show, who, client)
    values = await _lines(here, person, asked, max(0, offset))
    clients = await here.accounts.list_clients(person)
    owners = await here.promises.list_owners(person)
    return page(
        request,
        person,
        "promises.html",
        **values,
        filters=[(name, _address(each, who, client), each is show) for each, name in SHOWN.items()],
        people=[(MINE, "me"), ("all", "everyone"), *((i, n) for i, n in owners.items() if i != person.id)],
        clients=clients,
        show=show,
        who=who,
        client_id=client,
        more=_address(show, who, client, max(0, offset) + PAGE)
        if max(0, offset) + PAGE < values["total"]
        else "",
        follow=f"/promises/stream?{urlencode({'show': show.value, 'who': who, 'client': client})}",
    )


@router.get("/stream")
async def follow(
    here: Here, person: Person, ask: Asking, show: Show = Show.OPEN, who: str = "all", client: str = ""
) -> Response:
    """Keeps an open ledger up to date."""
    asked = _asked(person, show, who, client)

    async def drawn(happened: list[StoredEvent]) -> str:
        if happened and not any(event.kind in CHANGED for event in happened):
            return ""
        lines = draw("_ledger.html", show=show, who=who, **await _lines(here, person, asked, 0))
        badge = partial("promises-badge", await badge_of(here, person))
        return partial("ledger", lines) + badge + timed_toasts(happened, person)

    return stream(while_same(here.live.follow_client(person, client or None), person, ask), drawn)


@router.get("/badge")
async def badge(here: Here, person: Person) -> Response:
    """How many of one's own promises press."""
    return HTMLResponse(await badge_of(here, person))


@router.get("/{promise_id}/history")
async def history(here: Here, person: Person, promise_id: str) -> Response:
    """Who moved it, when and why."""
    entry, moves = await here.promises.read(person, promise_id)
    return part("_promise_history.html", entry=entry, moves=moves)


@router.post("/in/{conversation_id}")
async def add(
    here: Here,
    person: Person,
    conversation_id: str,
    what: Text = "",
    who: Annotated[Promiser, Form()] = Promiser.AGENT,
    when: Text = "",
    exactly: Text = "",
    promise_id: Annotated[str, Form(pattern=r"^[0-9a-f]{32}$")] = "",
) -> Response:
    """Enters a promise by hand."""
    hours = (await here.live.read(person, conversation_id)).hours
    wanted = Wanted(what=what, who=who, when=when, due=exact(exactly, hours))
    entry = await here.promises.add(person, conversation_id, wanted, promise_id or None)
    return _done(entry, Move.ADD)


@router.post("/{promise_id}/move")
async def move(
    here: Here,
    person: Person,
    promise_id: str,
    version: Version,
    move: Annotated[Move, Form()],
    reason: Text = "",
) -> Response:
    """Accepts, rejects, keeps, breaks, releases or reopens it."""
    return _done(await here.promises.move(person, promise_id, version, move, reason), move)


@router.post("/{promise_id}/edit")
async def edit(
    here: Here,
    person: Person,
    promise_id: str,
    version: Version,
    what: Text = "",
    who: Annotated[Promiser, Form()] = Promiser.AGENT,
    when: Text = "",
    exactly: Text = "",
) -> Response:
    """Changes what, who or by when."""
    entry, _ = await here.promises.read(person, promise_id)
    hours = (await here.accounts.find_client(entry.client_id)).hours
    wanted = Wanted(what=what, who=who, when=when, due=exact(exactly, hours))
    return _done(await here.promises.edit(person, promise_id, version, wanted), Move.EDIT)


@router.post("/{promise_id}/merge")
async def merge(here: Here, person: Person, promise_id: str, version: Version, other: Text = "") -> Response:
    """Takes up another entry; `other` is its id and version, joined by a colon."""
    other_id, _, other_version = other.partition(":")
    if not other_version.isdecimal():
        raise InputError("No other promise was chosen.", hint="Choose the one that says the same.")
    entry = await here.promises.merge(person, promise_id, version, other_id, int(other_version))
    return _done(entry, Move.MERGE)


@router.post("/{promise_id}/undo")
async def undo(here: Here, person: Person, promise_id: str, version: Version) -> Response:
    """Takes the last change back."""
    return _done(await here.promises.undo(person, promise_id, version), Move.UNDO)


def _done(entry: Entry, move: Move) -> Response:
    """Says what was done, with a way back; the page itself follows by its stream."""
    may_undo = move not in (Move.UNDO, Move.ADD)
    told = draw("_promise_done.html", entry=entry, done=DONE[move], may_undo=may_undo)
    return HTMLResponse(partial("toast", told))


def _asked(person: Viewer, show: Show, who: str, client: str) -> Asked:
    owner_id = None if who == "all" else person.id if who == MINE else who
    if show is Show.PROPOSED and who == MINE:
        owner_id = None  # nobody owns a proposal yet
    return Asked(show=show, client_id=client or None, owner_id=owner_id)


def _address(show: Show, who: str, client: str, offset: int = 0) -> str:
    values = {"show": show.value, "who": who, "client": client, "offset": offset or ""}
    return f"/promises?{urlencode({name: value for name, value in values.items() if value})}"


async def _lines(here: Services, person: Viewer, asked: Asked, offset: int) -> dict[str, Any]:
    found: Ledger = await here.promises.list_page(person, asked, limit=PAGE, offset=offset)
    return {
        "lines": found.lines,
        "total": found.total,
        "may": {line.client.id: person.may(Right.PROMISE, line.client.id) for line in found.lines},
        "promisers": list(Promiser),
        "many_clients": len({line.client.id for line in found.lines}) > 1,
    }


def exact(text: str, hours: Hours) -> datetime | None:
    """The moment that a `datetime-local` field names on the client's clocks; None for an empty one."""
    if not text:
        return None
    try:
        wall = datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError as error:
        raise InputError("That is no date and time.", hint="Choose them in the field.") from error
    return hours.moment(wall).astimezone(UTC)
