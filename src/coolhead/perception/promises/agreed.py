"""Tells an agent's plain agreement ("Yes, we can do that") from what only sounds like it."""

from __future__ import annotations

import re
from enum import IntEnum

from coolhead.perception.when import Kind, find_phrases

_ADV = r"(?:\s(?:certainly|definitely|surely|absolutely|of course|gladly|happily|personally|always))*"
_YES = re.compile(r"(?:yes|yeah|yep|yup|aye|ok|okay|ya)\b", re.IGNORECASE)
_GLADLY = re.compile(
    r"(?:of\scourse|certainly|absolutely|definitely|sure(?:\sthing)?|for\ssure|by\sall\smeans|gladly|with\spleasure"
    r"|no\s(?:problem|worries|trouble|bother|hassle)(?:\sat\sall)?|not\sa\sproblem|(?:i['’]d\sbe\s|i['’]m\s)?happy\sto(?:\sdo\sthat)?"
    r"|right\syou\sare|very\swell)\b",
    re.IGNORECASE,
)
_DOES_IT = (
    r"(?:\s(?:do\s(?:that|it|this|so|both)|make\s(?:sure(?:\sof\s(?:it|that)|\s(?:it|that)\s(?:is|does|happens))?|it"
    r"|that\shappen|it\shappen)|sort\s(?:that|it)|see\s(?:to\s(?:it|that)|you)|go(?:\sout|\soff)?|be\s(?:there|done|here|with\syou|ready)"
    r"|have\s(?:it|that|one)|ask\s(?:him|her|them)|get\s(?:it|that|them)|manage(?:\s(?:that|it))?|take\scare\sof\s(?:it|that)|arrange\s(?:that|it)"
    r"|speak|talk|come|happen|fix\sthat|have\sthat)"
    r"(?:\s(?:done|sorted|arranged|there|here|over|out|back|in|to|with|you|on|by|for|it))*)?"
)
_WILL = re.compile(
    r"(?:(?:i|we|they|it|that|he|she|you|someone|somebody|one|(?:the|our|my)\s\w+)"
    r"(?:['’]?ll|(?:\s(?:certainly|definitely|sure|absolutely|most\scertainly))?\s(?:will|can|shall))"
    rf"{_ADV}{_DOES_IT}|(?:and\s)?(?:it|that|they|he|she|somebody|someone)\s(?:will|is|are|can)(?:\sbe)?|i\s(?:am|do)|we\s(?:are|do)|(?:sure|certainly)\s(?:will|can)"
    r"|that['’]?s\s(?:a\spromise|agreed|a\sdeal|settled|fine\sby\sus)|(?:(?:that|it)['’]?s\s|is\s)?(?:fine|good|great|perfect|okay|ok|no\sproblem)\s(?:by|with|for)\s(?:us|me)|on\sit|i(?:['’]ve)?\s(?:put|got)\syou\s(?:in|down)"
    r"|i\spromise(?:\syou)?(?:\sthat)?"
    r"|(?:will|can)\sdo|consider\s(?:it|that)\s(?:done|sorted|arranged)|(?:it['’]?s\s)?(?:a\s)?done(?:\sdeal)?"
    r"|(?:it['’]?s\s)?(?:a\s)?deal|agreed|sorted|you(?:\shave|['’]?ve\sgot|['’]?ve)\smy\s(?:word|promise)"
    r"|my\sword(?:\son\sit)?|you(?:['’]?ve)?\sgot\sit|you\sbet|(?:that|it)\sworks(?:\sfor\s(?:me|us))?|leave\s(?:it|that)\s(?:with|to)\sme"
    r"|(?:you\scan\s)?count\son\s(?:it|me|us|that)|see\syou(?:\sthen)?|(?:speak|talk)(?:\sto\syou)?(?:\sthen)?"
    r"|i['’]?ll\sbe\s(?:there|ringing|calling)|will|booked(?:\sin)?|all\s(?:set|booked|booked\sin)|(?:i['’]?ve\s)?(?:changed|moved)\sit"
    r"|you['’]?re\s(?:all\s)?(?:booked(?:\sin)?|set|in|down\sfor\sit))\b",
    re.IGNORECASE,
)
_AROUND = re.compile(
    r"(?:then|for\syou|sir|madam|ma['’]?am|mate|love|dear|indeed|too|right|fine|alright|all\sright|perfect|great|lovely"
    r"|good|thanks|thank\syou|oh|well|and|so|please|it\sis|is\sthat|that|now|there|that['’]?s\syou(?:\sin)?|either\sway|(?:mr|mrs|ms|miss|dr|mx)\.?\s[\w'’-]+"
    r"|(?-i:[A-Z][\w'’-]+))(?!['’\w])",
    re.IGNORECASE,
)
_TAKES_BACK = re.compile(
    r"\b(?:but|however|unfortunately|afraid|can['’]?t|cannot|unable|try|tries|might|may|maybe|perhaps|possibl[ey]"
    r"|depends|i['’]d\s(?:have|like|need)|we['’]d\s(?:have|like|need)|hope|see\s(?:what|if|whether)|check|ask\s(?:if|whether|around)"
    r"|let\sme|before\sthat|(?:fully\s)?booked\sup|(?:is|are)\sfull\b|not\ssure|won['’]?t|not(?!\sa\s(?:problem|worry))|no\slonger|should|sold\sout"
    r"|sorry,?\s(?:they|we|i|that|it|there|no))\b",
    re.IGNORECASE,
)


class Assent(IntEnum):
    """How a clause says yes."""

    NONE = 0
    YES = 1
    GLADLY = 2
    WILL = 3


def assent(words: str) -> Assent:
    """What the clause agrees by, when it does nothing but agree: "Yes we will, Mr Dale"."""
    rest = words.strip(" ,.;:!–—-")
    for phrase in reversed(find_phrases(rest)):
        if phrase.kind in (Kind.TIME, Kind.NOW):
            rest = f"{rest[: phrase.start]} {rest[phrase.end :]}"
    found = Assent.WILL if not rest.strip() and words.strip() else Assent.NONE
    place = 0
    rest = rest.strip(" ,")
    while place < len(rest):
        for kind, form in (
            (Assent.WILL, _WILL),
            (Assent.GLADLY, _GLADLY),
            (Assent.YES, _YES),
            (Assent.NONE, _AROUND),
        ):
            if match := form.match(rest, place):
                found = max(found, kind)
                break
        if match is None or match.end() == place:
            return Assent.NONE
        place = match.end() + len(rest[match.end() :]) - len(rest[match.end() :].lstrip(" ,.;!–—-"))
    return found


def takes_back(words: str) -> bool:
    """True when an agreement comes with a doubt or a refusal ("Yes, but…", "I'll see what I can do")."""
    return bool(_TAKES_BACK.search(words))
