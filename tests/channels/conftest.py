"""The API in this process, called as a program with a key of the default client."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI

from coolhead.channels.api import create_api
from coolhead.services.access import Viewer
from coolhead.storage.api_keys import Scope
from coolhead.wiring import Services


@pytest.fixture
def api(services: Services) -> FastAPI:
    return create_api(services)


@pytest.fixture
async def secret(services: Services, admin: Viewer, client_id: str) -> str:
    _, secret = await services.keys.create(admin, client_id, "phone", list(Scope))
    return secret


@pytest.fixture
async def http(api: FastAPI, secret: str) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(api),
        base_url="http://coolhead.test",
        headers={"Authorization": f"Bearer {secret}"},
    ) as http:
        yield http
