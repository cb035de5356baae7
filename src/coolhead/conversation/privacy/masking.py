"""Masks a line: runs the recognisers, settles what overlaps, puts the placeholders in."""

from __future__ import annotations

import dataclasses
import re
from bisect import bisect_left
from collections.abc import Sequence

from coolhead.conversation.privacy.finding import Finding, Masked, PersonalData, Span, replace
from coolhead.conversation.privacy.line import Context, Line
from coolhead.conversation.privacy.recognisers import REGISTRY
from coolhead.conversation.privacy.spoken import Normal, normalise

_PLACEHOLDER = re.compile("|".join(re.escape(kind.placeholder) for kind in PersonalData))
_WORTH_READING = re.compile(r"[^\W_]")


def mask(text: str, before: Sequence[str] | str = ()) -> Masked:
    """Replaces the personal data of one turn by typed placeholders.

    Args:
        text: the turn as typed or as recognised from speech.
        before: the turns before it, oldest first, or the one before alone; masked or not. What they ask for
            tells what a bare number is.

    Returns:
        the masked text and its spans; the text as it was when nothing is personal. Never raises.
    """
    if not _WORTH_READING.search(text):
        return Masked(text=text)
    context = Context.of(before)
    masked = replace(text, _spans(text, context))
    while more := _spans(masked.text, context) if masked.spans else ():
        # A placeholder changes what its neighbours mean; what shows only now is masked too, so that masking
        # a masked text changes nothing.
        masked = replace(text, [*masked.spans, *(_moved(span, masked) for span in more)])
    return masked


def _spans(text: str, context: Context) -> list[Span]:
    line = Line(normalise(text), context)
    findings = [_placeholder(match) for match in _PLACEHOLDER.finditer(line.normal.text)]
    findings += [finding for recogniser in REGISTRY for finding in recogniser.find(line)]
    return [_span(finding, finding.type, line.normal) for finding in settle(findings) if finding.type]


def _moved(span: Span, masked: Masked) -> Span:
    """A span of the masked text, by offsets into the text as given."""
    shift = masked.shift_before(span.start)
    return dataclasses.replace(span, start=span.start + shift, end=span.end + shift)


def _placeholder(match: re.Match[str]) -> Finding:
    """What was masked before stands, and nothing reaches into it."""
    return Finding(
        start=match.start(),
        end=match.end(),
        type=None,
        score=2.0,
        recogniser="placeholder",
        why="masked before",
    )


def settle(findings: Sequence[Finding]) -> list[Finding]:
    """The findings that stand: the surest first, the longer of two as sure, without overlaps, by start."""
    stand: list[Finding] = []
    for finding in sorted(findings, key=lambda f: (-round(f.score, 3), f.start - f.end, f.start)):
        at = bisect_left(stand, finding.start, key=_start)
        free_left = at == 0 or stand[at - 1].end <= finding.start
        if free_left and (at == len(stand) or finding.end <= stand[at].start):
            stand.insert(at, finding)
    return stand


def _start(finding: Finding) -> int:
    return finding.start


def _span(finding: Finding, kind: PersonalData, normal: Normal) -> Span:
    start, end = normal.source(finding.start, finding.end)
    return Span(start=start, end=end, type=kind, recogniser=finding.recogniser, why=finding.why)
