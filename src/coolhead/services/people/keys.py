"""Keys with which programs of a client use the API."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import uuid4

import structlog

from coolhead.errors import InputError, NotFoundError, UnauthenticatedError
from coolhead.services.access import Right, Viewer, no_client
from coolhead.services.audit import record
from coolhead.services.clock import Clock
from coolhead.services.people.passwords import digest, new_token
from coolhead.storage import api_keys, clients
from coolhead.storage.api_keys import ApiKey, Scope
from coolhead.storage.audit import Action
from coolhead.storage.database import Database

log = structlog.get_logger()

PREFIX = "chk_"
LONGEST_NAME = 100


class Keys:
    """The use cases of API keys; of each only the hash is kept."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def create(
        self, viewer: Viewer, client_id: str, name: str, scopes: Iterable[Scope]
    ) -> tuple[ApiKey, str]:
        """Creates a key for a program of the client; the second value is the key itself, shown this once.

        Raises:
            ForbiddenError: the viewer may not.
            NotFoundError: there is no such client.
            InputError: the name is missing or too long, or nothing is allowed to the key.
        """
        viewer.require(Right.KEEP_KEYS, client_id)
        name, scopes = name.strip(), frozenset(scopes)
        if not 1 <= len(name) <= LONGEST_NAME:
            raise InputError("A key needs a name.", hint="Name the program that will use it.")
        if not scopes:
            raise InputError("This key may do nothing.", hint="Tick what the program is to do.")
        secret = PREFIX + new_token()
        key = ApiKey(
            id=uuid4().hex,
            client_id=client_id,
            name=name,
            key_hash=digest(secret),
            beginning=secret[:10],
            scopes=scopes,
            created_at=self._clock(),
        )
        async with self._database.write() as connection:
            if await clients.find(connection, client_id) is None:
                raise no_client(client_id)
            await api_keys.add(connection, key)
            await record(
                connection,
                viewer,
                Action.KEY_CREATED,
                at=key.created_at,
                subject=key.id,
                client_id=client_id,
                name=name,
                scopes=" ".join(sorted(scopes)),
            )
        log.info("api_key_created", key=key.id, client=client_id)
        return key, secret

    async def list_of(self, viewer: Viewer, client_id: str) -> list[ApiKey]:
        """The client's keys, newest first.

        Raises:
            ForbiddenError: the viewer may not.
        """
        viewer.require(Right.KEEP_KEYS, client_id)
        async with self._database.read() as connection:
            return await api_keys.list_of(connection, client_id)

    async def revoke(self, viewer: Viewer, client_id: str, key_id: str) -> None:
        """Stops a key at once.

        Raises:
            ForbiddenError: the viewer may not.
            NotFoundError: there is no such working key.
        """
        viewer.require(Right.KEEP_KEYS, client_id)
        now = self._clock()
        async with self._database.write() as connection:
            if not await api_keys.revoke(connection, client_id, key_id, now):
                raise NotFoundError("There is no such working key.", hint="It may have been revoked before.")
            await record(connection, viewer, Action.KEY_REVOKED, at=now, subject=key_id, client_id=client_id)
        log.info("api_key_revoked", key=key_id)

    async def program(self, secret: str) -> Viewer:
        """The program that holds that key.

        Raises:
            UnauthenticatedError: the key is unknown or was revoked.
        """
        async with self._database.read() as connection:
            key = await api_keys.find(connection, digest(secret))
        if key is None:
            raise UnauthenticatedError("The API key is not known.", hint="Ask an admin for a key.")
        return Viewer(id=key.id, name=key.name, program_of=frozenset({key.client_id}), scopes=key.scopes)
