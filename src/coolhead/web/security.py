"""Who may come in, and what a page may do: response headers, cross-site requests, the session cookie."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection
from typing import Annotated

from fastapi import Depends, Request
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from coolhead.channels.routes import Door, need_of
from coolhead.errors import ForbiddenError, UnauthenticatedError
from coolhead.services.access import Right, Viewer
from coolhead.services.people.accounts import SignedIn
from coolhead.web.needs import Here, Services

SESSION_COOKIE = "coolhead_session"
SESSION_AGE_S = 14 * 24 * 3600
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


class SecureHeaders:
    """Puts the headers on every response; one that a handler has set itself stays.

    A policy of its own says who may show the page in a frame; else nobody may.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if "Content-Security-Policy" not in headers:
                    headers.setdefault("X-Frame-Options", "DENY")
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                if not scope["path"].startswith("/static/"):
                    headers.setdefault("Cache-Control", "no-store")
            await send(message)

        await self._app(scope, receive, with_headers)


def is_cross_site(method: str, headers: Headers, allowed: Collection[str]) -> bool:
    """True for a request that another site made a browser send, and that could change something.

    The algorithm is that of Go 1.25's `net/http.CrossOriginProtection`: browsers say by `Sec-Fetch-Site`
    (older ones by `Origin`) where a request comes from, so forms need no hidden tokens. Programs send
    neither header and pass; what they may do is decided by their key.
    """
    if method in SAFE:
        return False
    origin = headers.get("origin", "")
    if origin and origin in allowed:
        return False
    site = headers.get("sec-fetch-site", "")
    if site:
        return site not in ("same-origin", "none")
    return bool(origin) and origin.partition("://")[2] != headers.get("host", "")


async def refuse_cross_site(request: Request, here: Here) -> None:
    """Passes requests that this site's own pages, or programs, have sent.

    Raises:
        ForbiddenError: another site sent it.
    """
    if is_cross_site(request.method, request.headers, here.settings.allowed_origins):
        raise ForbiddenError(
            "This request was sent by another website.", hint="Open Coolhead itself and try again from there."
        )


def came_from(request: Request) -> str:
    """The network address of who asks, as the server knows it; empty when it does not."""
    return request.client.host if request.client else ""


def keep_session(response: Response, token: str, services: Services) -> None:
    """Gives the browser the session's token; no script can read it."""
    set_cookie(response, SESSION_COOKIE, token, services, age_s=SESSION_AGE_S)


def set_cookie(response: Response, name: str, value: str, services: Services, *, age_s: int) -> None:
    """A cookie that only this site's own requests carry."""
    response.set_cookie(
        name,
        value,
        max_age=age_s,
        path="/",
        httponly=True,
        samesite="lax",
        secure=services.settings.secure_cookies,
    )


def drop_session(response: Response) -> None:
    """Makes the browser forget the session's token."""
    response.delete_cookie(SESSION_COOKIE, path="/", httponly=True, samesite="lax")


async def session_of(request: Request, here: Here) -> SignedIn:
    """Who asks, and in which session; looked up once a request.

    Raises:
        UnauthenticatedError: nobody is signed in.
    """
    found: SignedIn | None = getattr(request.state, "signed_in", None)
    if found is None:
        found = request.state.signed_in = await _look_up(request, here)
    return found


def let_frame(response: Response, origin: str) -> None:
    """Lets one website show this page in a frame; nobody where `origin` is empty."""
    if origin:
        ancestors = f"frame-ancestors {origin}"
        response.headers["Content-Security-Policy"] = POLICY.replace("frame-ancestors 'none'", ancestors)


async def signed_in(request: Request, here: Here) -> Viewer:
    """Who asks.

    Raises:
        UnauthenticatedError: nobody is signed in.
    """
    return (await session_of(request, here)).viewer


async def asking(request: Request, here: Here) -> Callable[[], Awaitable[Viewer]]:
    """Asks anew, while a stream goes on, who is signed in."""

    async def ask() -> Viewer:
        return (await _look_up(request, here)).viewer

    return ask


async def refuse_without_right(request: Request, here: Here) -> None:
    """Passes who has the right that the route asks for, at one client at least.

    Raises:
        UnauthenticatedError: nobody is signed in.
        ForbiddenError: they lack the right, or the route has no line in the table.
    """
    need = need_of(request.method, request.scope["route"].path)
    if need is Door.ANYONE:
        return
    viewer = await signed_in(request, here)
    if isinstance(need, Right):
        viewer.require(need)


async def _look_up(request: Request, here: Services) -> SignedIn:
    token = request.cookies.get(SESSION_COOKIE)
    if not token:
        raise UnauthenticatedError("Nobody is signed in.", hint="Sign in.")
    return await here.accounts.signed_in(token)


Person = Annotated[Viewer, Depends(signed_in)]
OwnSession = Annotated[SignedIn, Depends(session_of)]
Asking = Annotated[Callable[[], Awaitable[Viewer]], Depends(asking)]
