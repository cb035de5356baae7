from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coolhead.conversation.privacy.spoken import normalise


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("oh double seven", "0 77"),
        ("triple two treble oh", "222 000"),
        ("forty-five thirty two", "45 32"),
        ("nineteen eighty four", "19 84"),
        ("nine hundred one two three", "900 1 2 3"),
        ("one hundred and ten", "110"),
        ("two thousand and four", "2004"),
        ("four five, uh, then three", "4 5,  ,   3"),
        ("four five to one", "4 5 2 1"),
        ("zero dash one slash two", "0 - 1 / 2"),
        ("plus four four", "+ 4 4"),
        ("b for bravo, d as in delta", "B, D"),
        ("kilo lima four", "K L 4"),
        ("j-o-h-n", "J-O-H-N"),
        ("double u one a", "W 1 A"),
        ("fourteenth of march", "14th of march"),
        ("the ninth of the sixth", "the 9th of the 6th"),
        ("twenty-first of may", "21th of may"),
        ("２０２６", "2026"),
    ],
)
def test_spoken_numbers_and_letters_become_written_ones(said: str, read: str) -> None:
    assert normalise(said).text == read


@pytest.mark.parametrize(
    "said",
    [
        "the other one",
        "that one is broken",
        "the first line",
        "oh I see",
        "I have a card",
        "mike called",
        "a hotel",
        "so then",
    ],
)
def test_common_words_stay(said: str) -> None:
    assert normalise(said).text == said


@given(st.text())
def test_every_character_knows_its_source(text: str) -> None:
    normal = normalise(text)
    assert len(normal.starts) == len(normal.ends) == len(normal.text)
    at = 0
    for start, end in zip(normal.starts, normal.ends, strict=True):
        assert 0 <= start < end <= len(text)
        assert start >= at or end >= at
        at = start


def test_a_stretch_leads_back_to_the_words_it_was_said_in() -> None:
    said = "it is oh double seven thanks"
    normal = normalise(said)
    start = normal.text.index("0 77")
    first, last = normal.source(start, start + 4)
    assert said[first:last] == "oh double seven"
