"""One disguise for all the texts of a story."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from coolhead.practice.chance import fraction, pick, shuffled
from coolhead.practice.disguise.plain import PLAIN_CAPITALS, is_plain
from coolhead.practice.disguise.shape import cased, shaped
from coolhead.practice.disguise.spotting import (
    INTRODUCES,
    MASK,
    NAMES,
    NUMBER,
    PARTS,
    PLACE_AFTER,
    WORD,
    begins_sentence,
    is_month,
    sort_of,
)
from coolhead.practice.disguise.stock import (
    DAYS,
    ENDS,
    FIRST_NAMES,
    LAST_NAMES,
    MASKED,
    MIDDLES,
    MONTHS,
    NUMBERS,
    ONSETS,
    PLACES,
    THINGS,
)

_POOLS = {"first": FIRST_NAMES, "last": LAST_NAMES, "place": PLACES, "thing": THINGS}


class Disguise:
    """What replaces what, decided once over all the texts of a story."""

    def __init__(self, texts: Sequence[str], people: Iterable[str], things: Iterable[str], seed: int) -> None:
        """Decides for `texts`.

        Args:
            texts: all that is to be disguised.
            people: names that are known, whatever their case.
            things: names of companies, and keys; ordinary words in them stay where they are in small letters.
            seed: of what is invented.
        """
        self._seed = seed
        self._source = " \n ".join(texts)
        self._taken = {each.lower() for each in _tokens(self._source)}
        self._exact: dict[str, str] = {}
        self._any_case: dict[str, str] = {}
        self._pools = {
            name: [each for each in shuffled(pool, seed, name) if each.lower() not in self._taken]
            for name, pool in _POOLS.items()
        }
        for each in things:
            for word in WORD.findall(each):
                self._name(word, "thing", everywhere=not is_plain(word))
        for each in people:
            for at, word in enumerate(WORD.findall(each)):
                self._name(word, "last" if at else "first", everywhere=True)
        for text in texts:
            self._look_for_names(text)
        self._days = self._turned(DAYS)
        self._months = self._turned(MONTHS)
        self._numbers: dict[str, str] = {}
        for text in texts:
            for match in NUMBER.finditer(PARTS.sub(" ", text)):
                self._number(match.group())
        self._counts = self._counted()

    def name_for(self, name: str) -> str:
        """What a known name has become; an invented one for a name that is in no text."""
        words = WORD.findall(name)
        given = [self._any_case.get(each.lower(), self._exact.get(each, each)) for each in words]
        return " ".join(given) or self._invented("first")

    def applied(self, text: str) -> str:
        """The text, disguised."""
        begins = text.lstrip().startswith("[")
        text = MASK.sub(lambda match: MASKED.get(match.group(1), "what I gave you"), text)
        text = text[:1].upper() + text[1:] if begins else text
        text = PARTS.sub("post@example.org", text)
        text = NUMBER.sub(lambda match: self._renumbered(match.group()), text)
        return WORD.sub(lambda match: self._word(match, text), text)

    def doubtful(self, text: str) -> list[str]:
        """Small words of a disguised text that may be names all the same."""
        known = {*map(str.lower, (*self._exact.values(), *self._any_case.values()))}
        words = WORD.findall(NUMBER.sub(" ", text))
        found = [each for each in words if each.islower() and not is_plain(each)]
        return sorted({each for each in found if each not in known})

    def _look_for_names(self, text: str) -> None:
        words = list(WORD.finditer(PARTS.sub(" ", MASK.sub(" ", text))))
        for match in NAMES.finditer(text):
            self._name(match.group(1), "first", everywhere=not is_plain(match.group(1)))
        for match in INTRODUCES.finditer(text):
            if not is_plain(match.group(1)):
                self._name(match.group(1), "first", everywhere=True)
        for at, match in enumerate(words):
            word = match.group()
            if not word[:1].isupper() or word.lower() in PLAIN_CAPITALS or word in (*DAYS, *MONTHS):
                continue
            shouted = word.isupper() and len(word) > 1
            begins = begins_sentence(match.string, match.start())
            if is_plain(word) and (begins or shouted or word.lower() in PLACE_AFTER):
                continue
            before = words[at - 1].group() if at else ""
            after = words[at + 1].group().lower() if at + 1 < len(words) else ""
            self._name(word, sort_of(before, after), everywhere=not is_plain(word))

    def _name(self, word: str, sort: str, *, everywhere: bool) -> None:
        """Gives a word its stand-in, in any case where `everywhere`, else only as it is written."""
        stem = re.sub(r"['’]s$", "", word)
        if len(stem) < 2 and not everywhere:
            return
        if stem.lower() in self._any_case or stem in self._exact:
            return
        if everywhere:
            self._any_case[stem.lower()] = self._invented(sort)
        else:
            self._exact[stem] = self._invented(sort)

    def _invented(self, sort: str) -> str:
        pool = self._pools[sort]
        if pool:
            return pool.pop(0)
        made, count = 0, len(self._any_case) + len(self._exact)
        while True:
            name = "".join(
                pick(part, self._seed, sort, count, made, at)
                for at, part in enumerate((ONSETS, MIDDLES, ENDS))
            )
            if name.lower() not in self._taken:
                self._taken.add(name.lower())
                return name
            made += 1

    def _turned(self, names: tuple[str, ...]) -> dict[str, str]:
        """Days, or months, moved on by as many steps as leave none of the source's in place, if any do."""
        there = {each for each in names if re.search(rf"\b{each}\b", self._source, re.IGNORECASE)}
        by = min(
            range(1, len(names)),
            key=lambda step: (
                len(there & {names[(names.index(each) + step) % len(names)] for each in there}),
                fraction(self._seed, names[0], step),
            ),
        )
        return {each: names[(at + by) % len(names)] for at, each in enumerate(names)}

    def _counted(self) -> dict[str, str]:
        """Numbers in words: each becomes the next one that the source does not have."""
        there = [each for each in NUMBERS if re.search(rf"\b{each}s?\b", self._source, re.IGNORECASE)]
        used, found = set(there), {}
        for each in there:
            start = NUMBERS.index(each)
            free = [NUMBERS[(start + step) % len(NUMBERS)] for step in range(1, len(NUMBERS))]
            found[each] = next((other for other in free if other not in used), "some")
            used.add(found[each])
        return found

    def _number(self, token: str) -> None:
        """Gives a token with digits its stand-in: of the same shape, each digit and code letter another."""
        if token.lower() in self._numbers:
            return
        for attempt in range(200):
            made = shaped(token, attempt, self._seed)
            if made.lower() not in self._taken and made not in self._numbers.values():
                self._numbers[token.lower()] = made
                return
        self._numbers[token.lower()] = "some"

    def _renumbered(self, token: str) -> str:
        made = self._numbers.get(token.lower(), token)
        return made.lower() if token.islower() else made

    def _word(self, match: re.Match[str], text: str) -> str:
        word = match.group()
        stem = re.sub(r"['’]s$", "", word)
        tail = word[len(stem) :]
        lower = stem.lower()
        if stem in self._exact:
            return self._exact[stem] + tail
        if stem.isupper() and stem.title() in self._exact:
            return self._exact[stem.title()] + tail
        if lower in self._any_case:
            return self._any_case[lower] + tail
        if stem.title() in self._days:
            return self._days[stem.title()] + tail
        if stem.title().rstrip("s") in self._days:
            return self._days[stem.title().rstrip("s")] + "s"
        if stem.title() in self._months and (lower not in ("may", "march") or is_month(match, text)):
            return self._months[stem.title()] + tail
        if lower in self._counts:
            return cased(self._counts[lower], stem) + tail
        if "-" in stem:
            return "-".join(self._part(part) for part in stem.split("-")) + tail
        return word

    def _part(self, part: str) -> str:
        """A part of a word with a hyphen."""
        lower = part.lower()
        return cased(self._counts.get(lower, self._any_case.get(lower, self._exact.get(part, part))), part)


def _tokens(text: str) -> Iterator[str]:
    yield from WORD.findall(text)
    yield from NUMBER.findall(text)
