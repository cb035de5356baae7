"""The customer's postcode, when it was asked for or is called so; one that is only mentioned stays."""

from __future__ import annotations

import re
from collections.abc import Iterator

from coolhead.conversation.privacy.finding import Finding, PersonalData
from coolhead.conversation.privacy.kind import Evidence, Kind
from coolhead.conversation.privacy.line import Line
from coolhead.conversation.privacy.number import Number
from coolhead.conversation.privacy.recognisers.address_cues import COMPANY, POSTCODE_ASKED, postcode_asked

_UK = r"(?:[a-z] ?[a-z]?[ ,]{0,2}\d ?[a-z\d]?[ ,]{0,2}\d ?[a-z] ?[a-z]|[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2})"
_CANADA = r"[a-z]\d[a-z] ?\d[a-z]\d"
_IRELAND = r"[acdefhknprtvwxy] ?\d ?[\dw][ ,]{0,2}[a-z\d](?: ?[a-z\d]){3}"
_NETHERLANDS = r"\d{4} ?[a-z]{2}(?=\W|$)"
_POSTCODE = re.compile(rf"(?<!\w)(?:{_UK}|{_CANADA}|{_IRELAND}|{_NETHERLANDS})(?!\w)")
_REACH = 45


class Postcode:
    """Finds postcodes that have letters."""

    name = "postcode"

    def find(self, line: Line) -> Iterator[Finding]:
        """Every postcode of the customer."""
        asked = postcode_asked(line.context)
        for match in _POSTCODE.finditer(line.low):
            left = line.low[max(0, match.start() - _REACH) : match.start()]
            named = POSTCODE_ASKED.search(left)
            if (named or asked) and not COMPANY.search(left):
                yield Finding(
                    start=match.start(),
                    end=match.end(),
                    type=PersonalData.ADDRESS,
                    score=0.93 if named else 0.8,
                    recogniser=self.name,
                    why=Evidence.NAMED if named else Evidence.ASKED,
                )


def _fit(number: Number, _evidence: Evidence) -> float:
    if number.glued:
        return 0
    return 1 if number.size in (5, 6, 9) else 0.97 if number.size == 4 else 0


POSTAL_NUMBER = Kind(name="postcode in digits", type=PersonalData.ADDRESS, cue=POSTCODE_ASKED, fit=_fit)

RECOGNISERS = (Postcode(), POSTAL_NUMBER)
