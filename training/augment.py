"""The same turn as others would have typed or a recogniser would have heard it; labels stay true."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

NEAR = {
    "a": "sq", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "f": "dg", "g": "fh", "h": "gj", "i": "uo",
    "j": "hk", "k": "jl", "l": "k", "m": "n", "n": "bm", "o": "ip", "p": "o", "q": "wa", "r": "et", "s": "ad",
    "t": "ry", "u": "yi", "v": "cb", "w": "qe", "x": "zc", "y": "tu", "z": "x",
}  # fmt: skip
HEARD = {
    "their": "there", "there": "their", "your": "you're", "youre": "your", "its": "it's", "to": "too",
    "for": "four", "by": "buy", "right": "write", "no": "know", "know": "no", "would": "wood",
    "where": "were", "hear": "here", "then": "than", "accept": "except", "of": "off", "been": "bin",
    "whole": "hole", "one": "won",
}  # fmt: skip
FILLERS = ("um", "uh", "er", "like", "you know", "i mean", "so")
HOT_EMOJI = "😡😠🤬😤🙄"
CALM_EMOJI = "🙂😊👍🙏😅"


def lower(text: str, heat: int, chance: random.Random) -> str:
    """Lower case without punctuation."""
    del heat, chance
    return " ".join(re.sub(r"[^\w\s'@#$£€₹%+-]", " ", text.lower()).split())


def speech(text: str, heat: int, chance: random.Random) -> str:
    """What a recogniser writes: lower case, fillers, words dropped, doubled or heard wrongly."""
    heard: list[str] = []
    for word in lower(text, heat, chance).replace("'", "").split():
        draw = chance.random()
        if draw < 0.02:
            continue
        if draw < 0.05:
            heard.append(chance.choice(FILLERS))
        if draw < 0.07:
            heard.append(word)
        heard.append(HEARD.get(word, word) if chance.random() < 0.3 else word)
    return " ".join(heard) or text


def typos(text: str, heat: int, chance: random.Random) -> str:
    """A slip in about one word of eight."""
    del heat
    return " ".join(_slip(word, chance) if chance.random() < 0.13 else word for word in text.split(" "))


def _slip(word: str, chance: random.Random) -> str:
    if len(word) < 4:
        return word
    place = chance.randrange(1, len(word) - 1)
    sign = word[place]
    near = chance.choice(NEAR.get(sign.lower(), sign))
    return chance.choice(
        (
            word[:place] + word[place + 1 :],
            word[:place] + sign + word[place:],
            word[:place] + near + word[place + 1 :],
            word[:place] + word[place + 1] + sign + word[place + 2 :],
        )
    )


def capitals(text: str, heat: int, chance: random.Random) -> str:
    """The caps-lock key is stuck."""
    del heat, chance
    return text.upper()


def emoji(text: str, heat: int, chance: random.Random) -> str:
    """One or two emoji that suit the heat at the end."""
    signs = HOT_EMOJI if heat >= 2 else CALM_EMOJI
    return f"{text} {chance.choice(signs) * chance.choice((1, 1, 2))}"


STYLES: dict[str, Callable[[str, int, random.Random], str]] = {
    "lower": lower,
    "speech": speech,
    "typos": typos,
    "capitals": capitals,
    "emoji": emoji,
}
