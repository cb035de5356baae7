"""Public sets: what stands for their labels, on a few rows of our own and signals made by hand."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("sklearn", reason="benchmarks/requirements.txt is not installed")

from benchmarks import public
from benchmarks.public import SETS
from benchmarks.public.task import PublicSet
from benchmarks.signals import Question, Signal


def write(folder: Path, name: str, rows: Sequence[dict[str, Any]]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(gzip.compress("\n".join(map(json.dumps, rows)).encode()))


def signal(level: int = 0, *shown: str, **scores: float) -> Signal:
    heat = tuple(float(each == level) for each in range(5))
    return Signal(heat, level, scores, frozenset(shown))


def figure(made: PublicSet | None, name: str, answer: Callable[[Question], Signal]) -> float:
    assert made is not None
    (task,) = (each for each in made.tasks if each.name == name)
    return task.measure(task.gold, task.predict([answer(question) for question in made.questions]))


def test_abuse_of_bots_counts_swearing_but_not_as_aimed(tmp_path: Path) -> None:
    row = {"prev_agent": "_", "prev_user": "", "agent": "Hello", "conv_id": 1}
    rows = [
        {**row, "user": "you fool", "abusive_majority": True},
        {**row, "user": "damn", "abusive_majority": True},
        {**row, "user": "thanks", "abusive_majority": False},
    ]
    write(tmp_path / "convabuse", "valid.jsonl.gz", rows)
    answers = {"you fool": signal(3, "insult"), "damn": signal(1, "profanity"), "thanks": signal(0, "thanks")}
    made = SETS["convabuse"](tmp_path)
    assert made is not None
    assert made.questions[0].before == ((False, "Hello"),)
    assert figure(made, "convabuse_f1", lambda question: answers[question.said[1]]) == 1
    assert figure(made, "convabuse_aimed_f1", lambda question: answers[question.said[1]]) == pytest.approx(
        2 / 3
    )


def test_the_test_part_of_a_set_is_taken_before_the_validation_part(tmp_path: Path) -> None:
    labels = dict.fromkeys(("hostile", "dismissive", "condescending", "sarcastic"), 0)
    write(tmp_path / "ucc", "val.jsonl.gz", [{"text": "val", "labels": labels}])
    assert SETS["ucc"](tmp_path / "ucc").file.name == "val.jsonl.gz"  # type: ignore[union-attr]  # it is there
    write(tmp_path / "ucc", "test.jsonl.gz", [{"text": "test", "labels": labels}])
    assert SETS["ucc"](tmp_path).file.name == "test.jsonl.gz"  # type: ignore[union-attr]  # it is there


def test_hostility_is_ranked_by_anger_and_abuse_in_a_customers_mouth(tmp_path: Path) -> None:
    labels = dict.fromkeys(("hostile", "dismissive", "condescending", "sarcastic"), 0)
    rows = [{"text": "mild", "labels": labels}, {"text": "nasty", "labels": {**labels, "hostile": 1}}]
    write(tmp_path / "ucc", "val.jsonl.gz", rows)

    def answer(question: Question) -> Signal:
        by_customer, text = question.said
        angry = 0.5 if by_customer and text == "nasty" else 0.1
        return signal(
            angry=angry,
            insult=0.2,
            harassment=0.0,
            threat=0.0,
            passive_aggressive=0.1,
            dismissive=0.3,
            rude=0.1,
        )

    assert figure(SETS["ucc"](tmp_path), "ucc_hostile_auc", answer) == 1


def test_of_several_emotions_a_negative_one_decides(tmp_path: Path) -> None:
    rows = [
        {"id": "1", "text": "ugh", "labels": ["joy", "anger"]},
        {"id": "2", "text": "ta", "labels": ["gratitude"]},
        {"id": "3", "text": "hm", "labels": ["curiosity"]},
        {"id": "4", "text": "so", "labels": ["neutral"]},
    ]
    write(tmp_path / "goemotions", "test.jsonl.gz", rows)
    answers = {"ugh": signal(3), "ta": signal(0, "thanks"), "hm": signal(0), "so": signal(0)}
    made = SETS["goemotions"](tmp_path)
    assert figure(made, "goemotions_anger_f1", lambda question: answers[question.said[1]]) == 1
    assert figure(made, "goemotions_three_groups_macro_f1", lambda question: answers[question.said[1]]) == 1
    grouped = figure(made, "goemotions_grouped_macro_f1", lambda question: answers[question.said[1]])
    assert grouped == pytest.approx((1 + 1 + 0 + 2 / 3) / 4)  # nothing of ours is the ambiguous group


def test_a_conversation_that_the_corpus_holds_is_left_out_of_star(tmp_path: Path) -> None:
    turns = [
        {"role": "customer", "text": "hi"},
        {"role": "agent", "text": "hello"},
        {"role": "customer", "text": "bye"},
    ]
    rows = [{"id": n, "user_annoyed": False, "user_worker": str(n), "turns": turns} for n in range(3)]
    rows += [{"id": 3, "user_annoyed": None, "user_worker": "3", "turns": turns}]
    write(tmp_path / "star", "dialogues.jsonl.gz", rows)
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "annotated-1.jsonl").write_text(json.dumps({"id": "star-1", "source_id": "1"}))
    made = SETS["star"](tmp_path)
    assert made is not None
    assert len(made.tasks[0].gold) == 2
    assert [len(question.before) for question in made.questions] == [0, 2, 0, 2]


def test_warmth_has_degrees_by_how_much_is_shown(tmp_path: Path) -> None:
    row = {"seeker": "I feel low", "sp_id": "1"}
    rows = [{**row, "response": text, "level": level} for text, level in (("a", 0), ("b", 1), ("c", 2))]
    write(tmp_path / "epitome", "emotional_reactions.jsonl.gz", rows)
    answers = {"a": signal(0), "b": signal(0, "empathy"), "c": signal(0, "empathy", "apology")}
    made = SETS["epitome"](tmp_path)
    assert figure(made, "epitome_reactions_macro_f1", lambda question: answers[question.said[1]]) == 1


def test_a_reflection_is_a_paraphrase_after_the_same_session_only(tmp_path: Path) -> None:
    rows = [
        {"transcript_id": 1, "role": "client", "text": "x", "main_therapist_behaviour": "n/a"},
        {"transcript_id": 2, "role": "therapist", "text": "a", "main_therapist_behaviour": "reflection"},
        {"transcript_id": 2, "role": "client", "text": "y", "main_therapist_behaviour": "n/a"},
        {"transcript_id": 2, "role": "therapist", "text": "b", "main_therapist_behaviour": "question"},
    ]
    write(tmp_path / "annomi", "utterances.jsonl.gz", rows)
    made = SETS["annomi"](tmp_path)
    assert made is not None
    assert [question.before for question in made.questions] == [(), ((False, "a"), (True, "y"))]
    assert (
        figure(made, "annomi_reflection_f1", lambda q: signal(0, *["paraphrase"] * (q.said[1] == "a"))) == 1
    )


def test_a_set_that_is_not_there_is_left_out_and_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    public.main(["--data", str(tmp_path), "--json"])
    said = capsys.readouterr()
    assert json.loads(said.out) == {}
    assert all(name in said.err for name in SETS)
