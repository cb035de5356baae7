"""All the chance there is in practice: a seed and names in, the same choice out, on every machine.

No state is kept between calls, so that a run can be taken up again at any turn.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")
Key = str | int


def fraction(seed: int, *keys: Key) -> float:
    """A number in [0, 1) that only `seed` and `keys` decide; evenly spread over seeds."""
    text = "\x1f".join(map(str, (seed, *keys)))
    digest = hashlib.blake2b(text.encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") / 2**64


def pick(options: Sequence[T], seed: int, *keys: Key) -> T:
    """One of `options`, which must not be empty."""
    return options[int(fraction(seed, *keys) * len(options))]


def shuffled(options: Sequence[T], seed: int, *keys: Key) -> list[T]:
    """All of `options` in an order that only `seed` and `keys` decide."""
    order = sorted(range(len(options)), key=lambda at: fraction(seed, *keys, at))
    return [options[at] for at in order]
