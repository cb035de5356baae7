import pytest
from hypothesis import given
from hypothesis import strategies as st

from coolhead.codebook import Misstep, Speaker
from coolhead.conversation.turn import Turn
from coolhead.perception.reading import Timing
from coolhead.perception.timing import interruption, timing


def turn(speaker: str, text: str, start: float | None = None, end: float | None = None) -> Turn:
    return Turn(id=f"{speaker}{start}", speaker=Speaker(speaker), text=text, start=start, end=end)


COMPLAINT = turn("customer", "and then nobody came on the day at all", 0.0, 6.0)


def test_without_times_nothing_is_told() -> None:
    assert timing(turn("agent", "I see."), [turn("customer", "It broke.")]) == Timing()


def test_silence_before_a_turn() -> None:
    shown = timing(turn("agent", "I see.", 10.5, 11.0), [COMPLAINT])
    assert (shown.silence, shown.overlap, shown.cuts_off) == (4.5, 0.0, False)


def test_a_turn_that_cuts_the_other_off() -> None:
    answer = turn("agent", "Let me stop you there please.", 4.8, 8.0)
    shown = timing(answer, [COMPLAINT])
    assert shown.overlap == pytest.approx(1.2)
    assert (shown.silence, shown.cuts_off) == (0.0, True)
    sign = interruption(answer, [COMPLAINT])
    assert sign is not None
    assert sign.term is Misstep.INTERRUPTS
    assert sign.evidence.timing == "began 1.2 s before the customer had finished, and they stopped"


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (3.0, 3.6),  # "mm-hm" while they go on
        (1.0, 9.0),  # they went on for five seconds
        (5.9, 9.0),  # how people take turns
        (6.0, 9.0),
    ],
)
def test_what_is_no_cut(start: float, end: float) -> None:
    answer = turn("agent", "Yes, of course, I see.", start, end)
    assert not timing(answer, [COMPLAINT]).cuts_off
    assert interruption(answer, [COMPLAINT]) is None


def test_customers_may_cut_in_and_that_is_no_misstep() -> None:
    answer = turn("agent", "We have a procedure for all of this", 0.0, 6.0)
    complaint = turn("customer", "I do not care about it", 5.0, 8.0)
    assert timing(complaint, [answer]).cuts_off
    assert interruption(complaint, [answer]) is None


@pytest.mark.parametrize("ending", ["—", " —", "-", "--", "–", '—"'])
def test_a_line_that_breaks_off_with_a_dash(ending: str) -> None:
    sign = interruption(turn("agent", "Order number?"), [turn("customer", f"and when I opened it{ending}")])
    assert sign is not None
    assert sign.evidence.timing


@pytest.mark.parametrize("line", ["I waited for hours...", "I waited…", "It is well-known", "—", ""])
def test_lines_that_trail_off_or_end_are_not_cut(line: str) -> None:
    assert interruption(turn("agent", "Order number?"), [turn("customer", line)]) is None


def test_the_clock_overrules_the_dash() -> None:
    line = turn("customer", "and when I opened it—", 0.0, 4.0)
    assert interruption(turn("agent", "Take your time.", 7.0, 9.0), [line]) is None


def test_pace() -> None:
    assert timing(
        turn("agent", "one two three four five six", 0.0, 3.0), []
    ).words_per_minute == pytest.approx(120)
    assert timing(turn("agent", "one two", 0.0, 3.0), []).words_per_minute is None
    assert timing(turn("agent", "one two three four", 0.0, 0.0), []).words_per_minute is None


def test_an_end_before_its_start_is_no_end() -> None:
    backwards = turn("customer", "it came broken in three pieces", 10.0, 4.0)
    assert timing(backwards, []).words_per_minute is None
    assert timing(turn("agent", "I see.", 11.0, 12.0), [backwards]) == Timing()


TIMES = st.none() | st.floats(0, 1e6, allow_nan=False)


@given(TIMES, TIMES, TIMES, TIMES)
def test_never_negative(a: float | None, b: float | None, c: float | None, d: float | None) -> None:
    shown = timing(turn("agent", "one two three four five", a, b), [turn("customer", "six seven", c, d)])
    assert shown.silence is None or shown.silence >= 0
    assert shown.overlap is None or shown.overlap >= 0
    assert shown.words_per_minute is None or shown.words_per_minute > 0
