"""What a customer hears in an agent's turn: questions, restatements, offers and feelings."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coolhead.codebook import Misstep, Technique
from coolhead.perception.reading import Evidence, Reading, Sign
from coolhead.practice.hearing.meaning import Kind
from coolhead.practice.hearing.notice import notice
from coolhead.practice.hearing.phrase import holds_near
from coolhead.practice.memory import Memory
from coolhead.practice.scenario import Fact, Scenario, shipped_scenario, shipped_scenarios
from coolhead.practice.seen import Deed, Request, Seen
from coolhead.practice.topic import Topic

ALL = list(shipped_scenarios().values())
BY_ID = pytest.mark.parametrize("scenario", ALL, ids=lambda each: each.id)

FORM_QUESTIONS = {
    Topic.NUMBER: ("What's the reference please?", "could i grab your reference number"),
    Topic.CONTACT: ("Which number can we ring you on?", "How do I reach you?", "Whats the best phone no?"),
    Topic.AMOUNT: ("How much is it?", "how much money are we talking about"),
    Topic.DEADLINE: ("By when do you need it?", "How urgent is it?"),
}


def heard(
    scenario: Scenario, text: str, memory: Memory | None = None, reading: Reading | None = None
) -> Seen:
    return notice(text, reading or Reading(), scenario, memory or Memory())


def facts_asked(scenario: Scenario, text: str) -> list[Fact]:
    return [scenario.fact(each.fact) for each in heard(scenario, text).asked if each.fact]


@BY_ID
def test_questions_of_a_form_are_answered_by_a_fact_about_them(scenario: Scenario) -> None:
    for topic, questions in FORM_QUESTIONS.items():
        if any(topic in fact.about for fact in scenario.facts):
            for question in questions:
                assert any(topic in fact.about for fact in facts_asked(scenario, question)), question


@BY_ID
def test_the_gist_is_right_in_any_frame_and_a_misreading_is_wrong(scenario: Scenario) -> None:
    frames = (
        "So {}, is that right?",
        "If I understand you, {}.",
        "Let me see whether I have it: {}.",
        "ok so {}",
        "Just to check: {}. Is that correct?",
    )
    for frame in frames:
        right = heard(scenario, frame.format(scenario.gist))
        assert Deed.RESTATED_RIGHT in right.deeds, frame
        for each in scenario.misreadings:
            wrong = heard(scenario, frame.format(each))
            assert Deed.RESTATED_WRONG in wrong.deeds, (frame, each)


@BY_ID
def test_an_offer_is_known_and_what_is_refused_told_or_asked_is_none(scenario: Scenario) -> None:
    never = {each.id for each in scenario.never}
    for remedy in scenario.settles_for:
        seen = heard(scenario, remedy.offer)
        assert remedy.id in seen.offered
        assert not never & {*seen.offered}
    for each in (*scenario.settles_for, *scenario.partly, *scenario.never):
        assert heard(scenario, f"I'm sorry, but we cannot give you {each.name}.").offered == ()
        assert heard(scenario, f"You were offered {each.name} last week.").offered == ()
        assert heard(scenario, f"Did a colleague of mine offer you {each.name}?").offered == ()
        if holds_near(each.name, each.words):
            assert each.id in heard(scenario, f"Would {each.name} help you?").offered
            assert each.id in heard(scenario, f"How about {each.name}?").offered


@BY_ID
def test_their_feeling_is_named_unless_it_is_denied_or_the_agents_own(scenario: Scenario) -> None:
    for each in scenario.feeling.right[:3]:
        assert heard(scenario, f"You must feel {each}.").feeling
    for each in scenario.feeling.wrong[:3]:
        assert Deed.FEELING_WRONG in heard(scenario, f"You sound {each}.").deeds
    assert heard(scenario, "I'm afraid that takes a moment.").feeling == ""


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=st.text(max_size=120), scenario=st.sampled_from(ALL))
def test_anything_can_be_said(text: str, scenario: Scenario) -> None:
    assert heard(scenario, text).deeds or text.strip()


@settings(max_examples=80, deadline=None)
@given(
    questions=st.lists(st.sampled_from([q for each in FORM_QUESTIONS.values() for q in each]), max_size=5),
    scenario=st.sampled_from(ALL),
)
def test_no_fact_is_asked_for_twice_in_one_turn(questions: list[str], scenario: Scenario) -> None:
    asked = [each.fact or each.topic for each in heard(scenario, " ".join(questions)).asked]
    assert len(asked) == len(set(asked))


@pytest.mark.parametrize(
    ("scenario", "text", "facts"),
    [
        ("grey-sofa", "hiya whats ur order no", ["order"]),
        ("grey-sofa", "What's your order number, and when did it arrive?", ["order", "came"]),
        ("dead-line", "have you tried turning it off and on again", ["tried"]),
        ("clinic-silent-result", "Which doctor was it?", ["doctor"]),
        ("clinic-silent-result", "What time suits you for a call today?", ["work"]),
        ("double-bill", "Which phone number should we use?", ["reach"]),
        ("double-bill", "How long has it gone on and have you rung us?", ["third", "called"]),
        ("city-two-in-household", "Could you tell me the file number on the letter?", ["file"]),
        ("lost-parcel", "was anyone home on friday?", ["home"]),
        ("energy-tariff-dialysis", "What were you paying before and what is it now?", ["jump"]),
    ],
)
def test_a_question_asks_for_what_it_asks_for(scenario: str, text: str, facts: list[str]) -> None:
    assert [each.fact for each in heard(shipped_scenario(scenario), text).asked] == facts


def test_a_question_that_only_the_engine_hears_is_answered() -> None:
    scenario = shipped_scenario("telecom-ferry-bill")
    sign = Sign(Technique.CLARIFYING_QUESTION, 0.7, Evidence(start=0, end=13))

    def meant(text: str) -> dict[Kind, float]:
        return {
            each: 0.9 if "witnesses" in text and each is Topic.WITNESS else 0.0 for each in (*Topic, *Request)
        }

    def asked(reading: Reading) -> list[Topic]:
        seen = notice("any witnesses", reading, scenario, Memory(), meant)
        return [each.topic for each in seen.asked]

    assert asked(Reading(techniques=(sign,))) == [Topic.WITNESS]
    assert asked(Reading()) == []


@BY_ID
def test_what_came_first_is_told(scenario: Scenario) -> None:
    facts = facts_asked(scenario, "What came first?")
    assert all(
        facts == facts_asked(scenario, other) for other in ("which happened first", "In what order was it?")
    )


@BY_ID
def test_how_it_came_to_be_known_is_told(scenario: Scenario) -> None:
    fact = facts_asked(scenario, "How did you find out about it?")
    assert len(fact) == 1
    for other in ("how did you first notice it", "What were you trying to do when it happened?"):
        assert fact == facts_asked(scenario, other), other


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Sorry, I missed the number, could you say it again?", Topic.NUMBER),
        ("hi there, can you pop your reference number in the chat for me", Topic.NUMBER),
        ("Which number appears at the top of your bill or confirmation?", Topic.NUMBER),
        ("Is this the first time you've raised it?", Topic.OFTEN),
    ],
)
def test_what_is_asked_for_is_heard_by_its_words(text: str, topic: Topic) -> None:
    assert [each.topic for each in heard(shipped_scenario("grey-sofa"), text).asked] == [topic]


def test_the_name_is_asked_for_and_not_what_is_said_of_it() -> None:
    airline = shipped_scenario("airline-name-order")
    assert [each.topic for each in heard(airline, "What is your name?").asked] == [Topic.NAME]
    assert [each.fact for each in heard(airline, "What does the ticket show?").asked] == ["swapped"]
    both = heard(shipped_scenario("grey-sofa"), "What is your name and order number?").asked
    assert {each.topic for each in both} == {Topic.NAME, Topic.NUMBER}


def test_a_time_that_is_put_to_them_is_answered_by_when_they_are_free() -> None:
    assert [each.fact for each in heard(shipped_scenario("grey-sofa"), "Would Thursday work?").asked] == [
        "home"
    ]
    airline = shipped_scenario("airline-name-order")
    answered = heard(airline, "Would Thursday work?").asked
    assert [(each.topic, each.fact) for each in answered] == [(Topic.AVAILABLE, None)]
    others = {topic: lines for topic, lines in airline.answers.items() if topic is not Topic.AVAILABLE}
    phone_alone = heard(airline.model_copy(update={"answers": others}), "Would Thursday work?")
    assert phone_alone.asked == ()
    assert phone_alone.requests == (Request.CONSENT,)


@pytest.mark.parametrize(
    ("scenario", "text", "remedies"),
    [
        (
            "dead-line",
            "I cannot get an engineer out today, but you can have one tomorrow at nine.",
            ["engineer"],
        ),
        ("city-two-in-household", "You don't owe us a cent.", ["withdrawn"]),
        ("clinic-turned-away", "You needn't pay the €25.", ["no-fee"]),
        ("airline-wheelchair", "You don't have to fill in that luggage form.", []),
        ("telecom-ferry-bill", "I can take half of it off.", ["half"]),
        ("claim-drying-out", "Would a hotel help until the walls are dry?", ["dry-flat"]),
        ("water-shut-off-nursery", "A tank is being brought to your road.", ["tanker"]),
        ("double-bill", "If I were you I'd have all three bills corrected.", ["correct"]),
    ],
)
def test_an_offer_is_known_in_any_form(scenario: str, text: str, remedies: list[str]) -> None:
    assert list(heard(shipped_scenario(scenario), text).offered) == remedies


@pytest.mark.parametrize(
    "text", ["You have waited six weeks?", "So it's six weeks now?", "it took 6 wks, correct?"]
)
def test_a_wrong_number_is_put_right(text: str) -> None:
    assert [each.fact for each in heard(shipped_scenario("grey-sofa"), text).mistaken] == ["waited"]


@pytest.mark.parametrize(
    "text",
    [
        "Is this the first time you've contacted us?",
        "You didn't use a travel agency.",
        "I'd love a holiday.",
        "We'll send it by Thursday in six weeks.",
    ],
)
def test_wrong_words_count_only_where_their_story_is_told(text: str) -> None:
    assert heard(shipped_scenario("airline-name-order"), text).mistaken == ()


def test_a_greeting_is_not_dismissive() -> None:
    sign = Sign(Misstep.DISMISSIVE, 0.9, Evidence(start=0, end=12))
    reading = Reading(missteps=(sign,))
    sofa = shipped_scenario("grey-sofa")
    hello = heard(sofa, "Good morning, this is Ravi. How can I help?", reading=reading)
    assert Deed.DISMISSED not in hello.deeds
    assert Deed.DISMISSED in heard(sofa, "Good morning. It is only a colour.", reading=reading).deeds
    assert Deed.DISMISSED in heard(sofa, "Calm down, please.").deeds


def test_a_date_is_put_on_what_was_offered_last() -> None:
    sofa = shipped_scenario("grey-sofa")
    last = Memory(offered=("covers",))
    assert heard(sofa, "You'll have it by ten tomorrow.", last).offered == ("covers",)
    assert heard(sofa, "I'll look into it.", last).offered == ()
    assert heard(sofa, "You'll have it by ten tomorrow.", Memory(offered=("discount",))).offered == ()


@pytest.mark.parametrize(
    ("scenario", "text", "deed"),
    [
        ("shop-sewing-machine", "I believe you.", Deed.EMPATHY),
        ("hotel-accessible-room", "You must feel awful. Ashamed, even.", Deed.FEELING_RIGHT),
        ("claim-tools-van", "You must feel as though we had called you a liar.", Deed.FEELING_RIGHT),
        ("grey-sofa", "I'm sorry about the wrong colour after nine weeks.", Deed.APOLOGY_SINCERE),
        ("grey-sofa", "We apologise for any inconvenience.", Deed.APOLOGY_SCRIPTED),
        ("grey-sofa", "Sorry about that.", Deed.APOLOGY_PLAIN),
        (
            "telecom-old-number",
            "So your brother can only ring that number, and gets a garage.",
            Deed.RESTATED_RIGHT,
        ),
        ("grey-sofa", "All good?", Deed.CHECKED_SOLVED),
        ("grey-sofa", "Somebody will ring you shortly.", Deed.VAGUE),
        ("grey-sofa", "Somebody will ring you at four.", Deed.DATED),
    ],
)
def test_what_is_said_is_taken_as_it_is_meant(scenario: str, text: str, deed: Deed) -> None:
    assert deed in heard(shipped_scenario(scenario), text).deeds


def test_who_asks_about_an_apology_makes_none() -> None:
    seen = heard(shipped_scenario("grey-sofa"), "Has anyone apologised to you?")
    assert not seen.deeds & {Deed.APOLOGY_PLAIN, Deed.APOLOGY_SINCERE}
    assert [each.topic for each in seen.asked] == [Topic.APOLOGISED]
