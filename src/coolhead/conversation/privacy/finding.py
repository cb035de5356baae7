"""What masking finds: the kinds of personal data, findings, spans, and the masked text.

This module must not know how anything is found.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from coolhead.codebook import Term


class PersonalData(Term):
    """A kind of personal data that is masked; the placeholder is its name in brackets."""

    CARD = "CARD", "a payment card's number, more than its last four digits"
    CVV = "CVV", "a payment card's security code"
    BANK_ACCOUNT = "BANK_ACCOUNT", "IBAN, account, sort and routing numbers"
    NATIONAL_ID = "NATIONAL_ID", "a number by which a state knows a person, passport and driving licence too"
    PHONE = "PHONE", "a person's phone number"
    EMAIL = "EMAIL", "a person's e-mail address"
    ADDRESS = "ADDRESS", "the customer's own address, also the postcode alone when asked for"
    BIRTH_DATE = "BIRTH_DATE", "a date of birth"
    SECRET = "SECRET", "a password, PIN, one-time code or security answer"

    @property
    def placeholder(self) -> str:
        """What stands in the masked text: `[CARD]`."""
        return f"[{self.value}]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One recogniser's opinion about a stretch of a text.

    Attributes:
        start: first character.
        end: one past the last character.
        type: what it is; None for something that looks personal and is not (an order number).
        score: how sure, 0 to 1; among overlapping findings the highest score wins.
        recogniser: name of the recogniser.
        why: the evidence in a few words, without the text itself.
    """

    start: int
    end: int
    type: PersonalData | None
    score: float
    recogniser: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A masked stretch, by offsets into the text as it was given (code points, end exclusive)."""

    start: int
    end: int
    type: PersonalData
    recogniser: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Masked:
    """A text without personal data.

    Attributes:
        text: the text with a placeholder for each span.
        spans: what was replaced, in order, without overlaps, by offsets into the text as it was given.
    """

    text: str
    spans: tuple[Span, ...] = ()

    @property
    def placed(self) -> tuple[tuple[int, int], ...]:
        """For each span, where its placeholder stands in the masked text (start, end)."""
        places, shift = [], 0
        for span in self.spans:
            start = span.start + shift
            places.append((start, start + len(span.type.placeholder)))
            shift += len(span.type.placeholder) - (span.end - span.start)
        return tuple(places)

    def shift_before(self, place: int) -> int:
        """What to add to a place of the masked text, outside placeholders, for that of the text as given."""
        spans = zip(self.spans, self.placed, strict=True)
        return sum((s.end - s.start) - (end - start) for s, (start, end) in spans if end <= place)


def replace(text: str, spans: Iterable[Span]) -> Masked:
    """Puts a placeholder in place of each span; the spans must not overlap."""
    ordered = tuple(sorted(spans, key=lambda span: span.start))
    edges = [0, *(edge for span in ordered for edge in (span.start, span.end)), len(text)]
    kept = [text[start:end] for start, end in pairwise(edges)][::2]
    parts = [kept[0]]
    for span, rest in zip(ordered, kept[1:], strict=True):
        parts += [span.type.placeholder, rest]
    return Masked(text="".join(parts), spans=ordered)
