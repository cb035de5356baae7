"""Receipts of deletions: any change, gap or swap shows."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import timedelta

import pytest

from coolhead.casework.erasure import Receipt, first_broken, hash_of
from tests.casework.test_contacts import NOW


def chain(count: int) -> list[Receipt]:
    receipts: list[Receipt] = []
    for number in range(1, count + 1):
        receipt = Receipt(
            number=number,
            customer_id=f"c{number}",
            at=NOW,
            by="Ada",
            request="R-1",
            counts={"turns": number},
            previous=receipts[-1].hash if receipts else "",
        )
        receipts.append(replace(receipt, hash=hash_of(receipt)))
    return receipts


def test_a_whole_row_of_receipts_fits() -> None:
    assert first_broken([]) is None
    assert first_broken(chain(3)) is None


@pytest.mark.parametrize(
    "change",
    [
        {"at": NOW + timedelta(microseconds=1)}, {"by": "Eve"}, {"counts": {"turns": 9}}, {"request": ""},
        {"customer_id": "x"}, {"hash": "0" * 64}, {"previous": "0" * 64},
    ],
)  # fmt: skip
def test_a_changed_receipt_shows(change: dict[str, object]) -> None:
    receipts = chain(3)
    receipts[1] = replace(receipts[1], **change)  # type: ignore[arg-type]  # any field of a receipt
    assert first_broken(receipts) == 2


def test_a_changed_receipt_that_was_hashed_again_shows_in_the_next() -> None:
    receipts = chain(3)
    forged = replace(receipts[1], by="Eve")
    receipts[1] = replace(forged, hash=hash_of(forged))
    assert first_broken(receipts) == 3


def test_a_missing_and_a_swapped_receipt_show() -> None:
    first, second, third = chain(3)
    assert first_broken([first, third]) == 2
    assert first_broken([second, first, third]) == 1


def test_others_can_check_the_hash_by_what_is_documented() -> None:
    text = (
        '{"at":"2026-03-18T14:20:00.000000+00:00","by":"Ada","counts":{"turns":1},"customer_id":"c1",'
        '"number":1,"previous":"","request":"R-1"}'
    )
    assert chain(1)[0].hash == hashlib.sha256(text.encode()).hexdigest()
