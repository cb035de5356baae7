from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from coolhead.casework.wrap_up import Change, Disposition, compare, peak, proposed
from coolhead.codebook import Heat, Issue, Resolved
from coolhead.picture.state import HeatPoint, Picture


def test_what_is_clear_is_proposed() -> None:
    picture = replace(
        Picture(),
        issue={Issue.BILLING: 0.6, Issue.OTHER: 0.4},
        resolved={Resolved.YES: 0.2, Resolved.PARTLY: 0.5, Resolved.NO: 0.3},
    )
    assert proposed(picture) == Disposition(issue=Issue.BILLING, outcome=Resolved.PARTLY)


def test_what_is_not_clear_is_left_to_the_agent() -> None:
    assert proposed(Picture()) == Disposition(issue=None, outcome=None)
    vague = replace(Picture(), issue={Issue.BILLING: 0.3, Issue.OUTAGE: 0.2})
    assert proposed(vague).issue is None
    assert proposed(replace(Picture(), issue={Issue.OTHER: 0.9})).issue is None


def test_the_hottest_moment_is_the_peak() -> None:
    course = tuple(
        HeatPoint(turn_id=str(number), number=number, level=level, score=10.0)
        for number, level in enumerate((Heat.TENSE, Heat.ANGRY, Heat.CALM))
    )
    assert peak(replace(Picture(), course=course)) is Heat.ANGRY
    assert peak(Picture()) is Heat.CALM


def test_two_notes_are_compared_word_by_word() -> None:
    passages = compare("Refund agreed for Monday.", "Refund paid for Monday, by card.")
    assert [(each.change, each.text.strip()) for each in passages if each.change is not Change.KEPT] == [
        (Change.REMOVED, "agreed"),
        (Change.ADDED, "paid"),
        (Change.REMOVED, "Monday."),
        (Change.ADDED, "Monday, by card."),
    ]


def test_notes_with_little_in_common_are_told_one_after_the_other() -> None:
    before, after = "They came about a bill, and left.", "Parcel found; a card was sent."
    assert [(each.change, each.text) for each in compare(before, after)] == [
        (Change.REMOVED, before),
        (Change.ADDED, after),
    ]


@given(st.text(), st.text())
def test_a_comparison_holds_both_notes(before: str, after: str) -> None:
    passages = compare(before, after)
    assert "".join(each.text for each in passages if each.change is not Change.ADDED) == before
    assert "".join(each.text for each in passages if each.change is not Change.REMOVED) == after
