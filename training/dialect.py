"""The same turn with words as they are said in Scotland, the North, Ireland, the Caribbean and elsewhere.

Hardly any of the words that `benchmarks robustness` exchanges is among them, so that it stays a check.
"""

from __future__ import annotations

import random
import re

SAID_AS = {
    "yes": ("aye", "yeah", "yep", "ya", "yis"), "no": ("nah", "nope", "naw"),
    "cannot": ("cannae", "can't", "cyaan"), "can't": ("cannae", "cyah", "canny"),
    "didn't": ("didnae", "didn", "never did"), "doesn't": ("doesnae", "don't", "doan"),
    "wasn't": ("wasnae", "weren't", "wahn't"), "isn't": ("isnae", "int", "in't"),
    "won't": ("wullnae", "willnae", "wunt"), "haven't": ("havenae", "han't"),
    "don't": ("don", "divn't", "dun"), "was": ("wis", "were", "wuz"), "were": ("was", "wur"),
    "my": ("me", "mi", "ma"), "your": ("yer", "yuh", "ya"), "you": ("ye", "yuh", "ya", "yous"),
    "to": ("tae", "tuh"),
    "going to": ("gonnae", "gon", "fixing to", "off to"), "want to": ("wanna", "wantae"),
    "have to": ("hafta", "huv tae", "have got to"), "got to": ("gotta", "gorra"),
    "give me": ("gimme", "gie me", "gis"), "let me": ("lemme", "lerrus"), "trying to": ("tryna", "tryin tae"),
    "something": ("summat", "sumn", "somethin", "suttin"), "anything": ("owt", "anythin", "anyting"),
    "the": ("da", "de", "th'"), "this": ("dis", "this here"), "that": ("dat", "tha"),
    "them": ("dem", "'em", "thum"), "there": ("dere", "theer"), "with": ("wi", "wit", "wid"),
    "because": ("cos", "cuz", "coz", "'cause"), "very": ("right", "well", "fair", "bare", "that"),
    "little": ("wee", "lickle", "li'l"), "think": ("reckon", "tink", "figure"), "know": ("ken", "kno"),
    "about": ("aboot", "'bout", "abaht"), "out": ("oot", "aht"), "now": ("the now", "right now", "nah then"),
    "from": ("fae", "fram"), "afternoon": ("arvo", "evening time"), "thanks": ("ta", "cheers", "tanks"),
    "thank you": ("ta very much", "cheers", "thank ye", "tank you"), "please": ("pls", "kindly", "abeg"),
    "isn't it": ("innit", "no", "ent it"), "and": ("an", "an'"), "of": ("o", "a"),
    "for": ("fur", "fi", "fer"),
    "what": ("wha", "whit", "wot"), "people": ("folk", "peeps", "peoples"), "just": ("jus", "jist"),
    "children": ("kids", "weans", "bairns", "pickney"), "always": ("allus",),
    "house": ("hoose", "gaff", "yard"),
}  # fmt: skip
SHARE = 0.35
"""Of the words that have another form."""

_WORDS = re.compile(
    rf"\b(?:{'|'.join(sorted(map(re.escape, SAID_AS), key=len, reverse=True))})\b", re.IGNORECASE
)


def dialect(text: str, heat: int, chance: random.Random) -> str:
    """One word in three that has another form in some dialect in one of its forms."""
    del heat

    def said(found: re.Match[str]) -> str:
        if chance.random() > SHARE:
            return found[0]
        form = chance.choice(SAID_AS[found[0].lower()])
        return form.capitalize() if found[0][0].isupper() else form

    return _WORDS.sub(said, text)
