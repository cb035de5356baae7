"""Signing in with the account of another service: there, and back."""

from __future__ import annotations

import json
from dataclasses import asdict

from fastapi import APIRouter, Request
from pydantic import TypeAdapter, ValidationError
from starlette.responses import RedirectResponse, Response

from coolhead.errors import CoolheadError, ForbiddenError, NotFoundError
from coolhead.services.people.single_sign_on import Begun, Provider
from coolhead.web.needs import Here, Services
from coolhead.web.security import came_from, keep_session, set_cookie
from coolhead.web.signin import door, local

router = APIRouter(prefix="/sign-in/elsewhere")
COOKIE = "coolhead_elsewhere"
AGE_S = 600
BEGUN = TypeAdapter(Begun)


@router.get("")
async def leave(request: Request, here: Here, next: str = "/") -> Response:
    """Sends the browser to the other service.

    Raises:
        NotFoundError: none is set.
    """
    try:
        begun = await _provider(here).begin()
    except CoolheadError as error:
        return door(request, here, next=local(next), error=error)
    response = RedirectResponse(begun.url, status_code=303)
    kept = json.dumps(asdict(begun) | {"url": "", "next": local(next)[:500]})
    set_cookie(response, COOKIE, kept.encode().hex(), here, age_s=AGE_S)
    return response


@router.get("/back")
async def come_back(request: Request, here: Here) -> Response:
    """Signs in whom the other service says it is.

    Raises:
        NotFoundError: none is set.
    """
    provider = _provider(here)
    try:
        begun, next = _kept(request)
        claims = await provider.finish(begun, request.query_params)
        token = await here.single_sign_on.enter(
            claims, address=came_from(request), browser=request.headers.get("user-agent", "")
        )
    except CoolheadError as error:
        response = door(request, here, next="/", error=error)
    else:
        response = RedirectResponse(next, status_code=303)
        keep_session(response, token, here)
    response.delete_cookie(COOKIE, path="/", httponly=True, samesite="lax")
    return response


def _provider(here: Services) -> Provider:
    if here.single_sign_on.provider is None:
        raise NotFoundError("There is no other service to sign in with.", hint="Use your password.")
    return here.single_sign_on.provider


def _kept(request: Request) -> tuple[Begun, str]:
    try:
        kept = json.loads(bytes.fromhex(request.cookies.get(COOKIE, "")))
        return BEGUN.validate_python({**kept, "url": ""}), local(str(kept.get("next", "/")))
    except (ValueError, TypeError, AttributeError, ValidationError) as error:
        raise ForbiddenError(
            "Signing in did not work: it was not begun in this browser, or too long ago.", hint="Try again."
        ) from error
