"""What the clock shows of a turn: silence, overlap, cut-offs and pace; knows no meaning."""

from __future__ import annotations

import re
from collections.abc import Sequence

from coolhead.codebook import Misstep
from coolhead.conversation.turn import Turn
from coolhead.perception.reading import Evidence, Sign, Timing

LEAST_OVERLAP = 0.3
"""Seconds; a shorter overlap is how people take turns."""

STOPPED_WITHIN = 2.0
"""Seconds after which a speaker who goes on talking has not been cut off."""

LEAST_SPEECH = 1.5
"""Seconds; a shorter turn tells no pace."""

LEAST_WORDS = 4
"""A turn of fewer words tells no pace."""

_BROKEN_OFF = re.compile(r"\w\s?(?:[—–]|--+|-)[\"'”’)]*\s*$")
_BROKEN_OFF_SCORE = 0.94
"""Share of the corpus's customer lines broken off by a dash whose next agent turn is labelled (32 of 34)."""


def timing(turn: Turn, before: Sequence[Turn]) -> Timing:
    """What the clock shows of a turn after the earlier ones, oldest first; nothing where no times are given.

    An end before its start is no end at all.
    """
    return Timing(
        silence=_silence(turn, before),
        overlap=_overlap(turn, before),
        cuts_off=_cut(turn, before) is not None,
        words_per_minute=_pace(turn),
    )


def interruption(turn: Turn, before: Sequence[Turn]) -> Sign[Misstep] | None:
    """The sign that an agent's turn cuts the customer off: by the clock, or a dash ends their line."""
    if turn.by_customer or not before:
        return None
    early = _cut(turn, before)
    if early is not None:
        words = f"began {early:.1f} s before the customer had finished, and they stopped"
        return Sign(Misstep.INTERRUPTS, 1.0, Evidence(timing=words))
    untimed = turn.start is None or _end(before[-1]) is None
    if untimed and before[-1].by_customer and _BROKEN_OFF.search(before[-1].text):
        return Sign(
            Misstep.INTERRUPTS,
            _BROKEN_OFF_SCORE,
            Evidence(timing="the customer's line breaks off with a dash"),
        )
    return None


def _end(turn: Turn) -> float | None:
    if turn.end is None or (turn.start is not None and turn.end < turn.start):
        return None
    return turn.end


def _silence(turn: Turn, before: Sequence[Turn]) -> float | None:
    ends = [end for earlier in before if (end := _end(earlier)) is not None]
    if turn.start is None or not ends:
        return None
    return max(0.0, turn.start - max(ends))


def _other(turn: Turn, before: Sequence[Turn]) -> Turn | None:
    """The last turn of the other side."""
    return next((earlier for earlier in reversed(before) if earlier.by_customer != turn.by_customer), None)


def _overlap(turn: Turn, before: Sequence[Turn]) -> float | None:
    other = _other(turn, before)
    end = _end(other) if other else None
    if turn.start is None or end is None:
        return None
    mine = _end(turn)
    return max(0.0, (end if mine is None else min(end, mine)) - turn.start)


def _cut(turn: Turn, before: Sequence[Turn]) -> float | None:
    """Seconds by which the turn began before the other side had finished, if that made them stop."""
    other = _other(turn, before)
    end = _end(other) if other else None
    mine = _end(turn)
    if other is None or end is None or turn.start is None or (other.start or 0.0) >= turn.start:
        return None
    early = end - turn.start
    outlasts = mine is None or mine > end
    return early if LEAST_OVERLAP <= early <= STOPPED_WITHIN and outlasts else None


def _pace(turn: Turn) -> float | None:
    end = _end(turn)
    words = len(turn.text.split())
    if turn.start is None or end is None or end - turn.start < LEAST_SPEECH or words < LEAST_WORDS:
        return None
    return 60.0 * words / (end - turn.start)
