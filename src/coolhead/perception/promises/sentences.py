"""The forms of sentence in which promises are made; knows no scores, no clock and no meaning."""

from __future__ import annotations

import re

from coolhead.perception.promises.verbs import ACTS

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
      | (?:i|we)(?:['’]m|['’]re|\ am|\ are)\ (?:confident|sure|certain|positive)\b[\s,:]*(?:that\b)?[\s,:]*
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
SPOKEN = re.compile(rf"^(?:i|we){_AUX}{_SOFT}\s+(?P<deed>.+)$", re.IGNORECASE | re.DOTALL)
DOING = re.compile(
    r"^(?:(?:i|we)(?:['’]m|['’]re|\sam|\sare)|be)(?:\s(?:also|now|just|already|\w+ly))*"
    r"\s+(?P<verb>\w+?)ing\b(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
DONE = re.compile(
    r"^(?:i|we)(?:['’]ve|\shave)(?:\s(?:also|just|already|now))*\s(?P<verb>\w+)\b(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
PLAIN = re.compile(rf"^(?:i|we)\s(?P<deed>(?:{ACTS})\b.*)$", re.IGNORECASE | re.DOTALL)
ASKED = re.compile(
    r"^(?:i|we)(?:['’]ve|\shave|['’]m|['’]re|\sam|\sare)?(?:\s(?:also|just|already|now|personally))*\s"
    r"(?:asked|asking|told|telling|got|getting|arranged\sfor|arranging\sfor|instructed|requested(?:\sthat)?)\s"
    rf"(?P<who>.{{1,40}}?)\s(?:to\s)?(?P<deed>(?:{ACTS}|\w+ing)\b.*)$",
    re.IGNORECASE | re.DOTALL,
)
GIVEN = re.compile(
    rf"^(?:you(?:{_AUX}{_SOFT}|\s(?:can|should|may))?\s+(?:be\s+)?|you(?:['’]re|\sare)\s"
    r"|(?:please\s)?(?=(?:expect|count on)\b))"
    r"(?P<verb>receiv\w*|get(?:ting)?|have|having|see|hear(?:ing)?|find|expect|count on)\b(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
ALLOWED = re.compile(
    r"^(?:please\s)?(?:allow|give)(?:\s(?P<who>us|me|our team|them|the team))?(?:\sup)?"
    r"(?:\s(?P<about>for\s.+?))?\s(?:to|for|and\s(?:i|we)(?:['’]ll|\swill))\s(?P<deed>.+)$",
    re.IGNORECASE | re.DOTALL,
)
COMMAND = re.compile(rf"^(?:\w+ly\s)?(?:{ACTS})\b(?!['’])", re.IGNORECASE)
OTHER = re.compile(
    rf"^(?P<who>.{{1,60}}?)(?:{_AUX}|\s(?:has|needs)\sto){_SOFT}\s+(?P<deed>.+)$", re.IGNORECASE | re.DOTALL
)
HAS_BEEN = re.compile(
    r"^(?P<who>(?:(?!\b(?:will|shall|is|are|should|when|once|as)\b"
    r"|['’]ll).){1,60}?)\s(?:has|have)\sbeen\s(?P<deed>.+)$",
    re.IGNORECASE | re.DOTALL,
)
BEING = re.compile(
    r"^(?P<who>(?:(?!\b(?:is|are|as|when|if|that|which)\b).){1,40}?)(?:['’]s|['’]re|\sis|\sare)\s+(?P<deed>.+)$",
    re.IGNORECASE | re.DOTALL,
)
PRESENT = re.compile(
    r"^(?P<who>(?:he|she|it|(?:the|a|an|my|our|your|this|that|one|two|three|both|someone|somebody|[£$€₹]\S+|\w+\s(?:pounds|dollars|euros|quid)"
    r"|(?-i:[A-Z]\w+))(?:\s(?!who\b|which\b)[\w'’]+){0,3}?))"
    r"\s(?P<verb>(?:comes|goes|lands|ships|leaves|arrives|starts|moves|reaches|gets|gets\sback|clears|opens"
    rf"|carries|fetches|(?:{ACTS})(?:e?s)))\b(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
SEVERAL = re.compile(
    rf"^(?P<who>they|[\w'’]+(?:\s[\w'’]+){{0,3}}?s)\s(?P<deed>(?:go|come|land|arrive|ship|leave|{ACTS})\b.*)$",
    re.IGNORECASE | re.DOTALL,
)
_SHAPES = {
    "allowed": ALLOWED, "asked": ASKED, "spoken": SPOKEN, "doing": DOING, "plain": PLAIN,
    "given": GIVEN,
    "future": OTHER,
    "present": PRESENT, "being": BEING, "several": SEVERAL,
}  # fmt: skip


def bare(clause: str) -> str:
    """The clause from its own beginning on, the words of speech written out."""
    words = " ".join(clause.split()).strip(" ,.;:!–—-")
    words = _ONE_WORD.sub(lambda found: _RUN_TOGETHER[found[0].lower()], words)
    while (match := _LEAD_IN.match(words)) and match.end() < len(words):
        words = words[match.end() :]
    starts = [match.end() for match in _NEW_START.finditer(words)]
    words = _DOWN_FOR.sub("you'll have", words[starts[0] :] if starts else words)
    return _AND_WILL.sub("I will ", words)


def shape(clause: str) -> str:
    """Which kind of sentence tells the deed: "spoken" of "I will …", "present" of "the refund lands …"."""
    words = bare(clause)
    return next((name for name, form in _SHAPES.items() if form.match(words)), "other")
