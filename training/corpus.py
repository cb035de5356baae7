"""The labelled conversations: reading them, splitting them, and keeping the splits apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sklearn.feature_extraction.text import CountVectorizer

from training.dialogues import Spoken, cucom
from training.lines import read
from training.readings import CORPUS, Labels, readings
from training.split import split_of

LEAST_WORDS = 6
"""Shorter turns ("yes please") repeat in any language and are no leak."""

SAME = 0.8
"""Two turns of which this share of character 5-grams is common are the same text."""


@dataclass(slots=True)
class LabelledTurn:
    """One turn with its labels as the file has them.

    Attributes:
        by_customer: whose turn it is.
        text: its words.
        labels: what counts as right.
        learn: False where a held-out turn says the same.
        readings: what several readers said, to learn from instead of `labels`; empty on held-out turns.
    """

    by_customer: bool
    text: str
    labels: dict[str, Any]
    learn: bool = True
    readings: list[Labels] = field(default_factory=list)


@dataclass(slots=True)
class Labelled:
    """One conversation with its labels."""

    id: str
    source: str
    split: str
    issue: str
    resolved: str
    csat: int
    turns: list[LabelledTurn] = field(default_factory=list)

    @property
    def calm(self) -> bool:
        """True when nobody got worked up: heat at most 1, no abuse, and no cue that calls a supervisor."""
        alarming = {"safety_risk", "asks_supervisor", "legal_threat", "public_threat", "churn_threat"}
        return all(
            turn.labels["heat"] <= 1
            and turn.labels.get("abuse", "none") == "none"
            and not alarming & set(turn.labels.get("cues", ()))
            for turn in self.turns
            if turn.by_customer
        )


def whole_corpus(data: Path) -> list[Labelled]:
    """Everything that is labelled, split, and with near-duplicates kept out of training.

    Args:
        data: folder with corpus/annotated*.jsonl and public/, read beside this repository's corpus; what is
            missing there is left out.
    """
    files = [*CORPUS.glob("authored-*.jsonl"), *(data / "corpus").glob("annotated*.jsonl")]
    spoken = cucom(data / "public")
    labelled = [record for record in _records([CORPUS / "labels" / "cucom.jsonl"]) if record["id"] in spoken]
    records = [*_records(files), *(_with_words(record, spoken[record["id"]]) for record in labelled)]
    conversations = [_labelled(record) for record in records]
    _add_readings(conversations)
    keep_apart(conversations)
    return conversations


def _records(paths: Iterable[Path]) -> Iterator[dict[str, Any]]:
    for path in sorted(paths):
        yield from read(path)


def _with_words(labels: dict[str, Any], spoken: Spoken) -> dict[str, Any]:
    """Labels that are kept without words, beside the words that they are about."""
    turns = [
        {"speaker": speaker, "text": text, **turn}
        for (speaker, text), turn in zip(spoken, labels["turns"], strict=True)
    ]
    return {**labels, "turns": turns}


def _labelled(record: dict[str, Any]) -> Labelled:
    turns = [
        LabelledTurn(by_customer=turn["speaker"] == "customer", text=turn["text"], labels=turn)
        for turn in record["turns"]
    ]
    return Labelled(
        id=record["id"],
        source=record["id"].split("-")[0],
        split=split_of(record),
        issue=record["issue"],
        resolved=record["resolved"],
        csat=int(record["csat"]),
        turns=turns,
    )


def _add_readings(conversations: Iterable[Labelled]) -> None:
    said = readings()
    for each in conversations:
        if each.split == "train":
            for place, turns in said.get(each.id, {}).items():
                each.turns[place].readings = turns


def keep_apart(conversations: list[Labelled]) -> int:
    """Marks training turns that nearly repeat a held-out one as not to learn from; how many there were."""
    ours = [
        turn for each in conversations if each.split == "train" for turn in each.turns if _long(turn.text)
    ]
    held = [
        turn for each in conversations if each.split != "train" for turn in each.turns if _long(turn.text)
    ]
    grams = CountVectorizer(analyzer="char_wb", ngram_range=(5, 5), binary=True, dtype="float32")
    grams.fit(turn.text for turn in (*ours, *held))
    left, right = grams.transform([t.text for t in ours]), grams.transform([t.text for t in held])
    left_size, right_size = left.sum(axis=1).A1, right.sum(axis=1).A1
    found = 0
    for start in range(0, len(ours), 500):
        common = (left[start : start + 500] @ right.T).tocoo()
        union = left_size[start + common.row] + right_size[common.col] - common.data
        for row in set(common.row[common.data / union >= SAME].tolist()):
            ours[start + row].learn = False
            found += 1
    return found


def _long(text: str) -> bool:
    return len(text.split()) >= LEAST_WORDS
