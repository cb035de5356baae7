"""Solutions with the facts of a client's policies in their words, in place of `{refund_days}`."""

from __future__ import annotations

from collections.abc import Mapping

from coolhead.guidance.facts import Fact, cited_in, with_facts
from coolhead.guidance.solutions import Remedy, Solution, Solutions


def stated(solutions: Solutions, facts: Mapping[str, Fact]) -> Solutions:
    """The table as it can be said: without remedies whose facts the policies do not give.

    A row whose alternatives are all that is left offers the first of them; one with nothing left is gone.
    """
    rows = [_row(row, facts) for row in solutions.rows]
    return solutions.model_copy(update={"rows": tuple(row for row in rows if row)})


def _row(row: Solution, facts: Mapping[str, Fact]) -> Solution | None:
    remedies = [
        remedy.model_copy(
            update={"what": with_facts(remedy.what, facts), "say": with_facts(remedy.say, facts)}
        )
        for remedy in row.remedies
        if _can_be_said(remedy, facts)
    ]
    if not remedies:
        return None
    first, *others = remedies
    return row.model_copy(update={"solution": first, "alternatives": tuple(others)})


def _can_be_said(remedy: Remedy, facts: Mapping[str, Fact]) -> bool:
    return all(name in facts for name in cited_in(f"{remedy.what} {remedy.say}"))
