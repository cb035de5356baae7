"""Reads off a client's solutions what its agents and supervisors may give without asking."""

from __future__ import annotations

from collections.abc import Iterator

from coolhead.guidance.authority import Authority
from coolhead.guidance.money import Money
from coolhead.guidance.solutions import Grant, Remedy, Solutions

_OWN = {
    Grant.AGENT: frozenset({Grant.AGENT}),
    Grant.SUPERVISOR: frozenset({Grant.AGENT, Grant.SUPERVISOR}),
}
"""Whose grants somebody may use: a supervisor may grant what an agent may."""

_ABOVE = {Grant.AGENT: "my supervisor", Grant.SUPERVISOR: "the team that decides on it"}


def authority_of(grant: Grant, solutions: Solutions) -> Authority:
    """What an agent or a supervisor may give: the most that any remedy lets them, of those that name amounts.

    Where no remedy names an amount, nothing is laid down.
    """
    above = _ABOVE[grant]
    most: Money | None = None
    for remedy in _with_amounts(solutions):
        mine = [limit for who, limit in remedy.grants.items() if who in _OWN[grant]]
        if None in mine:
            return Authority(above=above)
        currency = next(limit.currency for limit in remedy.grants.values() if limit)
        most = max([most or Money(currency, 0), *(limit for limit in mine if limit)])
    return Authority(limit=most, above=above)


def _with_amounts(solutions: Solutions) -> Iterator[Remedy]:
    for row in solutions.rows:
        yield from (remedy for remedy in row.remedies if any(remedy.grants.values()))
