"""A client of the whole application, without a network: pages as a browser asks for them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable

import httpx
import pytest

from coolhead.storage.accounts import Role
from coolhead.web.app import create_app
from coolhead.wiring import Services

PASSWORD = "three quiet words"
SignIn = Callable[[Role], Awaitable[httpx.AsyncClient]]


def browser_of(services: Services) -> httpx.AsyncClient:
    """A browser of its own."""
    transport = httpx.ASGITransport(create_app(services))
    return httpx.AsyncClient(transport=transport, base_url="http://desk.example")


@pytest.fixture
async def visitor(services: Services) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody who is not signed in, where an admin has been created."""
    await services.accounts.create_first_admin(email="ada@team.example", name="Ada", password=PASSWORD)
    async with browser_of(services) as client:
        yield client


@pytest.fixture
async def sign_in(services: Services, client_id: str) -> AsyncIterator[SignIn]:
    """Adds a person of that role and signs them in."""
    clients: list[httpx.AsyncClient] = []

    async def signed_in(role: Role) -> httpx.AsyncClient:
        email = f"{role.value}@team.example"
        await services.accounts.create_user(
            email=email,
            name="Mara",
            password=PASSWORD,
            is_admin=role is Role.ADMIN,
            roles={} if role is Role.ADMIN else {client_id: role},
        )
        client = browser_of(services)
        clients.append(client)
        answer = await client.post("/sign-in", data={"email": email, "password": PASSWORD})
        assert answer.status_code == 303
        return client

    yield signed_in
    for client in clients:
        await client.aclose()
