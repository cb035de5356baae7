"""A client of the whole application, without a network: pages as a browser asks for them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import httpx
import pytest
from tests.conftest import running_services

from coolhead.services.demo import PASSWORD, email_of
from coolhead.web.app import create_app
from coolhead.wiring import Services

SignIn = Callable[[str], Awaitable[httpx.AsyncClient]]


@pytest.fixture
async def demo_services(tmp_path: Path) -> AsyncIterator[Services]:
    """The demo workspace over the scripted engine."""
    async with running_services(f"sqlite:///{tmp_path / 'coolhead.db'}", demo=True) as services:
        yield services


@pytest.fixture
async def visitor(demo_services: Services) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody who is not signed in."""
    transport = httpx.ASGITransport(create_app(demo_services))
    async with httpx.AsyncClient(transport=transport, base_url="http://desk.example") as client:
        yield client


@pytest.fixture
async def sign_in(demo_services: Services) -> AsyncIterator[SignIn]:
    """Signs a person of the demo in, in a browser of their own."""
    clients: list[httpx.AsyncClient] = []

    async def signed_in(person: str) -> httpx.AsyncClient:
        transport = httpx.ASGITransport(create_app(demo_services))
        client = httpx.AsyncClient(transport=transport, base_url="http://desk.example")
        clients.append(client)
        answer = await client.post("/sign-in", data={"email": email_of(person), "password": PASSWORD})
        assert answer.status_code == 303
        return client

    yield signed_in
    for client in clients:
        await client.aclose()
