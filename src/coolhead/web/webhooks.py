"""One webhook: how it does, its settings and secret, what was sent, and sending it again."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from starlette.responses import RedirectResponse, Response

from coolhead.errors import CoolheadError, InputError
from coolhead.services.access import Viewer
from coolhead.storage.events import EventKind
from coolhead.web.errors import status_of
from coolhead.web.needs import Here, Services
from coolhead.web.pages import page
from coolhead.web.security import Person

router = APIRouter(prefix="/webhooks/{webhook_id}")
Text = Annotated[str, Form()]
PAGE = 50
LAST_PAGE = 10_000


@router.get("")
async def webhook(
    request: Request,
    here: Here,
    person: Person,
    webhook_id: str,
    number: Annotated[int, Query(alias="page", ge=1, le=LAST_PAGE)] = 1,
) -> Response:
    """The webhook with a page of its log."""
    return await shown(request, here, person, webhook_id, number=number)


@router.post("")
async def change(
    request: Request,
    here: Here,
    person: Person,
    webhook_id: str,
    name: Text = "",
    url: Text = "",
    kinds: Annotated[list[EventKind] | None, Form()] = None,
) -> Response:
    """Changes what it is called, where it goes and what it hears of."""
    try:
        await here.webhooks.change(person, webhook_id, name, url, kinds or [])
    except InputError as error:
        return await shown(request, here, person, webhook_id, error=error)
    return _back(webhook_id)


@router.post("/secret")
async def rotate(request: Request, here: Here, person: Person, webhook_id: str) -> Response:
    """Gives a new secret and shows it, this once."""
    rotated = await here.webhooks.rotate(person, webhook_id)
    return await shown(request, here, person, webhook_id, secret=rotated.secret)


@router.post("/switch")
async def switch(here: Here, person: Person, webhook_id: str, on: Annotated[bool, Form()]) -> Response:
    """Switches it on or off."""
    await here.webhooks.switch(person, webhook_id, on=on)
    return _back(webhook_id)


@router.post("/test")
async def test(here: Here, person: Person, webhook_id: str) -> Response:
    """Posts a test at once; the log below tells how it went."""
    await here.webhooks.send_test(person, webhook_id)
    return _back(f"{webhook_id}#log")


@router.post("/replay")
async def replay_between(
    request: Request, here: Here, person: Person, webhook_id: str, since: Text = "", until: Text = ""
) -> Response:
    """Sends what happened in a span of time, which is given in UTC."""
    try:
        count = await here.webhooks.replay_between(person, webhook_id, _moment(since), _moment(until))
    except InputError as error:
        return await shown(request, here, person, webhook_id, error=error)
    return await shown(request, here, person, webhook_id, replayed=count)


@router.post("/messages/{message_id}")
async def replay(here: Here, person: Person, webhook_id: str, message_id: str) -> Response:
    """Sends one message again."""
    await here.webhooks.replay(person, message_id)
    return _back(f"{webhook_id}#log")


@router.post("/remove")
async def remove(here: Here, person: Person, webhook_id: str) -> Response:
    """Takes it away with its log."""
    gone = await here.webhooks.remove(person, webhook_id)
    return RedirectResponse(f"/clients/{gone.client_id}/integrations", status_code=303)


async def shown(
    request: Request,
    here: Services,
    person: Viewer,
    webhook_id: str,
    *,
    number: int = 1,
    secret: str = "",
    error: CoolheadError | None = None,
    replayed: int | None = None,
) -> Response:
    """The webhook's page; `secret` is shown on it, this once."""
    log = await here.webhooks.read_log(person, webhook_id, limit=PAGE, offset=(number - 1) * PAGE)
    response = page(
        request,
        person,
        "webhook.html",
        log=log,
        webhook=log.webhook,
        client=await here.accounts.find_client(log.webhook.client_id),
        kinds=list(EventKind),
        number=number,
        more=log.total > number * PAGE,
        secret=secret,
        error=error,
        replayed=replayed,
        now=datetime.now(UTC),
    )
    response.status_code = status_of(error) if error else 200
    return response


def _back(place: str) -> RedirectResponse:
    return RedirectResponse(f"/webhooks/{place}", status_code=303)


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise InputError("Both ends of the span have to be given.", hint="Choose day and time.") from error
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
