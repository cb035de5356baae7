"""`python -m training.datasheet`: writes the tables of corpus/README.md anew from the files beside it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

from training import readings
from training.lines import read
from training.readings import CORPUS
from training.second_pass import table

SEVERAL = ("behaviours", "triggers", "cues", "techniques", "missteps")
CONVERSATION = ("issue", "resolved", "csat", "channel")
HEAT = ("calm", "tense", "frustrated", "angry", "furious")


def main() -> None:
    """Replaces what stands between the marks of each table."""
    page = CORPUS / "README.md"
    text = page.read_text(encoding="utf-8")
    for name, written in (
        ("counts", counts()),
        ("agreement", table()),
        ("readings", readings.table()),
    ):
        begin = f"<!-- {name}: python -m training.datasheet -->"
        start, stop = text.index(begin) + len(begin), text.index(f"<!-- end of {name} -->")
        text = f"{text[:start]}\n\n{written}\n\n{text[stop:]}"
    page.write_text(text, encoding="utf-8")


def counts() -> str:
    """The two tables: what each file holds, and how often each label occurs."""
    files = {path.stem: read(path) for path in sorted(CORPUS.glob("authored-*.jsonl"))}
    records = [record for found in files.values() for record in found]
    turns = [turn for record in records for turn in record["turns"]]
    words = sum(len(re.findall(r"\S+", turn["text"])) for turn in turns)
    rows = [f"| {name} | {len(found):,} | {_turns(found):,} |" for name, found in files.items()]
    return "\n".join(
        [
            f"**{len(records):,} conversations, {len(turns):,} turns, {words:,} words.**",
            "",
            "| file | conversations | turns |",
            "| --- | ---: | ---: |",
            *rows,
            "",
            "| label | counts |",
            "| --- | --- |",
            *(f"| {name} | {_listed(counted)} |" for name, counted in _labels(records, turns).items()),
        ]
    )


def _turns(records: Iterable[dict[str, Any]]) -> int:
    return sum(len(record["turns"]) for record in records)


def _labels(records: list[dict[str, Any]], turns: list[dict[str, Any]]) -> dict[str, Counter[str]]:
    customer = [turn for turn in turns if turn["speaker"] == "customer"]
    promises = [promise for turn in turns for promise in turn.get("promises", ())]
    return {
        "speaker": Counter(turn["speaker"] for turn in turns),
        "heat": Counter(HEAT[turn["heat"]] for turn in customer),
        "abuse": Counter(turn.get("abuse", "none") for turn in customer),
        **{name: Counter(word for turn in turns for word in turn.get(name, ())) for name in SEVERAL},
        "promises": Counter("dated" if promise.get("when") else "undated" for promise in promises),
        **{name: Counter(str(record[name]) for record in records) for name in CONVERSATION},
    }


def _listed(counted: Counter[str]) -> str:
    return " · ".join(f"{word} {number:,}" for word, number in counted.most_common())


if __name__ == "__main__":
    main()
