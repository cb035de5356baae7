"""Says what a clause promises, as a verb phrase, and who is to keep it; knows no scores and no clock."""

from __future__ import annotations

import re

from coolhead.codebook import Promiser, Speaker
from coolhead.perception.promises.others import by_another
from coolhead.perception.promises.persons import as_object, told_by_agent, told_by_customer
from coolhead.perception.promises.sentences import (
    ALLOWED,
    ASKED,
    BEING,
    COMMAND,
    DOING,
    DONE,
    GIVEN,
    HAS_BEEN,
    OTHER,
    PLAIN,
    PRESENT,
    SEVERAL,
    SPOKEN,
    bare,
    shape,
)
from coolhead.perception.promises.verbs import base_form, of_participle, of_third_person

_CALLED = re.compile(
    r"^\s(?:a|an|another)\s(?P<act>call|ring|bell|phone call|callback|call back"
    r"|visit)(?:\sback)?\b(?P<rest>.*)$",
    re.DOTALL,
)
_DOES = re.compile(r"^(\w+)ing\b")
_FROM_WHOM = re.compile(
    r"^\s(?:a|an|another)\s(?P<act>call|ring|bell|phone call|callback|call back|visit|text|email"
    r"|e-mail|message|letter)"
    r"(?:\sback)?\sfrom\s(?P<who>.+)$",
    re.IGNORECASE | re.DOTALL,
)
_HAS_DONE = re.compile(
    r"(?:get|have|ask|tell)\s(?P<who>(?:my|our|the"
    r"|a)\s\w+(?:\s\w+)?)\sto\s(?P<deed>.+)",
    re.IGNORECASE | re.DOTALL,
)
_AWAITED = re.compile(r"expect\s(?P<who>.+?)\sto\s(?P<deed>.+)", re.IGNORECASE | re.DOTALL)
_SENT = re.compile(
    r"\b(?:e-?mails?|sms|text|letter|link|code|number|confirmation|notifications?|updates?|information|details"
    r"|label|instructions|voucher|message|photos?|copy|invoice|receipt|statement)\b",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"[\s,]+(?:so(?:\sthat)?|because|cos|if|as|and|but|or|please|okay|ok|for you|by|on|at|within"
    r"|before|until|till|for"
    r"|from|the|a|then|too|sir|madam|ma['’]am|alright|that|with|which|once|when|whenever|while"
    r"|after|whether|regarding|should|saying|so|the (?:day|minute|moment|second)|in case"
    r"|no later than|no later|to (?:see|hear|say|ask|make sure)"
    r"|at the latest|latest)\s*$",
    re.IGNORECASE,
)
_PURPOSE = re.compile(
    r"[\s,]+(?:so(?:\sthat)?\s(?:you|it|we|i|that|the|nobody|they|he|she)|because|if\s"
    r"|(?:and\s|but\s|or\s)?(?:shall\si|is\s(?:that|there|this)|are\syou|do\syou|does\sthat|w(?:ill|ould)\syou|c(?:an|ould)\syou|i['’](?:m|ll|ve)"
    r"|it['’]s|that['’]s|there['’]s|you['’](?:ve|re|ll)|we['’](?:ll|re|ve)|they['’](?:ll|re|ve)|anything\selse"
    r"|you\swill|i\swill|we\swill|please|thank\syou|i\s(?:guarantee|promise|swear)\b|don['’]?t|the\s\w+\swill\b)|(?:and|but)\s(?:i|we|you|he|she|it|they|that|this|then)\s|[^\w\s,]\s).*$",
    re.IGNORECASE | re.DOTALL,
)
_SUPERIOR = re.compile(r"\b(?:supervisor|manager|team lead(?:er)?|boss|senior|head of)\b", re.IGNORECASE)
_MINE = re.compile(
    r"^\W*(?:i\b|i['’]|im\b|ill\b|ive\b|my\s(?:call|text|mail|email)|will\b|let me|happy to)"
    r"|\b(?:from me|by me|i['’]ll|i will|i['’]m going)\b",
    re.IGNORECASE,
)
_ELIDED = re.compile(
    r"^\s*(?:and|then)\s(?:then\s)?(?P<thing>(?:the|an?|my|our|your|her|his)\s.+?)"
    r"(?:\s(?P<place>(?:with|at|in|on|to|over|back|round)\s.+))?[\s,]*$",
    re.IGNORECASE | re.DOTALL,
)
_NO_DEED = re.compile(r"(?:have )?(?:that|it|this|and|so)(?:['’]s| is)?", re.IGNORECASE)
_LONGEST = 16
_LAST_JOINT = re.compile(
    r"^(?P<kept>(?:\S+\s+){4,}\S+?),?\s(?:and|or|which|that|where|when|in case|to|so|as|with|for"
    r"|if|by)\s(?:\S+\s?){1,8}$"
)
"""Where a line that is too long is cut."""


def deed(clause: str) -> str:
    """The clause as a verb phrase without its words of time, for a colleague: "send a surveyor".

    Args:
        clause: an agent's words, those that say by when cut out.
    """
    phrase = _phrase(bare(_more(clause)))
    return "" if _NO_DEED.fullmatch(phrase) else told_by_agent(phrase)


def _more(words: str) -> str:
    """What is given besides, its verb left unsaid: "and the papers", "then the keys to the flat"."""
    match = _ELIDED.match(words)
    if match is None or shape(words) != "other":
        return words
    return f"{match['thing']} will be {match['place']}" if match["place"] else f"you'll have {match['thing']}"


def deed_asked(request: str) -> str:
    """The same of what a customer asks for, as said after "will you" or as a statement of it."""
    return told_by_customer(_phrase(bare(request)))


def promiser(clause: str, speaker: Speaker) -> Promiser:
    """Who is to keep it: who speaks, someone set over them, or the company."""
    words = bare(clause)
    another = ASKED.match(words)
    if _MINE.search(words) and not another:
        return Promiser.SUPERVISOR if speaker is Speaker.SUPERVISOR else Promiser.AGENT
    return Promiser.SUPERVISOR if _SUPERIOR.search(clause) else Promiser.COMPANY


def _phrase(words: str) -> str:
    """The deed as said, not yet turned for a third reader."""
    return _short(_own(words) or _given_to_you(words) or (words if COMMAND.match(words) else _others(words)))


def _own(words: str) -> str | None:
    """What "I" or "we" will do, or have somebody do."""
    if allowed := ALLOWED.match(words):
        return _allowed(allowed["who"], allowed["about"], allowed["deed"])
    if asked := ASKED.match(words):
        return _have(asked["who"], _DOES.sub(lambda verb: base_form(verb[1]), asked["deed"]))
    spoken = SPOKEN.match(words) or PLAIN.match(words)
    said = spoken["deed"] if spoken else words
    if spoken and (another := _HAS_DONE.match(said)):
        return _have(another["who"], another["deed"])
    if doing := DOING.match(said):
        return f"{base_form(doing['verb'])}{doing['rest']}"
    if spoken:
        return said
    done = DONE.match(words)
    verb = of_participle(done["verb"]) if done else None
    return f"{verb}{done['rest']}" if done and verb else None


def _given_to_you(words: str) -> str | None:
    """What "you" will get."""
    if awaited := _AWAITED.match(words):
        return by_another(awaited["who"], awaited["deed"])
    given = GIVEN.match(words)
    return _given(given["verb"].lower(), given["rest"]) if given else None


def _others(words: str) -> str:
    """What somebody or something else is to do."""
    for form in (HAS_BEEN, OTHER, PRESENT, BEING, SEVERAL):
        if match := form.match(words):
            found = match.groupdict()
            rest = found.get("deed") or of_third_person(found["verb"]) + found["rest"]
            return by_another(found["who"], f"be {rest}" if form in (BEING, HAS_BEEN) else rest)
    return re.sub(r"^you\s(?=\w)", "make sure you can ", words, flags=re.IGNORECASE)


def _allowed(who: str | None, about: str | None, act: str) -> str:
    if about:
        return by_another(about.removeprefix("for "), act)
    return _have(who, act) if who and who.lower() not in ("us", "me") else act


def _have(who: str, act: str) -> str:
    return f"have {as_object(who)} {act}"


def _given(verb: str, rest: str) -> str:
    if verb.startswith("hear"):
        who = re.match(r"\s(?:back\s)?from\s(?!me\b|us\b)(?P<who>.+)", rest, re.DOTALL)
        return f"have {who['who']} get in touch" if who else "get in touch"
    if from_whom := _FROM_WHOM.match(rest):
        return _from(from_whom["act"].lower(), from_whom["who"])
    if called := _CALLED.match(rest):
        return f"{'visit' if called['act'] == 'visit' else 'call'} you{called['rest']}"
    if re.match(r"\s(?:it|them|this|that|everything)\b", rest):
        return f"get{rest} to you" if len(rest.split()) < 3 else f"get{rest}"
    if verb in ("see", "find"):
        return f"have{rest}"
    return f"send{rest}" if _SENT.search(rest) else f"get you{rest}"


def _from(act: str, who: str) -> str:
    verb = "visit" if act == "visit" else "text" if act == "text" else "call"
    if act in ("email", "e-mail", "message", "letter"):
        verb = {"letter": "write to"}.get(act, act)
    own = re.match(r"(?:me|us)\b", who, re.IGNORECASE)
    return f"{verb} you{who[own.end() :]}" if own else f"have {who} {verb} you"


def _short(words: str) -> str:
    """One line of at most sixteen words, nothing left hanging at its end."""
    line = re.sub(r"\s+(?=[,\s])", "", _PURPOSE.sub("", words)).strip(" ,.;:!–—-")
    line = re.sub(r"\b(and|or) (?:will|shall) ", r"\1 ", line)
    if len(line.split()) > _LONGEST:
        line = " ".join(line.split()[:_LONGEST])
        line = _LAST_JOINT.sub(r"\g<kept>", line)
    while trimmed := _TAIL.search(line):
        line = line[: trimmed.start()]
    line = line.strip(" ,.;:!–—-")
    return line[:1].lower() + line[1:]
