"""Marks: the words stay whole, whatever shows in them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from coolhead.codebook import Cue, Heat, Misstep, Promiser, Speaker, Technique, Trigger
from coolhead.conversation.turn import Turn
from coolhead.perception.reading import Evidence, HeatReading, Promise, Reading, Sign
from coolhead.web.marks import all_contested, segments, shown_at, timed


def said(text: str, speaker: Speaker = Speaker.CUSTOMER) -> Turn:
    return Turn(id="1", speaker=speaker, text=text)


def sign(term: Trigger | Cue, start: int, end: int, score: float = 0.8) -> Sign[Trigger | Cue]:
    return Sign(term, score, Evidence(start, end))


@st.composite
def marked_turns(draw: st.DrawFn) -> tuple[Turn, Reading]:
    text = draw(st.text(max_size=60))
    offsets = st.integers(0, 70)
    spans = draw(st.lists(st.tuples(offsets, offsets), max_size=6))
    triggers = tuple(sign(Trigger.EFFORT, start, end) for start, end in spans)
    return said(text), Reading(triggers=triggers)


@given(marked_turns())
def test_segments_joined_are_the_text(given_turn: tuple[Turn, Reading]) -> None:
    turn, reading = given_turn
    cuts = segments(turn, reading)
    assert "".join(cut.text for cut in cuts) == turn.text
    assert all(cut.text == turn.text[cut.start : cut.end] for cut in cuts)


@given(marked_turns())
def test_every_mark_is_found_again_by_where_it_begins(given_turn: tuple[Turn, Reading]) -> None:
    turn, reading = given_turn
    for cut in segments(turn, reading):
        if cut.shown:
            assert shown_at(turn, reading, cut.start) == cut


def test_overlapping_spans_become_one_mark_with_the_likeliest_first() -> None:
    reading = Reading(triggers=(sign(Trigger.EFFORT, 0, 8, 0.6),), cues=(sign(Cue.CHURN_THREAT, 4, 12, 0.9),))
    (mark, rest) = segments(said("I waited, I am leaving"), reading)
    assert (mark.start, mark.end) == (0, 12)
    assert [each.term for each in mark.shown] == ["churn_threat", "effort"]
    assert rest.shown == ()


def test_tones_tell_what_helps_from_what_slips() -> None:
    text = "I'm sorry. That's not possible."
    reading = Reading(
        techniques=(Sign(Technique.APOLOGY, 0.9, Evidence(0, 9)),),
        missteps=(Sign(Misstep.NEGATIVE_LANGUAGE, 0.9, Evidence(11, 30)),),
    )
    tones = [cut.tone for cut in segments(said(text, Speaker.AGENT), reading) if cut.shown]
    assert tones == ["helps", "slips"]


def test_heat_is_marked_from_frustrated_on() -> None:
    def read(level: Heat) -> Reading:
        return Reading(
            heat=HeatReading(
                level=level, expected=2.0, probabilities=(0.1, 0.1, 0.6, 0.1, 0.1), evidence=Evidence(0, 4)
            )
        )

    assert not any(cut.shown for cut in segments(said("Fine, whatever"), read(Heat.TENSE)))
    (mark, _) = segments(said("Fine, whatever"), read(Heat.FRUSTRATED))
    assert (mark.shown[0].field, mark.shown[0].words, mark.shown[0].score) == (
        "heat",
        "heat: frustrated",
        0.6,
    )


def test_placeholders_of_masked_data_stand_apart() -> None:
    cuts = segments(said("Mine is [CARD], thanks"), Reading())
    assert [(cut.text, cut.masked) for cut in cuts] == [
        ("Mine is ", False),
        ("[CARD]", True),
        (", thanks", False),
    ]


def test_a_promise_says_who_and_by_when() -> None:
    promise = Promise(what="ring you", who=Promiser.AGENT, when="by five", due=None, evidence=Evidence(0, 8))
    (mark, _) = segments(said("I'll ring by five.", Speaker.AGENT), Reading(promises=(promise,)))
    assert mark.shown[0].words == "promise: ring you"
    assert mark.shown[0].definition == "the agent is to keep it; by: by five"


def test_what_the_clock_shows_is_no_mark_in_the_words() -> None:
    late = Sign(Misstep.INTERRUPTS, 0.9, Evidence(timing="began 0.8 s too early"))
    reading = Reading(missteps=(late,))
    assert not any(cut.shown for cut in segments(said("But—", Speaker.AGENT), reading))
    ((shown, sentence),) = timed(reading)
    assert (shown.term, sentence) == ("interrupts", "began 0.8 s too early")


def test_a_mark_is_contested_when_all_it_shows_is() -> None:
    reading = Reading(triggers=(sign(Trigger.EFFORT, 0, 4), sign(Trigger.POLICY, 0, 4)))
    shown = segments(said("Wait"), reading)[0].shown
    assert not all_contested(shown, "1", {("1", "effort")})
    assert all_contested(shown, "1", {("1", "effort"), ("1", "policy")})
