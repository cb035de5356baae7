"""Proof of a deletion: what each receipt's hash is taken over, and whether a row of receipts is whole.

Each receipt holds the hash of the one before it, so none can be changed, left out or put in without its
successors showing it. A receipt tells what went, when and by whom; nothing of whose it was.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What is proven; `hash` is empty until it is taken."""

    number: int
    customer_id: str
    at: datetime
    by: str
    request: str
    counts: Mapping[str, int]
    previous: str
    hash: str = ""


def hash_of(receipt: Receipt) -> str:
    """The SHA-256 of the receipt, as 64 hexadecimal digits.

    Over JSON with sorted keys and no spaces: all of it but the hash itself, the moment in UTC.
    """
    told = {
        "number": receipt.number,
        "customer_id": receipt.customer_id,
        "at": receipt.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "by": receipt.by,
        "request": receipt.request,
        "counts": dict(receipt.counts),
        "previous": receipt.previous,
    }
    text = json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def first_broken(receipts: Sequence[Receipt]) -> int | None:
    """The number of the first receipt, in order from 1, that does not fit; None when all do."""
    previous = ""
    for number, receipt in enumerate(receipts, start=1):
        if (receipt.number, receipt.previous, receipt.hash) != (number, previous, hash_of(receipt)):
            return number
        previous = receipt.hash
    return None
