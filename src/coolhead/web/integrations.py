"""What a client is connected with: webhooks out, inlets for other systems, letters that could not be sent."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from coolhead.errors import CoolheadError
from coolhead.services.access import Viewer
from coolhead.storage.events import EventKind
from coolhead.storage.inlets import Inlet, InletKind
from coolhead.web.errors import status_of
from coolhead.web.needs import Here, Services
from coolhead.web.pages import page
from coolhead.web.security import Person
from coolhead.web.webhooks import shown

router = APIRouter()
Text = Annotated[str, Form()]


@router.get("/clients/{client_id}/integrations")
async def integrations(request: Request, here: Here, person: Person, client_id: str) -> Response:
    """Everything that the client is connected with."""
    return await _page(request, here, person, client_id)


@router.post("/clients/{client_id}/webhooks")
async def add_webhook(
    request: Request,
    here: Here,
    person: Person,
    client_id: str,
    name: Text = "",
    url: Text = "",
    kinds: Annotated[list[EventKind] | None, Form()] = None,
) -> Response:
    """Adds a webhook and shows its secret, this once."""
    try:
        webhook = await here.webhooks.add(person, client_id, name, url, kinds or [])
    except CoolheadError as error:
        return await _page(request, here, person, client_id, error=error, given={"name": name, "url": url})
    return await shown(request, here, person, webhook.id, secret=webhook.secret)


@router.post("/clients/{client_id}/inlets")
async def add_inlet(
    request: Request,
    here: Here,
    person: Person,
    client_id: str,
    kind: Annotated[InletKind, Form()],
    name: Text = "",
    origin: Text = "",
) -> Response:
    """Opens an inlet and shows its secret, this once."""
    try:
        inlet = await here.inlets.add(person, client_id, kind, name, origin)
    except CoolheadError as error:
        return await _page(request, here, person, client_id, inlet_error=error)
    return await _page(request, here, person, client_id, opened=inlet)


@router.post("/inlets/{inlet_id}/secret")
async def set_secret(here: Here, person: Person, inlet_id: str, secret: Text = "") -> Response:
    """Takes the secret that Chatwoot signs with."""
    inlet = await here.inlets.set_secret(person, inlet_id, secret)
    return RedirectResponse(f"/clients/{inlet.client_id}/integrations#inlet-{inlet_id}", status_code=303)


@router.post("/inlets/{inlet_id}/close")
async def close_inlet(here: Here, person: Person, inlet_id: str) -> Response:
    """Closes an inlet for good."""
    inlet = await here.inlets.close(person, inlet_id)
    return RedirectResponse(f"/clients/{inlet.client_id}/integrations", status_code=303)


@router.post("/clients/{client_id}/letters/{letter_id}")
async def send_letter_again(here: Here, person: Person, client_id: str, letter_id: str) -> Response:
    """Begins anew with a letter that was given up."""
    await here.letters.send_again(person, client_id, letter_id)
    return RedirectResponse(f"/clients/{client_id}/integrations", status_code=303)


async def _page(
    request: Request,
    here: Services,
    person: Viewer,
    client_id: str,
    *,
    error: CoolheadError | None = None,
    given: dict[str, str] | None = None,
    inlet_error: CoolheadError | None = None,
    opened: Inlet | None = None,
) -> Response:
    response = page(
        request,
        person,
        "integrations.html",
        webhooks=await here.webhooks.list_of(person, client_id),
        client=await here.accounts.find_client(client_id),
        inlets=await here.inlets.list_of(person, client_id),
        letters=await here.letters.list_unsent(person, client_id),
        mail_is_on=here.mail_is_on,
        kinds=list(EventKind),
        address=str(request.base_url).rstrip("/"),
        error=error,
        given=given or {"name": "", "url": ""},
        inlet_error=inlet_error,
        opened=opened,
    )
    failed = error or inlet_error
    response.status_code = status_of(failed) if failed else 200
    return response
