"""The sentences of what is said, and the clauses of a sentence; knows no meaning."""

from __future__ import annotations

import re

from coolhead.picture.sentence import sentences as divided

_RUN_ON = re.compile(r"(?<=[\w)])[.…]+(?=[A-Z][a-z'])|(?<=\w)[!?…]+(?=\w)")
_SUBJECT = (
    r"(?:i|we|you|he|she|it|they|that|this|there|nobody|our|your|my)(?:'\w+)?\b(?!\s*(?:,|and\b|or\b"
    r"|is what\b))"
)
_CLAUSE = re.compile(
    rf"\s*;\s*|:\s+|\s+[–—-]+\s+|,?\s+but\s+|,?\s+(?:though|however),?\s+|,\s+instead,?\s+|,?\s+so that\s+"
    rf"|,\s+(?:(?:and|so|then)\s+)?(?={_SUBJECT})"
    r"|\s+and\s+(?=(?:i|we|you|he|she|it|they|that)(?:'\w+)?\s)|,?\s+and\s+(?=(?:what|when|where|who|why|how"
    r"|which)\b)|\s+and\s+(?=by when\b)|,?\s+and\s+(?=(?:have|has|did|do|does|are|is|was|were|can|could"
    r"|would|will|may|shall) (?:you|i|we|he|she|they|everyone|everybody|it|that|this|the|your|there|anyone"
    r"|anybody)\b)",
    re.IGNORECASE,
)


def sentences(text: str) -> list[str]:
    """The sentences of a text, trimmed; a full stop within a number ("£3.40") or an address ends none."""
    return divided(_RUN_ON.sub(lambda found: f"{found[0]} ", text))


def clauses(sentence: str) -> list[str]:
    """The parts of a sentence that say something of their own, trimmed of what joins them."""
    return [each.strip(" ,") for each in _CLAUSE.split(sentence) if each and each.strip(" ,")]
