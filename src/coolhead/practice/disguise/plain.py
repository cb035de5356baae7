"""Which words are ordinary: what they are is no secret."""

from __future__ import annotations

import re
from functools import cache

from coolhead.practice.shipped import text_of, texts_in

PLAIN_CAPITALS = frozenset(
    """am christmas dear dr easter english eu faq god gps hello hey hi i i'd i'll i'm i've id internet madam
    miss mr mrs ms no ok okay pc pdf pin please pm sir sms sorry thanks tv uk us usb wi-fi wifi yes""".split()  # noqa: SIM905 (reads better)
)


@cache
def _plain_words() -> frozenset[str]:
    """Words that the shipped material has in small letters: what they are is no secret."""
    kinds = ("scenarios", "wording", "drills", "personas")
    texts = [text for kind in kinds for text, _ in texts_in(kind)]
    texts.append(text_of("from_life.yaml"))
    return frozenset(re.findall(r"(?<![\w’'-])[a-z][a-z’']*", " ".join(texts)))


def is_plain(word: str) -> bool:
    """True for an ordinary word, or a form of one."""
    word = word.lower().replace("’", "'")
    known = _plain_words()
    if word in known or word in PLAIN_CAPITALS:
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
