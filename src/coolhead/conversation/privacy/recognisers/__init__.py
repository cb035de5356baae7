"""The recognisers of personal data, one file a kind; each says where it sees its kind, how surely and why.

A recogniser must not know the others: what overlaps is settled in `masking`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from coolhead.conversation.privacy.finding import Finding
from coolhead.conversation.privacy.line import Line
from coolhead.conversation.privacy.recognisers import (
    address,
    bank_account,
    birth_date,
    card,
    email,
    harmless,
    national_id,
    one_time_code,
    password,
    phone,
    postcode,
    security_code,
)


class Recogniser(Protocol):
    """Looks for one kind of thing in a line."""

    @property
    def name(self) -> str:
        """What people call it."""

    def find(self, line: Line) -> Iterable[Finding]:
        """What it sees, by offsets into the line's normal text."""


REGISTRY: tuple[Recogniser, ...] = (
    *card.RECOGNISERS,
    *security_code.RECOGNISERS,
    *bank_account.RECOGNISERS,
    *national_id.RECOGNISERS,
    *phone.RECOGNISERS,
    *email.RECOGNISERS,
    *address.RECOGNISERS,
    *postcode.RECOGNISERS,
    *birth_date.RECOGNISERS,
    *password.RECOGNISERS,
    *one_time_code.RECOGNISERS,
    *harmless.RECOGNISERS,
)
