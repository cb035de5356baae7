"""`python -m benchmarks corpus`: what the engine says of labelled conversations, against their labels.

Without --data it takes the test split of the corpus: conversations on which neither weights nor thresholds
were chosen; with --annotated the test split of real conversations too, and the main figures of both apart.
With --data FOLDER it takes every conversation of the folder's *.jsonl files. The main figures have a 95 %
interval (`_low`, `_high`) over conversations drawn anew; `reliability` holds the points of the diagram.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import numpy as np

from benchmarks.figures import show
from benchmarks.labelled import Labelled, add_options, choose
from benchmarks.metrics import (
    area_under_curve,
    binary_f1,
    calibration_error,
    f1,
    false_positive_rate,
    label_f1s,
    micro_f1,
    precision_recall,
    quadratic_kappa,
)
from benchmarks.reliability import curve, label_errors, likely_only, of_heat, of_labels
from coolhead.analysis import Analysis, analyse
from coolhead.codebook import Behaviour, Cue, Speaker
from coolhead.engine import Engine
from coolhead.perception.reading import Promise
from coolhead.perception.when import resolve_due

CALLS_FOR_SUPERVISOR = {"legal_threat", "public_threat", "churn_threat", "safety_risk", "asks_supervisor"}
BEHAVIOURS = [behaviour.value for behaviour in Behaviour]
CUSTOMER_KINDS, AGENT_KINDS = ("behaviours", "triggers", "cues"), ("techniques", "missteps")
ROUNDS = 100
PROGRESS = 50
SOME_DAY = datetime(2026, 3, 17, 10, 0, tzinfo=UTC)
"""A Tuesday morning, for promises of conversations without a clock."""

MAIN = (
    "heat_kappa", "heat2_f1", "heat3_f1", "heat2_auc", "false_alarm", "hot_alerted", "behaviours_macro_f1",
    "abuse_f1", "triggers_f1", "cues_f1", "techniques_f1", "missteps_f1", "next_best_top2", "promises_f1",
    "promises_dated_right", "forecast_auc", "forecast_fpr_at_recall_60",
)  # fmt: skip
"""The figures that have goals."""

PLAIN = (
    "heat_exact", "heat_within_one", "heat2_precision", "heat2_recall", "behaviours_precision",
    "behaviours_recall", "triggers_precision", "triggers_recall", "cues_precision", "cues_recall",
    "techniques_precision", "techniques_recall", "missteps_precision", "missteps_recall",
    "promises_precision", "promises_recall",
)  # fmt: skip
"""The figures that say it in plain words."""

Heard = list[tuple[Labelled, Analysis]]


def hear(engine: Engine, conversations: Sequence[Labelled]) -> Heard:
    """Every conversation beside what the engine says of it; progress is told on the error stream."""
    heard = []
    for number, labelled in enumerate(conversations, 1):
        heard.append((labelled, analyse(engine, labelled.conversation)))
        if number % PROGRESS == 0:
            print(f"{number} of {len(conversations)} conversations heard", file=sys.stderr)
    return heard


def measure(heard: Heard) -> dict[str, float]:
    """Every figure of the table by name."""
    return {
        "conversations": len(heard),
        "turns": sum(len(labelled.gold) for labelled, _ in heard),
        **_heat(heard),
        **_alerts(heard),
        **_labels(heard),
        **_promises(heard),
        **_forecast(heard),
    }


def intervals(heard: Heard) -> dict[str, float]:
    """95 % intervals of the main figures; conversations are drawn with replacement."""
    generator = np.random.default_rng(0)
    rows = []
    for _ in range(ROUNDS):
        found = measure([heard[place] for place in generator.integers(0, len(heard), len(heard))])
        rows.append([found[name] for name in MAIN])
    low, high = np.nanpercentile(rows, [2.5, 97.5], axis=0)
    return {
        f"{name}_{end}": float(value)
        for end, values in (("low", low), ("high", high))
        for name, value in zip(MAIN, values, strict=True)
    }


def calibration(heard: Heard) -> dict[str, Any]:
    """How far probability and frequency lie apart, for heat, for all labels and for the forecast."""
    customer, agent = _pairs(heard, customer=True), _pairs(heard, customer=False)
    heat = of_heat(
        [turn["heat"] for turn, _ in customer], [moment.reading.heat.probabilities for _, moment in customer]
    )
    gold = [_terms(turn, CUSTOMER_KINDS) | {turn.get("abuse", "none")} for turn, _ in customer]
    gold += [_terms(turn, AGENT_KINDS) for turn, _ in agent]
    scores = [moment.reading.scores for _, moment in (*customer, *agent)]
    labels, risk = of_labels(gold, scores), _rises(heard)
    return {
        "heat_ece": calibration_error(*heat),
        "labels_ece": calibration_error(*labels),
        "labels_ece_likely": calibration_error(*likely_only(labels)),
        "labels_ece_mean_of_labels": label_errors(gold, scores),
        "forecast_ece": calibration_error(*risk),
        "reliability": {"heat": curve(heat), "labels": curve(labels), "forecast": curve(risk)},
    }


def _terms(turn: dict[str, Any], kinds: Sequence[str]) -> set[str]:
    return {term for kind in kinds for term in turn.get(kind, ())}


def _pairs(heard: Heard, *, customer: bool) -> list[tuple[dict[str, Any], Any]]:
    return [
        (gold, moment)
        for labelled, analysis in heard
        for gold, moment in zip(labelled.gold, analysis.moments, strict=True)
        if moment.turn.by_customer is customer
    ]


def _heat(heard: Heard) -> dict[str, float]:
    pairs = _pairs(heard, customer=True)
    gold = [turn["heat"] for turn, _ in pairs]
    level = [int(moment.reading.heat.level) for _, moment in pairs]
    hot = [sum(moment.reading.heat.probabilities[2:]) for _, moment in pairs]
    return {
        "heat_kappa": quadratic_kappa(gold, level),
        "heat2_f1": binary_f1([g >= 2 for g in gold], [p >= 2 for p in level]),
        "heat3_f1": binary_f1([g >= 3 for g in gold], [p >= 3 for p in level]),
        "heat_exact": sum(g == p for g, p in zip(gold, level, strict=True)) / max(len(gold), 1),
        "heat_within_one": sum(abs(g - p) <= 1 for g, p in zip(gold, level, strict=True)) / max(len(gold), 1),
        **_both("heat2", [_hot(g) for g in gold], [_hot(p) for p in level]),
        "heat2_auc": area_under_curve([g >= 2 for g in gold], hot),
        "heat2_ece": calibration_error([g >= 2 for g in gold], hot),
    }


def _hot(level: int) -> set[str]:
    return {"hot"} if level >= 2 else set()


def _both(name: str, gold: list[set[str]], found: list[set[str]]) -> dict[str, float]:
    precision, recall = precision_recall(gold, found)
    return {f"{name}_precision": precision, f"{name}_recall": recall}


def _is_calm(gold: list[dict[str, Any]]) -> bool:
    customer = [turn for turn in gold if turn["speaker"] == Speaker.CUSTOMER]
    return all(
        turn["heat"] <= 1
        and turn.get("abuse", "none") == "none"
        and not CALLS_FOR_SUPERVISOR & set(turn.get("cues", ()))
        for turn in customer
    )


def _alerts(heard: Heard) -> dict[str, float]:
    calm = [bool(analysis.picture.alerts) for labelled, analysis in heard if _is_calm(labelled.gold)]
    hot = [
        bool(analysis.picture.alerts)
        for labelled, analysis in heard
        if max((turn["heat"] for turn in labelled.gold if "heat" in turn), default=0) >= 3
    ]
    return {
        "calm_conversations": len(calm),
        "false_alarm": sum(calm) / max(len(calm), 1),
        "hot_conversations": len(hot),
        "hot_alerted": sum(hot) / max(len(hot), 1),
    }


def _labels(heard: Heard) -> dict[str, float]:
    customer, agent = _pairs(heard, customer=True), _pairs(heard, customer=False)

    def gold(pairs: list[tuple[dict[str, Any], Any]], kind: str) -> list[set[str]]:
        return [set(turn.get(kind, ())) for turn, _ in pairs]

    def found(pairs: list[tuple[dict[str, Any], Any]], kind: str) -> list[set[str]]:
        return [{sign.term.value for sign in getattr(moment.reading, kind)} for _, moment in pairs]

    behaviours = label_f1s(gold(customer, "behaviours"), found(customer, "behaviours"), BEHAVIOURS)
    advised = [
        (turn["next_best"], moment.reading.next_best) for turn, moment in customer if turn.get("next_best")
    ]
    sides = dict.fromkeys(CUSTOMER_KINDS, customer) | dict.fromkeys(AGENT_KINDS, agent)
    both: dict[str, float] = {}
    for kind, pairs in sides.items():
        both |= _both(kind, gold(pairs, kind), found(pairs, kind))
    return {
        **both,
        "behaviours_macro_f1": sum(behaviours.values()) / len(behaviours),
        **{f"behaviour_{label}_f1": value for label, value in behaviours.items()},
        "abuse_f1": binary_f1(
            [turn.get("abuse", "none") != "none" for turn, _ in customer],
            [moment.reading.abuse is not None for _, moment in customer],
        ),
        "triggers_f1": micro_f1(gold(customer, "triggers"), found(customer, "triggers")),
        "cues_f1": micro_f1(gold(customer, "cues"), found(customer, "cues")),
        "techniques_f1": micro_f1(gold(agent, "techniques"), found(agent, "techniques")),
        "missteps_f1": micro_f1(gold(agent, "missteps"), found(agent, "missteps")),
        "next_best_top2": sum(bool(set(best) & set(top[:2])) for best, top in advised) / max(len(advised), 1),
    }


def _promises(heard: Heard) -> dict[str, float]:
    hits = misses = false = dated = right = 0
    for labelled, analysis in heard:
        for gold, moment in zip(labelled.gold, analysis.moments, strict=True):
            given, found = gold.get("promises", []), moment.reading.promises
            matched = min(len(given), len(found))
            hits, misses, false = hits + matched, misses + len(given) - matched, false + len(found) - matched
            said_at = moment.turn.said_at(labelled.conversation.started_at)
            dated, right = dated + matched, right + _dated_alike(given, found, said_at)
    return {
        "promises_f1": f1(hits, misses, false),
        "promises_precision": hits / max(hits + false, 1),
        "promises_recall": hits / max(hits + misses, 1),
        "promises_dated_right": right / max(dated, 1),
    }


def _dated_alike(given: Sequence[dict[str, Any]], found: Sequence[Promise], said_at: datetime | None) -> int:
    """How many of a turn's promises are found with the same date, in their order.

    The longest common subsequence: where one is missed, or one found that is none, the others are not
    compared with their neighbours.
    """
    if not given or not found:
        return 0
    without = max(_dated_alike(given[1:], found, said_at), _dated_alike(given, found[1:], said_at))
    if not _same_due(given[0], found[0], said_at):
        return without
    return max(without, 1 + _dated_alike(given[1:], found[1:], said_at))


def _same_due(gold: dict[str, Any], ours: Promise, said_at: datetime | None) -> bool:
    """True when both are due at the same moment, or at none, as words are that name an event.

    Where no clock is known both are read as if they had been said on some day.
    """
    due = resolve_due(gold.get("when") or "", said_at or SOME_DAY)
    return due == (ours.due if said_at else resolve_due(ours.when or "", SOME_DAY))


def _forecast(heard: Heard) -> dict[str, float]:
    gold, risk = _rises(heard)
    return {
        "forecast_auc": area_under_curve(gold, risk),
        "forecast_fpr_at_recall_60": false_positive_rate(gold, risk, 0.6),
    }


def _rises(heard: Heard) -> tuple[list[bool], list[float]]:
    """For each customer turn but the last: does heat rise, or a supervisor get asked for, in the next two?"""
    gold, risk = [], []
    for labelled, analysis in heard:
        customer = [
            (turn, moment.picture.risk)
            for turn, moment in zip(labelled.gold, analysis.moments, strict=True)
            if moment.turn.by_customer
        ]
        for number, (turn, now) in enumerate(customer[:-1]):
            ahead = [later for later, _ in customer[number + 1 : number + 3]]
            gold.append(
                any(
                    later["heat"] > turn["heat"] or Cue.ASKS_SUPERVISOR in later.get("cues", ())
                    for later in ahead
                )
            )
            risk.append(now)
    return gold, risk


def main(arguments: Sequence[str]) -> None:
    """Measures and prints: a table, or one JSON object."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks corpus", description=__doc__)
    add_options(parser)
    given = parser.parse_args(arguments)
    chosen, engine = choose(given), Engine.load()
    written, real = hear(engine, chosen.written), hear(engine, chosen.real)
    heard = [*written, *real]
    if not heard:
        parser.error(f"no labelled conversation in {given.data}")
    figures = measure(heard) | intervals(heard) | calibration(heard)
    if real:
        figures |= _apart("written", written) | _apart("real", real)
    show(figures, as_json=given.json)


def _apart(name: str, heard: Heard) -> dict[str, float]:
    found = measure(heard)
    return {f"{name}_{key}": found[key] for key in ("conversations", "turns", *MAIN, *PLAIN)}
