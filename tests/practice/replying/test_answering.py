"""Answers: every topic has one; what is asked again is told in short; a story goes on and ends."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coolhead.practice.act import Act
from coolhead.practice.hearing.quantity import quantities
from coolhead.practice.hearing.question_form import form_of
from coolhead.practice.persona import shipped_persona
from coolhead.practice.replying.fitting import fitting
from coolhead.practice.run import Practice, Run
from coolhead.practice.scenario import Difficulty, Scenario, shipped_scenario, shipped_scenarios
from coolhead.practice.seen import Deed, Seen
from coolhead.practice.stock import stock
from coolhead.practice.topic import Topic

ANYBODYS = {
    Topic.NAME, Topic.WANTS, Topic.FEELING, Topic.WHAT_HAPPENED, Topic.MORE, Topic.HOLDER, Topic.RESULT,
    Topic.STILL, Topic.EXPECTED, Topic.COMPENSATION, Topic.SAID, Topic.APOLOGISED, Topic.CAUSE,
}  # fmt: skip
"""What is answered alike in any scenario, or from its other parts."""


def asked(player: Practice, scenario: str, *questions: str, persona: str = "icy-polite") -> Run:
    run = player.start(shipped_scenario(scenario), shipped_persona(persona), Difficulty.NORMAL, 3)
    for question in questions:
        run = player.say(run, question)
    return run


def seen_in(run: Run) -> Seen:
    assert run.last.seen is not None
    return run.last.seen


@pytest.mark.parametrize("scenario", shipped_scenarios().values(), ids=lambda each: each.id)
def test_every_shipped_scenario_answers_every_topic(scenario: Scenario) -> None:
    missing = {each for each in Topic if not scenario.has_fact_about(each) and each not in scenario.answers}
    assert missing <= ANYBODYS


@pytest.mark.parametrize("scenario", shipped_scenarios().values(), ids=lambda each: each.id)
def test_no_answer_tells_what_is_hidden(scenario: Scenario) -> None:
    # Money paid or a day named may stand in both; the words by which the cause is known may not.
    told = " ".join(line for lines in scenario.answers.values() for line in lines).lower()
    assert not [key for key in scenario.hidden_cause.keys if len(key.split()) > 1 and key.lower() in told]


def test_stock_answers_count_nothing_and_none_comes_twice() -> None:
    lines = [(kind, line) for kind, every in stock().items() for line in every]
    assert not [line for _, line in lines if any(each.value not in ("1", "2") for each in quantities(line))]
    assert len(lines) == len(set(lines))


@pytest.mark.parametrize(
    "question", ["Is it?", "When?", "Who's that?", "How many?", "Why?", "Could you juggle?"]
)
def test_every_form_has_an_answer(question: str) -> None:
    assert form_of(question) in stock()


def test_the_wording_that_holds_what_is_asked_is_preferred() -> None:
    lines = ("It was a green one.", "It came on Monday.", "It was £20.")
    assert fitting("When did it come?", lines) == ("It came on Monday.",)
    assert fitting("How much was it?", lines) == ("It was £20.",)
    assert fitting("Is it?", lines) == lines


def test_what_was_told_for_the_same_question_is_told_again_in_short(player: Practice) -> None:
    run = asked(player, "grey-sofa", "What's your order number?", "Sorry, what was your order number?")
    assert "TH-30817" in run.last.reply
    assert seen_in(run).asked[0].again


def test_another_question_that_the_same_fact_answers_is_not_asked_again(player: Practice) -> None:
    run = asked(player, "grey-sofa", "What did they tell you?", "How many times have you called us?")
    before = replace(run, rounds=run.rounds[:-1])
    assert seen_in(before).asked[0].fact == seen_in(run).asked[0].fact == "passed-on"
    assert not seen_in(run).asked[0].again


def test_a_story_goes_on_without_repeating_and_ends(player: Practice) -> None:
    run = asked(player, "dead-line", "What happened?", "And then?", "What happened next?")
    told = [
        {*after.memory.told} - {*before.memory.told}
        for before, after in zip(run.rounds, run.rounds[1:], strict=False)
    ]
    facts = {each.id for each in run.scenario.facts}
    assert all(each & facts for each in told[:2])
    assert not told[0] & told[1] & facts


def test_both_questions_of_a_turn_are_answered_and_all_of_a_form(player: Practice) -> None:
    run = asked(player, "dead-line", "I'm sorry about this. What is your name and your account number?")
    assert "Okafor" in run.last.reply
    assert "BW-77120" in run.last.reply


def test_a_restatement_that_is_wrong_is_put_right_and_the_question_answered(player: Practice) -> None:
    run = asked(player, "grey-sofa", "So you ordered a blue armchair. What is your order number?")
    assert "Moss" in run.last.reply
    assert "TH-30817" in run.last.reply


def test_to_ask_a_colleague_hands_nothing_over(player: Practice) -> None:
    run = asked(player, "lost-parcel", "I'm going to check with my colleague. Who did you speak to?")
    assert not run.over


def test_what_was_said_is_said_again_in_other_words(player: Practice) -> None:
    run = asked(player, "grey-sofa", "Who did you speak to?", "Could you repeat that please?")
    assert any(line in run.last.reply for line in run.scenario.answers[Topic.WHO])


def test_a_statement_put_as_a_question_is_answered_by_the_fact_it_is_about(player: Practice) -> None:
    run = asked(player, "dead-line", "You have tried something already, haven't you?")
    assert seen_in(run).asked[0].topic is Topic.TRIED
    assert Deed.RESTATED_NOTHING not in seen_in(run).deeds


def test_a_right_statement_put_as_a_question_is_confirmed(player: Practice) -> None:
    run = asked(player, "double-bill", "So it's the third bill that's wrong, is that right?")
    assert run.last.act is Act.TO_RIGHT


def test_a_wrong_statement_put_as_a_question_is_corrected(player: Practice) -> None:
    run = asked(player, "double-bill", "So it was your gas bill, wasn't it?")
    assert run.last.act is Act.CORRECT


def test_what_was_got_wrong_is_answered_by_what_they_want(player: Practice) -> None:
    # The customer's stick is a fact of this scenario; the saying is not about it.
    run = asked(player, "parcel-locker-braille", "Have I got the wrong end of the stick?")
    assert not seen_in(run).asked
    assert not seen_in(run).covered
    assert run.last.act is Act.ANSWER_OTHER


def test_to_ask_how_they_would_be_reached_offers_nothing(player: Practice) -> None:
    run = asked(player, "water-shut-off-nursery", "Do you want to hear from us by phone or in writing?")
    assert seen_in(run).asked[0].topic is Topic.CONTACT
    assert not seen_in(run).offered


def test_a_fact_and_an_answer_on_its_topic_share_the_questions(player: Practice) -> None:
    scenario = shipped_scenario("grey-sofa")
    own = {
        Topic.NUMBER: (
            "Nobody gave me a ticket number.",
            "No ticket number, no.",
            "There is no ticket number.",
        )
    }
    scenario = scenario.model_copy(update={"answers": {**scenario.answers, **own}})
    run = player.start(scenario, shipped_persona("icy-polite"), Difficulty.NORMAL, 3)
    run = player.say(run, "Is there a ticket number?")
    assert "ticket" in run.last.reply
    assert not run.last.memory.told.get("order")
    run = player.say(run, "What's the order number?")
    assert "TH-30817" in run.last.reply
    assert run.last.memory.told["order"]


def test_another_thing_asked_of_the_same_matter_is_not_told_as_said_before(player: Practice) -> None:
    run = asked(
        player, "lost-parcel", "What's the best phone number for you?", "Which e-mail address may I use?"
    )
    assert "@" in run.last.reply or "mail" in run.last.reply
