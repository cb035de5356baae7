"""Other tools: what is marked, what counts as covered, and a tool that cannot be run."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import peers
from benchmarks.peers import Stretch, customer_turns, marked_lines, masking

LINES = [
    {"id": "1", "before": "Your number?", "marked": "it's {PHONE:0770 0900} or {PHONE:555}"},
    {"id": "2", "marked": "{EMAIL:a@b.example}"},
    {"id": "3", "marked": "nothing here"},
    {"id": "4", "marked": "nothing there"},
]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "marked.jsonl"
    path.write_text("\n".join(map(json.dumps, LINES)))
    return path


def test_marks_are_taken_out_and_their_places_kept(file: Path) -> None:
    texts, marked = marked_lines([file])
    assert texts[0] == {"text": "it's 0770 0900 or 555", "before": "Your number?"}
    assert marked[0] == [Stretch("phone", 5, 14), Stretch("phone", 18, 21)]
    assert marked[2] == []


def test_four_fifths_of_a_stretch_must_be_covered(file: Path) -> None:
    _, marked = marked_lines([file])
    answers = [[[5, 13], [19, 30]], [[0, 11]], [[0, 3]], []]
    assert masking(marked, answers) == {
        "masking_recall": 2 / 3,  # eight of nine digits do, two of three do not
        "masking_recall_email": 1,
        "masking_recall_phone": 1 / 2,
        "harmless_lines_touched": 1 / 2,
    }


def test_turns_of_other_folders_are_all_new_to_the_model(tmp_path: Path) -> None:
    turns = [{"speaker": "customer", "text": "hi", "heat": 3}, {"speaker": "agent", "text": "hello"}]
    (tmp_path / "one.jsonl").write_text(json.dumps({"id": "a", "turns": turns}))
    texts, heat, held_out = customer_turns(tmp_path, 3)
    assert [each["text"] for each in texts] == ["hi", "hello", "hi"]
    assert (heat, held_out) == ([3, -1, 3], [True] * 3)


def test_turns_of_the_corpus_are_new_only_in_its_test_split() -> None:
    _, _, held_out = customer_turns(peers.CORPUS, 2000)
    assert 0.1 < sum(held_out) / len(held_out) < 0.35


def test_a_tool_that_does_not_run_is_left_out_and_named(
    file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(peers, "MARKED", [file])
    nowhere = dict.fromkeys(peers.INTERPRETERS, file.parent / "no-python")
    found = peers.measure(peers.CORPUS, 10, nowhere)
    assert found.keys() == {"turns", "held_out_customer_turns", "marked_lines"}
    said = capsys.readouterr().err
    assert all(f"{tool}: left out" in said for tool in nowhere)
