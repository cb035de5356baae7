"""The floor: everyone's live conversations, the hottest first; look on, and write to the agent in private."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import HTMLResponse, Response

from coolhead.codebook import Heat
from coolhead.picture.state import Alert
from coolhead.services.access import Right, Viewer
from coolhead.services.events.feed import while_same
from coolhead.storage.conversations import Status, Summary
from coolhead.storage.events import StoredEvent
from coolhead.web.customers import last_time_of
from coolhead.web.desk import Follower
from coolhead.web.help import by_topic
from coolhead.web.needs import Here, Services
from coolhead.web.pages import page
from coolhead.web.security import Asking, Person, signed_in
from coolhead.web.stream import partial, stream
from coolhead.web.templating import draw
from coolhead.web.view import latest_alert, values_of

ROWS = 60


async def _supervisor(person: Person) -> None:
    person.require(Right.WATCH)


router = APIRouter(dependencies=[Depends(signed_in), Depends(_supervisor)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A live conversation on the floor; `alert` is its latest of the last turns, None when there was none."""

    summary: Summary
    alert: Alert | None


@router.get("/floor")
async def floor(request: Request, here: Here, person: Person) -> Response:
    """Everyone's live conversations."""
    return page(request, person, "floor.html", **await _values(here, person))


@router.get("/floor/stream")
async def follow(here: Here, person: Person, ask: Asking) -> Response:
    """Keeps the floor up to date."""

    async def drawn(happened: list[StoredEvent]) -> str:  # noqa: ARG001 (rows change places, so all are drawn)
        values = await _values(here, person)
        return partial("floor", draw("_floor.html", demo=here.settings.demo, **values))

    return stream(while_same(here.live.follow_client(person), person, ask), drawn)


@router.get("/floor/{conversation_id}")
async def watch(request: Request, here: Here, person: Person, conversation_id: str) -> Response:
    """An agent's desk to look on."""
    whole = await here.live.read(person, conversation_id)
    person.require(Right.WATCH, whole.summary.client_id)
    await here.audit.looked_at(person, whole.summary)
    guide = await here.guides.of(whole.summary.client_id)
    values = values_of(whole, person, guide, watching=True)
    values |= await last_time_of(here, person, whole.summary)
    return page(request, person, "watch.html", **values)


@router.get("/floor/{conversation_id}/stream")
async def follow_one(here: Here, person: Person, ask: Asking, conversation_id: str) -> Response:
    """Keeps a watched desk up to date."""
    summary = (await here.live.read_stand(person, conversation_id)).summary
    person.require(Right.WATCH, summary.client_id)
    follower = Follower(here, person, conversation_id, watching=True)
    told = while_same(await here.live.follow(person, conversation_id), person, ask)
    return stream(told, follower.draw, urgent=conversation_id)


@router.post("/floor/{conversation_id}/whisper")
async def whisper(here: Here, person: Person, conversation_id: str, text: Annotated[str, Form()]) -> Response:
    """A private note to the agent."""
    await here.desk.whisper(person, conversation_id, text)
    return HTMLResponse("Sent. Only the agent sees it.")


async def _values(here: Services, viewer: Viewer) -> dict[str, Any]:
    found = await here.live.list_by_heat(viewer, status=Status.LIVE, limit=ROWS, right=Right.WATCH)
    rows = sorted(found.conversations, key=lambda each: (-each.level, each.opened_at))
    counts = [(level, sum(each.level == level for each in rows)) for level in reversed(Heat)]
    return {
        "rows": [await _row(here, viewer, each) for each in rows],
        "counts": counts,
        "calls": [(each, by_topic(each.briefing)) for each in await here.escalations.list_open(viewer)],
        "pauses": await here.boundaries.list_pauses(viewer),
    }


async def _row(here: Services, viewer: Viewer, summary: Summary) -> Row:
    if not summary.alerts:
        return Row(summary=summary, alert=None)
    picture = (await here.live.read_stand(viewer, summary.id)).picture
    return Row(summary=summary, alert=latest_alert(picture))
