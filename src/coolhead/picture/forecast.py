"""The forecast: how likely it is that heat soon rises, from what has been heard so far. Decides nothing.

Two small sets of boosted trees: one after a customer's turn, one after the agent's answer, which starts from
the first one's log-odds and weighs what the agent did. They lie in forecast.json, made by
training/forecast.py; what they look at is named here once, for training and for use.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import accumulate

import numpy as np

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


Node = tuple[float, str, float, int, int]
"""One node of a tree: its own log-odds if a leaf; else the feature, the highest value that goes left, and the
places of both branches. A leaf names no feature."""


class Trees:
    """Boosted trees over named features; a feature that is absent counts as 0.

    Args:
        bias: log-odds before any tree is asked.
        trees: of which each adds the log-odds of the leaf that it comes to.
    """

    def __init__(self, bias: float, trees: Sequence[Sequence[Node]]) -> None:
        self.bias = bias
        self.trees = trees
        nodes = [(*node, first) for first, tree in _with_first(trees) for node in tree]
        self._places = {name: place for place, name in enumerate(sorted({node[1] for node in nodes} - {""}))}
        self._values = np.array([value for value, *_ in nodes])
        self._looks_at = np.array([self._places.get(name, 0) for _, name, *_ in nodes])
        self._most = np.array([most if name else np.inf for _, name, most, *_ in nodes])
        branches = [
            (first + left, first + right) if name else (place, place)
            for place, (_, name, _, left, right, first) in enumerate(nodes)
        ]
        self._left, self._right = np.array(branches).reshape(-1, 2).T
        self._roots = np.array([first for first, _ in _with_first(trees)])
        self._depth = max(map(_depth, trees), default=0)

    def log_odds(self, features: Mapping[str, float]) -> float:
        """The bias and the leaf that each tree comes to."""
        seen = np.array([features.get(name, 0.0) for name in self._places] or [0.0])
        at = self._roots
        for _ in range(self._depth):
            at = np.where(seen[self._looks_at[at]] <= self._most[at], self._left[at], self._right[at])
        return self.bias + math.fsum(self._values[at].tolist())


def _with_first(trees: Sequence[Sequence[Node]]) -> list[tuple[int, Sequence[Node]]]:
    """Each tree with the place of its first node among the nodes of all."""
    firsts = accumulate((len(tree) for tree in trees), initial=0)
    return list(zip(firsts, trees, strict=False))


def _depth(tree: Sequence[Node], place: int = 0) -> int:
    """Branches on the way to the farthest leaf."""
    _, feature, _, left, right = tree[place]
    return 1 + max(_depth(tree, left), _depth(tree, right)) if feature else 0


@cache
def _forecasters() -> tuple[Trees, Trees]:
    """After a customer's turn, and after an agent's."""
    stored = json.loads(files("coolhead.picture").joinpath("forecast.json").read_text(encoding="utf-8"))
    hearing, answering = (
        Trees(part["bias"], tuple(tuple(tuple(node) for node in tree) for tree in part["trees"]))
        for part in (stored["hearing"], stored["answering"])
    )
    return hearing, answering


def risk_after(before: Picture, after: Picture, turn: Turn, reading: Reading) -> float:
    """Probability (0–1) that heat rises by a level, or a supervisor is asked for, within two customer turns.

    `before` is the picture before the turn; `after` holds all that it shows, still at the risk before it.
    """
    if not after.course:
        return before.risk
    hearing, answering = _forecasters()
    if turn.by_customer:
        odds = hearing.log_odds(features_heard(before, after, turn, reading))
    else:
        odds = answering.log_odds(features_answered(before, after, reading))
    return probability(odds)


def probability(log_odds: float) -> float:
    """The probability of the log-odds, never quite certain."""
    return min(max(1 / (1 + math.exp(-log_odds)), LEAST), MOST)


def features_heard(before: Picture, after: Picture, turn: Turn, reading: Reading) -> dict[str, float]:
    """What the forecast looks at after a customer's turn; each feature is about 0–1."""
    features = {
        f"shows {term}": _probability(reading, term) for term in SHOWN_BY_CUSTOMERS if term is not Abuse.NONE
    }
    features |= _heat(before, reading)
    features |= {f"next {term}": 1 / (1 + place) for place, term in enumerate(reading.next_best)}
    features |= {f"resolved {outcome}": after.resolved.get(outcome, 0.0) for outcome in Resolved}
    features |= {f"stage {stage}": float(after.stage is stage) for stage in Stage}
    features |= {f"before it {term}": 1.0 for term in _shown_in(after, after.turns - 2)}
    features["csat"] = (after.csat or 3.0) / 5
    features["words"] = min(len(turn.text.split()), 60) / 60
    features["shouting"] = float(turn.text.isupper())
    return features | _course(after) | _story(after)


def features_answered(before: Picture, after: Picture, reading: Reading) -> dict[str, float]:
    """What the forecast looks at after an agent's turn; each feature is about 0–1, but for the log-odds."""
    chance = min(max(before.risk, LEAST), MOST)
    acknowledges = any(sign.term in ACKNOWLEDGES for sign in reading.techniques)
    features = {"log-odds before": math.log(chance / (1 - chance))}
    features |= {f"shows {term}": _probability(reading, term) for term in SHOWN_BY_AGENTS}
    features |= {f"helps {term}": 1.0 for term in before.next_best if _shows(reading, term)}
    features["does what helps"] = float(any(_shows(reading, term) for term in before.next_best))
    features["hot, not acknowledged"] = float(after.level >= Heat.FRUSTRATED and not acknowledges)
    return features | _course(after) | _story(after)


def _shows(reading: Reading, technique: Technique) -> bool:
    return any(sign.term is technique for sign in reading.techniques)


def _heat(before: Picture, reading: Reading) -> dict[str, float]:
    """What the turn alone says of heat."""
    heat = reading.heat
    if heat is None:
        return {}
    features = {f"heat {level}": chance for level, chance in enumerate(heat.probabilities)}
    features["heat"] = heat.expected / 4
    features["above the course"] = heat.expected / 4 - before.heat / 100
    return features


def _course(picture: Picture) -> dict[str, float]:
    """Where heat has been."""
    scores = [point.score / 100 for point in picture.course]
    return {
        "score": scores[-1],
        "score before": scores[-2] if len(scores) > 1 else scores[-1],
        "mean": sum(scores) / len(scores),
        "below the peak": max(scores) - scores[-1],
        "above the least": scores[-1] - min(scores),
        "rising": float(picture.trend is Trend.RISING),
        "falling": float(picture.trend is Trend.FALLING),
        "customer turns": float(len(scores)),
    }


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
