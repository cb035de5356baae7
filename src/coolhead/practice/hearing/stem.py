"""The stem of an English word, so that its forms are one: sent and sending, nine and 9, bill and bills."""

from __future__ import annotations

import re
from functools import lru_cache

_NUMBERS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip
_FORMS = {
    form: line.split()[0]
    for line in (
        "send sent", "pay paid payment", "repay repaid",
        "get got gotten", "give gave given", "take took taken",
        "bring brought", "buy bought purchase", "tell told", "write wrote written", "come came", "make made",
        "find found", "speak spoke spoken", "see saw seen", "keep kept", "leave left", "lose lost",
        "break broke broken", "hold held", "meet met", "say said", "hear heard", "fall fell fallen",
        "go went gone goes", "know knew known", "think thought", "feel felt", "begin began begun start",
        "stand stood", "sit sat", "sleep slept", "eat ate eaten", "fly flew flown", "drive drove driven",
        "choose chose chosen", "steal stole stolen", "freeze froze frozen", "run ran",
        "unfreeze unfroze unfrozen", "withdraw withdrew withdrawn", "lend lent",
        "show shown", "wake woke woken", "build built", "grow grew grown", "hide hid hidden",
        "die died dying dead death", "anger angry angrier", "anxious anxiety", "afraid fear", "person people",
        "child children", "man men", "woman women", "foot feet", "call ring rang rung phone telephone",
        "repair mend fix", "e-mail email mail", "correct correction", "mistake mistook mistaken",
        "apologise apology", "color colour", "gray grey", "cheque check", "centimetre cm", "lay laid",
        "mother mum mom", "father dad", "use used using uses", "belief believe", "technician engineer",
        "shame ashamed", "installment instalment", "proof prove proven", "dry dried dryer", "sew sewn",
        "type typed typing", "owe owed owing",
    )
    for form in line.split()
}  # fmt: skip
"""Forms and words that mean the same here, each under the first of its line."""

_IRREGULAR = _FORMS | {word: str(number) for number, word in enumerate(_NUMBERS) if number > 1}

_ENDINGS = ("ations", "ation", "ions", "ion", "ments", "ment", "ly")
_LONGEST_KEPT = 4
"""Letters that a word keeps at least one more than, without such an ending ("option" is no form of "opt")."""

_SHORT = re.compile(r"[^aeiou]*[aeiou][^aeiouwxy]")
"""A word of one syllable that had an e before its ending ("hop" of "hoped")."""


def _cut(word: str) -> str:
    """The word without the ending of its form."""
    word = _singular(word)
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) > _LONGEST_KEPT:
            word = word.removesuffix(ending)
            break
    word = _present(word)
    word = re.sub(r"(?<=.{4}er)y$", "", re.sub(r"(?<=..)([^s])\1$", r"\1", word))
    word = word.removesuffix("e") if len(word) > _LONGEST_KEPT else word
    word = re.sub(r"(?<=..)iz$", "is", re.sub(r"(?<=.{5})at$", "", word))
    return re.sub(r"(?<=..[^aeiou])y$", "i", word)


def _singular(word: str) -> str:
    if word.endswith(("ss", "us", "is")) or len(word) <= _LONGEST_KEPT - 1:
        return word
    word = re.sub(r"(?<=..)ies$", "y", word)
    return re.sub(r"(?:(?<=[sxz])|(?<=ch)|(?<=sh))es$|s$", "", word)


def _present(word: str) -> str:
    """A verb without "ed" or "ing"."""
    word = re.sub(r"(?<=..)ied$", "y", word)
    plain = re.sub(r"(?<=..)(?:(?<!e)ed|ing)$", "", word)
    if plain == word or not re.search(r"[aeiouy]", plain):
        return word
    return plain + "e" if _SHORT.fullmatch(plain) else plain


_CUT_IRREGULAR = {_cut(form): base for form, base in _IRREGULAR.items() if form.isalpha()}


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """The stem of a word of small letters; a number in figures."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if not word.isalpha():
        return word.replace(",", "").removesuffix(".00")
    cut = _cut(word)
    return cut if cut == word else _CUT_IRREGULAR.get(cut, cut)
