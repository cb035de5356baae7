"""The present moment, as services are handed it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

Clock = Callable[[], datetime]
"""Gives the present moment with a UTC offset, which due times are counted in."""
