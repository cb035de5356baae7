"""Keeps an answer in kind: asked for an e-mail address, nobody gives a phone number and leaves it at that."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coolhead.practice.replying.fitting import ASKS_COUNT, COUNT
from coolhead.practice.stock import stock
from coolhead.practice.topic import Topic


@dataclass(frozen=True, slots=True)
class _Kind:
    """What a question of a topic asks for in particular.

    Attributes:
        asks: found in the question.
        holds: found in an answer of the kind.
        instead: topic or entry of stock that is said where no answer is of the kind; empty for any answer.
    """

    topics: frozenset[Topic]
    asks: re.Pattern[str]
    holds: re.Pattern[str]
    instead: str = ""


def _kind(topics: tuple[Topic, ...], asks: str, holds: str, instead: str = "") -> _Kind:
    return _Kind(
        frozenset(topics), re.compile(asks, re.IGNORECASE), re.compile(holds, re.IGNORECASE), instead
    )


_KINDS = (
    _kind(
        (Topic.CONTACT,),
        r"\b(?:rather|prefer)\b|\bbest (?:way|to reach)\b"
        r"|\bor\b.*\b(?:e-?mail|phone|call|ring|text|post|letter)",
        r"\b(?:rather|prefer|sooner|best|better|quick\w*|fast\w*|eas\w+|please|not (?:by|the) \w+"
        r"|(?:phone|call|ring|text|write to|e-?mail) me)\b",
        "kind_way",
    ),
    _kind((Topic.CONTACT,), r"\be-?mail(?:s|ed)?\b(?!.* or )", r"mail|@|\bpost\b", "kind_email"),
    _kind((Topic.CONTACT,), r"\bnumber\b|\b(?:tele)?phones?\b|\bmobile\b", r"\d{3}|\bnumber\b", "kind_phone"),
    _kind(
        (Topic.ADDRESS,),
        r"\b(?:post ?code|zip)",
        r"post ?code|\b[A-Z]{1,2}\d[\dA-Z]? ?\d[A-Z]{2}\b|\b\d{5}\b",
        "kind_postcode",
    ),
    _kind((Topic.IDENTITY,), r"\b(?:birth\w*|born|dob)\b", r"\b(?:19|20)\d\d\b|\b\d\d\.\d\d", "kind_birth"),
    _kind(
        (Topic.OFTEN,),
        r"\bhow many (?:different )?(?:people|persons|of us|colleagues|agents)\b",
        r"\b(?:people|persons|different|of you|of them|each one)\b",
        "form_many",
    ),
    _kind((Topic.OFTEN,), ASKS_COUNT.pattern, COUNT.pattern, "form_many"),
    _kind(
        (Topic.AVAILABLE, Topic.CONTACT),
        r"\bwhen\b|\b(?:time|moment|days?|hours)\b",
        r"\b(?:any ?time|always|all day|whenever|mornings?|afternoons?|evenings?|noon|nights?|today|tonight"
        r"|tomorrow|week\w*|\w+days?|after|before|until|till|between|o'clock|hours?|shift)\b",
        "kind_when",
    ),
    _kind(
        (Topic.TOLD,),
        r"\btold (?:that )?(?:it|this|they|we|somebody|someone) (?:would|will|was going to)\b",
        r"\b(?:promis\w*|would|going to)\b",
        Topic.PROMISED,
    ),
    _kind(
        (Topic.WHO, Topic.TOLD),
        r"\bwhom?\b|\bnames?\b|\bwhich (?:one|colleague|person|of|member|agent|department)\b",
        r"\b(?:lady|woman|man|lad|fellow|gentleman|girl|boy|colleague|young|manager|engineer|driver|doctor"
        r"|nurse|officer|name|nobody|somebody|someone|one of|desk|hotline|team|voice|machine|chat|called"
        r"|mr|mrs|ms)\b|(?-i:(?<=[a-z,;] )(?!I\b)[A-Z][a-z]+)",
        Topic.WHO,
    ),
    _kind(
        (Topic.EVIDENCE,),
        r"\b(?:receipts?|confirmations?|invoices?|proof of purchase)\b",
        r"\b(?:receipts?|confirm\w*|nothing|papers?|bills?|invoices?|certificates?|letters?"
        r"|statements?|documents?|report|slip|bookings?|tickets?)\b",
        Topic.EVIDENCE,
    ),
    _kind(
        (Topic.EVIDENCE,),
        r"\b(?:photo\w*|pictures?|videos?|screen ?shots?|snaps?)\b",
        r"\b(?:photo\w*|pictures?|videos?|screen ?shots?|nothing|papers?|bills?|certificates?|letters?"
        r"|e-?mails?|proof|statements?|documents?|report|slip|label)\b",
        Topic.EVIDENCE,
    ),
    _kind(
        (Topic.DATE,),
        r"\blast\b.*\b(?:heard?|sp[eo]a?ke?|contact\w*|touch|call\w*|r[iau]ng|wr[io]te|got?|get|receive\w*)\b",
        r"\b(?:last (?:day|time|i|we|message|letter|thing)|spoke|heard|rang|wrote|called|touch)\b",
    ),
    _kind(
        (Topic.DATE,),
        r"^(?!.*\b(?:last|latest|again|first|contact\w*|sp[eo]\w*|call\w*|rang|ring|wr[io]t\w*|hea?r\w*|touch"
        r"|sign\w*|book\w*|order\w*|b[ou]\w*ght?|join\w*)\b)",
        r"^(?!.*\b(?:last|signed|sign-up|in touch)\b)|\b(?:happened|began|begun|started|went wrong)\b",
    ),
    _kind(
        (Topic.DATE,),
        r"\bfirst\b.*\b(?:touch|contact\w*|r[iau]ng|call\w*|wr[io]te|report\w*|sp[eo]a?ke?|complain\w*)\b",
        r"\bfirst\b",
    ),
    _kind(
        (Topic.WITNESS,),
        r"\b(?:any|some)(?:one|body)\b|\bwho\b|\bothers?\b",
        r"\b(?:neighbours?|wife|husband|colleagues?|lady|man|woman|daughter|son|mother"
        r"|friend|caretaker|people|everybody|porter|driver|couple|guests?|saw)\b",
    ),
    _kind(
        (Topic.COSTS,),
        r"\b(?:off work|day off|days off|time off|work|leave|earn\w*|shifts?)\b",
        r"\b(?:work\w*|days? off|leave|shifts?|hours|earn\w*|jobs?|orders?)\b",
        "form_have",
    ),
    _kind(
        (Topic.PROMISED, Topic.COMPENSATION),
        r"\b(?:had|got|received?|given|paid|seen)\b.*\b(?:money|refund|payment|cent|penny)\b",
        r"\b(?:refund\w*|paid|money|cents?|penny|pay)\b",
        "form_have",
    ),
    _kind(
        (Topic.TRIED, Topic.TOLD),
        r"\b(?:ombudsman|lawyer|solicitor|regulator|press|union|outside|police)\b",
        r"\b(?:ombudsman|lawyer|solicitor|regulator|press|union|court|police|nobody else)\b",
        "form_have",
    ),
    _kind(
        (Topic.EVIDENCE, Topic.NOTICE),
        r"\b(?:letters?|messages?|texts?)\b|\bfrom us\b",
        r"\b(?:letters?|messages?|e-?mails?|mails?|texts?|sms|notes?|wrote|not a word|nothing|bills?|slip"
        r"|screen ?shots?|questionnaire|confirmations?)\b",
        Topic.NOTICE,
    ),
    _kind(
        (Topic.PROMISED,),
        r"\b(?:answer|repl(?:y|ied)|response|respond\w*"
        r"|(?:c[ao]me|g[eo]t|call\w*|r[ia]ng|heard?) (?:\w+ )?back)\b",
        r"\b(?:answer\w*|repl(?:y|ied|ies)|call\w*|r[ia]ng|c[ao]me back|g[eo]t back|heard?|word|letter)\b",
    ),
    _kind(
        (Topic.HOUSEHOLD,),
        r"\b(?:affect|concern|involv|suffer|hit|depend|else|only|just)\w*",
        r"\b(?:alone|only|just|we|us|both|family|children|kids|neighbours?|nobody|everybody|all of"
        r"|my \w+ and)\b",
    ),
)


def in_kind(
    question: str, topic: Topic, lines: Sequence[str], answers: Mapping[Topic, tuple[str, ...]]
) -> tuple[str, ...]:
    """Those of `lines` that are of the kind asked for; where none is, what is said instead.

    Args:
        question: what was asked.
        topic: what it is about.
        lines: the wordings of the answer at hand.
        answers: the scenario's further answers.
    """
    kind = next((each for each in _KINDS if topic in each.topics and each.asks.search(question)), None)
    if kind is None:
        return tuple(lines)
    held = tuple(each for each in lines if kind.holds.search(each))
    others = tuple(each for each in answers.get(topic, ()) if kind.holds.search(each))
    return held or others or _instead(kind, answers) or tuple(lines)


def _instead(kind: _Kind, answers: Mapping[Topic, tuple[str, ...]]) -> tuple[str, ...]:
    own = next((lines for topic, lines in answers.items() if topic == kind.instead), ())
    return own or stock().get(kind.instead, ())
