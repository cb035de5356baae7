"""Invitations: a link with which somebody makes their own account, in the roles meant for them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from uuid import uuid4

import structlog

from coolhead.errors import ConflictError, NotFoundError
from coolhead.services.access import Right, Viewer
from coolhead.services.audit import record
from coolhead.services.clock import Clock
from coolhead.services.people.joining import (
    email_given,
    join,
    name_given,
    new_account,
    require_roles,
    rights_told,
)
from coolhead.services.people.passwords import Passwords, digest, new_token
from coolhead.services.sending import mail
from coolhead.storage import accounts, invitations
from coolhead.storage.accounts import Account, Role
from coolhead.storage.audit import Action
from coolhead.storage.database import Database
from coolhead.storage.invitations import Invitation

log = structlog.get_logger()

LIFE = timedelta(days=7)
LETTER = """Hello {name},

{inviter} invites you to Coolhead. Make your account here within seven days:

{link}
"""


class Invitations:
    """The use cases of invitations; `address` is where people reach this installation, for letters."""

    def __init__(
        self, database: Database, clock: Clock, passwords: Passwords, *, address: str, mail_is_on: bool
    ) -> None:
        self._database = database
        self._clock = clock
        self._passwords = passwords
        self._address = address
        self.by_mail = mail_is_on and bool(address)

    async def invite(
        self,
        viewer: Viewer,
        *,
        email: str,
        name: str = "",
        is_admin: bool = False,
        roles: Mapping[str, Role] | None = None,
    ) -> str:
        """Invites somebody, by a letter where mail is on; gives the token of the link, shown this once.

        An earlier invitation of the same address no longer works.

        Raises:
            ForbiddenError: the viewer is no admin.
            ConflictError: the address has an account.
            NotFoundError: there is no such client.
            InputError: the address, the name or a role will not do.
        """
        viewer.require(Right.KEEP_PEOPLE)
        roles, now, token = roles or {}, self._clock(), new_token()
        invitation = Invitation(
            id=uuid4().hex,
            token_hash=digest(token),
            email=email_given(email),
            name=name_given(name) if name.strip() else "",
            is_admin=is_admin,
            roles=roles,
            invited_by=viewer.account_id,
            created_at=now,
            expires_at=now + LIFE,
        )
        async with self._database.write() as connection:
            if await accounts.find_by_email(connection, invitation.email):
                raise ConflictError(
                    "That e-mail address has an account.", hint="Change its roles in the list of people."
                )
            await require_roles(connection, roles)
            await invitations.add(connection, invitation)
            await record(
                connection,
                viewer,
                Action.INVITED,
                at=now,
                subject=invitation.id,
                email=invitation.email,
                rights=rights_told(roles, is_admin=is_admin),
            )
            if self.by_mail:
                text = LETTER.format(
                    name=invitation.name or "there",
                    inviter=viewer.name,
                    link=f"{self._address}{path_of(token)}",
                )
                await mail.put(connection, None, invitation.email, "Your account at Coolhead", text, now)
        log.info("invited", invitation=invitation.id)
        return token

    async def list_open(self, viewer: Viewer) -> list[Invitation]:
        """Those that have not been used and have not expired, the latest first.

        Raises:
            ForbiddenError: the viewer is no admin.
        """
        viewer.require(Right.KEEP_PEOPLE)
        async with self._database.read() as connection:
            return await invitations.list_of(connection, self._clock())

    async def withdraw(self, viewer: Viewer, invitation_id: str) -> None:
        """Makes a link useless.

        Raises:
            ForbiddenError: the viewer is no admin.
            NotFoundError: there is no such invitation.
        """
        viewer.require(Right.KEEP_PEOPLE)
        async with self._database.write() as connection:
            if await invitations.take_out(connection, invitation_id) is None:
                raise NotFoundError("There is no such invitation.", hint="It may have been used.")
            await record(
                connection, viewer, Action.INVITATION_WITHDRAWN, at=self._clock(), subject=invitation_id
            )

    async def find(self, token: str) -> Invitation:
        """The invitation of a link.

        Raises:
            NotFoundError: it was used, was withdrawn or has expired.
        """
        async with self._database.read() as connection:
            invitation = await invitations.find(connection, digest(token), self._clock())
        if invitation is None:
            raise _spent()
        return invitation

    async def accept(self, token: str, *, name: str, password: str) -> Account:
        """Makes the account that the link is for; the link is used up.

        Raises:
            NotFoundError: it was used, was withdrawn or has expired.
            InputError: the name or the password will not do; the link stays good.
            ConflictError: the address has got an account meanwhile.
        """
        invitation = await self.find(token)
        name = name_given(name)
        password_hash = await self._passwords.hash(password)
        now = self._clock()
        account = new_account(invitation.email, name, password_hash, now, is_admin=invitation.is_admin)
        async with self._database.write() as connection:
            taken = await invitations.take_out(connection, invitation.id)
            if taken is None:
                raise _spent()
            await join(connection, account, taken.roles, None)
        log.info("invitation_accepted", account=account.id)
        return account


def path_of(token: str) -> str:
    """The path of a link."""
    return f"/join/{token}"


def _spent() -> NotFoundError:
    return NotFoundError("This invitation is no longer good.", hint="Ask for a new one.")
