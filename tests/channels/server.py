"""The API over the scripted engine in a process of its own: `python -m tests.channels.server URL PORT`."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn
from fastapi import FastAPI

from coolhead.channels import health
from coolhead.channels.api import create_api
from coolhead.config import Settings
from coolhead.wiring import build
from tests.fakes import FakeEngine


def main(database: str, port: int) -> None:
    services = build(Settings(database=database, time_zone="UTC"), FakeEngine())

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        async with services.running():
            yield

    app = FastAPI(lifespan=lifespan)
    app.state.services = services
    app.include_router(health.router)
    app.mount("/api/v1", create_api(services))
    uvicorn.run(app, port=port, log_level="warning", access_log=False)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
