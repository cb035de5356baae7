"""Conversations: the list of them, and one to replay on a timeline."""

from __future__ import annotations

from collections import defaultdict

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from coolhead.codebook import Heat
from coolhead.picture.state import Alert, Picture
from coolhead.services.access import Right
from coolhead.storage.conversations import Status
from coolhead.web.advice import note_for
from coolhead.web.charts import told
from coolhead.web.documents import base_of
from coolhead.web.exports import WRITERS
from coolhead.web.follow_ups import planned_of
from coolhead.web.needs import Here
from coolhead.web.pages import page
from coolhead.web.promises import ledger_of
from coolhead.web.security import Person
from coolhead.web.timeline import draw_timeline, lay_out
from coolhead.web.view import contested_places, issue_of, noticed_in
from coolhead.web.wrap_up import ending_of

router = APIRouter(prefix="/conversations")
PAGE = 40
SHOWN = {"ended": Status.ENDED, "live": Status.LIVE, "all": None}


@router.get("")
async def index(
    request: Request, here: Here, person: Person, show: str = "ended", offset: int = 0
) -> Response:
    """Conversations that have ended (or go on, or all), a page at a time."""
    show = show if show in SHOWN else "ended"
    found = await here.live.list_latest(person, status=SHOWN[show], limit=PAGE, offset=max(0, offset))
    more = max(0, offset) + PAGE
    return page(
        request,
        person,
        "conversations.html",
        rows=found.conversations,
        filters=[(name.capitalize(), f"/conversations?show={name}", name == show) for name in SHOWN],
        more=f"/conversations?show={show}&offset={more}" if more < found.total else "",
    )


@router.get("/{conversation_id}")
async def replay(request: Request, here: Here, person: Person, conversation_id: str) -> Response:
    """One conversation, to be played, stepped and scrubbed."""
    whole = await here.live.read(person, conversation_id)
    await here.audit.looked_at(person, whole.summary)
    timeline = lay_out(whole.moments, whole.picture)
    return page(
        request,
        person,
        "conversation.html",
        conversation=whole.summary,
        moments=whole.moments,
        gone_at=None if whole.moments else await here.retention.words_gone_at(person, whole.summary),
        timeline=timeline,
        drawing=draw_timeline(timeline),
        levels=list(Heat),
        alerts_of=_alerts_of(whole.picture),
        **ledger_of(whole, person, acting=False),
        contested=contested_places(whole),
        base=f"/conversations/{conversation_id}",
        issue=issue_of(whole.picture),
        noticed=noticed_in(whole.picture),
        told_course=told([moment.heat for moment in whole.moments]),
        mine=whole.summary.agent_id == person.id,
        may_train=bool(whole.moments) and person.may(Right.TRAIN, whole.summary.client_id),
        note_edited=whole.edited_note,
        sentences=note_for(whole).sentences,
        **ending_of(whole, person),
        **await planned_of(here, person, whole.summary),
        exports=[
            (name, f"/conversations/{conversation_id}/export/{key}") for key, (name, _) in WRITERS.items()
        ],
    )


@router.post("/{conversation_id}/practice")
async def make_scenario(here: Here, person: Person, conversation_id: str) -> Response:
    """Makes a scenario of a conversation and opens it: a draft, which nobody can play yet."""
    whole = await here.live.read(person, conversation_id)
    kind = await here.material.from_life(person, whole)
    return RedirectResponse(f"{base_of(whole.summary.client_id, kind)}/text", status_code=303)


def _alerts_of(picture: Picture) -> dict[str, list[Alert]]:
    alerts: defaultdict[str, list[Alert]] = defaultdict(list)
    for alert in picture.alerts:
        alerts[alert.turn_id].append(alert)
    return dict(alerts)
