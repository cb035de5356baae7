import numpy as np
import pytest

from coolhead.perception.encoder import MODELS, read_tokenizer
from coolhead.perception.tokens import LONGEST, Cutter


@pytest.fixture(scope="module")
def cutter() -> Cutter:
    return Cutter(read_tokenizer(MODELS))


def test_spans_point_at_the_words(cutter: Cutter) -> None:
    text = "My café order 😡 is LATE"
    tokens = cutter.cut(text, by_customer=True)
    words = [text[start:end] for start, end in tokens.spans]
    assert words == ["", "My", "café", "order", "😡", "is", "LATE", ""]


def test_words_in_capitals_and_the_speaker_are_marked(cutter: Cutter) -> None:
    assert cutter.cut("it is LATE", by_customer=True).kinds.tolist() == [0, 0, 0, 1, 0]
    assert cutter.cut("it is LATE", by_customer=False).kinds.tolist() == [2, 2, 2, 3, 2]


def test_a_long_letter_is_read_from_both_ends(cutter: Cutter) -> None:
    text = "first " + "word " * 500 + "last"
    tokens = cutter.cut(text, by_customer=True)
    assert len(tokens.ids) == LONGEST
    assert text[slice(*tokens.spans[1])] == "first"
    assert text[slice(*tokens.spans[-2])] == "last"


def test_nothing_is_read_as_one_unknown_word(cutter: Cutter) -> None:
    assert len(cutter.cut("", by_customer=True).ids) == 3
    assert np.array_equal(cutter.cut("", by_customer=True).ids, cutter.cut("\n\t ", by_customer=True).ids)
