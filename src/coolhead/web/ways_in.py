"""Links that people are sent: to make an account they were invited to, to choose a new password."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, BackgroundTasks, Form, Request
from starlette.responses import RedirectResponse, Response

from coolhead.errors import CoolheadError, NotFoundError
from coolhead.web.errors import status_of
from coolhead.web.needs import Here
from coolhead.web.pages import bare
from coolhead.web.security import came_from, keep_session

router = APIRouter()
Text = Annotated[str, Form()]


@router.get("/forgotten")
async def forgotten(request: Request, here: Here) -> Response:
    """Where a link for a new password is asked for."""
    return bare(request, "forgotten.html", by_mail=here.resets.by_mail, asked=False)


@router.post("/forgotten")
async def ask(request: Request, here: Here, later: BackgroundTasks, email: Text = "") -> Response:
    """Says the same whoever asks; what is done is done after the answer."""
    later.add_task(here.resets.ask, email, came_from(request))
    response = bare(request, "forgotten.html", by_mail=here.resets.by_mail, asked=True)
    response.background = later
    return response


@router.get("/new-password/{token}")
async def choose(request: Request, here: Here, token: str) -> Response:
    """Where a new password is chosen."""
    await here.resets.check(token)
    return bare(request, "new_password.html", error=None, token=token)


@router.post("/new-password/{token}")
async def keep(request: Request, here: Here, token: str, password: Text = "") -> Response:
    """Keeps the new password; the person then signs in with it.

    Raises:
        NotFoundError: the link is no longer good.
    """
    try:
        await here.resets.use(token, password)
    except NotFoundError:
        raise
    except CoolheadError as error:
        return bare(request, "new_password.html", status=status_of(error), error=error, token=token)
    return RedirectResponse("/sign-in", status_code=303)


@router.get("/join/{token}")
async def invited(request: Request, here: Here, token: str) -> Response:
    """Where somebody makes the account they were invited to."""
    invitation = await here.invitations.find(token)
    name = invitation.name
    return bare(request, "join.html", error=None, token=token, email=invitation.email, name=name)


@router.post("/join/{token}")
async def accept(request: Request, here: Here, token: str, name: Text = "", password: Text = "") -> Response:
    """Makes the account and signs the person in.

    Raises:
        NotFoundError: the invitation is no longer good.
    """
    invitation = await here.invitations.find(token)
    try:
        account = await here.invitations.accept(token, name=name, password=password)
    except NotFoundError:
        raise
    except CoolheadError as error:
        values = {"token": token, "email": invitation.email, "name": name}
        return bare(request, "join.html", status=status_of(error), error=error, **values)
    session = await here.accounts.begin_session(
        account, address=came_from(request), browser=request.headers.get("user-agent", ""), way="invitation"
    )
    response = RedirectResponse("/", status_code=303)
    keep_session(response, session, here)
    return response
