import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from coolhead.perception.grouping import FARTHEST, _linked, group


def around(directions: list[int], *, spread: float = 0.05, seed: int = 0) -> np.ndarray:
    """Unit vectors near the axes named."""
    vectors = np.eye(8)[directions] + np.random.default_rng(seed).normal(
        scale=spread, size=(len(directions), 8)
    )
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def test_turns_about_the_same_thing_are_one_group_and_the_largest_comes_first() -> None:
    directions = [2] * 4 + [0] * 9 + [5] * 6
    assert group(around(directions)).tolist() == [2] * 4 + [0] * 9 + [1] * 6


def test_what_is_too_rare_to_be_an_issue_goes_to_the_nearest() -> None:
    stray = np.eye(8, dtype=np.float32)[[3]] + 0.5 * np.eye(8, dtype=np.float32)[[1]]
    vectors = np.concatenate([around([1] * 5 + [4] * 9), stray / np.linalg.norm(stray)])
    assert group(vectors).tolist() == [1] * 5 + [0] * 9 + [1]


def test_where_nothing_is_common_every_group_stays() -> None:
    assert group(around([0, 1, 1, 6])).tolist() == [1, 0, 0, 2]


@pytest.mark.parametrize("count", [1, 2])
def test_few_turns(count: int) -> None:
    assert group(around([0, 3][:count])).tolist() == [0, 1][:count]


@settings(max_examples=40, deadline=None)
@given(arrays.arrays(np.int64, st.integers(2, 40), elements=st.integers(0, 7)), st.integers(0, 9))
def test_linkage_is_the_one_in_the_books(directions: np.ndarray, seed: int) -> None:
    cluster = pytest.importorskip("sklearn.cluster", reason="scikit-learn is not installed")
    vectors = around(directions.tolist(), spread=0.4, seed=seed)
    known = cluster.AgglomerativeClustering(
        None, distance_threshold=FARTHEST, metric="cosine", linkage="average"
    ).fit_predict(vectors)
    together = _linked(vectors)[:, None] == _linked(vectors)
    assert (together == (known[:, None] == known)).all()
