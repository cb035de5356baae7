import gzip
from pathlib import Path

import pytest

from coolhead.codebook import Misstep, Technique
from coolhead.errors import SetupError
from coolhead.perception.promises.scorer import WEIGHTS, Scorer, shipped


def test_features_add_up() -> None:
    scorer = Scorer(bias=0.0, weights={"a": 1.0, "b": -1.0}, trust=0.5, threshold=0.5)
    assert scorer.probability({"a", "b", "unknown"}, None) == pytest.approx(0.5)
    assert scorer.probability({"a"}, None) > scorer.probability({"b"}, None)


@pytest.mark.parametrize(
    ("features", "told"), [({"time:TIME"}, Technique.TIME_BOUND), ({"x"}, Misstep.VAGUE_COMMITMENT)]
)
def test_the_text_model_is_heard_on_promises_of_the_same_kind(features: set[str], told: str) -> None:
    scorer = Scorer(bias=0.0, weights={}, trust=0.5, threshold=0.5)
    unheard = scorer.probability(features, None)
    assert scorer.probability(features, {told: 0.9}) > unheard > scorer.probability(features, {told: 0.1})
    assert scorer.probability(features, {Technique.GREETING: 0.9}) == unheard


@pytest.mark.parametrize("score", [0.0, 1.0])
def test_a_certain_text_model_does_not_decide_alone(score: float) -> None:
    scorer = Scorer(bias=0.0, weights={}, trust=1.0, threshold=0.5)
    assert 0 < scorer.probability(set(), {Misstep.VAGUE_COMMITMENT: score}) < 1


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"bias": 1}'])
def test_damaged_weights_are_told(tmp_path: Path, content: str) -> None:
    path = tmp_path / "promises.json.gz"
    path.write_bytes(gzip.compress(content.encode()))
    with pytest.raises(SetupError, match="promise finder"):
        Scorer.read(path)


def test_weights_that_break_off_are_told(tmp_path: Path) -> None:
    path = tmp_path / "promises.json.gz"
    path.write_bytes(WEIGHTS.read_bytes()[:1000])
    with pytest.raises(SetupError, match="promise finder"):
        Scorer.read(path)


def test_missing_weights_are_told(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="promise finder"):
        Scorer.read(tmp_path / "nothing.json.gz")


def test_the_weights_that_ship_are_whole() -> None:
    scorer = shipped()
    assert 0 < scorer.threshold < 1
    assert len(scorer.weights) > 1000
