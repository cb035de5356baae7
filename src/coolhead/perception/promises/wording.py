"""Says what a clause promises, as a verb phrase, and who is to keep it; knows no scores and no clock."""

from __future__ import annotations

import re

from coolhead.codebook import Promiser, Speaker
from coolhead.perception.promises.others import by_another
from coolhead.perception.promises.persons import as_object, told_by_agent, told_by_customer
from coolhead.perception.promises.verbs import ACTS, base_form, of_participle, of_third_person

_RUN_TOGETHER = {
    "ill": "i'll", "youll": "you'll", "theyll": "they'll", "itll": "it'll", "thatll": "that'll", "im": "i'm",
    "ive": "i've", "weve": "we've", "hes": "he's", "shes": "she's", "its": "it's", "theyre": "they're",
    "youre": "you're", "wholl": "who'll", "therell": "there'll", "hell": "he'll", "shell": "she'll",
    "well": "we'll",
}  # fmt: skip
_ONE_WORD = re.compile(
    rf"\b(?:{'|'.join(_RUN_TOGETHER)}|s?hell(?=\s(?:be|{ACTS})\b)|^well(?=\s(?:send|call|ring|get|have|book|refund|post|put|text|email|deliver|fix|pay)\b))\b",
    re.IGNORECASE,
)
_LEAD_IN = re.compile(
    r"""^\W*(?:
        (?:and|but|so|then|or|also|plus|yes|yeah|yep|okay|ok|right|sure|certainly|absolutely|understood|well|now
           |no|done|of\ course|no\ problem|oh|ah|sorry|thank\ you|thanks|hopefully|because
           |additionally|furthermore|meanwhile|alternatively|in\ addition|in\ the\ meantime|from\ there
           |instead
           |please\ note|either\ way|after\ that|sir|madam|ma['’]am|deal|listen|look
           |tell\ you\ what|great|perfect|lovely|good|fine|all\ right|alright|as\ promised)\b[\s,:]*
      | (?:what|all|the\ (?:best|most)\ (?:thing\ )?)\s?(?:i|we)(?:['’]ll|\ will|\ can)\ do\ (?:now\ )?
          is[\s,:]*(?!that|to)
      | (?:i|we)\ (?:can\ |do\ )?(?:assure|promise|guarantee|confirm)(?:\ to)?(?:\ you)?\b[\s,:]*
          (?:that\b)?[\s,:]*
      | you\ have\ my\ (?:word|promise)[\s,:]*(?:that\b)?[\s,:]*
      | (?:please\ )?(?:be|rest)\ assured\b[\s,:]*(?:that\b)?[\s,:]*
      | (?:(?:mr|mrs|ms|miss|dr)\.?\ )?(?-i:[A-Z]\w+),\s
      | (?:if|once|when|while|as|since|after|before|until|because|given|to|regarding
          |although|though|for)\b[^,]*,\s*
      | that\ (?=i|we|you)
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_AND_WILL = re.compile(
    r"^(?:i|we)\b(?:(?!\bwill\b|['’]ll\b).)*?\band\s(?:(?:also|therefore)\s)?(?:(?:i|we)\s)?(?:will|shall)\s",
    re.IGNORECASE | re.DOTALL,
)
"""Something said of oneself before the promise ("I understand the hurry and will …")."""

_DOWN_FOR = re.compile(
    r"^you(?:['’]re|\sare)\s(?:all\s)?(?:down|booked(?:\sin)?|set|in)\sfor\b", re.IGNORECASE
)
_NEW_START = re.compile(
    r"(?<!that)(?<!if)(?<!when)(?<!once)(?<!sure)(?<!what)(?<!who)(?<!which)(?<!until)(?<!till)(?<!before)"
    r"(?<!as)(?<!where)(?<!how)(?<!so)(?<!and)(?<!but)(?<!or)(?<!see)(?<!everything)(?<!ensure)(?<!both)"
    r"\s+(?=(?:i|we|you|they|it)(?:['’]ll|\s(?:will|shall))\s)",
    re.IGNORECASE,
)
_AUX = (
    r"(?:['’]ll|\swill|\sshall|['’]s\sgoing\sto|['’]m\sgoing\sto|['’]re\sgoing\sto"
    r"|\s(?:am|are|is)\sgoing\sto|\sgonna|['’]s\sgonna|['’]m\sgonna|['’]re\sgonna|\sshould(?!\shave)|\scan(?!\shave))"
)
_SOFT = (
    r"(?:\s(?:also|personally|certainly|definitely|immediately|now|just|then|always|surely|gladly|still|all"
    r"|even|be sure to|be able to|make sure to|go ahead and|of course|ask if|again|happily|myself"
    r"|ourselves))*"
)
_SPOKEN = re.compile(rf"^(?:i|we){_AUX}{_SOFT}\s+(?P<deed>.+)$", re.IGNORECASE | re.DOTALL)
_DOING = re.compile(
    r"^(?:(?:i|we)(?:['’]m|['’]re|\sam|\sare)|be)(?:\s(?:also|now|just|already|\w+ly))*"
    r"\s+(?P<verb>\w+?)ing\b(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_DONE = re.compile(
    r"^(?:i|we)(?:['’]ve|\shave)(?:\s(?:also|just|already|now))*\s(?P<verb>\w+)\b(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_PLAIN = re.compile(rf"^(?:i|we)\s(?P<deed>(?:{ACTS})\b.*)$", re.IGNORECASE | re.DOTALL)
_ASKED = re.compile(
    r"^(?:i|we)(?:['’]ve|\shave|['’]m|['’]re|\sam|\sare)?(?:\s(?:also|just|already|now|personally))*\s"
    r"(?:asked|asking|told|telling|got|getting|arranged\sfor|arranging\sfor|instructed|requested(?:\sthat)?|had)\s"
    rf"(?P<who>.{{1,40}}?)\s(?:to\s)?(?P<deed>(?:{ACTS})\b.*)$",
    re.IGNORECASE | re.DOTALL,
)
_GIVEN = re.compile(
    rf"^(?:you(?:{_AUX}{_SOFT}|\s(?:can|should|may))?\s+(?:be\s+)?|you(?:['’]re|\sare)\s"
    r"|(?:please\s)?(?=(?:expect|count on)\b))"
    r"(?P<verb>receiv\w*|get(?:ting)?|have|having|see|hear(?:ing)?|find|expect|count on)\b(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_ALLOWED = re.compile(
    r"^(?:please\s)?(?:allow|give)(?:\s(?P<who>us|me|our team|them|the team))?(?:\sup)?"
    r"(?:\s(?P<about>for\s.+?))?\s(?:to|for|and\s(?:i|we)(?:['’]ll|\swill))\s(?P<deed>.+)$",
    re.IGNORECASE | re.DOTALL,
)
_FROM_WHOM = re.compile(
    r"^\s(?:a|an|another)\s(?P<act>call|ring|bell|phone call|callback|call back|visit|text|email"
    r"|e-mail|message|letter)"
    r"(?:\sback)?\sfrom\s(?P<who>.+)$",
    re.IGNORECASE | re.DOTALL,
)
_OTHER = re.compile(rf"^(?P<who>.{{1,60}}?){_AUX}{_SOFT}\s+(?P<deed>.+)$", re.IGNORECASE | re.DOTALL)
_HAS_BEEN = re.compile(r"^(?P<who>.{1,60}?)\s(?:has|have)\sbeen\s(?P<deed>.+)$", re.IGNORECASE | re.DOTALL)
_BEING = re.compile(
    r"^(?P<who>(?:(?!\b(?:is|are)\b).){1,60}?)(?:['’]s|['’]re|\sis|\sare)\s+(?P<deed>.+)$",
    re.IGNORECASE | re.DOTALL,
)
_PRESENT = re.compile(
    r"^(?P<who>(?:he|she|it|(?:the|a|an|my|our|your|this|that|one|two|three|both|someone|somebody|[£$€₹]\S+"
    r"|(?-i:[A-Z]\w+))(?:\s(?!who\b|which\b)[\w'’]+){0,3}?))"
    r"\s(?P<verb>(?:comes|goes|lands|ships|leaves|arrives|starts|moves|reaches|gets|gets\sback|clears|opens"
    rf"|carries|fetches|(?:{ACTS})(?:e?s)))\b(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_SEVERAL = re.compile(
    rf"^(?P<who>they|[\w'’]+(?:\s[\w'’]+){{0,3}}?s)\s(?P<deed>(?:go|come|land|arrive|ship|leave|{ACTS})\b.*)$",
    re.IGNORECASE | re.DOTALL,
)
_SHAPES = {
    "allowed": _ALLOWED, "asked": _ASKED, "spoken": _SPOKEN, "doing": _DOING, "plain": _PLAIN,
    "given": _GIVEN,
    "future": _OTHER,
    "present": _PRESENT, "being": _BEING, "several": _SEVERAL,
}  # fmt: skip
_SENT = re.compile(
    r"\b(?:e-?mails?|sms|text|letter|link|code|number|confirmation|notifications?|updates?|information|details"
    r"|label|instructions|voucher|message|photos?|copy|invoice|receipt|statement)\b",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"[\s,]+(?:so(?:\sthat)?|because|cos|if|as|and|but|or|please|okay|ok|for you|by|on|at|within"
    r"|before|until|till|for"
    r"|from|the|a|then|too|sir|madam|ma['’]am|alright|that|with|which|once|when|whenever|while"
    r"|after|whether|regarding|should|the (?:day|minute|moment|second)|in case|no later than|no later"
    r"|at the latest|latest)\s*$",
    re.IGNORECASE,
)
_PURPOSE = re.compile(
    r"[\s,]+(?:so(?:\sthat)?\s(?:you|it|we|i|that|the|nobody|they|he|she)|because|if\s"
    r"|(?:and\s|but\s|or\s)?(?:shall\si|is\s(?:that|there|this)|are\syou|do\syou|does\sthat|will\syou|can\syou|i['’](?:m|ll|ve)"
    r"|it['’]s|that['’]s|there['’]s|you['’](?:ve|re|ll)|we['’](?:ll|re|ve)|they['’](?:ll|re|ve)|anything\selse"
    r"|you\swill|i\swill|we\swill|please|thank\syou|don['’]?t|the\s\w+\swill\b)|(?:and|but)\s(?:i|we|you|he|she|it|they|that|this|then)\s|[^\w\s,]\s).*$",
    re.IGNORECASE | re.DOTALL,
)
_SUPERIOR = re.compile(r"\b(?:supervisor|manager|team lead(?:er)?|boss|senior|head of)\b", re.IGNORECASE)
_MINE = re.compile(
    r"^\W*(?:i\b|i['’]|im\b|ill\b|ive\b|my\s(?:call|text|mail|email)|will\b|let me|happy to)"
    r"|\b(?:from me|by me|i['’]ll|i will|i['’]m going)\b",
    re.IGNORECASE,
)
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
    return told_by_agent(_phrase(_bare(clause)))


def deed_asked(request: str) -> str:
    """The same of what a customer asks for, as said after "will you" or as a statement of it."""
    return told_by_customer(_phrase(_bare(request)))


def shape(clause: str) -> str:
    """Which kind of sentence tells the deed: "spoken" of "I will …", "present" of "the refund lands …"."""
    words = _bare(clause)
    return next((name for name, form in _SHAPES.items() if form.match(words)), "other")


def promiser(clause: str, speaker: Speaker) -> Promiser:
    """Who is to keep it: who speaks, someone set over them, or the company."""
    words = _bare(clause)
    another = _ASKED.match(words)
    if _MINE.search(words) and not another:
        return Promiser.SUPERVISOR if speaker is Speaker.SUPERVISOR else Promiser.AGENT
    return Promiser.SUPERVISOR if _SUPERIOR.search(clause) else Promiser.COMPANY


def _bare(clause: str) -> str:
    """The clause from its own beginning on, the words of speech written out."""
    words = _ONE_WORD.sub(lambda found: _RUN_TOGETHER[found[0].lower()], clause.strip(" ,.;:!–—-"))
    while (match := _LEAD_IN.match(words)) and match.end() < len(words):
        words = words[match.end() :]
    starts = [match.end() for match in _NEW_START.finditer(words)]
    words = _DOWN_FOR.sub("you'll have", words)
    return _AND_WILL.sub("I will ", words[starts[0] :] if starts else words)


def _phrase(words: str) -> str:
    if allowed := _ALLOWED.match(words):
        return _short(_allowed(allowed["who"], allowed["about"], allowed["deed"]))
    if asked := _ASKED.match(words):
        return _short(_have(asked["who"], asked["deed"]))
    if spoken := _SPOKEN.match(words) or _PLAIN.match(words):
        words = spoken["deed"]
        if another := re.match(
            r"(?:get|have|ask|tell)\s(?P<who>(?:my|our|the|a)\s\w+(?:\s\w+)?)\sto\s(?P<deed>.+)",
            words,
            re.DOTALL,
        ):
            words = f"have {another['who']} {another['deed']}"
    if doing := _DOING.match(words):
        return _short(f"{base_form(doing['verb'])}{doing['rest']}")
    if spoken:
        return _short(words)
    if (done := _DONE.match(words)) and (verb := of_participle(done["verb"])):
        return _short(f"{verb}{done['rest']}")
    if words.lower().startswith("expect ") and (
        awaited := re.match(r"expect\s(?P<who>.+?)\sto\s(?P<deed>.+)", words, re.IGNORECASE)
    ):
        return _short(by_another(awaited["who"], awaited["deed"]))
    if given := _GIVEN.match(words):
        return _short(_given(given["verb"].lower(), given["rest"]))
    return _short(_others(words))


def _others(words: str) -> str:
    """What somebody or something else is to do."""
    for form in (_HAS_BEEN, _OTHER, _PRESENT, _BEING, _SEVERAL):
        if match := form.match(words):
            found = match.groupdict()
            rest = found.get("deed") or of_third_person(found["verb"]) + found["rest"]
            return by_another(found["who"], f"be {rest}" if form in (_BEING, _HAS_BEEN) else rest)
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
