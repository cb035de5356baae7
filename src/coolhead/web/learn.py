"""The method behind the advice, to read where the advice is given."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from coolhead.errors import ForbiddenError, NotFoundError
from coolhead.services.access import Viewer
from coolhead.services.training.learning import Page
from coolhead.storage.clients import Client
from coolhead.web.learning import client_of
from coolhead.web.method import text_of
from coolhead.web.needs import Here, Services
from coolhead.web.pages import page
from coolhead.web.security import Person

router = APIRouter(prefix="/learn")
INDEX = "README"


@router.get("")
async def index(request: Request, person: Person) -> Response:
    """The method as a whole."""
    return page(request, person, "learn.html", text=text_of(INDEX), is_index=True, page=None)


@router.get("/{name}")
async def learn(request: Request, here: Here, person: Person, name: str) -> Response:
    """One part of the method, with what trains it for those who practise."""
    text = text_of(name)
    client, lesson = await _lesson(here, person, name)
    return page(request, person, "learn.html", text=text, is_index=name == INDEX, client=client, page=lesson)


async def _lesson(here: Services, person: Viewer, name: str) -> tuple[Client | None, Page | None]:
    """The lesson that the page is, at the first client for which the person practises; None where none is."""
    try:
        client, _ = await client_of(here, person, "")
        return client, await here.learning.lesson(person, client.id, name)
    except (ForbiddenError, NotFoundError):
        return None, None
