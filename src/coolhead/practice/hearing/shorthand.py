"""What is typed in a hurry, written out, so that it reads like what is spoken."""

from __future__ import annotations

import re

_WORDS = {
    "u": "you", "r": "are", "ya": "you", "wot": "what", "wat": "what", "pls": "please", "plz": "please",
    "thx": "thanks", "tmrw": "tomorrow", "tmr": "tomorrow", "tomoz": "tomorrow", "2moro": "tomorrow",
    "2day": "today", "abt": "about", "b4": "before", "cos": "because", "coz": "because", "cuz": "because",
    "ppl": "people", "msg": "message", "acct": "account", "ref": "reference", "wanna": "want to",
    "gonna": "going to", "gotta": "have to", "lemme": "let me", "gimme": "give me",
    "np": "no problem", "ty": "thank you", "sry": "sorry", "nvm": "never mind", "&": "and", "w/": "with",
    "ur": "your", "whats": "what's", "wheres": "where's", "whos": "who's", "hows": "how's", "whens": "when's",
    "thats": "that's", "theres": "there's", "im": "I'm", "ive": "I've", "youre": "you're",
    "youve": "you've", "youll": "you'll", "theyre": "they're", "weve": "we've",
    "dont": "don't", "doesnt": "doesn't", "didnt": "didn't", "cant": "can't", "wont": "won't",
    "isnt": "isn't", "arent": "aren't", "wasnt": "wasn't", "werent": "weren't", "havent": "haven't",
    "adress": "address", "adres": "address", "recieve": "receive", "recieved": "received",
    "reciept": "receipt", "refrence": "reference", "tommorow": "tomorrow", "definately": "definitely",
    "acount": "account", "anythin": "anything", "somethin": "something", "nothin": "nothing",
    "everythin": "everything", "dob": "date of birth", "teh": "the", "waht": "what", "wich": "which",
    "wen": "when", "cna": "can", "happend": "happened",
    "hasnt": "hasn't", "couldnt": "couldn't", "wouldnt": "wouldn't", "shouldnt": "shouldn't",
}  # fmt: skip
_WORD = re.compile(rf"(?<![\w'/])(?:{'|'.join(map(re.escape, _WORDS))})(?![\w'/])", re.IGNORECASE)
_UNITS = {"wk": "week", "hr": "hour", "min": "minute"}
_UNIT = re.compile(r"(?<=\d)( ?)(wk|hr|min)(?=s?\b)", re.IGNORECASE)
_NUMBER = re.compile(
    r"\b(order|account|case|booking|claim|tracking|phone|customer|policy|ref(?:erence)?|file|report|ticket|contact"
    r"|member|contract|invoice|mobile|parcel|shipment|meter|flight|serial|model) (?:nr|num|no)\b\.?",
    re.IGNORECASE,
)


_PLEA = re.compile(
    r"((?:^|[.!?] )\W*(?:(?:please|just|so|and|then|now|ok|okay),? )*(?:tell|give|take|walk|talk|run|go|fill"
    r"|describe|explain|remind|read|spell|name|show|repeat|confirm)\b[^.!?,]*)"
    r",? (?:would|will|could|can|won't) you\b(?= *(?:[.!?]|$))",
    re.IGNORECASE,
)
"""An order put as a plea: its end is no tag that asks whether something is so."""

_GOT = re.compile(
    r"\b(who|he|she|it|somebody|someone|nobody|anybody|anyone)(?:'s| has) got\b(?! to\b)", re.IGNORECASE
)


def written_out(text: str) -> str:
    """The text with its shorthand and its missing apostrophes written out: "whats ur order no" in full."""
    text = _NUMBER.sub(r"\1 number", text.replace("’", "'"))
    text = re.sub(r"\b([ap])\.m\.(?=\s+[A-Z]|$)", r"\1m.", text)
    text = re.sub(r"\b([ap])\.m\.", r"\1m", text)
    text = _UNIT.sub(lambda found: found[1] + _UNITS[found[2].lower()], text)
    text = _PLEA.sub(r"\1", text)
    text = re.sub(r"\bhow long'?s\b", "how long has", text, flags=re.IGNORECASE)
    text = _WORD.sub(lambda found: _WORDS[found[0].lower()], text)
    return _GOT.sub(r"\1 has", text)
