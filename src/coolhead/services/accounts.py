"""Accounts: the first admin, people and their roles, signing in and out, and keys for programs."""

from __future__ import annotations

import asyncio
import hashlib
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

import structlog
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy.ext.asyncio import AsyncConnection

from coolhead.errors import ConflictError, InputError, NotFoundError, ThrottledError, UnauthenticatedError
from coolhead.services.access import Right, Viewer, no_client
from coolhead.services.hearing import readable
from coolhead.services.live import Clock
from coolhead.storage import accounts, api_keys, clients, sessions
from coolhead.storage.accounts import Account, Role
from coolhead.storage.api_keys import ApiKey, Scope
from coolhead.storage.clients import Client
from coolhead.storage.database import Database
from coolhead.storage.sessions import Session

log = structlog.get_logger()

SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 200
LONGEST_EMAIL = 320
LONGEST_ADDRESS = 64
SESSION_LIFE = timedelta(days=14)
SEEN_EVERY = timedelta(minutes=5)
THROTTLE_WINDOW = timedelta(minutes=15)
FAILURES_PER_EMAIL = 8
FAILURES_PER_ADDRESS = 40
KEY_PREFIX = "chk_"
# Checked where there is no account, so that the answer takes as long; the password to it was random.
NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$MSX7VT/w6O/WzrNvx4+/cA$Os5+Ei1lnmZrvBIsWJkEYxN2j0K5bswq1XMhFe+zdjE"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """A person's session as a request finds it."""

    viewer: Viewer
    session: Session


class Accounts:
    """The use cases of identity. Passwords are hashed in a thread, so that others need not wait."""

    def __init__(self, database: Database, clock: Clock, hasher: PasswordHasher) -> None:
        self._database = database
        self._clock = clock
        self._hasher = hasher

    async def needs_first_admin(self) -> bool:
        """True while nobody can sign in as admin: the first visitor is asked to become one."""
        async with self._database.read() as connection:
            return await accounts.count_active_admins(connection) == 0

    async def create_first_admin(self, *, email: str, name: str, password: str) -> Account:
        """Creates the admin of a new installation.

        Raises:
            ConflictError: there is an admin already.
            InputError: the address, the name or the password will not do.
        """
        exists = ConflictError("There is an admin already.", hint="Sign in, or ask them for an account.")
        if not await self.needs_first_admin():
            raise exists
        account = await self._new(email, name, password, is_admin=True)
        async with self._database.write() as connection:
            if await accounts.count_active_admins(connection):
                raise exists
            await self._add(connection, account, {})
        log.info("first_admin_created", account=account.id)
        return account

    async def create_user(
        self,
        *,
        email: str,
        name: str,
        password: str,
        is_admin: bool = False,
        roles: Mapping[str, Role] | None = None,
    ) -> Account:
        """Creates an account with these roles, by client; who may do so is asked by `require` before.

        Raises:
            ConflictError: the e-mail address has an account.
            NotFoundError: there is no such client.
            InputError: the address, the name or the password will not do.
        """
        account = await self._new(email, name, password, is_admin=is_admin)
        async with self._database.write() as connection:
            await self._add(connection, account, roles or {})
        log.info("account_created", account=account.id)
        return account

    async def ensure_user(
        self,
        *,
        email: str,
        name: str,
        password: str,
        is_admin: bool = False,
        roles: Mapping[str, Role] | None = None,
    ) -> None:
        """Creates the account unless the e-mail address has one; then that stays as it is."""
        if await self.find_user(email) is None:
            await self.create_user(email=email, name=name, password=password, is_admin=is_admin, roles=roles)

    async def find_user(self, email: str) -> Account | None:
        """The account that signs in with that e-mail address."""
        async with self._database.read() as connection:
            return await accounts.find_by_email(connection, _email_key(email))

    async def change_user(
        self,
        viewer: Viewer,
        account_id: str,
        *,
        is_admin: bool | None = None,
        active: bool | None = None,
        roles: Mapping[str, Role] | None = None,
        password: str | None = None,
    ) -> None:
        """An admin changes a person's account; None leaves as is.

        Switching off, another password and other rights end their sessions.

        Raises:
            ForbiddenError: the viewer is no admin.
            InputError: the password will not do.
            NotFoundError: there is no such account or client.
            ConflictError: no admin would be left.
        """
        viewer.require(Right.KEEP_PEOPLE)
        password_hash = None if password is None else await self._hash(password)
        values = {"is_admin": is_admin, "active": active, "password_hash": password_hash}
        async with self._database.write() as connection:
            before = await accounts.find(connection, account_id)
            if before is None:
                raise NotFoundError("There is no such account.", hint="Choose someone from the list.")
            changes = {name: value for name, value in values.items() if value is not None}
            if changes:
                await accounts.change(connection, account_id, **changes)
            regraded = is_admin is not None and is_admin is not before.is_admin
            if roles is not None and roles != await accounts.roles_of(connection, account_id):
                await self._require_roles(connection, roles)
                await accounts.assign(connection, account_id, roles)
                regraded = True
            if regraded or active is False or password_hash:
                await sessions.end_of(connection, account_id)
            if await accounts.count_active_admins(connection) == 0:
                raise ConflictError("No admin would be left.", hint="Make somebody else an admin first.")
        log.info("account_changed", account=account_id)

    async def list_users(self, viewer: Viewer) -> list[Account]:
        """Every account, by name.

        Raises:
            ForbiddenError: the viewer is no admin.
        """
        viewer.require(Right.KEEP_PEOPLE)
        async with self._database.read() as connection:
            return await accounts.list_all(connection)

    async def sign_in(self, *, email: str, password: str, address: str, browser: str) -> str:
        """Signs a person in and gives the token for their cookie; only its hash is kept.

        Raises:
            UnauthenticatedError: the e-mail address or the password is wrong.
            ThrottledError: too many attempts with this e-mail address or from this network address.
        """
        email, address = _email_key(email)[:LONGEST_EMAIL], address[:LONGEST_ADDRESS]
        await self._count_attempt(email, address)
        async with self._database.read() as connection:
            account = await accounts.find_by_email(connection, email)
        known = account.password_hash if account and account.active else NOBODY
        if not await asyncio.to_thread(self._matches, known, password) or known is NOBODY:
            raise UnauthenticatedError(
                "The e-mail address or the password is wrong.", hint="Check both and try again."
            )
        assert account is not None  # noqa: S101 (`known` is of an account here)
        return await self._begin_session(account, address, browser)

    async def _count_attempt(self, email: str, address: str) -> None:
        """Counts an attempt as failed before it is tried, so that many at once do not pass.

        Success forgets it.

        Raises:
            ThrottledError: too many attempts with this e-mail address or from this network address.
        """
        now = self._clock()
        async with self._database.write() as connection:
            failures = await sessions.count_failures(connection, email, address, now - THROTTLE_WINDOW)
            if failures[0] < FAILURES_PER_EMAIL and failures[1] < FAILURES_PER_ADDRESS:
                await sessions.add_failure(connection, email, address, now)
                return
        log.warning("sign_in_throttled", address=address)
        raise ThrottledError(
            "Too many attempts to sign in.",
            hint=f"Try again in {int(THROTTLE_WINDOW.total_seconds() // 60)} minutes.",
        )

    async def signed_in(self, token: str) -> SignedIn:
        """Who holds that token.

        Raises:
            UnauthenticatedError: the token is unknown, has expired, or its account was switched off.
        """
        now = self._clock()
        async with self._database.read() as connection:
            session = await sessions.find(connection, _digest(token), now)
            account = await accounts.find(connection, session.account_id) if session else None
            if session is None or account is None or not account.active:
                raise UnauthenticatedError("Nobody is signed in.", hint="Sign in.")
            viewer = await person_of(connection, account)
        if now - session.seen_at > SEEN_EVERY:
            async with self._database.write() as connection:
                await sessions.touch(connection, session.id, now)
        return SignedIn(viewer=viewer, session=session)

    async def sign_out(self, token: str) -> None:
        """Ends the session of that token."""
        async with self._database.write() as connection:
            await sessions.end(connection, token_hash=_digest(token))

    async def list_sessions(self, viewer: Viewer) -> list[Session]:
        """The viewer's own sessions, the latest seen first."""
        async with self._database.read() as connection:
            return await sessions.list_of(connection, viewer.id, self._clock())

    async def revoke_session(self, viewer: Viewer, session_id: str) -> None:
        """Ends one of the viewer's own sessions."""
        async with self._database.write() as connection:
            await sessions.end_of(connection, viewer.id, session_id=session_id)

    async def create_client(self, client_id: str, name: str) -> Client:
        """Creates a client; one that exists is given back as it is."""
        async with self._database.write() as connection:
            known = await clients.find(connection, client_id)
            if known:
                return known
            client = Client(id=client_id, name=name, created_at=self._clock())
            await clients.add(connection, client)
            return client

    async def list_clients(self, viewer: Viewer) -> list[Client]:
        """The clients that the viewer may know of, by name."""
        async with self._database.read() as connection:
            return await clients.list_of(connection, viewer.clients)

    async def find_client(self, client_id: str) -> Client:
        """The client of that id, for the public chat page.

        Raises:
            NotFoundError: there is none.
        """
        async with self._database.read() as connection:
            client = await clients.find(connection, client_id)
        if client is None:
            raise no_client(client_id)
        return client

    async def create_key(
        self, viewer: Viewer, client_id: str, name: str, scopes: Iterable[Scope]
    ) -> tuple[ApiKey, str]:
        """Creates a key for a program of the client; the second value is the key itself, shown this once.

        Raises:
            ForbiddenError: the viewer is no admin.
            NotFoundError: there is no such client.
        """
        viewer.require(Right.KEEP_KEYS)
        secret = KEY_PREFIX + secrets.token_urlsafe(32)
        key = ApiKey(
            id=uuid4().hex,
            client_id=client_id,
            name=name,
            key_hash=_digest(secret),
            beginning=secret[:10],
            scopes=frozenset(scopes),
            created_at=self._clock(),
        )
        async with self._database.write() as connection:
            await self._require_clients(connection, [client_id])
            await api_keys.add(connection, key)
        log.info("api_key_created", key=key.id, client=client_id)
        return key, secret

    async def list_keys(self, viewer: Viewer, client_id: str) -> list[ApiKey]:
        """The client's keys, newest first.

        Raises:
            ForbiddenError: the viewer is no admin.
        """
        viewer.require(Right.KEEP_KEYS)
        async with self._database.read() as connection:
            return await api_keys.list_of(connection, client_id)

    async def revoke_key(self, viewer: Viewer, client_id: str, key_id: str) -> None:
        """Stops a key at once.

        Raises:
            ForbiddenError: the viewer is no admin.
            NotFoundError: there is no such working key.
        """
        viewer.require(Right.KEEP_KEYS)
        async with self._database.write() as connection:
            if not await api_keys.revoke(connection, client_id, key_id, self._clock()):
                raise NotFoundError("There is no such working key.", hint="It may have been revoked before.")
        log.info("api_key_revoked", key=key_id)

    async def program(self, secret: str) -> Viewer:
        """The program that holds that key.

        Raises:
            UnauthenticatedError: the key is unknown or was revoked.
        """
        async with self._database.read() as connection:
            key = await api_keys.find(connection, _digest(secret))
        if key is None:
            raise UnauthenticatedError("The API key is not known.", hint="Ask an admin for a key.")
        return Viewer(id=key.id, name=key.name, program_of=frozenset({key.client_id}), scopes=key.scopes)

    async def _begin_session(self, account: Account, address: str, browser: str) -> str:
        token, now = secrets.token_urlsafe(32), self._clock()
        session = Session(
            id=uuid4().hex,
            token_hash=_digest(token),
            account_id=account.id,
            created_at=now,
            seen_at=now,
            expires_at=now + SESSION_LIFE,
            address=address,
            browser=browser[:200],
        )
        async with self._database.write() as connection:
            await sessions.forget_expired(connection, now, now - THROTTLE_WINDOW)
            await sessions.forget_failures(connection, account.email)
            await sessions.add(connection, session)
        log.info("signed_in", account=account.id)
        return token

    async def _new(self, email: str, name: str, password: str, *, is_admin: bool) -> Account:
        email, name = _email_key(email), readable(name).strip()
        if "@" not in email or len(email) > LONGEST_EMAIL or email != "".join(email.split()):
            raise InputError("That is no e-mail address.", hint="Write it like name@example.com.")
        if not name or len(name) > 200:
            raise InputError("A name has 1 to 200 characters.")
        return Account(
            id=uuid4().hex,
            email=email,
            name=name,
            is_admin=is_admin,
            password_hash=await self._hash(password),
            active=True,
            created_at=self._clock(),
        )

    async def _hash(self, password: str) -> str:
        if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
            raise InputError(
                f"A password has {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters.",
                hint="Three or four unrelated words make a good one.",
            )
        return await asyncio.to_thread(self._hasher.hash, password)

    async def _add(self, connection: AsyncConnection, account: Account, roles: Mapping[str, Role]) -> None:
        if await accounts.find_by_email(connection, account.email):
            raise ConflictError("That e-mail address has an account.", hint="Use another one.")
        await self._require_roles(connection, roles)
        await accounts.add(connection, account, roles)

    async def _require_roles(self, connection: AsyncConnection, roles: Mapping[str, Role]) -> None:
        if Role.ADMIN in roles.values():
            raise InputError("Nobody is admin of one client.", hint="Make them admin of the installation.")
        await self._require_clients(connection, roles)

    async def _require_clients(self, connection: AsyncConnection, client_ids: Iterable[str]) -> None:
        for client_id in sorted(client_ids):
            if await clients.find(connection, client_id) is None:
                raise no_client(client_id)

    def _matches(self, password_hash: str, password: str) -> bool:
        try:
            return self._hasher.verify(password_hash, password)
        except (VerifyMismatchError, InvalidHashError):
            return False


async def person_of(connection: AsyncConnection, account: Account) -> Viewer:
    """The person of that account, with what they may do."""
    return Viewer(
        id=account.id,
        name=account.name,
        is_admin=account.is_admin,
        roles={} if account.is_admin else await accounts.roles_of(connection, account.id),
    )


def _email_key(email: str) -> str:
    return readable(email).strip().lower()


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
