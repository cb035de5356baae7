"""Accounts: the first admin, people and their roles, signing in and out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from coolhead.casework.hours import Hours
from coolhead.errors import ConflictError, NotFoundError, ThrottledError, UnauthenticatedError
from coolhead.services.access import Right, Viewer, no_client
from coolhead.services.audit import record
from coolhead.services.clock import Clock
from coolhead.services.people.joining import (
    LONGEST_EMAIL,
    email_key,
    join,
    new_account,
    require_roles,
    rights_told,
)
from coolhead.services.people.passwords import Passwords, digest, new_token
from coolhead.storage import accounts, clients, invitations, resets, sessions
from coolhead.storage.accounts import Account, Role
from coolhead.storage.audit import Action
from coolhead.storage.clients import Client
from coolhead.storage.database import Database
from coolhead.storage.sessions import Session

log = structlog.get_logger()

LONGEST_ADDRESS = 64
SESSION_LIFE = timedelta(days=14)
SEEN_EVERY = timedelta(minutes=5)
THROTTLE_WINDOW = timedelta(minutes=15)
FAILURES_PER_EMAIL = 8
FAILURES_PER_ADDRESS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """A person's session as a request finds it."""

    viewer: Viewer
    session: Session


class Accounts:
    """The use cases of identity. Passwords are hashed in a thread, so that others need not wait."""

    def __init__(self, database: Database, clock: Clock, passwords: Passwords) -> None:
        self._database = database
        self._clock = clock
        self._passwords = passwords

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
        password_hash = await self._passwords.hash(password)
        account = new_account(email, name, password_hash, self._clock(), is_admin=True)
        async with self._database.write() as connection:
            await accounts.hold_admins(connection)
            if await accounts.count_active_admins(connection):
                raise exists
            await join(connection, account, {}, None)
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
        by: Viewer | None = None,
    ) -> Account:
        """Creates an account with these roles, by client; whether `by` may do so is asked before.

        Raises:
            ConflictError: the e-mail address has an account.
            NotFoundError: there is no such client.
            InputError: the address, the name or the password will not do.
        """
        password_hash = await self._passwords.hash(password)
        account = new_account(email, name, password_hash, self._clock(), is_admin=is_admin)
        async with self._database.write() as connection:
            await join(connection, account, roles or {}, by)
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
            return await accounts.find_by_email(connection, email_key(email))

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

        Switching off, another password and other rights end their sessions; who is no admin any more, or is
        switched off, has invited nobody.

        Raises:
            ForbiddenError: the viewer is no admin.
            InputError: the password will not do.
            NotFoundError: there is no such account or client.
            ConflictError: no admin would be left.
        """
        viewer.require(Right.KEEP_PEOPLE)
        password_hash = None if password is None else await self._passwords.hash(password)
        values = {"is_admin": is_admin, "active": active, "password_hash": password_hash}
        changes = {name: value for name, value in values.items() if value is not None}
        async with self._database.write() as connection:
            await accounts.hold_admins(connection)
            before = await accounts.find(connection, account_id)
            if before is None:
                raise NotFoundError("There is no such account.", hint="Choose someone from the list.")
            roles_before = await accounts.roles_of(connection, account_id)
            if changes:
                await accounts.change(connection, account_id, **changes)
            if roles is not None and roles != roles_before:
                await require_roles(connection, roles)
                await accounts.assign(connection, account_id, roles)
            if await accounts.count_active_admins(connection) == 0:
                raise ConflictError("No admin would be left.", hint="Make somebody else an admin first.")
            told = await self._tell_changes(connection, viewer, before, roles_before, password_hash)
            if told - {Action.SWITCHED_ON}:
                await sessions.end_of(connection, account_id)
                await resets.forget(connection, account_id)
            if before.is_admin and (is_admin is False or active is False):
                await invitations.forget_by(connection, account_id)
        log.info("account_changed", account=account_id)

    async def _tell_changes(
        self,
        connection: AsyncConnection,
        viewer: Viewer,
        before: Account,
        roles_before: Mapping[str, Role],
        password_hash: str | None,
    ) -> set[Action]:
        """Records what is different now; gives what that was."""
        account = await accounts.find(connection, before.id)
        assert account is not None  # noqa: S101 (it was found in this transaction)
        now, told = self._clock(), set[Action]()
        was = rights_told(roles_before, is_admin=before.is_admin)
        rights = rights_told(await accounts.roles_of(connection, before.id), is_admin=account.is_admin)
        if rights != was:
            told.add(Action.RIGHTS_CHANGED)
            await record(
                connection, viewer, Action.RIGHTS_CHANGED, at=now, subject=before.id, was=was, now=rights
            )
        if account.active is not before.active:
            told.add(Action.SWITCHED_ON if account.active else Action.SWITCHED_OFF)
        if password_hash:
            told.add(Action.PASSWORD_CHANGED)
        for action in sorted(told - {Action.RIGHTS_CHANGED}):
            await record(connection, viewer, action, at=now, subject=before.id)
        return told

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
        email, address = email_key(email)[:LONGEST_EMAIL], address[:LONGEST_ADDRESS]
        await self.count_attempt(email, address)
        async with self._database.read() as connection:
            account = await accounts.find_by_email(connection, email)
        known = account.password_hash if account and account.active else None
        if not await self._passwords.fits(password, known):
            await self._refused(account, address)
            raise UnauthenticatedError(
                "The e-mail address or the password is wrong.", hint="Check both and try again."
            )
        assert account is not None  # noqa: S101 (`known` is of an account here)
        return await self.begin_session(account, address=address, browser=browser, way="password")

    async def count_attempt(self, email: str, address: str) -> None:
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
            session = await sessions.find(connection, digest(token), now)
            account = await accounts.find(connection, session.account_id) if session else None
            if session is None or account is None or not account.active:
                raise UnauthenticatedError("Nobody is signed in.", hint="Sign in.")
            viewer = await person_of(connection, account)
        if now - session.seen_at > SEEN_EVERY:
            async with self._database.write() as connection:
                await sessions.touch(connection, session.id, now)
        return SignedIn(viewer=viewer, session=session)

    async def sign_out(self, token: str) -> None:
        """Ends the session of that token; nothing happens when there is none."""
        now = self._clock()
        async with self._database.write() as connection:
            session = await sessions.find(connection, digest(token), now)
            account = await accounts.find(connection, session.account_id) if session else None
            if account is None:
                return
            await sessions.end(connection, token_hash=digest(token))
            person = await person_of(connection, account)
            await record(connection, person, Action.SIGNED_OUT, at=now, subject=account.id)

    async def create_client(self, client_id: str, name: str, time_zone: str = "UTC") -> Client:
        """Creates a client with the usual hours in that time zone; one that exists is given back as it is."""
        async with self._database.write() as connection:
            known = await clients.find(connection, client_id)
            if known:
                return known
            hours = Hours(time_zone=time_zone)
            client = Client(id=client_id, name=name, created_at=self._clock(), hours=hours)
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

    async def begin_session(self, account: Account, *, address: str, browser: str, way: str) -> str:
        """Begins a session of somebody who has shown who they are; gives the token for their cookie.

        Args:
            account: as it was when they showed it; must not have changed since.
            address: their network address.
            browser: their User-Agent.
            way: how they showed it, for the audit log.

        Raises:
            UnauthenticatedError: the account has changed meanwhile, or is switched off.
        """
        token, now = new_token(), self._clock()
        session = Session(
            id=uuid4().hex,
            token_hash=digest(token),
            account_id=account.id,
            created_at=now,
            seen_at=now,
            expires_at=now + SESSION_LIFE,
            address=address[:LONGEST_ADDRESS],
            browser=browser[:200],
        )
        async with self._database.write() as connection:
            if not account.active or await accounts.find(connection, account.id) != account:
                raise UnauthenticatedError("Nobody is signed in.", hint="Sign in again.")
            await sessions.forget_expired(connection, now, now - THROTTLE_WINDOW)
            await sessions.forget_failures(connection, account.email)
            await sessions.add(connection, session)
            person = await person_of(connection, account)
            await record(
                connection,
                person,
                Action.SIGNED_IN,
                at=now,
                subject=account.id,
                way=way,
                address=session.address,
            )
        log.info("signed_in", account=account.id)
        return token

    async def _refused(self, account: Account | None, address: str) -> None:
        """Records that somebody did not get in; what they wrote is not kept, it may be a password."""
        subject = account.id if account else ""
        async with self._database.write() as connection:
            await record(
                connection, None, Action.SIGN_IN_FAILED, at=self._clock(), subject=subject, address=address
            )


async def person_of(connection: AsyncConnection, account: Account) -> Viewer:
    """The person of that account, with what they may do."""
    return Viewer(
        id=account.id,
        name=account.name,
        is_admin=account.is_admin,
        roles={} if account.is_admin else await accounts.roles_of(connection, account.id),
    )
