"""What recognisers of speech write for fillers, stumbles and words that sound alike. Data only."""

from __future__ import annotations

import re

_NUMBERS = "zero|oh|one|two|three|four|five|six|seven|eight|nine|ten|double|hundred|thousand"
_UNIT = "one|two|three|four|five|six|seven|eight|nine"
_DAY = r"(?:to(?:day|morrow|night)|(?:mon|tues|wednes|thurs|fri|satur|sun)day|noon|midnight|close|lunch\w*)"
_MONTH = (
    "(?:january|february|march|april|may|june|july|august|september|october|november|december"
    "|business|play|trading)"
)


def _after(words: str) -> str:
    """What stands behind one of the words; each has a length of its own."""
    return "(?:" + "|".join(rf"(?<=\b{word} )" for word in words.split()) + ")"


_TIMES = _after(
    "at by before after past till until between today tomorrow tonight monday tuesday wednesday thursday"
    " friday saturday sunday"
)
MISHEARD: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\b(?:u+m+|u+h+|e+rm?|h+m+)\b,?\s*(?=\w)", re.IGNORECASE), ""),
    (re.compile(rf"\b(?!(?:{_NUMBERS}|that|had|bye|no|very|so)\b)([^\W\d_]+)\s+(?=\1\b)", re.IGNORECASE), ""),
    (
        re.compile(
            r"(?<!let )(?<!do )(?<!did )(?<!if )(?<!once )(?<!when )\b(?:you know|i mean)\s"
            r"(?!what|how|that|when|the|if|where|who|about|by|as|to|it|this|which|why)",
            re.IGNORECASE,
        ),
        "",
    ),
    (
        re.compile(
            r"(?:(?<=\bill )|(?<=['’]ll )|(?<=\bwill )|(?<=\byoull )|(?<=\btheyll )|(?<=\bto )|(?<=\bby )"
            r"|(?<=\bwithin ))"
            r"(?:like|so)\s(?=\w+\s)(?!to\b)",
            re.IGNORECASE,
        ),
        "",
    ),
    (
        re.compile(
            rf"{_TIMES}(?:like|so)\s(?=(?:{_NUMBERS}|\d+|eleven|twelve|half|noon|midday|morning|afternoon"
            r"|evening|night|lunch\w*)\b)",
            re.IGNORECASE,
        ),
        "",
    ),
    (
        re.compile(
            rf"{_after(_UNIT.replace('|', ' '))}(?:like|so)\s(?=and (?:{_NUMBERS}|eleven|twelve)\b)",
            re.IGNORECASE,
        ),
        "",
    ),
    (re.compile(rf"{_TIMES}({_UNIT})\s(?=\1\b(?! (?:{_NUMBERS})\b))", re.IGNORECASE), ""),
    (
        re.compile(
            rf"\bbuy(?=\s(?:{_DAY}|the end|end of|\d+|{_NUMBERS}|half|quarter|next|this|eleven|twelve)\b)",
            re.IGNORECASE,
        ),
        "by",
    ),
    (
        re.compile(
            r"(?<!\bat )(?<!\bby )(?<!\btill )(?<!\bafter )(?<!\bbefore )"
            r"\bfour(?=\s(?:you|your|you['’]re|the|that|it|this|him|her|them|a|an|any|me|us|my|our|now|delivery)\b)",
            re.IGNORECASE,
        ),
        "for",
    ),
    (
        re.compile(
            r"(?<!that )(?<!it )(?<!is )\btoo(?=\s(?!late|long|much|many|bad|early|soon|far"
            r"|high|low|big|small|hot|cold|old|new|and|but|so|i\b|i['’]|ill|we|well|if|please)\w)",
            re.IGNORECASE,
        ),
        "to",
    ),
    (
        re.compile(
            r"\boff\b(?:(?<=\bend off)|(?<=\bcouple off)|(?<=\bpart off)|(?<=\brest off)|(?<=\bone off)"
            r"|(?<=\bcopy off)|(?<=\bmost off)|(?<=\blot off)|(?<=\bdetails off)|(?<=\bcourse off)"
            r"|(?<=\bproof off)|(?<=\bout off)|(?<=\binstead off))",
            re.IGNORECASE,
        ),
        "of",
    ),
    (re.compile(rf"\boff(?=\s{_MONTH}\b)", re.IGNORECASE), "of"),
    (re.compile(r"(?<!er )(?<!more )(?<!less )\bthan\b(?!\s(?:expected|usual))", re.IGNORECASE), "then"),
    (
        re.compile(
            r"\bbin\b(?:(?<=\bhas bin)|(?<=\bhave bin)|(?<=\bhad bin)|(?<=['’]ve bin)"
            r"|(?<=\bive bin)|(?<=\bweve bin))",
            re.IGNORECASE,
        ),
        "been",
    ),
    (re.compile(r"\bwood(?=\s(?:you|like|be|have|need|also)\b)", re.IGNORECASE), "would"),
    (re.compile(r"(?<=\blet you )no\b", re.IGNORECASE), "know"),
    (
        re.compile(
            r"\bwon\b(?:(?<=\bthe won)|(?<=\bthis won)|(?<=\bthat won)|(?<=\bnew won)|(?<=\bold won)"
            r"|(?<=\bright won)|(?<=\banother won))",
            re.IGNORECASE,
        ),
        "one",
    ),
)
"""Forms of what a recogniser writes, each with what was said; tried in this order."""
