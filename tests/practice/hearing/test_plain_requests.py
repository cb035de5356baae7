"""Plain requests and statements to be confirmed, with and without their marks."""

from __future__ import annotations

import pytest

from coolhead.practice.hearing.clause import clauses_of
from coolhead.practice.hearing.question_form import form_of
from coolhead.practice.hearing.sense import Sense, by_words, sense_of
from coolhead.practice.hearing.shorthand import written_out
from coolhead.practice.seen import Request
from coolhead.practice.topic import Topic


def senses(text: str) -> list[Sense]:
    return [sense_of(each, by_words) for each in clauses_of(written_out(text))]


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("postcode and town please", Topic.ADDRESS),
        ("account number first please", Topic.NUMBER),
        ("please go ahead and give me your booking reference", Topic.NUMBER),
        ("Would you kindly confirm your adress?", Topic.ADDRESS),
        ("So I find the right record, could I take your policy number?", Topic.NUMBER),
        ("on which day was it", Topic.DATE),
        ("daytime or night time, can you recall", Topic.TIME),
        ("Could you say it in your own words, quickly?", Topic.WHAT_HAPPENED),
        ("Could you bring me back to when it began?", Topic.WHAT_HAPPENED),
        ("how longs this been going on", Topic.SINCE),
        ("Can I check whether you had any extra costs?", Topic.COSTS),
        ("If our engineer had to visit you, where would he come?", Topic.ADDRESS),
        ("Does anybody else suffer from this?", Topic.HOUSEHOLD),
        ("Has any of us been in contact with you since then?", Topic.PROMISED),
        ("What did our people say when you rang to complain?", Topic.TOLD),
        ("Did you attempt any repair yourself?", Topic.TRIED),
        ("Take me through it step by step, would you?", Topic.WHAT_HAPPENED),
    ],
)
def test_what_is_plainly_requested_is_asked_for(text: str, topic: Topic) -> None:
    assert any(each.asks and each.topics[:1] == (topic,) for each in senses(text))


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("ok so nobody wrote back to you, is that correct", Topic.PROMISED),
        ("Am I right in saying that it has to be done by Friday?", Topic.DEADLINE),
        ("So nobody else has this problem, correct?", Topic.HOUSEHOLD),
    ],
)
def test_a_statement_with_a_tag_asks_for_what_it_states(text: str, topic: Topic) -> None:
    assert any(each.checks and each.asks and each.topics[:1] == (topic,) for each in senses(text))


@pytest.mark.parametrize(
    "text", ["I'll see to it today, yes.", "So I'll send you a new one.", "You're right."]
)
def test_what_only_sounds_like_a_tag_asks_nothing(text: str) -> None:
    assert not any(each.asks for each in senses(text))


def test_a_statement_is_confirmed_as_it_is_put() -> None:
    assert form_of("You paid it twice, didn't you?") == "form_tag"
    assert form_of("You never got it back, did you?") == "form_tag_not"


def test_what_else_to_raise_is_no_offer() -> None:
    (sense,) = senses("Is there another thing you want me to raise with my boss?")
    assert sense.requests == (Request.ANYTHING_ELSE,)


@pytest.mark.parametrize(
    ("text", "request_"),
    [
        ("Would you like me to ring or to stay in the chat?", Request.CHOOSE),
        ("would a letter suit you better, or a call?", Request.CHOOSE),
        ("Was there anything else?", Request.ANYTHING_ELSE),
    ],
)
def test_what_needs_no_fact_is_known_by_its_words(text: str, request_: Request) -> None:
    assert any(request_ in each.requests for each in senses(text))


@pytest.mark.parametrize(
    "text",
    [
        "Was anything else on the booking changed?",
        "Did you order anything else at the same time?",
        "How are you sleeping, all of you?",
        "Can your leave be moved to another week?",
        "Could the parcel have been left with somebody?",
    ],
)
def test_a_question_about_the_matter_is_no_request(text: str) -> None:
    assert all(each.requests == () and each.asks for each in senses(text))
