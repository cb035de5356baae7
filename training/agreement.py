"""How far two readings of the same turns agree, by the measures of the benchmarks."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

from benchmarks.metrics import binary_f1, f1, label_f1s, micro_f1, quadratic_kappa
from coolhead.codebook import Behaviour

Pairs = Sequence[tuple[dict[str, Any], dict[str, Any]]]
"""The first reading and the second: of conversations, or of turns."""


def agreement(pairs: Pairs) -> dict[tuple[str, str], float]:
    """Of conversations by label and measure, the first reading taken as gold; NaN where it has no example."""
    turns = [turn for first, second in pairs for turn in zip(first["turns"], second["turns"], strict=True)]
    agent = [turn for turn in turns if "heat" not in turn[0]]
    return {
        **of_customers([turn for turn in turns if "heat" in turn[0]]),
        ("techniques", "micro-F1"): _micro(agent, "techniques"),
        ("missteps", "micro-F1"): _micro(agent, "missteps"),
        ("promises", "F1"): _promises(agent),
        **{(name, "same"): _share(a[name] == b[name] for a, b in pairs) for name in ("issue", "resolved")},
        ("csat", "at most 1 apart"): _share(abs(a["csat"] - b["csat"]) <= 1 for a, b in pairs),
    }


def of_customers(turns: Pairs) -> dict[tuple[str, str], float]:
    """Of customers' turns by label and measure."""
    first, second = [a["heat"] for a, _ in turns], [b["heat"] for _, b in turns]
    return {
        ("heat", "quadratic kappa"): quadratic_kappa(first, second),
        ("heat ≥ 2", "F1"): binary_f1([a >= 2 for a in first], [b >= 2 for b in second]),
        ("heat ≥ 3", "F1"): binary_f1([a >= 3 for a in first], [b >= 3 for b in second]),
        ("behaviours", "micro-F1"): _micro(turns, "behaviours"),
        ("behaviours", "macro-F1"): _macro(turns, "behaviours", tuple(Behaviour)),
        ("abuse ≠ none", "F1"): _abuse(turns),
        ("triggers", "micro-F1"): _micro(turns, "triggers"),
        ("cues", "micro-F1"): _micro(turns, "cues"),
        ("next best", "top 2 hit"): _top_two(turns),
    }


def _micro(turns: Pairs, family: str) -> float:
    return micro_f1(*([set(turn[n].get(family, ())) for turn in turns] for n in (0, 1)))


def _macro(turns: Pairs, family: str, labels: Sequence[str]) -> float:
    first, second = ([set(turn[n].get(family, ())) for turn in turns] for n in (0, 1))
    found = label_f1s(first, second, labels).values()
    return sum(found) / len(found) if set(labels) <= set().union(*first) else math.nan


def _abuse(turns: Pairs) -> float:
    first, second = ([turn[n].get("abuse", "none") != "none" for turn in turns] for n in (0, 1))
    return binary_f1(first, second) if any(first) else math.nan


def _top_two(turns: Pairs) -> float:
    both = [(a["next_best"], b["next_best"]) for a, b in turns if a.get("next_best") and b.get("next_best")]
    return _share(bool(set(first) & set(second[:2])) for first, second in both)


def _promises(turns: Pairs) -> float:
    counted = [(len(a.get("promises", ())), len(b.get("promises", ()))) for a, b in turns]
    hits = sum(min(pair) for pair in counted)
    return f1(hits, sum(a for a, _ in counted) - hits, sum(b for _, b in counted) - hits)


def _share(same: Iterable[bool]) -> float:
    answers = list(same)
    return sum(answers) / max(len(answers), 1)
