"""Answers in kind: an e-mail for an e-mail, a person for "who", a letter for a letter."""

from __future__ import annotations

import pytest

from coolhead.practice.replying.in_kind import in_kind
from coolhead.practice.stock import stock
from coolhead.practice.topic import Topic

PHONE = ("Ring me on 0555 017 309.",)


@pytest.mark.parametrize(
    ("question", "topic", "kind"),
    [
        ("What e-mail address shall I send it to?", Topic.CONTACT, "kind_email"),
        ("When could we ring you?", Topic.AVAILABLE, "kind_when"),
        ("And the postcode?", Topic.ADDRESS, "kind_postcode"),
        ("May I have your date of birth?", Topic.IDENTITY, "kind_birth"),
        ("Which of our people was that?", Topic.WHO, "who"),
    ],
)
def test_what_is_of_another_kind_is_not_said(question: str, topic: Topic, kind: str) -> None:
    assert in_kind(question, topic, PHONE, {}) == stock()[kind]


def test_the_wording_of_the_kind_is_chosen() -> None:
    lines = ("They sent me on.", "A lady at the desk sent me on.")
    assert in_kind("Who sent you on?", Topic.WHO, lines, {}) == lines[1:]


def test_the_scenarios_own_answer_comes_before_anybodys() -> None:
    answers = {Topic.NOTICE: ("Only a text, on Monday.",)}
    found = in_kind("Was there any letter about it?", Topic.EVIDENCE, ("The number is 12.",), answers)
    assert found == answers[Topic.NOTICE]


def test_a_question_for_nothing_in_particular_takes_any_wording() -> None:
    assert in_kind("How can I reach you?", Topic.CONTACT, PHONE, {}) == PHONE


def test_what_the_scenario_says_elsewhere_of_the_topic_stands_in() -> None:
    answers = {Topic.ADDRESS: ("The postcode is VE5 0LL.", "You know the house.")}
    assert (
        in_kind("And the postcode?", Topic.ADDRESS, ("Kantorgasse 5.",), answers)
        == answers[Topic.ADDRESS][:1]
    )


def test_the_day_of_the_last_call_is_told_where_it_is_asked_for() -> None:
    lines = ("The last day I rang was Monday.", "It happened on Friday.")
    assert in_kind("What day was that?", Topic.DATE, lines, {}) == lines[1:]
    assert in_kind("When did you last ring?", Topic.DATE, lines, {}) == lines[:1]
    assert (
        in_kind("When did you last hear anything?", Topic.DATE, lines[1:], {Topic.DATE: lines}) == lines[:1]
    )


def test_a_photo_is_no_receipt() -> None:
    lines = ("I have eleven photos.", "There's the report from the airport.")
    assert in_kind("Is there a receipt for it?", Topic.EVIDENCE, lines, {}) == lines[1:]
    assert in_kind("Have you a picture of it?", Topic.EVIDENCE, lines[:1], {}) == lines[:1]


def test_who_waits_for_an_answer_tells_of_answers() -> None:
    lines = ("I wasn't given a date.", "Nobody has called back.")
    assert in_kind("You're still waiting for an answer, aren't you?", Topic.PROMISED, lines, {}) == lines[1:]
