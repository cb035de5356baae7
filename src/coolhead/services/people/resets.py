"""Choosing a new password by a link: asked for by mail, or made by an admin to hand over."""

from __future__ import annotations

from datetime import timedelta

import structlog

from coolhead.errors import NotFoundError, ThrottledError
from coolhead.services.access import Right, Viewer
from coolhead.services.audit import record
from coolhead.services.clock import Clock
from coolhead.services.people.accounts import LONGEST_ADDRESS, Accounts, person_of
from coolhead.services.people.joining import LONGEST_EMAIL, email_key
from coolhead.services.people.passwords import Passwords, digest, new_token
from coolhead.services.people.sessions import set_password
from coolhead.services.sending import mail
from coolhead.storage import accounts, resets
from coolhead.storage.audit import Action
from coolhead.storage.database import Database

log = structlog.get_logger()

LINK_LIFE = timedelta(hours=1)
THROTTLED_AS = "reset:"
LETTER = """Hello {name},

somebody, probably you, asked for a new password for Coolhead. Choose it here within an hour:

{link}

If it was not you, do nothing: your password stays as it is.
"""


class Resets:
    """The use cases of links with which people choose a password.

    `address` is where people reach this installation; a link in a letter is never made from what a request
    says of itself. Where it is empty, or without a mail server, links are made by admins only.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        passwords: Passwords,
        people: Accounts,
        *,
        address: str,
        mail_is_on: bool,
    ) -> None:
        self._database = database
        self._clock = clock
        self._passwords = passwords
        self._people = people
        self._address = address
        self.by_mail = mail_is_on and bool(address)

    async def ask(self, email: str, address: str) -> None:
        """Sends a link to the account of that e-mail address; nothing tells who asks whether there is one.

        Asked too often, with an e-mail address or from a network address, it does nothing. Call it after the
        answer was given, so that not even the time it takes tells.
        """
        if not self.by_mail:
            return
        email, address = email_key(email)[:LONGEST_EMAIL], address[:LONGEST_ADDRESS]
        try:
            await self._people.count_attempt(THROTTLED_AS + email, address)
        except ThrottledError:
            return
        now, token = self._clock(), new_token()
        async with self._database.write() as connection:
            await resets.forget_expired(connection, now)
            account = await accounts.find_by_email(connection, email)
            if account is None or not account.active:
                return
            await resets.add(connection, digest(token), account.id, now + LINK_LIFE)
            text = LETTER.format(name=account.name, link=f"{self._address}{path_of(token)}")
            await mail.put(connection, None, account.email, "A new password for Coolhead", text, now)
            await record(connection, None, Action.RESET_ASKED, at=now, subject=account.id, address=address)
        log.info("reset_asked", account=account.id)

    async def make(self, viewer: Viewer, account_id: str) -> str:
        """A link's token for an admin to hand over to the person of the account.

        Raises:
            ForbiddenError: the viewer is no admin.
            NotFoundError: there is no such account that can sign in.
        """
        viewer.require(Right.KEEP_PEOPLE)
        now, token = self._clock(), new_token()
        async with self._database.write() as connection:
            account = await accounts.find(connection, account_id)
            if account is None or not account.active:
                raise NotFoundError("There is no such account.", hint="Choose someone from the list.")
            await resets.add(connection, digest(token), account_id, now + LINK_LIFE)
            await record(connection, viewer, Action.RESET_ASKED, at=now, subject=account_id)
        return token

    async def check(self, token: str) -> None:
        """Passes a token that is still good.

        Raises:
            NotFoundError: it was used or has expired.
        """
        async with self._database.read() as connection:
            if await resets.find(connection, digest(token), self._clock()) is None:
                raise _spent()

    async def use(self, token: str, password: str) -> None:
        """Sets the password of the token's account and ends its sessions; the token is used up.

        Raises:
            InputError: the password will not do; the token stays good.
            NotFoundError: the token was used or has expired.
        """
        await self.check(token)
        password_hash = await self._passwords.hash(password)
        now = self._clock()
        async with self._database.write() as connection:
            account_id = await resets.use(connection, digest(token), now)
            account = await accounts.find(connection, account_id) if account_id else None
            if account is None or not account.active:
                raise _spent()
            person = await person_of(connection, account)
            await set_password(connection, account.id, password_hash)
            await record(connection, person, Action.PASSWORD_CHANGED, at=now, subject=account.id, way="link")
        log.info("password_reset", account=account.id)


def path_of(token: str) -> str:
    """The path of a link; the token stands in it so that it can be handed over as one piece."""
    return f"/new-password/{token}"


def _spent() -> NotFoundError:
    return NotFoundError("This link is no longer good.", hint="Ask for a new one.")
