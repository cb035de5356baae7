import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from training.about import read_intents


def write(path: Path, rows: list[dict[str, Any]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress("\n".join(map(json.dumps, rows)).encode()))


@pytest.fixture
def public(tmp_path: Path) -> Path:
    write(tmp_path / "banking77" / "train.jsonl.gz", [{"text": "where is my card", "intent": "card_arrival"}])
    turns = [
        ("please change my postal address", ["updateaddress"]),
        ("please change my postal address", ["updateaddress"]),
        ("address", ["updateaddress"]),
        ("move and close it all now", ["updateaddress", "closeaccount"]),
        ("good morning to you", ["openinggreeting"]),
        ("the number is twelve", ["contentonly"]),
    ]
    write(
        tmp_path / "multidogo" / "turn_train.jsonl.gz",
        [{"domain": "finance", "text": text, "intent": intent} for text, intent in turns],
    )
    dialogue = [
        {"role": "customer", "text": "Hello!"},
        {"role": "agent", "text": "What can I do for you today, then?"},
        {"role": "customer", "text": "I would like a table for two."},
    ]
    write(
        tmp_path / "star" / "dialogues.jsonl.gz",
        [
            {"task": ["restaurant_book"], "turns": dialogue},
            {"task": ["restaurant_book", "weather"], "turns": dialogue},
        ],
    )
    return tmp_path


def test_turns_that_show_one_wish_in_a_few_words_are_taken_once(public: Path) -> None:
    plain = [(said.domain, said.intent, said.text) for said in read_intents(public, 0) if said.plain]
    assert plain == [
        ("banking77", "card_arrival", "where is my card"),
        ("multidogo finance", "updateaddress", "please change my postal address"),
        ("star", "restaurant_book", "I would like a table for two."),
    ]


def test_each_is_also_said_with_words_around_it_and_a_seed_says_the_same(public: Path) -> None:
    found = [[said for said in read_intents(public, seed) if not said.plain] for seed in range(30)]
    assert [said.intent for said in found[0]] == [*["card_arrival"] * 2, "updateaddress", "restaurant_book"]
    assert found[3] == [said for said in read_intents(public, 3) if not said.plain]
    texts = [said.text for each in found for said in each if said.intent == "updateaddress"]
    assert (
        sum("postal address" in text.lower() for text in texts) > 20
    )  # hesitations and mishearing change some
    assert sum(len(text.split()) > 8 for text in texts) > 20
