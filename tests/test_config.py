from __future__ import annotations

from pathlib import Path

import pytest

from coolhead.config import load_settings
from coolhead.errors import SetupError


def test_the_environment_is_read_and_what_is_given_comes_first(monkeypatch) -> None:
    monkeypatch.setenv("COOLHEAD_DATA_DIR", "/from/environment")
    monkeypatch.setenv("COOLHEAD_PORT", "9000")
    assert load_settings().data == Path("/from/environment")
    settings = load_settings(data=Path("/given"), port=None)
    assert (settings.data, settings.port) == (Path("/given"), 9000)
    assert settings.database_url == "sqlite:////given/coolhead.db"


def test_postgresql_takes_the_place_of_the_file() -> None:
    assert load_settings(database="postgresql://u@h/d").database_url == "postgresql://u@h/d"


@pytest.mark.parametrize(("name", "value"), [("PORT", "many"), ("THREADS", "0")])
def test_a_wrong_setting_is_named(monkeypatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"COOLHEAD_{name}", value)
    with pytest.raises(SetupError, match=f"COOLHEAD_{name}"):
        load_settings()
