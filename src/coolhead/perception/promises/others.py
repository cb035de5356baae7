"""Words a promise about somebody or something else as a deed of the company's.

"The card arrives" is "deliver the card", "Dana will ring you" is "have Dana ring you". Knows grammar, and
what people, money and parcels do.
"""

from __future__ import annotations

import re

from coolhead.perception.promises.persons import as_object
from coolhead.perception.promises.verbs import base_form, of_participle

_PERSON = re.compile(
    r"\b(?:he|she|they|someone|somebody|one of|engineers?|technicians?|drivers?|couriers?|crews?|plumbers?"
    r"|surveyors?|teams?|m[ae]n|nurses?|colleagues?|managers?|supervisors?|vans?|adviser|advisor|agents?|fitters?"
    r"|installers?|electricians?|locksmiths?|specialists?|doctor|officer|inspector|cleaners?|mechanics?|rider"
    r"|ambulance|people|carers?|porter|taxi|cab|truck|lads?|tuner|roofers?|glaziers?|decorators?|gardeners?|carpenters?|joiners?|builders?|painters?|guard)\b",
    re.IGNORECASE,
)
_MONEY = re.compile(
    r"[£$€₹₱]|\b(?:refunds?|money|payments?|credits?|pounds?|dollars?|amount|compensation|deposit|sum"
    r"|cash|balance|reimbursement|cashback|quid|funds?)\b",
    re.IGNORECASE,
)
_MESSAGE = re.compile(
    r"\b(?:e-?mails?|sms|texts?|letters?|links?|codes?|confirmation|notification|updates?|labels?|messages?"
    r"|reply|answer|reports?|photos?|copy|form|invoice|receipt|reference|statement|drawings)\b",
    re.IGNORECASE,
)
_THING = re.compile(r"^(?:it|this|that|they|these|those|everything|both)$", re.IGNORECASE)
_ARRIVES = re.compile(
    r"^(?:(?:be|come|go|get|land|arrive|reach|ship|show|appear|hit|drop|leave|head|make)\b"
    r"(?:\s(?:back(?!\sto\syou)|out|up|off|over|across|through|round|along|down|it)\b)?)\s*(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_ACTS_ON = re.compile(
    r"(?:get back to|(?:get|make|come|go|drop|show|leave|reach|hit|ship|head)\s(?!to you|you\b"
    r"|back|there|here|out|up|off|your|on\b|$))"
    r"|reach out|come (?:up )?with|go (?:through|over)|come back to|drop you|show you|leave you|show up",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"^(?:back\s|right\s|already\s|waiting\s)*(?:with|at|in|on|to|into|onto|there|here|out|round|over|by|home|from"
    r"|here|through|your|you|en route|underway|up and running)\b",
    re.IGNORECASE,
)
_TO_YOU = re.compile(r"^(?:back\s)?(?:with|to|by|at)?\s?you\b\s*", re.IGNORECASE)
_ADVERB = re.compile(r"^(?:(?:also|then|now|all|both|fully|being|still|just|only|\w+ly)\s)+", re.IGNORECASE)
_AND_DONE = re.compile(r"\band (?P<verb>\w+ed|sent|paid|put)\b")
_APART = re.compile(r"^(?:into|after|with|to|for|up on)\b", re.IGNORECASE)
_BY = re.compile(
    r"^by (?P<doer>(?:our|the|an?|my|one of our|someone)\s?(?:[a-z]+\s?){0,3}(?<=\w))(?P<rest>.*)$",
    re.IGNORECASE,
)


def by_another(subject: str, predicate: str) -> str:
    """What the company does so that the subject does or is what the predicate says.

    Args:
        subject: as it stands before its verb ("they", "your refund").
        predicate: with its verb in base form ("be with you", "ring you", "be processed").
    """
    who = _who(subject)
    if predicate.startswith("not be "):
        return f"not {by_another(subject, predicate[4:])}"
    if about := re.match(r"be (?P<rest>.*)$", predicate, re.IGNORECASE | re.DOTALL):
        return _being(subject, who, _ADVERB.sub("", about["rest"].strip()))
    if (got := re.match(r"get\s(?P<verb>\w+)\b\s?(?P<rest>.*)$", predicate, re.DOTALL)) and (
        verb := of_participle(got["verb"])
    ):
        return _active(verb, who, got["rest"])
    arrives = _ARRIVES.match(predicate)
    if arrives and not _ACTS_ON.match(predicate):
        return _arrival(subject, who, predicate, arrives["rest"])
    return _acting(who, predicate)


def _acting(who: str, predicate: str) -> str:
    if predicate.startswith("not "):
        return f"not have {who} {predicate[4:]}"
    if who == "you":
        return f"make sure you can {predicate.removeprefix('be able to ').removeprefix('able to ')}"
    if who == "there":
        return f"have {predicate}"
    return f"have {who} {predicate}"


def _who(subject: str) -> str:
    """The subject as an object: "the driver" of "Our driver", "them" of "they"."""
    subject = re.sub(r"^(?:my|our)\b", "the", subject.strip(" ,"), flags=re.IGNORECASE)
    if re.match(
        r"(?:The|Your|Someone|Somebody|An?|This|That|It|They|He|She|These|Those|One|Two|Three"
        r"|You|There|Both|All|New|Full|Another|Every|Each|His|Her|Their|No|Any|Some|Its)\b",
        subject,
    ):
        subject = subject[0].lower() + subject[1:]
    return as_object(subject)


def _being(subject: str, who: str, rest: str) -> str:
    if rest.startswith("not "):
        return f"not {_being(subject, who, rest[4:])}"
    if rest.startswith("able to "):
        return _acting(who, rest)
    words = rest.split(maxsplit=1)
    if not words:
        return f"have {who}"
    after = words[1] if len(words) > 1 else ""
    if words[0].endswith("ing") and words[0] not in ("nothing", "something", "anything", "evening"):
        return by_another(subject, f"{base_form(words[0][:-3])} {after}".strip())
    if verb := of_participle(words[0].strip(",")):
        return _active(verb, who, after)
    if re.match(r"on (?:its|his|her|their|the) way\b", rest):
        rest = re.sub(r"^on \w+ way\b\s*", "", rest)
        return _arrival(subject, who, "come", rest)
    if _PLACE.match(rest):
        return _arrival(subject, who, "be", rest)
    if who == "there":
        return f"have {rest}"
    return f"make sure you are {rest}" if who == "you" else f"have {who} {rest}"


def _active(verb: str, who: str, after: str) -> str:
    """Turns "the case will be looked into" round: "look into the case"."""
    if doer := _BY.match(after):
        return f"have {doer['doer']} {verb} {who} {doer['rest']}".strip()
    apart = _APART.match(after)
    if apart and verb in ("look", "deal", "see", "follow", "attend", "take"):
        return f"{verb} {apart[0]} {who}{after[apart.end() :]}"
    if after.startswith("care of"):
        return f"{verb} care of {who}{after[7:]}"
    return f"{verb} {who} {_AND_DONE.sub(_base, after)}".strip()


def _base(also: re.Match[str]) -> str:
    return f"and {of_participle(also['verb']) or also['verb']}"


def _arrival(subject: str, who: str, verb: str, rest: str) -> str:
    to_you = _TO_YOU.match(rest)
    if verb.startswith(("reach", "hit")) and not to_you:
        rest = f"to {rest}"
    beyond = rest[to_you.end() :] if to_you else rest
    if who == "there":
        return f"have {rest}"
    if _PERSON.search(subject) and not (who == "them" and verb == "be" and not to_you):
        if to_you or verb != "be" or re.match(r"(?:out|round|over)\b", rest):
            return f"send {who} {beyond}".strip()
        return f"have {who} {rest}".strip()
    if _THING.match(subject.strip()):
        if to_you:
            return f"get {who} to you {beyond}".strip()
        if verb.startswith(("reach", "hit")):
            return f"get {who} {rest}"
        return (
            f"deliver {who} {rest}".strip()
            if verb.startswith(("arriv", "land", "come"))
            else f"have {who} {rest}"
        )
    if _MONEY.search(subject) and not _MESSAGE.search(subject.split()[-1]):
        return f"pay {who} {_into(beyond)}".strip()
    return f"{'send' if _MESSAGE.search(subject) else 'deliver'} {who} {beyond}".strip()


def _into(rest: str) -> str:
    return re.sub(r"^(?:back )?(in|on)\b(?= (?:your|the)\b)", r"\1to", rest)
