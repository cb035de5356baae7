"""Signing in and out, becoming the first admin of a new installation; the theme, which needs no account."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from coolhead.errors import CoolheadError
from coolhead.services.access import Right, Viewer
from coolhead.services.demo.playing import PASSWORD, PEOPLE, email_of
from coolhead.storage.accounts import Role
from coolhead.web.errors import status_of
from coolhead.web.needs import Here, Services
from coolhead.web.pages import THEME_COOKIE, THEMES, bare
from coolhead.web.security import SESSION_COOKIE, Person, came_from, drop_session, keep_session, set_cookie

router = APIRouter()
Text = Annotated[str, Form()]


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoPerson:
    """Somebody of the demo workspace whom anyone may sign in as."""

    name: str
    email: str
    role: Role
    password: str = PASSWORD


THEME_AGE_S = 365 * 24 * 3600


@router.get("/")
async def home(person: Person) -> Response:
    """Where a person works: the floor for those who supervise, the desk for agents, else what was said."""
    return RedirectResponse(_home_of(person), status_code=303)


@router.get("/sign-in")
async def ask(request: Request, here: Here, next: str = "/") -> Response:
    """The sign-in page, or the first admin's."""
    if await here.accounts.needs_first_admin():
        return bare(request, "first_admin.html", error=None, email="", name="")
    return door(request, here, next=local(next))


@router.post("/sign-in")
async def sign_in(
    request: Request,
    here: Here,
    email: Text = "",
    password: Text = "",
    next: Text = "/",
) -> Response:
    """Signs in and goes on to where the person wanted to be."""
    try:
        return await _enter(request, here, email, password, local(next))
    except CoolheadError as error:
        return door(request, here, next=local(next), error=error, email=email)


@router.post("/first-admin")
async def first_admin(
    request: Request, here: Here, email: Text = "", name: Text = "", password: Text = ""
) -> Response:
    """Creates the first admin and signs them in."""
    try:
        await here.accounts.create_first_admin(email=email, name=name, password=password)
        return await _enter(request, here, email, password, "/people")
    except CoolheadError as error:
        values = {"error": error, "email": email, "name": name}
        return bare(request, "first_admin.html", status=status_of(error), **values)


@router.post("/sign-out")
async def sign_out(request: Request, here: Here) -> Response:
    """Ends the session."""
    if token := request.cookies.get(SESSION_COOKIE):
        await here.accounts.sign_out(token)
    response = RedirectResponse("/sign-in", status_code=303)
    drop_session(response)
    return response


@router.post("/theme")
async def theme(here: Here, theme: Text = "auto", back: Text = "/") -> Response:
    """Keeps the choice between light, dark and what the device prefers."""
    response = RedirectResponse(local(back), status_code=303)
    if theme in THEMES:
        set_cookie(response, THEME_COOKIE, theme, here, age_s=THEME_AGE_S)
    else:
        response.delete_cookie(THEME_COOKIE, path="/")
    return response


def door(
    request: Request, here: Services, *, next: str, error: CoolheadError | None = None, email: str = ""
) -> Response:
    """The sign-in page; `next` is where to go from it."""
    return bare(
        request,
        "signin.html",
        status=status_of(error) if error else 200,
        error=error,
        email=email,
        next=next,
        people=_demo_people(here),
        elsewhere=here.settings.oidc_name if here.single_sign_on.provider else "",
    )


async def _enter(request: Request, here: Services, email: str, password: str, to: str) -> Response:
    token = await here.accounts.sign_in(
        email=email,
        password=password,
        address=came_from(request),
        browser=request.headers.get("user-agent", ""),
    )
    response = RedirectResponse(to, status_code=303)
    keep_session(response, token, here)
    return response


def _demo_people(here: Services) -> list[DemoPerson]:
    if not here.settings.demo:
        return []
    return [DemoPerson(name=each.name, email=email_of(each.key), role=each.role) for each in PEOPLE]


def _home_of(viewer: Viewer) -> str:
    if viewer.may(Right.WATCH):
        return "/floor"
    if viewer.may(Right.WORK):
        return "/desk"
    return "/conversations" if viewer.may(Right.READ) else "/account"


def local(address: str) -> str:
    """The address when it is on this site, else the start page.

    Browsers leave out control characters and take a backslash for a slash, so neither may stand in it.
    """
    strange = "\\" in address or not address.isprintable()
    return address if address.startswith("/") and not address.startswith("//") and not strange else "/"
