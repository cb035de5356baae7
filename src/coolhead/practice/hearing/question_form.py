"""The form of a question, for an answer that fits it where nothing else is known; knows no scenario."""

from __future__ import annotations

import re

from coolhead.practice.hearing.form import RIGHT_IN, TAG, TAG_UNMARKED

WHEREABOUTS = re.compile(
    r"\bwhere(?:abouts)? (?:exactly )?are you(?: (?:calling|ringing|speaking|talking"
    r"|writing))?(?: from)?(?: right)?"
    r"(?: now| at the moment| at present| currently| just now)?\W*$",
    re.IGNORECASE,
)
"""Asks where they are, which changes, and not where something was."""

FAULT = re.compile(
    r"\b(?:anything|something|what|which (?:part|bit)|where) (?:that )?(?:(?:have|did|do) )?(?:i've"
    r"|i have|i|we|we've)"
    r" (?:\w+ )?(?:got|get|have|had|said|say|put|go|gone|went) (?:it |that |this )?wrong"
    r"|\b(?:get|got|put|understood|understand|have|had|said|say) (?:anything|something|any of (?:it|that"
    r"|this))"
    r" wrong(?:ly)?\b|\b(?:have|has|had|did|am|do) i (?:\w+ )?misunderst\w+|\bi(?:'ve| have| may have"
    r"| might have)?"
    r" misunderst\w+|wrong end of the stick|\b(?:anything|something) (?:wrong|not right|incorrect"
    r"|off) (?:in|with|about)"
    r" what i\b|\b(?:anything|something) in my \w+ (?:wrong|incorrect|missing|not right)\b"
    r"|\bam i (?:wrong|mistaken)\b",
    re.IGNORECASE,
)
"""Asks what is wrong in what was said back."""

FOUND_OUT = re.compile(
    r"\bhow (?:did|do|have) you (?:first |actually |even )?(?:find out|found out|notice|noticed|realise"
    r"|realize|learn|hear|heard|discover|come to know|get to know|become aware)\b(?! (?:from|back))"
    r"|\bhow did (?:it|this|that) come to your (?:attention|notice|knowledge)\b|\bfirst sign\b"
    r"|\bwhat (?:were you (?:doing|trying to do) when|(?:first )?tipped you off)\b",
    re.IGNORECASE,
)
"""Asks how it came to their knowledge."""

ORDER = re.compile(
    r"\b(?:came|come|happened|happen|changed|was it|which was|what was|went wrong|broke|failed) first\b"
    r"(?! (?:time|one|day|call|visit))"
    r"|\bin (?:what|which) order\b",
    re.IGNORECASE,
)
"""Asks which of two things came before the other."""

APART = re.compile(
    r"\b(?:apart from|aside from|other than|besides) (?:this|that|it|all this)\b.*\b(?:everything"
    r"|happy|satisfied|all right|fine|well|order|content|ok|okay|good)\b"
    r"|\b(?:everything|all) (?:else )?(?:fine|well|in order|all right|okay|ok)"
    r" (?:otherwise|apart from (?:this|that))\b|\botherwise (?:happy|satisfied|content)\b",
    re.IGNORECASE,
)
"""Asks about all but the matter."""

GENERAL = (FAULT, WHEREABOUTS, FOUND_OUT, APART)
"""Questions that no fact answers, whatever words they hold."""

_CONFIRMS = "|".join(each.pattern for each in (TAG, TAG_UNMARKED, RIGHT_IN))
_DENIES = (
    r"^(?=.*(?:n't\b(?! (?:it|you|they|he|she|we|i|that|this|there)\b)|\b(?:not|never|nobody|no one|nothing"
    r"|none|no)\b(?!\W*$))).*"
)

_FORMS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (form, re.compile(words, re.IGNORECASE))
    for form, words in (
        ("form_fault", FAULT.pattern),
        ("form_found_out", FOUND_OUT.pattern),
        ("form_apart", APART.pattern),
        ("form_tag_not", rf"{_DENIES}(?:{_CONFIRMS})"),
        ("form_tag", _CONFIRMS),
        ("form_where_you", WHEREABOUTS.pattern),
        (
            "form_either",
            r"^(?!.*\bor (?:so|not|anything|something|whatever|other)\b|.*\bany \w+ or\b).*\bor\b",
        ),
        ("form_long", r"\bhow (?:long|soon|far)\b"),
        ("form_many", r"\bhow (?:many|much|often|big|high)\b"),
        ("form_when", r"\bwhen\b|\bwhat (?:time|day|date)\b"),
        ("form_where", r"\bwhere\b"),
        ("form_who", r"\bwho(?:m|se)?\b"),
        ("form_why", r"\bwhy\b|\bhow come\b"),
        ("form_how", r"\bhow\b"),
        ("form_what", r"\bwhat|\bwhich"),
        ("form_can", r"\b(?:can|could|would|will) you\b"),
        (
            "form_have",
            r"\b(?:have|had) you (?:still |already |ever )?"
            r"(?:got|kept|saved|taken|written|sent|made|had|received)\b"
            r"|\b(?:do|did) you (?:still |also |happen to |by any chance )*"
            r"(?:have|keep|save|take|get|make|receive|write|record)\b",
        ),
    )
)


def form_of(question: str) -> str:
    """The form of a question that nothing else tells of, by the word that it turns on."""
    return next((form for form, words in _FORMS if words.search(question)), "form_yes_no")
