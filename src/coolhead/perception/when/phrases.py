"""Finds the words that say by when in running text; what moment they mean is for `due` to say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from coolhead.perception.when.parts import DayPart, PartOfDay, Span, Unit
from coolhead.perception.when.reader import Found, hangs_on_event, read
from coolhead.perception.when.words import Token, at, tokenize, vocabulary

_GLUE = vocabulary(
    """
    on at by in the of before after around about to till until between from for past this that , -
    """
)
_LEAD = vocabulary(
    """
    about after another approximately around at before between by coming during early every for from in
    inside itself just later latest max maximum nearly next of on only or over probably roughly same the
    this til till under until up within no than
    """
)
_TAIL = vocabulary("sharp latest itself prompt max maximum")
_PAST = vocabulary("ago old late earlier previously notice")
_WHOSE_TIME = ("your", "our", "their", "local", "my", "uk")

_COMMON_PARTS = (DayPart.MORNING, DayPart.AFTERNOON, DayPart.EVENING, DayPart.NIGHT, DayPart.NOON)
_LINK = re.compile(r"(?:https?://|www\.)\S+")

_EVENT = re.compile(
    r"""\b(?:once|as\ soon\ as|when|whenever|until|till|before|after|upon|prior\ to|while|whilst
        |the\ (?:moment|minute|second)|by\ the\ time|following
        |the\ (?:day|night|afternoon|morning)\ (?:before|after))
        \b(?!\ possible|\ (?:i|we)\ can\b|\ practicable)[^.?!;,\n—–]*""",
    re.VERBOSE | re.IGNORECASE,
)
_EVENT_END = re.compile(
    r"\s(?:and|but|so|or\ (?:i|we|you))\s|\s(?:i|we|you|he|she|they|it)['’]?ll\b|\swill\b", re.IGNORECASE
)
_AGAIN = re.compile(
    r"\b(?:hourly|daily|every\s(?:\w+\s){0,2}(?:hours?|minutes?|days?|mornings?|nights?|evenings?|afternoons?|weeks?|months?)"
    r"|throughout the (?:day|process))\b",
    re.IGNORECASE,
)
_NOW = re.compile(
    r"\b(?:immediate(?:ly)?|(?:right|straight) ?(?:away|now|off)|at once|instantly|instant|promptly|now"
    r"|this (?:minute|second|instant|moment)"
    r"|within (?:the|your) "
    r"(?:specified|stipulated|estimated|mentioned|given) (?:timeframe|time frame|time))\b",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"\b(?:as soon as (?:possible|i can|we can|practicable)|a\.?s\.?a\.?p|soon(?! as (?!possible"
    r"|i can|we can))|shortly|eventually"
    r"|later|in due (?:course|time)|at some (?:point|stage)|in a bit)\b",
    re.IGNORECASE,
)


class Kind(Enum):
    """What kind of answer to "by when?" the words are."""

    TIME = "names a time"
    EVENT = "names an event"
    AGAIN = "names a rhythm"
    NOW = "says at once, or a time told elsewhere"
    OPEN = "leaves it open"


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that say by when, by their offsets in the text, `start` to before `end`."""

    start: int
    end: int
    kind: Kind


def find_phrases(text: str) -> tuple[Phrase, ...]:
    """Every such phrase of the text in order, none overlapping another; a named time wins over an event."""
    again = [Phrase(match.start(), match.end(), Kind.AGAIN) for match in _AGAIN.finditer(text)]
    found = [*again, *(time for time in _times(text) if _apart(time.start, time.end, again))]
    for pattern, kind in ((_OPEN, Kind.OPEN), (_NOW, Kind.NOW), (_EVENT, Kind.EVENT)):
        for match in pattern.finditer(text):
            end = match.end()
            if kind is Kind.EVENT and (stop := _EVENT_END.search(text, match.start(), end)):
                end = stop.start()
            end = match.start() + len(text[match.start() : end].rstrip())
            opener_only = kind is Kind.EVENT and " " not in text[match.start() : end]
            if not opener_only and _apart(match.start(), end, found):
                found.append(Phrase(match.start(), end, kind))
    return tuple(sorted(found, key=lambda phrase: phrase.start))


def _apart(start: int, end: int, found: Sequence[Phrase]) -> bool:
    return all(end <= phrase.start or phrase.end <= start for phrase in found)


def _times(text: str) -> list[Phrase]:
    tokens = tokenize(text)
    runs: list[list[Found]] = []
    links = [match.span() for match in _LINK.finditer(text)]
    for part in read(tokens):
        if at(tokens, part.end) in _PAST or any(
            start <= tokens[part.start].start < end for start, end in links
        ):
            continue
        if runs and _touch(tokens, runs[-1][-1], part):
            runs[-1].append(part)
        else:
            runs.append([part])
    return [_phrase(tokens, run, text) for run in runs if not _idle(tokens, run)]


def _idle(tokens: list[Token], run: list[Found]) -> bool:
    """True for words of time that answer no "by when?": "£12 a month", "good night", "eleven years"."""
    if len(run) > 1:
        return False
    part, before = run[0].part, at(tokens, run[0].start - 1)
    if isinstance(part, Span):
        rate = at(tokens, run[0].start) in ("a", "an") and before not in _LEAD
        return rate or part.unit is Unit.YEAR or before in ("past", "last")
    if isinstance(part, PartOfDay) and not part.today and part.part in _COMMON_PARTS:
        return before not in _LEAD
    return False


def _touch(tokens: list[Token], one: Found, other: Found) -> bool:
    gap = [token.text for token in tokens[one.end : other.start]]
    if len(gap) > 3 or any(word not in _GLUE for word in gap):
        return False
    return not (isinstance(one.part, Span) and isinstance(other.part, Span))


def _is_verb(tokens: list[Token], place: int) -> bool:
    """True for "coming" in "he is coming at ten", unlike "the coming Friday"."""
    return at(tokens, place) == "coming" and at(tokens, place + 1) in _LEAD


def _phrase(tokens: list[Token], run: list[Found], text: str) -> Phrase:
    start, end = run[0].start, run[-1].end
    while at(tokens, start - 1) in _LEAD and not _is_verb(tokens, start - 1):
        start -= 1
    while end < len(tokens) and (at(tokens, end) in _TAIL):
        end += 1
    if at(tokens, end) in _WHOSE_TIME and at(tokens, end + 1) == "time":
        end += 2
    if hangs_on_event(tokens, run):
        first = tokens[start].start
        stop = re.compile(r"[.?!;,\n—–]|\sand\s|\sbut\s|\sso\s").search(text, tokens[end].start)
        return Phrase(first, stop.start() if stop else len(text.rstrip()), Kind.EVENT)
    return Phrase(tokens[start].start, tokens[end - 1].end, Kind.TIME)
