from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coolhead.casework.finding import (
    LEAD,
    LONGEST_WORD,
    SNIPPET,
    Needle,
    folded,
    needles,
    snippet,
    words_in,
)


def marked(text: str, question: str) -> str:
    pieces = snippet(text, needles(question))
    return "".join(f"[{piece.text}]" if piece.found else piece.text for piece in pieces)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("I'm Zoë Brandt, order 4711-B!", "i m zoe brandt order 4711 b"),
        ("STRASSE Straße", "strasse strasse"),
        ("cafe\u0301 snake_case", "cafe snake case"),
        ("… – ?!", ""),
        ("x" * 100, "x" * LONGEST_WORD),
    ],
)
def test_words_are_folded(text: str, words: str) -> None:
    assert folded(text) == words


def test_a_question_is_read() -> None:
    assert needles('Refund "not paid back" well-known Bra* refund') == (
        Needle(("refund",)),
        Needle(("not", "paid", "back")),
        Needle(("well", "known")),
        Needle(("bra",), is_beginning=True),
    )


@given(st.text())
def test_no_question_is_wrong(question: str) -> None:
    for needle in needles(question):
        assert needle.words
        assert all(word.isalnum() for word in needle.words)


@given(st.text())
def test_folding_what_is_folded_changes_nothing(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@given(st.text(max_size=400), st.text(max_size=20))
def test_a_snippet_is_of_the_text_and_short(text: str, question: str) -> None:
    pieces = snippet(text, needles(question))
    shown = "".join(piece.text for piece in pieces).removeprefix("… ").removesuffix(" …")
    assert shown in text or not shown
    found = [piece.text for piece in pieces if piece.found]
    assert len(shown) <= SNIPPET + LEAD + max(map(len, found), default=0)


def test_what_was_found_is_marked_with_its_surroundings() -> None:
    assert marked("My Refund is late, and refunds matter.", "refund") == (
        "My [Refund] is late, and refunds matter."
    )
    assert marked("They did not pay it back.", '"pay it" back') == "They did not [pay it] [back]."
    assert marked("refunds and re-funding", "refund*") == "[refunds] and re-funding"
    assert marked("nothing here", "refund") == "nothing here"
    long = "word " * 60 + "refund " + "word " * 60
    assert marked(long, "refund").startswith("… word")
    assert "[refund]" in marked(long, "refund")
    assert marked(long, "refund").endswith(" …")


def test_places_are_of_the_text_as_it_was_written() -> None:
    text = "Ärger über Straße"
    assert [text[word.start : word.end] for word in words_in(text)] == text.split()
