"""Deeds told from the agent's words."""

from __future__ import annotations

import pytest

from coolhead.picture.deeds import Deed, deeds_in, third_person


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "I've put twenty pound on your meter, so it is back on.",
            "put twenty pound on the customer's meter",
        ),
        ("I have already reversed the charge.", "reversed the charge"),
        ("We refunded both of them this morning.", "refunded both of them this morning"),
        ("i've booked you a cab for six", "booked the customer a cab for six"),
        ("Right, I'm posting the spare key and you keep the old one.", "posting the spare key"),
    ],
)
def test_what_was_done(text: str, words: str) -> None:
    assert deeds_in(text) == [Deed(words, offered=False)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("I can move you to Tuesday, if that helps.", "to move the customer to Tuesday"),
        ("Would you like me to send my colleague?", "to send the agent's colleague"),
        ("Shall I cancel the second one?", "to cancel the second one"),
    ],
)
def test_what_was_offered(text: str, words: str) -> None:
    assert deeds_in(text) == [Deed(words, offered=True)]


@pytest.mark.parametrize(
    "text",
    [
        "I can see the charge.",
        "I've looked at your account.",
        "I'm sorry to hear that.",
        "I understand how you feel.",
        "I am going to check.",
        "Can I have your name, please?",
        "You can send it back.",
    ],
)
def test_what_is_no_deed(text: str) -> None:
    assert deeds_in(text) == []


def test_persons_are_told_as_to_a_colleague() -> None:
    assert third_person("send you your bill when you're back") == (
        "send the customer the customer's bill when the customer is back"
    )
