"""Signing in with the account of another service (OpenID Connect): who of there is whom here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from coolhead.errors import ForbiddenError
from coolhead.services.access import Right, Viewer
from coolhead.services.audit import record
from coolhead.services.clock import Clock
from coolhead.services.people.accounts import Accounts, person_of
from coolhead.services.people.joining import email_key, join, new_account
from coolhead.services.people.passwords import NO_PASSWORD
from coolhead.storage import accounts, identities, invitations
from coolhead.storage.accounts import Account
from coolhead.storage.audit import Action
from coolhead.storage.database import Database

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """A sign-in that has begun; the browser keeps it until the person comes back.

    Attributes:
        url: where the browser is sent.
        state: ties what comes back to this browser.
        nonce: ties the provider's word to this sign-in.
        verifier: the secret of PKCE.
    """

    url: str
    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """What the provider says of the person, checked.

    Attributes:
        issuer: the provider.
        subject: its own, lasting name for the person.
        email: empty when it does not tell.
        email_verified: True only when it says that it has checked that the address is theirs.
        name: may be empty.
    """

    issuer: str
    subject: str
    email: str
    email_verified: bool
    name: str


class Provider(Protocol):
    """A service that knows who somebody is."""

    async def begin(self) -> Begun:
        """Prepares a sign-in.

        Raises:
            SetupError: the provider cannot be reached, or says what it may not.
        """

    async def finish(self, begun: Begun, answer: Mapping[str, str]) -> Claims:
        """Checks what the browser brings back from the provider.

        Raises:
            ForbiddenError: the provider refused, or what came back is not right.
            SetupError: the provider cannot be reached, or says what it may not.
        """


class SingleSignOn:
    """The use cases; `provider` is None where none is set."""

    def __init__(self, database: Database, clock: Clock, people: Accounts, provider: Provider | None) -> None:
        self._database = database
        self._clock = clock
        self._people = people
        self.provider = provider

    async def enter(self, claims: Claims, *, address: str, browser: str) -> str:
        """Signs in whom the claims are of, and gives the token for their cookie.

        Somebody who was here before is known by the provider's name for them. Somebody new is known by an
        e-mail address that the provider has checked: it must have an account or an invitation.

        Raises:
            ForbiddenError: they are nobody here, or the account is switched off or linked to somebody else.
        """
        try:
            async with self._database.write() as connection:
                account = await self._known(connection, claims)
        except ForbiddenError:
            async with self._database.write() as connection:
                now = self._clock()
                await record(connection, None, Action.SIGN_IN_FAILED, at=now, way="oidc", address=address)
            raise
        return await self._people.begin_session(account, address=address, browser=browser, way="oidc")

    async def unlink(self, viewer: Viewer, account_id: str) -> None:
        """Forgets who the account is elsewhere, so that somebody with its e-mail address can be linked anew.

        Raises:
            ForbiddenError: the viewer is no admin.
        """
        viewer.require(Right.KEEP_PEOPLE)
        async with self._database.write() as connection:
            if await identities.unlink(connection, account_id):
                await record(
                    connection, viewer, Action.IDENTITY_UNLINKED, at=self._clock(), subject=account_id
                )

    async def linked(self, viewer: Viewer) -> frozenset[str]:
        """Ids of the accounts that are linked to somebody elsewhere.

        Raises:
            ForbiddenError: the viewer is no admin.
        """
        viewer.require(Right.KEEP_PEOPLE)
        async with self._database.read() as connection:
            return await identities.linked_accounts(connection)

    async def _known(self, connection: AsyncConnection, claims: Claims) -> Account:
        account_id = await identities.find(connection, claims.issuer, claims.subject)
        if account_id is None:
            account: Account | None = await self._link(connection, claims)
        else:
            account = await accounts.find(connection, account_id)
        if account is None or not account.active:
            raise ForbiddenError("Your account here is switched off.", hint="Ask an admin of Coolhead.")
        return account

    async def _link(self, connection: AsyncConnection, claims: Claims) -> Account:
        email = email_key(claims.email)
        if not email or not claims.email_verified or not _is_written_plainly(claims.email):
            raise ForbiddenError(
                "Your sign-in service does not vouch for your e-mail address.",
                hint="Ask who runs it to confirm your address there.",
            )
        account = await accounts.find_by_email(connection, email) or await self._invited(connection, claims)
        if await identities.is_linked(connection, claims.issuer, account.id):
            raise ForbiddenError(
                "The account with your e-mail address belongs to another person of your sign-in service.",
                hint="Ask an admin of Coolhead to unlink it.",
            )
        now = self._clock()
        await identities.add(connection, claims.issuer, claims.subject, account.id, now)
        person = await person_of(connection, account)
        await record(
            connection, person, Action.IDENTITY_LINKED, at=now, subject=account.id, issuer=claims.issuer
        )
        log.info("identity_linked", account=account.id)
        return account

    async def _invited(self, connection: AsyncConnection, claims: Claims) -> Account:
        now, email = self._clock(), email_key(claims.email)
        invitation = await invitations.find_by_email(connection, email, now)
        if invitation is None or await invitations.take_out(connection, invitation.id) is None:
            raise ForbiddenError(
                "There is no account here for your e-mail address.", hint="Ask an admin for an invitation."
            )
        name = invitation.name or claims.name[:200].strip() or email[:200]
        account = new_account(email, name, NO_PASSWORD, now, is_admin=invitation.is_admin)
        await join(connection, account, invitation.roles, None)
        return account


def _is_written_plainly(email: str) -> bool:
    """False for an address with a letter that is another one in small letters (the sign of kelvin: k).

    To the provider that is another address than the one by which an account is found here.
    """
    return email_key(email).isascii() is email.isascii()
