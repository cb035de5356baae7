"""`python -m benchmarks peers`: VADER, ConvoKit, transformers and Presidio on the same turns as Coolhead.

Each tool runs alone in a process of its own, turn by turn, by an interpreter that has it (none is a
dependency of Coolhead): those that `rivals/README.md` makes, or what `--python TOOL=PATH` names. A tool
without an interpreter is left out.

Speed is over the same turns. Accuracy of heat is on the customer turns of the test split among them: area
under the curve of "frustrated or worse", each turn by itself (Coolhead has no context here either). VADER
and ConvoKit were not made for heat; they are what one would otherwise take. The transformers pipeline has no
label to give; its speed alone counts. Masking is measured on lines of our own that neither tool was mended
on, `held_back.jsonl` and `unseen.jsonl` of the tests: the share of marked stretches that is covered,
whatever it is called, over all and kind by kind (Presidio has no recogniser for some), and the share of lines
without any in which something is masked. Presidio also looks for kinds that these lines do not mark (dates,
places, names): what it masks of those counts as touched.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.figures import show
from benchmarks.labelled import CORPUS
from benchmarks.metrics import area_under_curve
from benchmarks.sets import ROOT, read_rows
from benchmarks.speed import records_of
from training.split import split_of

RUN = Path(__file__).parent / "rivals" / "run.py"
RIVALS = ROOT / ".coolhead" / "rivals"
TORCH = ROOT / ".coolhead" / "torch"
INTERPRETERS = {
    "coolhead_turn": Path(sys.executable),
    "coolhead_mask": Path(sys.executable),
    "vader": RIVALS / "bin/python",
    "politeness": RIVALS / "bin/python",
    "presidio": RIVALS / "bin/python",
    "pipeline": TORCH / "bin/python",
}
READERS = ("coolhead_turn", "vader", "politeness", "pipeline")
MASKERS = ("coolhead_mask", "presidio")
RANKING = ("coolhead_turn", "vader", "politeness")
MARKED = [ROOT / "tests/conversation/privacy" / f"{name}.jsonl" for name in ("held_back", "unseen")]
MARK = re.compile(r"\{([A-Z_]+):([^{}]*)\}")
COVERED = 0.8

Text = dict[str, Any]


def customer_turns(data: Path, turns: int) -> tuple[list[Text], list[int], list[bool]]:
    """Texts of turns, the heat of each (-1 for an agent's), and whether nothing was taught on it."""
    texts, heat, held_out = [], [], []
    for record in records_of(data, turns):
        fresh = data != CORPUS or split_of({**record, "id": record["id"].rpartition("-")[0]}) == "test"
        for turn in record["turns"]:
            texts.append({"text": turn["text"], "before": ""})
            heat.append(turn.get("heat", -1))
            held_out.append(fresh)
    return texts[:turns], heat[:turns], held_out[:turns]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Marked personal data: its kind, first character, and last plus one."""

    kind: str
    start: int
    end: int


def marked_lines(files: Sequence[Path]) -> tuple[list[Text], list[list[Stretch]]]:
    """Lines without their marks, and the stretches that were marked."""
    texts: list[Text] = []
    marked: list[list[Stretch]] = []
    for row in (row for file in files for row in read_rows(file)):
        text, at, stretches = "", 0, []
        for mark in MARK.finditer(row["marked"]):
            text += row["marked"][at : mark.start()]
            stretches.append(Stretch(mark[1].lower(), len(text), len(text) + len(mark[2])))
            text, at = text + mark[2], mark.end()
        texts.append({"text": text + row["marked"][at:], "before": row.get("before", "")})
        marked.append(stretches)
    return texts, marked


def run(tool: str, python: Path, texts: Sequence[Text]) -> dict[str, Any]:
    """What the tool's process measured and answered.

    Raises:
        subprocess.CalledProcessError: the interpreter does not have the tool.
    """
    with tempfile.TemporaryDirectory() as folder:
        given, out = Path(folder, "texts.json"), Path(folder, "out.json")
        given.write_text(json.dumps(list(texts)), encoding="utf-8")
        subprocess.run([str(python), str(RUN), tool, str(given), str(out)], check=True)  # noqa: S603 - our program
        found: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    return found


def masking(marked: Sequence[list[Stretch]], answers: Sequence[list[list[int]]]) -> dict[str, float]:
    """Share of stretches covered, of each kind too, and of harmless lines in which something was masked."""
    covered: dict[str, list[bool]] = {}
    for stretches, found in zip(marked, answers, strict=True):
        for each in stretches:
            covered.setdefault(each.kind, []).append(_is_covered(each, found))
    every = [each for kind in covered.values() for each in kind]
    harmless = [bool(found) for stretches, found in zip(marked, answers, strict=True) if not stretches]
    return {
        "masking_recall": sum(every) / max(len(every), 1),
        **{f"masking_recall_{kind}": sum(hits) / len(hits) for kind, hits in sorted(covered.items())},
        "harmless_lines_touched": sum(harmless) / max(len(harmless), 1),
    }


def _is_covered(stretch: Stretch, found: Sequence[Sequence[int]]) -> bool:
    hidden = {
        place for first, last in found for place in range(max(first, stretch.start), min(last, stretch.end))
    }
    return len(hidden) >= COVERED * (stretch.end - stretch.start)


def _cost(tool: str, found: dict[str, Any]) -> dict[str, float]:
    return {f"{tool}_{name}": found[name] for name in ("ms", "processor_ms", "start_s", "mb")}


def measure(data: Path, turns: int, pythons: dict[str, Path]) -> dict[str, float]:
    """Every figure of every tool for which there is an interpreter."""
    texts, heat, held_out = customer_turns(data, turns)
    lines, marked = marked_lines(MARKED)
    places = [n for n, fresh in enumerate(held_out) if fresh and heat[n] >= 0]
    gold = [heat[place] >= 2 for place in places]
    figures: dict[str, float] = {
        "turns": len(texts),
        "held_out_customer_turns": len(places),
        "marked_lines": len(lines),
    }
    for tool in (*READERS, *MASKERS):
        python = pythons[tool]
        try:
            found = run(tool, python, texts)
            figures |= _cost(tool, found)
            if tool in RANKING:
                scores = [found["answers"][place] for place in places]
                figures[f"{tool}_heat2_auc"] = area_under_curve(gold, scores)
            if tool in MASKERS:
                answers = run(tool, python, lines)["answers"]
                figures |= {f"{tool}_{name}": value for name, value in masking(marked, answers).items()}
        except (subprocess.CalledProcessError, FileNotFoundError):
            print(f"{tool}: left out, {python} does not run it (see benchmarks/rivals)", file=sys.stderr)
    return figures


def main(arguments: Sequence[str]) -> None:
    """Measures and prints: a table, or one JSON object."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks peers", description=__doc__)
    parser.add_argument(
        "--data", type=Path, default=CORPUS, help="folder of labelled conversations (*.jsonl)"
    )
    parser.add_argument("--turns", type=int, default=5000)
    parser.add_argument(
        "--python",
        action="append",
        default=[],
        metavar="TOOL=INTERPRETER",
        help=f"for {', '.join(INTERPRETERS)}",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    given = parser.parse_args(arguments)
    named = {tool: Path(path) for tool, path in (each.split("=", 1) for each in given.python)}
    show(measure(given.data, given.turns, INTERPRETERS | named), as_json=given.json)
