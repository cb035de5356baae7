"""Runs one tool over many texts: `run.py TOOL TEXTS.json OUT.json`, by an interpreter that has the tool.

TOOL names a module beside this one whose `load()` gives a function of one text (and the lines before it).
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import time
from pathlib import Path


def main(tool: str, texts: Path, out: Path) -> None:
    """Writes start and mean time in seconds (of the clock and of the processor), memory, and the answers."""
    began = time.perf_counter()
    read = importlib.import_module(tool).load()
    given = json.loads(texts.read_text(encoding="utf-8"))
    read(given[0]["text"], given[0]["before"])
    started = time.perf_counter() - began
    began, worked, answers = time.perf_counter(), time.process_time(), []
    for number, each in enumerate(given):
        answers.append(read(each["text"], each["before"]))
        if number % 1000 == 999:
            print(f"{tool}: {number + 1} of {len(given)} turns read", file=sys.stderr)
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    found = {
        "ms": (time.perf_counter() - began) / len(given) * 1000,
        "processor_ms": (time.process_time() - worked) / len(given) * 1000,
        "start_s": started,
        "mb": pages * os.sysconf("SC_PAGE_SIZE") / 1e6,
        "answers": answers,
    }
    out.write_text(json.dumps(found), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
