"""The commands: what there is, what runs what, and texts that go on where a run was broken off."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from benchmarks import __main__, all, figures, signals, speed
from benchmarks.signals import Question


def test_every_benchmark_is_listed_with_what_it_does(capsys: pytest.CaptureFixture[str]) -> None:
    assert __main__.main(["list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == [name.replace("_", "-") for name in __main__.NAMES]
    assert min(len(line.split()) for line in lines) > 4


def test_an_unknown_name_is_refused_with_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert __main__.main(["no-such"]) == 2
    assert "robustness" in capsys.readouterr().out


def test_real_conversations_are_added_only_where_there_are_some(tmp_path: Path) -> None:
    assert all.command_of("corpus", tmp_path) == ["benchmarks", "corpus", "--json"]
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "annotated-1.jsonl").touch()
    assert all.command_of("corpus", tmp_path)[2:4] == ["--annotated", str(tmp_path / "corpus")]
    assert all.command_of("public", tmp_path)[2:4] == ["--data", str(tmp_path)]
    assert all.command_of("speed", tmp_path) == ["benchmarks", "speed", "--json"]


def test_a_benchmark_that_fails_leaves_its_last_results(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = {"corpus": (0, '{"heat_kappa": 0.5}'), "speed": (1, "")}

    def run(command: list[str], **_: Any) -> SimpleNamespace:
        code, out = answers[command[3]]
        return SimpleNamespace(returncode=code, stdout=out)

    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.setattr(
        all, "keep", lambda name, command, found: figures.keep(name, command, found, tmp_path)
    )
    assert all.run("corpus", tmp_path)
    assert not all.run("speed", tmp_path)
    kept = figures.kept(tmp_path)
    assert kept.keys() == {"corpus"}
    assert kept["corpus"]["figures"] == {"heat_kappa": 0.5}


def test_what_was_read_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    class Model:
        def read(self, turn: Any, before: Any) -> Any:
            assert [each.text for each in before] == ["Hello"]
            read.append(turn.text)
            return SimpleNamespace(heat=None, scores={"empathy": 0.5}, signs=())

        def vector(self, text: str, *, by_customer: bool) -> list[float]:
            assert not by_customer
            return [float(len(text))] * signals.DIMENSIONS

    monkeypatch.setattr(signals, "TextModel", Model)
    monkeypatch.setattr(signals, "KEPT", tmp_path)
    asked = [Question((False, text), ((True, "Hello"),)) for text in ("one", "two", "three")]
    first = signals.read_signals("set", asked)
    (file,) = tmp_path.rglob("*.jsonl")
    lines = file.read_text().splitlines()
    file.write_text(lines[0] + "\n" + lines[1][:5])  # broken off in the second row
    assert signals.read_signals("set", asked) == first
    assert read == ["one", "two", "three", "two", "three"]


def test_any_of_several_terms_is_as_likely_as_not_none() -> None:
    signal = signals.Signal((0.1, 0.2, 0.3, 0.3, 0.1), 2, {"a": 0.5, "b": 0.5}, frozenset())
    assert signal.any_of("a", "b") == 0.75
    assert signal.hotter_than(1) == pytest.approx(0.7)


def test_there_are_turns_enough_and_no_id_twice(tmp_path: Path) -> None:
    rows = [{"id": name, "turns": [{"speaker": "agent", "text": name}] * 3} for name in "ab"]
    (tmp_path / "two.jsonl").write_text("\n".join(map(json.dumps, rows)))
    taken = speed.records_of(tmp_path, 10)
    assert sum(len(each["turns"]) for each in taken) == 12
    assert len({each["id"] for each in taken}) == 4
