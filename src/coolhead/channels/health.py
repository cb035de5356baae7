"""Whether this process serves: for load balancers and supervisors of processes."""

from __future__ import annotations

from typing import Protocol

from fastapi import APIRouter, Request, Response
from sqlalchemy.exc import SQLAlchemyError

from coolhead.storage.database import Database


class Services(Protocol):
    """What health depends on."""

    @property
    def database(self) -> Database:
        """Asked whether it answers."""


router = APIRouter()


@router.get("/healthz", include_in_schema=False)
async def health(request: Request) -> Response:
    """200 when the database answers, else 503."""
    services: Services = request.app.state.services
    try:
        await services.database.ping()
    except (SQLAlchemyError, OSError):
        return Response("the database does not answer\n", 503, media_type="text/plain")
    return Response("ok\n", media_type="text/plain")
