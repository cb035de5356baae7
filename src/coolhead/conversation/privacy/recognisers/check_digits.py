"""Check digits that more than one kind of number carries; knows no kind of personal data."""

from __future__ import annotations

_VERHOEFF_D = (
    "0123456789", "1234067895", "2340178956", "3401289567", "4012395678",
    "5987604321", "6598710432", "7659821043", "8765932104", "9876543210",
)  # fmt: skip
_VERHOEFF_P = (
    "0123456789", "1576283094", "5803796142", "8916043527", "9453126870", "4286573901", "2793806415",
    "7046913258",
)  # fmt: skip


def luhn(digits: str) -> bool:
    """True when the last digit is the Luhn check digit (ISO/IEC 7812-1, annex B)."""
    doubled = sum(
        int(d) if i % 2 == 0 else sum(divmod(2 * int(d), 10)) for i, d in enumerate(reversed(digits))
    )
    return doubled % 10 == 0


def verhoeff(digits: str) -> bool:
    """True when the last digit is the Verhoeff check digit, as in Aadhaar."""
    check = 0
    for i, digit in enumerate(reversed(digits)):
        check = int(_VERHOEFF_D[check][int(_VERHOEFF_P[i % 8][int(digit)])])
    return check == 0
