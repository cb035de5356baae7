"""What counts as an offer and as a date: not sympathy, though it names the same things."""

from __future__ import annotations

import pytest

from coolhead.perception.reading import Reading
from coolhead.practice.hearing.clause import clauses_of
from coolhead.practice.hearing.offer import offered
from coolhead.practice.hearing.pledge import timing
from coolhead.practice.scenario import shipped_scenario
from coolhead.practice.seen import Deed


@pytest.mark.parametrize(
    ("text", "remedies"),
    [
        ("We apologise for the wrong bills that nobody would correct.", ()),
        ("I am so sorry about the meter and all three bills.", ()),
        ("We're sorry, and I'll correct all three bills today.", ("correct",)),
    ],
)
def test_to_be_sorry_for_a_thing_is_not_to_offer_it(text: str, remedies: tuple[str, ...]) -> None:
    assert offered(clauses_of(text), shipped_scenario("double-bill")) == remedies


@pytest.mark.parametrize(
    ("text", "deed"),
    [
        ("After three days in the cold, anybody would be worn out.", None),
        ("I'll ring you after three o'clock.", Deed.DATED),
        ("I'll ring you before two tomorrow.", Deed.DATED),
    ],
)
def test_how_long_they_have_waited_is_no_date(text: str, deed: Deed | None) -> None:
    assert timing(text, clauses_of(text), Reading(), offers=False) is deed
