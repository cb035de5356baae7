"""The report: it shows what is kept, says what is missing, and what is committed is what it would write."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks import report, tables
from benchmarks.diagram import diagram
from benchmarks.figures import keep, kept, rounded, show
from benchmarks.goals import OWN, PUBLIC, Goal
from benchmarks.plain import plain_table

AGAIN = "run `python -m benchmarks report` and commit what it writes"


def cells(written: str, first: str) -> list[str]:
    (line,) = (line for line in written.splitlines() if line.startswith(f"| {first}"))
    return [cell.strip() for cell in line.strip("|").split("|")][1:]


def test_a_goal_is_reached_at_its_very_value() -> None:
    least, most = Goal(what="", key="x", goal=0.8), Goal(what="", key="x", goal=0.02, at_most=True)
    assert least.met_by(0.8)
    assert not least.met_by(0.79)
    assert most.met_by(0.02)
    assert not most.met_by(0.03)


def test_the_table_says_plainly_what_was_missed() -> None:
    figures = {goal.key: goal.goal for goal in OWN} | {
        "heat_kappa": 0.7,
        "heat_kappa_low": 0.6,
        "heat_kappa_high": 0.75,
    }
    written = tables.own(figures)
    assert cells(written, "heat, quadratic") == ["0.700 [0.600, 0.750]", "≥ 0.8", "**no**"]
    assert cells(written, "abuse") == ["0.800", "≥ 0.8", "yes"]


def test_what_was_not_measured_is_a_dash_and_no_success() -> None:
    assert cells(tables.own({}), "heat, quadratic") == ["–", "≥ 0.8", "–"]


def test_a_fall_of_a_twentieth_stands_out() -> None:
    figures: dict[str, Any] = {f"{style}_{goal.key}": 0.7 for style in ("plain", "lower") for goal in OWN}
    figures |= {f"lower_{goal.key}_fall": 0.0 for goal in OWN} | {
        "lower_cues_f1_fall": 0.05,
        "worst_fall": 0.05,
    }
    figures |= {f"exchange_{kind}_{what}": 0.2 for kind in tables.EXCHANGES for what in ("mean", "worst")}
    written = tables.robustness(figures)
    assert cells(written["robustness_table"], "cues")[:2] == ["0.700", "**0.700**"]
    assert cells(written["robustness_table"], "abuse")[:2] == ["0.700", "0.700"]
    assert cells(written["exchange_table"], "names")[-1] == "**no**"


def test_a_public_goal_may_be_what_word_counts_reach() -> None:
    (each,) = (each for each in PUBLIC if each.above_words)
    figures, floors = {each.key: 0.4}, {f"words_{each.key}": 0.45}
    assert cells(tables.public(figures, floors), each.on)[1:4] == ["0.400", "≥ 0.45", "**no**"]


def test_a_page_of_nothing_says_so() -> None:
    written = report.page({})
    assert written.count("Not measured yet.") == written.count("\n## ")


def test_only_what_is_between_the_marks_is_replaced() -> None:
    document = f"before\n{report.BEGIN}\nold\n{report.END}\nafter\n"
    assert report.with_table(document, "new") == f"before\n{report.BEGIN}\n\nnew\n\n{report.END}\nafter\n"
    assert report.with_table(report.with_table(document, "x"), "new") == report.with_table(document, "new")


def test_results_come_back_as_they_were_kept(tmp_path: Path) -> None:
    keep("speed", ["python", "-m"], {"p50_ms": 4.2}, tmp_path)
    found = kept(tmp_path)["speed"]
    assert (found["command"], found["figures"]) == ("python -m", {"p50_ms": 4.2})


def test_json_is_one_object_and_knows_no_nan(capsys: pytest.CaptureFixture[str]) -> None:
    show({"a": 0.123456, "b": float("nan"), "c": [{"d": 1.00001}], "n": 3}, as_json=True)
    assert json.loads(capsys.readouterr().out) == {"a": 0.1235, "b": None, "c": [{"d": 1.0}], "n": 3}
    assert rounded({"a": (1)}) == {"a": 1}


def test_the_committed_results_are_the_ones_shown() -> None:
    found = kept()
    assert report.PAGE.read_text(encoding="utf-8") == report.page(found), AGAIN
    picture = diagram(found["corpus"]["figures"]["reliability"])
    assert report.PICTURE.read_text(encoding="utf-8") == picture, AGAIN
    explained = report.ACCURACY.read_text(encoding="utf-8")
    assert explained == report.with_table(explained, plain_table(found["corpus"])), AGAIN
