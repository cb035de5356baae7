"""Turns what two people say to each other into what a third one reads; knows only words."""

from __future__ import annotations

import re

_AFTER_WHICH_THEY_ACT = (
    r"(?:that|sure|ensure|when|whenever|if|what|until|till|before|after|once|as|how|where|unless|because|so"
    r"|which|who|everything|all|anything|whatever|time|way|moment|while|though|think|and|or|but)"
)
_HELPING = re.compile(
    r"(?:can|could|will|would|may|might|must|should|shall|did|had|were|was|\w+ed|said|told|gave|sent|paid"
    r"|bought|went|came|got|made|took|left|asked|lost|just|only|always|never|also)$",
    re.IGNORECASE,
)


def _acting(match: re.Match[str]) -> str:
    """The verb after "you" or "I", as it follows "the customer" or "the agent"."""
    before, verb = match["before"], match["verb"]
    who = "the customer" if match["who"].lower() == "you" else "the agent"
    known = {"are": "is", "have": "has", "do": "does", "don't": "does not", "don’t": "does not", "go": "goes"}
    if verb.lower() in known:
        return f"{before}{who} {known[verb.lower()]}"
    if _HELPING.match(verb):
        return f"{before}{who} {verb}"
    ending = "es" if re.search(r"(?:ss|sh|ch|x|o)$", verb) else "s"
    stem = verb[:-1] + "i" if re.search(r"[^aeiou]y$", verb) else verb
    return f"{before}{who} {stem}{'es' if stem != verb else ending}"


_OF_THE_CUSTOMER = (
    (re.compile(r"\byou(?:['’]re| are)\b", re.IGNORECASE), "the customer is"),
    (re.compile(r"\byou(?:['’]ve| have)\b", re.IGNORECASE), "the customer has"),
    (re.compile(r"\byou(?:['’]d)\b", re.IGNORECASE), "the customer would"),
    (re.compile(r"\byou(?:['’]?ll| will)\b", re.IGNORECASE), "the customer will"),
    (
        re.compile(
            rf"(?P<before>\b{_AFTER_WHICH_THEY_ACT} )(?P<who>you|i|we) (?P<verb>(?!and\b|or\b|the\b"
            rf"|a\b|for\b|at\b|on\b)[\w'’]+)",
            re.IGNORECASE,
        ),
        _acting,
    ),
)
_ADDRESSED = (
    (
        re.compile(r"\b(?:both|all) of you\b|\byou (?:both|all|two|guys)\b|\by['’]all\b", re.IGNORECASE),
        "them",
    ),
    (re.compile(r"\byourself\b", re.IGNORECASE), "themselves"),
    (re.compile(r"\byours\b|\byour\b|\bur\b", re.IGNORECASE), "the customer's"),
    (re.compile(r"\b(?:you|u)\b", re.IGNORECASE), "the customer"),
)
_OWN = (
    (re.compile(r"\b(?:i|we)(?:['’]m|['’]re| am| are)\b", re.IGNORECASE), "the {own} is"),
    (re.compile(r"\b(?:i|we)(?:['’]ve| have)\b", re.IGNORECASE), "the {own} has"),
    (re.compile(r"\b(?:i|we)(?:['’]?ll| will)\b(?! be\b.*\bill\b)", re.IGNORECASE), "the {own} will"),
    (re.compile(r"\b(?:myself|ourselves)\b", re.IGNORECASE), "in person"),
    (
        re.compile(r"\bmy\b(?= (?:manager|supervisor|boss|team|colleague|lead|side|end)\b)", re.IGNORECASE),
        "the",
    ),
    (re.compile(r"\bmy\b", re.IGNORECASE), "the {own}'s"),
    (re.compile(r"\b(?:me|i)\b", re.IGNORECASE), "the {own}"),
)
_CUSTOMERS_OWN = (
    (re.compile(r"\b(?:i|we)(?:['’]m|['’]re| am| are)\b", re.IGNORECASE), "the customer is"),
    (re.compile(r"\b(?:i|we)(?:['’]ve| have)\b", re.IGNORECASE), "the customer has"),
    (re.compile(r"\b(?:my|our|mine|ours)\b", re.IGNORECASE), "the customer's"),
    (re.compile(r"\b(?:me|i|us|we)\b", re.IGNORECASE), "the customer"),
    (re.compile(r"\byours\b|\byour\b", re.IGNORECASE), "the company's"),
    (re.compile(r"\byou\b", re.IGNORECASE), "the company"),
)
_AGAIN = re.compile(r"(\bthe customer\b.*?)\bthe customer's\b", re.IGNORECASE)


def told_by_agent(words: str) -> str:
    """An agent's words to the customer, for a colleague: "call you back" is "call the customer back"."""
    for said, told in (*_OF_THE_CUSTOMER, *_ADDRESSED):
        words = said.sub(told, words)
    for said, told in _OWN:
        words = said.sub(told.format(own="agent"), words)
    return _brief(words)


def told_by_customer(words: str) -> str:
    """A customer's words to the agent, for a colleague: "phone me" is "phone the customer"."""
    for said, told in _CUSTOMERS_OWN:
        words = said.sub(told, words)
    return _brief(words)


def _brief(words: str) -> str:
    """Says "their" the second time."""
    return _AGAIN.sub(r"\1their", words)


def as_object(subject: str) -> str:
    """What "they", "he", "she" and "i" are after a verb."""
    forms = {"they": "them", "he": "him", "she": "her", "i": "me", "we": "us"}
    return forms.get(subject.lower(), subject)
