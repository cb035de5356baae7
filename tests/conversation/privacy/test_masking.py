"""What each promise of the reference means, one example a line."""

from __future__ import annotations

import pytest

from coolhead.conversation.privacy import PersonalData, mask
from coolhead.conversation.privacy.finding import Finding
from coolhead.conversation.privacy.masking import settle
from coolhead.conversation.privacy.recognisers import REGISTRY


@pytest.mark.parametrize("recogniser", REGISTRY, ids=lambda recogniser: recogniser.name)
def test_every_recogniser_has_a_name_of_its_own(recogniser: object) -> None:
    assert [other.name for other in REGISTRY].count(recogniser.name) == 1  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("before", "text", "masked"),
    [
        (
            "",
            "my order is 44718290 and my mobile is 07700 900456",
            "my order is 44718290 and my mobile is [PHONE]",
        ),
        ("", "card ending 4412, new one is 4716 8937 2281 5510", "card ending 4412, new one is [CARD]"),
        ("card number, expiry and cvv?", "4716 8937 2281 5510, 08/27, 316", "[CARD], 08/27, [CVV]"),
        ("and the last four of the card?", "4412", "4412"),
        ("order number?", "07700900456", "07700900456"),
        ("", "call us on 0800 123 4567", "call us on 0800 123 4567"),
        ("", "support@shop.example answered", "support@shop.example answered"),
        ("your e-mail?", "info@millers.example", "[EMAIL]"),
        ("and your postcode?", "BS8 4QQ", "[ADDRESS]"),
        ("", "do you deliver to BS8 4QQ", "do you deliver to BS8 4QQ"),
        ("date of birth?", "the ninth of the sixth sixty two", "[BIRTH_DATE]"),
        ("when did it arrive?", "the ninth of the sixth", "the ninth of the sixth"),
        ("mother's maiden name?", "it's Delacroix", "it's [SECRET]"),
        ("mother's maiden name?", "I'd rather not say", "I'd rather not say"),
        ("", "So that's 4716 8937 2281 5510, correct?", "So that's [CARD], correct?"),
    ],
)
def test_the_nearest_words_decide(before: str, text: str, masked: str) -> None:
    assert mask(text, before).text == masked


def test_turns_before_tell_what_goes_on() -> None:
    turns = ["What's the card number?", "[CARD]", "okay, go on"]
    assert mask("one one two two", turns).text == "[CARD]"
    assert (
        mask("one one two two", ["What's the order number?", "four four", "okay, go on"]).text
        == "one one two two"
    )


def test_a_span_says_who_found_it_and_why() -> None:
    (span,) = mask("my pin is 4419").spans
    assert (span.type, span.recogniser, span.why) == (
        PersonalData.SECRET,
        "PIN by its name",
        "named in the line",
    )


def test_the_surest_finding_stands_and_then_the_longest() -> None:
    def finding(start: int, end: int, score: float) -> Finding:
        return Finding(start=start, end=end, type=PersonalData.CARD, score=score, recogniser="", why="")

    sure, longer, shorter = finding(4, 6, 0.9), finding(0, 5, 0.5), finding(7, 9, 0.5)
    overlapped = finding(8, 9, 0.5)
    assert settle([overlapped, shorter, longer, sure]) == [sure, shorter]
