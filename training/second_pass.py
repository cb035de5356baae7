"""A second reading of a sample of the corpus, made without sight of the first, and how far the two agree.

`python -m training.second_pass sample --data FOLDER --blind FILE` draws what is new in the sample, writes
its words without labels to FILE, and keeps the first labels as they were;
`python -m training.second_pass agree` compares. Both readings lie in corpus/second-pass/, labels only, by
conversation and turn; they are no lessons.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.metrics import binary_f1, f1, label_f1s, micro_f1, quadratic_kappa
from coolhead.codebook import Behaviour
from training.split import SPLITS, split_of

CORPUS = Path(__file__).parent.parent / "corpus"
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
        print(table(), corrections(), sep="\n\n")
        return
    kept = read(FIRST) if FIRST.exists() else []
    drawn = [*_drawn(CORPUS, "authored-", DRAWN), *_drawn(given.data / "corpus", "", DRAWN_PUBLIC)]
    records = [record for record in drawn if record["id"] not in {each["id"] for each in kept}]
    _write(given.blind, (_words(record) for record in records))
    _write(FIRST, (*kept, *(_labels(record) for record in records)))


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


def read(path: Path) -> list[dict[str, Any]]:
    """The objects of a file, one a line."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _write(path: Path, records: Iterable[dict[str, Any]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{json.dumps(each, ensure_ascii=False)}\n" for each in records), "utf-8")


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


def corrections() -> str:
    """What of the authored sample has been relabelled since the first reading, by split."""
    now = {record["id"]: _labels(record) for path in CORPUS.glob("*.jsonl") for record in read(path)}
    rows = [(split_of(first), first, now[first["id"]]) for first in read(FIRST) if not _is_public(first)]
    counted = {split: [(a, b) for found, a, b in rows if found == split] for split in SPLITS}
    return "\n".join(
        [
            "| split | conversations | turns | turns corrected | issues corrected |",
            "| --- | ---: | ---: | ---: | ---: |",
            *(f"| {split} | {len(pairs)} | {_corrected(pairs)} |" for split, pairs in counted.items()),
        ]
    )


def _corrected(pairs: Pairs) -> str:
    turns = [turn for first, now in pairs for turn in zip(first["turns"], now["turns"], strict=True)]
    issues = sum(first["issue"] != now["issue"] for first, now in pairs)
    return f"{len(turns)} | {sum(_sorted(first) != _sorted(now) for first, now in turns)} | {issues}"


def _sorted(labels: dict[str, Any]) -> dict[str, Any]:
    """Labels of one turn without the order in which a family's were written down."""
    return {
        name: sorted(value) if name not in ("promises", "next_best") and isinstance(value, list) else value
        for name, value in labels.items()
    }


def _is_public(record: dict[str, Any]) -> bool:
    return record["id"].split("-")[0] in PUBLIC


Pairs = Sequence[tuple[dict[str, Any], dict[str, Any]]]


def agreement(pairs: Pairs) -> dict[tuple[str, str], float]:
    """The measures of the benchmarks by label and measure, the first reading taken as gold.

    NaN where the first reading has no example.
    """
    turns = [turn for first, second in pairs for turn in zip(first["turns"], second["turns"], strict=True)]
    customer = [turn for turn in turns if "heat" in turn[0]]
    agent = [turn for turn in turns if "heat" not in turn[0]]
    first, second = [a["heat"] for a, _ in customer], [b["heat"] for _, b in customer]
    return {
        ("heat", "quadratic kappa"): quadratic_kappa(first, second),
        ("heat ≥ 2", "F1"): binary_f1([a >= 2 for a in first], [b >= 2 for b in second]),
        ("heat ≥ 3", "F1"): binary_f1([a >= 3 for a in first], [b >= 3 for b in second]),
        ("behaviours", "micro-F1"): _micro(customer, "behaviours"),
        ("behaviours", "macro-F1"): _macro(customer, "behaviours", tuple(Behaviour)),
        ("abuse ≠ none", "F1"): _abuse(customer),
        ("triggers", "micro-F1"): _micro(customer, "triggers"),
        ("cues", "micro-F1"): _micro(customer, "cues"),
        ("next best", "top 2 hit"): _top_two(customer),
        ("techniques", "micro-F1"): _micro(agent, "techniques"),
        ("missteps", "micro-F1"): _micro(agent, "missteps"),
        ("promises", "F1"): _promises(agent),
        **{(name, "same"): _share(a[name] == b[name] for a, b in pairs) for name in ("issue", "resolved")},
        ("csat", "at most 1 apart"): _share(abs(a["csat"] - b["csat"]) <= 1 for a, b in pairs),
    }


def _micro(turns: Pairs, family: str) -> float:
    return micro_f1(*([set(turn[n].get(family, ())) for turn in turns] for n in (0, 1)))


def _macro(turns: Pairs, family: str, labels: Sequence[str]) -> float:
    first, second = ([set(turn[n].get(family, ())) for turn in turns] for n in (0, 1))
    found = label_f1s(first, second, labels).values()
    return sum(found) / len(found) if set(labels) <= set().union(*first) else math.nan


def _abuse(turns: Pairs) -> float:
    first, second = ([turn[n].get("abuse", "none") != "none" for turn in turns] for n in (0, 1))
    return binary_f1(first, second) if any(first) else math.nan


def _top_two(turns: Pairs) -> float:
    both = [(a["next_best"], b["next_best"]) for a, b in turns if a.get("next_best") and b.get("next_best")]
    return _share(bool(set(first) & set(second[:2])) for first, second in both)


def _promises(turns: Pairs) -> float:
    counted = [(len(a.get("promises", ())), len(b.get("promises", ()))) for a, b in turns]
    hits = sum(min(pair) for pair in counted)
    return f1(hits, sum(a for a, _ in counted) - hits, sum(b for _, b in counted) - hits)


def _share(same: Iterable[bool]) -> float:
    answers = list(same)
    return sum(answers) / max(len(answers), 1)


if __name__ == "__main__":
    main()
