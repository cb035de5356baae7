"""Tells words from keyboard noise; knows no meaning."""

from __future__ import annotations

import re

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertz")
_RUN = 3
_WORD = re.compile(r"[^\W\d_]+")
_KNOWN = frozenset(
    {
        "as",
        "we",
        "were",
        "was",
        "er",
        "hm",
        "hmm",
        "mm",
        "ok",
        "mr",
        "ms",
        "mrs",
        "dr",
        "pls",
        "thx",
        "np",
        "ty",
        "kk",
        "btw",
        "nvm",
        "rly",
        "sry",
    }
)
_CLUSTER = re.compile(r"[bcdfghjklmnpqrstvwxz]{5,}")
_STUTTER = re.compile(r"(.)\1{2,}")


def is_nonsense(text: str) -> bool:
    """True when most of what stands there is no word in any language written in these letters.

    A bare number or code is no nonsense; a lone mark or a row of keys is.
    """
    words = _WORD.findall(text.lower())
    if not words:
        return not re.search(r"\d", text)
    noise = sum(not _is_word(word) for word in words)
    return 2 * noise > len(words)


def _is_word(word: str) -> bool:
    if word in _KNOWN:
        return True
    if not re.search(r"[aeiouy]", word) and word.isascii():
        return False
    if _CLUSTER.search(word) or _STUTTER.search(word):
        return False
    return not _is_key_row(word)


def _is_key_row(word: str) -> bool:
    """True when half of the word or more walks along a row of keys ("asdf", "qwerty")."""
    longest = max(
        (
            length
            for row in _ROWS
            for length in range(_RUN, len(word) + 1)
            for at in range(len(word) - length + 1)
            if word[at : at + length] in row
        ),
        default=0,
    )
    return (longest > _RUN and 2 * longest >= len(word)) or (longest == _RUN == len(word) and word != "were")
