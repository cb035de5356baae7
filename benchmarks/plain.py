"""The figures in plain words, for docs/explanation/accuracy.md: of a hundred, how many."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

ROWS = (
    ("Heat: the very level", "heat_exact"),
    ("Heat: the level or the one beside it", "heat_within_one"),
    ("Called frustrated or worse, and so it is", "heat2_precision"),
    ("Frustrated or worse, and found", "heat2_recall"),
    ("Calm conversation, and yet an alert", "false_alarm"),
    ("Hot conversation, and an alert came", "hot_alerted"),
    ("A technique named, and it is there", "techniques_precision"),
    ("A technique there, and named", "techniques_recall"),
    ("A misstep named, and it is there", "missteps_precision"),
    ("A misstep there, and named", "missteps_recall"),
    ("What set the customer off: named, and right", "triggers_precision"),
    ("What set the customer off: there, and named", "triggers_recall"),
    ("A cue (a threat to leave, an injury, a question again): named, and right", "cues_precision"),
    ("A cue: there, and named", "cues_recall"),
    ("One of the first two techniques advised is what the labels want", "next_best_top2"),
    ("A promise found, and it is one", "promises_precision"),
    ("A promise made, and found", "promises_recall"),
    ("A promise's date: read right", "promises_dated_right"),
    (
        "No rise of heat follows, and yet a warning, where six rises in ten are foreseen",
        "forecast_fpr_at_recall_60",
    ),
)


def plain_table(kept: Mapping[str, Any]) -> str:
    """From what was kept of `corpus`: of a hundred, on all test conversations and on the real ones."""
    figures = kept["figures"]
    lines = [
        f"Weights {kept['weights']}, {figures['conversations']:,} conversations that were held out"
        + (f", {figures['real_conversations']:,} of them real." if "real_conversations" in figures else "."),
        "",
        "| of a hundred | all | real ones |",
        "| --- | ---: | ---: |",
        *(
            f"| {words} | {_hundred(figures, key)} | {_hundred(figures, 'real_' + key)} |"
            for words, key in ROWS
        ),
    ]
    return "\n".join(lines)


def _hundred(figures: Mapping[str, Any], key: str) -> str:
    value = figures.get(key)
    return "–" if value is None else f"{100 * value:.0f}"
