"""The drills as they ship, before the engine that judges them in the product."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from coolhead.codebook import Technique
from coolhead.engine import Engine
from coolhead.errors import InputError, NotFoundError
from coolhead.guidance.document import DocumentError, problems_in
from coolhead.practice.learning.drill import found, load_drill, shipped_drill, shipped_drills
from coolhead.practice.learning.judging import MOST_CHARACTERS, judge, misjudged
from coolhead.practice.learning.lesson import shipped_lessons

ANSWERS = Path(__file__).parent / "fresh_answers.yaml"
OF_THE_ISSUE = (
    "cannot-into-can", "name-the-feeling", "say-it-back", "put-a-date-on-it", "set-a-limit"
)  # fmt: skip


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine.load()


def test_ten_techniques_are_trained_with_ten_items_each() -> None:
    drills = shipped_drills()
    assert set(OF_THE_ISSUE) <= set(drills)
    assert len({each.technique for each in drills.values()}) >= 10
    assert all(len(each.items) >= 10 for each in drills.values())
    given = [item.given for each in drills.values() for item in each.items]
    assert len(given) == len(set(given))


def test_every_lesson_that_a_drill_names_is_there() -> None:
    lessons = shipped_lessons()
    for drill in shipped_drills().values():
        assert drill.lessons, drill.id
        assert set(drill.lessons) <= set(lessons), drill.id


@pytest.mark.parametrize("drill_id", sorted(shipped_drills()))
def test_sample_answers_are_right_and_their_spoilt_twins_wrong(engine: Engine, drill_id: str) -> None:
    assert misjudged(engine, shipped_drill(drill_id)) == ()


@pytest.mark.parametrize(
    ("kind", "rights", "wrongs", "least", "most"),
    [("seen", 221, 221, 0.97, 0.03), ("fresh", 204, 187, 0.93, 0.06)],
)
def test_other_answers_are_judged_as_a_person_would(
    engine: Engine, kind: str, rights: int, wrongs: int, least: float, most: float
) -> None:
    """The shares that are measured stand in docs/explanation/progress.md."""
    judged: dict[str, list[bool]] = {"right": [], "wrong": []}
    for drill_id, item_id, text, verdict in YAML(typ="safe").load(ANSWERS)[kind]:
        drill = shipped_drill(drill_id)
        item = drill.item(item_id)
        assert item is not None, (drill_id, item_id)
        judged[verdict].append(judge(engine, drill, item, text).right)
    assert (len(judged["right"]), len(judged["wrong"])) == (rights, wrongs)
    assert sum(judged["right"]) >= least * rights
    assert sum(judged["wrong"]) <= most * wrongs


def test_what_is_no_answer_is_told_so(engine: Engine) -> None:
    drill = shipped_drill("cannot-into-can")
    item = drill.items[0]
    assert "no words" in judge(engine, drill, item, "  ...  ").why
    assert "no words" in judge(engine, drill, item, "asdf qwer jkl").why
    assert "as it stood" in judge(engine, drill, item, item.given.upper()).why
    long = "I can hold the visit on Friday for you now. " * 5
    assert "say it in 40 words" in judge(engine, drill, item, long).why
    with pytest.raises(InputError):
        judge(engine, drill, item, "x" * (MOST_CHARACTERS + 1))
    first, second, *_ = item.good
    assert judge(engine, drill, item, first).better == second
    assert judge(engine, drill, item, "no").better == first


def test_an_answer_is_kept_without_personal_data(engine: Engine) -> None:
    drill = shipped_drill("put-a-date-on-it")
    judged = judge(engine, drill, drill.items[0], "I'll call you today at five on 0171 2345678, promise.")
    assert "2345678" not in judged.text


@pytest.mark.parametrize(
    ("text", "phrases", "words"),
    [
        ("You must be Worried.", "anxious | worr*", "Worried"),
        ("unworried", "worried", ""),
        ("I can’t do it", "can't", "can't"),
        ("speak to me with respect", "speak … respect*", "speak to me with respect"),
        ("can not", "can not", "can not"),
        ("twenty-first", "first", ""),
    ],
)
def test_phrases_are_found_as_whole_words(text: str, phrases: str, words: str) -> None:
    assert found(text, phrases) == words


def broken(**changes: Any) -> str:
    items = "\n".join(
        f"  - {{id: i{n}, given: Case {n}, good: [I can do {n} on Friday], poor: no, must: [Friday]}}"
        for n in range(10)
    )
    values = {
        "id": "own", "title": "Own", "technique": "positive_language", "about": "A", "ask": "B",
        "because": "C", "hint": "D",
    } | changes  # fmt: skip
    head = "\n".join(f"{key}: {value}" for key, value in values.items())
    return f"{head}\nitems:\n{items}\n"


def test_a_drill_of_ones_own_is_read_and_its_problems_are_placed() -> None:
    assert load_drill(broken()).technique is Technique.POSITIVE_LANGUAGE
    assert problems_in(load_drill, broken()) == ()
    (wrong,) = problems_in(load_drill, broken(technique="empathyy"))
    assert "did you mean" in wrong.message
    assert wrong.line == 3
    (missing,) = problems_in(load_drill, broken().replace("on Friday", "", 1))
    assert "Friday" in missing.message
    (twice,) = problems_in(load_drill, broken().replace("id: i1,", "id: i0,"))
    assert "already used" in twice.message
    assert len(problems_in(load_drill, broken(given_by="agent"))) == 10
    with pytest.raises(DocumentError):
        load_drill("id: x")
    with pytest.raises(NotFoundError):
        shipped_drill("unheard-of")
