"""The wrap-up notes of authored conversations, word for word, and what holds of every note."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings

from coolhead.codebook import Issue, Promiser, Technique
from coolhead.conversation.turn import Turn
from coolhead.perception.reading import Evidence, Promise, Reading
from coolhead.picture.note import Part, write_note
from coolhead.picture.state import Picture
from coolhead.picture.step import step
from tests.picture.conversations import boiler, gym, opening_hours
from tests.picture.lines import Heard, agent, customer, hear
from tests.strategies import heard


def test_a_missed_visit_put_right() -> None:
    assert [(sentence.text, sentence.turn_ids) for sentence in write_note(boiler()).sentences] == [
        ("Contacted us about a booking: “My boiler engineer never arrived on Friday”.", ("t1",)),
        ("Upset by a broken promise, angry at worst.", ("t1",)),
        ("Under personal pressure: “My father is eighty-four and sits here in his coat”.", ("t3",)),
        ("Mentioned that someone may come to harm.", ("t3",)),
        ("Done: moved the customer to the top of tonight's list.", ("t4",)),
        ("Offered to send two heaters by taxi.", ("t4",)),
        ("The company will send an engineer by seven (due Fri 20 Mar, 19:00).", ("t6",)),
        ("The agent will ring the customer at half past.", ("t6",)),
        ("Solved; the customer praised us at the end, calm after being angry.", ("t7",)),
    ]


def test_a_refused_cancellation_that_ends_in_abuse() -> None:
    assert [(sentence.text, sentence.turn_ids) for sentence in write_note(gym()).sentences] == [
        ("Contacted us about a cancellation: “I want to cancel my membership”.", ("t0",)),
        (
            "Upset by having to contact us again, not being heard and a refusal by the rules, "
            "furious at worst: “You understand nothing, you brainless parrot”.",
            ("t0", "t2", "t4"),
        ),
        ("Spoke of going public: “I will tell everyone on every review site what you are”.", ("t2",)),
        ("Asked for a supervisor: “Put your manager on, parrot”.", ("t6",)),
        ("Insulted the agent or staff twice; the agent set a limit.", ("t4", "t6")),
        (
            "Not solved; handed to a supervisor; the customer was still angry: "
            "“Too late, Rosa. My bank has stopped the payments”.",
            ("t7", "t8"),
        ),
    ]


def test_a_plain_question_gets_a_plain_note() -> None:
    assert write_note(opening_hours()).text == (
        "Contacted us about a question: “Are you open on Whit Monday, and may I bring a dog?”. "
        "Solved; the customer thanked us at the end."
    )


def test_a_running_conversation_has_a_note_so_far() -> None:
    assert [sentence.part for sentence in write_note(boiler()[:4]).sentences] == [
        Part.REASON,
        Part.UPSET,
        Part.UPSET,
        Part.CONCERN,
        Part.OUTCOME,
    ]


def test_a_promise_in_other_words_is_quoted() -> None:
    text = "It reaches you on Monday, no charge."
    evidence = Evidence(start=0, end=text.index(","))
    made = Promise(what="it reaches you", who=Promiser.COMPANY, when="on Monday", due=None, evidence=evidence)
    heard_all = hear(customer("My parcel?"), agent(text, Technique.COMMITMENT, promises=[made]))
    assert "The company promised: “It reaches you on Monday”." in write_note(heard_all).text


def test_no_note_before_the_customer_has_spoken() -> None:
    assert write_note([]).sentences == ()
    assert write_note(hear(agent("Hello, this is Ama.", Technique.GREETING))).text == ""


@settings(max_examples=60)
@given(heard())
def test_every_sentence_ends_and_names_turns_that_were_heard(turns: list[tuple[Turn, Reading]]) -> None:
    picture, moments = Picture(), []
    for turn, reading in turns:
        picture, events = step(picture, turn, reading)
        moments.append(Heard(turn, reading, picture, events))
    ids = [turn.id for turn, _ in turns]
    for sentence in write_note(moments).sentences:
        assert sentence.text.endswith(".")
        assert sentence.turn_ids
        assert [ids.index(turn_id) for turn_id in sentence.turn_ids] == sorted(
            map(ids.index, sentence.turn_ids)
        )


def test_an_unclear_issue_is_not_named() -> None:
    heard_all = hear(customer("I have been meaning to ring you about the thing."))
    unsure = replace(heard_all[-1].picture, issue={Issue.DELIVERY: 0.3, Issue.BILLING: 0.2})
    (reason, *_) = write_note([replace(heard_all[-1], picture=unsure)]).sentences
    assert reason.text.startswith("Contacted us: “")
