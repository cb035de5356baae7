import numpy as np
import pytest

pytest.importorskip("scipy", reason="benchmarks/requirements.txt is not installed")

from training.embedding import LEAST_TURNS, WIDTH, fit, retrieved

SIZE, INTENTS, TURNS = 384, 12, 30


def turns(seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Vectors that show the intent weakly in the first twelve numbers and the mood loudly in the next."""
    chance = np.random.default_rng(seed)
    number = np.repeat(np.arange(INTENTS), TURNS)
    vectors = chance.normal(scale=0.05, size=(len(number), SIZE))
    vectors[np.arange(len(number)), number] += 1
    vectors[:, INTENTS : INTENTS + 4] += chance.normal(scale=3, size=(len(number), 4))
    return vectors, np.array([f"intent {each}" for each in number])


def unit(vectors: np.ndarray) -> np.ndarray:
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def test_what_people_say_around_their_wish_is_taken_out() -> None:
    vectors, intents = turns(0)
    weights, offset = fit(*turns(1))
    assert weights.shape == (SIZE, WIDTH)
    before, after = retrieved(unit(vectors), intents), retrieved(unit(vectors @ weights + offset), intents)
    assert before < 0.6
    assert after > 0.95


def test_intents_with_few_turns_teach_nothing() -> None:
    vectors, intents = turns(0)
    few = np.full(LEAST_TURNS - 1, "rare")
    more = np.concatenate([vectors, 50 * np.ones((len(few), SIZE))])
    for one, other in zip(fit(vectors, intents), fit(more, np.concatenate([intents, few])), strict=True):
        assert np.allclose(one, other)


def test_retrieved_counts_the_nearest_that_share_the_intent() -> None:
    directions = unit(np.array([[1.0, 0], [1, 0.1], [0, 1], [0.1, 1], [1, 0.15]]))
    intents = np.array(["pay", "pay", "move", "move", "alone"])
    assert retrieved(directions, intents) == 3 / 4  # who is alone does not count
    assert retrieved(directions[:4], intents[:4]) == 1
