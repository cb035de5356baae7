from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from coolhead.cli import app

HEATED = str(Path(__file__).parent / "files" / "heated.jsonl")
SMALL_PLAYBOOK = """\
name: Small
entries:
  - name: manager-wanted
    title: Bring someone in
    when:
      cues: [asks_supervisor]
    techniques: [escalation]
    say: ["I'll bring someone in now."]
    why: They asked for it.
"""


def test_redact_masks_plain_lines_with_those_before() -> None:
    result = CliRunner().invoke(
        app, ["redact"], input="What's your date of birth?\n4 March 1981\nmy order is 4411\n"
    )
    assert result.stdout.splitlines() == ["What's your date of birth?", "[BIRTH_DATE]", "my order is 4411"]


def test_redact_json_gives_spans_in_the_input() -> None:
    line = {"id": "a", "before": "Which card?", "text": "It is 4111 1111 1111 1111 please"}
    result = CliRunner().invoke(app, ["redact", "--json"], input=json.dumps(line) + "\n")
    given = json.loads(result.stdout)
    assert given == {
        "id": "a",
        "text": "It is [CARD] please",
        "spans": [{"start": 6, "end": 25, "type": "CARD"}],
    }


def test_redact_tells_of_a_broken_line_and_goes_on() -> None:
    result = CliRunner().invoke(app, ["redact", "--json"], input='{"text": "a"}\n{"text": \n{"text": "b"}\n')
    assert result.exit_code == 1
    assert [json.loads(line)["text"] for line in result.stdout.splitlines()] == ["a", "b"]
    assert "2" in result.stderr


def test_playbook_check_names_line_column_and_nearest_word(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.yaml", tmp_path / "bad.yaml"
    good.write_text(SMALL_PLAYBOOK, "utf-8")
    bad.write_text(SMALL_PLAYBOOK.replace("[asks_supervisor]", "[ask_supervisor]"), "utf-8")
    assert CliRunner().invoke(app, ["playbook", "check", str(good)]).exit_code == 0
    result = CliRunner().invoke(app, ["playbook", "check", str(bad)])
    assert f"{bad}:6:" in str(result.exception)
    assert "asks_supervisor" in str(result.exception)


def test_playbook_try_counts_what_would_have_fired(tmp_path: Path) -> None:
    file = tmp_path / "small.yaml"
    file.write_text(SMALL_PLAYBOOK, "utf-8")
    result = CliRunner().invoke(app, ["playbook", "try", str(file), "--on", HEATED])
    assert result.exit_code == 0, result.output
    assert "call-1:4" in result.stdout
    assert "1 cards in 1 conversations (3 customer turns)" in result.stdout


def test_user_add_and_doctor_on_a_new_folder(tmp_path: Path) -> None:
    data = ["--data", str(tmp_path / "new")]
    arguments = ["user", "add", "wen@team.example", "--name", "Wen", "--password", "a long password", *data]
    assert CliRunner().invoke(app, [*arguments, "--role", "admin"]).exit_code == 0
    result = CliRunner().invoke(app, ["doctor", *data])
    assert result.exit_code == 0
    assert "All is well." in result.stdout


def test_every_command_explains_itself() -> None:
    for command in (
        ["analyze"],
        ["redact"],
        ["serve"],
        ["demo"],
        ["doctor"],
        ["playbook", "try"],
        ["user", "add"],
    ):
        result = CliRunner().invoke(app, [*command, "--help"])
        assert result.exit_code == 0
        assert "Usage" in result.stdout


def test_completion_is_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    # The shell is named, because tests may run where none is.
    monkeypatch.setenv("_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION", "1")
    shown = CliRunner().invoke(app, ["--show-completion", "bash"], prog_name="coolhead")
    assert shown.exit_code == 0
