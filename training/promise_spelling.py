"""Learns the words that promises turn on, and which real words lie one slip away from them."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from coolhead.perception.encoder import MODELS, TOKENIZER
from coolhead.perception.promises.clauses import clauses
from coolhead.perception.promises.spelling import SHORTEST, Spelling, is_slip
from coolhead.perception.when import find_phrases
from coolhead.perception.when.words import vocabulary
from training.corpus import Labelled

LEAST_MEANT = 5
"""Clauses with a time or a future in which a word stands before it counts as meant."""

LEAST_REAL = 3
"""Times that a careful writer has used a word before it counts as real."""

MEANT_FROM = 4
"""Letters of the shortest word that slips are traced to: shorter ones have too many neighbours."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_FUTURE = re.compile(r"\b(?:will|\w*['’]ll|going to)\b", re.IGNORECASE)
_CARELESS = ("cucom", "ibm")
"""Sources whose customers type as they like; their slips must not count as words."""

_TIMES = vocabulary(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april june july august
    september october november december today tomorrow tonight morning afternoon evening night noon midnight
    week weeks weekend month months hour hours minute minutes half quarter three four five seven eight nine
    eleven twelve thirty within before until next first business working days shortly soon
    """
)


def learn_spelling(conversations: Sequence[Labelled]) -> Spelling:
    """The spelling that the texts and the encoder's vocabulary teach."""
    meant = Counter(word for text in _agents(conversations) for word in _telling(text))
    known = _whole_words() | {
        word for word, count in Counter(_careful(conversations)).items() if count >= LEAST_REAL
    }
    ranked = [word for word, count in meant.most_common() if count >= LEAST_MEANT and len(word) >= MEANT_FROM]
    ranked += sorted(_TIMES - set(ranked))
    return Spelling(ranked, sorted(_near(known - set(ranked), ranked)))


def _agents(conversations: Sequence[Labelled]) -> Iterator[str]:
    return (turn.text for each in conversations for turn in each.turns if not turn.by_customer)


def _careful(conversations: Sequence[Labelled]) -> Iterator[str]:
    for each in conversations:
        for turn in each.turns:
            if not (turn.by_customer and each.source in _CARELESS):
                yield from _words(turn.text)


def _words(text: str) -> Iterator[str]:
    return (found[0].lower().replace("’", "'") for found in _WORD.finditer(text))


def _telling(text: str) -> Iterator[str]:
    """The words of clauses that name a time or speak of the future."""
    phrases = find_phrases(text)
    for one in clauses(text):
        timed = any(one.start <= phrase.start < one.end for phrase in phrases)
        if timed or _FUTURE.search(text, one.start, one.end):
            yield from set(_words(text[one.start : one.end]))


def _whole_words() -> set[str]:
    """The words that the encoder's tokenizer knows as such."""
    pieces = json.loads(gzip.decompress((MODELS / TOKENIZER).read_bytes()))["model"]["vocab"]
    return {word for word in pieces if word.isalpha() and len(word) >= MEANT_FROM}


def _near(known: Iterable[str], meant: Sequence[str]) -> set[str]:
    alike: dict[tuple[str, int], list[str]] = {}
    for word in meant:
        alike.setdefault((word[0], len(word)), []).append(word)
    return {
        word
        for word in known
        if len(word) >= SHORTEST
        and any(
            is_slip(word, other)
            for size in (-1, 0, 1)
            for other in alike.get((word[0], len(word) + size), ())
        )
    }
