"""Clients: whom one answers for, where their customers write, and the keys with which programs come in."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import RedirectResponse, Response

from coolhead.errors import CoolheadError, InputError
from coolhead.services.access import Right, Viewer
from coolhead.storage.api_keys import Scope
from coolhead.web.errors import status_of
from coolhead.web.needs import Here, Services
from coolhead.web.pages import page, part
from coolhead.web.security import Person

LONGEST_KEY_NAME = 100
SCOPES = {Scope.READ: "read conversations", Scope.WRITE: "open conversations and add turns"}
Text = Annotated[str, Form()]


async def _admin(person: Person) -> None:
    person.require(Right.KEEP_CLIENTS)


router = APIRouter(prefix="/clients", dependencies=[Depends(_admin)])


@router.get("")
async def clients(request: Request, here: Here, person: Person) -> Response:
    """Every client, with its keys."""
    return await _page(request, here, person)


@router.post("")
async def add(
    request: Request, here: Here, person: Person, name: Text = "", client_id: Text = ""
) -> Response:
    """Adds a client."""
    try:
        client = await here.clients.add(person, client_id, name)
    except CoolheadError as error:
        return await _page(request, here, person, error=error, given={"name": name, "client_id": client_id})
    return RedirectResponse(f"/clients#client-{client.id}", status_code=303)


@router.post("/{client_id}/name")
async def rename(here: Here, person: Person, client_id: str, name: Text = "") -> Response:
    """Gives a client another name."""
    await here.clients.rename(person, client_id, name)
    return RedirectResponse(f"/clients#client-{client_id}", status_code=303)


@router.post("/{client_id}/keys")
async def create_key(
    request: Request,
    here: Here,
    person: Person,
    client_id: str,
    name: Text = "",
    scopes: Annotated[list[Scope] | None, Form()] = None,
) -> Response:
    """Makes a key and shows it, this once, among the client's keys.

    Raises:
        InputError: the name is missing or too long, or nothing is allowed to the key.
    """
    name = name.strip()
    if not 1 <= len(name) <= LONGEST_KEY_NAME:
        raise InputError("A key needs a name.", hint="Name the program that will use it.")
    if not scopes:
        raise InputError("This key may do nothing.", hint="Tick what the program is to do.")
    _, secret = await here.keys.create(person, client_id, name, scopes)
    return await _keys(request, here, person, client_id, secret)


@router.post("/{client_id}/keys/{key_id}/revoke")
async def revoke_key(request: Request, here: Here, person: Person, client_id: str, key_id: str) -> Response:
    """Stops a key at once."""
    await here.keys.revoke(person, client_id, key_id)
    return await _keys(request, here, person, client_id)


async def _keys(
    request: Request, here: Services, person: Viewer, client_id: str, secret: str = ""
) -> Response:
    return part(
        "_keys_of_client.html",
        client=await here.accounts.find_client(client_id),
        keys=await here.keys.list_of(person, client_id),
        secret=secret,
        scopes=SCOPES,
        address=_address(request),
    )


async def _page(
    request: Request,
    here: Services,
    person: Viewer,
    *,
    error: CoolheadError | None = None,
    given: dict[str, str] | None = None,
) -> Response:
    known = await here.accounts.list_clients(person)
    response = page(
        request,
        person,
        "clients.html",
        clients=[(client, await here.keys.list_of(person, client.id)) for client in known],
        scopes=SCOPES,
        secret="",
        address=_address(request),
        error=error,
        given=given or {"name": "", "client_id": ""},
    )
    response.status_code = status_of(error) if error else 200
    return response


def _address(request: Request) -> str:
    """Where this installation is, as the browser knows it, without a slash at the end."""
    return str(request.base_url).rstrip("/")
