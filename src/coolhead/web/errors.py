"""What people see when something goes wrong: a page, or a line on the page they are on."""

from __future__ import annotations

import re
import traceback
from urllib.parse import quote, urlsplit

import structlog
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from coolhead.channels.api.guard import read_body, replayed
from coolhead.channels.api.problems import STATUS
from coolhead.errors import CoolheadError, UnauthenticatedError
from coolhead.web.pages import bare, is_htmx
from coolhead.web.stream import partial
from coolhead.web.templating import draw

log = structlog.get_logger()

MOST_BYTES = 256 * 1024
MOST_BYTES_OF_FILES = 4 * 1024 * 1024

TITLES = {
    403: "This is not yours to open",
    404: "There is nothing here",
    409: "That cannot be done now",
    413: "That is too much at once",
    422: "Something is missing",
    429: "Too many attempts",
    500: "Something went wrong on our side",
}


def status_of(error: CoolheadError) -> int:
    """The HTTP status that tells of the error."""
    return next((status for kind, status in STATUS.items() if isinstance(error, kind)), 500)


def error_page(request: Request, error: CoolheadError) -> Response:
    """The error as a page; whoever must sign in first is brought there; htmx gets one line for the page."""
    if isinstance(error, UnauthenticatedError):
        return _to_sign_in(request)
    status = status_of(error)
    if is_htmx(request):
        return HTMLResponse(
            partial("toast", draw("_toast.html", message=error.message, hint=error.hint)),
            status_code=status,
            headers={"HX-Reswap": "none"},
        )
    return plain_error(request, status, error.message, error.hint)


def plain_error(request: Request, status: int, message: str, hint: str = "") -> HTMLResponse:
    """An error page."""
    title = TITLES.get(status, "That did not work")
    return bare(request, "error.html", status=status, title=title, message=message, hint=hint)


def _to_sign_in(request: Request) -> Response:
    if is_htmx(request):
        here = urlsplit(request.headers.get("hx-current-url", "")).path or "/"
        return Response(status_code=401, headers={"HX-Redirect": f"/sign-in?next={quote(here)}"})
    back = request.url.path if request.method == "GET" else "/"
    return RedirectResponse(f"/sign-in?next={quote(back)}", status_code=303)


class CatchUnforeseen:
    """Answers errors that nobody foresaw with a page.

    The text of such an error may hold what a customer said, and an address may be a link that signs somebody
    in, so only the type, the place and the route are logged.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        started = False

        async def note_start(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, note_start)
        except Exception as error:
            if scope["type"] != "http":
                raise
            frames = traceback.format_tb(error.__traceback__)
            route = getattr(scope.get("route"), "path", "")
            log.error("page_failed", error=type(error).__name__, route=route, frames=frames[-4:])
            if not started:
                message = "Nothing you did was wrong. What you sent before is kept."
                await plain_error(Request(scope), 500, message, "Try again.")(scope, receive, send)


class RefuseUnreadable:
    """Answers what no page takes before it is read in full: a form too large, an address with a NUL in it.

    Paths that begin with one of `but` look to their own bodies; those that `roomy` matches take files.
    """

    def __init__(self, app: ASGIApp, *, but: tuple[str, ...], roomy: re.Pattern[str]) -> None:
        self._app = app
        self._but = but
        self._roomy = roomy

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http" or scope["path"].startswith(self._but):
            await self._app(scope, receive, send)
            return
        if "\0" in scope["path"]:
            answer = plain_error(Request(scope), 404, "There is no page at this address.")
            await answer(scope, receive, send)
            return
        most = MOST_BYTES_OF_FILES if self._roomy.fullmatch(scope["path"]) else MOST_BYTES
        body = await read_body(scope, receive, most)
        if body is None:
            answer = plain_error(
                Request(scope), 413, "That is more than a form may hold.", "Send less at once."
            )
            await answer(scope, receive, send)
            return
        await self._app(scope, replayed(body, receive), send)
