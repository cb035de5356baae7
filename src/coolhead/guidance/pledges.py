"""What an agent's words pledge that a policy may speak of: by when, how much, for how long, at whose cost.

Knows no policy: whether a pledge goes too far, `overpromise` tells. Quiet where the words leave doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from coolhead.guidance.money import SYMBOLS, Money
from coolhead.perception.promises.clauses import Clause, clauses
from coolhead.perception.promises.refused import is_no_promise
from coolhead.perception.reading import Promise
from coolhead.perception.when.parts import Span, Unit
from coolhead.perception.when.reader import read
from coolhead.perception.when.words import tokenize

LIMIT = "limit"
"""What a pledge of money is about, in place of a fact: how much the agent may give."""

ENDLESS = float("inf")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pledge:
    """One thing pledged.

    Attributes:
        about: the fact that rules it, or `LIMIT`.
        start: offset of the clause that makes it.
        end: offset after that clause.
        due: the latest moment meant, where it is about a time.
        when: the words that say by when.
        days: how long something stays possible; `ENDLESS` for ever.
        amount: what is to be given; None for "in full".
    """

    about: str
    start: int
    end: int
    due: datetime | None = None
    when: str = ""
    days: float | None = None
    amount: Money | None = None


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{each})" for each in patterns), re.IGNORECASE)


_WORDS_ABOUT_IT = _any(
    r"\be-?mail|\bcall|\bring\b|\bphone|\btext\b|\bmessage|\bletter|\bform\b|\bnote\b|\bnews\b|\bupdate|\brequest",
    r"\bconfirm|\bdetails\b|\babout\b|\bwhether\b|\blabel|\btracking|\bask\b|\bcheck\b|\bbook\b|\btell\b|\binvoice|\bbill\b",
)
_NEW = (
    r"new (?!bill|price|contract|date|time|slot|appointment|password|card|code|link|label|key|order|address"
    r"|engineer|driver)\w+"
)
_LEAVES = r"\b(?:leave|ship|go out|be sent|be dispatched|in the post|on its way|on (?:\S+ ){1,2}van)\b"
_EXPERT = r"(?:technician|engineer|electrician|plumber|fitter|installer)"
_DEEDS = (
    (
        "technician_days",
        _any(
            rf"^(?:send|get|have|bring|deliver|make sure)\b.*\b{_EXPERT}",
            r"^(?:send|get|have)\b.*\bsomeone (?:out|round|over)\b.*\b(?:repair|fix|mend)",
        ),
    ),
    (
        "replacement_days",
        _any(rf"^(?:deliver|have|get|bring)\b.*\b(?:replacement|exchange|another one|{_NEW})(?!.*{_LEAVES})"),
    ),
    (
        "complaint_days",
        _any(
            r"^(?:resolve|settle|decide|close|answer|conclude)\b.*\bcomplaint",
            r"^(?:get|have|give|make sure|deliver)\b.*\b(?:answer|decision|outcome|verdict)\b.*\bcomplaint",
            r"^(?:get|have|make sure)\b.*\bcomplaint\b.*\b(?:resolved|settled|decided|answered|closed)",
        ),
    ),
    (
        "refund_days",
        _any(
            r"^(?:refund|reimburse|repay)\b",
            r"^pay\b.*\bback\b",
            r"^(?:get|give|have|put|transfer|return|deliver)\b.*\b(?:refund|money)\b",
        ),
    ),
    (
        "delivery_days",
        _any(
            r"^deliver (?:it|them)$",
            r"^(?:deliver|have|get|bring)\b.*\b(?:parcel|package|order|delivery|shipment)\b",
        ),
    ),
)
"""What a deed, as promises word it, is about; the first that fits."""

_THINGS = (
    ("refund_days", _any(r"\brefund", r"\bmoney\b")),
    ("replacement_days", _any(r"\breplacement\b", r"\bexchange\b", rf"\b{_NEW}")),
    ("delivery_days", _any(r"\bparcel\b", r"\bpackage\b", r"\border\b", r"\bdelivery\b")),
)
"""What "it" may go back to."""

_NOBODY = re.compile(r"\bnobody\b|\bno one\b", re.IGNORECASE)
_IT = re.compile(r"^(?:get it to the customer|deliver it|have it (?:be )?(?:there|with the customer))$")
_KNOWS_WHERE_IT_IS = _any(r"\btracking\b", r"\bcourier\b", r"\bcarrier\b", r"\bdriver\b", r"\bscheduled\b")


def pledges(text: str, promises: Sequence[Promise]) -> tuple[Pledge, ...]:
    """What the agent's words pledge, in the order of the words; `promises` are those found in `text`."""
    found = [*_timed(text, promises)]
    for clause in clauses(text):
        words = text[clause.start : clause.end]
        if not is_no_promise(words, clause) and not _DOUBT.search(words):
            found += _given(words, clause)
            found += _entitled(words, clause)
    return tuple(sorted(found, key=lambda pledge: pledge.start))


def _timed(text: str, promises: Sequence[Promise]) -> Iterator[Pledge]:
    """What is to have happened by a moment."""
    for promise in promises:
        start, end = promise.evidence.start, promise.evidence.end
        if promise.due is None or start is None or end is None:
            continue
        about = _about(promise.what, text[start:end], text[:start])
        if about == "delivery_days" and _KNOWS_WHERE_IT_IS.search(text):
            continue
        if about and text[end : end + 1] != "?" and not _NOBODY.search(text, start, end):
            yield Pledge(about=about, start=start, end=end, due=promise.due, when=promise.when or "")


def _about(deed: str, words: str, before: str) -> str | None:
    if _IT.match(deed):
        last = [(found.start(), about) for about, thing in _THINGS for found in thing.finditer(before)]
        return max(last)[1] if last else "delivery_days" if "deliver" in words.lower() else None
    if _WORDS_ABOUT_IT.search(deed):
        return None
    return next((about for about, pattern in _DEEDS if pattern.search(deed)), None)


_DOUBT = _any(
    r"(?<!even )\b(?:if|unless|whether|once|when|after|as soon as|up to|at most)\b",
    r"\b(?:ask|check|request|apply|see|find out|try|might|may be able|should|would|could)\b",
)
_OPENS = r"^\W*(?:(?:and|so|but|then|ok(?:ay)?|sure|yes|of course|right|alright|well|please)\W+)*"
_WILL = (
    r"(?:['’]ll|\swill|['’](?:m|re)\sgoing\sto|\s(?:am|are)\sgoing\sto|\scan(?!['’]?t|not))"
    r"(?:\s(?:also|then|gladly|now|just|personally|of course|definitely|certainly))*\s"
)
_SWEARS = rf"\s(?:promise|guarantee)(?:\sto\s|(?:\syou)?(?:\sthat)?\s(?:i|we){_WILL})"
_PAYS = re.compile(
    _OPENS
    + rf"(?:(?:i|we)(?:{_SWEARS}|{_WILL})"
    + r"(?P<deed>(?:(?:fully )?refund|reimburse|repay|compensate|credit|pay)\b.*"
    + r"|(?:give|put|take|knock|offer|issue|process|transfer|return|get|arrange)\b.*"
    + r"\b(?:refund|money|credit|back|off|compensation|goodwill|voucher|gift card)\b.*)"
    + r"|you(?:['’]ll|\swill)(?:\salso)?\s"
    + r"(?P<got>(?:get|have|receive|be (?:fully )?(?:refunded|credited))\b.*"
    + r"(?:refund|money|credit|back|compensation|goodwill|voucher)\w*\b.*)"
    + r"|(?:a|the|your)\s(?P<passive>(?:full |complete )?refund\b.*\bwill\b.*))",
    re.IGNORECASE | re.DOTALL,
)
_IN_FULL = _any(
    r"\bfull(?:y)? (?:refund|price|amount|sum|credit|cost|purchase)",
    r"\b(?:whole|entire|total|complete) (?:refund|price|amount|sum|cost|bill|purchase|order)",
    r"\bin full\b",
    r"\bevery (?:cent|penny)\b",
    r"\ball (?:of )?(?:your|the) money\b",
)
_AMOUNT = re.compile(
    r"(?P<symbol>[€£$])\s?(?P<a>\d[\d,]*(?:\.\d{1,2})?)(?!\d)"
    r"|(?P<b>\d[\d,]*(?:\.\d{1,2})?)\s?(?P<name>euros?|eur|pounds?|gbp|quid|dollars?|usd|bucks|[€£$])(?!\w)",
    re.IGNORECASE,
)
_CURRENCIES = {symbol: code for code, symbol in SYMBOLS.items()} | {
    "eur": "EUR",
    "euro": "EUR",
    "pound": "GBP",
    "gbp": "GBP",
    "quid": "GBP",
    "dollar": "USD",
    "usd": "USD",
    "buck": "USD",
}


def amounts(text: str) -> list[Money]:
    """The amounts of money that a text names in figures, in order; of the currencies in `SYMBOLS`."""
    found = []
    for amount in _AMOUNT.finditer(text):
        name = (amount["symbol"] or amount["name"]).lower()
        currency = _CURRENCIES[name if name in _CURRENCIES else name.rstrip("s")]
        whole, _, part = (amount["a"] or amount["b"]).replace(",", "").partition(".")
        found.append(Money(currency, int(whole) * 100 + int(part.ljust(2, "0") or 0)))
    return found


def _given(words: str, clause: Clause) -> Iterator[Pledge]:
    """Money that the company is to give."""
    paid = _PAYS.match(words)
    if not paid:
        return
    deed = paid["deed"] or paid["got"] or paid["passive"]
    if paid["deed"] and _WORDS_ABOUT_IT.search(deed):
        return
    named = amounts(deed)
    if named or _IN_FULL.search(deed):
        yield Pledge(about=LIMIT, start=clause.start, end=clause.end, amount=max(named, default=None))


_SENDS_BACK = _any(
    r"\b(?:return|returning)\b(?! (?:label|form|policy|date|address))",
    r"\b(?:send|sent|bring|take|taking|sending) (?:(?:it|them|this|that|everything|the \w+) )?back\b",
)
_MAY = _any(
    r"\byou(?:['’]ve| have| can| may|['’]ll have| will have)\b",
    r"\bwe(?:['’]ll| will| can)? (?:take|accept)",
)
_FOR_EVER = _any(
    r"\bany ?time\b",
    r"\bwhenever\b",
    r"\bas long as you like\b",
    r"\bno (?:deadline|time limit|hurry)\b",
    r"\bfor ever\b",
)
_NOT = re.compile(r"\b(?:not|cannot|never|no longer)\b|n['’]t\b", re.IGNORECASE)
_POSTAGE = r"(?:postage|shipping|carriage|courier (?:fee|cost)s?|delivery (?:fee|cost|charge)s?)"
_OPENED = _any(
    r"\b(?:even (?:if|though|when)|although|despite|no matter)\b.*\b(?:open(?:ed|ing)?|unpacked|used)\b",
    r"\b(?:return|take|send|accept)\b.*\b(?:opened|unpacked|used)\b",
)
_FREE_RETURN = _any(
    rf"\b(?:i|we)(?:['’]ll| will| can)? (?:pay|cover|bear|take care of|refund)\b.*\b{_POSTAGE}\b",
    r"\b(?:free|prepaid|pre-paid|paid) (?:return|returns)\b",
    r"\breturns? (?:is|are|will be|['’]s) (?:completely |totally )?free\b",
    r"\b(?:return\w*|sending|send)\b.*\b(?:free of charge|for free|at no cost|at our (?:cost|expense))\b",
    r"\b(?:return\w*|sending)\b.*\b(?:costs? you nothing|(?:won['’]t|will not) cost)",
)
_NO_FEE = _any(
    r"\b(?:waive|drop|remove|cancel|skip|forget|take off|leave out)\b.*\brestocking\b",
    r"\btake\b.*\brestocking (?:fee|charge)\b.*\boff\b",
    r"\b(?:no|without(?: a| any| the)?) restocking\b",
    r"\b(?:won['’]t|will not|don['’]t|not) (?:be|charge|have|pay|keep)\b.*\brestocking\b",
)


def _entitled(words: str, clause: Clause) -> Iterator[Pledge]:
    """What the customer is told to have a right to."""
    for about, days in _rights(words):
        yield Pledge(about=about, start=clause.start, end=clause.end, days=days)


def _rights(words: str) -> Iterator[tuple[str, float | None]]:
    sends_back = _SENDS_BACK.search(words)
    if _NO_FEE.search(words):
        yield "restocking_fee", None
    if _FREE_RETURN.search(words) and (sends_back or "return" in words.lower()):
        yield "return_postage_paid", None
    if not sends_back or not _MAY.search(words):
        return
    if _OPENED.search(words) and not _NOT.search(words):
        yield "opened_returns", None
    if _FOR_EVER.search(words):
        yield "return_days", ENDLESS
    elif (days := _days(words)) is not None and not _NOT.search(words):
        yield "return_days", days


_IN_DAYS = {Unit.DAY: 1, Unit.BUSINESS_DAY: 1, Unit.WEEK: 7, Unit.MONTH: 30, Unit.YEAR: 365}


_FOR_DAYS = re.compile(
    r"\b(?:within|inside|in|have|got|up to|another|next)(?: \w+)? [\w-]+ (?:days?|weeks?|months?|years?)\b"
    r"(?!.*\b(?:pay|paying|interest)\b)",
    re.IGNORECASE,
)


def _days(words: str) -> float | None:
    """The longest length of days in which something is possible; working days count as days."""
    if not _FOR_DAYS.search(words):
        return None
    spans = [found.part for found in read(tokenize(words)) if isinstance(found.part, Span)]
    return max((span.amount * _IN_DAYS[span.unit] for span in spans if span.unit in _IN_DAYS), default=None)
