"""VADER: sentiment by a lexicon and rules. Needs vaderSentiment."""

from __future__ import annotations

from collections.abc import Callable

from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer


def load() -> Callable[[str, str], float]:
    """How negative a text is, -1 to 1: the compound score turned round."""
    analyzer = SentimentIntensityAnalyzer()
    return lambda text, _: -float(analyzer.polarity_scores(text)["compound"])
