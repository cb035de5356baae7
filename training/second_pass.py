"""A second reading of a sample of the corpus, made without sight of the first, and how far the two agree.

`python -m training.second_pass sample --data FOLDER --blind FILE` draws what is new in the sample, writes
its words without labels to FILE, and keeps the first labels as they were;
`python -m training.second_pass agree` compares. Both readings lie in corpus/second-pass/, labels only, by
conversation and turn; they are no lessons.
"""

from __future__ import annotations

import argparse
import hashlib
import math
from pathlib import Path
from typing import Any

from training.agreement import agreement
from training.lines import read, write
from training.readings import CORPUS

FIRST, SECOND = CORPUS / "second-pass/first.jsonl", CORPUS / "second-pass/second.jsonl"
SEED = "second pass 1"
DRAWN = {
    **dict.fromkeys(("signals", "missteps", "shades", "plain", "everyday"), 6),
    **dict.fromkeys(("agents", "calls", "limits", "rare", "retail", "services", "travel-health"), 2),
    **dict.fromkeys(("answers", "reasons", "replies", "slips", "temper", "trades"), 6),
    **dict.fromkeys(
        ("civic", "homes", "journeys", "money", "screens", "shops", "trade-desks", "wellbeing"), 4
    ),
}
"""Conversations from each authored file: most from those that no one but their author has read."""
DRAWN_PUBLIC = {"annotated": 6, "annotated-calls": 3, "annotated-cucom-1": 3, "annotated-cucom-2": 3}
PUBLIC = {"ibm", "star", "cucom", "vcon", "ckm", "tau"}
"""First part of the ids of annotated public conversations; all others are authored."""
WORDS = ("speaker", "text", "start", "end")
"""Fields of a turn that are no labels."""


def main() -> None:
    """Draws the sample, or prints the agreement."""
    parser = argparse.ArgumentParser(prog="python -m training.second_pass", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    sample = commands.add_parser("sample", help="draw, and write what is to be read")
    sample.add_argument("--data", type=Path, required=True, help="folder with corpus/annotated*.jsonl")
    sample.add_argument("--blind", type=Path, required=True, help="file to write the words to")
    commands.add_parser("agree", help="print how far the two readings agree")
    given = parser.parse_args()
    if given.command == "agree":
        print(table())
        return
    kept = read(FIRST) if FIRST.exists() else []
    drawn = [*_drawn(CORPUS, "authored-", DRAWN), *_drawn(given.data / "corpus", "", DRAWN_PUBLIC)]
    records = [record for record in drawn if record["id"] not in {each["id"] for each in kept}]
    write(given.blind, (_words(record) for record in records))
    write(FIRST, (*kept, *(_labels(record) for record in records)))


def _drawn(folder: Path, prefix: str, numbers: dict[str, int]) -> list[dict[str, Any]]:
    return [
        record
        for name, number in numbers.items()
        for record in sorted(read(folder / f"{prefix}{name}.jsonl"), key=_lot)[:number]
    ]


def _lot(record: dict[str, Any]) -> str:
    return hashlib.sha256(f"{SEED}|{record['id']}".encode()).hexdigest()


def _words(record: dict[str, Any]) -> dict[str, Any]:
    turns = [{name: turn[name] for name in ("speaker", "text")} for turn in record["turns"]]
    return {"id": record["id"], "channel": record["channel"], "industry": record["industry"], "turns": turns}


def _labels(record: dict[str, Any]) -> dict[str, Any]:
    """The labels alone: of a promise only the words that date it, of the issue only its kind."""
    turns = []
    for turn in record["turns"]:
        labels = {
            name: value for name, value in turn.items() if name not in WORDS and value not in ([], None)
        }
        if turn.get("promises"):
            labels["promises"] = [promise.get("when") for promise in turn["promises"]]
        turns.append(labels)
    return {"id": record["id"], **{n: record[n] for n in ("issue", "resolved", "csat")}, "turns": turns}


def table() -> str:
    """Agreement by family of labels, authored and public conversations apart."""
    pairs = list(zip(read(FIRST), read(SECOND), strict=True))
    parts = [[pair for pair in pairs if _is_public(pair[0]) is public] for public in (False, True)]
    turns = [sum(len(first["turns"]) for first, _ in part) for part in parts]
    authored, public = (agreement(part) for part in parts)
    return "\n".join(
        [
            f"| label | measure | authored: {len(parts[0])} conversations, {turns[0]} turns "
            f"| public: {len(parts[1])} conversations, {turns[1]} turns |",
            "| --- | --- | ---: | ---: |",
            *(
                f"| {name} | {how} | {_shown(authored[name, how])} | {_shown(public[name, how])} |"
                for name, how in authored
            ),
        ]
    )


def _shown(figure: float) -> str:
    return "–" if math.isnan(figure) else f"{figure:.2f}"


def _is_public(record: dict[str, Any]) -> bool:
    return record["id"].split("-")[0] in PUBLIC


if __name__ == "__main__":
    main()
