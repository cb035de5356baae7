"""The forecast: how likely it is that heat soon rises, from what has been heard so far. Decides nothing.

Two logistic regressions: one after a customer's turn, one after the agent's answer, which starts from the
first one's log-odds and weighs what the agent did. Their coefficients, in forecast.json, are made by
training/forecast.py; the features are named here once, for training and for use.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from coolhead.codebook import Abuse, Behaviour, Cue, Heat, Misstep, Resolved, Technique, Term, Trigger
from coolhead.conversation.turn import Turn
from coolhead.perception.reading import Reading
from coolhead.picture.questions import unanswered
from coolhead.picture.stage import ACKNOWLEDGES
from coolhead.picture.state import Picture, Stage, Trend

LEAST, MOST = 0.005, 0.995
"""No forecast is more certain than this."""

SHOWN_BY_CUSTOMERS: tuple[Term, ...] = (*Behaviour, *Abuse, *Trigger, *Cue)
SHOWN_BY_AGENTS: tuple[Term, ...] = (*Technique, *Misstep)


@dataclass(frozen=True, slots=True)
class Regression:
    """A logistic regression over named features."""

    bias: float
    weights: Mapping[str, float]

    def log_odds(self, features: Mapping[str, float]) -> float:
        """The sum of weight · feature; a feature without a weight says nothing."""
        return self.bias + math.fsum(self.weights.get(name, 0.0) * value for name, value in features.items())


@cache
def _regressions() -> tuple[Regression, Regression]:
    """After a customer's turn, and after an agent's."""
    stored = json.loads(files("coolhead.picture").joinpath("forecast.json").read_text(encoding="utf-8"))
    hearing, answering = (
        Regression(part["bias"], part["weights"]) for part in (stored["hearing"], stored["answering"])
    )
    return hearing, answering


def risk_after(before: Picture, after: Picture, turn: Turn, reading: Reading) -> float:
    """Probability (0–1) that heat rises by a level, or a supervisor is asked for, within two customer turns.

    `before` is the picture before the turn; `after` holds all that it shows, still at the risk before it.
    """
    if not after.course:
        return before.risk
    hearing, answering = _regressions()
    if turn.by_customer:
        odds = hearing.log_odds(features_heard(before, after, turn, reading))
    else:
        odds = answering.log_odds(features_answered(before, after, reading))
    return min(max(1 / (1 + math.exp(-odds)), LEAST), MOST)


def features_heard(before: Picture, after: Picture, turn: Turn, reading: Reading) -> dict[str, float]:
    """What the forecast looks at after a customer's turn; each feature is about 0–1."""
    features = {
        f"shows {term}": _probability(reading, term) for term in SHOWN_BY_CUSTOMERS if term is not Abuse.NONE
    }
    features |= _heat(before, after, reading)
    features |= {f"next {term}": 1 / (1 + place) for place, term in enumerate(reading.next_best)}
    features |= {f"resolved {outcome}": after.resolved.get(outcome, 0.0) for outcome in Resolved}
    features |= {f"stage {stage}": float(after.stage is stage) for stage in Stage}
    features |= {f"before it {term}": 1.0 for term in _shown_in(after, after.turns - 2)}
    features["csat"] = (after.csat or 3.0) / 5
    features["words"] = min(len(turn.text.split()), 60) / 60
    features["shouting"] = float(turn.text.isupper())
    return features | _story(after)


def features_answered(before: Picture, after: Picture, reading: Reading) -> dict[str, float]:
    """What the forecast looks at after an agent's turn; each feature is about 0–1, but for the log-odds."""
    chance = min(max(before.risk, LEAST), MOST)
    hot = after.level >= Heat.FRUSTRATED
    features = {"log-odds before": math.log(chance / (1 - chance))}
    features |= {f"shows {term}": _probability(reading, term) for term in SHOWN_BY_AGENTS}
    features["hot"] = float(hot)
    features["hot, not acknowledged"] = float(
        hot and not any(s.term in ACKNOWLEDGES for s in reading.techniques)
    )
    features["heat"] = after.heat / 100
    return features


def _heat(before: Picture, after: Picture, reading: Reading) -> dict[str, float]:
    heat = reading.heat
    if heat is None:
        return {}
    scores = [point.score / 100 for point in after.course]
    features = {f"heat {level}": chance for level, chance in enumerate(heat.probabilities)}
    features["score"] = scores[-1]
    features["above the course"] = heat.expected / 4 - before.heat / 100
    features["below the peak"] = max(scores) - scores[-1]
    features["rising"] = float(after.trend is Trend.RISING)
    features["falling"] = float(after.trend is Trend.FALLING)
    features["first"] = float(len(scores) == 1)
    features["how long"] = min(len(scores), 10) / 10
    return features


def _story(picture: Picture) -> dict[str, float]:
    """What has gathered over the conversation."""
    seen = {each.term for each in picture.noticed}
    acknowledged = any(term in picture.techniques for term in ACKNOWLEDGES)
    return {
        **{f"so far {term}": 1.0 for term in seen if isinstance(term, Trigger)},
        f"channel {picture.channel}": 1.0,
        "abuse so far": min(len(picture.abuse), 3) / 3,
        "missteps so far": min(sum(use.count for use in picture.missteps.values()), 5) / 5,
        "unanswered": min(len(unanswered(picture.questions, by_customer=True)), 3) / 3,
        "promised": min(len(picture.promises), 3) / 3,
        "never acknowledged": float(not acknowledged),
        "hot, never acknowledged": float(not acknowledged and picture.level >= Heat.FRUSTRATED),
    }


def _shown_in(picture: Picture, number: int) -> list[Term]:
    """What the agent's side showed in the turn of that number."""
    uses = (*picture.techniques.items(), *picture.missteps.items())
    return [term for term, use in uses if use.number == number]


def _probability(reading: Reading, term: Term) -> float:
    """How sure the reading is of a term, decided on or not."""
    if term.value in reading.scores:
        return reading.scores[term.value]
    return max((sign.score for sign in reading.signs if sign.term == term), default=0.0)
