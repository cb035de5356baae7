"""Where people are signed in: their own sessions and password; for admins those of others."""

from __future__ import annotations

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from coolhead.errors import InputError, NotFoundError, UnauthenticatedError
from coolhead.services.access import Right, Viewer
from coolhead.services.audit import record
from coolhead.services.clock import Clock
from coolhead.services.people.accounts import Accounts, SignedIn
from coolhead.services.people.passwords import Passwords
from coolhead.storage import accounts, resets, sessions
from coolhead.storage.accounts import Account
from coolhead.storage.audit import Action
from coolhead.storage.database import Database
from coolhead.storage.sessions import Session

log = structlog.get_logger()


class Sessions:
    """The use cases around sessions that go on."""

    def __init__(self, database: Database, clock: Clock, passwords: Passwords, people: Accounts) -> None:
        self._database = database
        self._clock = clock
        self._passwords = passwords
        self._people = people

    async def list_of(self, viewer: Viewer, account_id: str | None = None) -> list[Session]:
        """The sessions of the viewer, or of that account, the latest seen first.

        Raises:
            ForbiddenError: the account is another's, and the viewer is no admin.
            NotFoundError: there is no such account.
        """
        whose = _whose(viewer, account_id)
        async with self._database.read() as connection:
            await _existing(connection, whose)
            return await sessions.list_of(connection, whose, self._clock())

    async def end(
        self,
        viewer: Viewer,
        *,
        account_id: str | None = None,
        session_id: str | None = None,
        but: str | None = None,
    ) -> None:
        """Ends sessions of the viewer, or of that account: one of them, or all but one, or all.

        Raises:
            ForbiddenError: the account is another's, and the viewer is no admin.
            NotFoundError: there is no such account or session.
        """
        whose = _whose(viewer, account_id)
        now = self._clock()
        async with self._database.write() as connection:
            await _existing(connection, whose)
            ended = await sessions.end_of(connection, whose, session_id=session_id, but=but)
            if session_id and not ended:
                raise NotFoundError("There is no such session.", hint="It may have ended before.")
            if ended:
                await record(connection, viewer, Action.SESSIONS_ENDED, at=now, subject=whose, sessions=ended)
        log.info("sessions_ended", account=whose, sessions=ended)

    async def change_password(self, own: SignedIn, *, present: str, new: str) -> str:
        """Another password for oneself; every session ends, and the token is that of a new one.

        Raises:
            UnauthenticatedError: the present password is wrong.
            ThrottledError: it was wrong too often.
            InputError: the new password will not do.
        """
        viewer, session = own.viewer, own.session
        async with self._database.read() as connection:
            account = await _existing(connection, viewer.id)
        await self._people.count_attempt(account.email, session.address)
        if not await self._passwords.fits(present, account.password_hash):
            raise UnauthenticatedError("The present password is wrong.", hint="Try again.")
        if new == present:
            raise InputError("The new password is the present one.", hint="Choose another.")
        password_hash = await self._passwords.hash(new)
        async with self._database.write() as connection:
            await set_password(connection, account.id, password_hash)
            await record(connection, viewer, Action.PASSWORD_CHANGED, at=self._clock(), subject=account.id)
            renewed = await _existing(connection, account.id)
        return await self._people.begin_session(
            renewed, address=session.address, browser=session.browser, way="new password"
        )


async def set_password(connection: AsyncConnection, account_id: str, password_hash: str) -> None:
    """Gives the account another password; its sessions, and links to choose one, end."""
    await accounts.change(connection, account_id, password_hash=password_hash)
    await sessions.end_of(connection, account_id)
    await resets.forget(connection, account_id)


def _whose(viewer: Viewer, account_id: str | None) -> str:
    if account_id is None or account_id == viewer.id:
        return viewer.id
    viewer.require(Right.KEEP_PEOPLE)
    return account_id


async def _existing(connection: AsyncConnection, account_id: str) -> Account:
    account = await accounts.find(connection, account_id)
    if account is None:
        raise NotFoundError("There is no such account.", hint="Choose someone from the list.")
    return account
