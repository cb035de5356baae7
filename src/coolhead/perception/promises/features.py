"""What each clause of a turn shows of being a promise, as names of features.

`training/promises.py` weighs them; a change here asks for new weights.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from coolhead.codebook import Speaker
from coolhead.conversation.turn import Turn
from coolhead.perception.promises.clauses import Clause
from coolhead.perception.promises.sentences import shape
from coolhead.perception.promises.verbs import base_form, is_act
from coolhead.perception.promises.wording import deed
from coolhead.perception.when import Kind, Phrase
from coolhead.perception.when.words import vocabulary

_WORD = re.compile(r"<\w+>|[^\W\d_]+(?:['’][^\W\d_]+)*|\d+|[?!]")
_CONTRACTIONS = {
    "ill": "i'll", "youll": "you'll", "theyll": "they'll", "itll": "it'll", "thatll": "that'll", "im": "i'm",
    "ive": "i've", "dont": "don't", "cant": "can't", "wont": "won't", "hes": "he's", "shes": "she's",
    "weve": "we've", "theyre": "they're", "youre": "you're", "thats": "that's", "wed": "we'd", "id": "i'd",
}  # fmt: skip
_FORMS = {
    name: re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
    for name, words in {
        "first": r"i|we|my|our|i['’]?(?:ll|m|ve)|we['’](?:ll|re|ve)|im|ive",
        "future": r"will|shall|going to|\w+['’]ll|ill|youll|theyll|itll|thatll",
        "condition": r"if|unless|in case|should you|in the event",
        "hedge": (
            r"should|may|might|could|would|hopefully|usually|typically|normally|looks? like|seems?"
            r"|try|aim|perhaps|either"
            r"|maybe|can(?! expect| confirm| assure| promise)"
        ),
        "past": (
            r"was|were|had|did|left|came|went|said|told|been|got|sent|gave|took|put on|should have"
            r"|shouldve|yesterday"
            r"|ago|already|just|last|called|rang|(?:he|she|it|they|i|we|you|that|\w+['’](?:ve|s)"
            r"|has|have) \w+ed"
        ),
        "stands": (
            r"opens?|closes?|ends?|ended|runs|expires?|valid|lasts?|due|holidays?|shift|until|till"
            r"|takes|costs?|need to"
            r"|have to|must|please|every|each|renews?|usual|always|as normal"
        ),
        "effort": (
            r"(?:our|my) (?:very |level )?(?:best|utmost|hardest)|everything (?:in|within|i can|we can)"
            r"|every effort|all (?:i|we) can|as much as (?:possible|i can|we can)|work(?:ing)? (?:hard|to)"
        ),
        "not": r"not|cannot|\w+n['’]t|never|no|nobody|nothing|wont|cant|dont|unable",
    }.items()
}
_YES = re.compile(
    r"\b(?:yes|yeah|yep|ok|okay|please|sure|fine|go ahead|do it|thanks|thank you|perfect|great)\b",
    re.IGNORECASE,
)
_ASKS_WHEN = re.compile(
    r"\b(?:when|how (?:long|soon|quick(?:ly)?|much longer|fast)|what (?:time|day)|by what|eta)\b",
    re.IGNORECASE,
)
_OFFER = re.compile(
    r"\b(?:would you like|shall i|do you want|want me to|can i|may i|should i|would you prefer)\b",
    re.IGNORECASE,
)
_EMPTY = vocabulary(
    """
    the a an to of for in on by at and or you your it its i we our my is be will with that this from as have
    has he she they them their
    """
)
_JOINS = ("and", "so", "but", "then")
_GIVES = re.compile(
    r"^(?:waive|refund|reimburse|compensate|credit|knock|send|post|ship|deliver|replace|return|call|ring|phone"
    r"|e-?mail|text|write to|take .{1,30} off)\b(?!.{0,20}\bput you\b)",
    re.IGNORECASE,
)
"""Deeds that leave something with the customer; said in the future they are promises without a date too."""

_FOR_YOU = re.compile(r"\b(?:you|your|yours)\b")
_SCHEDULED = re.compile(r"\b(?:starts?|opens?|moves?|leaves?|clears?|gets?(?! \w+ed\b)|runs?)\b")
"""What goes by a timetable and not for this customer."""

_ON_ITS_WAY = re.compile(
    r"\bon (?:its|his|her|their|the) way\b|(?:\bin the|<time>) (?:post|mail|run)\b"
    r"|\bhaving\b|\bbeing \w+ed\b|\b(?:is|are) (?:back )?with you\b|\bmy (?:word|promise)\b"
)
_KINDS = ("TIME", "EVENT", "AGAIN", "NOW", "OPEN")
_STEM = 5
_STEP = 4


@dataclass(frozen=True, slots=True)
class _Seen:
    """One clause on its way to features: its words of time are replaced by what they are."""

    clause: Clause
    words: list[str]
    kinds: frozenset[str]
    forms: frozenset[str]
    stems: frozenset[str]
    shape: str
    deed: str
    leads: frozenset[str]

    @property
    def kind(self) -> str:
        """The clearest kind of time in it, "none" without any."""
        return next((kind for kind in _KINDS if kind in self.kinds), "none")

    @property
    def dated(self) -> bool:
        return Kind.TIME.name in self.kinds


def features(
    each: Sequence[Clause], phrases: Sequence[Phrase], turn: Turn, before: Sequence[Turn]
) -> list[set[str]]:
    """The features of every clause.

    Args:
        each: the clauses of the turn.
        phrases: the words of time in the turn.
        turn: the turn itself.
        before: the earlier turns, oldest first.
    """
    seen = [_see(turn.text, clause, phrases) for clause in each]
    shared = set(_before(turn, before))
    asked_when = _asked_when(before)
    among = _Among(seen)
    return [
        shared
        | {*_words(one), *_alone(one), *among.of(place), *_beside(seen, place)}
        | (_answer(one, place) if asked_when else set())
        for place, one in enumerate(seen)
    ]


def _see(text: str, clause: Clause, phrases: Sequence[Phrase]) -> _Seen:
    inside = [phrase for phrase in phrases if clause.start <= phrase.start < clause.end]
    pieces, place = [], clause.start
    for phrase in inside:
        if phrase.kind is not Kind.EVENT:
            pieces += [text[place : phrase.start], f" <{phrase.kind.name.lower()}> "]
            place = min(phrase.end, clause.end)
    spoken = [*pieces, text[place : clause.end]]
    line = "".join(spoken).lower().replace("’", "'")
    words = [_CONTRACTIONS.get(word, word) for word in _WORD.findall(line)]
    untimed = " ".join(" ".join(piece for piece in spoken if not piece.startswith(" <")).split())
    return _Seen(
        clause=clause,
        words=["<n>" if word.isdecimal() else word for word in words],
        kinds=frozenset(phrase.kind.name for phrase in inside),
        forms=frozenset(name for name, form in _FORMS.items() if form.search(line)),
        stems=frozenset(word[:_STEM] for word in words if word not in _EMPTY and len(word) > 1),
        shape=shape(untimed),
        deed=deed(untimed),
        leads=frozenset(
            text[one.start : one.end].split()[0].lower() for one in inside if one.kind is Kind.TIME
        ),
    )


def _asked_when(before: Sequence[Turn]) -> bool:
    return bool(before) and before[-1].by_customer and bool(_ASKS_WHEN.search(before[-1].text))


def _answer(one: _Seen, place: int) -> set[str]:
    """How a clause stands to the customer's "when?"."""
    short = min(len(one.words) // _STEP, 3)
    return {
        "asked when",
        f"asked when&{one.kind}",
        f"asked when&{one.kind}&{one.shape}",
        f"asked when&{one.kind}&{short}&{place == 0}",
    }


def _words(one: _Seen) -> Iterator[str]:
    words = ["^", *one.words, "$"]
    for size in (1, 2, 3):
        for start in range(len(words) - size + 1):
            yield " ".join(words[start : start + size])
    yield from (f"{one.kind}&{word}" for word in one.words)
    subject = next((word for word in one.words if word not in _JOINS), "")
    yield from (f"subject:{subject}", f"subject:{subject}&{one.dated}", f"end:{words[-2]}")
    yield f"long:{min(len(words) // _STEP, 5)}"


def _alone(one: _Seen) -> Iterator[str]:
    forms = [*one.forms, *(["first+future"] if {"first", "future"} <= one.forms else [])]
    kinds = one.kinds or {"none"}
    yield f"shape:{one.shape}"
    yield from (f"shape:{one.shape}&time:{kind}" for kind in kinds)
    yield from (f"shape:{one.shape}&form:{form}&{one.dated}" for form in one.forms)
    if verb := next(iter(one.deed.split()), ""):
        yield from (f"deed:{verb}", f"deed:{verb}&{one.dated}", f"deed:{verb}&{one.shape}")
    yield from (f"lead:{word if word.isalpha() else '#'}" for word in one.leads)
    yield from (f"shape:{one.shape}&lead:{word if word.isalpha() else '#'}" for word in one.leads)
    if _GIVES.match(one.deed):
        yield f"shape:{one.shape}&gives"
    if _ON_ITS_WAY.search(" ".join(one.words)) or any(
        word.endswith("ing") and is_act(base_form(word[:-3])) for word in one.words
    ):
        yield "acts"
    if _FOR_YOU.search(" ".join(one.words)):
        yield "for you"
    elif _SCHEDULED.search(" ".join(one.words)):
        yield "scheduled"
    yield from (f"time:{kind}" for kind in kinds)
    for form in forms:
        yield f"form:{form}"
        yield from (f"form:{form}&time:{kind}" for kind in kinds)
    if one.clause.asked:
        yield "asked"
        if one.clause.closes:
            yield "asked:closes"


class _Among:
    """How each clause stands among the other clauses of the turn that could be promises."""

    def __init__(self, seen: Sequence[_Seen]) -> None:
        self._seen = seen
        self._future = ["future" in one.forms for one in seen]
        self._dated = [one.dated for one in seen]
        likely = [at for at in range(len(seen)) if self._dated[at] or self._future[at]]
        self._rank = {at: rank for rank, at in enumerate(likely)}
        self._dated_at = self._places(self._dated)
        self._future_at = self._places(self._future)

    def _places(self, kept: Sequence[bool]) -> dict[str, tuple[int, int]]:
        """For each stem the first and the last of the kept clauses that hold it."""
        places: dict[str, tuple[int, int]] = {}
        for at, one in enumerate(self._seen):
            if kept[at]:
                places |= {stem: (places.get(stem, (at, at))[0], at) for stem in one.stems}
        return places

    def of(self, place: int) -> Iterator[str]:
        """The features of one clause."""
        dated, future = self._dated[place], self._future[place]
        yield from (f"shares:{side}:time&{dated}" for side in self._sides(place, self._dated_at))
        yield from (f"shares:{side}:future" for side in self._sides(place, self._future_at))
        times = min(sum(self._dated) - dated, 2)
        yield f"others:future:{min(sum(self._future) - future, 3)}"
        yield f"others:time:{times}"
        yield f"others:time:{times}&{dated}&{future}"
        if place in self._rank:
            yield f"likely:{min(self._rank[place], 3)}/{min(len(self._rank), 4)}"
        yield f"clauses:{min(len(self._seen), 6)}"

    def _sides(self, place: int, places: Mapping[str, tuple[int, int]]) -> Iterator[str]:
        """On which sides another clause of these places shares a stem."""
        shared = [places[stem] for stem in self._seen[place].stems if stem in places]
        if any(first < place for first, _ in shared):
            yield "before"
        if any(place < last for _, last in shared):
            yield "after"


def _beside(seen: Sequence[_Seen], place: int) -> Iterator[str]:
    if place == 0:
        yield "first"
    if place == len(seen) - 1:
        yield "last"
    for name, at in (("previous", place - 1), ("next", place + 1)):
        if not 0 <= at < len(seen):
            continue
        other = seen[at]
        yield from (f"{name}:{form}" for form in other.forms)
        if other.clause.asked:
            yield f"{name}:asked"
        if other.dated:
            yield f"{name}:time"
        yield f"{name}:{' '.join(other.words[:2])}"


def _before(turn: Turn, before: Sequence[Turn]) -> Iterator[str]:
    if turn.speaker is Speaker.SUPERVISOR:
        yield "supervisor"
    customer = next((earlier for earlier in reversed(before) if earlier.by_customer), None)
    agent = next((earlier for earlier in reversed(before) if not earlier.by_customer), None)
    if customer is None:
        yield "opening"
        return
    if customer.text.rstrip().endswith("?"):
        yield "customer:asked"
    if _YES.search(customer.text):
        yield "customer:yes"
    if len(customer.text.split()) <= _STEP:
        yield "customer:brief"
    if agent is not None and _OFFER.search(agent.text):
        yield "agent:offered"
    yield f"turn:{min(len(before), 6)}"
