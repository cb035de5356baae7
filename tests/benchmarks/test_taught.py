"""What is taught on a set's own labels, and how readings are kept, without the shipped model."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("sklearn", reason="benchmarks/requirements.txt is not installed")

from benchmarks import floors, signals, taught
from benchmarks.public import star
from benchmarks.public.task import Lesson, PublicSet, Task, found
from benchmarks.signals import DIMENSIONS, Question, read_signals, read_vectors
from coolhead.conversation.turn import Turn
from coolhead.perception.reading import Reading


class Reader:
    """Stands in for the text model: heat by the number of words, a vector that says the first letter."""

    def __init__(self) -> None:
        self.read_turns: list[str] = []

    def read(self, turn: Turn, before: Sequence[Turn]) -> Reading:
        del before
        self.read_turns.append(turn.text)
        return Reading(scores={"angry": min(len(turn.text.split()) / 10, 1.0)})

    def vector(self, text: str, *, by_customer: bool = False) -> np.ndarray:
        del by_customer
        vector = np.zeros(DIMENSIONS, np.float32)
        vector[ord(text[0]) % DIMENSIONS] = 2.0
        return vector


@pytest.fixture
def reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Reader:
    made = Reader()
    monkeypatch.setattr(signals, "KEPT", tmp_path)
    monkeypatch.setattr(signals, "_weights", lambda: "none")
    monkeypatch.setattr(signals, "TextModel", lambda: made)
    return made


def questions(*texts: str) -> list[Question]:
    return [Question((True, text)) for text in texts]


def test_vectors_are_kept_beside_the_readings_and_have_length_one(reader: Reader) -> None:
    asked = questions("a b", "c")
    assert [each.scores["angry"] for each in read_signals("x", asked)] == [0.2, 0.1]
    vectors = read_vectors("x", asked)
    assert vectors.shape == (2, DIMENSIONS)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 1])
    assert reader.read_turns == ["a b", "c"]


def test_a_run_that_was_broken_off_goes_on_where_both_files_are_whole(reader: Reader, tmp_path: Path) -> None:
    asked = questions("a", "b", "c")
    read_signals("x", asked)
    (vectors,) = tmp_path.rglob("*.f32")
    vectors.write_bytes(vectors.read_bytes()[: DIMENSIONS * 4 + 5])
    (lines,) = tmp_path.rglob("*.jsonl")
    lines.write_text(lines.read_text()[:-3])
    assert len(read_signals("x", asked)) == 3
    assert reader.read_turns == ["a", "b", "c", "b", "c"]


def test_the_best_cut_takes_all_of_a_score_or_none_of_it() -> None:
    assert taught.best_cut([1, 1, 0, 0], [0.9, 0.6, 0.4, 0.1]) == 0.6
    assert taught.best_cut([1, 0, 1, 0], [0.9, 0.5, 0.5, 0.5]) in (0.9, 0.5)
    assert taught.best_cut([0, 1, 1], [0.5, 0.5, 0.5]) == 0.5


def test_a_map_and_its_cut_are_learnt_from_the_lesson_alone() -> None:
    chance = np.random.default_rng(1)
    features = chance.normal(size=(200, 3))
    gold = (features[:, 0] > 0.8).astype(int).tolist()
    test = np.array([[2.0, 0, 0], [-2.0, 0, 0]])
    assert taught.map_and_cut(features, gold, test) == [1.0, 0.0]
    assert taught.map_and_cut(features, gold, test[:1]) == [1.0]


def test_a_long_lesson_is_drawn_the_same_every_time() -> None:
    lesson = Lesson(texts=list("abcdef"), gold=list(range(6)), questions=questions(*"abcdef"))
    drawn = lesson.drawn(3)
    assert drawn == lesson.drawn(3)
    assert [lesson.texts[number] for number in drawn.gold] == list(drawn.texts)
    assert lesson.drawn(6) is lesson


def made_task(texts: Sequence[str], gold: Sequence[int], **more: Any) -> Task:
    return Task(
        name="made_f1",
        texts=texts,
        gold=gold,
        groups=[str(number // 2) for number in range(len(gold))],
        predict=lambda _: [0.0] * len(gold),
        measure=found,
        ranks=False,
        **more,
    )


@pytest.mark.usefixtures("reader")
def test_a_floor_is_learnt_on_the_training_part_and_measured_on_the_rest(tmp_path: Path) -> None:
    lesson = Lesson(
        texts=["good day"] * 5 + ["bad day"] * 5,
        gold=[0] * 5 + [1] * 5,
        questions=questions(*["good day"] * 5, *["bad day"] * 5),
    )
    task = made_task(["bad day", "good day"], [1, 0], lesson=lambda: lesson)
    made = PublicSet(name="made", file=tmp_path, questions=questions(*task.texts), tasks=[task])
    units = floors.units_of(made, task)
    assert units.measured == 10
    for method in (floors.counted, floors.held_inside):
        assert floors.floor(task, units, method)["made_f1"] == 1


@pytest.mark.usefixtures("reader")
def test_without_a_training_part_groups_are_never_parted(tmp_path: Path) -> None:
    texts = [f"{word} {number}" for number in range(10) for word in ("bad", "good")]
    task = made_task(texts, [1, 0] * 10)
    made = PublicSet(name="made", file=tmp_path, questions=questions(*texts), tasks=[task])
    for learn, held in floors.units_of(made, task).folds:
        assert not {task.groups[place] for place in learn} & {task.groups[place] for place in held}
    assert floors.floor(task, floors.units_of(made, task), floors.held_inside)["made_f1"] == 1


@pytest.mark.usefixtures("reader")
def test_a_unit_of_several_turns_has_the_highest_the_mean_and_the_last(tmp_path: Path) -> None:
    task = made_task(["x"], [1], asked=[range(1, 3)])
    made = PublicSet(name="made", file=tmp_path, questions=questions("a", "b b b", "c c"), tasks=[task])
    (row,) = floors._inner(made, task)
    size = len(row) // 3
    assert [row[0], row[size], row[2 * size]] == pytest.approx([0.3, 0.25, 0.2])


def test_annoyance_is_scored_by_what_other_workers_conversations_teach() -> None:
    chance = np.random.default_rng(2)
    gold = np.array([number % 4 == 0 for number in range(80)]).astype(int)
    workers = np.array([str(number // 4) for number in range(80)])
    table = chance.normal(size=(80, 4)) + gold[:, None] * [3, 0, 0, 0]
    texts = ["so slow and rude" if each else "thank you very much" for each in gold]
    scores = np.array(star._held_out(table, texts, gold, workers))
    assert scores[gold == 1].min() > scores[gold == 0].max()
    one = gold.copy()
    one[workers == "0"] = 1 - one[workers == "0"]
    changed = np.array(star._held_out(table, texts, one, workers))
    assert changed[workers == "0"] == pytest.approx(scores[workers == "0"])
