"""Says what a clause promises, as a verb phrase, and who is to keep it; knows no scores and no clock."""

from __future__ import annotations

import re

from coolhead.codebook import Promiser, Speaker

_LEAD_IN = re.compile(
    r"""^\W*(?:
        (?:and|but|so|then|or|also|plus|yes|yeah|okay|ok|right|sure|certainly|absolutely|understood|well|now|no|done
           |additionally|furthermore|meanwhile|alternatively|in\ addition|in\ the\ meantime
           |rest\ assured|please\ note
           |tell\ you\ what|great|perfect|lovely|good|fine|all\ right|alright|then|as\ promised)\b[\s,:]*
      | (?:i|we)\ (?:can\ |do\ )?(?:assure|promise|guarantee|confirm)(?:\ to)?(?:\ you)?\b[\s,:]*
          (?:that\b)?[\s,:]*
      | (?:please\ )?(?:be|rest)\ assured\b[\s,:]*(?:that\b)?[\s,:]*
      | (?:if|once|when|while|as|since|after|before|until|because|given|to|regarding
          |although|though|for)\b[^,]*,\s*
      | that\ (?=i|we|you)
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_AUX = (
    r"(?:['’]?ll|\swill|\sshall|['’]?s\sgoing\sto|['’]?m\sgoing\sto|['’]?re\sgoing\sto"
    r"|\s(?:am|are|is)\sgoing\sto|\sshould|\scan)"
)
_SOFT = (
    r"(?:\s(?:also|personally|certainly|definitely|immediately|now|just|then|always|surely|gladly|still|both|all"
    r"|even|be sure to|make sure to))*"
)
_SPOKEN = re.compile(rf"^(?P<who>i|we){_AUX}{_SOFT}\s+(?P<deed>.+)$", re.IGNORECASE | re.DOTALL)
_DOING = re.compile(
    r"^(?:i|we)(?:['’]?m|['’]?re|\sam|\sare|m)(?:\s(?:also|now|just|already))*\s+(?P<verb>\w+?)ing\b(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_GIVEN = re.compile(
    rf"^you(?:{_AUX}{_SOFT}|\s(?:can|should|may)\s?)\s+(?:be\s+)?"
    r"(?P<verb>receiv\w*|get|have|see|hear|expect)\b(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_OTHER = re.compile(
    rf"^(?P<who>.{{1,60}}?){_AUX}{_SOFT}\s*(?:\bbe\b)?\s+(?P<deed>.+)$", re.IGNORECASE | re.DOTALL
)
_SENT = re.compile(
    r"\b(?:e-?mails?|sms|text|letter|link|code|number|confirmation|notifications?|updates?|information|details"
    r"|label|instructions|voucher)\b",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"[\s,]+(?:so(?:\sthat)?|because|cos|if|as|and|but|or|please|okay|ok|for you)\s*$", re.IGNORECASE
)
_PURPOSE = re.compile(
    r"[\s,]+(?:so(?:\sthat)?\s(?:you|it|we|i|that|the|nobody|they)|because|if\s).*$",
    re.IGNORECASE | re.DOTALL,
)
_SUPERIOR = re.compile(r"\b(?:supervisor|manager|team lead(?:er)?|boss|senior|head of)\b", re.IGNORECASE)
_MINE = re.compile(
    r"^\W*(?:i\b|i['’]|im\b|ill\b|ive\b|my\s(?:call|text|mail|email)|will\b|let me|happy to)"
    r"|\b(?:from me|by me|i['’]ll|i will|i['’]m going)\b",
    re.IGNORECASE,
)
_NO_NAME = re.compile(r"^(?:The|Your|Our|Someone|Somebody|My|An?|This|That|It|They|He|She|These|One)\b")
_ADDS_E = re.compile(r"(?:at|iz|is|ang|arg|os|as|us|[aeiou]v|[^aeiou]v|[cu]|eas|ot|ak|ik|ok|ir|ur|id|ut|ag)$")
_PLAIN = frozenset(
    ["call", "ring", "look", "check", "wait", "text", "email", "mail", "book", "keep", "speak", "repeat"]
)
_LONGEST = 16


def deed(clause: str) -> str:
    """The clause as a verb phrase without its words of time: "send a surveyor".

    Args:
        clause: the words of the clause, those that say by when cut out.
    """
    words = _bare(clause)
    if spoken := _SPOKEN.match(words):
        return _short(spoken["deed"])
    if doing := _DOING.match(words):
        return _short(f"{base_form(doing['verb'])}{doing['rest']}")
    if given := _GIVEN.match(words):
        return _short(_given(given["verb"].lower(), given["rest"]))
    if other := _OTHER.match(words):
        who = other["who"]
        return _short(f"have {who[0].lower() + who[1:] if _NO_NAME.match(who) else who} {other['deed']}")
    return _short(words)


def promiser(clause: str, speaker: Speaker) -> Promiser:
    """Who is to keep it: who speaks, someone set over them, or the company."""
    if _MINE.search(_bare(clause)):
        return Promiser.SUPERVISOR if speaker is Speaker.SUPERVISOR else Promiser.AGENT
    return Promiser.SUPERVISOR if _SUPERIOR.search(clause) else Promiser.COMPANY


def base_form(stem: str) -> str:
    """The verb whose "-ing" was cut off: "send" of "sending", "put" of "putting", and the like."""
    if stem.lower() in _PLAIN:
        return stem
    if len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in "lsz":
        return stem[:-1]
    return stem + "e" if _ADDS_E.search(stem.lower()) and len(stem) > 2 else stem


def _bare(clause: str) -> str:
    words = clause.strip(" ,.;:!–—-")
    while (match := _LEAD_IN.match(words)) and match.end() < len(words):
        words = words[match.end() :]
    return words


def _given(verb: str, rest: str) -> str:
    if verb == "hear":
        return "get in touch"
    if verb == "see":
        return f"have{rest}"
    if verb == "have" or not _SENT.search(rest):
        return f"get you{rest}"
    return f"send{rest}"


def _short(words: str) -> str:
    """One line of at most sixteen words, nothing left hanging at its end."""
    line = re.sub(r"\s+", " ", _PURPOSE.sub("", words)).strip(" ,.;:!–—-")
    line = " ".join(line.split()[:_LONGEST])
    while trimmed := _TAIL.search(line):
        line = line[: trimmed.start()]
    line = line.strip(" ,.;:!–—-")
    return line[:1].lower() + line[1:]
