"""`python -m benchmarks public`: the shipped model on published sets, without training on them.

`--data FOLDER` holds the sets, each in a folder of its name (ucc, convabuse, goemotions, emocontext, annomi,
esconv, epitome, star), or is one of them; a set that is not there is left out. What of a set stands for which
label of ours, and where none fits, stands in the modules beside this one. Floors to compare with: `floors`.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.figures import show
from benchmarks.public.star import annoyed
from benchmarks.public.support import emotional_reactions, reflections, restatements
from benchmarks.public.task import PublicSet
from benchmarks.public.tone import abuse_of_bots, emotions, short_chats, unhealthy_comments
from benchmarks.sets import data_folder
from benchmarks.signals import read_signals

SETS = {
    "ucc": unhealthy_comments,
    "convabuse": abuse_of_bots,
    "goemotions": emotions,
    "emocontext": short_chats,
    "annomi": reflections,
    "esconv": restatements,
    "epitome": emotional_reactions,
    "star": annoyed,
}


def sets_in(data: Path, wanted: Sequence[str]) -> Iterator[PublicSet]:
    """The sets of those names that the folder holds; what is missing is named on the error stream."""
    for name in wanted:
        public_set = SETS[name](data)
        if public_set is None:
            print(f"{name}: not in {data}, left out", file=sys.stderr)
        else:
            yield public_set


def measure(public_set: PublicSet) -> dict[str, float]:
    """Every metric of a set, with its interval and the number of units."""
    read = read_signals(public_set.name, public_set.questions)
    figures: dict[str, float] = {}
    for task in public_set.tasks:
        figures |= task.result(task.predict(read))
    return {f"{public_set.name}_n": len(public_set.tasks[0].gold), **figures}


def main(arguments: Sequence[str]) -> None:
    """Measures and prints: a table, or one JSON object."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks public", description=__doc__)
    parser.add_argument("--data", type=Path, help="folder of the sets, or of one")
    parser.add_argument("--sets", nargs="+", choices=SETS, default=list(SETS), help="only these")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    given = parser.parse_args(arguments)
    figures: dict[str, float] = {}
    for public_set in sets_in(data_folder(given.data), given.sets):
        figures |= measure(public_set)
        print(f"{public_set.name}: measured on {public_set.file.name}", file=sys.stderr)
    show(figures, as_json=given.json)
