"""The desk: one agent's conversations, the words, the one card, and what else helps."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from coolhead.codebook import Channel, Speaker
from coolhead.errors import ConflictError
from coolhead.services.access import Right, Viewer
from coolhead.services.events.feed import while_same
from coolhead.storage.contests import Answer
from coolhead.storage.conversations import Status, Summary
from coolhead.storage.events import EventKind, StoredEvent
from coolhead.web.advice import better_words
from coolhead.web.customers import last_time_of
from coolhead.web.follow_ups import timed_toasts as follow_up_toasts
from coolhead.web.needs import Here, Services
from coolhead.web.pages import page, part
from coolhead.web.promises import CHANGED as PROMISES_CHANGED
from coolhead.web.promises import badge_of, timed_toasts
from coolhead.web.security import Asking, Person
from coolhead.web.stream import partial, stream
from coolhead.web.templating import draw
from coolhead.web.view import regions, values_of

router = APIRouter()
Text = Annotated[str, Form()]
LIVE_SHOWN, ENDED_SHOWN = 60, 5
REDRAWN = ("head", "now", "limits", "help", "whispers", "offers", "promises")
WIDER = frozenset({EventKind.ENDED, EventKind.ASSIGNED, EventKind.ESCALATION_MOVED})


@router.get("/desk")
async def desk(request: Request, here: Here, person: Person, closed: bool = False) -> Response:
    """The desk with no conversation open; the hottest of one's own opens by itself unless `closed`."""
    person.require(Right.WORK)
    lists = await lists_for(here, person)
    if lists["mine"] and not closed:
        return RedirectResponse(f"/desk/{lists['mine'][0].id}", status_code=303)
    clients = await here.accounts.list_clients(person)
    return page(request, person, "desk.html", conversation=None, clients=clients, **lists)


@router.get("/desk/stream")
async def follow_lists(here: Here, person: Person, ask: Asking) -> Response:
    """Keeps the list beside an empty desk up to date."""

    async def drawn(happened: list[StoredEvent]) -> str:  # noqa: ARG001 (a list is drawn anew whatever happened)
        return partial("list", draw("_list.html", conversation=None, **await lists_for(here, person)))

    return stream(while_same(here.live.follow_client(person), person, ask), drawn)


@router.get("/desk/{conversation_id}")
async def one(request: Request, here: Here, person: Person, conversation_id: str) -> Response:
    """The desk with a conversation open."""
    whole = await here.live.read(person, conversation_id)
    person.require(Right.WORK, whole.summary.client_id)
    await here.audit.looked_at(person, whole.summary)
    guide = await here.guides.of(whole.summary.client_id)
    values = values_of(whole, person, guide, watching=False)
    values |= await last_time_of(here, person, whole.summary)
    lists = await lists_for(here, person)
    client = next(
        (each for each in await here.accounts.list_clients(person) if each.id == whole.summary.client_id),
        None,
    )
    return page(
        request, person, "desk.html", where=client.name if client else "", clients=[], **values, **lists
    )


@router.get("/desk/{conversation_id}/stream")
async def follow(here: Here, person: Person, ask: Asking, conversation_id: str) -> Response:
    """Keeps an open desk up to date: the conversation at once, the list beside it once a second."""
    summary = (await here.live.read_stand(person, conversation_id)).summary
    person.require(Right.WORK, summary.client_id)
    follower = Follower(here, person, conversation_id, watching=False)
    told = while_same(here.live.follow_client(person), person, ask)
    return stream(told, follower.draw, urgent=conversation_id)


@router.post("/desk/{conversation_id}/take")
async def take(here: Here, person: Person, conversation_id: str) -> Response:
    """The person becomes the conversation's agent."""
    await here.desk.take(person, conversation_id)
    return RedirectResponse(f"/desk/{conversation_id}", status_code=303)


@router.post("/desk/{conversation_id}/turns")
async def answer(
    here: Here, person: Person, conversation_id: str, text: Text, message_id: Text = ""
) -> Response:
    """The agent's answer in a chat; it comes back to the page by the stream.

    Raises:
        ConflictError: the conversation is spoken, so what is typed cannot be said in it.
    """
    summary = (await here.live.read_stand(person, conversation_id)).summary
    if summary.channel is Channel.CALL:
        raise ConflictError("This conversation is on the phone.", hint="Its turns come from the call.")
    await here.chat.answer(person, conversation_id, text, message_id)
    return Response(status_code=204)


@router.post("/desk/{conversation_id}/card")
async def answer_card(
    here: Here, person: Person, conversation_id: str, turn_id: Text, answer: Annotated[Answer, Form()]
) -> Response:
    """The agent has done what the card says, or puts it away."""
    await here.desk.answer_card(person, conversation_id, turn_id, answer)
    return Response(status_code=204)


@router.post("/desk/{conversation_id}/draft")
async def check_draft(here: Here, person: Person, conversation_id: str, text: Text = "") -> Response:
    """A better wording for what the agent is about to say, where there is one."""
    stand = await here.live.read_stand(person, conversation_id)
    person.require(Right.TALK, stand.summary.client_id)
    terms = (await here.guides.of(stand.summary.client_id)).terms
    leads = person.may(Right.WATCH, stand.summary.client_id)
    speaker = Speaker.SUPERVISOR if leads else Speaker.AGENT
    better = await better_words(here, stand.picture, text, terms, speaker)
    return part("_better.html", conversation=stand.summary, better=better)


@router.post("/desk/{conversation_id}/end")
async def end(here: Here, person: Person, conversation_id: str) -> Response:
    """Ends the conversation; the page learns of it by the stream."""
    await here.live.end(person, conversation_id)
    return Response(status_code=204)


class Follower:
    """Draws what has changed on one open page; remembers which turns that page already shows."""

    def __init__(self, here: Services, viewer: Viewer, conversation_id: str, *, watching: bool) -> None:
        self._here = here
        self._viewer = viewer
        self._id = conversation_id
        self._watching = watching
        self._shown: list[str] = []

    async def draw(self, happened: list[StoredEvent]) -> str:
        """The pieces of the page that `happened` touches; all of them for an empty list."""
        own = [event for event in happened if event.conversation_id == self._id]
        html = "" if self._watching else await self._list()
        html += timed_toasts(happened, self._viewer) + follow_up_toasts(happened, self._viewer)
        if any(event.kind in PROMISES_CHANGED for event in happened):
            html += partial("promises-badge", await badge_of(self._here, self._viewer))
        if own or not happened:
            kinds = frozenset(event.kind for event in own)
            html += await self._conversation(kinds)
        return html

    async def _list(self) -> str:
        lists = await lists_for(self._here, self._viewer)
        current = await self._here.live.read_stand(self._viewer, self._id)
        return partial("list", draw("_list.html", conversation=current.summary, **lists))

    async def _conversation(self, kinds: frozenset[EventKind]) -> str:
        whole = await self._here.live.read(self._viewer, self._id)
        guide = await self._here.guides.of(whole.summary.client_id)
        values = values_of(whole, self._viewer, guide, watching=self._watching)
        html = self._turns(values, relabelled=EventKind.LABEL_CONTESTED in kinds)
        for name, inner in regions(values, *REDRAWN, "note").items():
            html += partial(name, inner)
        if kinds & WIDER:
            html += partial("say", draw("_say.html", **values))
        return html

    def _turns(self, values: dict[str, Any], *, relabelled: bool) -> str:
        """Only the turns that are new at the end, or all of them when the page's would not be right."""
        moments = values["moments"]
        ids = [moment.turn.id for moment in moments]
        known, self._shown = self._shown, ids
        if known and not relabelled and ids[: len(known)] == known:
            new = moments[len(known) :]
            if not new:
                return ""
            return partial("turns", draw("_turns.html", **values | {"moments": new}), "beforeend")
        return partial("turns", draw("_turns.html", **values))


async def lists_for(here: Services, viewer: Viewer) -> dict[str, list[Summary]]:
    """The viewer's own conversations, those that wait for someone, and the latest that have ended."""
    live = await here.live.list_by_heat(
        viewer, status=Status.LIVE, mine=True, limit=LIVE_SHOWN, right=Right.WORK
    )
    ended = await here.live.list_latest(viewer, status=Status.ENDED, own=True, limit=ENDED_SHOWN)
    return {
        "mine": [each for each in live.conversations if each.agent_id == viewer.id],
        "waiting": [each for each in live.conversations if not each.agent],
        "ended": ended.conversations,
    }
