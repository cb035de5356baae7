"""Amounts of money as documents write them: a currency and whole minor units, never a fraction of them."""

from __future__ import annotations

import re
from dataclasses import dataclass

_EXPONENTS = dict.fromkeys(("BIF", "CLP", "GNF", "ISK", "JPY", "KRW", "PYG", "RWF", "UGX", "VND", "XAF"), 0)
_EXPONENTS |= dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3)
"""Digits after the point by ISO 4217, where they are not two."""

SYMBOLS = {"EUR": "€", "GBP": "£", "USD": "$"}
"""What stands before an amount in place of the code and a space."""

_WRITTEN = re.compile(r"([A-Z]{3}) (\d{1,9})(?:\.(\d{1,3}))?")
WRONG = "write a currency's three letters and an amount, as in EUR 49.90"


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount.

    Attributes:
        currency: the code of ISO 4217.
        minor: in the currency's smallest unit (cents, pence; yen have none smaller).
    """

    currency: str
    minor: int

    @classmethod
    def read(cls, text: str) -> Money:
        """The amount in a text such as "EUR 49.90".

        Raises:
            ValueError: the text is no amount; says how one is written.
        """
        found = _WRITTEN.fullmatch(text)
        if not found:
            raise ValueError(WRONG)
        currency, whole, part = found.groups()
        digits = _exponent(currency)
        if part is not None and len(part) != digits:
            raise ValueError(f"{currency} has {digits or 'no'} digits after the point")
        return cls(currency, int(whole + (part or "0" * digits)))

    def __str__(self) -> str:
        """As documents write it: "EUR 49.90"."""
        return f"{self.currency} {self._amount(always=True)}"

    @property
    def words(self) -> str:
        """As a sentence says it: "€49.90", "€50", "CHF 12"."""
        symbol = SYMBOLS.get(self.currency, f"{self.currency} ")
        return symbol + self._amount(always=False)

    def _amount(self, *, always: bool) -> str:
        digits = _exponent(self.currency)
        whole, part = divmod(self.minor, 10**digits)
        return f"{whole}.{part:0{digits}}" if digits and (part or always) else str(whole)


def _exponent(currency: str) -> int:
    return _EXPONENTS.get(currency, 2)
