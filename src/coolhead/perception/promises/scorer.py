"""How likely a clause is a promise: a sum of learned weights over its features; knows no grammar."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from math import exp, log
from typing import Self

from coolhead.codebook import Misstep, Technique
from coolhead.errors import SetupError
from coolhead.perception.promises.spelling import Spelling

WEIGHTS = files("coolhead.perception") / "models" / "promises.json.gz"
"""What `training/promises.py` writes."""

_DATED, _UNDATED = Technique.TIME_BOUND, Misstep.VAGUE_COMMITMENT
_SURE = 0.999


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorer:
    """A logistic model over features, and what the text model's view of the whole turn adds.

    Attributes:
        bias: log odds of a clause with no features.
        weights: what each feature adds to the log odds.
        trust: share of the text model's log odds that is added; 0 leaves it unheard.
        threshold: least probability (0–1) at which a clause is a promise.
        spelling: mends the words before they are weighed.
    """

    bias: float
    weights: Mapping[str, float]
    trust: float
    threshold: float
    spelling: Spelling = field(default_factory=lambda: Spelling((), ()))

    @classmethod
    def read(cls, path: Traversable = WEIGHTS) -> Self:
        """The weights that ship, or those of a file.

        Raises:
            SetupError: when there are none or they are damaged.
        """
        try:
            content = json.loads(gzip.decompress(path.read_bytes()))
            spelling = Spelling.of(content.pop("spelling"))
            return cls(**content, spelling=spelling)
        except (OSError, EOFError, zlib.error, ValueError, TypeError, KeyError) as error:
            raise SetupError(
                f"The weights of the promise finder cannot be read from {path}.",
                hint="Install Coolhead again; from a clone, run `python -m training.promises`.",
            ) from error

    def probability(self, features: Set[str], heard: Mapping[str, float] | None) -> float:
        """Of being a promise, 0–1.

        Args:
            features: what the clause shows.
            heard: the text model's scores of the whole turn, if there are any. Of a clause with a date its
                score for a promise with one is heard, of any other its score for a promise without.
        """
        odds = self.bias + sum(self.weights.get(name, 0.0) for name in features)
        score = (heard or {}).get(_DATED if "time:TIME" in features else _UNDATED)
        if score is not None:
            odds += self.trust * _log_odds(score)
        return 1 / (1 + exp(-odds)) if odds > 0 else exp(odds) / (1 + exp(odds))


@cache
def shipped() -> Scorer:
    """The scorer with the weights that ship, read once."""
    return Scorer.read()


def _log_odds(score: float) -> float:
    sure = min(max(score, 1 - _SURE), _SURE)
    return log(sure / (1 - sure))
