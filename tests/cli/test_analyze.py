from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from coolhead.cli import app
from coolhead.codebook import Cue, Misstep, Technique

FILES = Path(__file__).parent / "files"
HEATED = str(FILES / "heated.jsonl")
CALM = str(FILES / "calm.csv")


@pytest.fixture(scope="module")
def records() -> list[dict[str, Any]]:
    result = CliRunner().invoke(app, ["analyze", "--json", HEATED, CALM])
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_one_line_a_conversation_in_the_order_of_the_files(records: list[dict[str, Any]]) -> None:
    assert [record["id"] for record in records] == ["call-1", "c-1"]


def test_labels_are_predicted_not_read(records: list[dict[str, Any]]) -> None:
    heated = records[0]
    assert heated["issue"] != "information"
    assert heated["turns"][3]["heat"] >= 2


def test_customer_turns_carry_heat_risk_and_labels(records: list[dict[str, Any]]) -> None:
    for turn in (turn for record in records for turn in record["turns"] if turn["speaker"] == "customer"):
        assert 0 <= turn["heat_score"] <= 100
        assert 0 <= turn["risk"] <= 1
        assert turn["heat"] in range(5)
        assert set(turn["cues"]) <= set(Cue)
        assert set(turn["scores"]) >= set(turn["cues"]) | set(turn["behaviours"]) | set(turn["triggers"])


def test_agent_turns_carry_techniques_missteps_and_dated_promises(records: list[dict[str, Any]]) -> None:
    agent = [turn for turn in records[0]["turns"] if turn["speaker"] == "agent"]
    assert all(set(turn["techniques"]) <= set(Technique) for turn in agent)
    assert all(set(turn["missteps"]) <= set(Misstep) for turn in agent)
    assert [promise["due"] for promise in agent[2]["promises"]] == ["2026-03-18T16:00:00+08:00"]


def test_evidence_lies_in_the_words(records: list[dict[str, Any]]) -> None:
    for turn in (turn for record in records for turn in record["turns"]):
        for place in turn["evidence"].values():
            assert "timing" in place or 0 <= place["start"] <= place["end"] <= len(turn["text"])


def test_personal_data_is_masked(records: list[dict[str, Any]]) -> None:
    assert "[CARD]" in records[0]["turns"][5]["text"]


def test_alerts_and_note_point_at_turns(records: list[dict[str, Any]]) -> None:
    heated, calm = records
    assert any(alert["kind"] == "asks_supervisor" and alert["turn"] == 3 for alert in heated["alerts"])
    assert calm["alerts"] == []
    assert heated["note"]
    assert all(0 <= turn < len(heated["turns"]) for line in heated["note"] for turn in line["turns"])


def test_a_calm_conversation_gets_no_card(records: list[dict[str, Any]]) -> None:
    assert [turn["card"] for turn in records[1]["turns"]] == [None, None, None]


def test_people_get_a_report() -> None:
    result = CliRunner().invoke(app, ["analyze", HEATED])
    assert result.exit_code == 0
    for heading in ("heat", "A supervisor would have been called", "Promised", "Note"):
        assert heading in result.stdout


def test_html_report_stands_alone_and_escapes(tmp_path: Path) -> None:
    given = tmp_path / "odd.csv"
    given.write_text(
        'speaker,text\ncustomer,"<script>alert(1)</script> this is useless!"\nagent,Sorry.\n', "utf-8"
    )
    page = tmp_path / "report.html"
    assert CliRunner().invoke(app, ["analyze", str(given), "--html", str(page)]).exit_code == 0
    html = page.read_text("utf-8")
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert "http://" not in html.replace("http://www.w3.org", "")
    assert html.endswith("</html>\n")


def test_several_processes_give_the_same_as_one() -> None:
    alone = CliRunner().invoke(app, ["analyze", "--json", HEATED, CALM])
    command = [sys.executable, "-m", "coolhead.cli", "analyze", "--json", "--jobs", "2", HEATED, CALM]
    together = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603  # our own program
    assert together.stdout == alone.stdout


def test_a_bad_file_is_told_and_others_go_on(tmp_path: Path) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"turns": [{"speaker": "agent", "te', "utf-8")
    result = CliRunner().invoke(app, ["analyze", "--json", str(bad), CALM])
    assert result.exit_code == 1
    assert f"{bad}:1" in result.stderr
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == ["c-1"]


def test_its_own_output_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "calm.csv").write_text(Path(CALM).read_text("utf-8"), "utf-8")
    output = tmp_path / "out.jsonl"
    command = [sys.executable, "-m", "coolhead.cli", "analyze", "--json", str(tmp_path)]
    with output.open("w") as out:
        result = subprocess.run(command, stdout=out, stderr=subprocess.PIPE, text=True, check=False)  # noqa: S603  # our own program
    assert result.returncode == 1
    assert f"{output}: This is the file being written." in result.stderr
    assert [json.loads(line)["id"] for line in output.read_text("utf-8").splitlines()] == ["c-1"]


def test_nothing_to_read_exits_with_two(tmp_path: Path) -> None:
    assert CliRunner().invoke(app, ["analyze", str(tmp_path / "missing.csv")]).exit_code == 2
    assert CliRunner().invoke(app, ["analyze", str(tmp_path)]).exit_code == 2


def test_options_are_explained_when_wrong() -> None:
    command = [sys.executable, "-m", "coolhead.cli", "analyze", CALM, "--speaker", "Dana=boss"]
    result = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  # our own program
    assert result.returncode == 1
    assert "boss" in result.stderr
    assert "Traceback" not in result.stderr
