"""The pages on the API and the settings name everything that the code has."""

from __future__ import annotations

import re
from http import HTTPStatus
from pathlib import Path
from typing import Any

from coolhead.channels.api import create_api
from coolhead.channels.api.problems import STATUS
from coolhead.config import Settings
from coolhead.storage.api_keys import Scope
from coolhead.storage.events import EventKind

ROOT = Path(__file__).parents[2]
API = (ROOT / "docs/reference/api.md").read_text(encoding="utf-8")
NOBODY: Any = None


def test_every_path_is_named() -> None:
    for path, operations in create_api(NOBODY).openapi()["paths"].items():
        for method in operations:
            named = path.replace("{conversation}", "{id}")
            assert f"`{method.upper()} {named}`" in API


def test_every_event_scope_and_error_is_named() -> None:
    for word in (*EventKind, *Scope):
        assert f"`{word.value}`" in API
    for kind, status in STATUS.items():
        if status is not HTTPStatus.TOO_MANY_REQUESTS:
            assert f"| {status.value} | `{kind.code}` |" in API


def test_every_setting_is_named_with_its_default() -> None:
    page = (ROOT / "docs/reference/settings.md").read_text(encoding="utf-8")
    named = dict(re.findall(r"^\| `(COOLHEAD_[A-Z_]+)` \| (.*?) \|", page, flags=re.MULTILINE))
    assert set(named) == {
        field.validation_alias or f"COOLHEAD_{name.upper()}" for name, field in Settings.model_fields.items()
    }
    for name in ("host", "port", "threads"):
        assert named[f"COOLHEAD_{name.upper()}"] == f"`{Settings.model_fields[name].default}`"
