"""What a customer came for, as a short noun phrase from their own words ("parcel not delivered").

A telegram style that agents use in wrap-up notes: the clause that says it, without greetings, pronouns and
helping verbs. Knows text and the issue's probabilities; nothing of heat or stage.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coolhead.codebook import Issue
from coolhead.picture.heard import Heard
from coolhead.picture.quote import LONGEST, shortened
from coolhead.picture.sentence import sentences

LOOKED_AT = 4
"""Customer turns in which the reason of a contact is said."""

TELLS = 6
"""Words from which a turn says what the contact is about."""

FEWEST, MOST = 2, 9
"""Words of a phrase."""

READ = 400
"""Characters of a clause in which a phrase is looked for."""

LEAD = 8
"""Words kept before the telling ones when a long sentence is quoted."""

LATER = 0.75
"""What a customer turn further on costs."""

LEAST_WORTH = 1.0
"""What a clause must be worth to say more than the issue's plain name."""

PLAIN = {
    Issue.DELIVERY: "a delivery",
    Issue.WRONG_ITEM: "a wrong item",
    Issue.PRODUCT_DEFECT: "a faulty product",
    Issue.BILLING: "a charge",
    Issue.REFUND_RETURN: "a refund or return",
    Issue.OUTAGE: "a service that is down",
    Issue.ACCOUNT_ACCESS: "access to an account",
    Issue.BOOKING_CHANGE: "a booking",
    Issue.CANCELLATION: "a cancellation",
    Issue.TECHNICAL_HELP: "help to make something work",
    Issue.STAFF_CONDUCT: "how staff behaved",
    Issue.INFORMATION: "a question",
    Issue.OTHER: "another matter",
}
"""Each issue as it follows "contacted us about"."""

WORDS = {
    Issue.DELIVERY: "deliver* parcel package courier driver order ordered arriv* ship* track* came visit",
    Issue.WRONG_ITEM: "wrong sent instead ordered received box color colour size different missing",
    Issue.PRODUCT_DEFECT: "broke* fault* defect* stopped leak* crack* dead work* repair* burn* damag*",
    Issue.BILLING: "charg* bill* paid pay* fee invoice price debit twice money cost*",
    Issue.REFUND_RETURN: "refund* return* money voucher compensat* credit",
    Issue.OUTAGE: "down outage internet broadband power electric* signal heating water offline dead",
    Issue.ACCOUNT_ACCESS: "log* sign* password account locked access code verif* blocked",
    Issue.BOOKING_CHANGE: "book* appointment reserv* flight date resched* chang* move seat room",
    Issue.CANCELLATION: "cancel* end contract subscription leave membership",
    Issue.TECHNICAL_HELP: "set setting install* connect* work* error update* app printer screen phone",
    Issue.STAFF_CONDUCT: "rude* staff man woman driver technician said told shout* laugh* manager",
    Issue.INFORMATION: "know how when where which question wonder* ask* about",
    Issue.OTHER: "problem issue need want",
}
"""What customers say of each issue; only used to choose among their clauses."""

TELLING = {
    issue: re.compile(rf"\b(?:{words.replace('*', '[a-z]*').replace(' ', '|')})\b", re.IGNORECASE)
    for issue, words in WORDS.items()
}

_CLAUSE_END = re.compile(
    r"[,;:]\s+|\s[–—-]+\s|…|\.\.\."
    r"|(?<!\s)\s++(?=(?:but|bt|because|cause|cos|which|so|and (?:i|it|you|now|then|this|that))\b)",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"(\border)?\s*(?:id|no\.?|number|nr)?\s*[:#]*\s*#?\b[\w-]*\d{4,}[\w-]*\b", re.IGNORECASE
)
_OPENING = re.compile(
    r"^(?:(?:hi+|hello|hey|good (?:morning|afternoon|evening)|dear [\w. ]+|yes|yeah|yep|no|ok(?:ay)?|right"
    r"|well|so|um+|uh+|er+|and|but|because|look|listen|please|sorry|oh|ah|thanks?(?: you)?|basically|actually"
    r"|just|also|now|then|anyway|it['’]?s (?:just )?(?:that|about)|there|sir|ma['’]?am"
    r"|i (?:said|mean|think|guess|know)"
    r"|the thing is|@\w+)\b[\s,.!:]*)+",
    re.IGNORECASE,
)
_REASON = re.compile(
    r"^(?:(?:i(?:['’]m| am|['’]ve been| have been)? )?(?:just )?"
    r"(?:call|ring|phon|writ|contact|messag|email|chas|inquir|enquir)\w* (?:you |u |in )?"
    r"(?:about|because|regarding|concerning|with|for|as"
    r"|to (?:ask|say|report|complain|find out)(?: about| that| if| how| whether)?)"
    r"|(?:i )?(?:have|['’]ve|got|had|having)(?: got)? (?:a|an|some|this)? ?"
    r"(?:issue|problem|question|query|complaint)s? (?:with|about|regarding)"
    r"|(?:i(?:['’]m| am)? )?(?:need|want|would like|['’]d like|wanted|was hoping|trying|hoping)(?: some)? "
    r"(?:help (?:with|to)|to know (?:about |if |how |why )?|to ask (?:about |if )?|to)"
    r"|(?:can|could|would) (?:you|i) (?:please |kindly )?(?:tell me |help me (?:with |to )?|check |get )?"
    r"|about)\s*",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"^(?:i|we)(?:['’]?ve|['’]?m|['’]d|['’]re| have| had| am| was| were| are| got)?"
    r" (?:just |only |also |still |already |been )*",
    re.IGNORECASE,
)
_OWNER = re.compile(r"^(?:my|our|your|the|a|an|this|that|these|those|ur|me)\s+", re.IGNORECASE)
_HELPING = re.compile(
    r"\b(?:(?:has|have|is|are|was|were|had)(?: been)?|['’]s(?: been)?|been)\s+"
    r"(?=(?:\w+(?:ed|en|ing)|down|dead|late|wrong|missing|not|still)\b)",
    re.IGNORECASE,
)
_INSIDE = re.compile(r"\b(?:my|your|our|ur)\s+", re.IGNORECASE)
_EMPTY = re.compile(
    r"^(?:its?|each|really|like|not like|got|get|or|up|this|that|he|she|they|you|there|what|who|why|something"
    r"|anything|nothing|is|are|do|does|did)\b|^(?:\w+ ){0,2}order(?: id| no| number| is)?$",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"\s+(?:and|or|but|the|a|an|my|your|to|for|of|in|on|at|with|by|from|that|it|is|was|i|we|you|as|if|this|so"
    r"|please|now)$",
    re.IGNORECASE,
)


def likeliest(issue: Mapping[Issue, float]) -> Issue:
    """The issue with the highest probability; `other` when nothing was read."""
    return max(issue, key=lambda each: issue[each], default=Issue.OTHER)


def topic(heard: Sequence[Heard], issue: Issue) -> str:
    """The phrase; the issue's plain name when the customer's words give none."""
    found = _candidates(heard, issue)
    if found and found[0].worth > LEAST_WORTH:
        return found[0].phrase
    return PLAIN[issue].removeprefix("a ").removeprefix("an ")


def key_clause(heard: Sequence[Heard], issue: Issue) -> tuple[str, str]:
    """The customer's own words that say it best, and the id of their turn; `heard` has a customer's turn."""
    found = _candidates(heard, issue)
    if found and found[0].worth > LEAST_WORTH:
        return found[0].words, found[0].turn_id
    said = [each.turn for each in heard if each.turn.by_customer]
    first = next((turn for turn in said if len(turn.text.split()) >= TELLS), said[0])
    return max(sentences(first.text) or [first.text], key=len), first.id


@dataclass(frozen=True, slots=True)
class _Candidate:
    worth: float
    phrase: str
    words: str
    turn_id: str


def _candidates(heard: Sequence[Heard], issue: Issue) -> list[_Candidate]:
    """The phrases of the first customer turns, the worthiest first."""
    said = [each for each in heard if each.turn.by_customer][:LOOKED_AT]
    found = [
        _Candidate(
            _worth(phrase, clause, issue) - LATER * place + 0.5 * bool(each.reading.triggers),
            phrase,
            _quotable(sentence, clause, issue),
            each.turn.id,
        )
        for place, each in enumerate(said)
        for sentence in sentences(each.turn.text)
        for clause in clauses(sentence)
        if (phrase := telegram(clause))
    ]
    return sorted(found, key=lambda each: -each.worth)


def _quotable(sentence: str, clause: str, issue: Issue) -> str:
    """The sentence without its greeting; where it is long, from a little before the telling words on."""
    told = _OPENING.sub("", sentence)
    if len(told) <= LONGEST:
        return told
    from_clause = _OPENING.sub("", sentence[sentence.find(clause) :])
    hit = TELLING[issue].search(from_clause)
    before = from_clause[: hit.start()].split() if hit else []
    if len(before) <= LEAD:
        return from_clause
    return "… " + " ".join(from_clause.split()[len(before) - LEAD :])


def clauses(text: str) -> list[str]:
    """The clauses of a text, in order."""
    return [
        clause.strip()
        for sentence in sentences(text)
        for clause in _CLAUSE_END.split(sentence)
        if clause.strip()
    ]


def telegram(clause: str) -> str:
    """A clause as a short phrase; empty when nothing of substance is left."""
    words = _NUMBER.sub(r"\1", " ".join(clause[:READ].split()).strip(" .!?\"'“”"))
    words = _OPENING.sub("", words)
    words = _REASON.sub("", words)
    words = _OWNER.sub("", _SUBJECT.sub("", words))
    words = _INSIDE.sub("", _HELPING.sub(" ", words))
    words = " ".join(words.split()[:MOST])
    while _TAIL.search(words):
        words = _TAIL.sub("", words)
    if len(words.split()) < FEWEST or _EMPTY.match(words):
        return ""
    return _lowered(shortened(words, 70))


def _lowered(words: str) -> str:
    """A small first letter, but for abbreviations; nothing that is shouted."""
    if words.isupper():
        return words.lower()
    first = words.split(" ", 1)[0]
    return words if first.isupper() and len(first) > 1 else words[:1].lower() + words[1:]


def _worth(phrase: str, clause: str, issue: Issue) -> float:
    """How well a clause says what the contact is about."""
    hits = len(set(TELLING[issue].findall(phrase.lower())))
    length = len(phrase.split())
    return (
        2.0 * min(hits, 2)
        + (1.0 if _REASON.match(_OPENING.sub("", clause)) else 0.0)
        + (0.5 if length > FEWEST else 0.0)
        - (1.0 if clause.endswith("?") else 0.0)
        - (0.7 if re.search(r"\b(?:i|you|he|she|they|it|um|uh)\b", phrase, re.IGNORECASE) else 0.0)
        - (1.5 if re.search(r"\d{4,}|\bname\b|\bspeaking\b", clause) else 0.0)
        + 0.1
    )
