"""Phrases are found whatever the form of their words, and not where other words stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coolhead.practice.hearing.phrase import held, holds, holds_near
from coolhead.practice.hearing.stem import stem
from coolhead.practice.scenario import shipped_scenarios

EVERY = sorted(
    {phrase for each in shipped_scenarios().values() for fact in each.all_facts for phrase in fact.keys}
)


@pytest.mark.parametrize(
    "forms",
    [
        "correct corrected correcting corrects correction",
        "deliver delivered delivery deliveries",
        "disappoint disappointed disappointing disappointment",
        "cancel cancelled canceled cancellation",
        "move moved moving moves",
        "swap swapped swapping",
        "send sent sending sends",
        "pay paid payment",
        "worry worried worrying worries",
        "apologise apologized apology apologies",
        "colour color colours",
        "nine 9",
        "note noted notes",
    ],
)
def test_the_forms_of_a_word_have_one_stem(forms: str) -> None:
    assert len({stem(each) for each in forms.split()}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("note", "not"),
        ("option", "opt"),
        ("station", "state"),
        ("site", "sit"),
        ("red", "reed"),
        ("use", "us"),
    ],
)
def test_different_words_have_different_stems(one: str, other: str) -> None:
    assert stem(one) != stem(other)


@given(phrase=st.sampled_from(EVERY), change=st.sampled_from([str.upper, str.lower, str.title, str]))
def test_a_phrase_is_found_in_a_text_that_holds_it(phrase: str, change: type[str]) -> None:
    text = f"Well, {change(phrase)} then."
    assert holds(text, [phrase])
    assert holds_near(text, [phrase])
    assert held(text, [phrase]) in text


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("I'm correcting all of your bills", "correct the bill"),
        ("nine-week wait", "9 weeks"),
        ("it was 160 pounds", "£160"),
        ("it was €287 in the end", "287"),
        ("that letter came on Monday", "the letter"),
        ("we phoned two times", "called twice"),
    ],
)
def test_other_forms_of_a_phrase_are_found(text: str, phrase: str) -> None:
    assert holds(text, [phrase])


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("a letter came", "the letter"),
        ("the bill was paid, and correct me if I am wrong", "correct the bill"),
        ("your account is not blocked", "unblock"),
        ("you called", "call you"),
        ("which doctor was it", "which do"),
        ("he would have called you", "will call you"),
    ],
)
def test_other_words_are_no_phrase(text: str, phrase: str) -> None:
    assert not holds(text, [phrase])


def test_near_words_may_stand_in_any_order() -> None:
    assert holds_near("The demand is cancelled as of now.", ["cancel the demand"])
    assert holds_near("The fee that you paid by card in May comes back.", ["fee + back"])
    assert not holds_near("The fee that you paid by card in May was high, come back.", ["refund + back"])
    assert not holds_near("You rang us today.", ["ring you"])


def test_inside_is_more_than_in() -> None:
    assert holds_near("Was there a note inside?", ("inside",))
    assert not holds_near("Was it in the morning?", ("inside",))
