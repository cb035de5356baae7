from pathlib import Path

import numpy as np
import pytest

from coolhead.codebook import Speaker
from coolhead.conversation.turn import Turn
from coolhead.errors import SetupError
from coolhead.perception.embedding import FILE, Embedding
from coolhead.perception.encoder import MODELS
from coolhead.perception.text import TextModel


@pytest.fixture(scope="module")
def model() -> TextModel:
    return TextModel()


def embed(model: TextModel, text: str) -> np.ndarray:
    return model.embed(Turn(id="1", speaker=Speaker.CUSTOMER, text=text, place=0))


def test_an_embedding_is_as_long_as_one_and_always_the_same(model: TextModel) -> None:
    vector = embed(model, "my card never came")
    assert vector.shape == (128,)
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)
    assert (embed(TextModel(), "my card never came") == vector).all()


@pytest.mark.parametrize(
    ("one", "alike", "other"),
    [
        (
            "Hi, yes, Dana Whitlock here. My new debit card still hasn't turned up, it's been two weeks.",
            "where is the card you said you posted",
            "Hi, yes, Dana Whitlock here. I'd like to insure the new flat, I move in two weeks.",
        ),
        (
            "I was wondering, you know, could you tell me how much is left in my savings?",
            "check balance please",
            "I was wondering, you know, could you tell me how I get to your branch?",
        ),
        (
            "Oh hello, sorry to bother you. Somebody paid for petrol with my card and it was not me!",
            "there is a purchase on my statement that i did not make",
            "Oh hello, sorry to bother you. Could you put me through to a dentist near the station?",
        ),
    ],
)
def test_the_wish_counts_and_not_the_words_around_it(
    model: TextModel, one: str, alike: str, other: str
) -> None:
    vector = embed(model, one)
    assert vector @ embed(model, alike) > vector @ embed(model, other)


def test_nothing_said_has_an_embedding_too(model: TextModel) -> None:
    assert np.isfinite(embed(model, "")).all()


@pytest.mark.parametrize("content", [None, b"no numbers"])
def test_a_missing_or_damaged_file_says_what_to_do(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / FILE).write_bytes(content)
    with pytest.raises(SetupError) as told:
        Embedding.read(tmp_path)
    assert told.value.hint


def test_all_weights_together_stay_small() -> None:
    assert sum(len(file.read_bytes()) for file in MODELS.iterdir()) <= 25_000_000
