"""People: who can sign in, and what they may do. For admins."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from coolhead.errors import CoolheadError
from coolhead.services.access import Viewer
from coolhead.storage.accounts import Role
from coolhead.web.errors import status_of
from coolhead.web.needs import Here, Services
from coolhead.web.pages import page
from coolhead.web.security import Person

router = APIRouter(prefix="/people")
Text = Annotated[str, Form()]


@router.get("")
async def people(request: Request, here: Here, person: Person) -> Response:
    """Everyone who has an account."""
    person.require(Role.ADMIN)
    return await _page(request, here, person)


@router.post("")
async def add(
    request: Request,
    here: Here,
    person: Person,
    name: Text = "",
    email: Text = "",
    password: Text = "",
    role: Annotated[Role, Form()] = Role.AGENT,
    clients: Annotated[list[str] | None, Form()] = None,
) -> Response:
    """Adds a person."""
    person.require(Role.ADMIN)
    try:
        await here.accounts.create_user(
            email=email, name=name, role=role, password=password, client_ids=clients or ()
        )
    except CoolheadError as error:
        given = {"name": name, "email": email, "role": role}
        return await _page(request, here, person, error=error, given=given)
    return RedirectResponse("/people", status_code=303)


@router.post("/{account_id}")
async def change(
    request: Request,
    here: Here,
    person: Person,
    account_id: str,
    role: Annotated[Role | None, Form()] = None,
    active: Annotated[bool | None, Form()] = None,
    clients: Annotated[list[str] | None, Form()] = None,
    password: Text = "",
) -> Response:
    """Changes a person's role, clients and password, or switches their account on or off."""
    person.require(Role.ADMIN)
    try:
        await here.accounts.change_user(
            person,
            account_id,
            role=role,
            active=active,
            client_ids=clients or (),
            password=password or None,
        )
    except CoolheadError as error:
        return await _page(request, here, person, error=error, changing=account_id)
    return RedirectResponse("/people", status_code=303)


async def _page(
    request: Request,
    here: Services,
    person: Viewer,
    *,
    error: CoolheadError | None = None,
    given: Mapping[str, object] | None = None,
    changing: str = "",
) -> Response:
    response = page(
        request,
        person,
        "people.html",
        people=await here.accounts.list_users(person),
        clients=await here.accounts.list_clients(person),
        assigned=await here.clients.list_assignments(person),
        changing=changing,
        roles=list(Role),
        error=error,
        given=given or {"name": "", "email": "", "role": Role.AGENT},
    )
    response.status_code = status_of(error) if error else 200
    return response
