"""One engine for all tests of practice."""

from __future__ import annotations

import pytest

from coolhead.engine import Engine
from coolhead.practice.run import Practice


@pytest.fixture(scope="session")
def player() -> Practice:
    return Practice(Engine.load())
