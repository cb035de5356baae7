"""`python -m benchmarks practice`: the simulated customers, played against by scripted agents.

Skilled, middling and poor agents play seeded runs over all scenarios, personas and difficulties. Then the
skilled one plays with one misstep added, and with one technique left out. Their lines are held back
(`practice_lines/`).
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from statistics import fmean
from typing import Any

from scipy.stats import spearmanr

from benchmarks.figures import show
from benchmarks.practice_agents import TECHNIQUES, Agent, Skilled, lines, middling, play, poor
from coolhead.codebook import Behaviour
from coolhead.engine import Engine
from coolhead.practice.act import Ending
from coolhead.practice.chance import pick
from coolhead.practice.persona import Persona, shipped_personas, who_suits
from coolhead.practice.quantity import quantities
from coolhead.practice.run import Practice, Run
from coolhead.practice.scenario import Difficulty, shipped_scenarios

CALM = 1.5
"""Inner heat below which a run ended calm: nearer to "tense" than to "frustrated"."""

_CODE_KINDS = ("money", "code", "weekday", "month", "ordinal")
"""Kinds of quantity that no wording invents; each must come from the scenario or from the agent."""


def begun(practice: Practice, seed: int) -> Run:
    """A run that `seed` alone decides: every scenario in turn, with the personas that suit it."""
    scenarios = list(shipped_scenarios().values())
    scenario = scenarios[seed % len(scenarios)]
    persona = pick(who_suits(scenario, abusive=True), seed, "persona")
    return practice.start(scenario, persona, pick(list(Difficulty), seed, "difficulty"), seed)


def played(practice: Practice, seeds: Iterable[int], agent: Agent) -> list[Run]:
    """The runs of these seeds, played by one agent."""
    return [play(practice, begun(practice, seed), agent) for seed in seeds]


def calm(run: Run) -> bool:
    """True when it was settled, or handed over, and the customer ended calm."""
    return run.ending in (Ending.SETTLED, Ending.HANDED_OVER) and run.last.state.heat < CALM


def share_calm(runs: Sequence[Run]) -> float:
    """Share of runs that ended calm."""
    return fmean(calm(run) for run in runs)


def end_heat(runs: Sequence[Run]) -> float:
    """Mean inner heat at the end."""
    return fmean(run.last.state.heat for run in runs)


def behaviour_of(run: Run) -> Behaviour | None:
    """What a reader of the whole run would call the customer's behaviour, from the readings alone.

    The most frequent of abuse, indecision and passive aggression when it was read in two turns, or in a
    quarter of them. Open anger comes with all of these, so it is the answer only when none is; else none.
    """
    read = Counter(sign.term for each in run.rounds for sign in each.customer.reading.behaviours)
    anger = read.pop(Behaviour.ANGRY, 0)
    for behaviour, count in read.most_common(1):
        if count >= 2 or 4 * count >= len(run.rounds):
            return behaviour
    return Behaviour.ANGRY if anger else None


def recovered(run: Run) -> bool:
    """True when that is the persona's; one without a behaviour may come to open anger, as anybody."""
    found = behaviour_of(run)
    wanted = run.persona.behaviour
    return found is wanted if wanted else found in (None, Behaviour.ANGRY)


def rank_correlation(runs: Sequence[Run]) -> float:
    """Spearman's, between the inner heat and the heat that the engine reads, over all customer turns."""
    inner = [each.state.heat for run in runs for each in run.rounds]
    read = [
        each.customer.reading.heat.expected
        for run in runs
        for each in run.rounds
        if each.customer.reading.heat
    ]
    return float(spearmanr(inner, read).statistic)


def contradictions(run: Run) -> list[str]:
    """Sums, codes, days and months in replies that neither the scenario nor the agent brought in."""
    known, found = set(run.scenario.quantities), []
    for each in run.rounds:
        if each.agent:
            known |= {(q.kind, q.value) for q in quantities(each.agent.turn.text)}
        found += [
            q.text for q in quantities(each.reply) if q.kind in _CODE_KINDS and (q.kind, q.value) not in known
        ]
    return found


def repeats(run: Run) -> int:
    """Replies that came before in the same run."""
    return len(run.rounds) - len({each.reply for each in run.rounds})


def monotone(practice: Practice, seeds: Sequence[int], plain: float) -> dict[str, Any]:
    """How much hotter runs end with each misstep added and each technique left out than the plain ones."""
    hotter: dict[str, float] = {}
    for name in lines("missteps"):
        hotter[f"with {name}"] = end_heat(played(practice, seeds, Skilled(misstep=name))) - plain
        print(f"with {name}: {hotter[f'with {name}']:+.3f}", file=sys.stderr)
    for name in TECHNIQUES:
        without = Skilled(without=frozenset({name}))
        hotter[f"without {name}"] = end_heat(played(practice, seeds, without)) - plain
        print(f"without {name}: {hotter[f'without {name}']:+.3f}", file=sys.stderr)
    return {
        "rules_monotone": fmean(by > 0 for by in hotter.values()),
        "rules_not_monotone": sorted(name for name, by in hotter.items() if by <= 0),
        "hotter_by": {name: round(by, 3) for name, by in hotter.items()},
    }


def seconds_a_turn(practice: Practice, runs: Sequence[Run]) -> list[float]:
    """Seconds of each reply when runs are played again turn by turn."""
    took = []
    for run in runs:
        again = practice.start(run.scenario, run.persona, run.difficulty, run.seed)
        for each in run.rounds[1:]:
            text = each.agent.turn.text if each.agent else ""
            began = time.perf_counter()
            again = practice.say(again, text)
            took.append(time.perf_counter() - began)
            if again.over:
                break
    return sorted(took)


def by_persona(runs: Sequence[Run]) -> dict[str, float]:
    """Share of runs in which each persona's behaviour was recovered."""
    personas: Sequence[Persona] = list(shipped_personas().values())
    of = {each.id: [recovered(run) for run in runs if run.persona.id == each.id] for each in personas}
    return {name: round(fmean(each), 3) for name, each in of.items() if each}


def main(arguments: Sequence[str]) -> None:
    """Measures and prints: a table, or one JSON object."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks practice", description=__doc__)
    parser.add_argument("--runs", type=int, default=500, help="seeded runs of each agent")
    parser.add_argument(
        "--each", type=int, default=120, help="runs for each misstep and each technique; 0 for none"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object")
    given = parser.parse_args(arguments)
    practice = Practice(Engine.load())
    seeds = range(given.runs)
    runs = {}
    for name, agent in (("skilled", Skilled()), ("middling", middling), ("poor", poor)):
        runs[name] = played(practice, seeds, agent)
        print(f"{name}: {share_calm(runs[name]):.3f} calm", file=sys.stderr)
    every = [run for some in runs.values() for run in some]
    took = seconds_a_turn(practice, every[: max(20, given.runs // 10)])
    measured: dict[str, Any] = {
        "scenarios": len(shipped_scenarios()),
        "runs": len(every),
        **{f"calm_{name}": share_calm(some) for name, some in runs.items()},
        **{f"end_heat_{name}": end_heat(some) for name, some in runs.items()},
        "behaviour_recovered": fmean(recovered(run) for run in every),
        "behaviour_recovered_by_persona": by_persona(every),
        "heat_rank_correlation": rank_correlation(every),
        "runs_with_a_contradiction": sum(bool(contradictions(run)) for run in every),
        "replies_repeated": sum(repeats(run) for run in every),
        "reply_ms_p95": 1000 * took[int(0.95 * len(took))],
    }
    if given.each:
        measured |= monotone(practice, range(given.each), end_heat(runs["skilled"][: given.each]))
    show(measured, as_json=given.json)
