"""Who calls the API: the key in `Authorization: Bearer`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Annotated, Protocol

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from coolhead.channels.routes import API, need_of
from coolhead.errors import UnauthenticatedError
from coolhead.services.access import Right, Viewer
from coolhead.services.audit import Audit
from coolhead.services.casework.promises import Promises
from coolhead.services.conversations.live import Live
from coolhead.services.conversations.search import Search
from coolhead.services.people.keys import Keys


class Services(Protocol):
    """The services that the API needs."""

    @property
    def live(self) -> Live:
        """Live conversations."""

    @property
    def promises(self) -> Promises:
        """The promise ledger."""

    @property
    def search(self) -> Search:
        """Conversations by what was said."""

    @property
    def audit(self) -> Audit:
        """What was done by whom."""

    @property
    def keys(self) -> Keys:
        """Keys."""


BEARER = HTTPBearer(
    auto_error=False,
    scheme_name="API key",
    description="A key that an admin made, with the scope conversations:read, conversations:write or both.",
)


async def live_of(request: Request) -> Live:
    """The live conversations of this application."""
    live: Live = request.app.state.services.live
    return live


async def audit_of(request: Request) -> Audit:
    """The audit log of this application."""
    audit: Audit = request.app.state.services.audit
    return audit


async def promises_of(request: Request) -> Promises:
    """The promise ledger of this application."""
    promises: Promises = request.app.state.services.promises
    return promises


async def search_of(request: Request) -> Search:
    """The search of this application."""
    search: Search = request.app.state.services.search
    return search


Credentials = Annotated[HTTPAuthorizationCredentials | None, Depends(BEARER)]


async def program_of(request: Request, credentials: Credentials) -> Viewer:
    """The program that holds the key, with the scope that the route asks for.

    Raises:
        UnauthenticatedError: there is no key, or it does not work.
        ForbiddenError: the key lacks the scope, or the route has no line in the table.
    """
    if credentials is None:
        raise UnauthenticatedError("This needs an API key.", hint="Send it as Authorization: Bearer chk_...")
    keys: Keys = request.app.state.services.keys
    program = await keys.program(credentials.credentials)
    need = need_of(request.method, API + request.scope["route"].path)
    if isinstance(need, Right):
        program.require(need)
    return program


async def asking(request: Request, credentials: Credentials) -> Callable[[], Awaitable[Viewer]]:
    """Asks anew, while a stream goes on, which program holds the key."""
    return lambda: program_of(request, credentials)


CurrentLive = Annotated[Live, Depends(live_of)]
CurrentPromises = Annotated[Promises, Depends(promises_of)]
CurrentSearch = Annotated[Search, Depends(search_of)]
CurrentAudit = Annotated[Audit, Depends(audit_of)]
Program = Annotated[Viewer, Depends(program_of)]
Asking = Annotated[Callable[[], Awaitable[Viewer]], Depends(asking)]
