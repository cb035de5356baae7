"""Words in other mouths: some change, the others stay."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from training.dialect import dialect


def said(text: str, seed: int) -> str:
    return dialect(text, 0, random.Random(seed))  # noqa: S311 - a draw, not secrecy


@given(st.text(alphabet="0123456789 .,!?£", max_size=60), st.integers(0, 99))
def test_what_is_no_word_stays(text: str, seed: int) -> None:
    assert said(text, seed) == text


def test_words_are_said_otherwise_and_capitals_stay() -> None:
    every = {said("My house", seed) for seed in range(60)}
    assert "My house" in every
    assert {"Me house", "My hoose"} & every
