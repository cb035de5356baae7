"""The shipped encoder's graph and nothing else: `python -m benchmarks.rivals.encoder FILE.jsonl PROCESSES`.

What bulk analysis is measured against: it reads the same file, cuts the words and runs the graph, texts
sorted by length and dealt out to the processes. The graph takes one turn at a time, so there are no batches.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from benchmarks.sets import read_rows
from coolhead.perception.encoder import Encoder


def _run(texts: Sequence[tuple[bool, str]]) -> int:
    encoder = Encoder()
    for by_customer, text in texts:
        encoder.encode(text, by_customer=by_customer)
    return len(texts)


def main(file: Path, processes: int) -> None:
    """Encodes every turn of the file's conversations."""
    rows = read_rows(file)
    texts = [(turn["speaker"] == "customer", turn["text"]) for row in rows for turn in row["turns"]]
    texts.sort(key=lambda each: len(each[1]))
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        print(sum(pool.map(_run, [texts[number::processes] for number in range(processes)])))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
