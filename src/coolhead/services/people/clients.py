"""Clients as an admin keeps them: new ones, their names, and who answers for which."""

from __future__ import annotations

import re

import structlog

from coolhead.casework.hours import Hours
from coolhead.errors import ConflictError, InputError
from coolhead.services.access import Right, Viewer, no_client
from coolhead.services.audit import record
from coolhead.services.clock import Clock
from coolhead.storage import accounts, clients
from coolhead.storage.accounts import Role
from coolhead.storage.audit import Action
from coolhead.storage.clients import Client
from coolhead.storage.database import Database

log = structlog.get_logger()

SHORT_NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?")
LONGEST_NAME = 200


class Clients:
    """The use cases around clients that only admins have; reading them is everyone's (see `Accounts`)."""

    def __init__(self, database: Database, clock: Clock, time_zone: str = "UTC") -> None:
        self._database = database
        self._clock = clock
        self._time_zone = time_zone

    async def add(self, viewer: Viewer, client_id: str, name: str) -> Client:
        """Creates a client with the usual hours; its chat page is then open at `/chat/<client_id>`.

        Raises:
            ForbiddenError: the viewer is no admin.
            InputError: the short name or the name will not do.
            ConflictError: the short name is taken.
        """
        viewer.require(Right.KEEP_CLIENTS)
        client = Client(
            id=short_name(client_id),
            name=_name(name),
            created_at=self._clock(),
            hours=Hours(time_zone=self._time_zone),
        )
        async with self._database.write() as connection:
            if await clients.find(connection, client.id):
                raise ConflictError(f"The short name {client.id} is taken.", hint="Choose another one.")
            await clients.add(connection, client)
            at = client.created_at
            await record(
                connection, viewer, Action.CLIENT_CREATED, at=at, client_id=client.id, name=client.name
            )
        log.info("client_added", client=client.id)
        return client

    async def rename(self, viewer: Viewer, client_id: str, name: str) -> None:
        """Gives a client another name; its short name, and so every address, stays.

        Raises:
            ForbiddenError: the viewer is no admin.
            InputError: the name will not do.
            NotFoundError: there is no such client.
        """
        viewer.require(Right.KEEP_CLIENTS)
        name = _name(name)
        async with self._database.write() as connection:
            if not await clients.rename(connection, client_id, name):
                raise no_client(client_id)
            at = self._clock()
            await record(connection, viewer, Action.CLIENT_CHANGED, at=at, client_id=client_id, name=name)
        log.info("client_renamed", client=client_id)

    async def list_assignments(self, viewer: Viewer) -> dict[str, dict[str, Role]]:
        """What each account is at each of its clients: by the account's id, then by the client's.

        Raises:
            ForbiddenError: the viewer is no admin.
        """
        viewer.require(Right.KEEP_PEOPLE)
        async with self._database.read() as connection:
            return await accounts.list_roles(connection)


def short_name(text: str) -> str:
    """A client's short name as it is kept.

    Raises:
        InputError: it will not do.
    """
    text = text.strip().lower()
    if not SHORT_NAME.fullmatch(text):
        raise InputError(
            "A short name has 1 to 64 small letters, digits and hyphens.", hint="For example: northline."
        )
    return text


def _name(text: str) -> str:
    text = text.strip()
    if not 1 <= len(text) <= LONGEST_NAME:
        raise InputError(f"A client's name has 1 to {LONGEST_NAME} characters.")
    return text
