"""The steps that turns show by themselves, and what abuse and limits in any order may never do."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from coolhead.casework.ladder import Shown, shown_in
from coolhead.codebook import Abuse, Technique
from coolhead.conversation.turn import Turn
from coolhead.guidance.limits import BoundaryStep, default_limits
from coolhead.perception.reading import Evidence, Reading
from coolhead.picture.state import Picture
from coolhead.picture.step import step
from tests.picture.lines import Line, agent, customer, hear

IDIOT = "You idiot, where is my parcel?"
insult = customer(IDIOT, 4, abuse=Abuse.INSULT, shown="You idiot")
threat = customer("I know where you live.", 4, abuse=Abuse.THREAT)
swearing = customer("This damned parcel!", 3, abuse=Abuse.PROFANITY)
limit = agent("Please leave the insults out.", Technique.BOUNDARY)
hand_over = agent("I bring in my supervisor.", Technique.ESCALATION)
comfort = agent("I am sorry.", Technique.EMPATHY)


def said(*lines: Line) -> list[tuple[Turn, Reading]]:
    return [(each.turn, each.reading) for each in hear(*lines)]


def steps(*lines: Line, answered: frozenset[str] = frozenset()) -> list[tuple[str, str]]:
    found = shown_in(Picture(), said(*lines), default_limits(), answered)
    return [(each.step.value, each.turn_id) for each in found]


def test_abuse_is_noticed_and_each_limit_answers_the_last() -> None:
    found = shown_in(Picture(), said(insult, limit, insult, comfort, limit), default_limits(), ())
    assert found == (
        Shown(
            step=BoundaryStep.NONE,
            turn_id="t0",
            kind=Abuse.INSULT,
            evidence=Evidence(start=0, end=len("You idiot")),
        ),
        Shown(step=BoundaryStep.WARN, turn_id="t0", kind=Abuse.INSULT, words="Please leave the insults out."),
        Shown(
            step=BoundaryStep.NONE,
            turn_id="t2",
            kind=Abuse.INSULT,
            evidence=Evidence(start=0, end=len("You idiot")),
        ),
        Shown(
            step=BoundaryStep.FINAL_WARNING,
            turn_id="t2",
            kind=Abuse.INSULT,
            words="Please leave the insults out.",
        ),
    )


def test_swearing_at_the_situation_is_neither_noticed_nor_answered() -> None:
    assert steps(swearing, limit, swearing) == []


def test_a_threat_is_answered_by_a_limit_or_a_hand_over() -> None:
    assert steps(threat, comfort, hand_over) == [("none", "t0"), ("hand_over", "t0")]
    assert steps(insult, hand_over) == [("none", "t0")]


def test_what_people_have_logged_is_not_shown_again() -> None:
    assert steps(insult, limit, answered=frozenset({"t0"})) == [("none", "t0")]


@given(
    st.lists(st.sampled_from([insult, threat, swearing, limit, hand_over, comfort]), max_size=10), st.data()
)
def test_turns_heard_one_by_one_show_what_they_show_at_once(lines: list[Line], data: st.DataObject) -> None:
    heard = said(*lines)
    whole = shown_in(Picture(), heard, default_limits(), ())
    cut = data.draw(st.integers(0, len(heard)))
    picture = Picture()
    for turn, reading in heard[:cut]:
        picture, _ = step(picture, turn, reading)
    first = shown_in(Picture(), heard[:cut], default_limits(), ())
    answered = {each.turn_id for each in first if each.step is not BoundaryStep.NONE}
    assert first + shown_in(picture, heard[cut:], default_limits(), answered) == whole
    taken = [each for each in whole if each.step is not BoundaryStep.NONE]
    assert len({each.turn_id for each in taken}) == len(taken)
    abusive = {f"t{number}" for number, line in enumerate(lines) if line in (insult, threat)}
    assert {each.turn_id for each in whole} == abusive
