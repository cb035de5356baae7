"""Other names, numbers, days and places in the place of those in some texts, the same ones throughout.

Knows nothing of scenarios. It would rather replace a word too many than leave a name: what it cannot
tell from a name is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib import resources

from coolhead.practice.chance import fraction, pick, shuffled

FIRST_NAMES = (
    "Nora", "Ivo", "Leda", "Marek", "Yara", "Tobin", "Selma", "Anton", "Mirela", "Joris", "Alba", "Kamil",
    "Edda", "Rasmus", "Talia", "Henrik",
)  # fmt: skip
LAST_NAMES = (
    "Varga", "Holm", "Benning", "Castell", "Ruiter", "Ohara", "Lindqvist", "Marlowe", "Petrova", "Quint",
    "Sorel", "Tandy",
)  # fmt: skip
PLACES = (
    "Harrowfield", "Eastmere", "Velden", "Northam", "Lisborne", "Carrick", "Osterhaven", "Windle", "Marbeck",
    "Tolmouth",
)  # fmt: skip
THINGS = ("Aurelo", "Branto", "Celvia", "Domaris", "Elvento", "Fintra", "Gavello", "Hestia", "Ilmara")
_POOLS = {"first": FIRST_NAMES, "last": LAST_NAMES, "place": PLACES, "thing": THINGS}
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
NUMBERS = (
    "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty", "thirty", "forty",
    "fifty", "sixty", "seventy", "eighty", "ninety",
)  # fmt: skip
_MASKED = {
    "PHONE": "my mobile number", "EMAIL": "my e-mail address", "CARD": "my card number",
    "ADDRESS": "my address", "BIRTH_DATE": "my date of birth", "SECRET": "my password",
    "BANK_ACCOUNT": "my account number", "NATIONAL_ID": "my passport number", "CVV": "the code on the back",
}  # fmt: skip
"""What is said in the place of what was masked."""

_PLAIN_CAPITALS = frozenset(
    """am christmas dear dr easter english eu faq god gps hello hey hi i i'd i'll i'm i've id internet madam
    miss mr mrs ms no ok okay pc pdf pin please pm sir sms sorry thanks tv uk us usb wi-fi wifi yes""".split()  # noqa: SIM905 (reads better)
)
_TITLES = frozenset({"mr", "mrs", "ms", "miss", "dr"})
_PLACE_BEFORE = frozenset({"in", "from", "to", "at", "near", "via", "towards", "between", "outside"})
_PLACE_AFTER = frozenset(
    {"street", "road", "avenue", "lane", "square", "airport", "station", "park", "hospital"}
)
_THING_BEFORE = frozenset({"the", "a", "an", "my", "your", "our", "this", "that", "new", "old"})
_INTRODUCES = re.compile(
    r"\b(?:my name is|name'?s|this is|i am|i'm|speaking with|ask for|called|colleague) ([a-z][a-z'’-]+)",
    re.IGNORECASE,
)
_NAMES = re.compile(
    r"\bmy name(?:'s| is) (?!(?:a|at|from|in|my|missing|not|on|spel\w+|still|swapped|the|wrong|your)\b)"
    r"([a-z][a-z'’-]+)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_][^\W\d_]*(?:['’-][^\W\d_]+)*")
_NUMBER = re.compile(r"(?<![^\W_])(?=[\w.-]*\d)[A-Za-z]{0,12}[-/]?\d(?:[\w]|[.,:/-](?=\w))*")
_PARTS = re.compile(
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)*|(?:https?://|www\.)\S+|\b[\w-]+\.(?:com|org|net|co\.\w+|de|eu|io)\b"
)
"""Addresses of mail and of sites."""

_MASK = re.compile(r"\[([A-Z][A-Z_ ]+)\]")
_TIMES = ("st", "nd", "rd", "th", "am", "pm", "h", "min", "gb", "mb", "kg", "km", "cm", "g", "k", "p", "x")


MOST_COUNTED = 100


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
            for word in _WORD.findall(each):
                self._name(word, "thing", everywhere=not is_plain(word))
        for each in people:
            for at, word in enumerate(_WORD.findall(each)):
                self._name(word, "last" if at else "first", everywhere=True)
        for text in texts:
            self._look_for_names(text)
        self._days = self._turned(DAYS)
        self._months = self._turned(MONTHS)
        self._numbers: dict[str, str] = {}
        for text in texts:
            for match in _NUMBER.finditer(_PARTS.sub(" ", text)):
                self._number(match.group())
        self._counts = self._counted()

    def name_for(self, name: str) -> str:
        """What a known name has become; an invented one for a name that is in no text."""
        words = _WORD.findall(name)
        given = [self._any_case.get(each.lower(), self._exact.get(each, each)) for each in words]
        return " ".join(given) or self._invented("first")

    def applied(self, text: str) -> str:
        """The text, disguised."""
        begins = text.lstrip().startswith("[")
        text = _MASK.sub(lambda match: _MASKED.get(match.group(1), "what I gave you"), text)
        text = text[:1].upper() + text[1:] if begins else text
        text = _PARTS.sub("post@example.org", text)
        text = _NUMBER.sub(lambda match: self._renumbered(match.group()), text)
        return _WORD.sub(lambda match: self._word(match, text), text)

    def doubtful(self, text: str) -> list[str]:
        """Small words of a disguised text that may be names all the same."""
        known = {*map(str.lower, (*self._exact.values(), *self._any_case.values()))}
        words = _WORD.findall(_NUMBER.sub(" ", text))
        found = [each for each in words if each.islower() and not is_plain(each)]
        return sorted({each for each in found if each not in known})

    def _look_for_names(self, text: str) -> None:
        words = list(_WORD.finditer(_PARTS.sub(" ", _MASK.sub(" ", text))))
        for match in _NAMES.finditer(text):
            self._name(match.group(1), "first", everywhere=not is_plain(match.group(1)))
        for match in _INTRODUCES.finditer(text):
            if not is_plain(match.group(1)):
                self._name(match.group(1), "first", everywhere=True)
        for at, match in enumerate(words):
            word = match.group()
            if not word[:1].isupper() or word.lower() in _PLAIN_CAPITALS or word in (*DAYS, *MONTHS):
                continue
            shouted = word.isupper() and len(word) > 1
            begins = _begins_sentence(match.string, match.start())
            if is_plain(word) and (begins or shouted or word.lower() in _PLACE_AFTER):
                continue
            before = words[at - 1].group() if at else ""
            after = words[at + 1].group().lower() if at + 1 < len(words) else ""
            self._name(word, _sort_of(before, after), everywhere=not is_plain(word))

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
                for at, part in enumerate((_ONSETS, _MIDDLES, _ENDS))
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
            made = self._shaped(token, attempt)
            if made.lower() not in self._taken and made not in self._numbers.values():
                self._numbers[token.lower()] = made
                return
        self._numbers[token.lower()] = "some"

    def _renumbered(self, token: str) -> str:
        made = self._numbers.get(token.lower(), token)
        return made.lower() if token.islower() else made

    def _shaped(self, token: str, attempt: int) -> str:
        tail = next((each for each in _TIMES if re.fullmatch(rf"[\d.,:]+{each}", token.lower())), "")
        head = token[: len(token) - len(tail)]
        made: list[str] = []
        digits = re.sub(r"\D", "", head)
        if digits == head and int(digits) <= MOST_COUNTED:  # a count, an hour, a day of the month, a share
            low, high = (1, 9) if len(digits) == 1 else (10, 28 if int(digits) <= 31 else 99)
            values = shuffled(range(low, high + 1), self._seed, token)
            return f"{values[attempt]}{tail}" if attempt < len(values) else f"{100 + attempt}{tail}"
        for at, each in enumerate(head):
            chance = fraction(self._seed, token, attempt, at)
            if each.isdigit():
                low = 1 if not made or not made[-1].isdigit() else 0
                choices = [str(digit) for digit in range(low, 10) if str(digit) != each]
                made.append(choices[int(chance * len(choices))])
            elif each.isalpha():
                letters = "BCDFGHKLMNPRSTVWXZ" if each.isupper() else "bcdfghklmnprstvwxz"
                choices = [letter for letter in letters if letter != each]
                made.append(choices[int(chance * len(choices))])
            else:
                made.append(each)
        return "".join(made) + tail

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
        if stem.title() in self._months and (lower not in ("may", "march") or _is_month(match, text)):
            return self._months[stem.title()] + tail
        if lower in self._counts:
            return _cased(self._counts[lower], stem) + tail
        if "-" in stem:
            return "-".join(self._part(part) for part in stem.split("-")) + tail
        return word

    def _part(self, part: str) -> str:
        """A part of a word with a hyphen."""
        lower = part.lower()
        return _cased(self._counts.get(lower, self._any_case.get(lower, self._exact.get(part, part))), part)


_ONSETS = ("Bel", "Cor", "Dar", "Fen", "Gal", "Hol", "Jan", "Kor", "Lor", "Mel", "Nar", "Pel", "Ros", "Tam")
_MIDDLES = ("a", "e", "i", "o", "an", "en", "in", "or", "ar", "el")
_ENDS = ("mund", "wick", "berg", "lia", "vik", "tess", "dale", "ric", "nora", "bel", "stan", "mere")


@cache
def _plain_words() -> frozenset[str]:
    """Words that the shipped material has in small letters: what they are is no secret."""
    folder = resources.files("coolhead.practice").joinpath("content")
    kinds = ("scenarios", "wording", "drills", "personas")
    texts = [
        file.read_text("utf-8")
        for kind in kinds
        for file in folder.joinpath(kind).iterdir()
        if file.name.endswith(".yaml")
    ]
    texts.append(folder.joinpath("from_life.yaml").read_text("utf-8"))
    return frozenset(re.findall(r"(?<![\w’'-])[a-z][a-z’']*", " ".join(texts)))


def is_plain(word: str) -> bool:
    """True for an ordinary word, or a form of one."""
    word = word.lower().replace("’", "'")
    known = _plain_words()
    if word in known or word in _PLAIN_CAPITALS:
        return True
    if "-" in word:
        return all(is_plain(part) for part in word.split("-") if part)
    bases = {re.sub(ending, other, word) for ending, other in _ENDINGS if re.search(ending, word)}
    return any(len(base) > 2 and base in known for base in bases)


_ENDINGS = (
    (r"'s$", ""), (r"s$", ""), (r"es$", ""), (r"ies$", "y"), (r"ed$", ""), (r"ed$", "e"), (r"ing$", ""),
    (r"ing$", "e"), (r"ly$", ""), (r"er$", ""), (r"er$", "e"), (r"est$", ""), (r"(\w)\1ing$", r"\1"),
    (r"(\w)\1ed$", r"\1"), (r"n't$", ""), (r"'(ll|ve|re|d|m)$", ""), (r"able$", ""), (r"ment$", ""),
    (r"^un", ""),
    (r"^re", ""), (r"ness$", ""), (r"ation$", "e"), (r"ful$", ""),
)  # fmt: skip


def _tokens(text: str) -> Iterator[str]:
    yield from _WORD.findall(text)
    yield from _NUMBER.findall(text)


def _sort_of(before: str, after: str) -> str:
    if before.lower() in _TITLES:
        return "last"
    if after in _PLACE_AFTER or before.lower() in _PLACE_BEFORE:
        return "place"
    if before.lower() in _THING_BEFORE:
        return "thing"
    return "last" if before[:1].isupper() and not is_plain(before) else "first"


def _begins_sentence(text: str, at: int) -> bool:
    return not text[:at].strip(" \n\t\"'“”‘’(–-*") or text[:at].rstrip(" \n\t\"'“”‘’(–-*")[-1:] in ".!?:;…"


def _is_month(match: re.Match[str], text: str) -> bool:
    """True for "May" and "March" where they can only be months."""
    if not match.group()[:1].isupper():
        return False
    before = text[: match.start()].rstrip().split(" ")[-1].lower()
    dated = re.fullmatch(r"\d+(st|nd|rd|th)?", before) or re.match(r" \d", text[match.end() :])
    return bool(dated) or before in {
        "in",
        "since",
        "until",
        "by",
        "of",
        "from",
        "last",
        "this",
        "next",
        "early",
    }


def _cased(word: str, like: str) -> str:
    if like.isupper() and len(like) > 1:
        return word.upper()
    return word.title() if like[:1].isupper() else word
