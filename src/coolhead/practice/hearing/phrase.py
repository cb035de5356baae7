"""Phrases of a scenario found in what an agent says, whatever the form of the words; knows no scenario.

"correct the bill" is found in "correcting your bills": words are compared by their stems, numbers by their
value; the small words between them count only where a phrase has hardly another ("in the dark").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from coolhead.practice.hearing.stem import stem

_TOKEN = re.compile(
    r"[£$€₹]\s?\d+(?:[.,]\d+)*|\d+(?:[.,:]\d+)*(?:st|nd|rd|th)?|[^\W\d_]+(?:['’][^\W\d_]+)?|%", re.IGNORECASE
)
_SMALL = {
    form: line.split()[0]
    for line in (
        "the this that these those your yours his her hers their its", "our my ours",
        "a an any some",
        "be am is are was were been being",
        "have has had having",
        "do does did done",
        "will would shall should can could may might must gonna going",
        "to of", "in into", "on onto", "at", "for", "with", "by", "from", "out", "up", "so", "too",
        "and", "just", "also", "us me", "then", "very", "really", "please", "quite", "all", "both", "already",
    )
    for form in line.split()
}  # fmt: skip
"""Words that tell little apart, each under the first of its line."""

_OBJECTS = {"you", "it", "him", "them"}
_ANYBODY = {*_OBJECTS, "he", "she", "they", "we", "i", "not", stem("someone"), stem("somebody")}
_QUESTIONING = frozenset(
    stem(each)
    for each in (
        "what", "when", "where", "who", "which", "why", "how", "you", "we", "i", "it", "he", "she", "they",
        "not", "there", "something", "anything", "now", "still", "get", "go", "one", "since", "about",
    )
)  # fmt: skip
"""Words of which a question consists, whatever it asks for."""

_UNREAL = {"would", "could", "should"}
_CURRENCY = {"pound": "£", "quid": "£", "euro": "€", "dollar": "$"}
_LETTERS = re.compile(r"[\w']+")
_NEAR = 4
"""Further telling words that may stand among those of a phrase that is looked for in any order."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word by its stem, and where it stands in the text; a small one tells little."""

    stem: str
    start: int
    end: int
    small: bool = False


_KEPT = 65536
"""Phrases whose words are kept; the shipped scenarios have about half as many."""


@lru_cache(maxsize=_KEPT)
def words(text: str) -> tuple[Word, ...]:
    """The words of a text in order; "60 pounds" is the word "£60", and "would have" is one that tells."""
    found: list[Word] = []
    for each in (word for match in _TOKEN.finditer(text) for word in _words(match)):
        before = found[-1] if found else each
        sign = _CURRENCY.get(each.stem)
        if sign and before.stem[0].isdigit():
            found[-1] = Word(sign + before.stem, before.start, each.end)
        elif each.stem == "have" and text[before.start : before.end].lower() in _UNREAL:
            found[-1] = Word("would have", before.start, each.end)
        else:
            found.append(each)
    return tuple(found)


def _words(match: re.Match[str]) -> Iterator[Word]:
    at = match.start(), match.end()
    said = match.group().lower().replace("’", "'").replace(" ", "")
    if said.endswith("n't") or said in ("cannot", "never"):
        if denied := _SMALL.get(said.removesuffix("n't")):
            yield Word(denied, *at, small=True)
        yield Word("not", *at)
    elif said == "twice":
        yield from (Word("2", *at), Word("time", *at))
    else:
        bare, _, rest = said.partition("'")
        yield Word(_SMALL.get(bare) or stem(bare), *at, small=bare in _SMALL)
        if rest == "ll":
            yield Word("will", *at, small=True)


@lru_cache(maxsize=_KEPT)
def _stems(phrase: str) -> tuple[str, ...]:
    """What must be found of a phrase: its telling words; all of its words where only one tells something."""
    every = words(phrase)
    return tuple(each.stem for each in every if not each.small or not _is_telling(every))


def _is_telling(phrase: Sequence[Word]) -> bool:
    """True when there is enough in a phrase without its small words; somebody and something tell little."""
    return sum(not each.small and each.stem not in _ANYBODY for each in phrase) > 1


@lru_cache(maxsize=1024)
def telling(text: str) -> frozenset[str]:
    """The stems of the words that tell something."""
    return frozenset(each.stem for each in words(text) if not each.small) - _QUESTIONING


def holds(text: str, phrases: Sequence[str]) -> bool:
    """True when one of `phrases` stands in `text`, its words in their order, only small ones between them."""
    return bool(held(text, phrases))


def held(text: str, phrases: Sequence[str]) -> str:
    """The first of `phrases` that stands in `text`, as it is written there; empty when none does."""
    at = place(text, phrases)
    return text[at[0] : at[1]] if at else ""


def place(text: str, phrases: Sequence[str]) -> tuple[int, int] | None:
    """First and last-plus-one character of the first of `phrases` that stands in `text`."""
    said = words(text)
    return next((at for each in _possible(text, phrases) if (at := _place(_stems(each), said))), None)


def all_held(text: str, phrases: Sequence[str]) -> tuple[str, ...]:
    """Those of `phrases` that stand in `text`."""
    said = words(text)
    return tuple(each for each in _possible(text, phrases) if _place(_stems(each), said))


def weight(text: str, phrase: str) -> int:
    """How many words of a phrase that is found in a text stand there: all where it stands word for word."""
    literally = f" {phrase.lower()} " in _bare(text)
    return len(phrase.split()) if literally else len(_stems(phrase))


@lru_cache(maxsize=1024)
def _bare(text: str) -> str:
    """The words of a text between single spaces, in small letters and without marks."""
    return " ".join(("", *_LETTERS.findall(text.lower()), ""))


def hinges(phrases: Iterable[str]) -> frozenset[str]:
    """One word of each of `phrases`, the longest, without which it stands in no text."""
    return frozenset(
        max(each, key=lambda word: (len(word), word)) for each in map(_without_currency, phrases) if each
    )


def may_hold(text: str, hinges: frozenset[str]) -> bool:
    """False where `text` holds none of the phrases that the hinges are of; said at little cost."""
    return not _said(text).isdisjoint(hinges)


def _possible(text: str, phrases: Sequence[str]) -> list[str]:
    """Those of `phrases` whose words are all in `text`, wherever they stand."""
    said = _said(text)
    return [each for each in phrases if _without_currency(each) <= said]


@lru_cache(maxsize=1024)
def _said(text: str) -> frozenset[str]:
    """The words of a text, a sum of money by its figures alone."""
    return frozenset(each.stem.lstrip("£$€₹") for each in words(text))


@lru_cache(maxsize=_KEPT)
def _without_currency(phrase: str) -> frozenset[str]:
    """What must be found of a phrase, a sum of money by its figures alone."""
    return frozenset(each.lstrip("£$€₹") for each in _stems(phrase))


def _place(stems: tuple[str, ...], said: tuple[Word, ...]) -> tuple[int, int] | None:
    """First and last-plus-one character of these stems in a row; None where they are not."""
    for first, word in enumerate(said):
        if stems and _same(stems[0], word.stem):
            last = _last(stems[1:], said, first)
            if last is not None:
                return word.start, said[last].end
    return None


def _last(stems: tuple[str, ...], said: tuple[Word, ...], at: int) -> int | None:
    """Where the last of `stems` stands when they follow the word at `at`."""
    for wanted in stems:
        at += 1
        while at < len(said) and said[at].small and said[at].stem != wanted:
            at += 1
        if at >= len(said) or not _same(wanted, said[at].stem):
            return None
    return at


def _same(wanted: str, said: str) -> bool:
    """True for the same stem; "160" and "£160" are the same."""
    return wanted == said or (wanted[-1].isdigit() and wanted.lstrip("£$€₹") == said.lstrip("£$€₹"))


def holds_near(text: str, phrases: Sequence[str]) -> bool:
    """True when all words of one of `phrases` stand close together in `text`, in whatever order.

    With " + " between them they need not be close.
    """
    return bool(all_near(text, phrases))


def all_near(text: str, phrases: Sequence[str]) -> tuple[str, ...]:
    """Those of `phrases` whose words all stand close together in `text`."""
    said = words(text)
    return tuple(each for each in _possible(text, phrases) if _near(each, said))


def stems_of(phrases: Sequence[str]) -> frozenset[str]:
    """The stems of the words that tell something in any of `phrases`."""
    return frozenset(stem for each in phrases for stem in telling(each))


def _near(phrase: str, said: tuple[Word, ...]) -> bool:
    if not _is_telling(words(phrase)):
        return _place(_stems(phrase), said) is not None
    stems = [each.lstrip("£$€₹") for each in _stems(phrase)]
    wanted = set(stems)
    among = [each.stem.lstrip("£$€₹") for each in said if not each.small or each.stem in wanted]
    if not wanted <= set(among):
        return False
    width = len(among) if " + " in phrase else len(wanted) + _NEAR
    return any(
        wanted <= set(among[at : at + width]) and _in_order(stems, among[at : at + width])
        for at in range(max(1, len(among) - width + 1))
    )


def _in_order(stems: Sequence[str], among: Sequence[str]) -> bool:
    """False where it matters who does it to whom and the words stand otherwise ("call you", "you called")."""
    if not _OBJECTS & set(stems[1:]):
        return True
    rest = iter(among)
    return all(each in rest for each in stems)
