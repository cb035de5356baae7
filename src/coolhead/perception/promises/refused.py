"""Clauses that are no promise whatever they weigh: the codebook's rulings that grammar alone can tell."""

from __future__ import annotations

import re

from coolhead.perception.promises.clauses import Clause

_CONDITION = re.compile(
    r"""^\W*(?:(?:and|but|so|then|now|however)\W+)?
        (?:if|unless|in\ case|in\ the\ (?:unlikely\ )?event|should\ (?:you|the|it|any|they|we|there))\b""",
    re.VERBOSE | re.IGNORECASE,
)
_ASKS_LEAVE = re.compile(
    r"""^\W*(?:\w+\W+){0,3}?
        (?:let\ me|allow\ me|let['’]?s|shall\ (?:i|we)|can\ i|may\ i|would\ you\ like|do\ you\ want)\b""",
    re.VERBOSE | re.IGNORECASE,
)
_INVITES = re.compile(
    r"\b(?:happy|glad|delighted|pleased|here) to (?:help|assist|answer|look into|investigate)\b",
    re.IGNORECASE,
)
_HOPES = re.compile(
    r"\b(?:hopefully|with (?:any |a bit of )?luck|fingers crossed|i hope|i wish|we hope|ideally)\b",
    re.IGNORECASE,
)
_REFUSES = re.compile(
    r"""\b(?:can['’]?t|cannot|can\ not|couldn['’]?t|won['’]?t|unable\ to|not\ able\ to)\s
        (?:\w+\s)?(?:promise|guarantee|swear|say|commit|offer)\b(?!.*\b(?:will|shall|['’]ll)\b)""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_IN_DOUBT = re.compile(
    r"\b(?:can['’]?t\s(?:say|tell|see)|cannot\s(?:say|tell)|not\ssure|no\sidea|don['’]?t\sknow|couldn['’]?t\s(?:say|tell))\b",
    re.IGNORECASE,
)
_CUSTOMERS_PART = re.compile(
    r"^\W*(?:(?:and|but|so|then|if|now)\W+)*(?:you(?:['’]?ll|\s(?:will|just|only|do))?\s(?:need|have|got|ought)\sto\b"
    r"|you(?:['’]ve|\shave)(?:\sgot)?\s(?:until|till|to)\b"
    r"|(?:you|your\s(?:account|card))(?:['’]ll|\swill)\sbe\s(?:charged|billed|debited)\b)",
    re.IGNORECASE,
)
_TIMETABLE = re.compile(
    r"^\W*(?:(?:and|but|so|then)\W+)?(?:the|your|our|my|next|that|this)\s(?:[\w'’]+\s){0,2}?"
    r"(?:flight|train|bus|ferry|plane|coach|match|game|film|show|concert|class|sale|office|shop|store|branch)\s"
    r"(?:is\s(?:at|open|closed)|leaves|departs|lands|arrives|starts|opens|closes|ends|moves|gets)\b"
    r"|\b(?:is|are|['’]s)\s(?:still\s)?open\s(?:until|till|from|at)\b",
    re.IGNORECASE,
)
_REFUSES_FIRST = re.compile(
    r"^\W*(?:\w+\W+)?(?:i|we)\s(?:can['’]?t|cannot|couldn['’]?t) (?:promise|guarantee)\b"
    r"(?!.*(?:\bbut\b|,\s(?:i|we)\b))",
    re.IGNORECASE | re.DOTALL,
)


_ASKS_PATIENCE = re.compile(r"\W*(?:please\s|just\s)*give\s(?:me|us)\b", re.IGNORECASE)
"""Before what they promise for it ("Give me until four and I'll have the answer")."""


def is_no_promise(words: str, clause: Clause) -> bool:
    """True for what has the form of a promise and is none.

    A question ("Will Friday do?"), a condition ("If it fails, we will …"), "let me check", an offer of help
    ("happy to help"), a hope ("hopefully it will …"), a refusal ("I can't promise it will …"), a doubt,
    a timetable, what the customer is to do ("you'll need to …").
    """
    return bool(
        (clause.asked and clause.closes)
        or (_ASKS_PATIENCE.match(words) and not clause.closes)
        or _CONDITION.match(words)
        or _ASKS_LEAVE.match(words)
        or _INVITES.search(words)
        or _HOPES.search(words)
        or _IN_DOUBT.search(words)
        or _CUSTOMERS_PART.match(words)
        or _TIMETABLE.search(words)
        or _REFUSES.search(words)
        or _REFUSES_FIRST.match(words)
    )
