"""The method behind the advice, to read where the advice is given."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from coolhead.web.method import text_of
from coolhead.web.pages import page
from coolhead.web.security import Person

router = APIRouter(prefix="/learn")
INDEX = "README"


@router.get("")
async def index(request: Request, person: Person) -> Response:
    """The method as a whole."""
    return page(request, person, "learn.html", text=text_of(INDEX), is_index=True)


@router.get("/{name}")
async def learn(request: Request, person: Person, name: str) -> Response:
    """One part of the method."""
    return page(request, person, "learn.html", text=text_of(name), is_index=False)
