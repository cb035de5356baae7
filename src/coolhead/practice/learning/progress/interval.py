"""How sure a share is, and what can be said about two of them."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

from coolhead.codebook import Term
from coolhead.practice.learning.progress.tally import Tally

Z95 = 1.959964
"""Two-sided 95 % quantile of the standard normal distribution."""

ENOUGH = 10
"""Opportunities in each of two periods below which nothing is said about the change between them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """An estimate with its 95 % interval: `low` ≤ `at` ≤ `high`."""

    at: float
    low: float
    high: float


class Change(Term):
    """What can be said about two periods."""

    BETTER = "better", "used more often where it is due; chance alone would hardly show as much"
    WORSE = "worse", "used less often where it is due; chance alone would hardly show as much"
    NOT_TOLD = "no change to tell", "what difference there is may be chance"
    TOO_FEW = "too few to tell", f"fewer than {ENOUGH} occasions in one of the two periods"


def wilson(tally: Tally, z: float = Z95) -> Interval | None:
    """The share taken with its score interval (Wilson 1927); None without an occasion."""
    n = tally.due
    if not n:
        return None
    rate = tally.shown / n
    middle = (rate + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * sqrt(rate * (1 - rate) / n + z * z / (4 * n * n))
    return Interval(at=rate, low=min(rate, max(0.0, middle - half)), high=max(rate, min(1.0, middle + half)))


def difference(before: Tally, now: Tally) -> Interval | None:
    """`now` less `before`, with Newcombe's interval from two score intervals (1998, method 10).

    None when one of them has no occasion.
    """
    first, last = wilson(before), wilson(now)
    if first is None or last is None:
        return None
    at = last.at - first.at
    low = at - sqrt((last.at - last.low) ** 2 + (first.high - first.at) ** 2)
    high = at + sqrt((last.high - last.at) ** 2 + (first.at - first.low) ** 2)
    return Interval(at=at, low=max(-1.0, low), high=min(1.0, high))


def change(before: Tally, now: Tally) -> Change:
    """What can be said: a change only where the interval of the difference leaves out zero."""
    between = difference(before, now)
    if between is None or min(before.due, now.due) < ENOUGH:
        return Change.TOO_FEW
    if between.low > 0:
        return Change.BETTER
    return Change.WORSE if between.high < 0 else Change.NOT_TOLD
