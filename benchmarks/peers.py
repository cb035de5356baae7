"""`python -m benchmarks peers`: VADER, ConvoKit, transformers and Presidio on the same turns as Coolhead.

Each tool runs alone in a process of its own, turn by turn, by the interpreter that `--python TOOL=PATH`
names (an environment that has the tool: none is a dependency of Coolhead). A tool without an interpreter
is left out.

Speed is over the same turns. Accuracy of heat is on the customer turns of the test split among them: area
under the curve of "frustrated or worse", each turn by itself (Coolhead has no context here either). VADER
and ConvoKit were not made for heat; they are what one would otherwise take. Masking is measured on lines
of our own that neither tool has seen, `held_back.jsonl` and `unseen.jsonl` of the tests: the share of
marked stretches that is covered, whatever it is called, and the share of lines without any in which
something is masked. Presidio looks for kinds that these lines do not mark (dates, places, nationalities):
what it masks of those counts as touched, so `--data` lines of your own say more.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.corpus import CORPUS
from benchmarks.metrics import area_under_curve
from benchmarks.sets import ROOT, read_rows
from benchmarks.speed import records_of
from training.split import split_of

RUN = Path(__file__).parent / "rivals" / "run.py"
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


def marked_lines(files: Sequence[Path]) -> tuple[list[Text], list[list[tuple[int, int]]]]:
    """Lines without their marks, and the stretches that were marked."""
    texts: list[Text] = []
    spans: list[list[tuple[int, int]]] = []
    for row in (row for file in files for row in read_rows(file)):
        text, at, stretches = "", 0, []
        for mark in MARK.finditer(row["marked"]):
            text += row["marked"][at : mark.start()]
            stretches.append((len(text), len(text) + len(mark[2])))
            text, at = text + mark[2], mark.end()
        texts.append({"text": text + row["marked"][at:], "before": row.get("before", "")})
        spans.append(stretches)
    return texts, spans


def run(tool: str, python: str, texts: Sequence[Text]) -> dict[str, Any]:
    """What the tool's process measured and answered.

    Raises:
        subprocess.CalledProcessError: the interpreter does not have the tool.
    """
    with tempfile.TemporaryDirectory() as folder:
        given, out = Path(folder, "texts.json"), Path(folder, "out.json")
        given.write_text(json.dumps(list(texts)), encoding="utf-8")
        subprocess.run([python, str(RUN), tool, str(given), str(out)], check=True)  # noqa: S603 - our program
        found: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    return found


def masking(spans: Sequence[list[tuple[int, int]]], answers: Sequence[list[list[int]]]) -> dict[str, float]:
    """Share of stretches covered, and of lines without a stretch in which something was masked."""
    marked = covered = 0
    for stretches, found in zip(spans, answers, strict=True):
        for start, end in stretches:
            hidden = {place for first, last in found for place in range(max(first, start), min(last, end))}
            marked, covered = marked + 1, covered + (len(hidden) >= COVERED * (end - start))
    harmless = [bool(found) for stretches, found in zip(spans, answers, strict=True) if not stretches]
    return {
        "masking_recall": covered / max(marked, 1),
        "harmless_lines_touched": sum(harmless) / max(len(harmless), 1),
    }


def _cost(tool: str, found: dict[str, Any]) -> dict[str, float]:
    return {f"{tool}_{name}": found[name] for name in ("ms", "processor_ms", "start_s", "mb")}


def measure(data: Path, turns: int, pythons: dict[str, str]) -> dict[str, float]:
    """Every figure of every tool for which there is an interpreter."""
    texts, heat, held_out = customer_turns(data, turns)
    lines, spans = marked_lines(MARKED)
    places = [n for n, fresh in enumerate(held_out) if fresh and heat[n] >= 0]
    gold = [heat[place] >= 2 for place in places]
    figures: dict[str, float] = {
        "turns": len(texts),
        "held_out_customer_turns": len(places),
        "marked_lines": len(lines),
    }
    for tool in (*READERS, *MASKERS):
        if tool not in pythons:
            print(f"{tool}: left out, no --python {tool}=INTERPRETER", file=sys.stderr)
            continue
        try:
            found = run(tool, pythons[tool], texts)
            figures |= _cost(tool, found)
            if tool in RANKING:
                scores = [found["answers"][place] for place in places]
                figures[f"{tool}_heat2_auc"] = area_under_curve(gold, scores)
            if tool in MASKERS:
                answers = run(tool, pythons[tool], lines)["answers"]
                figures |= {f"{tool}_{name}": value for name, value in masking(spans, answers).items()}
        except subprocess.CalledProcessError:
            print(f"{tool}: left out, {pythons[tool]} does not run it", file=sys.stderr)
    return figures


def main(arguments: Sequence[str]) -> None:
    """Measures and prints: a table, or one JSON object."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks peers")
    parser.add_argument(
        "--data", type=Path, default=CORPUS, help="folder of labelled conversations (*.jsonl)"
    )
    parser.add_argument("--turns", type=int, default=5000)
    parser.add_argument(
        "--python",
        action="append",
        default=[],
        metavar="TOOL=INTERPRETER",
        help=f"for {', '.join(READERS[1:])}, presidio",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    given = parser.parse_args(arguments)
    own = dict.fromkeys(("coolhead_turn", "coolhead_mask"), sys.executable)
    figures = measure(given.data, given.turns, own | dict(each.split("=", 1) for each in given.python))
    if given.json:
        print(json.dumps({name: round(value, 4) for name, value in figures.items()}))
        return
    for name, value in figures.items():
        print(f"{name:40} {value:.3f}" if isinstance(value, float) else f"{name:40} {value}")
