"""What questions ask for by their words, and what only sounds like a question."""

from __future__ import annotations

from importlib import resources

import pytest
from pydantic import ValidationError
from ruamel.yaml import YAML

from coolhead.practice.hearing.asking import FILE, AskingFile, topics
from coolhead.practice.hearing.clause import Role, clauses_of
from coolhead.practice.hearing.form import question_in
from coolhead.practice.hearing.question_form import form_of
from coolhead.practice.hearing.request import requests_of
from coolhead.practice.hearing.shorthand import written_out
from coolhead.practice.seen import Request
from coolhead.practice.topic import Topic


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("whats ur account no?", Topic.NUMBER),
        ("Under which name did you book?", Topic.NAME),
        ("Is it in your name?", Topic.HOLDER),
        ("Who did you talk to at our company?", Topic.WHO),
        ("Did they say why?", Topic.EXPLANATION),
        ("Did somebody say they'd get back to you?", Topic.PROMISED),
        ("When was it supposed to arrive?", Topic.PROMISED),
        ("Did we let you know beforehand?", Topic.NOTICE),
        ("Has that happened more than once?", Topic.BEFORE),
        ("Have you lost any money because of it?", Topic.COSTS),
        ("How are you managing for now?", Topic.MEANTIME),
        ("What would happen if it's late?", Topic.STAKES),
        ("What are you most afraid of?", Topic.WORST),
        ("Do you have family who can help?", Topic.HOUSEHOLD),
        ("Did you book online or by phone?", Topic.HOW_MADE),
        ("Is there anyone who can confirm that?", Topic.WITNESS),
        ("How long have you been with us?", Topic.CUSTOMER_SINCE),
        ("What time was it?", Topic.TIME),
        ("What time suits you?", Topic.AVAILABLE),
        ("Why do you think that happened?", Topic.CAUSE),
        ("Did that help?", Topic.RESULT),
        ("Is it still the same?", Topic.STILL),
        ("What should we have done?", Topic.EXPECTED),
        ("Would an apology be enough?", Topic.COMPENSATION),
        ("And what did you say?", Topic.SAID),
        ("Has anybody apologised to you?", Topic.APOLOGISED),
        ("Have I missed anything?", Topic.MORE),
        ("Why do you need it so soon?", Topic.REASON),
        ("And then?", Topic.WHAT_HAPPENED),
        ("u ok?", Topic.SAFETY),
        ("Could I have your number once more?", Topic.NUMBER),
        ("Can you give me an approximate date?", Topic.DATE),
        ("What do you have that shows it?", Topic.EVIDENCE),
        ("Is it the delay that hurts most, or the tone?", Topic.WORST),
        ("Would a phone call or an e-mail suit you better?", Topic.CONTACT),
        ("This isn't the first time", Topic.BEFORE),
    ],
)
def test_words_tell_first_what_a_question_is_about(question: str, topic: Topic) -> None:
    assert topics(written_out(question))[:1] == (topic,)


@pytest.mark.parametrize(
    ("role", "said"),
    [
        (Role.ASKS, "Could you go through it step by step with me?"),
        (Role.ASKS, "Would you mind telling me what happened?"),
        (Role.ASKS, "Can you upload the photo?"),
        (Role.ASKS, "Which number can we ring you on?"),
        (Role.ASKS, "What would you like us to do?"),
        (Role.ASKS, "any proof"),
        (Role.ASKS, "name please"),
        (Role.ASKS, "May I ask you to go through it step by step?"),
        (Role.ASKS, "Can you give me one example?"),
        (Role.ASKS, "Mind if I ask who you spoke to?"),
        (Role.ASKS, "what time suits you for a call"),
        (Role.ASKS, "best number to reach you on"),
        (Role.ASKS, "While I open your file, could you tell me what you were promised?"),
        (Role.PROPOSES, "Can you give me a minute to look into it?"),
        (Role.PROPOSES, "Would you mind if I called you back tomorrow?"),
        (Role.PROPOSES, "Could you hold for a moment please?"),
        (Role.PROPOSES, "Could I check a few details with you?"),
        (Role.PROPOSES, "Shall I explain how it works?"),
        (Role.PROPOSES, "Would you like me to call you tomorrow?"),
    ],
)
def test_who_does_the_deed_decides_whether_it_is_asked_or_offered(role: Role, said: str) -> None:
    assert [each.role for each in clauses_of(said)] == [role]


@pytest.mark.parametrize("said", ["What I can do is look at it", "When it suits you, ring me", "What a day."])
def test_a_statement_that_begins_like_a_question_is_none(said: str) -> None:
    assert not any(each.asks for each in clauses_of(said))


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("If it isn't too much trouble, could I take your postcode?", "could I take your postcode?"),
        ("Although it's tiring, when did it begin?", "when did it begin?"),
        ("If it doesn't come in time, what happens?", "If it doesn't come in time, what happens?"),
        ("Since when is that, and has it got worse?", "Since when is that, and has it got worse?"),
    ],
)
def test_what_stands_before_a_question_is_no_part_of_it(question: str, left: str) -> None:
    assert question_in(question) == left


@pytest.mark.parametrize(
    ("request_", "said"),
    [
        (Request.REPEAT, "Could you repeat that please?"),
        (Request.YOUR_TURN, "Do you have any questions for me?"),
        (Request.RELATION, "Are you angry with me?"),
        (Request.DEED, "Could you try again now?"),
        (Request.CONSENT, "How does that sound?"),
    ],
)
def test_a_request_is_known_by_its_words(request_: Request, said: str) -> None:
    assert requests_of(clauses_of(said)[-1]) == (request_,)


@pytest.mark.parametrize(
    ("question", "form"),
    [
        ("How long is the rope?", "form_long"),
        ("How many are there?", "form_many"),
        ("When does the moon rise?", "form_when"),
        ("Whose cat is it?", "form_who"),
        ("Could you juggle?", "form_can"),
        ("Did you happen to keep the box?", "form_have"),
        ("Is it round?", "form_yes_no"),
        ("It's round, isn't it?", "form_tag"),
        ("Is it round or flat?", "form_either"),
        ("Is there anything I got wrong?", "form_fault"),
        ("Where are you at the moment?", "form_where_you"),
    ],
)
def test_any_question_has_a_form(question: str, form: str) -> None:
    assert form_of(question) == form


@pytest.mark.parametrize("expression", ["(", "[a-"])
def test_an_expression_that_cannot_be_read_is_named(expression: str) -> None:
    with pytest.raises(ValidationError, match="no regular expression"):
        AskingFile(topics={Topic.WHO: (expression,)})


def test_each_topic_has_expressions_and_none_stands_twice() -> None:
    file = resources.files("coolhead.practice").joinpath("content").joinpath(FILE)
    told = AskingFile.model_validate(YAML(typ="safe").load(file.read_text(encoding="utf-8"))).topics
    assert {*told} == {*Topic}
    assert all(len(words) == len(set(words)) for words in told.values())
