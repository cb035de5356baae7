"""Whether this process serves: for load balancers and supervisors of processes."""

from __future__ import annotations

from typing import Protocol

from fastapi import APIRouter, Request, Response

from coolhead.storage.database import Database


class Services(Protocol):
    """What health depends on."""

    @property
    def database(self) -> Database:
        """Asked whether it answers."""


router = APIRouter()


@router.get("/healthz", include_in_schema=False)
async def health(request: Request) -> Response:
    """200 and "ok" when the database answers."""
    services: Services = request.app.state.services
    await services.database.ping()
    return Response("ok\n", media_type="text/plain")
