"""What masking keeps whatever the text: it never raises, changes only its spans, lets no card through."""

from __future__ import annotations

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coolhead.conversation.privacy import Masked, PersonalData, mask
from coolhead.conversation.privacy.recognisers.check_digits import luhn

WORDS = (
    """my|card number is|four|oh|double|triple|seven|nineteen|eighty|hundred|and|dot|at|gmail dot com
sort code|password is|i live at|street|flat 3|12|4111|1111|£5.20|date of birth|14th of march|j|for|juliet|b
SW1A 1AA|[CARD]|[PHONE]|@|+44|pin|order|number|-|,|.|?|a|i|to|q1w2e3|ending in|mother's maiden name is|smith
""".replace("\n", "|")
    .rstrip("|")
    .split("|")
)
speech = st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join)
anything = st.one_of(st.text(max_size=200), speech)


def check(text: str, masked: Masked) -> None:
    """The masked text is the text with each span replaced, in order."""
    rest, at = [], 0
    for span, (start, end) in zip(masked.spans, masked.placed, strict=True):
        assert at <= span.start < span.end <= len(text)
        assert masked.text[start:end] == span.type.placeholder
        rest += [text[at : span.start], span.type.placeholder]
        at = span.end
    assert "".join([*rest, text[at:]]) == masked.text


@given(text=anything, before=st.one_of(anything, st.lists(anything, max_size=5)))
def test_text_outside_the_spans_stays(text: str, before: str | list[str]) -> None:
    check(text, mask(text, before))


@given(text=speech, before=st.lists(speech, max_size=3))
@settings(max_examples=300)
def test_masking_twice_is_masking_once(text: str, before: list[str]) -> None:
    once = mask(text, before).text
    assert mask(once, before).text == once


ISSUERS = [("4", 16), ("4", 13), ("4", 19), ("51", 16), ("55", 16), ("2221", 16), ("34", 15), ("37", 15)]
ISSUERS += [("6011", 16), ("65", 16), ("36", 14), ("3528", 16), ("5018", 16), ("6759", 19)]


@st.composite
def card_numbers(draw: st.DrawFn) -> str:
    prefix, size = draw(st.sampled_from(ISSUERS))
    body = prefix + draw(
        st.text(string.digits, min_size=size - len(prefix) - 1, max_size=size - len(prefix) - 1)
    )
    return next(body + check for check in string.digits if luhn(body + check))


@given(number=card_numbers(), data=st.data())
def test_no_card_number_survives_in_any_grouping(number: str, data: st.DataObject) -> None:
    separators = st.sampled_from(["", "", "", " ", "-", ".", "  ", " - ", "\n", "\u00a0", "\u2013", "_"])
    shown = "".join(digit + data.draw(separators) for digit in number[:-1]) + number[-1]
    masked = mask(f"pay with {shown} today")
    assert not any(char.isdigit() for char in masked.text)
    assert {span.type for span in masked.spans} == {PersonalData.CARD}


DIGITS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]


@given(number=card_numbers(), data=st.data())
def test_no_spoken_card_number_survives(number: str, data: st.DataObject) -> None:
    pauses = st.sampled_from([" ", " ", " ", ", ", " uh ", "... ", " then "])
    shown = "".join(DIGITS[int(digit)] + data.draw(pauses) for digit in number[:-1]) + DIGITS[int(number[-1])]
    masked = mask(f"it's {shown}")
    assert masked.text == "it's [CARD]"


names = st.text(string.ascii_lowercase + string.digits, min_size=1, max_size=8).map("x".__add__)


@given(first=names, last=names, host=names, tld=st.sampled_from(["com", "co.uk", "org", "de", "com.au"]))
def test_no_email_address_survives(first: str, last: str, host: str, tld: str) -> None:
    for text in (
        f"it's {first}.{last}@{host}.{tld} thanks",
        f"my email is {first} dot {last} at {host} dot com",
    ):
        masked = mask(text)
        assert [span.type for span in masked.spans] == [PersonalData.EMAIL]
        assert first not in masked.text.split()
        assert host not in masked.text


@pytest.mark.parametrize(
    "piece",
    ["4111 ", "a", "A", "A ", "1", "one ", "j o h n ", "@", "a@", "a.", "at ", "dot ", "12 oak street "
    "", "flat 3, ",
     "password is ", "[CARD] ", "£1,000 ", "b for bravo ", "GB29 ", "\n", "((((", "my number is 07700 "
     "900123 ", "#1 ", "AB1 ", ".", "dob 1/1/80, ", "1 "],
)  # fmt: skip
def test_long_input_takes_no_longer_than_its_length(piece: str) -> None:
    """A pattern that goes astray on repetition would not come back within the life of the suite."""
    text = piece * (30_000 // len(piece))
    check(text, mask(text, text))
