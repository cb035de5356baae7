"""People and turns that the tests of services share."""

from __future__ import annotations

from coolhead.codebook import Speaker
from coolhead.services.access import Viewer
from coolhead.services.turns.hearing import Said
from coolhead.storage.accounts import Role
from coolhead.storage.api_keys import Scope
from coolhead.wiring import Services

PASSWORD = "three unrelated words"


async def person(services: Services, name: str, role: Role, *clients: str) -> Viewer:
    """Somebody with an account, signed in."""
    email = f"{name.lower()}@example.com"
    await services.accounts.create_user(
        email=email,
        name=name,
        password=PASSWORD,
        is_admin=role is Role.ADMIN,
        roles={} if role is Role.ADMIN else dict.fromkeys(clients, role),
    )
    token = await services.accounts.sign_in(email=email, password=PASSWORD, address="::1", browser="test")
    return (await services.accounts.signed_in(token)).viewer


def program(*clients: str) -> Viewer:
    """A program with a key of these clients."""
    return Viewer(id="k", name="telephone system", program_of=frozenset(clients), scopes=frozenset(Scope))


def talk(count: int) -> list[Said]:
    """Turns of both sides in turn, with words that heat up and cool down."""
    return [
        Said(
            id=f"t{number}",
            speaker=Speaker.CUSTOMER if number % 2 else Speaker.AGENT,
            text=f"heat {number % 5}, said as number {number}",
            number=number,
        )
        for number in range(count)
    ]
