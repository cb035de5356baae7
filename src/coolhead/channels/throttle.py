"""A limit on how often the same caller may do something, kept in this process's memory."""

from __future__ import annotations

import time
from collections import OrderedDict, deque
from collections.abc import Callable

MOST_KEYS = 10_000


class Throttle:
    """Lets each key pass at most `most` times in any `window_s` seconds; forgets the oldest keys."""

    def __init__(self, *, most: int, window_s: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = most
        self._window_s = window_s
        self._clock = clock
        self._passed: OrderedDict[str, deque[float]] = OrderedDict()

    def passes(self, key: str) -> bool:
        """True, and counted, while the key is within its limit."""
        now = self._clock()
        times = self._passed.pop(key, None) or deque[float]()
        self._passed[key] = times
        while len(self._passed) > MOST_KEYS:
            self._passed.popitem(last=False)
        while times and times[0] <= now - self._window_s:
            times.popleft()
        if len(times) >= self._most:
            return False
        times.append(now)
        return True
