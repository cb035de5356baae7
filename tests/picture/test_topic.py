"""What customers came for, as a short phrase of their own words."""

from __future__ import annotations

import pytest

from coolhead.codebook import Issue
from coolhead.picture.topic import key_clause, telegram, topic
from tests.picture.lines import agent, customer, hear


@pytest.mark.parametrize(
    ("clause", "phrase"),
    [
        ("Hi, my parcel still hasn't arrived.", "parcel still hasn't arrived"),
        ("hello i'm calling about the bill for March", "bill for March"),
        ("I've been charged twice for one ticket!", "charged twice for one ticket"),
        ("I need to change the date of my eye test", "change the date of eye test"),
        ("Order #407-1234567 was delivered to a neighbour", "order delivered to a neighbour"),
        ("My app's been frozen since Sunday", "app frozen since Sunday"),
        ("HDMI port is dead", "HDMI port dead"),
        ("it is what it is", ""),
        ("hello there", ""),
        ("Yes.", ""),
    ],
)
def test_a_clause_as_a_telegram(clause: str, phrase: str) -> None:
    assert telegram(clause) == phrase


def test_the_clause_that_says_it_wins_over_greeting_and_small_talk() -> None:
    heard = hear(
        customer("Good morning! Lovely weather."),
        agent("Good morning."),
        customer("It is Jo Hall speaking, and the washing machine you delivered leaks on my floor.", 2),
    )
    assert topic(heard, Issue.PRODUCT_DEFECT) == "washing machine you delivered leaks on floor"
    assert key_clause(heard, Issue.PRODUCT_DEFECT)[1] == "t2"


def test_the_issue_s_plain_name_when_the_words_give_none() -> None:
    heard = hear(customer("Hello? Is anyone there?"))
    assert topic(heard, Issue.ACCOUNT_ACCESS) == "access to an account"
    assert key_clause(heard, Issue.ACCOUNT_ACCESS) == ("Is anyone there?", "t0")
