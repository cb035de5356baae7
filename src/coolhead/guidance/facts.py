"""Facts of a policy: their types, those that Coolhead knows by name, and how each reads in a sentence.

`TYPES` is the one table of types with their units, `KNOWN` the one table of facts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from coolhead.codebook import Term
from coolhead.guidance.money import WRONG, Money

Value = int | bool | str | Money

MOST_DAYS, MOST_HOURS = 3650, 8760
LONGEST_TEXT = 200


class Chapter(Term):
    """A section that every policy has; the value is its anchor on the page."""

    RETURNS = "returns-and-refunds", "Returns and refunds"
    COMPLAINTS = "complaint-channels", "Complaint channels"
    TIMES = "time-to-resolution", "Time to resolution"
    CONDUCT = "conduct-both-ways", "Conduct both ways"


@dataclass(frozen=True, slots=True, kw_only=True)
class FactType:
    """A type of fact.

    Attributes:
        unit: what the value counts or is.
        example: a value as a document writes it.
        read: the value for what stands in the document; raises ValueError saying what to write instead.
        words: how the value reads in a sentence.
    """

    unit: str
    example: str
    read: Callable[[object], Value]
    words: Callable[[Value], str]


def _whole(most: int, unit: str) -> Callable[[object], Value]:
    def read(given: object) -> Value:
        if isinstance(given, int) and not isinstance(given, bool) and 0 <= given <= most:
            return int(given)
        raise ValueError(f"write a whole number from 0 to {most}; it counts {unit}")

    return read


def _counted(one: str) -> Callable[[Value], str]:
    return lambda value: f"{value} {one}" if value == 1 else f"{value} {one}s"


def _yes_no(given: object) -> Value:
    answers = {"yes": True, "no": False, True: True, False: False}
    if isinstance(given, str | bool) and given in answers:
        return answers[given]
    raise ValueError("write yes or no")


def _money(given: object) -> Value:
    if isinstance(given, str):
        return Money.read(given)
    raise ValueError(WRONG)


def _written(pattern: str, wanted: str) -> Callable[[object], Value]:
    def read(given: object) -> Value:
        if isinstance(given, str) and len(given) <= LONGEST_TEXT and re.fullmatch(pattern, given):
            return str(given)
        raise ValueError(wanted)

    return read


def _count_type(one: str, most: int, example: str) -> FactType:
    return FactType(unit=f"{one}s", example=example, read=_whole(most, f"{one}s"), words=_counted(one))


TYPES: Mapping[str, FactType] = {
    "days": _count_type("day", MOST_DAYS, "30"),
    "working_days": _count_type("working day", MOST_DAYS, "5"),
    "hours": _count_type("hour", MOST_HOURS, "24"),
    "money": FactType(
        unit="an amount with its currency, kept in the currency's smallest unit",
        example="EUR 4.90",
        read=_money,
        words=lambda value: value.words if isinstance(value, Money) else str(value),
    ),
    "yes_no": FactType(
        unit="yes or no", example="no", read=_yes_no, words=lambda value: "yes" if value else "no"
    ),
    "phone": FactType(
        unit="a telephone number",
        example='"+44 20 7946 0018"',
        read=_written(
            r"\+?\d[\d ()/-]{3,30}", 'write a telephone number in quotes, as in "+44 20 7946 0018"'
        ),
        words=str,
    ),
    "email": FactType(
        unit="an e-mail address",
        example="complaints@shop.example",
        read=_written(
            r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", "write an e-mail address, as in complaints@shop.example"
        ),
        words=str,
    ),
    "web": FactType(
        unit="an address on the web",
        example="https://shop.example/complaints",
        read=_written(
            r"https://[^\s\"'<>()\[\]]+", "write an address that begins with https://, without spaces"
        ),
        words=str,
    ),
    "text": FactType(
        unit="a few words on one line",
        example="in the box it came in",
        read=_written(r"[^\n{}]*\S[^\n{}]*", f"write 1 to {LONGEST_TEXT} characters on one line"),
        words=str,
    ),
}


@dataclass(frozen=True, slots=True)
class KnownFact:
    """A fact that Coolhead knows by name; `says` is what it tells."""

    type: str
    chapter: Chapter
    says: str


_R, _C, _T, _B = Chapter.RETURNS, Chapter.COMPLAINTS, Chapter.TIMES, Chapter.CONDUCT

KNOWN: Mapping[str, KnownFact] = {
    "return_days": KnownFact("days", _R, "how long after it arrived something may be sent back"),
    "refund_days": KnownFact("working_days", _R, "how long a refund takes at most"),
    "replacement_days": KnownFact("working_days", _R, "how long a replacement takes at most"),
    "restocking_fee": KnownFact("money", _R, "what is kept back from a refund for restocking"),
    "return_postage_paid": KnownFact("yes_no", _R, "whether the company pays for sending it back"),
    "opened_returns": KnownFact("yes_no", _R, "whether something opened may be sent back"),
    "refund_method": KnownFact("text", _R, "how the money is paid back"),
    "complaint_phone": KnownFact("phone", _C, "the number for complaints"),
    "complaint_email": KnownFact("email", _C, "the e-mail address for complaints"),
    "complaint_web": KnownFact("web", _C, "the page for complaints"),
    "complaint_post": KnownFact("text", _C, "the postal address for complaints"),
    "complaint_hours": KnownFact("text", _C, "when complaints are answered by telephone"),
    "complaint_outside": KnownFact("web", _C, "who decides when the company and a customer cannot agree"),
    "reply_hours": KnownFact("hours", _T, "how long a first answer takes at most"),
    "complaint_days": KnownFact("working_days", _T, "how long the decision on a complaint takes at most"),
    "delivery_days": KnownFact("working_days", _T, "how long a delivery takes at most"),
    "technician_days": KnownFact("working_days", _T, "how long it takes at most until a technician comes"),
    "missed_visit_credit": KnownFact("money", _T, "what is paid when a visit is missed"),
    "calls_recorded": KnownFact("yes_no", _B, "whether calls are recorded"),
    "warnings_before_end": KnownFact("text", _B, "what happens before a conversation is ended for abuse"),
}

OWN = re.compile(r"our_[a-z][a-z0-9_]{0,40}")
"""What a client's own facts are called."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One fact of a policy; `type` is a key of `TYPES`, `says` what it tells."""

    name: str
    type: str
    value: Value
    says: str

    @property
    def words(self) -> str:
        """How it reads in a sentence: "5 working days"."""
        return TYPES[self.type].words(self.value)


CITATION = re.compile(r"\{([a-z][a-z0-9_]*)(?::([^{}|\n]+)\|([^{}|\n]+))?\}")
"""`{refund_days}`, or `{opened_returns: words for yes | words for no}`."""


def cited_in(text: str) -> list[str]:
    """The names of the facts that a text cites, in order."""
    return [found[1] for found in CITATION.finditer(text)]


def may_be_cited(name: str) -> bool:
    """True for the name of a fact that a policy may give."""
    return name in KNOWN or OWN.fullmatch(name) is not None


def cite(citation: re.Match[str], facts: Mapping[str, Fact]) -> str | None:
    """What stands in place of a citation; None when there is no such fact."""
    fact = facts.get(citation[1])
    if fact is None:
        return None
    if citation[2] is None:
        return fact.words
    return (citation[2] if fact.value else citation[3]).strip()


def with_facts(text: str, facts: Mapping[str, Fact]) -> str:
    """The text with the words of each fact that it cites; citations of other facts stay as they are."""
    return CITATION.sub(lambda found: words if (words := cite(found, facts)) is not None else found[0], text)
