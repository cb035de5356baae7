"""`python -m benchmarks robustness`: the figures of `corpus` on the same conversations, written otherwise.

Every turn is restyled (lower case without punctuation, as a speech recogniser writes, typos, capitals, emoji)
by chance seeded with the turn, other than in training. The emoji are things and gestures without a mood:
training's suit the labelled heat and would tell it. And people are exchanged in lines of our own: names,
dialect words, genders, nationalities; heat should stay where it is.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from copy import deepcopy
from random import Random
from statistics import fmean

from benchmarks.corpus import MAIN, hear, measure
from benchmarks.exchanges import EXCHANGES, variants
from benchmarks.figures import show
from benchmarks.labelled import Labelled, add_options, choose, from_record
from coolhead.codebook import Speaker
from coolhead.conversation.turn import Turn
from coolhead.engine import Engine
from coolhead.perception.reading import HeatReading
from coolhead.perception.text import TextModel
from training import augment

MOODLESS = "📦📞⏰🔌🧾🚚👀🏠"


def emoji(text: str, heat: int, chance: Random) -> str:
    """One or two emoji at the end that say nothing of the mood."""
    del heat
    return f"{text} {chance.choice(MOODLESS) * chance.choice((1, 1, 2))}"


STYLES = augment.STYLES | {"emoji": emoji}
LOWER_IS_BETTER = {"false_alarm", "forecast_fpr_at_recall_60"}

SEED = 77_001


def restyled(conversation: Labelled, style: str) -> Labelled:
    """The conversation with every turn in the style; labels stay."""
    record = deepcopy(conversation.record)
    for number, turn in enumerate(record["turns"]):
        chance = Random(f"{SEED}-{record['id']}-{number}")  # noqa: S311 - a fixed draw, not secrecy
        turn["text"] = STYLES[style](turn["text"], turn.get("heat", 0), chance)
    return from_record(record)


def robustness(engine: Engine, conversations: Sequence[Labelled], styles: Iterable[str]) -> dict[str, float]:
    """Every main figure as written and in each style, and by how much each style makes it worse."""
    plain = measure(hear(engine, conversations))
    figures = {"conversations": plain["conversations"], **{f"plain_{name}": plain[name] for name in MAIN}}
    falls: list[float] = []
    for style in styles:
        print(f"{style}: reading {len(conversations)} conversations", file=sys.stderr)
        now = measure(hear(engine, [restyled(each, style) for each in conversations]))
        figures |= {f"{style}_{name}": now[name] for name in MAIN}
        worse = {name: _fall(name, plain[name], now[name]) for name in MAIN}
        figures |= {f"{style}_{name}_fall": fall for name, fall in worse.items()}
        falls += worse.values()
    return {**figures, "worst_fall": max(falls)}


def _fall(name: str, before: float, now: float) -> float:
    return now - before if name in LOWER_IS_BETTER else before - now


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
    parser = argparse.ArgumentParser(prog="python -m benchmarks robustness", description=__doc__)
    add_options(parser)
    parser.add_argument("--styles", nargs="+", choices=STYLES, default=list(STYLES), help="only these")
    given = parser.parse_args(arguments)
    conversations = choose(given).every
    figures = counterfactual(TextModel()) | robustness(Engine.load(), conversations, given.styles)
    show(figures, as_json=given.json)
