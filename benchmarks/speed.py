"""`python -m benchmarks speed`: milliseconds a turn, start, memory, size, and bulk beside the bare encoder.

Every part runs in a process of its own. One turn at a time: one core, through the whole engine (mask,
perceive, step, advise). Bulk: `coolhead analyze --json` from file to records, beside the encoder's graph
alone on the same texts, sorted by length; both with a process a core, their start included. Processor time is
given beside wall time: on a busy machine only the first says what a turn costs.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from hashlib import sha256
from itertools import cycle, islice
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from benchmarks import processor
from benchmarks.figures import show
from benchmarks.labelled import CORPUS, from_record
from benchmarks.sets import read_rows
from coolhead.perception.encoder import MODELS

MEGA = 1e6
STARTS = 5
SETTLED = 0.5
"""Of a long stream, the share after which memory should not grow any more: 8,192 vectors are kept."""


def records_of(data: Path, turns: int) -> list[dict[str, Any]]:
    """Conversations of the folder's *.jsonl, mixed; over again with new ids until there are enough turns."""
    rows = [row for file in sorted(data.glob("*.jsonl")) for row in read_rows(file)]
    rows.sort(key=lambda row: sha256(row["id"].encode()).digest())
    taken: list[dict[str, Any]] = []
    count = 0
    for number, row in enumerate(cycle(rows)):
        if count >= turns:
            return taken
        taken.append({**row, "id": f"{row['id']}-{number}"})
        count += len(row["turns"])
    return taken


def one_by_one(records: Sequence[dict[str, Any]]) -> dict[str, float]:
    """Latency of each turn on one core, and the memory of the process, in a fresh process."""
    return _alone(_heard_one_by_one, records)


def _heard_one_by_one(records: Sequence[dict[str, Any]]) -> dict[str, float]:
    from coolhead.engine import Engine  # a fresh process should hold no more than the product does

    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    engine = Engine.load()
    wall, processor = [], []
    for record in records:
        conversation = from_record(record).conversation
        picture = engine.start(channel=conversation.channel, started_at=conversation.started_at)
        for turn in conversation.turns:
            began, worked = time.perf_counter(), time.process_time()
            picture = engine.hear(picture, turn).picture
            wall.append((time.perf_counter() - began) * 1000)
            processor.append((time.process_time() - worked) * 1000)
    return {
        "turns": len(wall),
        "p50_ms": float(np.percentile(wall, 50)),
        "p99_ms": float(np.percentile(wall, 99)),
        "p50_processor_ms": float(np.percentile(processor, 50)),
        "p99_processor_ms": float(np.percentile(processor, 99)),
        "process_mb": resident_mb(),
    }


def _alone(work: Any, *given: Any) -> dict[str, float]:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        found: dict[str, float] = pool.submit(work, *given).result()
    return found


def resident_mb() -> float:
    """Memory that this process holds, in megabytes (Linux)."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / MEGA


def start() -> dict[str, float]:
    """Seconds from the command to an engine that has read one turn: the median of some starts."""
    program = (
        "from coolhead.engine import Engine; from coolhead.conversation.turn import Turn; "
        "from coolhead.codebook import Speaker; engine = Engine.load(); "
        "engine.hear(engine.start(), Turn(id='0', speaker=Speaker.CUSTOMER, text='Where is my parcel?'))"
    )
    taken, worked = [], []
    for _ in range(STARTS):
        before, began = os.times(), time.perf_counter()
        subprocess.run([sys.executable, "-c", program], check=True)  # noqa: S603 - our own program
        taken.append(time.perf_counter() - began)
        after = os.times()
        worked.append(
            after.children_user + after.children_system - before.children_user - before.children_system
        )
    return {"start_s": median(taken), "start_processor_s": median(worked)}


def bulk(records: Sequence[dict[str, Any]]) -> dict[str, float]:
    """Turns a second of the whole product and of the bare encoder on the same texts, both on every core."""
    jobs = os.cpu_count() or 1
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "conversations.jsonl")
        file.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
        program = str(Path(sys.executable).with_name("coolhead"))
        product_s, product_processor_s = _timed(
            [program, "analyze", "--json", "--jobs", str(jobs), str(file)]
        )
        encoder_s, encoder_processor_s = _timed(
            [sys.executable, "-m", "benchmarks.rivals.encoder", str(file), str(jobs)]
        )
    turns = sum(len(record["turns"]) for record in records)
    return {
        "bulk_turns": turns,
        "bulk_turns_a_s": turns / product_s,
        "encoder_turns_a_s": turns / encoder_s,
        "bulk_ratio": encoder_s / product_s,
        "bulk_processor_ratio": encoder_processor_s / product_processor_s,
    }


def _timed(command: Sequence[str]) -> tuple[float, float]:
    """Seconds of the clock and of the processor, those of processes left behind included."""
    measured = subprocess.run(  # noqa: S603 - our own programs
        [sys.executable, processor.__file__, *command], check=True, capture_output=True, text=True
    )
    took, worked = measured.stdout.split()
    return float(took), float(worked)


def stream(records: Sequence[dict[str, Any]], turns: int) -> dict[str, float]:
    """Memory over a long stream of turns, no two conversations alike, in a fresh process."""
    return _alone(_streamed, records, turns)


def _streamed(records: Sequence[dict[str, Any]], turns: int) -> dict[str, float]:
    from coolhead.engine import Engine

    memory: list[float] = []
    engine, heard = Engine.load(), 0
    for conversation in _endless(records):
        heard += len(engine.hear_all(from_record(conversation).conversation))
        if heard >= turns * (len(memory) + 1) / 20:
            memory.append(resident_mb())
            print(f"stream: {heard} of {turns} turns, {memory[-1]:.0f} MB", file=sys.stderr)
        if heard >= turns:
            break
    settled = memory[int(len(memory) * SETTLED) :]
    growth = float(np.polyfit(range(len(settled)), settled, 1)[0]) * 20 / turns * 1e6
    return {
        "stream_turns": heard,
        "stream_first_mb": settled[0],
        "stream_last_mb": settled[-1],
        "stream_growth_mb": settled[-1] - settled[0],
        "stream_slope_mb_a_million": growth,
    }


def _endless(records: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The conversations for ever; each time round every turn has words that were not there before."""
    for number, record in enumerate(cycle(records)):
        turns = [{**turn, "text": f"{turn['text']} ({number})"} for turn in record["turns"]]
        yield {**record, "id": f"stream-{number}", "turns": turns}


def main(arguments: Sequence[str]) -> None:
    """Measures and prints: a table, or one JSON object."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks speed", description=__doc__)
    parser.add_argument("--data", type=Path, default=CORPUS, help="folder of conversations (*.jsonl)")
    parser.add_argument("--turns", type=int, default=5000, help="to hear one by one and in bulk")
    parser.add_argument("--stream", type=int, default=20_000, help="turns of the memory stream; 0 for none")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    given = parser.parse_args(arguments)
    records = records_of(given.data, given.turns)
    figures: dict[str, float] = {
        "weights_mb": sum(file.stat().st_size for file in Path(str(MODELS)).iterdir()) / MEGA,
        "load_average": os.getloadavg()[0],
        "niceness": os.nice(0),
        **start(),
    }
    print("start: measured", file=sys.stderr)
    figures |= one_by_one(records)
    print("one by one: measured", file=sys.stderr)
    figures |= bulk(records)
    if given.stream:
        figures |= stream(list(islice(records, 500)), given.stream)
    show(figures, as_json=given.json)
