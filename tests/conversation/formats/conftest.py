"""What the tests of all forms share: the files beside them, and a way to read one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from coolhead.conversation.formats import ReadOptions, read_conversations
from coolhead.conversation.turn import Conversation
from coolhead.errors import FileError


@dataclass
class Seen:
    """What came out of one file."""

    conversations: list[Conversation] = field(default_factory=list)
    errors: list[FileError] = field(default_factory=list)
    explained: list[str] = field(default_factory=list)

    @property
    def words(self) -> list[list[tuple[str, str]]]:
        return [
            [(str(turn.speaker), turn.text) for turn in conversation.turns]
            for conversation in self.conversations
        ]

    @property
    def times(self) -> list[list[tuple[float | None, float | None]]]:
        return [
            [(turn.start, turn.end) for turn in conversation.turns] for conversation in self.conversations
        ]


def _look(path: Path, **said: object) -> Seen:
    seen = Seen()
    options = ReadOptions.of(**said)  # type: ignore[arg-type]  # what a test types stands for a command line
    for item in read_conversations(path, options=options, explain=seen.explained.append):
        (seen.conversations if isinstance(item, Conversation) else seen.errors).append(item)  # type: ignore[arg-type]  # told apart in the same line
    return seen


@pytest.fixture
def look() -> Callable[..., Seen]:
    """Reads a file with the flags of the command line."""
    return _look


@pytest.fixture
def files() -> Path:
    """The folder of small files in every form."""
    return Path(__file__).parent.parent / "files"


@pytest.fixture
def look_at(look: Callable[..., Seen], tmp_path: Path) -> Callable[..., Seen]:
    """Writes bytes or text to a file of a name, then reads it."""

    def write(name: str, content: str | bytes, **said: object) -> Seen:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return look(path, **said)

    return write


@pytest.fixture
def check_vcon() -> Callable[[dict[str, object]], None]:
    """Checks a vCon by the rules of its draft that a JSON schema can hold."""
    return _check_vcon


def _check_vcon(vcon: dict[str, object]) -> None:
    known = {
        "vcon",
        "uuid",
        "extensions",
        "critical",
        "created_at",
        "updated_at",
        "subject",
        "redacted",
        "amended",
    }
    assert vcon.keys() <= known | {"parties", "dialog", "analysis", "attachments"}
    assert vcon["vcon"] == "0.4.0"
    UUID(str(vcon["uuid"]))
    _check_time(vcon["created_at"])
    parties, dialogs = vcon["parties"], vcon["dialog"]
    assert isinstance(parties, list)
    assert isinstance(dialogs, list)
    for dialog in dialogs:
        _check_dialog(dialog, len(parties))
    assert isinstance(vcon["analysis"], list)
    for analysis in vcon["analysis"]:
        assert analysis["vendor"]
        assert analysis["type"] in {"report", "sentiment", "summary", "transcript", "translation", "tts"}
        assert all(0 <= index < len(dialogs) for index in analysis["dialog"])
        assert analysis["encoding"] in {"base64url", "json", "none"}


def _check_dialog(dialog: dict[str, Any], parties: int) -> None:
    assert dialog["type"] == "text"
    _check_time(dialog["start"])
    assert all(0 <= index < parties for index in dialog["parties"])
    assert dialog.get("duration", 0) >= 0
    assert dialog["encoding"] == "none"
    assert isinstance(dialog["body"], str)


def _check_time(text: object) -> None:
    assert datetime.fromisoformat(str(text)).tzinfo is not None
