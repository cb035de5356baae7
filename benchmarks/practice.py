"""`python -m benchmarks practice`: the simulated customers, played against by scripted agents.

Skilled, middling and poor agents play seeded runs over all scenarios, personas and difficulties. Then the
skilled one plays with one misstep added, and with one technique left out. Their lines are held back
(`practice_lines/`). Whether questions are answered was judged by hand (`practice_answers`).
"""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from statistics import fmean
from typing import Any

from scipy.stats import spearmanr

from benchmarks import practice_answers
from benchmarks.figures import show
from benchmarks.practice_runs import AGENTS, VARIANTS, Played, play_all
from benchmarks.practice_speed import many_at_once, reply_times
from coolhead.engine import Engine
from coolhead.practice.run import Practice
from coolhead.practice.scenario import shipped_scenarios

TIMED_RUNS = 60


def rank_correlation(runs: Iterable[Played]) -> float:
    """Spearman's, between the inner heat and the heat that the engine reads, over all customer turns."""
    inner, read = zip(*(pair for run in runs for pair in run.heats), strict=True)
    return float(spearmanr(inner, read).statistic)


def by_persona(runs: Iterable[Played]) -> dict[str, float]:
    """Share of runs in which each persona's behaviour was recovered."""
    of: dict[str, list[bool]] = defaultdict(list)
    for run in runs:
        of[run.persona].append(run.recovered)
    return {name: round(fmean(each), 3) for name, each in sorted(of.items())}


def alike(runs: Iterable[Played]) -> dict[str, float]:
    """Of any two runs of one scenario: how many say just the same, and the most sentences that two share.

    The share is of the sentences of the one that says less.
    """
    of: dict[str, list[Played]] = defaultdict(list)
    for run in runs:
        of[run.scenario].append(run)
    same, most = 0, 0.0
    for some in of.values():
        for one, other in combinations(some, 2):
            shared = len(one.sentences & other.sentences) / min(len(one.sentences), len(other.sentences))
            same, most = same + (one.sentences == other.sentences), max(most, shared)
    return {
        "runs_a_scenario": min(map(len, of.values())),
        "runs_alike": same,
        "most_sentences_shared": most,
    }


def monotone(runs: Mapping[str, Sequence[Played]]) -> dict[str, Any]:
    """How much hotter runs end with each misstep added and each technique left out than the plain ones."""
    hotter = {}
    for name in VARIANTS:
        plain = fmean(run.end_heat for run in runs["skilled"][: len(runs[name])])
        hotter[name] = fmean(run.end_heat for run in runs[name]) - plain
    return {
        "runs_each": min(len(runs[name]) for name in VARIANTS),
        "rules_monotone": fmean(by > 0 for by in hotter.values()),
        "rules_not_monotone": sorted(name for name, by in hotter.items() if by <= 0),
        "hotter_by": {name: round(by, 3) for name, by in hotter.items()},
    }


def measured(runs: Mapping[str, Sequence[Played]]) -> dict[str, Any]:
    """Every figure that the runs alone give."""
    plain = [run for name in AGENTS for run in runs[name]]
    every = [run for some in runs.values() for run in some]
    return {
        "scenarios": len(shipped_scenarios()),
        "runs": len(plain),
        **{f"calm_{name}": fmean(run.calm for run in runs[name]) for name in AGENTS},
        **{f"end_heat_{name}": fmean(run.end_heat for run in runs[name]) for name in AGENTS},
        "behaviour_recovered": fmean(run.recovered for run in plain),
        "behaviour_recovered_by_persona": by_persona(plain),
        "heat_rank_correlation": rank_correlation(plain),
        "heat_rank_correlation_by_agent": {name: round(rank_correlation(runs[name]), 3) for name in AGENTS},
        "runs_checked": len(every),
        "runs_with_a_contradiction": sum(bool(run.contradictions) for run in every),
        "contradictions": dict(
            Counter(words for run in every for words in run.contradictions).most_common(20)
        ),
        "replies_repeated": sum(run.repeated for run in every),
        **alike(plain),
        **(monotone(runs) if all(runs[name] for name in VARIANTS) else {}),
    }


def main(arguments: Sequence[str]) -> None:
    """Measures and prints: a table, or one JSON object."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks practice", description=__doc__)
    parser.add_argument("--runs", type=int, default=500, help="seeded runs of each agent")
    parser.add_argument(
        "--each", type=int, default=160, help="runs for each misstep and each technique; 0 for none"
    )
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="processes that play")
    parser.add_argument("--people", type=int, default=200, help="who practise at once; 0 for none")
    parser.add_argument("--seconds", type=float, default=60, help="for so long")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    given = parser.parse_args(arguments)
    runs: dict[str, list[Played]] = {name: [] for name in (*AGENTS, *VARIANTS)}
    for some in play_all(given.runs, min(given.each, given.runs), given.jobs):
        for run in some:
            runs[run.agent].append(run)
        print(f"{len(runs['skilled'])} of {given.runs} seeds", file=sys.stderr)
    figures = measured(runs)
    timed = [runs[name][number] for number in range(min(given.runs, TIMED_RUNS) // 3) for name in AGENTS]
    figures |= reply_times(timed)
    if given.people:
        figures |= many_at_once(runs["skilled"], given.people, given.seconds)
    labelled = practice_answers.read_labels()
    if labelled:
        drawn = practice_answers.draw(Practice(Engine.load()), len(labelled))
        figures |= practice_answers.share(labelled, drawn)
    show(figures, as_json=given.json)
