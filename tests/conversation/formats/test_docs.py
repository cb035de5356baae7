import re
from pathlib import Path

import pytest

from coolhead.conversation.formats import Field, Format
from coolhead.conversation.formats.detect import ENDINGS
from coolhead.conversation.formats.source import MAX_RECORD

DOCS = Path(__file__).parents[3] / "docs"


@pytest.fixture(scope="module")
def reference():
    return (DOCS / "reference" / "formats.md").read_text()


def test_every_format_ending_and_field_is_described(reference):
    assert set(re.findall(r"^\| `(\w[\w-]*)` \| .* \| .* \| .* \|$", reference, re.MULTILINE)) == set(Format)
    assert all(f"`{word}`" in reference for word in (*ENDINGS, *Field))


def test_the_stated_limit_is_the_limit(reference):
    assert f"{MAX_RECORD // 2**20} MB" in reference


def test_the_program_in_the_guide_runs(tmp_path, monkeypatch, capsys):
    guide = (DOCS / "how-to" / "bring-conversations.md").read_text()
    [program] = re.findall(r"```python\n(.*?)```", guide, re.DOTALL)
    (tmp_path / "calls").mkdir()
    (tmp_path / "calls" / "a.vtt").write_text("WEBVTT\n\n00:01.000 --> 00:02.000\nDana: Hello\n")
    (tmp_path / "calls" / "b.json").write_text("{")
    monkeypatch.chdir(tmp_path)
    exec(compile(program, "guide", "exec"), {})  # noqa: S102  # the guide's own program
    assert capsys.readouterr().out.startswith("1\ncalls/b.json:1:")
