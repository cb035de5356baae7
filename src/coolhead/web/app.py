"""The web application: screens, API and static files behind one set of rules."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import cache
from http import HTTPStatus
from typing import Protocol

from fastapi import APIRouter, Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import BaseRoute

from coolhead.channels import health, inbound
from coolhead.channels.api import create_api
from coolhead.channels.routes import API
from coolhead.errors import CoolheadError
from coolhead.storage.database import Database
from coolhead.web import (
    account,
    audit,
    chat,
    client_settings,
    clients,
    conversations,
    customers,
    demo,
    desk,
    document_versions,
    documents,
    drills,
    elsewhere,
    exports,
    floor,
    follow_ups,
    framed,
    help,
    integrations,
    learn,
    learning,
    limits,
    material,
    offers,
    people,
    playbook,
    policies,
    practice_debrief,
    practice_runs,
    promises,
    retention,
    search,
    signin,
    training,
    ways_in,
    webhooks,
    why,
    wrap_up,
)
from coolhead.web.assets import VersionedFiles, check_vendor
from coolhead.web.errors import CatchUnforeseen, RefuseUnreadable, error_page, plain_error
from coolhead.web.needs import Services
from coolhead.web.security import SecureHeaders, refuse_cross_site, refuse_without_right

SCREENS = (
    signin,
    elsewhere,
    ways_in,
    account,
    audit,
    desk,
    help,
    limits,
    wrap_up,
    offers,
    floor,
    promises,
    follow_ups,
    customers,
    conversations,
    search,
    exports,
    why,
    demo,
    learn,
    learning,
    drills,
    practice_runs,
    practice_debrief,
    people,
    playbook,
    policies,
    documents,
    document_versions,
    training,
    material,
    clients,
    client_settings,
    integrations,
    webhooks,
    retention,
    framed,
    chat,
)


class RunningServices(Services, Protocol):
    """The services of a process, with what starts and stops them."""

    @property
    def database(self) -> Database:
        """Asked by the health check."""

    def running(self) -> AbstractAsyncContextManager[None]:
        """Starts what runs in the background, and ends it."""


def create_app(services: RunningServices) -> FastAPI:
    """The application over these services; they run while it does.

    Raises:
        SetupError: the browser libraries that the build fetches are missing.
    """
    check_vendor()

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        async with services.running():
            yield

    app = FastAPI(
        title="Coolhead",
        lifespan=lifespan,
        routes=_screens(),
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
    )
    app.state.services = services
    app.state.limits = chat.Limits()
    app.include_router(health.router)
    inbound.install(app)
    app.mount(API, create_api(services))
    app.mount("/static", VersionedFiles())
    app.add_middleware(RefuseUnreadable, but=(f"{API}/", retention.IMPORT), roomy=material.IMPORT)
    app.add_middleware(CatchUnforeseen)
    app.add_middleware(SecureHeaders)
    app.add_exception_handler(CoolheadError, _on_error)
    app.add_exception_handler(RequestValidationError, _on_wrong_values)
    app.add_exception_handler(HTTPException, _on_http_error)
    return app


@cache
def _screens() -> list[BaseRoute]:
    """The routes of all screens behind their guards, worked out once a process: that takes half a second."""
    guards = [Depends(refuse_cross_site), Depends(refuse_without_right)]
    screens = APIRouter()
    for screen in SCREENS:
        screens.include_router(screen.router, dependencies=guards)
    return screens.routes


async def _on_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, CoolheadError)  # noqa: S101 (what it is installed for)
    return error_page(request, error)


async def _on_wrong_values(request: Request, _error: Exception) -> Response:
    return plain_error(
        request, 422, "Something in that request is missing or wrong.", "Go back and try again."
    )


async def _on_http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 (what it is installed for)
    if error.status_code == HTTPStatus.NOT_FOUND:
        return plain_error(
            request, 404, "There is no page at this address.", "It may have been moved or ended."
        )
    return plain_error(request, error.status_code, f"{HTTPStatus(error.status_code).phrase}.")
