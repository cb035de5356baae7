"""One's own account: where one is signed in, and another password."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from coolhead.errors import CoolheadError, InputError, UnauthenticatedError
from coolhead.services.people.accounts import SignedIn
from coolhead.web.errors import status_of
from coolhead.web.needs import Here, Services
from coolhead.web.pages import page
from coolhead.web.security import OwnSession, Person, keep_session

router = APIRouter(prefix="/account")
Text = Annotated[str, Form()]


@router.get("")
async def account(request: Request, here: Here, own: OwnSession) -> Response:
    """The account of who asks."""
    return await _page(request, here, own)


@router.post("/password")
async def change_password(
    request: Request, here: Here, own: OwnSession, present: Text = "", new: Text = ""
) -> Response:
    """Another password; one stays signed in here, and nowhere else."""
    try:
        token = await here.sessions.change_password(own, present=present, new=new)
    except UnauthenticatedError as error:
        return await _page(request, here, own, error=InputError(error.message, hint=error.hint))
    except CoolheadError as error:
        return await _page(request, here, own, error=error)
    response = RedirectResponse("/account", status_code=303)
    keep_session(response, token, here)
    return response


@router.post("/sessions/end")
async def end_others(here: Here, own: OwnSession) -> Response:
    """Signs out everywhere else."""
    await here.sessions.end(own.viewer, but=own.session.id)
    return RedirectResponse("/account", status_code=303)


@router.post("/sessions/{session_id}/end")
async def end(here: Here, person: Person, session_id: str) -> Response:
    """Signs out in one browser."""
    await here.sessions.end(person, session_id=session_id)
    return RedirectResponse("/account", status_code=303)


async def _page(
    request: Request, here: Services, own: SignedIn, *, error: CoolheadError | None = None
) -> Response:
    response = page(
        request,
        own.viewer,
        "account.html",
        sessions=await here.sessions.list_of(own.viewer),
        present=own.session.id,
        error=error,
    )
    response.status_code = status_of(error) if error else 200
    return response
