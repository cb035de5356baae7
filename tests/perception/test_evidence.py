import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coolhead.perception.evidence import WORD, Words


def marked(text: str, *strong: str) -> str:
    """The evidence where the words in `strong` add to the label and the others do not."""
    spans = [match.span() for match in WORD.finditer(text)]
    added = [1.0 if text[start:end].strip(".,!?") in strong else 0.0 for start, end in spans]
    evidence = Words(text, spans).showing(np.array(added))
    return text[evidence.start : evidence.end]


@pytest.mark.parametrize(
    ("text", "strong", "expected"),
    [
        ("Thank you so much.", ["much"], "Thank you so much"),
        (
            "The box came. It was empty and nobody cares. Goodbye then.",
            ["empty", "nobody"],
            "It was empty and nobody cares",
        ),
        (
            "I am on hold, you useless idiot, and I want a manager now.",
            ["useless", "idiot"],
            "you useless idiot",
        ),
        (
            "so i rang twice and nobody rang me back and i am still waiting for it",
            ["nobody", "rang"],
            "nobody rang",
        ),
    ],
)
def test_a_span_is_one_a_person_would_underline(text: str, strong: list[str], expected: str) -> None:
    assert expected in marked(text, *strong)


def test_a_span_never_crosses_the_end_of_a_sentence() -> None:
    assert marked("I am so angry with you. You never ever call me back.", "angry", "you", "You", "never") in (
        "I am so angry with you",
        "You never ever call me back",
    )


@given(st.text(max_size=300), st.data())
def test_a_span_lies_in_the_text_and_is_never_empty_where_the_text_is_not(
    text: str, data: st.DataObject
) -> None:
    spans = [match.span() for match in WORD.finditer(text)]
    added = data.draw(st.lists(st.floats(-5, 5), min_size=len(spans), max_size=len(spans)))

    evidence = Words(text, spans).showing(np.array(added))

    assert evidence.start is not None
    assert evidence.end is not None
    assert 0 <= evidence.start <= evidence.end <= len(text)
    assert evidence.end > evidence.start or not text
