"""Clauses that are a promise by their grammar, whatever words they are made of; knows features only."""

from __future__ import annotations

from collections.abc import Set

_DATED = frozenset(
    f"shape:{shape}&time:TIME"
    for shape in ("spoken", "given", "present", "several", "future", "being", "doing", "asked")
)
_DOUBTS = frozenset(f"form:{form}" for form in ("condition", "effort", "hedge", "not", "past", "stands"))
_TOLD = frozenset({"shape:asked&time:TIME"})
_STATES = frozenset({"shape:being&time:TIME"})
_PRESENT = frozenset({"shape:present&time:TIME", "shape:several&time:TIME"})
_GIVES = frozenset({"shape:spoken&gives"})
_OTHER_TIMES = frozenset(f"time:{kind}" for kind in ("NOW", "EVENT", "AGAIN"))


def is_plain(shown: Set[str]) -> bool:
    """True for what says who does what and by when, with no doubt, condition or past in it."""
    if shown & _TOLD:
        return not shown & (_DOUBTS - {"form:past"})
    if "shape:doing&time:TIME" in shown:
        return "acts" in shown and not shown & (_DOUBTS - {"form:past"})
    if shown & _STATES and ("acts" not in shown or "subject:you're" in shown):
        return False
    if shown & _GIVES and not shown & _OTHER_TIMES:
        return not shown & _DOUBTS
    if "time:AGAIN" in shown or ("scheduled" in shown and shown & _PRESENT):
        return False
    if "shape:plain&time:TIME" in shown and "for you" in shown:
        return not shown & _DOUBTS
    return bool(shown & _DATED) and not shown & _DOUBTS
