"""Finds the words that say by when in running text; what moment they mean is for `due` to say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from coolhead.perception.when.parts import Clock, DayPart, PartOfDay, Span, Unit, Weekday
from coolhead.perception.when.reader import Found, hangs_on_event, read
from coolhead.perception.when.words import Token, at, follows, tokenize, vocabulary

_GLUE = vocabulary(
    """
    on at by in the of before after around about to till until between from for past this that , -
    """
)
_LEAD = vocabulary(
    """
    about after another approximately around at before between by coming during early every for from in
    inside itself just later latest max maximum nearly next of on only or over probably roughly same some
    sometime the this til till under until up within no than
    """
)
_TAIL = vocabulary("sharp latest itself prompt max maximum ish")
_TAILS = ("at the latest", "at latest", "at the very latest", "on the dot", "or so", "or thereabouts")
_OF_ITS_OWN = vocabulary("in on over up")
"""Words before a time that may belong to the verb instead ("pick up 7.05", "dial in at noon")."""

_OPENS_A_TIME = vocabulary("at by before until till from after around about within to")
_PAST = vocabulary("ago old late earlier previously notice")
_WHOSE_TIME = ("your", "our", "their", "local", "my", "uk")

_COMMON_PARTS = (DayPart.MORNING, DayPart.AFTERNOON, DayPart.EVENING, DayPart.NIGHT, DayPart.NOON)
_LINK = re.compile(r"(?:https?://|www\.)\S+")

_EVENT = re.compile(
    r"""\b(?:once|as\ soon\ as|when|whenever|until|till|before|after|upon|prior\ to
        |whil(?:e|st)(?!\ (?:i|we)\b)
        |the\ (?:moment|minute|second)|by\ the\ time|following
        |the\ (?:day|night|afternoon|morning)\ (?:before|after))
        \b(?!\ possible|\ (?:i|we)\ can\b|\ practicable)[^.?!;,\n—–]*""",
    re.VERBOSE | re.IGNORECASE,
)
_CLAUSE_END = re.compile(r"[.?!;,\n—–]|\sand\s|\sbut\s|\sso\s")
_EVENT_END = re.compile(
    r"\s(?:and|but|so|or\ (?:i|we|you))\s|\s(?:i|we|you|he|she|they|it)['’]?ll\b|\swill\b", re.IGNORECASE
)
_AGAIN = re.compile(
    r"\b(?:hourly|daily|every\s(?:\w+\s){0,2}(?:hours?|minutes?|days?|mornings?|nights?|evenings?|afternoons?|weeks?|months?)"
    r"|throughout the (?:day|process))\b",
    re.IGNORECASE,
)
_NOW = re.compile(
    r"\b(?:immediate(?:ly)?|(?:right|straight) ?(?:away|now|off)|at once|instantly|instant|now"
    r"|this (?:minute|second|instant|moment)"
    r"|within (?:the|your) "
    r"(?:specified|stipulated|estimated|mentioned|given) (?:timeframe|time frame|time))\b",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"\b(?:(?:as )?soon as (?:possible|practicable|(?:i|we|he|she|they|it|someone|somebody) can)"
    r"|a\.?s\.?a\.?p"
    r"|(?:(?:as soon as|when(?:ever)?|once) (?:i|we|he|she|they|someone|somebody|one)"
    r"(?: (?:can|could|is able to|are able to|am able to)(?= *(?:[.,;!?]|$))"
    r"|(?: (?:have|has|get|gets|find|finds)|['’]?(?:ve|s)(?: got)?) (?:the |a |an |some )?"
    r"(?:time|capacity|chance|minute|moment|gap|bandwidth)"
    r"|(?: (?:are|is|am)|['’]?(?:re|s|m)) (?:free|available|less busy|back in)))"
    r"|soon(?! as)|soonest|shortly|promptly|eventually"
    r"|later|in due (?:course|time)|at some (?:point|stage)|in a bit"
    r"|at (?:the|your|our) earliest(?: convenience)?)\b",
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


@lru_cache(maxsize=1024)
def find_phrases(text: str) -> tuple[Phrase, ...]:
    """Every such phrase of the text in order, none overlapping another; a named time wins over an event.

    The latest texts are kept: a turn's words are read again when the turns after it are.
    """
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
        if (at(tokens, part.end) in _PAST and not isinstance(part.part, Clock)) or any(
            start <= tokens[part.start].start < end for start, end in links
        ):
            continue
        if runs and _touch(tokens, runs[-1][-1], part):
            runs[-1].append(part)
        else:
            runs.append([part])
    return [_phrase(tokens, run, text) for run in runs if not _idle(tokens, run, text)]


def _idle(tokens: list[Token], run: list[Found], text: str) -> bool:
    """True for words of time that answer no "by when?": "£12 a month", "good night", "eleven years"."""
    if len(run) > 1:
        return False
    part, before = run[0].part, at(tokens, run[0].start - 1)
    if isinstance(part, Span):
        if before == "for" or _measures(tokens, run[0], text):
            return True
        rate = at(tokens, run[0].start) in ("a", "an") and before not in _LEAD
        return rate or part.unit is Unit.YEAR or before in ("past", "last")
    if isinstance(part, PartOfDay) and not part.today and part.part in _COMMON_PARTS:
        return before not in _LEAD
    return False


def _measures(tokens: list[Token], found: Found, text: str) -> bool:
    """True for a length that describes a thing: "the 24-hour line", "two weeks' pay"."""
    last, after = tokens[found.end - 1], at(tokens, found.end)
    if text[last.end : last.end + 1] in ("'", "’") and after.isalpha() and after != "time":
        return True
    whole = [token.text for token in tokens[found.start : found.end]]
    inside = {"within", "in", "inside", "next"} & {at(tokens, found.start - step) for step in (1, 2)}
    return (
        "-" in whole
        and not last.text.endswith("s")
        and after.isalpha()
        and not inside
        and "time" not in whole
    )


def _touch(tokens: list[Token], one: Found, other: Found) -> bool:
    gap = [token.text for token in tokens[one.end : other.start]]
    if gap in (["or"], ["and"]) and isinstance(one.part, Weekday) and isinstance(other.part, Weekday):
        return gap == ["or"] or at(tokens, one.start - 1) == "between"
    if len(gap) > 3 or any(word not in _GLUE for word in gap):
        return False
    if gap[-1:] == ["for"] and isinstance(other.part, Span):
        return False
    return not (isinstance(one.part, Span) and isinstance(other.part, Span))


def _is_verb(tokens: list[Token], place: int) -> bool:
    """True for "coming" of "he is coming at ten" and "up" of "pick up 7.05", unlike "the coming Friday"."""
    word, after = at(tokens, place), at(tokens, place + 1)
    if word == "coming":
        return after in _LEAD
    if word == "up":
        return after not in ("to", "until", "till")
    return word in _OF_ITS_OWN and after in _OPENS_A_TIME and after != "about"


def _leading(tokens: list[Token], start: int) -> int:
    """How many tokens before the place lead on to the time after it."""
    if at(tokens, start - 1) == "to" and at(tokens, start - 2) == "up":
        return 2
    return int(at(tokens, start - 1) in _LEAD and not _is_verb(tokens, start - 1))


def _phrase(tokens: list[Token], run: list[Found], text: str) -> Phrase:
    start, end = run[0].start, run[-1].end
    while words := _leading(tokens, start):
        start -= words
    while end < len(tokens) and (at(tokens, end) in _TAIL):
        end += 1
    end = next((after for words in _TAILS if (after := follows(tokens, end, words))), end)
    if at(tokens, end) in _WHOSE_TIME and at(tokens, end + 1) == "time":
        end += 2
    if hangs_on_event(tokens, run):
        first = tokens[start].start
        stop = _CLAUSE_END.search(text, tokens[end].start) if end < len(tokens) else None
        return Phrase(first, stop.start() if stop else len(text.rstrip()), Kind.EVENT)
    return Phrase(tokens[start].start, tokens[end - 1].end, Kind.TIME)
