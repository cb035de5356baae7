import pytest
from hypothesis import given
from hypothesis import strategies as st

from coolhead.perception.promises.meant import as_meant
from coolhead.perception.promises.spelling import Spelling, is_slip

SPELLING = Spelling(
    ("will", "tomorrow", "send", "wednesday", "i'll", "week"), ("sand", "weak", "well", "ill")
)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("I wlil sned it tomorow.", "I will send it tomorrow."),
        ("I'kl send it Wednsday", "I'll send it Wednesday"),
        ("There is sand in it, that's weak", "There is sand in it, that's weak"),
        ("Ask for Mr Willl or Wilk", "Ask for Mr Willl or Wilk"),
        ("ill um ring ring you buy friday", "ill ring you by friday"),
        ("we will uh send it four you too the the depot", "we will send it for you to the depot"),
        ("by the end off the week and than ill check", "by the end of the week and then ill check"),
        ("Call 0800 seven seven two", "Call 0800 seven seven two"),
        ("tomorrow like noon, and ring buy 10 at the latest", "tomorrow noon, and ring by 10 at the latest"),
        ("by the 9th off june, between four four and six", "by the 9th of june, between four and six"),
        (
            "ill ring at four the people I like eat at half past so five",
            "ill ring at four the people I like eat at half past five",
        ),
        (
            "I bought four, you know that. More than two, too.",
            "I bought four, you know that. More than two, too.",
        ),
        ("", ""),
    ],
)
def test_words_are_written_as_meant(written: str, meant: str) -> None:
    assert as_meant(written, SPELLING).text == meant


def test_what_is_meant_is_found_again_in_what_was_written() -> None:
    written = "so um ill ill sned it tomorow ok"
    meant = as_meant(written, SPELLING)
    start = meant.text.index("send")
    end = meant.text.index("tomorrow") + len("tomorrow")
    first, last = meant.back(start, end)
    assert written[first:last] == "sned it tomorow"


@given(st.text(alphabet="aeiouwlstdnm' umerbyfor.", max_size=80))
def test_every_stretch_lies_in_what_was_written(written: str) -> None:
    meant = as_meant(written, SPELLING)
    for start in range(len(meant.text)):
        first, last = meant.back(start, len(meant.text))
        assert 0 <= first < last <= len(written)


@pytest.mark.parametrize("typed", ["wil", "wiill", "willl", "wull", "wlil"])
def test_one_slip_is_a_slip(typed: str) -> None:
    assert is_slip(typed, "will")


@pytest.mark.parametrize("typed", ["will", "bill", "wi", "wlli", "walk", "wills"])
def test_other_words_are_no_slip(typed: str) -> None:
    assert not is_slip(typed, "will")


def test_the_likeliest_word_is_taken() -> None:
    assert Spelling(("late", "lane"), ()).mended("lae") == "late"
    assert Spelling(("lane", "late"), ()).mended("lae") == "lane"
