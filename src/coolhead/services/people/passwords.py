"""Passwords and one-time tokens: made, hashed, compared. Passwords take their time, so a thread does it."""

from __future__ import annotations

import asyncio
import hashlib
import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from coolhead.errors import InputError

SHORTEST = 10
LONGEST = 200
NO_PASSWORD = ""
# Checked where there is no account, so that the answer takes as long; the password to it was random.
NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$MSX7VT/w6O/WzrNvx4+/cA$Os5+Ei1lnmZrvBIsWJkEYxN2j0K5bswq1XMhFe+zdjE"


class Passwords:
    """Hashes with argon2id; `nobody` is a hash with the same costs that no password fits."""

    def __init__(self, hasher: PasswordHasher, nobody: str = NOBODY) -> None:
        self._hasher = hasher
        self._nobody = nobody

    async def hash(self, password: str) -> str:
        """The hash to keep.

        Raises:
            InputError: the password is too short or too long.
        """
        if not SHORTEST <= len(password) <= LONGEST:
            raise InputError(
                f"A password has {SHORTEST} to {LONGEST} characters.",
                hint="Three or four unrelated words make a good one.",
            )
        return await asyncio.to_thread(self._hasher.hash, password)

    async def fits(self, password: str, password_hash: str | None) -> bool:
        """True when the password is that of the hash; takes as long when there is no hash."""
        known = password_hash or self._nobody
        return await asyncio.to_thread(self._verify, known, password) and known is password_hash

    def _verify(self, password_hash: str, password: str) -> bool:
        try:
            return self._hasher.verify(password_hash, password)
        except (VerifyMismatchError, InvalidHashError):
            return False


def new_token() -> str:
    """A token that cannot be guessed (256 bits), for a cookie or a link."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """What is kept of a token: its SHA-256, hexadecimal; good enough because tokens are random and long."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
