"""`python -m benchmarks all`: every benchmark, each into `results/NAME.json`, and then the report on them.

Each runs in a process of its own; one that fails is named at the end and its last results stay. What cannot
be had is left out: real conversations and public sets without their folder (`--data`, or COOLHEAD_DATA),
other tools without their environments (`rivals/README.md`). Floors do not change with the weights, so that
they are measured only with `--only floors`.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks import report
from benchmarks.figures import keep
from benchmarks.sets import data_folder

NAMES = (
    "corpus", "robustness", "coach", "public", "issue-discovery", "floors", "speed", "peers", "live",
    "practice",
)  # fmt: skip
OF_SETS = ("public", "issue-discovery", "floors")
OF_CORPUS = ("corpus", "robustness", "coach")


def command_of(name: str, data: Path) -> list[str]:
    """What is run for a benchmark, after `python -m`."""
    command = ["benchmarks", name]
    if name in OF_SETS:
        command += ["--data", str(data)]
    if name in OF_CORPUS and any((data / "corpus").glob("annotated*.jsonl")):
        command += ["--annotated", str(data / "corpus")]
    return [*command, "--json"]


def run(name: str, data: Path) -> bool:
    """Runs one benchmark and keeps what it measured; False when it failed."""
    began = time.monotonic()
    print(f"{name}: begins", file=sys.stderr)
    command = command_of(name, data)
    done = subprocess.run([sys.executable, "-m", *command], stdout=subprocess.PIPE, check=False)  # noqa: S603 - our own program
    took = time.monotonic() - began
    if done.returncode:
        print(f"{name}: failed after {took:.0f} s", file=sys.stderr)
        return False
    shown = [each.replace(str(data), "DATA") for each in command]
    keep(name, ["python -m", *shown], json.loads(done.stdout))
    print(f"{name}: measured in {took:.0f} s", file=sys.stderr)
    return True


def main(arguments: Sequence[str]) -> None:
    """Runs what is wanted, writes the report, and exits with 1 when something failed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks all", description=__doc__)
    parser.add_argument(
        "--data", type=Path, help="folder with public/, benchmarks/ and corpus/annotated*.jsonl"
    )
    parser.add_argument("--only", nargs="+", choices=NAMES, help="only these")
    given = parser.parse_args(arguments)
    data = data_folder(given.data).resolve()
    wanted = given.only or [name for name in NAMES if name != "floors"]
    if not data.is_dir():
        print(f"no {data}: {', '.join(OF_SETS)} are left out", file=sys.stderr)
        wanted = [name for name in wanted if name not in OF_SETS]
    failed = [name for name in wanted if not run(name, data)]
    report.main([])
    if failed:
        sys.exit(f"failed: {', '.join(failed)}")
