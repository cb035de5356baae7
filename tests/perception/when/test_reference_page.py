"""The page that people read says what the code does."""

import re
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from coolhead.perception.when import resolve_due

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "promises.md"
SAID_AT = datetime(2026, 3, 18, 14, 20, tzinfo=timezone(timedelta(hours=8)))
CELLS = [
    [cell.strip() for cell in line.strip().strip("|").split("|")]
    for line in PAGE.read_text(encoding="utf-8").splitlines()
]
ROWS = [(row[2], row[3]) for row in CELLS if len(row) == 4 and re.match(r"\w{3} \d", row[3])]


def test_the_table_was_found() -> None:
    assert len(ROWS) >= 20


@pytest.mark.parametrize(("words", "due"), ROWS)
def test_row(words: str, due: str) -> None:
    moment = resolve_due(words, SAID_AT)
    assert moment is not None
    assert f"{moment:%a} {moment.day} {moment:%B %H:%M}" == due
