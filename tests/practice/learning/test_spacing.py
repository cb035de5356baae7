from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from coolhead.practice.learning.spacing import BOXES, PER_DRILL, Card, after, is_due, order

TODAY = date(2026, 11, 19)


def test_a_right_answer_goes_a_box_further_and_a_miss_back_to_the_first() -> None:
    card = after(None, right=True, today=TODAY)
    gaps = [(card.due_on - TODAY).days]
    while card.box < len(BOXES) - 1:
        card = after(card, right=True, today=TODAY)
        gaps.append((card.due_on - TODAY).days)
    assert gaps == [3, 7, 16, 35]
    assert after(card, right=True, today=TODAY).due_on == TODAY + timedelta(days=35)
    assert after(card, right=False, today=TODAY) == Card(box=0, due_on=TODAY + timedelta(days=1))


def test_what_is_due_comes_first_then_what_is_new_then_the_rest() -> None:
    cards = {
        "late": Card(box=1, due_on=TODAY - timedelta(days=9)),
        "due": Card(box=2, due_on=TODAY),
        "far": Card(box=4, due_on=TODAY + timedelta(days=30)),
        "near": Card(box=0, due_on=TODAY + timedelta(days=1)),
    }
    assert order(["far", "new", "due", "near", "fresh", "late"], cards, TODAY) == (
        "late", "due", "new", "fresh", "near", "far",
    )  # fmt: skip


@given(
    st.lists(st.sampled_from([f"i{n}" for n in range(20)]), unique=True),
    st.dictionaries(st.sampled_from([f"i{n}" for n in range(20)]), st.integers(-40, 40)),
)
def test_nothing_due_waits_behind_what_is_not(items: list[str], days: dict[str, int]) -> None:
    cards = {each: Card(box=0, due_on=TODAY + timedelta(days=ahead)) for each, ahead in days.items()}
    chosen = order(items, cards, TODAY)
    assert len(chosen) == len(set(chosen)) == min(PER_DRILL, len(items))
    due = [is_due(cards.get(each), TODAY) for each in chosen]
    assert due == sorted(due, reverse=True)
    if len(items) > PER_DRILL:
        left = set(items) - set(chosen)
        assert not any(is_due(cards.get(each), TODAY) for each in left) or all(due)
