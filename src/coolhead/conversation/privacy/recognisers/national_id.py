"""Numbers by which a state knows a person: social security, tax, identity card, passport, driving licence."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from coolhead.conversation.privacy.finding import Finding, PersonalData
from coolhead.conversation.privacy.kind import Evidence, Kind, words
from coolhead.conversation.privacy.line import Line
from coolhead.conversation.privacy.number import Number

_VERHOEFF_D = (
    "0123456789", "1234067895", "2340178956", "3401289567", "4012395678",
    "5987604321", "6598710432", "7659821043", "8765932104", "9876543210",
)  # fmt: skip
_VERHOEFF_P = (
    "0123456789", "1576283094", "5803796142", "8916043527", "9453126870", "4286573901", "2793806415",
    "7046913258",
)  # fmt: skip
_DNI = "TRWAGMYFPDXBNJZSQVHLCKE"


def verhoeff(digits: str) -> bool:
    """True when the last digit is the Verhoeff check digit, as in Aadhaar."""
    check = 0
    for i, digit in enumerate(reversed(digits)):
        check = int(_VERHOEFF_D[check][int(_VERHOEFF_P[i % 8][int(digit)])])
    return check == 0


def _ssn(text: str) -> bool:
    area, group, serial = text[:3], text[3:5], text[5:]
    return area not in ("000", "666") and group != "00" and serial != "0000"


def _dni(text: str) -> bool:
    return _DNI[int(text[:8]) % 23] == text[8]


def _aadhaar(text: str) -> bool:
    return verhoeff(text)


@dataclass(frozen=True, slots=True)
class _Form:
    """A document number with a form of its own: what it is called, how it looks, whether it checks."""

    name: str
    pattern: re.Pattern[str]
    score: float
    valid: Callable[[str], bool] = bool


def _form(name: str, pattern: str, score: float, valid: Callable[[str], bool] = bool) -> _Form:
    return _Form(name, re.compile(rf"(?<![A-Za-z0-9])(?<![\d][-.]){pattern}(?![A-Za-z0-9])"), score, valid)


_FORMS = (
    _form("social security number", r"[0-8]\d\d-\d\d-\d{4}(?!-?\d)", 0.78, _ssn),
    _form(
        "national insurance number",
        r"(?i:[A-CEGHJ-PQR-TW-Z][ -]?[A-CEGHJ-NPQR-TW-Z](?:[ ,-]{0,2}\d){6}[ ,-]{0,2}[A-D])",
        0.74,
    ),
    _form("PAN", r"(?i:[A-Z]{3}[ABCFGHLJPT][A-Z]\d{4}[A-Z])", 0.74),
    _form("driving licence", r"(?i:[A-Z9]{5} ?\d{6} ?[A-Z9]{2} ?\d?[A-Z\d]{2,3})", 0.74),
    _form("codice fiscale", r"(?i:[A-Z]{6}\d\d[A-Z]\d\d[A-Z]\d{3}[A-Z])", 0.78),
    _form("DNI", r"\d{8}[ -]?[A-Z]", 0.64, lambda text: _dni(text)),
    _form("Aadhaar number", r"[2-9]\d{3} \d{4} \d{4}", 0.6, _aadhaar),
)


class DocumentForm:
    """Finds numbers that only one kind of document has."""

    name = "document number by form"

    def find(self, line: Line) -> Iterator[Finding]:
        """Every number that has such a form and passes its check."""
        for form in _FORMS:
            for match in form.pattern.finditer(line.text):
                if form.valid("".join(filter(str.isalnum, match.group()))):
                    yield Finding(
                        start=match.start(),
                        end=match.end(),
                        type=PersonalData.NATIONAL_ID,
                        score=form.score,
                        recogniser=self.name,
                        why=f"form of a {form.name}",
                    )


def _fit(number: Number, evidence: Evidence) -> float:
    length = len(number.code)
    letters = length - number.size
    if number.size < 3 or length > 24 or letters > 9:
        return 0
    if length >= 7:
        return 1
    if evidence in (Evidence.HINTED, Evidence.HINTED_BEFORE):
        return 0
    if evidence.in_line:
        return 0.93 if length >= 4 else 0
    return (0.97 if length >= 4 else 0.8) if number.alone else 0


DOCUMENT = Kind(
    name="document number by its name",
    type=PersonalData.NATIONAL_ID,
    cue=words(
        r"ssns?",
        r"(?:last (?:4|four)(?: digits)? of (?:my|your|the|his|her) )?(?:social(?: security)?|ssn)"
        r"(?: (?:insurance )?(?:numbers?|no\.?))?(?! media)",
        r"national insurance(?: (?:numbers?|no\.?))?",
        r"n\.?i\.? (?:numbers?|no\.?|num)",
        "nino",
        r"(?:your|my|his|her) n\.?i\.?",
        r"aadh?a+r(?: card)?(?: (?:numbers?|no\.?))?",
        r"adh?a+r(?: card)?(?: (?:numbers?|no\.?))?",
        r"uidai|nric|emirates id|curp|cpf",
        r"phil ?sys(?: (?:id|card))?(?: (?:numbers?|no\.?))?",
        r"phil ?id",
        r"national id(?:entity)?(?: (?:card|numbers?|no\.?))*",
        r"passports?(?: (?:numbers?|no\.?|#|num|id))?",
        r"driv(?:er'?s?|ers'|ing)'? (?:licen[cs]e|permit)(?: (?:numbers?|no\.?|#))?",
        r"licen[cs]e(?: (?:numbers?|no\.?|#))",
        r"(?:on|from) (?:your|my|the) licen[cs]e",
        r"dl (?:numbers?|no\.?|#)",
        r"pan (?:card|numbers?|no\.?)(?: (?:numbers?|no\.?))?",
        r"voter(?:'?s)? id",
        r"tax(?:payer)? (?:file|id(?:entification)?|number|no)(?: (?:numbers?|no\.?))?",
        "tfn",
        "tin",
        "sin(?= (?:number|no|is))",
        r"(?:sss|gsis|umid|prc|philhealth|pag-?ibig)(?: (?:id|numbers?|no\.?))?",
        r"medicare(?: (?:card|numbers?|no\.?))*",
        r"nhs (?:numbers?|no\.?)",
        r"pps[n]?(?: (?:numbers?|no\.?))?",
        "pesel",
        "bsn",
        r"(?:el |mi |my )?(?:dni|nie|nif)",
        r"personnummer|cpr|steuer-?(?:id|nummer)|ausweis(?:nummer)?|personalausweis",
        r"codice fiscale",
        r"id cards?(?: (?:numbers?|no\.?))?",
        r"identity (?:card|document|numbers?)(?: (?:numbers?|no\.?))?",
        r"government id|photo id|valid id",
        r"residence permit|visa number|green card|alien (?:registration )?number",
    ),
    hint=words(r"licen[cs]e(?! plate)", r"(?:your |my )id (?:numbers?|no\.?)", r"^\W*id (?:numbers?|no\.?)"),
    fit=_fit,
    uses_code=True,
)

RECOGNISERS = (DocumentForm(), DOCUMENT)
