"""Sentences are divided where they end, and each clause is taken for what it does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coolhead.practice.hearing.clause import Role, clauses_of
from coolhead.practice.hearing.quantity import quantities
from coolhead.practice.hearing.sentence import clauses, sentences
from coolhead.practice.hearing.shorthand import written_out


@given(st.decimals(min_value=0, max_value=99_999, places=2))
def test_a_sum_is_never_divided(amount: object) -> None:
    assert sentences(f"It is £{amount}. The rest was {amount} euros.") == [
        f"It is £{amount}.",
        f"The rest was {amount} euros.",
    ]


@given(st.text(max_size=200))
def test_nothing_is_lost_in_dividing(text: str) -> None:
    def letters(said: str) -> str:
        return "".join(each for each in said if each.isalnum())

    assert letters("".join(sentences(text))) == letters(text)
    for sentence in sentences(text):
        assert all(each in sentence for each in clauses(sentence))
    clauses_of(written_out(text))


def test_sentences_without_a_space_between_are_divided() -> None:
    assert sentences("Sorry.What happened?And when? Mail me at a.b@example.org.") == [
        "Sorry.", "What happened?", "And when?", "Mail me at a.b@example.org.",
    ]  # fmt: skip


@given(st.text(alphabet="abcdeinorstuvw' ", max_size=60))
def test_what_is_written_out_stays_so(text: str) -> None:
    once = written_out(text)
    assert written_out(once) == once


def test_shorthand_is_written_out() -> None:
    assert written_out("whats ur order no pls") == "what's your order number please"
    assert written_out("we cant do it in 6 wks") == "we can't do it in 6 weeks"


@pytest.mark.parametrize(
    ("role", "said"),
    [
        (Role.ASKS, "what phone is it"),
        (Role.ASKS, "May I ask when it was delivered?"),
        (Role.ASKS, "Could I quickly take your reference?"),
        (Role.ASKS, "I'd just need your booking code."),
        (Role.ASKS, "was anyone in on Friday"),
        (Role.ASKS, "Is everybody all right?"),
        (Role.PROPOSES, "Would a new number help?"),
        (Role.PROPOSES, "Would nine suit you?"),
        (Role.PROPOSES, "How about we send somebody?"),
        (Role.PROPOSES, "Why don't I ring you at four?"),
        (Role.PROPOSES, "Couldn't your neighbour do it?"),
        (Role.RESTATES, "So if I understand, the dryers are gone."),
        (Role.RESTATES, "You were promised a call."),
        (Role.RESTATES, "you ordered it six weeks ago?"),
        (Role.RESTATES, "Ah so they want money for it?"),
        (Role.RESTATES, "You'd like the old one back."),
        (Role.REFUSES, "I'm afraid we can't do that."),
        (Role.REFUSES, "We don't give refunds."),
        (Role.REFUSES, "Nothing can be changed on this ticket."),
        (Role.RELIEVES, "You don't have to pay."),
        (Role.RELIEVES, "Nothing will be taken from your account."),
        (Role.RECOUNTS, "The parcel was signed for."),
        (Role.TELLS, "Our team will put it right."),
        (Role.TELLS, "The machines go back in on Wednesday."),
        (Role.TELLS, "No problem, it's done at no cost."),
        (Role.TELLS, "So I'll send you another."),
        (Role.TELLS, "Your account has been unblocked."),
    ],
)
def test_a_clause_is_taken_for_what_it_does(role: Role, said: str) -> None:
    assert [each.role for each in clauses_of(written_out(said))][-1] is role


def test_each_clause_of_a_sentence_does_its_own() -> None:
    said = "I can't lift it today, but you don't have to wait: I'll pay the wages out, and what else is due?"
    assert [each.role for each in clauses_of(said)] == [Role.REFUSES, Role.RELIEVES, Role.TELLS, Role.ASKS]


def test_what_stands_beside_a_check_is_said_back() -> None:
    after = clauses_of("Let me make sure I have it. Three bills now. The meter on them is another one.")
    before = clauses_of("Three bills now. The meter on them is another one. Have I got that right?")
    assert [each.role for each in (*after, *before)] == [Role.RESTATES] * 6
    assert clauses_of("I'll correct all three. Is that all right?")[0].role is Role.TELLS


@pytest.mark.parametrize(
    "said", ["May I ask you?", "This may be.", "It may not.", "March on!", "You may, may you?"]
)
def test_a_verb_is_no_month(said: str) -> None:
    assert quantities(said) == ()


@pytest.mark.parametrize("said", ["in May", "on 3 May", "the 2nd of may", "since may", "last May", "May 5th"])
def test_a_month_is_one(said: str) -> None:
    assert [each.text.lower() for each in quantities(said) if each.kind == "month"] == ["may"]
