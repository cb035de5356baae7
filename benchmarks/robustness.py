"""`python -m benchmarks robustness`: the figures of `corpus` on the same conversations, written otherwise.

Every turn is restyled (lower case without punctuation, as a speech recogniser writes, typos, capitals, emoji)
by chance seeded with the turn, other than in training. And people are exchanged in lines of our own: names,
dialect words, genders, nationalities; heat should stay where it is.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from copy import deepcopy
from pathlib import Path
from random import Random
from statistics import fmean

from benchmarks.corpus import CORPUS, measure
from benchmarks.exchanges import EXCHANGES, variants
from benchmarks.labelled import Labelled, from_record, read_labelled
from coolhead.codebook import Speaker
from coolhead.conversation.turn import Turn
from coolhead.engine import Engine
from coolhead.perception.reading import HeatReading
from coolhead.perception.text import TextModel
from training.augment import STYLES
from training.split import split_of

MAIN = (
    "heat_kappa", "heat2_f1", "heat3_f1", "hot_alerted", "behaviours_macro_f1", "abuse_f1",
    "triggers_f1", "cues_f1", "techniques_f1", "missteps_f1", "next_best_top2",
)  # fmt: skip
"""Figures that should not fall by 0.05 or more."""

SEED = 77_001


def restyled(conversation: Labelled, style: str) -> Labelled:
    """The conversation with every turn in the style; labels stay."""
    record = deepcopy(conversation.record)
    for number, turn in enumerate(record["turns"]):
        chance = Random(f"{SEED}-{record['id']}-{number}")  # noqa: S311 - a fixed draw, not secrecy
        turn["text"] = STYLES[style](turn["text"], turn.get("heat", 0), chance)
    return from_record(record)


def robustness(engine: Engine, conversations: Sequence[Labelled], styles: Iterable[str]) -> dict[str, float]:
    """Every figure of `MAIN` as written and in each style, and by how much each style lowers it."""
    plain = measure(engine, conversations)
    figures = {"conversations": plain["conversations"], **{f"plain_{name}": plain[name] for name in MAIN}}
    falls = []
    for style in styles:
        print(f"{style}: reading {len(conversations)} conversations", file=sys.stderr)
        now = measure(engine, [restyled(each, style) for each in conversations])
        figures |= {f"{style}_{name}": now[name] for name in MAIN}
        figures |= {f"{style}_{name}_fall": plain[name] - now[name] for name in MAIN}
        falls += [plain[name] - now[name] for name in MAIN]
    return {**figures, "worst_fall": max(falls)}


def counterfactual(model: TextModel) -> dict[str, float]:
    """By how many levels of expected heat an exchange of people moves a line, on average and at worst."""
    figures: dict[str, float] = {}
    every: list[float] = []
    for kind in EXCHANGES:
        moved = []
        for original, *others in variants(kind):
            base = _expected(model, original)
            moved += [abs(_expected(model, other) - base) for other in others]
        figures |= {f"exchange_{kind}_mean": fmean(moved), f"exchange_{kind}_worst": max(moved)}
        every += moved
    return {"exchanges": len(every), "exchange_mean": fmean(every), **figures}


def _expected(model: TextModel, text: str) -> float:
    reading = model.read(Turn(id="0", speaker=Speaker.CUSTOMER, text=text), ())
    assert isinstance(reading.heat, HeatReading)  # noqa: S101 - a customer's turn always has heat
    return reading.heat.expected


def main(arguments: Sequence[str]) -> None:
    """Measures and prints: a table, or one JSON object."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks robustness")
    parser.add_argument("--data", type=Path, help="folder of labelled *.jsonl files; all are measured")
    parser.add_argument("--split", choices=("validation", "test"), default="test", help="of the corpus")
    parser.add_argument("--styles", nargs="+", choices=STYLES, default=list(STYLES), help="only these")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    given = parser.parse_args(arguments)
    conversations = list(read_labelled(given.data or CORPUS))
    if given.data is None:
        conversations = [each for each in conversations if split_of(each.record) == given.split]
    figures = counterfactual(TextModel()) | robustness(Engine.load(), conversations, given.styles)
    if given.json:
        print(json.dumps({name: round(value, 4) for name, value in figures.items()}))
        return
    for name, value in figures.items():
        print(f"{name:36} {value:.3f}" if isinstance(value, float) else f"{name:36} {value}")
