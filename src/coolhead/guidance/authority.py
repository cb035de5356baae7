"""What somebody may give a customer without asking; `grants` reads it off a client's solutions."""

from __future__ import annotations

from dataclasses import dataclass

from coolhead.guidance.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """What the person who speaks may give without asking.

    Attributes:
        limit: the most; None where nothing is laid down.
        above: who may give more, to follow "I'll ask".
    """

    limit: Money | None = None
    above: str = "my supervisor"
