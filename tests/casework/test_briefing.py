"""Briefings of authored conversations, word for word, and what holds of every briefing."""

from __future__ import annotations

import pytest
from hypothesis import given

from coolhead.casework.briefing import NOTHING, SLIPS, Line, Parties, Topic, write_briefing
from coolhead.codebook import Abuse, Cue, Issue, Misstep, Technique, Trigger
from coolhead.picture.note import Note, write_note
from coolhead.picture.state import Picture
from coolhead.picture.step import step
from tests.picture.conversations import boiler, gym
from tests.picture.lines import Heard, agent, customer, hear, promise
from tests.strategies import heard

ANA = Parties(customer="Ana Pires", agent="Ravi", how="chat")


def told(
    moments: list[Heard], parties: Parties = ANA, edited: str = ""
) -> list[tuple[str, str, tuple[str, ...]]]:
    lines = write_briefing(moments, write_note(moments), parties, edited)
    return [(line.topic.value, line.text, line.turn_ids) for line in lines]


def washing_machine() -> list[Heard]:
    """A repair that failed twice, handled worse and worse."""
    return hear(
        customer(
            "My washing machine still leaks after your man was here twice.",
            1,
            triggers=[Trigger.REPEAT_CONTACT],
        ),
        agent("Could you give me the order number?", Technique.CLARIFYING_QUESTION),
        customer("It is written in all three of my letters. 4471.", 2, triggers=[Trigger.EFFORT]),
        agent("You have to wait for the technician's report.", missteps=[Misstep.NEGATIVE_LANGUAGE]),
        customer(
            "Wait? I was promised a call on Monday and nobody rang. My floor is ruined!",
            3,
            triggers=[Trigger.BROKEN_PROMISE],
        ),
        agent("I can offer you a voucher of ten euros.", Technique.SOLUTION),
        customer(
            "Ten euros for a floor? Keep it. Get me your manager, you useless parrot.",
            4,
            cues=[Cue.REJECTS, Cue.ASKS_SUPERVISOR],
            abuse=Abuse.INSULT,
        ),
        agent(
            "I want to help, and I need you to leave the insults out. I'll ring you by noon.",
            Technique.BOUNDARY,
            Technique.COMMITMENT,
            promises=[promise("ring you", "by noon")],
        ),
        customer("Fine. But someone who can decide something.", 3),
        issue=Issue.PRODUCT_DEFECT,
    )


def test_a_repair_that_failed_twice() -> None:
    assert told(washing_machine()) == [
        ("who", "Ana Pires, by chat, with Ravi; has spoken 5 times.", ("t0",)),
        (
            "wants",
            "Contacted us about a faulty product: “My washing machine still leaks after your man was here "
            "twice”.",
            ("t0",),
        ),
        (
            "upset",
            "Upset by a broken promise, having to contact us again and the effort it takes, furious at "
            "worst: “Ten euros for a floor?”.",
            ("t0", "t2", "t4", "t6"),
        ),
        ("upset", "Asked for a supervisor.", ("t6",)),
        ("upset", "Insulted the agent or staff; the agent set a limit.", ("t6",)),
        ("tried", "The agent's answer: “I can offer you a voucher of ten euros”.", ("t5",)),
        ("promised", "The company will ring the customer by noon.", ("t7",)),
        ("heat", "Tense at first, furious at worst, angry now and falling.", ("t0", "t6", "t8")),
        ("avoid", "Offered and refused: “I can offer you a voucher of ten euros”.", ("t5", "t6")),
        ("avoid", "A no with nothing offered instead: they were angry after it.", ("t3", "t4")),
        ("avoid", "Another date that may not hold: a broken promise is part of this.", ("t4",)),
        (
            "avoid",
            "Asking “Could you give me the order number?” again; they said “It is written in all three of my "
            "letters. 4471”.",
            ("t1", "t2"),
        ),
    ]


def test_a_refused_cancellation() -> None:
    assert told(gym()[:7], Parties(customer="", agent="Lou", how="e-mail")) == [
        ("who", "A customer, by e-mail, with Lou; has spoken 4 times.", ("t0",)),
        ("wants", "Contacted us about a cancellation: “I want to cancel my membership”.", ("t0",)),
        ("wants", "Not answered: “When does it end?”.", ("t4",)),
        (
            "upset",
            "Upset by having to contact us again, not being heard and a refusal by the rules, furious at "
            "worst: “You understand nothing, you brainless parrot”.",
            ("t0", "t2", "t4"),
        ),
        (
            "upset",
            "Spoke of going public: “I will tell everyone on every review site what you are”.",
            ("t2",),
        ),
        ("upset", "Asked for a supervisor: “Put your manager on, parrot”.", ("t6",)),
        ("upset", "Insulted the agent or staff twice; the agent set a limit.", ("t4", "t6")),
        ("tried", "Nothing was done or offered so far.", ()),
        ("promised", "Nothing was promised so far.", ()),
        ("heat", "Frustrated at first, furious now and rising.", ("t0", "t4", "t6")),
    ]


def test_a_missed_visit() -> None:
    assert told(boiler()[:4], edited="Father, 84, is cold.\nHeaters are ready.") == [
        ("who", "Ana Pires, by chat, with Ravi; has spoken 2 times.", ("t1",)),
        ("wants", "Contacted us about a booking: “My boiler engineer never arrived on Friday”.", ("t1",)),
        ("upset", "Upset by a broken promise, angry at worst.", ("t1",)),
        ("upset", "Under personal pressure: “My father is eighty-four and sits here in his coat”.", ("t3",)),
        ("upset", "Mentioned that someone may come to harm.", ("t3",)),
        ("tried", "Nothing was done or offered so far.", ()),
        ("promised", "Nothing was promised so far.", ()),
        ("heat", "Angry at first, frustrated now and falling.", ("t1", "t3")),
        ("avoid", "Another date that may not hold: a broken promise is part of this.", ("t1",)),
        (
            "avoid",
            "Asking “Is anyone at home who feels the cold?” again; they said “My father is eighty-four and "
            "sits here in his coat”.",
            ("t2", "t3"),
        ),
        ("note", "Father, 84, is cold. Heaters are ready.", ()),
    ]


def test_nothing_before_the_customer_has_spoken() -> None:
    assert told([]) == []
    assert told(hear(agent("Hello, this is Ama.", Technique.GREETING))) == []


def test_every_misstep_has_words() -> None:
    assert set(SLIPS) == set(Misstep)


@pytest.mark.parametrize("edited", ["", "Call after six."])
@given(said=heard())
def test_every_line_reads_well_and_names_its_turns(said: list, edited: str) -> None:
    moments, picture = [], Picture()
    for turn, reading in said:
        picture, events = step(picture, turn, reading)
        moments.append(Heard(turn, reading, picture, events))
    note = write_note(moments)
    lines = write_briefing(moments, note, ANA, edited)
    known = [each.turn.id for each in moments]
    assert [line.topic for line in lines] == sorted((line.topic for line in lines), key=list(Topic).index)
    for line in lines:
        assert line.text.strip() == line.text
        assert line.text[-1:] in ".”…" or line.topic is Topic.NOTE
        assert "\n" not in line.text
        assert set(line.turn_ids) <= set(known)
        assert line.turn_ids or line.topic is Topic.NOTE or line.text in NOTHING.values()
    assert bool(lines) == bool(note.sentences)
    assert isinstance(lines, tuple)
    assert all(isinstance(line, Line) for line in lines)
    assert write_briefing(moments, note, ANA, edited) == lines
    assert write_briefing(moments, Note(sentences=()), ANA) or not lines
