"""What is asked, and what counts as its answer."""

from __future__ import annotations

import pytest

from coolhead.codebook import Technique
from coolhead.picture.questions import unanswered
from coolhead.picture.sentence import questions_in, sentences
from tests.picture.lines import agent, customer, hear

ASK = Technique.CLARIFYING_QUESTION


def test_the_customer_answers_what_the_agent_asked() -> None:
    picture = hear(
        agent("Sorry about that. Which model is it?", ASK),
        customer("It's the X200, the grey one."),
    )[-1].picture
    assert [(q.text, q.by_customer, q.answered_by) for q in picture.questions] == [
        ("Which model is it?", False, "t1")
    ]


def test_a_question_back_is_no_answer() -> None:
    picture = hear(agent("Which model is it?", ASK), customer("Why do you need that?"))[-1].picture
    assert [q.text for q in unanswered(picture.questions, by_customer=False)] == ["Which model is it?"]


def test_only_telling_something_answers_the_customer() -> None:
    asked = customer("When will it come?")
    dodged = hear(asked, agent("I do understand how that feels.", Technique.EMPATHY))[-1].picture
    told = hear(asked, agent("It left Leeds this morning.", Technique.EXPLAINS))[-1].picture
    assert [q.text for q in unanswered(dodged.questions, by_customer=True)] == ["When will it come?"]
    assert not unanswered(told.questions, by_customer=True)


def test_an_answer_that_comes_too_late_is_none() -> None:
    chat = [customer("And the deposit?"), *[customer("Hm, right then.")] * 4]
    assert unanswered(
        hear(*chat, agent("It is open.", Technique.EXPLAINS))[-1].picture.questions, by_customer=True
    )


@pytest.mark.parametrize(
    "text", ["Are you kidding me?", "How many times must I say it?", "Really?", "You will fix it, right?"]
)
def test_anger_in_the_form_of_a_question_asks_nothing(text: str) -> None:
    assert hear(customer(text, 3))[-1].picture.questions == ()


def test_offers_and_small_talk_of_the_agent_are_no_questions() -> None:
    picture = hear(
        agent("Shall I send a new one?", ASK),
        agent("How are you today?", Technique.GREETING),
    )[-1].picture
    assert picture.questions == ()


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("I paid on Monday. When does it arrive? I need it.", ["When does it arrive?"]),
        ("well it was due at nine and what time will he come", ["what time will he come"]),
        ("It was due at nine. He did not come.", []),
        ("thank you so much", []),
    ],
)
def test_questions_are_found_with_and_without_punctuation(text: str, asked: list[str]) -> None:
    assert questions_in(text) == asked


def test_titles_and_abbreviations_end_no_sentence() -> None:
    assert sentences("Dr. Osei rang. Mr. Hall did not!  \n Why?") == [
        "Dr. Osei rang.",
        "Mr. Hall did not!",
        "Why?",
    ]
