"""People: who can sign in, and what they are at which client. For admins."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from coolhead.errors import CoolheadError, InputError
from coolhead.services.access import Right, Viewer
from coolhead.services.people import invitations, resets
from coolhead.storage.accounts import Role
from coolhead.web.errors import status_of
from coolhead.web.needs import Here, Services
from coolhead.web.pages import page
from coolhead.web.security import Person

Text = Annotated[str, Form()]
ROLES = tuple(role for role in Role if role is not Role.ADMIN)
FIELD = "role-"


async def _keeper(person: Person) -> None:
    person.require(Right.KEEP_PEOPLE)


async def _roles(request: Request) -> Mapping[str, Role]:
    return roles_given(await request.form())


router = APIRouter(prefix="/people", dependencies=[Depends(_keeper)])
RolesGiven = Annotated[Mapping[str, Role], Depends(_roles)]


def roles_given(form: FormData) -> dict[str, Role]:
    """What a form says somebody is at each client: fields `role-<client>`, empty for none.

    Raises:
        InputError: there is no such role.
    """
    given = {name.removeprefix(FIELD): str(value) for name, value in form.items() if name.startswith(FIELD)}
    try:
        return {client_id: Role(value) for client_id, value in given.items() if value}
    except ValueError as error:
        raise InputError("There is no such role.", hint="Choose one from the list.") from error


@router.get("")
async def people(request: Request, here: Here, person: Person) -> Response:
    """Everyone who has an account."""
    return await _page(request, here, person)


@router.post("")
async def add(
    request: Request,
    here: Here,
    person: Person,
    roles: RolesGiven,
    name: Text = "",
    email: Text = "",
    password: Text = "",
    admin: Annotated[bool, Form()] = False,
) -> Response:
    """Adds a person."""
    try:
        await here.accounts.create_user(
            email=email, name=name, password=password, is_admin=admin, roles=roles, by=person
        )
    except CoolheadError as error:
        given = {"name": name, "email": email, "admin": admin}
        return await _page(request, here, person, error=error, given=given)
    return RedirectResponse("/people", status_code=303)


@router.post("/invitations")
async def invite(
    request: Request,
    here: Here,
    person: Person,
    roles: RolesGiven,
    email: Text = "",
    name: Text = "",
    admin: Annotated[bool, Form()] = False,
) -> Response:
    """Invites somebody and shows the link, this once."""
    try:
        token = await here.invitations.invite(person, email=email, name=name, is_admin=admin, roles=roles)
    except CoolheadError as error:
        given = {"name": name, "email": email, "admin": admin}
        return await _page(request, here, person, error=error, given=given, inviting=True)
    return await _page(request, here, person, link=_link(request, here, invitations.path_of(token)))


@router.post("/invitations/{invitation_id}/withdraw")
async def withdraw(here: Here, person: Person, invitation_id: str) -> Response:
    """Makes an invitation useless."""
    await here.invitations.withdraw(person, invitation_id)
    return RedirectResponse("/people", status_code=303)


@router.get("/{account_id}/sessions")
async def sessions(request: Request, here: Here, person: Person, account_id: str) -> Response:
    """Where somebody is signed in.

    Raises:
        NotFoundError: there is no such account.
    """
    found = await here.sessions.list_of(person, account_id)
    whose = next(each for each in await here.accounts.list_users(person) if each.id == account_id)
    return page(request, person, "sessions.html", whose=whose, sessions=found)


@router.post("/{account_id}/sessions/end")
async def end_sessions(here: Here, person: Person, account_id: str, session_id: Text = "") -> Response:
    """Signs somebody out in one browser, or everywhere."""
    await here.sessions.end(person, account_id=account_id, session_id=session_id or None)
    return RedirectResponse(f"/people/{account_id}/sessions", status_code=303)


@router.post("/{account_id}/reset")
async def make_reset(request: Request, here: Here, person: Person, account_id: str) -> Response:
    """Makes a link with which somebody chooses a new password, and shows it, this once."""
    token = await here.resets.make(person, account_id)
    return await _page(request, here, person, link=_link(request, here, resets.path_of(token)))


@router.post("/{account_id}/unlink")
async def unlink(here: Here, person: Person, account_id: str) -> Response:
    """Forgets who somebody is at the other sign-in service."""
    await here.single_sign_on.unlink(person, account_id)
    return RedirectResponse("/people", status_code=303)


@router.post("/{account_id}")
async def change(
    here: Here,
    request: Request,
    person: Person,
    account_id: str,
    roles: RolesGiven,
    admin: Annotated[bool, Form()] = False,
    active: Annotated[bool | None, Form()] = None,
    password: Text = "",
) -> Response:
    """Changes a person's roles and password, or switches their account on or off."""
    try:
        await here.accounts.change_user(
            person, account_id, is_admin=admin, active=active, roles=roles, password=password or None
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
    inviting: bool = False,
    link: str = "",
) -> Response:
    response = page(
        request,
        person,
        "people.html",
        people=await here.accounts.list_users(person),
        clients=await here.accounts.list_clients(person),
        roles_of=await here.clients.list_assignments(person),
        changing=changing,
        inviting=inviting,
        link=link,
        invitations=await here.invitations.list_open(person),
        by_mail=here.invitations.by_mail,
        linked=await here.single_sign_on.linked(person),
        roles=ROLES,
        error=error,
        given=given or {"name": "", "email": "", "admin": False},
    )
    response.status_code = status_of(error) if error else 200
    return response


def _link(request: Request, here: Services, path: str) -> str:
    """A link to hand over; an admin sees it on their own page, so what their browser calls it will do."""
    return (here.settings.address or str(request.base_url).rstrip("/")) + path
