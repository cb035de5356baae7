"""The tables of RESULTS.md, each from the figures of one benchmark."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from benchmarks.exchanges import EXCHANGES
from benchmarks.goals import (
    CALIBRATION,
    EXCHANGE,
    FALL,
    NOT_HOTTER,
    OWN,
    PRACTICE,
    PUBLIC,
    SPEED,
    Goal,
    Published,
)
from benchmarks.robustness import STYLES

Figures = Mapping[str, Any]

READERS = {
    "coolhead_turn": "Coolhead, everything",
    "vader": "VADER",
    "politeness": "ConvoKit's politeness strategies",
    "pipeline": "transformers pipeline, same base model",
}
MASKERS = {"coolhead_mask": "Coolhead's masking", "presidio": "Presidio"}
COSTS = {
    "ms": "ms a turn", "processor_ms": "processor ms a turn", "start_s": "start, s", "mb": "memory, MB",
}  # fmt: skip
TAUGHT = {
    "words": "word counts, taught",
    "minilm": "MiniLM, taught",
    "inner": "Coolhead's vector, taught",
}
CARDS = {
    "customer_turns": "customer turns",
    "cards": "cards after a customer's turn",
    "cards_a_rough_turn": "cards a customer turn in rough conversations",
    "right": "cards that advise a technique the labels name as best",
    "right_always_the_same": "the same, if every card said: name the feeling and say sorry",
    "advised_and_wanted": "advised techniques that are among the best",
    "repairs_after_agent_turns": "cards after an agent's slip",
    "calm_conversations_with_a_card": "calm conversations in which a card is shown",
}
SPEED_REST = {
    "p50_processor_ms": "one turn, median, ms of processor time",
    "p99_processor_ms": "one turn, 99th percentile, ms of processor time",
    "start_processor_s": "start, s of processor time",
    "bulk_turns_a_s": "bulk, turns a second",
    "encoder_turns_a_s": "bare encoder, turns a second",
    "bulk_processor_ratio": "bulk: share of the bare encoder's speed by processor time",
    "stream_turns": "turns of the memory stream",
    "stream_first_mb": "memory after half of it, MB",
    "stream_last_mb": "memory at its end, MB",
    "stream_slope_mb_a_million": "growth by its slope, MB a million turns",
}
PRACTICE_REST = {
    "calm_middling": "middling agent: runs that end calm",
    "end_heat_skilled": "inner heat at the end, skilled agent",
    "end_heat_middling": "the same, middling agent",
    "end_heat_poor": "the same, poor agent",
    "runs_checked": "runs checked for contradictions and repeated replies",
    "runs_a_scenario": "runs of each scenario that were compared with one another",
    "most_sentences_shared": "most sentences that two runs of one scenario share",
    "answers_labelled": "questions and replies labelled by hand",
    "answers_of_this_version": "of these, replies that the version measured still gives",
    "reply_ms_p50": "a reply on one core, median, ms",
    "reply_processor_ms_p50": "the same, ms of processor time",
    "reply_processor_ms_p95": "a reply, 95th percentile, ms of processor time",
    "people_replies_a_s": "people at once: replies a second",
    "people_ms_p50": "people at once: median, ms",
    "people_ms_p95": "people at once: 95th percentile, ms",
    "people_ms_max": "people at once: the slowest reply, ms",
}


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    return "\n".join(
        [
            f"| {' | '.join(heads)} |",
            f"| --- |{' --- |' * (len(heads) - 1)}",
            *(f"| {' | '.join(row)} |" for row in rows),
        ]
    )


def number(figures: Figures, key: str, places: int = 3) -> str:
    """A figure with its interval, if it has one; a dash where it is missing."""
    value = figures.get(key)
    if value is None:
        return "–"
    if isinstance(value, int):
        return f"{value:,}"
    low, high = figures.get(f"{key}_low"), figures.get(f"{key}_high")
    text = f"{value:,.{places}f}"
    return text if low is None or high is None else f"{text} [{low:.{places}f}, {high:.{places}f}]"


def verdict(goal: Goal, figures: Figures) -> list[str]:
    """The goal, and whether it was reached."""
    value = figures.get(goal.key)
    return [f"{'≤' if goal.at_most else '≥'} {goal.goal:g}", _reached(value, goal.met_by)]


def _reached(value: float | None, met: Any) -> str:
    return "–" if value is None else "yes" if met(value) else "**no**"


def _goals(goals: Iterable[Goal], figures: Figures, places: int = 3) -> str:
    return table(
        ["", "Coolhead", "goal", "reached"],
        ([goal.what, number(figures, goal.key, places), *verdict(goal, figures)] for goal in goals),
    )


def _listed(words: Mapping[str, str], figures: Figures) -> str:
    return table(["", ""], ([what, number(figures, key)] for key, what in words.items() if key in figures))


def own(figures: Figures) -> str:
    """The test split against the goals; written and real conversations apart, where both were measured."""
    parts = ("written", "real") if "real_turns" in figures else ()
    return table(
        ["", "Coolhead", "goal", "reached", *parts],
        (
            [
                goal.what,
                number(figures, goal.key),
                *verdict(goal, figures),
                *(number(figures, f"{part}_{goal.key}") for part in parts),
            ]
            for goal in OWN
        ),
    )


def calibration(figures: Figures) -> str:
    """Calibration errors against their goal."""
    return _goals(CALIBRATION, figures)


def robustness(figures: Figures) -> dict[str, str]:
    """Every figure in every style; the worst fall; what the exchanges do."""
    styles = [style for style in STYLES if f"{style}_heat_kappa" in figures]
    return {
        "robustness_table": table(
            ["", "as written", *styles],
            (
                [
                    goal.what,
                    number(figures, f"plain_{goal.key}"),
                    *(_fallen(figures, style, goal.key) for style in styles),
                ]
                for goal in OWN
            ),
        ),
        "fall_table": _goals([FALL], figures),
        "exchange_table": table(
            ["exchanged", "mean", "worst", "goal for the mean", "reached"],
            (
                [
                    kind,
                    number(figures, f"exchange_{kind}_mean"),
                    number(figures, f"exchange_{kind}_worst"),
                    *verdict(EXCHANGE, {EXCHANGE.key: figures[f"exchange_{kind}_mean"]}),
                ]
                for kind in EXCHANGES
            ),
        ),
    }


def _fallen(figures: Figures, style: str, key: str) -> str:
    text = number(figures, f"{style}_{key}")
    return f"**{text}**" if figures[f"{style}_{key}_fall"] >= FALL.goal else text


def coach(figures: Figures) -> str:
    """What agents would have seen."""
    return _listed(CARDS, figures)


def public(figures: Figures, floors: Figures) -> str:
    """Coolhead on sets it was not taught on, unless the line says so, beside methods that were."""
    heads = ["", "n", "Coolhead", "goal", "reached", *TAUGHT.values()]
    return table(heads, (_public_row(each, figures, floors) for each in PUBLIC if each.key in figures))


def _public_row(each: Published, figures: Figures, floors: Figures) -> list[str]:
    goal = floors.get(f"words_{each.key}") if each.above_words else each.goal
    reached = _reached(figures[each.key], lambda value: value >= goal) if goal is not None else "–"
    return [
        f"{each.on}, {each.metric}",
        number(figures, f"{each.key.partition('_')[0]}_n"),
        number(figures, each.key),
        "–" if goal is None else f"≥ {goal:.2f}",
        reached,
        *(number({method: floors.get(f"{method}_{each.key}")}, method) for method in TAUGHT),
    ]


def others() -> str:
    """What others have published on the same sets."""
    return table(
        ["", "others", "how it compares"], ([each.on, each.others, each.comparable] for each in PUBLIC)
    )


def discovery(figures: Figures, floors: Figures) -> str:
    """Each part of DSTC11 that was measured, beside the teams."""
    heads = [
        "",
        "turns",
        "intents",
        "accuracy",
        "NMI",
        "ARI",
        "F1",
        "place",
        "best team",
        "median team",
        "MiniLM",
    ]
    prefixes = sorted(key.removesuffix("acc") for key in figures if key == "acc" or key.endswith("_acc"))
    rows = []
    for prefix in prefixes:
        of = {key.removeprefix(prefix): value for key, value in figures.items() if key.startswith(prefix)}
        split = prefix or "test_banking_"
        of["minilm"] = floors.get(f"minilm_{split}acc")
        keys = ("turns", "intents", "acc", "nmi", "ari", "f1")
        place = f"{of['rank']} of {of['teams'] + 1}" if "teams" in of else "–"
        rows.append(
            [
                split.removeprefix("test_").strip("_"),
                *(number(of, key) for key in keys),
                place,
                *(number(of, key) for key in ("acc_best_team", "acc_median_team", "minilm")),
            ]
        )
    return table(heads, rows)


def speed(figures: Figures) -> dict[str, str]:
    """Speed and size against the goals, and the rest."""
    return {"speed_table": _goals(SPEED, figures, 2), "speed_rest_table": _listed(SPEED_REST, figures)}


def practice(figures: Figures) -> dict[str, str]:
    """Simulated customers against the goals; each persona; each misstep and technique; the rest."""
    hotter = figures.get("hotter_by", {})
    return {
        "practice_table": _goals(PRACTICE, figures),
        "practice_rest_table": _listed(PRACTICE_REST, figures),
        "practice_personas_table": table(
            ["", "recovered"],
            (
                [name, f"{share:.2f}"]
                for name, share in figures.get("behaviour_recovered_by_persona", {}).items()
            ),
        ),
        "practice_why": "\n".join(
            f"- {name}: {NOT_HOTTER.get(name, 'not explained yet.')}"
            for name in figures.get("rules_not_monotone", ())
        ),
        "practice_hotter_table": table(
            ["", "hotter by"], ([name, f"{by:+.2f}"] for name, by in sorted(hotter.items(), key=_less_first))
        ),
    }


def _less_first(named: tuple[str, float]) -> float:
    return named[1]


def peers(figures: Figures) -> dict[str, str]:
    """What reads, what masks, and what of each kind is covered."""
    heads = ["", *COSTS.values()]
    kinds = sorted(
        key.partition("_masking_recall_")[2]
        for key in figures
        if key.startswith("coolhead_mask_masking_recall_")
    )
    return {
        "readers_table": table(
            [*heads, "AUC"],
            (
                [what, *_costs(figures, tool), number(figures, f"{tool}_heat2_auc")]
                for tool, what in READERS.items()
            ),
        ),
        "maskers_table": table(
            [*heads, "marked data covered", "harmless lines touched"],
            (
                [
                    what,
                    *_costs(figures, tool),
                    number(figures, f"{tool}_masking_recall"),
                    number(figures, f"{tool}_harmless_lines_touched"),
                ]
                for tool, what in MASKERS.items()
            ),
        ),
        "kinds_table": table(
            ["covered", *MASKERS.values()],
            (
                [
                    kind.replace("_", " "),
                    *(number(figures, f"{tool}_masking_recall_{kind}", 2) for tool in MASKERS),
                ]
                for kind in kinds
            ),
        ),
    }


def _costs(figures: Figures, tool: str) -> list[str]:
    return [number(figures, f"{tool}_{cost}", 2) for cost in COSTS]


def live(sqlite: Figures, postgres: Figures | None) -> str:
    """Latency under load, by database."""
    rows = [
        [f"to {whom}, {database}", *(number(of, f"{name}_{at}_ms", 1) for at in ("p50", "p95", "p99", "max"))]
        for whom, name in (("the listener", "post_to_listener"), ("the answer", "post_to_answer"))
        for database, of in (("SQLite", sqlite), ("PostgreSQL", postgres))
        if of
    ]
    return table(["", "median", "95 %", "99 %", "worst"], rows)
