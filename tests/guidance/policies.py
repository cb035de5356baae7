"""Policies for tests: short, with the facts that a test asks for."""

from __future__ import annotations

VALUES = {
    "refund_days": "5",
    "return_days": "30",
    "opened_returns": "no",
    "restocking_fee": "EUR 8.00",
    "technician_days": "4",
}


def written(name: str = "How we do it", **values: str) -> str:
    """The text of a policy with these facts in place of the usual ones."""
    facts = "\n".join(f"  {fact}: {value}" for fact, value in (VALUES | values).items())
    return f"""---
name: {name}
# for tests
facts:
{facts}
---
## Returns and refunds

The money takes {{refund_days}}. You may send things back for {{return_days}}. We keep {{restocking_fee}}.
{{opened_returns: Opened goods may come back. | Opened goods stay with you.}}

## Complaint channels

Write to us.

## Time to resolution

A technician comes within {{technician_days}}.

## Conduct both ways

We listen, and so do you.
"""
